//! What Demarche promises, tested from outside. One binary, so that it links once.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails, and says where")]

mod analysis;
mod cli;
mod documents;
mod exchange;
mod faults;
mod house;
mod project;
mod session;
mod support;
mod team;
mod torture;
mod window;
