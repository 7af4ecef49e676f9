//! The command line.

mod agree;
mod agreement_report;
mod analyse;
mod apart;
mod assign;
mod codebook;
mod commands;
mod databases;
#[cfg(unix)]
mod hostile;
mod limits;
mod new_person;
mod people;
mod reports;
mod rounds;
mod sets;
mod strict;
mod summary;
mod update;
mod write_report;
