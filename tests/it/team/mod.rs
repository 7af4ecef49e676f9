//! Several people on one project: live folder, merge, review, comparison.

mod adjudication;
mod adjudicators;
mod analysis_notes;
mod assignment;
mod board;
mod bulk;
mod compare;
mod consensus_apart;
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
mod over_rounds;
mod packet_reviews;
mod packets;
mod processes;
mod review;
mod rounds;
mod study;
mod unblinding;
