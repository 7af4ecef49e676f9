//! The import of documents and labelled files as one step.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use encoding_rs::Encoding;
use uuid::Uuid;

use super::NewDocument;
use super::new_document::Known;
use super::originals::{KeptOriginals, Originals};
use crate::annotations::{
    Additions, BetweenFiles, Correction, Draft, Fresh, Importer, Incoming, NameChoices, Naming, SpanOwner,
    UnknownName, UnknownNames, place_links, place_part, read_files, sort_problems,
};
use crate::documents::Reader;
use crate::loss::Losses;
use crate::project::Folder;
use crate::report::UNSIGNED;
use crate::{IoError, Loss, Problem, ProblemKind, words};
use demarche_model::{DocumentId, Edit, Progress, Project, Stamp, Steps, Unfinished};

/// Number of labelled files that are in memory at a time.
const AT_ONCE: usize = 100;

/// The documents and files to import, with the settings.
pub struct ImportRequest<'a> {
    /// Documents that were read. Existing ones are imported again only if they were marked as such when they were read,
    /// since the user has then chosen to have two.
    pub documents: Vec<NewDocument>,
    /// Labelled files; placed after the documents, since they may refer to their texts.
    pub labelled: &'a [PathBuf],
    /// The format of the labelled files; `None` to detect it in each.
    pub format: Option<&'static dyn Importer>,
    /// The encoding of the labelled files; `None` to detect it in each.
    pub encoding: Option<&'static Encoding>,
    /// How foreign files are read.
    pub reader: &'a Reader,
    /// The annotator of the labelled spans.
    pub owner: SpanOwner<'a>,
    /// What to do with names that the project lacks.
    pub names: &'a NameChoices,
    /// The project's folder, and the documents' files of which it keeps copies; `None` to keep none.
    pub originals: Option<(&'a Folder, KeptOriginals)>,
}

/// The changes and the outcome of an import.
#[derive(Debug, Default)]
pub struct Imported {
    /// The edits of one step; empty if there is nothing new.
    pub edits: Vec<Edit>,
    /// Ids and titles of the imported documents, in order.
    pub documents: Vec<(DocumentId, String)>,
    /// Files that could not be copied.
    pub not_kept: Vec<Problem>,
    /// The outcome of the labelled files.
    pub labelled: Labelled,
}

/// The outcome of labelled files.
#[derive(Debug, Default)]
pub struct Labelled {
    /// New documents.
    pub documents: usize,
    /// New spans.
    pub spans: usize,
    /// New links.
    pub links: usize,
    /// Spans and links that exist already.
    pub skipped: usize,
    /// Entries added to the project's lists.
    pub additions: Additions,
    /// The names that the project lacks, with the most similar ones that it has, whatever was chosen for them.
    pub unknown: Vec<UnknownName>,
    /// Passages of the project that a corrected table changes.
    pub corrections: Vec<Correction>,
    /// Refused records, in the order of the files.
    pub problems: Vec<Problem>,
    /// True if a file was refused since its spans name no annotator.
    pub is_unsigned: bool,
    /// Content of the files that a project can't hold.
    pub losses: Vec<Loss>,
    /// Files that belong to several labelled files, whose losses have been counted.
    shared: BTreeSet<PathBuf>,
    /// Guesses that the user should check, as sentences.
    pub remarks: Vec<String>,
}

impl Imported {
    /// Returns the name of the step, such as `import “Press briefing” and 3 files`.
    pub fn step(&self, labelled: &[PathBuf]) -> String {
        let labelled = if self.labelled.is_empty() { &[] } else { labelled };
        words::import::step(&self.documents, labelled)
    }
}

impl Labelled {
    fn is_empty(&self) -> bool {
        self.documents + self.spans + self.links + self.corrections.len() == 0
            && self.additions == Additions::default()
    }

    fn add(&mut self, incoming: Incoming) -> (Edit, UnknownNames, BetweenFiles) {
        self.documents += incoming.documents.len();
        self.spans += incoming.spans;
        self.links += incoming.links;
        self.skipped += incoming.skipped;
        self.additions.extend(incoming.additions);
        self.corrections.extend(incoming.corrections);
        self.problems.extend(incoming.problems);
        let mut losses = Losses::default();
        losses.extend(std::mem::take(&mut self.losses).into_iter().chain(incoming.losses));
        let shared = incoming.shared_losses.into_iter();
        losses.extend(shared.filter_map(|(file, loss)| self.shared.insert(file).then_some(loss)));
        self.losses = losses.report();
        self.remarks.extend(incoming.remarks);
        (incoming.edit, incoming.unknown, incoming.between)
    }
}

/// Returns the edits that import documents and labelled files into `project`, which is not changed. Stores copies of
/// files, so that saving finds them. Progress is counted in documents and labelled files.
///
/// # Errors
/// The import was stopped or an edit was refused; then no copies are kept.
pub fn import(
    project: &Project,
    request: ImportRequest<'_>,
    fresh: Fresh<'_>,
    progress: &dyn Progress,
) -> Result<Imported, Unfinished<IoError>> {
    let mut originals = request.originals.map(|kept| Originals::new(kept, project));
    let mut import = Import { project: project.clone(), applied: 0, imported: Imported::default() };
    let ImportRequest { format, encoding, reader, owner, names, .. } = request;
    let (met, between) = (UnknownNames::default(), BetweenFiles::default());
    let mut placing = Placing { format, encoding, reader, owner, names, met, between, fresh };
    let done = import
        .documents(request.documents, originals.as_mut(), placing.fresh.ids, progress)
        .and_then(|()| import.labelled(request.labelled, &mut placing, progress));
    if let (Err(_), Some(originals)) = (&done, originals) {
        originals.discard();
    }
    done.map(|()| import.imported).map(|mut imported| {
        imported.labelled.unknown = placing.met.finish(project);
        imported
    })
}

/// Returns the names in labelled files that the project lacks; `reader` is how foreign files are read. Progress is counted in files.
///
/// # Errors
/// The work was stopped.
pub fn unknown_names(
    project: &Project,
    labelled: &[PathBuf],
    owner: SpanOwner<'_>,
    reader: &Reader,
    now: Stamp,
    progress: &dyn Progress,
) -> Result<Vec<UnknownName>, Unfinished<IoError>> {
    let mut last = 0;
    let mut ids = || {
        last += 1;
        Uuid::from_u128(last)
    };
    let (documents, names) = (Vec::new(), &NameChoices::default());
    let (format, encoding, originals) = (None, None, None);
    let request = ImportRequest { documents, labelled, format, encoding, reader, owner, names, originals };
    import(project, request, Fresh { ids: &mut ids, now }, progress).map(|imported| imported.labelled.unknown)
}

/// An import in progress.
struct Import {
    /// A copy of the project with the edits applied so far.
    project: Project,
    /// The number of edits applied to it.
    applied: usize,
    imported: Imported,
}

/// The settings for placing labelled spans.
struct Placing<'a, 'f> {
    format: Option<&'static dyn Importer>,
    encoding: Option<&'static Encoding>,
    reader: &'a Reader,
    owner: SpanOwner<'a>,
    names: &'a NameChoices,
    /// The names that the project lacked, in the files so far.
    met: UnknownNames,
    /// The links that wait for other files, and the ids that they can refer to.
    between: BetweenFiles,
    fresh: Fresh<'f>,
}

impl Placing<'_, '_> {
    /// Returns the settings of the next part.
    fn next(&mut self) -> (Naming<'_>, Fresh<'_>) {
        let naming = Naming { choices: Some(self.names), met: self.met.clone() };
        (naming, Fresh { ids: &mut *self.fresh.ids, now: self.fresh.now })
    }
}

impl Import {
    fn documents(
        &mut self,
        documents: Vec<NewDocument>,
        mut originals: Option<&mut Originals<'_>>,
        ids: &mut dyn FnMut() -> Uuid,
        progress: &dyn Progress,
    ) -> Result<(), Unfinished<IoError>> {
        // Another import may have added some of them in the meantime.
        let known = Known::of(&self.project);
        let is_new = |new: &NewDocument| new.existing.is_some() || known.title(new).is_none();
        let documents: Vec<NewDocument> = documents.into_iter().filter(is_new).collect();
        let mut given = HashSet::new();
        let start = self.project.documents().len();
        let steps = Steps::new(progress, documents.len());
        for (at, mut document) in (start..).zip(documents) {
            if let Some(originals) = &mut originals {
                self.imported.not_kept.extend(originals.keep(&mut document).err());
            }
            let id = self.project.new_document_id(ids, &given);
            given.insert(id.clone());
            self.imported.documents.push((id.clone(), document.meta.title.clone()));
            self.imported.edits.push(Edit::InsertDocument { at, document: document.into_document(id) });
            steps.advance()?;
        }
        Ok(())
    }

    fn labelled(
        &mut self,
        files: &[PathBuf],
        placing: &mut Placing<'_, '_>,
        progress: &dyn Progress,
    ) -> Result<(), Unfinished<IoError>> {
        for (number, some) in files.chunks(AT_ONCE).enumerate() {
            let part = Part { whole: progress, before: number * AT_ONCE, of: files.len() };
            let drafts = read_files(some, placing.format, placing.encoding, placing.reader, &part)?;
            self.place(drafts, some, placing)?;
        }
        self.links_between_files(placing)
    }

    /// Places the links between files, which may be in different parts.
    fn links_between_files(&mut self, placing: &mut Placing<'_, '_>) -> Result<(), Unfinished<IoError>> {
        let between = std::mem::take(&mut placing.between);
        if !between.has_links() {
            return Ok(());
        }
        let problems = self.imported.labelled.problems.len();
        let owner = placing.owner;
        let (naming, fresh) = placing.next();
        let incoming = place_links(self.project_so_far()?, between, owner, naming, fresh);
        self.add(incoming, placing);
        let all = &mut self.imported.labelled.problems;
        if all.len() > problems {
            sort_problems(all);
        }
        Ok(())
    }

    /// Adds the changes of a part.
    fn add(&mut self, incoming: Incoming, placing: &mut Placing<'_, '_>) {
        let (edit, met, between) = self.imported.labelled.add(incoming);
        placing.met = met;
        placing.between.extend(between);
        match edit {
            Edit::Batch(edits) => self.imported.edits.extend(edits),
            edit => self.imported.edits.push(edit),
        }
    }

    /// Places the spans of files. If some spans have no annotator, places the files one by one, so that only those are
    /// refused.
    fn place(
        &mut self,
        drafts: Vec<(PathBuf, Draft)>,
        files: &[PathBuf],
        placing: &mut Placing<'_, '_>,
    ) -> Result<(), Unfinished<IoError>> {
        let owner = placing.owner;
        let (naming, fresh) = placing.next();
        match place_part(self.project_so_far()?, drafts, owner, naming, fresh) {
            Ok(incoming) => self.add(incoming, placing),
            Err(IoError::Unsigned { .. }) if files.len() > 1 => {
                for file in files {
                    let one = std::slice::from_ref(file);
                    let drafts = read_files(one, placing.format, placing.encoding, placing.reader, &())?;
                    self.place(drafts, one, placing)?;
                }
            }
            Err(IoError::Unsigned { file, line }) => {
                let (kind, message) = (ProblemKind::NotImported, UNSIGNED.to_owned());
                self.imported.labelled.is_unsigned = true;
                self.imported.labelled.problems.push(Problem { file, line, kind, message });
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Returns the project with everything imported so far.
    fn project_so_far(&mut self) -> Result<&Project, IoError> {
        let new = &self.imported.edits[self.applied..];
        if !new.is_empty() {
            let edit = Edit::Batch(new.to_vec());
            self.project.apply(edit)?;
            self.applied = self.imported.edits.len();
        }
        Ok(&self.project)
    }
}

/// The progress of a part of the work, in steps of the whole.
struct Part<'a> {
    whole: &'a dyn Progress,
    before: usize,
    of: usize,
}

impl Progress for Part<'_> {
    fn step(&self, done: usize, _of: usize) {
        self.whole.step(self.before + done, self.of);
    }

    fn is_stopped(&self) -> bool {
        self.whole.is_stopped()
    }
}
