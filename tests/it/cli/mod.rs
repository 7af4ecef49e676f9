//! The command line.

mod agree;
mod apart;
mod commands;
mod strict;
mod update;
