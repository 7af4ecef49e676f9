//! Brings the draft of a file into a project: one way for all formats.
//!
//! A text that the project holds already is not copied: its spans become a layer there. Whatever can't come in is
//! refused by itself, with its line, and the rest comes in. Importing twice changes nothing.

mod documents;
mod fit;
mod ids;
mod links;
mod names;
mod offsets;
mod origins;
mod passages;
mod ranges;
mod spacing;
mod spans;
mod target;
mod times;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use foldhash::{HashMap as FastMap, HashSet as FastSet, HashSetExt};
use uuid::Uuid;

use super::{Draft, DraftDocument, DraftLink, Whose};
use crate::annotations::refusal::Refusal;
use crate::loss::Losses;
use crate::words::remarks;
use crate::{IoError, Loss, Problem};
use demarche_model::{AnnotatorId, DocumentId, Edit, Project, SpanId, Stamp};
use ids::{brings_ids, used_ids};
use names::Names;
use origins::Origin;
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
        outgoing: HashMap::new(),
        file_number: 0,
        repeated: 0,
        repeated_texts: 0,
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
    /// Of the records of the file that have links: how many start from each, by the ids of their documents and their own.
    outgoing: HashMap<(String, String), usize>,
    /// The number of the file that is read.
    file_number: usize,
    /// How many records of a file were the same as one before in it.
    repeated: usize,
    /// How many records of a file were read as the document of one before, which has the same text.
    repeated_texts: usize,
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
        self.file_number += 1;
        self.targets.next_file();
        self.outgoing = outgoing(&documents);
        self.names.learn(codebook, people);
        self.names.meet(&documents);
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

    fn refuse(&mut self, line: Option<usize>, why: impl Into<Refusal>) {
        let (file, why) = (self.file.clone(), why.into());
        self.problems.push(Problem { file, line, kind: why.kind(), message: why.to_string() });
    }

    fn finish(mut self) -> Incoming {
        let (mut edits, made, remarks) = self.names.finish();
        self.remarks.extend(remarks);
        let (mut content, documents) = self.targets.finish();
        edits.append(&mut content);
        let (spans, links, skipped) = self.counts;
        if self.repeated_texts > 0 {
            self.remarks.push(remarks::repeated_texts(self.repeated_texts));
        }
        if self.repeated > 0 {
            self.remarks.push(remarks::repeated(self.repeated));
        }
        if self.rebuilt > 0 {
            self.remarks.push(remarks::rebuilt(self.rebuilt));
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

/// How many links start from each record that has links, by the ids of its document and its own; 0 for those that links
/// only lead to.
fn outgoing(documents: &[DraftDocument]) -> HashMap<(String, String), usize> {
    let mut outgoing: HashMap<(String, String), usize> = HashMap::new();
    for document in documents {
        for link in &document.links {
            *outgoing.entry((document.id.clone(), link.from.clone())).or_default() += 1;
            let there = link.to_document.as_ref().unwrap_or(&document.id);
            outgoing.entry((there.clone(), link.to.clone())).or_default();
        }
    }
    outgoing
}

/// Whether something in a document refers to spans by their ids.
fn refers(document: &DraftDocument) -> bool {
    !document.links.is_empty() || document.spans.iter().any(|span| span.provenance.is_some())
}
