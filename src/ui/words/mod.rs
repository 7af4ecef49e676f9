//! The English of the window, one file per subject: titles, labels, hints, buttons, tooltips, empty states and accessible
//! names. Names and help of commands are in the command table.
//!
//! Each text is a function of values, so a catalogue of languages can take its place.

/// Declares texts that depend on no value: `cancel: "Cancel",` declares the function `cancel()`.
macro_rules! texts {
    ($($name:ident: $text:literal,)+) => {$(
        pub fn $name() -> &'static str {
            $text
        }
    )+};
}

pub mod attribute;
pub mod categories;
pub mod codebook_editor;
pub mod commands;
pub mod common;
pub mod document;
pub mod export;
pub mod files;
pub mod grammar;
pub mod help;
pub mod history;
pub mod import;
pub mod linking;
pub mod merge;
pub mod occurrences;
pub mod packet;
pub mod palette;
pub mod people;
pub mod project;
pub mod propose;
pub mod update;
