//! The writer of the undo log.

use std::collections::BTreeSet;
use std::fmt::{Display, Write as _};

use super::super::codebook::{write_attribute, write_category, write_link_kind};
use super::super::compose::{Record, joined, string, strings};
use super::super::document_record::write_document as write_meta;
use super::super::folder::Folder;
use super::super::format::Format;
use super::super::format_time;
use super::super::layer_write::{write_link, write_span_at};
use super::super::meaning_record::attribute_has_meanings;
use super::super::person_record::{self, write_annotator};
use super::super::relations::write_relations;
use super::super::review::{write_decision, write_return};
use super::detached::write_detached;
use super::document::write_document;
use super::keys::Keys;
use super::notes::write_notes_edit;
use super::{LoggedStep, Place, UNDO_STEPS, UndoLog, touched};
use demarche_model::{
    AnnotatorId, Basis, CategoryId, Document, DocumentId, DocumentMeta, DocumentSetId, Edit, LayerId, Quote,
    Span, SpanId, Stamp, Status,
};

/// Returns the text of a log, without the oldest steps if it would be longer than `longest` bytes.
pub(super) fn compose(folder: &Folder, log: &UndoLog, keys: &Keys, longest: usize) -> String {
    let mut lines = Vec::new();
    let mut bytes = 0;
    let mut files = BTreeSet::new();
    let mut format = Format::FIRST;
    for (kind, steps) in [("undo", &log.done), ("redo", &log.undone)] {
        for step in steps.iter().rev().take(UNDO_STEPS) {
            let line = step_line(kind, step, keys);
            bytes += line.len();
            if bytes > longest {
                break;
            }
            lines.push(line);
            files.extend(touched::files(&step.edit));
            format = format.max(format_of(&step.edit));
        }
    }
    let mut out = format!("(format: {format})\n");
    for key in files {
        if let Some(sum) = touched::checksum(folder, &key) {
            let file = key.relative().to_string_lossy().replace('\\', "/");
            Record::new(&mut out).text("file", &file).text("sha256", &sum).end();
            out.push('\n');
        }
    }
    out.extend(lines);
    out
}

/// Returns the first format that has the fields of an edit.
fn format_of(edit: &Edit) -> Format {
    let with_meanings = |is_new: bool| if is_new { Format::WITH_MEANINGS } else { Format::FIRST };
    let with_sets = |meta: &DocumentMeta| match meta.sets.is_empty() {
        true => Format::FIRST,
        false => Format::WITH_SETS_AND_MOVES,
    };
    match edit {
        Edit::Batch(edits) => edits.iter().map(format_of).max().unwrap_or(Format::FIRST),
        Edit::SetReturn { .. } => Format::WITH_RETURNS,
        Edit::MoveDocuments { .. } | Edit::SetDocumentSet { .. } | Edit::SetMembers { .. } => {
            Format::WITH_SETS_AND_MOVES
        }
        Edit::SetMeta { to, .. } => with_sets(to),
        Edit::InsertDocument { document, .. } => with_sets(&document.meta).max(format_of_marks(document)),
        Edit::ReplaceText { to } => with_sets(&to.meta).max(format_of_marks(to)),
        Edit::SetUnblinded { .. } => Format::WITH_MARKS_IN_STEPS,
        Edit::SetDecision { to: Some(to), .. } if to.decided_on.is_some() => Format::WITH_MARKS_IN_STEPS,
        Edit::SetRelations { .. } | Edit::SetNotesEntry { .. } => Format::WITH_MEANINGS,
        Edit::SetAnnotator { to: Some((_, person)), .. }
            if person_record::format_of(person) == Format::WITH_BATCHES =>
        {
            Format::WITH_BATCHES_IN_STEPS
        }
        Edit::SetAnnotator { .. } => Format::FIRST,
        Edit::SetAttribute { to, .. } => {
            with_meanings(to.as_ref().is_some_and(|(_, to)| attribute_has_meanings(to)))
        }
        Edit::SetLinkKind { to, .. } => {
            with_meanings(to.as_ref().is_some_and(|(_, to)| to.answers.is_some()))
        }
        Edit::SetSpan { to, .. } if to.as_ref().is_some_and(|span| is_single(span)) => {
            Format::WITH_SINGLE_CODING_STEPS
        }
        Edit::SetSpan { .. }
        | Edit::SetLink { .. }
        | Edit::SetStatus { .. }
        | Edit::SetDetached { .. }
        | Edit::SetDecision { .. }
        | Edit::SetCategory { .. }
        | Edit::SetAlias { .. }
        | Edit::Recode { .. }
        | Edit::RemoveDocument { .. }
        | Edit::SetName { .. }
        | Edit::SetBlind { .. }
        | Edit::SetActors { .. }
        | Edit::SetIssues { .. } => Format::FIRST,
    }
}

/// Returns the first format that has the marks of a document's layers and decisions.
fn format_of_marks(document: &Document) -> Format {
    let is_marked = document.layers.values().any(|layer| layer.unblinded().is_some());
    let mut decisions = document.reviews.values().flat_map(|review| review.decisions.values());
    match is_marked || decisions.any(|decision| decision.decided_on.is_some()) {
        true => Format::WITH_MARKS_IN_STEPS,
        false => Format::FIRST,
    }
}

/// True for a passage of the consensus that rests on the reading of one person alone.
fn is_single(span: &Span) -> bool {
    span.provenance.as_ref().is_some_and(|provenance| provenance.basis == Basis::Single)
}

/// Writes a step, and the line end. Newer steps are written first.
fn step_line(kind: &str, step: &LoggedStep, keys: &Keys) -> String {
    let mut out = String::new();
    let mut record = Record::new(&mut out);
    record.text(kind, &step.label);
    write_place(record.field("before"), &step.before);
    write_place(record.field("after"), &step.after);
    write_edit(record.field("edit"), &step.edit, keys);
    record.end();
    out.push('\n');
    out
}

fn write_place(out: &mut String, place: &Place) {
    let mut record = Record::new(out);
    if let Some(document) = &place.document {
        record.text("document", document.as_str());
        let _ = write!(record.field("selection"), "({}, {})", place.anchor, place.head);
    }
    if let Some(current) = &place.current {
        write_layer(record.field("layer"), &current.layer);
        record.text("span", &current.span.to_string());
    }
    record.end();
}

/// Writes the document and the owner of a layer.
fn write_layer(out: &mut String, layer: &LayerId) {
    out.push('(');
    string(out, layer.document.as_str());
    out.push_str(", ");
    string(out, layer.annotator.as_str());
    out.push(')');
}

/// Writes an edit as a RON enum of the same name.
fn write_edit(out: &mut String, edit: &Edit, keys: &Keys) {
    match edit {
        Edit::SetSpan { layer, id, to } => {
            write_new(entry(out, "SetSpan", layer, "id", id), to.as_deref(), write_span);
        }
        Edit::SetLink { layer, id, to } => {
            write_new(entry(out, "SetLink", layer, "id", id), to.as_deref(), write_link);
        }
        Edit::SetDetached { layer, key, to } => {
            let key = keys.of(layer, *key);
            write_new(entry(out, "SetDetached", layer, "key", &key), to.as_deref(), write_detached);
        }
        Edit::SetStatus { layer, to } => write_new(in_layer(out, "SetStatus", layer), Some(to), write_status),
        Edit::SetUnblinded { layer, to } => write_unblinded(out, layer, *to),
        Edit::SetDecision { document, reviewer, span, to } => {
            let record = in_review(out, "SetDecision", document, reviewer, ("span", &span.to_string()));
            write_new(record, to.as_deref(), write_decision);
        }
        Edit::SetReturn { document, reviewer, annotator, to } => {
            let record = in_review(out, "SetReturn", document, reviewer, ("annotator", annotator.as_str()));
            write_new(record, to.as_deref(), |out, to| write_return(out, annotator, to));
        }
        Edit::SetCategory { id, to } => {
            write_listed(out, "SetCategory", id.as_str(), to, |out, to| write_category(out, to))
        }
        Edit::SetAttribute { id, to } => {
            write_listed(out, "SetAttribute", id.as_str(), to, |out, to| write_attribute(out, to))
        }
        Edit::SetLinkKind { id, to } => {
            write_listed(out, "SetLinkKind", id.as_str(), to, |out, to| write_link_kind(out, to))
        }
        Edit::SetAnnotator { id, to } => write_listed(out, "SetAnnotator", id.as_str(), to, write_annotator),
        Edit::SetAlias { from, to } => {
            write_new(named(out, "SetAlias", "from", from.as_str()), to.as_ref(), write_category_id);
        }
        Edit::Recode { layer, spans, from, to } => {
            write_recoding(in_layer(out, "Recode", layer), spans, [from.as_str(), to.as_str()]);
        }
        Edit::SetMeta { document, to } => write_meta_edit(out, document, to),
        Edit::InsertDocument { at, document } => {
            let mut record = variant(out, "InsertDocument");
            let _ = write!(record.field("at"), "{at}");
            write_new(record, Some(&**document), |out, to| write_document(out, to, keys));
        }
        Edit::ReplaceText { to } => {
            write_new(variant(out, "ReplaceText"), Some(&**to), |out, to| write_document(out, to, keys))
        }
        Edit::RemoveDocument { document: id } => named(out, "RemoveDocument", "document", id.as_str()).end(),
        Edit::MoveDocuments { to } => write_new(variant(out, "MoveDocuments"), Some(&**to), write_places),
        Edit::SetDocumentSet { id, to } => write_set(out, id, to.as_deref()),
        Edit::SetMembers { set, documents, are_in } => write_members(out, set, documents, *are_in),
        Edit::SetName { to } => named(out, "SetName", "to", to).end(),
        Edit::SetBlind { to } => write_new(variant(out, "SetBlind"), Some(to), write_flag),
        Edit::SetActors { to } => write_new(variant(out, "SetActors"), Some(to), |out, to| strings(out, to)),
        Edit::SetIssues { to } => write_new(variant(out, "SetIssues"), Some(to), |out, to| strings(out, to)),
        Edit::SetRelations { to } => write_new(variant(out, "SetRelations"), Some(&**to), write_relations),
        Edit::SetNotesEntry { owner, to } => write_notes_edit(out, owner, to),
        Edit::Batch(edits) => write_batch(out, edits, keys),
    }
}

fn write_meta_edit(out: &mut String, document: &DocumentId, to: &DocumentMeta) {
    write_new(named(out, "SetMeta", "document", document.as_str()), Some(to), write_meta);
}

fn write_recoding(mut record: Record<'_>, spans: &[SpanId], [from, to]: [&str; 2]) {
    strings(record.field("spans"), spans.iter().map(ToString::to_string));
    record.text("from", from).text("to", to).end();
}

fn write_set(out: &mut String, id: &DocumentSetId, name: Option<&str>) {
    write_new(named(out, "SetDocumentSet", "id", id.as_str()), name, string);
}

fn write_members(out: &mut String, set: &DocumentSetId, documents: &[DocumentId], are_in: bool) {
    let mut record = named(out, "SetMembers", "set", set.as_str());
    strings(record.field("documents"), documents.iter().map(DocumentId::as_str));
    write_flag(record.field("are_in"), &are_in);
    record.end();
}

fn write_places(out: &mut String, places: &[(usize, DocumentId)]) {
    joined(out, ['[', ']'], places, |out, (at, id)| {
        let _ = write!(out, "({at}, ");
        string(out, id.as_str());
        out.push(')');
    });
}

fn write_batch(out: &mut String, edits: &[Edit], keys: &Keys) {
    out.push_str("Batch(");
    joined(out, ['[', ']'], edits, |out, edit| write_edit(out, edit, keys));
    out.push(')');
}

/// Starts a variant of a RON enum.
fn variant<'a>(out: &'a mut String, name: &str) -> Record<'a> {
    out.push_str(name);
    Record::new(out)
}

/// Starts a variant for an edit of a layer.
fn in_layer<'a>(out: &'a mut String, name: &str, layer: &LayerId) -> Record<'a> {
    let mut record = variant(out, name);
    write_layer(record.field("layer"), layer);
    record
}

/// Starts a variant for an edit of a review, with one field more.
fn in_review<'a>(
    out: &'a mut String,
    name: &str,
    document: &DocumentId,
    reviewer: &AnnotatorId,
    (field, value): (&str, &str),
) -> Record<'a> {
    let mut record = named(out, name, "document", document.as_str());
    record.text("reviewer", reviewer.as_str()).text(field, value);
    record
}

/// Starts a variant with one text.
fn named<'a>(out: &'a mut String, name: &str, field: &str, value: &str) -> Record<'a> {
    let mut record = variant(out, name);
    record.text(field, value);
    record
}

/// Starts a variant for an edit of an entry of a layer.
fn entry<'a>(out: &'a mut String, name: &str, layer: &LayerId, field: &str, id: &impl Display) -> Record<'a> {
    let mut record = in_layer(out, name, layer);
    record.text(field, &id.to_string());
    record
}

/// Writes the new value, if there is one, and ends the record.
fn write_new<T: ?Sized>(mut record: Record<'_>, to: Option<&T>, write: impl FnOnce(&mut String, &T)) {
    if let Some(to) = to {
        write(record.field("to"), to);
    }
    record.end();
}

/// Writes an edit of an item of a list, with its position.
fn write_listed<T>(
    out: &mut String,
    name: &str,
    id: &str,
    to: &Option<(usize, T)>,
    write: impl FnOnce(&mut String, &T),
) {
    let mut record = variant(out, name);
    record.text("id", id);
    if let Some((at, _)) = to {
        let _ = write!(record.field("at"), "{at}");
    }
    write_new(record, to.as_ref().map(|(_, to)| to), write);
}

fn write_span(out: &mut String, span: &Span) {
    write_span_at(out, span, &Quote::of_words(""), |at| at);
}

fn write_status(out: &mut String, status: &Status) {
    out.push_str(match status {
        Status::New => "New",
        Status::InProgress => "InProgress",
        Status::Done => "Done",
    });
}

fn write_unblinded(out: &mut String, layer: &LayerId, to: Option<Stamp>) {
    write_new(in_layer(out, "SetUnblinded", layer), to.as_ref(), write_time);
}

fn write_time(out: &mut String, time: &Stamp) {
    string(out, &format_time(*time));
}

fn write_category_id(out: &mut String, id: &CategoryId) {
    string(out, id.as_str());
}

fn write_flag(out: &mut String, flag: &bool) {
    out.push_str(if *flag { "true" } else { "false" });
}
