//! Several people on one project: live folder, merge, review, comparison.

mod adjudication;
mod adjudicators;
mod analysis_notes;
mod assignment;
mod compare;
mod identity;
mod live;
mod live_update;
mod memos;
mod merge_git;
mod merge_laws;
mod merge_many;
mod merge_project;
mod merge_reviews;
mod merge_versions;
mod packets;
mod processes;
mod review;
mod study;
