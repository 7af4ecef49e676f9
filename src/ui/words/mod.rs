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

pub mod agreement;
pub mod analyse;
pub mod analyse_options;
pub mod assign;
pub mod attribute;
pub mod banners;
pub mod board;
pub mod bookmarks;
pub mod calendar;
pub mod categories;
pub mod codebook;
pub mod codebook_editor;
pub mod commands;
pub mod common;
pub mod compare;
pub mod damaged;
pub mod document;
pub mod documents;
pub mod export;
pub mod export_view;
pub mod fields;
pub mod files;
pub mod find;
pub mod freeze;
pub mod grammar;
pub mod help;
pub mod history;
pub mod identity;
pub mod import;
pub mod inspector;
pub mod linking;
pub mod links;
pub mod manual;
pub mod marker;
pub mod memos;
pub mod menu_bar;
pub mod merge;
pub mod occurrences;
pub mod original;
pub mod packet;
pub mod palette;
pub mod passages;
pub mod people;
pub mod print;
pub mod project;
pub mod propose;
pub mod relations;
pub mod return_document;
pub mod review;
pub mod roles;
pub mod settings;
pub mod settle_in_bulk;
pub mod shortcuts;
pub mod start;
pub mod status_bar;
pub mod summary;
pub mod text_panes;
pub mod text_view;
pub mod time;
pub mod unknown_names;
pub mod update;
pub mod window;
