//! A document and its passages.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Page, Part, odd, source_guid, user_guid, variable_guid};
use crate::codebook::hashed;
use crate::export::Scope;
use crate::export::jsonl::attributes_json;
use crate::export::scope::infinite_numbers;
use crate::loss::{ExportLoss, Losses, RangeLoss};
use crate::project::format_time;
use crate::xml::{escaped, escaped_value};
use demarche_analysis::context::{one_line, shorten};
use demarche_model::{AnnotatorId, Document, DocumentId, Span, SpanId, Text, TextRange};

/// Greatest length of the name of a selection, in characters: the beginning of its words, which other programs show in lists.
const NAME: usize = 80;

/// The layer of each span. If several spans have the same id, that of the first.
pub(super) struct Selections<'a>(HashMap<SpanId, (&'a DocumentId, &'a AnnotatorId)>);

impl<'a> Selections<'a> {
    /// Collects all spans that are exported.
    pub fn of_all(scope: &Scope<'a>) -> Self {
        let mut layers = HashMap::new();
        for document in scope.documents().filter(|document| document.is_loaded()) {
            for (annotator, span) in scope.passages(document) {
                layers.entry(span.id).or_insert((document.id(), annotator));
            }
        }
        Self(layers)
    }

    /// Returns the selection that links to a span refer to.
    pub fn target(&self, span: SpanId) -> Option<Uuid> {
        (!span.0.is_nil() && self.0.contains_key(&span)).then_some(span.0)
    }

    /// Returns the GUID of the first selection of a span: its id, if no other layer has a span with that id.
    fn first(&self, document: &Document, annotator: &AnnotatorId, span: SpanId) -> Uuid {
        if self.0.get(&span) == Some(&(document.id(), annotator)) && !span.0.is_nil() {
            return span.0;
        }
        hashed("selection", &format!("{} {annotator} {span}", document.id()))
    }
}

impl Page<'_> {
    /// Writes a document with its selections.
    pub(super) fn source(&self, document: &Document, text: &Text, losses: &mut Losses) -> Part {
        let mut part = Part::default();
        losses.add(ExportLoss::Decisions, self.scope.count_decisions(document));
        losses.add(ExportLoss::InvalidCharacters, odd(&document.meta.title) + odd(&document.meta.source));
        let guid = source_guid(document, text);
        let title = escaped_value(&document.meta.title);
        part.out.push_str(&format!(
            "  <TextSource guid=\"{guid}\" name=\"{title}\" plainTextPath=\"internal://{guid}.txt\">\n"
        ));
        for (annotator, span) in self.scope.passages(document) {
            self.span(&mut part, (document, text), annotator, span, losses);
        }
        part.out.push_str(&self.memos.on_document(document.id()));
        self.values(&mut part, document);
        part.out.push_str("  </TextSource>\n");
        for (_, layer) in self.scope.layers(document) {
            for link in layer.links() {
                if layer.span(link.from).is_some_and(|span| self.scope.has(span)) {
                    part.links.push((link.id.0, link.kind.clone(), link.from, link.to));
                }
            }
        }
        part
    }

    fn values(&self, part: &mut Part, document: &Document) {
        if let Some(date) = &document.meta.date {
            let element = if self.days { "DateValue" } else { "TextValue" };
            part.value("Date", element, date.as_str());
        }
        if !document.meta.source.is_empty() {
            part.value("Source", "TextValue", &document.meta.source);
        }
    }

    /// Writes a selection for each range of a span.
    fn span(
        &self,
        part: &mut Part,
        (document, text): (&Document, &Text),
        annotator: &AnnotatorId,
        span: &Span,
        losses: &mut Losses,
    ) {
        let first = self.selections.first(document, annotator, span.id);
        let count = span.ranges.count();
        losses.add(RangeLoss::DividedPassages, usize::from(count > 1));
        losses.add(ExportLoss::InvalidCharacters, odd(&span.note));
        losses.add(ExportLoss::InfiniteNumbers, infinite_numbers(span));
        let code = self.codes.get(&span.category).cloned();
        let code = code.unwrap_or_else(|| hashed("category", span.category.as_str()).to_string());
        let note = hashed("note", &first.to_string());
        for (number, range) in (1..).zip(span.ranges.iter()) {
            let guid = if number == 1 { first } else { hashed("part", &format!("{first} {number}")) };
            part.open_selection(guid, text, range, annotator, span);
            let mut lines = Vec::new();
            if number == 1 && !span.attributes.is_empty() {
                lines.push(format!("Attributes: {}", attributes_json(&span.attributes)));
            }
            if count > 1 {
                lines.push(format!("Part {number} of {count}: {first}"));
            }
            if !lines.is_empty() {
                let lines = escaped(&lines.join("\n"));
                part.out.push_str(&format!("      <Description>{lines}</Description>\n"));
            }
            let (coding, user, time) =
                (hashed("coding", &guid.to_string()), user_guid(annotator), span.created);
            part.out.push_str(&format!(
                "      <Coding guid=\"{coding}\" creatingUser=\"{user}\" creationDateTime=\"{}\"><CodeRef targetGUID=\"{code}\"/></Coding>\n",
                format_time(time)
            ));
            if number == 1 && !span.note.is_empty() {
                part.out.push_str(&format!("      <NoteRef targetGUID=\"{note}\"/>\n"));
            }
            part.out.push_str("    </PlainTextSelection>\n");
        }
        if !span.note.is_empty() {
            part.note(note, user_guid(annotator), &format_time(span.modified), &span.note);
        }
    }
}

impl Part {
    fn value(&mut self, variable: &str, element: &str, value: &str) {
        let (guid, value) = (variable_guid(variable), escaped(value));
        self.out.push_str(&format!(
            "    <VariableValue><VariableRef targetGUID=\"{guid}\"/><{element}>{value}</{element}></VariableValue>\n"
        ));
    }

    fn open_selection(
        &mut self,
        guid: Uuid,
        text: &Text,
        range: TextRange,
        annotator: &AnnotatorId,
        span: &Span,
    ) {
        let name = escaped_value(one_line(&shorten(text.slice(range), NAME)).trim());
        let (start, end) = (text.char_offset(range.start), text.char_offset(range.end));
        let (user, created, modified) =
            (user_guid(annotator), format_time(span.created), format_time(span.modified));
        self.out.push_str(&format!(
            "    <PlainTextSelection guid=\"{guid}\" name=\"{name}\" startPosition=\"{start}\" endPosition=\"{end}\" \
             creatingUser=\"{user}\" creationDateTime=\"{created}\" modifyingUser=\"{user}\" modifiedDateTime=\"{modified}\">\n"
        ));
    }
}
