//! The command line.

mod agree;
mod commands;
mod update;
