//! The command line.

mod agree;
mod apart;
mod commands;
mod reports;
mod update;
