//! The corpus: which documents there are, and who has tagged them.

use std::collections::BTreeSet;

use super::material::{Material, ScaleOf};
use super::table::{Column, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::views::Look;
use crate::words::report as words;
use demarche_model::{AnnotatorId, Document, DocumentId};

/// The table of documents.
pub(super) fn part(material: &Material<'_>) -> Part {
    let looks: Vec<Look<'_>> =
        (0..material.reads.len()).map(|read| material.look(read, ScaleOf::Goldstein)).collect();
    let moves = (0..material.reads.len()).map(|read| {
        let title = material.coder(read).map(|(_, name)| words::moves_of(name));
        Column::number(title.unwrap_or_else(|| words::MOVES.to_owned()))
    });
    let [document, date, from, coders] = words::CORPUS;
    let columns = [Column::text(document), Column::short(date), Column::text(from), Column::text(coders)];
    let mut table = Table::with(columns.into_iter().chain([Column::number(words::WORDS)]).chain(moves));
    let mut totals = vec![0; looks.len() + 1];
    for document in material.project().documents() {
        let moves = looks.iter().map(|look| moves_in(look, document.id()));
        let counts: Vec<usize> = std::iter::once(words_in(material, document.id())).chain(moves).collect();
        for (total, count) in totals.iter_mut().zip(&counts) {
            *total += count;
        }
        let values = described(material, document).map(Value::Text).into_iter();
        table.line(LineKind::Body, values.chain(counts.into_iter().map(Value::Count)));
    }
    let name = Value::text(words::documents(material.project().documents().len()));
    let empty = [Value::blank(), Value::blank(), Value::blank()];
    let totals = totals.into_iter().map(Value::Count);
    table.line(LineKind::Total, std::iter::once(name).chain(empty).chain(totals));
    let mut part = Part::new("corpus", Numbered::Table, words::CORPUS_TITLE).with_table(table);
    part.notes.push(words::CORPUS_NOTE.to_owned());
    part
}

/// Title, date, author with source, and coders of a document.
fn described(material: &Material<'_>, document: &Document) -> [String; 4] {
    let meta = &document.meta;
    let title = if meta.title.is_empty() { meta.id.to_string() } else { meta.title.clone() };
    let date = meta.date.as_ref().map(|date| date.to_string()).unwrap_or_default();
    let from = [meta.author.as_str(), meta.source.as_str()];
    let from: Vec<&str> = from.into_iter().filter(|part| !part.is_empty()).collect();
    let shown = |owner: &AnnotatorId| material.request.visible.shows_in(document, owner);
    let tagged = document
        .layers
        .iter()
        .filter(|(owner, layer)| shown(owner) && layer.spans_unsorted().next().is_some());
    let coders: BTreeSet<AnnotatorId> = tagged.map(|(owner, _)| owner.whole()).collect();
    let coders: Vec<&str> = coders.iter().map(|coder| material.project().name_of(coder)).collect();
    [title, date, from.join(", "), coders.join(", ")]
}

/// Number of words of a document.
fn words_in(material: &Material<'_>, document: &DocumentId) -> usize {
    let moves = material.reads.first().map(|read| &read.read.moves);
    let index = moves.and_then(|moves| moves.document_index(document));
    index.map_or(0, |index| material.sizes.words(index))
}

/// Number of moves of a document that pass.
fn moves_in(look: &Look<'_>, document: &DocumentId) -> usize {
    let index = look.basis.moves.document_index(document);
    look.moves().filter(|(_, passage)| Some(passage.document) == index).count()
}
