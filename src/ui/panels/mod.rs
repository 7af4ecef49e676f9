//! The panels around the text. Each reads the session and pushes actions.

pub mod banners;
pub mod codebook;
pub mod contents;
pub mod documents;
pub mod find_bar;
pub mod header;
pub mod inspector;
pub mod linking;
pub mod marker;
pub mod memos;
pub mod menu;
mod menu_keys;
pub mod original;
pub mod passages;
pub mod review;
pub mod sample_banner;
pub mod search_results;
pub mod status;
pub mod summary;
