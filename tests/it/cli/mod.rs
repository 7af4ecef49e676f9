//! The command line.

mod agree;
mod analyse;
mod apart;
mod commands;
#[cfg(unix)]
mod hostile;
mod limits;
mod new_person;
mod people;
mod reports;
mod strict;
mod update;
