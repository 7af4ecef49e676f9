//! The command line.

mod agree;
mod apart;
mod codebook;
mod commands;
#[cfg(unix)]
mod hostile;
mod limits;
mod people;
mod reports;
mod strict;
mod update;
