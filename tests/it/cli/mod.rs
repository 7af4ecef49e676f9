//! The command line.

mod agree;
mod analyse;
mod apart;
mod commands;
#[cfg(unix)]
mod hostile;
mod limits;
mod people;
mod reports;
mod strict;
mod update;
