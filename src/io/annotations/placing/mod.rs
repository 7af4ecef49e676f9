//! Placing the draft of a file in a project, in the same way for all formats.
//!
//! A text that the project has already is not copied: its spans are added to a layer of the existing document. A record that
//! can't be placed is refused with its line, without affecting the others. Importing twice changes nothing.

mod anchoring;
mod consensus;
mod corrections;
mod documents;
mod ends;
mod excerpts;
mod fit;
mod folding;
mod ids;
#[cfg(test)]
mod link_tests;
mod links;
mod memos;
#[cfg(test)]
mod name_tests;
mod names;
mod offsets;
mod origins;
mod passages;
mod quoted;
mod ranges;
mod readings;
mod refusing;
mod spacing;
mod spans;
mod target;
mod times;
#[cfg(test)]
mod value_tests;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use foldhash::{HashMap as FastMap, HashSet as FastSet, HashSetExt};
use uuid::Uuid;

use super::{Draft, DraftLink, SpanOwner};
use crate::loss::Losses;
use crate::words::remarks;
use crate::{IoError, Loss, Problem};
use demarche_model::{AnnotatorId, CategoryId, DocumentId, Edit, Memo, MemoSubject, Project, SpanId, Stamp};
use ends::Ends;
use ids::{brings_ids, outgoing, refers, used_ids};
use names::Names;
use origins::Origin;
use quoted::FoldedTexts;
use target::Targets;

pub(super) use anchoring::anchor_quotes;
pub use corrections::{Changed, Correction};
pub use ends::BetweenFiles;
pub(super) use fit::settle;
pub(crate) use links::sort_problems;
pub use names::{Additions, NameChoice, NameChoices, NameKind, UnknownName, UnknownNames};
pub(super) use offsets::Offsets;
pub(super) use readings::readings;
pub(crate) use target::first_line;

/// The changes of an import of labelled spans.
#[derive(Debug)]
pub struct Incoming {
    /// The whole import as one edit; an empty batch if there is nothing new.
    pub edit: Edit,
    /// New documents.
    pub documents: Vec<DocumentId>,
    /// The number of new spans.
    pub spans: usize,
    /// The number of new links.
    pub links: usize,
    /// The number of spans and links that exist already.
    pub skipped: usize,
    /// Passages of the project that a corrected table changes.
    pub corrections: Vec<Correction>,
    /// The additions to the project's lists.
    pub additions: Additions,
    /// Refused records, in the order of the file.
    pub problems: Vec<Problem>,
    /// The content of the file that a project can't hold.
    pub losses: Vec<Loss>,
    /// The same of files that belong to several labelled files, by their paths.
    pub shared_losses: BTreeMap<PathBuf, Loss>,
    /// Findings that may be wrong, as sentences.
    pub remarks: Vec<String>,
    /// The names that the project lacks, whatever was chosen for them.
    pub unknown: UnknownNames,
    /// The links and ids that a part of an import leaves to [`place_links`].
    pub between: BetweenFiles,
}

/// The names that a project may lack.
#[derive(Default)]
pub struct Naming<'a> {
    /// What was chosen for them; `None` to add them all.
    pub choices: Option<&'a NameChoices>,
    /// Those that earlier parts of the import have met.
    pub met: UnknownNames,
}

/// The source of ids and times for new spans and links.
pub struct Fresh<'a> {
    /// Ids for those without one, or with one that is in use.
    pub ids: &'a mut dyn FnMut() -> Uuid,
    /// The time for those without one.
    pub now: Stamp,
}

/// Turns a draft into an edit of `project`. Its documents should have been read, since others can't be compared.
///
/// `file` is the path in problems. A span keeps its id if that is a UUID that is not in use in the project.
///
/// # Errors
/// A span has no annotator. Anything else that is wrong is among the problems.
pub fn place(
    project: &Project,
    file: &Path,
    draft: Draft,
    owner: SpanOwner<'_>,
    fresh: Fresh<'_>,
) -> Result<Incoming, IoError> {
    place_all(project, vec![(file.to_owned(), draft)], owner, fresh)
}

/// Turns the drafts of several files into one edit, like [`place`].
///
/// # Errors
/// A span has no annotator.
pub fn place_all(
    project: &Project,
    drafts: Vec<(PathBuf, Draft)>,
    owner: SpanOwner<'_>,
    fresh: Fresh<'_>,
) -> Result<Incoming, IoError> {
    place_named(project, drafts, owner, Naming::default(), fresh)
}

/// As [`place_all`], with a choice for the names that the project lacks.
///
/// # Errors
/// A span has no annotator.
pub fn place_named(
    project: &Project,
    drafts: Vec<(PathBuf, Draft)>,
    owner: SpanOwner<'_>,
    naming: Naming<'_>,
    fresh: Fresh<'_>,
) -> Result<Incoming, IoError> {
    place_files(project, drafts, owner, naming, fresh, false)
}

/// Places some of the files of an import, like [`place_named`]. Links that end in other files are left to
/// [`place_links`].
///
/// # Errors
/// A span has no annotator.
pub fn place_part(
    project: &Project,
    drafts: Vec<(PathBuf, Draft)>,
    owner: SpanOwner<'_>,
    naming: Naming<'_>,
    fresh: Fresh<'_>,
) -> Result<Incoming, IoError> {
    place_files(project, drafts, owner, naming, fresh, true)
}

fn place_files(
    project: &Project,
    drafts: Vec<(PathBuf, Draft)>,
    owner: SpanOwner<'_>,
    naming: Naming<'_>,
    fresh: Fresh<'_>,
    is_part: bool,
) -> Result<Incoming, IoError> {
    let add_all = NameChoices::default();
    let mut placer = Placer::new(project, &drafts, owner, (&add_all, naming), fresh);
    placer.is_part = is_part;
    for (file, draft) in drafts {
        placer.draft(file, draft)?;
    }
    if !is_part {
        placer.links_between_files();
    }
    Ok(placer.finish())
}

/// Places the links between the files of an import, once all its parts are in `project`.
pub fn place_links(
    project: &Project,
    between: BetweenFiles,
    owner: SpanOwner<'_>,
    naming: Naming<'_>,
    fresh: Fresh<'_>,
) -> Incoming {
    let add_all = NameChoices::default();
    let mut placer = Placer::new(project, &[], owner, (&add_all, naming), fresh);
    placer.used = used_ids(project);
    placer.between = between;
    placer.links_between_files();
    placer.finish()
}

/// The index of the document, the layer and the id of a span of the file.
type Whereabouts = (usize, AnnotatorId, SpanId);

struct Placer<'a, 'f> {
    project: &'a Project,
    /// The file that is being read.
    file: PathBuf,
    owner: SpanOwner<'a>,
    /// The owner of new passages of the consensus.
    consensus: AnnotatorId,
    fresh: Fresh<'f>,
    names: Names<'a>,
    targets: Targets<'a>,
    /// Every id of a span or link, existing or new.
    used: FastSet<Uuid>,
    /// The spans of the file by the ids of their documents and their own; empty unless they are referred to.
    known: HashMap<String, FastMap<String, Whereabouts>>,
    /// Whether something in the file refers to spans by their ids.
    linked: bool,
    /// The spans at which links of other documents end.
    ends: Ends,
    /// The links that end in other files, and the spans that they may end at.
    between: BetweenFiles,
    /// Whether the import has further parts, so that any span may be the end of a link.
    is_part: bool,
    /// The spans that were left out, by the ids of their documents and their own.
    left_out: FastSet<(String, String)>,
    /// The number of links that start from each record with links, by the ids of its document and its own.
    outgoing: HashMap<(String, String), usize>,
    /// The number of the file that is being placed.
    file_number: usize,
    /// The number of records that repeat an earlier record of their file.
    repeated: usize,
    /// The number of documents that share the text of an earlier one in their file and were placed with it.
    repeated_texts: usize,
    /// The number of links that repeat an earlier link of the import.
    repeated_links: usize,
    /// Links, which wait until all spans are known, each with its document.
    links: Vec<(String, DraftLink)>,
    /// Provenances of spans of the consensus, which wait as well.
    origins: Vec<Origin>,
    /// The documents of the file by their ids there.
    placed: HashMap<String, DocumentId>,
    /// The sets that new documents join, by name.
    sets: Vec<(String, Vec<DocumentId>)>,
    /// The memos that the import adds to or changes.
    memos: BTreeMap<(AnnotatorId, MemoSubject), Memo>,
    /// The texts that were searched for passages without offsets.
    folded: FoldedTexts,
    /// Passages that a corrected table changes, with their edits.
    corrections: Vec<Correction>,
    corrected: Vec<Edit>,
    /// The numbers of spans, links and skipped records.
    counts: (usize, usize, usize),
    problems: Vec<Problem>,
    losses: Losses,
    shared_losses: BTreeMap<PathBuf, Loss>,
    remarks: Vec<String>,
    /// The number of texts with guessed spacing.
    rebuilt: usize,
}

impl<'a, 'f> Placer<'a, 'f> {
    fn new(
        project: &'a Project,
        drafts: &[(PathBuf, Draft)],
        owner: SpanOwner<'a>,
        (add_all, naming): (&'a NameChoices, Naming<'a>),
        fresh: Fresh<'f>,
    ) -> Self {
        let choices = naming.choices.unwrap_or(add_all);
        let bring_ids = drafts.iter().any(|(_, draft)| brings_ids(&draft.documents));
        let ends = Ends::of(drafts.iter().map(|(_, draft)| draft));
        Self {
            project,
            file: PathBuf::new(),
            owner,
            consensus: consensus::home(project, owner),
            fresh,
            names: Names::new(project, choices, naming.met),
            targets: Targets::new(project),
            used: if bring_ids { used_ids(project) } else { FastSet::new() },
            known: HashMap::new(),
            linked: false,
            ends,
            between: BetweenFiles::default(),
            is_part: false,
            left_out: FastSet::new(),
            outgoing: HashMap::new(),
            file_number: 0,
            repeated: 0,
            repeated_texts: 0,
            repeated_links: 0,
            links: Vec::new(),
            origins: Vec::new(),
            placed: HashMap::new(),
            sets: Vec::new(),
            memos: BTreeMap::new(),
            folded: FoldedTexts::new(),
            corrections: Vec::new(),
            corrected: Vec::new(),
            counts: (0, 0, 0),
            problems: Vec::new(),
            losses: Losses::default(),
            shared_losses: BTreeMap::new(),
            remarks: Vec::new(),
            rebuilt: 0,
        }
    }

    /// Places the content of a file: its spans, then its links.
    fn draft(&mut self, file: PathBuf, draft: Draft) -> Result<(), IoError> {
        let Draft {
            documents,
            codebook,
            people,
            memos,
            corrections,
            mut problems,
            losses,
            shared_losses,
            remarks,
            ..
        } = draft;
        let unused = codebook.categories.iter().filter(|_| draft.brings_codebook);
        let unused: Vec<CategoryId> = unused.map(|category| category.id.clone()).collect();
        self.file = file;
        self.linked = documents.iter().any(refers);
        self.file_number += 1;
        self.targets.next_file();
        self.outgoing = outgoing(&documents);
        self.names.learn(self.file.clone(), codebook, people);
        self.names.meet(&documents);
        self.names.add_categories(&unused);
        let before = self.problems.len();
        self.problems.append(&mut problems);
        self.losses.extend(losses);
        self.shared_losses.extend(shared_losses);
        self.remarks.extend(remarks);
        for document in documents {
            self.document(document)?;
        }
        self.origins();
        for (document, link) in std::mem::take(&mut self.links) {
            let (line, id) = (link.line, link.id.clone());
            if let Err(refusal) = self.link(&document, link) {
                self.refuse_record(line, id.as_deref(), refusal);
            }
        }
        self.known.clear();
        memos.into_iter().for_each(|memo| self.memo(memo));
        self.correct(corrections);
        self.placed.clear();
        self.problems[before..].sort_by_key(|problem| problem.line);
        Ok(())
    }

    fn finish(mut self) -> Incoming {
        let (mut edits, additions, unknown, remarks) = self.names.finish(self.fresh.ids);
        self.remarks.extend(remarks);
        let (mut content, documents) = self.targets.finish();
        edits.append(&mut content);
        edits.append(&mut self.project.joining_document_sets(&self.sets));
        edits.extend(memos::edits(self.memos));
        edits.append(&mut self.corrected);
        let (spans, links, skipped) = self.counts;
        if self.repeated_texts > 0 {
            self.remarks.push(remarks::repeated_texts(self.repeated_texts));
        }
        if self.repeated > 0 {
            self.remarks.push(remarks::repeated(self.repeated));
        }
        if self.repeated_links > 0 {
            self.remarks.push(remarks::repeated_links(self.repeated_links));
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
            corrections: self.corrections,
            additions,
            problems: self.problems,
            losses: self.losses.report(),
            shared_losses: self.shared_losses,
            remarks: self.remarks,
            unknown,
            between: self.between,
        }
    }
}
