//! Placing links, once all spans of a file are known; those that end in another file, once all files are.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use uuid::Uuid;

use super::Placer;
use super::ends::{End, Place, Waiting};
use super::names::At;
use super::times::time;
use crate::Problem;
use crate::annotations::DraftLink;
use crate::annotations::refusal::{LinkFault, Refusal};
use crate::loss::PlacingLoss;
use demarche_analysis::context::shorten;
use demarche_model::{AnnotatorId, Codebook, DocumentId, Link, LinkId, SpanId};

impl Placer<'_, '_> {
    /// Places a link, now that all spans of its file are known. One that ends in another file waits.
    pub(super) fn link(&mut self, document: &str, link: DraftLink) -> Result<(), Refusal> {
        let known = |document: &str, span: &str| self.known.get(document)?.get(span).cloned();
        if self.is_left_out(document, &link) {
            self.losses.add(PlacingLoss::LeftOutLinks, 1);
            return Ok(());
        }
        let (at, annotator, from) =
            known(document, &link.from).ok_or_else(|| LinkFault::LinkStart(shorten(&link.from, 40)))?;
        let named = link.to_document.as_deref().unwrap_or(document);
        let here = known(named, &link.to).map(|(there, _, to)| (self.targets.get(there).id.clone(), to));
        let end = match here.or_else(|| self.in_document(named, &link.to)) {
            Some(end) => Some(end),
            None => unambiguous(self.ends.in_file(&link.to, self.file_number), &link.to)?,
        };
        match end {
            Some(end) => self.join(at, &annotator, from, end, &link),
            None => {
                let (file, document) = (self.file.clone(), self.targets.get(at).id.clone());
                let kind = self.names.defined_link_kind(link.kind.trim());
                self.between.waiting.push(Waiting { file, document, annotator, from, link, kind });
                Ok(())
            }
        }
    }

    /// Places the links that waited for other files, or refuses them.
    pub(super) fn links_between_files(&mut self) {
        let before = self.problems.len();
        for waiting in std::mem::take(&mut self.between.waiting) {
            let Waiting { file, document, annotator, from, link, kind } = waiting;
            let id = &link.to;
            let end = unambiguous(self.between.find(id), id).and_then(|end| {
                let missing = || LinkFault::LinkEnd(shorten(id, 40));
                Ok(end.or_else(|| self.in_project(id)).ok_or_else(missing)?)
            });
            if end.is_err() && self.between.left_out.contains(id) {
                self.losses.add(PlacingLoss::LeftOutLinks, 1);
                continue;
            }
            // The document in which a link starts always exists.
            let Some(at) = self.targets.of(&document) else { continue };
            let link_kinds = kind.into_iter().collect();
            self.names.learn(file.clone(), Codebook { link_kinds, ..Codebook::default() }, Vec::new());
            self.file = file;
            if let Err(refusal) = end.and_then(|end| self.join(at, &annotator, from, end, &link)) {
                self.refuse_record(link.line, link.id.as_deref(), refusal);
            }
        }
        if self.problems.len() > before {
            sort_problems(&mut self.problems);
        }
    }

    /// Returns whether one end of a link of a document was left out.
    fn is_left_out(&self, document: &str, link: &DraftLink) -> bool {
        let has = |document: &str, id: &str| self.left_out.contains(&(document.to_owned(), id.to_owned()));
        let named = link.to_document.as_deref().unwrap_or(document);
        !self.left_out.is_empty() && (has(document, &link.from) || has(named, &link.to))
    }

    /// Adds a link, unless there is one like it.
    fn join(
        &mut self,
        at: usize,
        annotator: &AnnotatorId,
        from: SpanId,
        (to_document, to): Place,
        link: &DraftLink,
    ) -> Result<(), Refusal> {
        let created = time(link.created.as_deref(), self.fresh.now)?;
        if link.kind.trim().is_empty() {
            return Err(LinkFault::NoLinkKind.into());
        }
        let at_record = At { line: link.line, record: link.id.as_deref() };
        let Some(kind) = self.names.link_kind(link.kind.trim(), at_record) else {
            self.losses.add(PlacingLoss::LeftOutLinks, 1);
            return Ok(());
        };
        let layer = self.targets.get(at).layer(self.project, annotator);
        let key = (kind.clone(), from, to);
        if let Some(is_new) = layer.links_present.get(&key) {
            *if *is_new { &mut self.repeated_links } else { &mut self.counts.2 } += 1;
            return Ok(());
        }
        layer.links_present.insert(key, true);
        let id = LinkId(self.fresh_id(link.id.as_deref()));
        let layer = self.targets.get(at).layer(self.project, annotator);
        layer.links.push(Arc::new(Link { id, kind, from, to_document, to, created }));
        self.counts.1 += 1;
        Ok(())
    }

    /// Returns a span of a document of the project.
    fn in_document(&self, document: &str, span: &str) -> Option<Place> {
        let document = self.project.document(&DocumentId::new(document))?;
        let span = SpanId(Uuid::parse_str(span).ok()?);
        let there = document.layers.values().any(|layer| layer.span(span).is_some());
        there.then(|| (document.id().clone(), span))
    }

    /// Returns a span of the project, in whichever document.
    fn in_project(&self, span: &str) -> Option<Place> {
        let span = SpanId(Uuid::parse_str(span).ok()?);
        let mut documents = self.project.documents().iter();
        let document = documents.find(|d| d.layers.values().any(|layer| layer.span(span).is_some()))?;
        Some((document.id().clone(), span))
    }
}

fn unambiguous(end: End, id: &str) -> Result<Option<Place>, Refusal> {
    match end {
        End::At(place) => Ok(Some(place)),
        End::Nowhere => Ok(None),
        End::Ambiguous => Err(LinkFault::AmbiguousEnd(shorten(id, 40)).into()),
    }
}

/// Sorts the problems of each file by line, in the order in which the files have problems.
pub(crate) fn sort_problems(problems: &mut [Problem]) {
    let mut order: HashMap<PathBuf, usize> = HashMap::new();
    for problem in problems.iter() {
        let next = order.len();
        order.entry(problem.file.clone()).or_insert(next);
    }
    problems.sort_by_key(|problem| (order.get(&problem.file).copied(), problem.line));
}
