//! Import of tables of passages: lists of coded segments from MAXQDA, ATLAS.ti and NVivo, and Demarche's own CSV and
//! workbooks, which come back after someone has corrected them in a spreadsheet.

mod coded;
mod columns;
mod grid;
mod own;
mod peek;
#[cfg(test)]
mod tests;

pub(super) use coded::CodedSegments;
pub(super) use own::{DemarcheCsv, DemarcheXlsx};
