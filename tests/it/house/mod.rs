//! The rules of the code itself.

mod circles;
mod pages;
mod rules;
mod sources;
