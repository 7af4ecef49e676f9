//! Projects on disk.

mod anchors;
mod check;
mod damage;
mod damage_codebook;
mod files;
mod formats;
mod lock;
mod long_quotes;
mod repair;
mod roundtrip;
mod speed;
mod versions;
