//! The command line.

mod agree;
mod apart;
mod commands;
mod people;
mod reports;
mod update;
