//! The rules of the code itself.

mod circles;
mod manual;
mod pages;
mod rules;
mod sources;
