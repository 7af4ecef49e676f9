//! Documents of other programs.

mod foreign;
mod import;
mod of_others;
mod pages;
mod plain_text;
mod preview;
pub mod unknown_names;
