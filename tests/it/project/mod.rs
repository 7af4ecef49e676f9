//! Projects on disk.

mod anchors;
mod damage;
mod files;
mod lock;
mod roundtrip;
mod speed;
mod versions;
