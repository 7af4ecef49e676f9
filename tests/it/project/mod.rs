//! Projects on disk.

mod anchors;
mod check;
mod damage;
mod damage_codebook;
mod files;
mod lock;
mod roundtrip;
mod speed;
mod versions;
