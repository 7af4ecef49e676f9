//! Import of Discourse Network Analyzer: its databases (`.dna`), and the lists of statements that it exports. Source: the code
//! of DNA 2 and 3, <https://github.com/leifeld-lab/dna>.
//!
//! A statement is a passage whose category is the type of the statement. Its variables are attributes: the organization is
//! the actor of a move, the person its speaker, the concept its issue.

mod database;
mod statements;
mod variables;

use super::reading::fits;
use crate::IoError;
use crate::annotations::Draft;
use crate::annotations::importer::{Importer, Input};
use crate::database::{DNA, MAGIC};

/// A database of Discourse Network Analyzer, or a list of statements.
pub(in crate::annotations) struct Dna;

impl Importer for Dna {
    fn name(&self) -> &'static str {
        DNA.name
    }

    fn endings(&self) -> &'static [&'static str] {
        &["dna", "csv", "tsv"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        fits(head, &DNA) || statements::fits(head)
    }

    fn is_archive(&self) -> bool {
        true
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        if input.bytes.starts_with(MAGIC) { database::draft(input) } else { statements::draft(input) }
    }
}
