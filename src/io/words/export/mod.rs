//! English in export formats.

pub(crate) mod analysis_report;
pub(crate) mod cas;
pub(crate) mod figure;
pub(crate) mod html;
pub(crate) mod inception;
pub(crate) mod markdown;
pub(crate) mod memos;
pub(crate) mod report;
