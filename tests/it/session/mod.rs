//! Tests of the session, without a window.

pub mod analyse;
mod analysis_notes;
mod anchors;
mod attributes;
mod away;
mod cancel;
mod codebook;
mod codebook_entries;
mod damage;
mod faults;
mod filter;
mod history;
mod journal;
mod links;
mod property;
mod sample;
mod save_as;
mod saving;
mod search;
mod sight;
mod table;
mod table_speed;
mod tagging;
mod transfer;
mod undo_log;
mod update;
