//! Brings the draft of a file into a project: one way for all formats.
//!
//! A text that the project holds already is not copied: its spans become a layer there. Whatever can't come in is
//! refused by itself, with its line, and the rest comes in. Importing twice changes nothing.

mod fit;
mod links;
mod names;
mod offsets;
mod origins;
mod ranges;
mod spacing;
mod target;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use foldhash::{HashMap as FastMap, HashSet as FastSet, HashSetExt};
use uuid::Uuid;

use super::{Draft, DraftDocument, DraftLink, DraftSpan, Whose};
use crate::checksum::sha256;
use crate::loss::{AnnotationLoss, Losses};
use crate::project::parse_time;
use crate::{IoError, Loss, Problem, ProblemKind};
use demarche_analysis::context::shorten;
use demarche_model::{
    Anchor, AnnotatorId, Attributes, Date, DocumentId, Edit, Project, Ranges, Span, SpanId, Stamp,
};
use names::Names;
use offsets::Offsets;
use origins::Origin;
use ranges::ranges;
use target::Targets;

pub(super) use fit::settle_units;
pub use names::Made;

/// What an import of labelled spans changes.
#[derive(Debug)]
pub struct Incoming {
    /// The whole import as one step; an empty batch if there is nothing new.
    pub edit: Edit,
    /// Documents that come in.
    pub documents: Vec<DocumentId>,
    /// How many spans come in.
    pub spans: usize,
    /// How many links come in.
    pub links: usize,
    /// How many spans and links are there already.
    pub skipped: usize,
    /// What was added to the project's lists.
    pub made: Made,
    /// What was refused, in the order of the file.
    pub problems: Vec<Problem>,
    /// What the file holds and a project can't.
    pub losses: Vec<Loss>,
    /// What was found out and may be doubted: whole sentences.
    pub remarks: Vec<String>,
}

/// What new spans and links are given.
pub struct Fresh<'a> {
    /// Ids for those that bring none, or one that is taken.
    pub ids: &'a mut dyn FnMut() -> Uuid,
    /// The time for those that bring none.
    pub now: Stamp,
}

/// Turns a draft into an edit of `project`, whose documents should have been read: those that have not can't be compared.
///
/// `file` is named in problems. A span keeps its id if that is a UUID that nothing in the project has.
///
/// # Errors
/// It is not said whose a span is. Everything else that is wrong is one of the problems.
pub fn place(
    project: &Project,
    file: &Path,
    draft: Draft,
    whose: Whose<'_>,
    fresh: Fresh<'_>,
) -> Result<Incoming, IoError> {
    place_all(project, vec![(file.to_owned(), draft)], whose, fresh)
}

/// As [`place`], for the drafts of several files that come in as one step.
///
/// # Errors
/// It is not said whose a span is.
pub fn place_all(
    project: &Project,
    drafts: Vec<(PathBuf, Draft)>,
    whose: Whose<'_>,
    fresh: Fresh<'_>,
) -> Result<Incoming, IoError> {
    let bring_ids = drafts.iter().any(|(_, draft)| brings_ids(&draft.documents));
    let mut placer = Placer {
        project,
        file: PathBuf::new(),
        whose,
        fresh,
        names: Names::new(project),
        targets: Targets::new(project),
        used: if bring_ids { used_ids(project) } else { FastSet::new() },
        known: HashMap::new(),
        linked: false,
        links: Vec::new(),
        origins: Vec::new(),
        counts: (0, 0, 0),
        problems: Vec::new(),
        losses: Losses::default(),
        remarks: Vec::new(),
        rebuilt: 0,
    };
    for (file, draft) in drafts {
        placer.draft(file, draft)?;
    }
    Ok(placer.finish())
}

/// Why a record is refused.
type Refusal = (ProblemKind, String);

/// Where a span of the file is: the document's place, the layer, and its id there.
type Whereabouts = (usize, AnnotatorId, SpanId);

struct Placer<'a, 'f> {
    project: &'a Project,
    /// The file that is read.
    file: PathBuf,
    whose: Whose<'a>,
    fresh: Fresh<'f>,
    names: Names<'a>,
    targets: Targets<'a>,
    /// Every id of a span or link, in the project or coming in.
    used: FastSet<Uuid>,
    /// Where the spans of the file are, by the ids of their documents and their own; nothing where nobody asks.
    known: HashMap<String, FastMap<String, Whereabouts>>,
    /// Whether something in the file asks for spans by their ids.
    linked: bool,
    /// Links wait until all spans are known; each with the document that it stands in.
    links: Vec<(String, DraftLink)>,
    /// What spans of the consensus come from waits, too.
    origins: Vec<Origin>,
    /// Spans, links, and what was skipped.
    counts: (usize, usize, usize),
    problems: Vec<Problem>,
    losses: Losses,
    remarks: Vec<String>,
    /// Texts whose spacing is a guess.
    rebuilt: usize,
}

impl<'a> Placer<'a, '_> {
    /// Takes over what a file brings: its spans, and then its links, which no other file sees.
    fn draft(&mut self, file: PathBuf, draft: Draft) -> Result<(), IoError> {
        let Draft { documents, codebook, people, mut problems, losses, remarks } = draft;
        self.file = file;
        self.linked = documents.iter().any(refers);
        self.names.learn(codebook, people);
        let before = self.problems.len();
        self.problems.append(&mut problems);
        self.losses.extend(losses);
        self.remarks.extend(remarks);
        for document in documents {
            self.document(document)?;
        }
        self.origins();
        for (document, link) in std::mem::take(&mut self.links) {
            let line = link.line;
            if let Err(refusal) = self.link(document, link) {
                self.refuse(line, refusal);
            }
        }
        self.known.clear();
        self.problems[before..].sort_by_key(|problem| problem.line);
        Ok(())
    }

    fn document(&mut self, mut document: DraftDocument) -> Result<(), IoError> {
        if document.rebuilt {
            self.respace(&mut document);
        }
        let sha = sha256(document.text.as_bytes());
        let (text, offsets) = Offsets::new(std::mem::take(&mut document.text), document.unit);
        let target = match self.target(&document, text, &sha) {
            Ok(target) => target,
            Err(refusal) => {
                self.refuse(document.line, refusal);
                return Ok(());
            }
        };
        self.anchors(target, &offsets, &mut document);
        let holder = self.targets.get(target);
        let (text, here) = (holder.text.clone(), holder.id.clone());
        let unreadable = self.project.document(&here).map(|document| &document.unreadable);
        let unreadable = unreadable.filter(|unreadable| !unreadable.is_empty());
        let (mut known, before) = (FastMap::default(), self.origins.len());
        for mut span in std::mem::take(&mut document.spans) {
            let line = span.line.or(document.line);
            let given = span.annotator.take();
            let name = self.annotator_of(given.as_deref(), line)?;
            let annotator = self.names.annotator(name);
            if unreadable.is_some_and(|unreadable| unreadable.contains(&annotator)) {
                let why = format!("the file of {annotator} for `{here}` can't be read; mend it first");
                self.refuse(line, (ProblemKind::Unreadable, why));
                continue;
            }
            let id = span.id.take();
            let placed = ranges(&span, &offsets, &text)
                .and_then(|ranges| self.span(target, span, id.as_deref(), ranges, (&annotator, name)));
            match placed {
                Ok(at) if self.linked => known.extend(id.map(|id| (id, (target, annotator, at)))),
                Ok(_) => {}
                Err(refusal) => self.refuse(line, refusal),
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

    /// Lays a document that was rebuilt from its tokens over the text of the project that it comes from, if there is one.
    fn respace(&mut self, document: &mut DraftDocument) {
        match self.targets.respaced(&document.text, &document.id) {
            Some(text) => spacing::respace(document, &text),
            None => self.rebuilt += 1,
        }
    }

    /// The document that is meant: one with its text, else a new one.
    fn target(&mut self, document: &DraftDocument, text: String, sha: &str) -> Result<usize, Refusal> {
        if text.trim().is_empty() {
            return Err((ProblemKind::NotImported, "the text of this document is empty".to_owned()));
        }
        if let Some(found) = self.targets.find(&text, &document.id) {
            return Ok(found);
        }
        let characters = text.chars().count();
        let unread =
            self.project.documents().iter().find(|d| !d.is_loaded() && d.meta.characters == characters);
        if let Some(unread) = unread {
            let why =
                format!("this may be the text of `{}`, which can't be read; mend that first", unread.id());
            return Err((ProblemKind::Unreadable, why));
        }
        let given = document.date.as_deref().filter(|date| !date.trim().is_empty());
        if let Some(date) = given.filter(|date| Date::parse(date).is_none()) {
            let why = format!("the date `{}` is none like 2026-03-14; it is left out", shorten(date, 40));
            self.refuse(document.line, (ProblemKind::Malformed, why));
        }
        Ok(self.targets.add(text, document, &self.file, sha))
    }

    /// Brings in pages, headings and times with a text that comes in; one that is here already has its own.
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

    /// Whose a span is, for which the file has this name.
    fn annotator_of<'n>(&self, given: Option<&'n str>, line: Option<usize>) -> Result<&'n str, IoError>
    where
        'a: 'n,
    {
        let named = given.map(str::trim).filter(|name| !name.is_empty());
        let name = match self.whose {
            Whose::All(id) => Some(id.as_str()),
            Whose::Unsigned(id) => named.or(Some(id.as_str())),
            Whose::Named => named,
        };
        name.ok_or_else(|| IoError::Unsigned { file: self.file.clone(), line })
    }

    /// Brings in one span, or finds the one that is there; gives its id. `name` is what the file calls the annotator.
    fn span(
        &mut self,
        at: usize,
        draft: DraftSpan,
        given: Option<&str>,
        ranges: Ranges,
        (annotator, name): (&AnnotatorId, &str),
    ) -> Result<SpanId, Refusal> {
        let created = time(draft.created.as_deref(), self.fresh.now)?;
        let modified = time(draft.modified.as_deref(), created)?;
        if draft.category.trim().is_empty() {
            return Err((ProblemKind::Malformed, "a span has no category".to_owned()));
        }
        let category = self.names.category(draft.category.trim());
        let place = (category, ranges);
        let layer = self.targets.get(at).layer(self.project, annotator);
        if let Some(&there) = layer.present.get(&place) {
            self.counts.2 += 1;
            return Ok(there);
        }
        let id = SpanId(self.fresh_id(given));
        let values = draft.attributes.into_iter();
        let attributes: Attributes = values.map(|(given, value)| self.names.value(&given, value)).collect();
        self.names.add_annotator(annotator, name);
        self.names.add_values(&attributes);
        let layer = self.targets.get(at).layer(self.project, annotator);
        let (category, ranges) = place.clone();
        layer.present.insert(place, id);
        let note = draft.note;
        let span = Span { id, category, ranges, attributes, note, created, modified, provenance: None };
        layer.spans.push(Arc::new(span));
        if let Some(provenance) = draft.provenance {
            let (annotator, place) = (annotator.clone(), layer.spans.len() - 1);
            let (document, line) = (String::new(), draft.line);
            self.origins.push(Origin { document, line, at, annotator, place, provenance });
        }
        self.counts.0 += 1;
        Ok(id)
    }

    /// The id that is given, if it is a UUID and free; else a new one.
    fn fresh_id(&mut self, given: Option<&str>) -> Uuid {
        let given = given.and_then(|id| Uuid::parse_str(id).ok());
        if let Some(id) = given.filter(|id| !id.is_nil() && !self.used.contains(id)) {
            self.used.insert(id);
            return id;
        }
        let id = (self.fresh.ids)();
        self.used.insert(id);
        id
    }

    fn refuse(&mut self, line: Option<usize>, (kind, message): Refusal) {
        self.problems.push(Problem { file: self.file.clone(), line, kind, message });
    }

    fn finish(mut self) -> Incoming {
        let (mut edits, made) = self.names.finish();
        let (mut content, documents) = self.targets.finish();
        edits.append(&mut content);
        let (spans, links, skipped) = self.counts;
        if self.rebuilt > 0 {
            let count = self.rebuilt;
            let what = "texts were rebuilt from their words; their spacing may be other than it was";
            self.remarks.push(format!("{count} {what}"));
        }
        Incoming {
            edit: Edit::Batch(edits),
            documents,
            spans,
            links,
            skipped,
            made,
            problems: self.problems,
            losses: self.losses.report(),
            remarks: self.remarks,
        }
    }
}

fn time(given: Option<&str>, default: Stamp) -> Result<Stamp, Refusal> {
    match given {
        Some(given) => parse_time(given)
            .ok_or_else(|| (ProblemKind::Malformed, format!("`{}` is no time", shorten(given, 40)))),
        None => Ok(default),
    }
}

/// Whether something in a document refers to spans by their ids.
fn refers(document: &DraftDocument) -> bool {
    !document.links.is_empty() || document.spans.iter().any(|span| span.provenance.is_some())
}

/// Whether a file has ids of its own that may be kept.
fn brings_ids(documents: &[DraftDocument]) -> bool {
    let spans = documents.iter().flat_map(|d| d.spans.iter().map(|span| &span.id));
    let links = documents.iter().flat_map(|d| d.links.iter().map(|link| &link.id));
    spans.chain(links).any(|id| brings_id(id.as_deref()))
}

/// Whether an id is one that may be kept.
fn brings_id(id: Option<&str>) -> bool {
    id.is_some_and(|id| Uuid::parse_str(id).is_ok())
}

/// Every id that is taken, those of records that could not be placed included.
fn used_ids(project: &Project) -> FastSet<Uuid> {
    let mut used = FastSet::new();
    for layer in project.documents().iter().flat_map(|document| document.layers.values()) {
        used.extend(layer.spans().map(|span| span.id.0));
        used.extend(layer.links().map(|link| link.id.0));
        used.extend(layer.detached().filter_map(|(_, d)| d.claim.as_ref()).map(|claim| claim.span.id.0));
    }
    used
}
