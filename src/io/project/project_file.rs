//! `project.ron`: name, annotators, actors, issues, codebook, and the list of documents.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use smol_str::SmolStr;

use super::codebook::{self, keep, read_colour};
use super::compose::{File, Record, joined, string};
use super::format_time;
use super::original;
use super::source::{Fault, Raw, Source};
use super::twins::twins;
use super::wire::read_time;
use crate::Problem;
use crate::words::project::{self as words, RecordKind};
use demarche_model::{
    Annotator, AnnotatorId, Codebook, Date, Document, DocumentId, DocumentMeta, EarlierText, Origin, Project,
    Role, Stamp, TextVersion, Versions, check_file_id,
};

#[derive(Deserialize)]
#[serde(rename = "annotator", deny_unknown_fields)]
struct WireAnnotator {
    id: String,
    name: String,
    #[serde(default)]
    initials: String,
    colour: String,
    #[serde(default)]
    role: WireRole,
    #[serde(default)]
    documents: BTreeSet<String>,
}

#[derive(Deserialize, Clone, Copy, Default)]
enum WireRole {
    #[default]
    Annotator,
    Reviewer,
    Lead,
}

#[derive(Deserialize)]
#[serde(rename = "document", deny_unknown_fields)]
struct WireDocument<'a> {
    id: Cow<'a, str>,
    title: String,
    date: Option<Cow<'a, str>>,
    #[serde(default)]
    author: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    file_name: String,
    #[serde(default)]
    sha256: String,
    #[serde(default)]
    encoding: String,
    #[serde(default)]
    kept: Cow<'a, str>,
    #[serde(default)]
    file_sha256: String,
    characters: usize,
    version: Option<u32>,
    #[serde(borrow)]
    updated: Option<Cow<'a, str>>,
    #[serde(borrow)]
    updated_by: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    earlier: Vec<WireText<'a>>,
}

/// An earlier version of a document's text.
#[derive(Deserialize)]
#[serde(rename = "text", deny_unknown_fields)]
struct WireText<'a> {
    version: u32,
    #[serde(default)]
    file_name: String,
    #[serde(default)]
    sha256: String,
    #[serde(default)]
    encoding: String,
    #[serde(borrow, default)]
    kept: Cow<'a, str>,
    #[serde(default)]
    file_sha256: String,
    characters: usize,
    #[serde(borrow)]
    updated: Option<Cow<'a, str>>,
    #[serde(borrow)]
    updated_by: Option<Cow<'a, str>>,
}

/// The content of `project.ron`.
#[derive(Default)]
pub(super) struct ProjectRead {
    pub name: String,
    pub blind: bool,
    pub annotators: Vec<Annotator>,
    pub actors: Vec<String>,
    pub issues: Vec<String>,
    pub codebook: Codebook,
    /// Documents, each with its line.
    pub documents: Vec<(DocumentMeta, usize)>,
    /// Whether a person's record can't be read.
    pub annotator_lost: bool,
    /// Whether a document's record can't be read.
    pub document_lost: bool,
    /// Whether a category's record can't be read.
    pub category_lost: bool,
    /// Problems with records that a rewritten file would lose.
    pub problems: Vec<Problem>,
    /// Problems with records that a rewritten file would keep.
    pub warnings: Vec<Problem>,
}

impl ProjectRead {
    /// Returns the lists as a project with no document read.
    pub fn lists(&self) -> Project {
        let documents = self.documents.iter().map(|(meta, _)| Document::unloaded(meta.clone())).collect();
        let (actors, issues) = (self.actors.clone(), self.issues.clone());
        let (annotators, codebook) = (self.annotators.clone(), self.codebook.clone());
        Project::assemble(self.name.clone(), annotators, actors, issues, codebook, documents)
    }

    /// Turns what was read into a project with no document read yet.
    pub fn into_project(self) -> Project {
        let documents = self.documents.into_iter().map(|(meta, _)| Document::unloaded(meta)).collect();
        Project::assemble(self.name, self.annotators, self.actors, self.issues, self.codebook, documents)
            .with_blind(self.blind)
    }
}

/// Reads `project.ron` with LF line ends.
///
/// # Errors
/// The file as a whole can't be read.
pub(super) fn read(source: &str, file: &Path) -> Result<ProjectRead, Problem> {
    let mut source = Source::new(source, file)?;
    let mut read = ProjectRead { name: source.required("name")?, ..ProjectRead::default() };
    read.blind = source.optional("blind")?.unwrap_or_default();
    let annotators = source.list("annotators", read_annotator)?;
    let total = annotators.len();
    let annotators = keep(&source, RecordKind::Annotator, annotators, &mut read.problems, |a| a.id.as_str());
    read.annotator_lost = annotators.len() < total;
    let ids = annotators.iter().map(|(person, line)| (person.id.as_str(), *line));
    read.warnings.extend(twins(&source, RecordKind::Annotator, ids));
    read.annotators = annotators.into_iter().map(|(annotator, _)| annotator).collect();
    read.actors = read_names(&mut source, "actors", &mut read.problems)?;
    read.issues = read_names(&mut source, "issues", &mut read.problems)?;
    let book = codebook::read(&mut source)?;
    read.category_lost = book.category_lost;
    read.problems.extend(book.problems);
    read.warnings.extend(book.warnings);
    read.codebook = book.codebook;
    let documents = source.list("documents", read_document)?;
    let total = documents.len();
    read.documents = keep(&source, RecordKind::Document, documents, &mut read.problems, |d| d.id.as_str());
    read.document_lost = read.documents.len() < total;
    let ids = read.documents.iter().map(|(document, line)| (document.id.as_str(), *line));
    read.warnings.extend(twins(&source, RecordKind::Document, ids));
    source.finish()?;
    Ok(read)
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

fn read_annotator(raw: Raw<'_>) -> Result<Annotator, Fault> {
    let wire: WireAnnotator = raw.parse()?;
    Ok(Annotator {
        id: AnnotatorId::new(file_id(raw, &wire.id)?),
        name: wire.name,
        initials: wire.initials,
        colour: read_colour(raw, &wire.colour)?,
        role: match wire.role {
            WireRole::Annotator => Role::Annotator,
            WireRole::Reviewer => Role::Reviewer,
            WireRole::Lead => Role::Lead,
        },
        documents: wire.documents.into_iter().map(DocumentId::new).collect(),
    })
}

fn read_document(raw: Raw<'_>) -> Result<DocumentMeta, Fault> {
    let wire: WireDocument<'_> = raw.parse()?;
    let date = |text: Cow<'_, str>| Date::parse(&text).ok_or_else(|| raw.fault(words::bad_date(&text)));
    let number = wire.version.unwrap_or(1);
    let mut earlier = Vec::with_capacity(wire.earlier.len());
    for text in wire.earlier {
        earlier.push(read_earlier(raw, text)?);
    }
    let numbers = earlier.iter().map(|text: &EarlierText| text.version.number).chain([number]);
    if !(numbers.clone().all(|number| number > 0) && numbers.is_sorted_by(|a, b| a < b)) {
        return Err(raw.fault(words::version_order()));
    }
    let made = read_update(raw, wire.updated, wire.updated_by)?;
    Ok(DocumentMeta {
        id: DocumentId::new(file_id(raw, &wire.id)?),
        title: wire.title,
        date: wire.date.map(date).transpose()?,
        author: wire.author,
        source: wire.source,
        origin: Origin {
            file_name: wire.file_name,
            sha256: wire.sha256,
            encoding: wire.encoding,
            kept: read_kept(raw, wire.kept)?,
            file_sha256: wire.file_sha256,
        },
        characters: wire.characters,
        versions: Versions { current: TextVersion { number, made }, earlier },
    })
}

fn read_earlier(raw: Raw<'_>, wire: WireText<'_>) -> Result<EarlierText, Fault> {
    Ok(EarlierText {
        version: TextVersion { number: wire.version, made: read_update(raw, wire.updated, wire.updated_by)? },
        origin: Origin {
            file_name: wire.file_name,
            sha256: wire.sha256,
            encoding: wire.encoding,
            kept: read_kept(raw, wire.kept)?,
            file_sha256: wire.file_sha256,
        },
        characters: wire.characters,
    })
}

fn read_kept(raw: Raw<'_>, kept: Cow<'_, str>) -> Result<SmolStr, Fault> {
    if kept.is_empty() || original::is_ending(&kept) {
        return Ok(kept.into());
    }
    Err(raw.fault(words::bad_extension(&kept)))
}

/// Reads when a version of a text was made, and by whom. A file has both or neither.
fn read_update(
    raw: Raw<'_>,
    at: Option<Cow<'_, str>>,
    by: Option<Cow<'_, str>>,
) -> Result<Option<(Stamp, AnnotatorId)>, Fault> {
    match (at, by) {
        (None, None) => Ok(None),
        (Some(at), Some(by)) => Ok(Some((read_time(raw, &at)?, AnnotatorId::new(by)))),
        _ => Err(raw.fault(words::incomplete_update())),
    }
}

fn file_id<'a>(raw: Raw<'_>, id: &'a str) -> Result<&'a str, Fault> {
    check_file_id(id).map_err(|why| raw.fault(words::bad_file_id(id, why)))?;
    Ok(id)
}

/// The part of a project that `project.ron` holds.
#[derive(Clone, Debug)]
pub(super) struct ProjectPart {
    name: String,
    blind: bool,
    annotators: Vec<Annotator>,
    actors: Vec<String>,
    issues: Vec<String>,
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
            codebook: project.codebook().clone(),
            documents: project.documents().to_vec(),
        }
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
    }

    /// Returns the ids that are names of files.
    pub fn file_ids(&self) -> impl Iterator<Item = &str> {
        let annotators = self.annotators.iter().map(|annotator| annotator.id.as_str());
        annotators.chain(self.documents.iter().map(|document| document.id().as_str()))
    }

    /// Returns the text of the file.
    pub fn compose(&self) -> String {
        let mut file = File::new();
        file.text("name", &self.name);
        if self.blind {
            file.plain("blind", |out| out.push_str("true"));
        }
        file.list("annotators", &self.annotators, write_annotator);
        file.list("actors", &self.actors, |out, actor| string(out, actor));
        file.list("issues", &self.issues, |out, issue| string(out, issue));
        codebook::compose(&mut file, &self.codebook);
        file.list("documents", &self.documents, |out, document| write_document(out, &document.meta));
        file.finish()
    }
}

fn write_annotator(out: &mut String, annotator: &Annotator) {
    let mut record = Record::new(out);
    record
        .text("id", annotator.id.as_str())
        .text("name", &annotator.name)
        .text_if_any("initials", &annotator.initials)
        .text("colour", &annotator.colour.to_string());
    match annotator.role {
        Role::Annotator => {}
        Role::Reviewer => record.field("role").push_str("Reviewer"),
        Role::Lead => record.field("role").push_str("Lead"),
    }
    record.texts_if_any("documents", annotator.documents.iter().map(DocumentId::as_str)).end();
}

fn write_origin(record: &mut Record<'_>, origin: &Origin, characters: usize) {
    record
        .text_if_any("file_name", &origin.file_name)
        .text_if_any("sha256", &origin.sha256)
        .text_if_any("encoding", &origin.encoding)
        .text_if_any("kept", &origin.kept)
        .text_if_any("file_sha256", &origin.file_sha256);
    let _ = write!(record.field("characters"), "{characters}");
}

fn write_update(record: &mut Record<'_>, version: &TextVersion) {
    if let Some((at, by)) = &version.made {
        record.text("updated", &format_time(*at)).text("updated_by", by.as_str());
    }
}

fn write_earlier(out: &mut String, text: &EarlierText) {
    let mut record = Record::new(out);
    let _ = write!(record.field("version"), "{}", text.version.number);
    write_origin(&mut record, &text.origin, text.characters);
    write_update(&mut record, &text.version);
    record.end();
}

fn write_document(out: &mut String, meta: &DocumentMeta) {
    let mut record = Record::new(out);
    record.text("id", meta.id.as_str()).text("title", &meta.title);
    if let Some(date) = &meta.date {
        record.text("date", date.as_str());
    }
    record.text_if_any("author", &meta.author).text_if_any("source", &meta.source);
    write_origin(&mut record, &meta.origin, meta.characters);
    let Versions { current, earlier } = &meta.versions;
    if current.number != 1 {
        let _ = write!(record.field("version"), "{}", current.number);
    }
    write_update(&mut record, current);
    if !earlier.is_empty() {
        joined(record.field("earlier"), ['[', ']'], earlier, write_earlier);
    }
    record.end();
}
