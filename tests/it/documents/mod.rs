//! Documents of other programs.

mod import;
mod of_others;
mod pages;
mod plain_text;
mod preview;
pub mod unknown_names;
