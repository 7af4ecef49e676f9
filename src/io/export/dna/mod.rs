//! Statements as Discourse Network Analyzer exports its event lists, for its users and for rDNA: a row per passage. Source:
//! `Exporter.java` of DNA 3, <https://github.com/leifeld-lab/dna>.
//!
//! The columns are those of DNA: positions are UTF-16 units of the text, with the end exclusive. The speaker of a move is the
//! person, its actor the organization, its issue the concept; any other attribute is a variable of its own name. Type and
//! note of a statement are columns at the end, which DNA does not have.

mod rows;
mod workbook;

use std::io::Write;
use std::path::Path;

pub(super) use workbook::DnaWorkbook;

use super::Scope;
use super::exporter::{FileExporter, broken};
use super::table::{csv_broken, rows_in};
use crate::loss::{ExportLoss, Losses};
use crate::spreadsheet::guard;
use crate::{FormatInfo, IoError, Loss};
use demarche_model::Unfinished;
use rows::{Columns, Field};

/// What an event list carries.
const CARRIES: &str =
    "a row per passage: person, organization, concept, other attributes, place, words, coder, document";
/// What it loses.
const LOSES: &str = "the texts, documents without a passage, the codebook, links, decisions, memos; several values in one \
                     cell are joined by `; `";

/// An event list as CSV: semicolons, and quotes around everything but numbers, as DNA writes it.
pub(super) struct DnaCsv;

impl FileExporter for DnaCsv {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "dna-csv",
            title: "Statements for Discourse Network Analyzer (CSV)",
            extension: "csv",
            carries: CARRIES,
            loses: LOSES,
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let columns = Columns::of(scope.project);
        let mut format = csv::WriterBuilder::new();
        format
            .delimiter(b';')
            .quote_style(csv::QuoteStyle::NonNumeric)
            .terminator(csv::Terminator::Any(b'\n'));
        let mut writer = format.from_writer(out);
        writer
            .write_record(columns.header().iter().map(|name| guard(name).into_owned()))
            .map_err(csv_broken)?;
        columns.each(scope, &mut losses, |row, losses| {
            let mut guarded = 0;
            let fields = row.iter().map(|field| match field {
                Field::Empty => String::new(),
                Field::Number(number) => number.to_string(),
                Field::Words(words) => {
                    let safe = guard(words);
                    guarded += usize::from(safe.len() != words.len());
                    safe.into_owned()
                }
            });
            writer.write_record(fields).map_err(csv_broken)?;
            losses.add(ExportLoss::GuardedFields, guarded);
            Ok(())
        })?;
        writer.flush().map_err(broken)?;
        Ok(losses.report())
    }

    fn recount(&self, path: &Path) -> Result<Option<usize>, IoError> {
        rows_in(path, b';').map(Some)
    }
}
