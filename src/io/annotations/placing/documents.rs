//! Placing documents with their spans, in an existing document or as a new one.

use foldhash::HashMap as FastMap;

use super::offsets::Offsets;
use super::ranges::ranges;
use super::spans::Given;
use super::{Placer, spacing};
use crate::IoError;
use crate::annotations::DraftDocument;
use crate::annotations::refusal::{DocumentFault, Refusal};
use crate::checksum::sha256;
use crate::loss::AnnotationLoss;
use demarche_analysis::context::shorten;
use demarche_model::{Anchor, Date, DocumentId, SpanId};

impl Placer<'_, '_> {
    /// Places a document with its spans.
    pub(super) fn document(&mut self, mut document: DraftDocument) -> Result<(), IoError> {
        if let Some(quoted) = document.quoted.take() {
            return self.quoted(document, quoted);
        }
        let (target, offsets) = match self.with_text(&mut document) {
            Ok(found) => found,
            Err(refusal) => {
                self.refuse(document.line, refusal);
                return Ok(());
            }
        };
        self.anchors(target, &offsets, &mut document);
        self.fill(target, &offsets, document)
    }

    /// Places the spans of a document in a target.
    pub(super) fn fill(
        &mut self,
        target: usize,
        offsets: &Offsets,
        mut document: DraftDocument,
    ) -> Result<(), IoError> {
        let holder = self.targets.get(target);
        let (text, here) = (holder.text.clone(), holder.id.clone());
        if holder.is_new() {
            self.join_sets(&document.sets, &here);
        }
        self.placed.insert(document.id.clone(), here.clone());
        let unreadable = self.project.document(&here).map(|document| &document.unreadable);
        let unreadable = unreadable.filter(|unreadable| !unreadable.is_empty());
        let (mut known, before) = (FastMap::default(), self.origins.len());
        for mut span in std::mem::take(&mut document.spans) {
            let line = span.line.or(document.line);
            let signed = span.annotator.take();
            let name = self.annotator_of(signed.as_deref(), line)?;
            let annotator = self.names.annotator(name);
            let annotator = self.owner_for(annotator);
            if unreadable.is_some_and(|unreadable| unreadable.contains(&annotator)) {
                self.refuse(line, DocumentFault::UnreadLayer { annotator, document: here.clone() });
                continue;
            }
            let id = span.id.take();
            let given = Given { document: &document.id, span: id.as_deref(), line };
            let placed = ranges(&span, offsets, &text)
                .map_err(Refusal::from)
                .and_then(|ranges| self.span(target, span, given, ranges, (&annotator, name)));
            match placed {
                Ok(Some(at)) => {
                    let Some(id) = id else { continue };
                    self.may_be_wanted(&id, (&here, at));
                    if self.linked {
                        known.insert(id, (target, self.owner_of(&here, at, &annotator), at));
                    }
                }
                Ok(None) => self.leave_out(&document.id, id),
                Err(refusal) => self.refuse_record(line, id.as_deref(), refusal),
            }
        }
        self.origins[before..].iter_mut().for_each(|origin| origin.document.clone_from(&document.id));
        if self.linked {
            self.known.entry(document.id.clone()).or_default().extend(known);
        }
        let DraftDocument { id, links, .. } = document;
        self.links.extend(links.into_iter().map(|link| (id.clone(), link)));
        Ok(())
    }

    /// Returns the document with the text of a draft, or a new one, and the offsets in it. Takes the text.
    fn with_text(&mut self, document: &mut DraftDocument) -> Result<(usize, Offsets), Refusal> {
        if document.rebuilt {
            self.respace(document);
        }
        if document.is_excerpt {
            self.complete(document)?;
        }
        let sha = sha256(document.text.as_bytes());
        let (text, offsets) = Offsets::new(std::mem::take(&mut document.text), document.counting);
        self.target(document, text, &sha).map(|target| (target, offsets))
    }

    /// Puts a new document into sets. One that the project has already stays in its own, as it keeps its title.
    fn join_sets(&mut self, names: &[String], document: &DocumentId) {
        for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            match self.sets.iter_mut().find(|(known, _)| known == name) {
                Some((_, documents)) => documents.push(document.clone()),
                None => self.sets.push((name.to_owned(), vec![document.clone()])),
            }
        }
    }

    /// Records the place of a span, if a link from another document may end at it.
    fn may_be_wanted(&mut self, id: &str, (document, span): (&DocumentId, SpanId)) {
        if self.is_part || self.ends.wants(id) {
            let place = (document.clone(), span);
            self.ends.record(id, self.file_number, &place);
            self.between.record(id, place);
        }
    }

    /// Records that a span was left out, and its links with it.
    fn leave_out(&mut self, document: &str, id: Option<String>) {
        if let Some(id) = id {
            self.between.left_out.insert(id.clone());
            self.left_out.insert((document.to_owned(), id));
        }
    }

    /// Maps a document that was rebuilt from tokens onto the text of the project that it comes from, if there is one.
    fn respace(&mut self, document: &mut DraftDocument) {
        match self.targets.respaced(&document.text, &document.id) {
            Some(text) => spacing::respace(document, &text),
            None => self.rebuilt += 1,
        }
    }

    /// Returns the document with the same text, or a new one.
    fn target(&mut self, document: &DraftDocument, text: String, sha: &str) -> Result<usize, Refusal> {
        if text.trim().is_empty() {
            return Err(DocumentFault::EmptyText.into());
        }
        if let Some((found, repeated)) = self.targets.find(&text, document) {
            self.repeated_texts += usize::from(repeated);
            return Ok(found);
        }
        let characters = text.chars().count();
        let unread =
            self.project.documents().iter().find(|d| !d.is_loaded() && d.meta.characters == characters);
        if let Some(unread) = unread {
            return Err(DocumentFault::UnreadDocument(unread.id().clone()).into());
        }
        let given = document.date.as_deref().filter(|date| !date.trim().is_empty());
        if let Some(date) = given.filter(|date| Date::parse(date).is_none()) {
            self.refuse(document.line, DocumentFault::Date(shorten(date, 40)));
        }
        Ok(self.targets.add(text, document, &self.file, sha, self.fresh.ids))
    }

    /// Adds pages, headings and times to a new text. An existing text has its own.
    fn anchors(&mut self, at: usize, offsets: &Offsets, document: &mut DraftDocument) {
        let (mut anchors, mut outside) = (Vec::new(), 0);
        let target = self.targets.get(at);
        for (offset, kind) in std::mem::take(&mut document.anchors) {
            match offsets.character(offset).and_then(|offset| target.text.byte_offset(offset)) {
                Some(at) => anchors.push(Anchor { at, kind }),
                None => outside += 1,
            }
        }
        target.name_places(anchors);
        self.losses.add(AnnotationLoss::AnchorsOutside, outside);
    }
}
