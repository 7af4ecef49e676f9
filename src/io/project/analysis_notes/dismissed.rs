//! The pairs of passages that a person has dismissed as demand and answer.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::super::compose::Record;
use super::super::format::FileKind;
use super::super::owner::{check_writer, notes_file};
use super::super::raw::{Fault, Raw};
use super::super::source::Source;
use super::super::wire::read_uuid;
use super::{NotesRead, Owner, collect};
use crate::Problem;
use crate::words::project::RecordKind;
use demarche_model::{AnalysisNotes, AnswerPair, PersonKey, SpanId};

#[derive(Deserialize)]
#[serde(rename = "pair", deny_unknown_fields)]
struct WirePair<'a> {
    #[serde(borrow)]
    ask: Cow<'a, str>,
    #[serde(borrow)]
    answer: Cow<'a, str>,
}

/// Reads dismissed pairs. A pair that is listed twice counts once.
///
/// # Errors
/// The file as a whole can't be read.
pub(super) fn read(source: &str, file: &Path, writer: Owner<'_>) -> Result<NotesRead, Problem> {
    let mut source = Source::new(source, file, FileKind::Dismissed)?;
    check_writer(&mut source, writer)?;
    let pairs = source.list("pairs", read_pair)?;
    source.finish()?;
    let (mut notes, mut problems) = (AnalysisNotes::default(), Vec::new());
    collect(pairs, (file, RecordKind::Pair), &mut problems, |pair| {
        notes.dismissed.insert(pair);
        true
    });
    Ok((notes, problems))
}

/// Reads a pair.
pub(in super::super) fn read_pair(raw: Raw<'_>) -> Result<AnswerPair, Fault> {
    let wire: WirePair<'_> = raw.parse()?;
    let id = |id: &str| read_uuid(raw, id).map(SpanId);
    Ok(AnswerPair { ask: id(&wire.ask)?, answer: id(&wire.answer)? })
}

/// Returns the text of a file of dismissed pairs.
pub(super) fn compose(pairs: &BTreeSet<AnswerPair>, key: Option<PersonKey>) -> String {
    let mut file = notes_file(key);
    file.list("pairs", pairs, write_pair);
    file.finish()
}

/// Writes a pair.
pub(in super::super) fn write_pair(out: &mut String, pair: &AnswerPair) {
    Record::new(out).text("ask", &pair.ask.to_string()).text("answer", &pair.answer.to_string()).end();
}
