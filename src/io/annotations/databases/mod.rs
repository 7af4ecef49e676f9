//! Import of projects that other programs keep in SQLite: QualCoder, Taguette, RQDA and Discourse Network Analyzer.
//! `crate::database` reads their tables in a separate process; here they become drafts.

mod codes;
mod dna;
mod notes;
mod qualcoder;
mod reading;
mod rqda;
mod taguette;
#[cfg(test)]
pub(crate) mod tests;

pub(super) use dna::Dna;
pub(super) use qualcoder::QualCoder;
pub(super) use rqda::Rqda;
pub(super) use taguette::Taguette;
