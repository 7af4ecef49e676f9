//! The application without pixels.

mod anchors;
mod attributes;
mod cancel;
mod codebook;
mod damage;
mod history;
mod links;
mod property;
mod sample;
mod saving;
mod table;
mod table_speed;
mod tagging;
mod transfer;
mod update;
