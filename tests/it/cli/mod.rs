//! The command line.

mod agree;
mod apart;
mod commands;
mod limits;
mod people;
mod reports;
mod strict;
mod update;
