//! The command line.

mod agree;
mod analyse;
mod apart;
mod assign;
mod codebook;
mod commands;
#[cfg(unix)]
mod hostile;
mod limits;
mod new_person;
mod people;
mod reports;
mod sets;
mod strict;
mod update;
mod write_report;
