//! Projects on disk.

mod anchors;
mod check;
mod damage;
mod damage_codebook;
mod files;
mod formats;
#[cfg(unix)]
mod hostile;
mod lock;
mod long_quotes;
mod repair;
mod roundtrip;
mod speed;
mod versions;
