//! `project.ron`: name, annotators, actors, issues, codebook, and the list of documents.

use std::path::Path;
use std::sync::Arc;

use super::checksums;
use super::codebook::{self, keep};
use super::compose::{File, string};
use super::document_record::{read_document, write_document};
use super::document_sets::{self, unknown_sets};
use super::folder::Folder;
use super::format::{FileKind, Format};
use super::meaning_record::has_meanings;
use super::person_record::{self, read_annotator, write_annotator};
use super::relations;
use super::source::Source;
use super::twins::twins;
use crate::words::project::{self as words, RecordKind};
use crate::{Problem, ProblemKind};
use demarche_model::{Annotator, Codebook, Document, DocumentMeta, DocumentSets, Project, Relations};

/// The content of `project.ron`.
#[derive(Default)]
pub(super) struct ProjectRead {
    pub name: String,
    pub blind: bool,
    pub annotators: Vec<Annotator>,
    pub actors: Vec<String>,
    pub issues: Vec<String>,
    pub relations: Relations,
    pub document_sets: DocumentSets,
    pub codebook: Codebook,
    /// Documents, each with its line.
    pub documents: Vec<(DocumentMeta, usize)>,
    /// Whether a person's record can't be read.
    pub annotator_lost: bool,
    /// Whether a document's record can't be read.
    pub document_lost: bool,
    /// Whether a category's record can't be read.
    pub category_lost: bool,
    /// Lists that the file does not have.
    pub missing: Vec<HeadList>,
    /// The problem of a file in a newer format: it must not be written.
    pub newer: Option<Problem>,
    /// Problems with records that a rewritten file would lose.
    pub problems: Vec<Problem>,
    /// Problems with records that a rewritten file would keep.
    pub warnings: Vec<Problem>,
}

/// A list of `project.ron`. Every version writes all of them, even if empty, so a file without one is damaged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum HeadList {
    Annotators,
    Actors,
    Issues,
    Categories,
    Attributes,
    LinkKinds,
    Documents,
}

impl HeadList {
    const ALL: [Self; 7] = [
        Self::Annotators,
        Self::Actors,
        Self::Issues,
        Self::Categories,
        Self::Attributes,
        Self::LinkKinds,
        Self::Documents,
    ];

    /// Returns the name of the field.
    fn name(self) -> &'static str {
        match self {
            Self::Annotators => "annotators",
            Self::Actors => "actors",
            Self::Issues => "issues",
            Self::Categories => "categories",
            Self::Attributes => "attributes",
            Self::LinkKinds => "link_kinds",
            Self::Documents => "documents",
        }
    }

    /// Returns the lists that a file does not have. One in a newer format need not have them.
    fn missing_in(source: &Source<'_>) -> Vec<Self> {
        let is_newer = source.newer().is_some();
        Self::ALL.into_iter().filter(|list| !is_newer && !source.has(list.name())).collect()
    }
}

impl ProjectRead {
    /// Returns the lists as a project with no document read.
    pub fn lists(&self) -> Project {
        let documents = self.documents.iter().map(|(meta, _)| Document::unloaded(meta.clone())).collect();
        let (actors, issues) = (self.actors.clone(), self.issues.clone());
        let (annotators, codebook) = (self.annotators.clone(), self.codebook.clone());
        Project::assemble(self.name.clone(), annotators, actors, issues, codebook, documents)
            .with_relations(self.relations.clone())
            .with_document_sets(self.document_sets.clone())
    }

    /// Turns what was read into a project with no document read yet, if nothing of it is missing.
    ///
    /// # Errors
    /// The file is in a newer format, or has a record that can't be read and would be lost.
    pub fn into_whole_project(mut self) -> Result<Project, Problem> {
        match self.newer.take().or_else(|| self.problems.pop()) {
            Some(problem) => Err(problem),
            None => Ok(self.into_project()),
        }
    }

    /// Turns what was read into a project with no document read yet.
    pub fn into_project(self) -> Project {
        let documents = self.documents.into_iter().map(|(meta, _)| Document::unloaded(meta)).collect();
        Project::assemble(self.name, self.annotators, self.actors, self.issues, self.codebook, documents)
            .with_blind(self.blind)
            .with_relations(self.relations)
            .with_document_sets(self.document_sets)
    }
}

/// The length in characters above which a project's name is reported. It is kept, but shown shortened.
const LONGEST_NAME: usize = 1000;

/// Reads `project.ron` with LF line ends.
///
/// # Errors
/// The file as a whole can't be read.
pub(super) fn read(source: &str, file: &Path) -> Result<ProjectRead, Problem> {
    let mut source = Source::new(source, file, FileKind::Project)?;
    let name_line = source.line_of("name");
    let mut read = ProjectRead { name: source.required("name")?, ..ProjectRead::default() };
    let length = read.name.chars().count();
    if length > LONGEST_NAME {
        let problem = source.problem(name_line, words::long_name(length, LONGEST_NAME));
        read.warnings.push(Problem { kind: ProblemKind::Limit, ..problem });
    }
    read.newer = source.newer().cloned();
    read.missing = HeadList::missing_in(&source);
    let missing = read.missing.iter().map(|list| source.problem(1, words::missing_list(list.name())));
    read.problems.extend(missing);
    let is_missing = |list| read.missing.contains(&list);
    let lost = [HeadList::Annotators, HeadList::Categories, HeadList::Documents].map(is_missing);
    (read.annotator_lost, read.category_lost, read.document_lost) = lost.into();
    read.blind = source.optional("blind")?.unwrap_or_default();
    let annotators = source.list("annotators", read_annotator)?;
    let total = annotators.len();
    let annotators = keep(&source, RecordKind::Annotator, annotators, &mut read.problems, |a| a.id.as_str());
    read.annotator_lost |= annotators.len() < total;
    let ids = annotators.iter().map(|(person, line)| (person.id.as_str(), *line));
    read.warnings.extend(twins(&source, RecordKind::Annotator, ids));
    read.annotators = annotators.into_iter().map(|(annotator, _)| annotator).collect();
    read_vocabulary(&mut source, &mut read)?;
    let book = codebook::read(&mut source)?;
    read.category_lost |= book.category_lost;
    read.problems.extend(book.problems);
    read.warnings.extend(book.warnings);
    read.codebook = book.codebook;
    read.document_sets = document_sets::read(&mut source, &mut read.problems, &mut read.warnings)?;
    read_documents(&mut source, &mut read)?;
    source.finish()?;
    Ok(read)
}

/// Reads the list of documents.
fn read_documents(source: &mut Source<'_>, read: &mut ProjectRead) -> Result<(), Problem> {
    let documents = source.list("documents", read_document)?;
    let total = documents.len();
    read.documents = keep(source, RecordKind::Document, documents, &mut read.problems, |d| d.id.as_str());
    read.document_lost |= read.documents.len() < total;
    let ids = read.documents.iter().map(|(document, line)| (document.id.as_str(), *line));
    read.warnings.extend(twins(source, RecordKind::Document, ids));
    read.warnings.extend(unknown_sets(source, &read.document_sets, &read.documents));
    Ok(())
}

/// Reads actors, issues and their relations. If a name can't be read, a relation may name it.
fn read_vocabulary(source: &mut Source<'_>, read: &mut ProjectRead) -> Result<(), Problem> {
    let problems = read.problems.len();
    read.actors = read_names(source, "actors", &mut read.problems)?;
    read.issues = read_names(source, "issues", &mut read.problems)?;
    let is_missing = |list| read.missing.contains(&list);
    let some_lost =
        read.problems.len() > problems || is_missing(HeadList::Actors) || is_missing(HeadList::Issues);
    let related = relations::read(source, &mut read.problems)?;
    if !some_lost {
        read.warnings.extend(related.warnings(source, &read.actors, &read.issues));
    }
    read.relations = related.relations;
    Ok(())
}

fn read_names(
    source: &mut Source<'_>,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Result<Vec<String>, Problem> {
    let mut out = Vec::new();
    for (_, result) in source.list(name, |raw| raw.parse::<String>())? {
        match result {
            Ok(text) => out.push(text),
            Err(fault) => {
                let message = words::unreadable_until_fixed(RecordKind::Name, &fault.why);
                problems.push(source.problem(fault.line, message));
            }
        }
    }
    Ok(out)
}

/// The part of a project that `project.ron` holds.
#[derive(Clone, Debug)]
pub(super) struct ProjectPart {
    name: String,
    blind: bool,
    annotators: Vec<Annotator>,
    actors: Vec<String>,
    issues: Vec<String>,
    relations: Arc<Relations>,
    document_sets: Arc<DocumentSets>,
    codebook: Arc<Codebook>,
    documents: Vec<Arc<Document>>,
}

impl ProjectPart {
    /// Takes the part from a project. Documents are shared, not copied.
    pub fn from_project(project: &Project) -> Self {
        Self {
            name: project.name().to_owned(),
            blind: project.is_blind(),
            annotators: project.annotators().to_vec(),
            actors: project.actors().to_vec(),
            issues: project.issues().to_vec(),
            relations: project.relations().clone(),
            document_sets: project.document_sets().clone(),
            codebook: project.codebook().clone(),
            documents: project.documents().to_vec(),
        }
    }

    /// Returns the part with a checksum of every text that can be found.
    #[must_use]
    pub fn with_checksums(mut self, folder: &Folder) -> Self {
        checksums::complete(&mut self.documents, folder);
        self
    }

    /// Returns the same as a project with no document read.
    pub fn head(&self) -> Project {
        let documents = self.documents.iter().map(|document| Document::unloaded(document.meta.clone()));
        let codebook = (*self.codebook).clone();
        let (annotators, actors, issues) =
            (self.annotators.clone(), self.actors.clone(), self.issues.clone());
        let documents = documents.collect();
        Project::assemble(self.name.clone(), annotators, actors, issues, codebook, documents)
            .with_blind(self.blind)
            .with_relations(self.relations.clone())
            .with_document_sets(self.document_sets.clone())
    }

    /// Returns whether both are the same, apart from what only documents in memory have.
    pub fn is_same(&self, other: &Self) -> bool {
        let fields = |part: &Self| (part.name.clone(), part.blind, part.actors.clone(), part.issues.clone());
        let metas = |part: &'_ Self| part.documents.iter().map(|d| d.meta.clone()).collect::<Vec<_>>();
        fields(self) == fields(other)
            && self.annotators == other.annotators
            && self.relations == other.relations
            && self.document_sets == other.document_sets
            && self.codebook == other.codebook
            && metas(self) == metas(other)
    }

    /// Returns the ids that are names of files.
    pub fn file_ids(&self) -> impl Iterator<Item = &str> {
        let annotators = self.annotators.iter().map(|annotator| annotator.id.as_str());
        annotators.chain(self.documents.iter().map(|document| document.id().as_str()))
    }

    /// Returns the lowest format that holds the content.
    fn format(&self) -> Format {
        let has_sum =
            |document: &Arc<Document>| document.meta.versions.all().any(|version| !version.sha256.is_empty());
        let is_in_set = |document: &Arc<Document>| !document.meta.sets.is_empty();
        let people = self.annotators.iter().map(person_record::format_of).max().unwrap_or(Format::FIRST);
        let rest = if !self.document_sets.is_empty() || self.documents.iter().any(is_in_set) {
            Format::WITH_DOCUMENT_SETS
        } else if !self.relations.is_empty() || has_meanings(&self.codebook) {
            Format::WITH_RELATIONS_AND_MEANINGS
        } else if self.documents.iter().any(has_sum) {
            Format::WITH_KEYS_AND_CHECKSUMS
        } else {
            Format::FIRST
        };
        people.max(rest)
    }

    /// Returns the text of the file.
    pub fn compose(&self) -> String {
        let mut file = File::new(self.format());
        file.text("name", &self.name);
        if self.blind {
            file.plain("blind", |out| out.push_str("true"));
        }
        file.list("annotators", &self.annotators, write_annotator);
        file.list("actors", &self.actors, |out, actor| string(out, actor));
        file.list("issues", &self.issues, |out, issue| string(out, issue));
        relations::compose(&mut file, &self.relations);
        codebook::compose(&mut file, &self.codebook);
        document_sets::compose(&mut file, &self.document_sets);
        file.list("documents", &self.documents, |out, document| write_document(out, &document.meta));
        file.finish()
    }
}
