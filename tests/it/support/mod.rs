//! What the tests share.

pub mod anchors;
pub mod cli;
pub mod disk;
pub mod git;
pub mod held;
pub mod killed;
pub mod outage;
pub mod project;
pub mod session;
pub mod strokes;
pub mod talks;
pub mod team;
pub mod wait;
pub mod window;
