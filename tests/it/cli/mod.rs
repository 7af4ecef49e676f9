//! The command line.

mod agree;
mod apart;
mod commands;
mod limits;
mod strict;
mod update;
