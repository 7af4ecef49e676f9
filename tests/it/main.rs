//! What Demarche promises, tested from outside. One binary, so that it links once.

#![allow(clippy::unwrap_used, reason = "a test that can't go on fails, and says where")]

mod cli;
mod cli_agree;
mod import_documents;
mod import_text;
mod live;
mod live_processes;
mod merge_git;
mod merge_law;
mod project_anchors;
mod project_damage;
mod project_files;
mod project_lock;
mod project_roundtrip;
mod project_sample;
mod project_speed;
mod session_anchors;
mod session_attributes;
mod session_codebook;
mod session_damage;
mod session_help;
mod session_history;
mod session_links;
mod session_preview;
mod session_property;
mod session_review;
mod session_sample;
mod session_saving;
mod session_table;
mod session_table_speed;
mod session_tagging;
mod session_transfer;
mod textview;
mod tidy;
mod window;
mod window_anchors;
mod window_attributes;
mod window_codebook;
mod window_compare;
mod window_help;
mod window_history;
mod window_links;
mod window_preview;
mod window_review;
mod window_table;
