//! The window, driven through its accessibility tree.

mod agreement;
mod analyse;
mod anchors;
mod attributes;
mod codebook;
mod compare;
mod export;
mod figure;
mod filter;
mod history;
mod identity;
mod in_view;
mod keyboard;
mod links;
mod merge;
mod order;
mod preview;
mod review;
mod roles;
mod sizes;
mod table;
mod textview;
mod update;
mod workbench;
