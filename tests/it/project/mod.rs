//! Projects on disk.

mod anchors;
mod check;
mod damage;
mod damage_codebook;
mod deep_codebook;
mod document_sets;
mod files;
mod formats;
#[cfg(unix)]
mod hostile;
mod hostile_packets;
#[cfg(unix)]
mod hostile_paths;
mod lock;
mod long_quotes;
mod mutation;
mod relations;
mod repair;
mod roundtrip;
mod speed;
mod versions;
