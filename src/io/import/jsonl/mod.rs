//! JSONL in: what `io::export::jsonl` writes, and files of other programs that are like it.
//!
//! A line is a document. A text that the project holds already is not copied: its spans become a layer there. Whatever
//! can't come in is refused by itself, with its line, and the rest comes in. Importing twice changes nothing.

mod names;
mod place;
mod target;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value as Json;
use uuid::Uuid;

use crate::analysis::context::shorten;
use crate::io::import::text::sha256;
use crate::io::project::parse_time;
use crate::io::{IoError, Problem, ProblemKind};
use crate::model::{
    AnnotatorId, AttributeId, Attributes, Date, DocumentId, Edit, Link, LinkId, Project, Span, SpanId, Stamp,
};
use names::Names;
use place::{of_label, ranges};
use target::Targets;
use wire::{Lenient, Line, Normal, WireLink, WireSpan};

pub use names::Made;

/// What a JSONL file brings.
#[derive(Debug)]
pub struct JsonlImport {
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
}

/// Reads JSONL into an edit of `project`, whose documents should have been read: those that have not can't be compared.
///
/// `file` is named in problems. Spans go to `annotator`; without one, to whom the span names. A span keeps its id if that
/// is a UUID that nothing in the project has; else it gets one of `ids`. A span without times gets `now`.
///
/// # Errors
/// No annotator is given and a span names none. Everything else that is wrong is one of the problems.
pub fn read_jsonl(
    project: &Project,
    file: &Path,
    bytes: &[u8],
    annotator: Option<&AnnotatorId>,
    ids: &mut dyn FnMut() -> Uuid,
    now: Stamp,
) -> Result<JsonlImport, IoError> {
    let mut reader = Reader {
        project,
        file,
        annotator,
        ids,
        now,
        names: Names::new(project),
        targets: Targets::new(project),
        used: used_ids(project),
        known: HashMap::new(),
        links: Vec::new(),
        counts: (0, 0, 0),
        problems: Vec::new(),
    };
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if !is_in_lines(bytes) {
        let why = "this is JSON, but not with one document on each line; write it as JSONL".to_owned();
        reader.refuse(1, (ProblemKind::Malformed, why));
        return Ok(reader.finish());
    }
    for (number, line) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
        if !line.trim_ascii().is_empty() {
            reader.line(number, line)?;
        }
    }
    for pending in std::mem::take(&mut reader.links) {
        let number = pending.line;
        if let Err(problem) = reader.link(pending) {
            reader.refuse(number, problem);
        }
    }
    Ok(reader.finish())
}

/// Whether a file is not one JSON value spread over lines, of which each would be refused.
fn is_in_lines(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let first = start.split(|&byte| byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    !start.starts_with(b"[") && first != b"{"
}

/// Why a record is refused.
type Refusal = (ProblemKind, String);

/// A document of the file and an id in it.
type Key = (String, String);

/// A link waits until all spans are known.
struct Pending {
    line: usize,
    document: String,
    link: WireLink,
}

struct Reader<'a> {
    project: &'a Project,
    file: &'a Path,
    annotator: Option<&'a AnnotatorId>,
    ids: &'a mut dyn FnMut() -> Uuid,
    now: Stamp,
    names: Names<'a>,
    targets: Targets<'a>,
    /// Every id of a span or link, in the project or coming in.
    used: HashSet<Uuid>,
    /// Where the spans of the file are.
    known: HashMap<Key, (usize, AnnotatorId, SpanId)>,
    links: Vec<Pending>,
    /// Spans, links, and what was skipped.
    counts: (usize, usize, usize),
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn line(&mut self, number: usize, bytes: &[u8]) -> Result<(), IoError> {
        let mut line = match wire::parse(bytes) {
            Ok(line) => line,
            Err(why) => {
                let why = format!("this line is not a document in JSON ({why})");
                self.refuse(number, (ProblemKind::Malformed, why));
                return Ok(());
            }
        };
        let key = line.id.as_ref().map_or_else(|| format!("#{number}"), wire::id_text);
        let sha = sha256(line.text.as_bytes());
        let normal = Normal::new(std::mem::take(&mut line.text));
        let target = match self.target(number, &line, &normal.text, &key, &sha) {
            Ok(target) => target,
            Err(refusal) => {
                self.refuse(number, refusal);
                return Ok(());
            }
        };
        let labels = std::mem::take(&mut line.label).into_iter().map(of_label);
        for Lenient(span) in std::mem::take(&mut line.spans).into_iter().chain(labels) {
            let placed = match span {
                Ok(span) => self.span(number, target, &normal, &key, span)?,
                Err(why) => Err((ProblemKind::Malformed, format!("a span can't be read ({why})"))),
            };
            if let Err(refusal) = placed {
                self.refuse(number, refusal);
            }
        }
        for Lenient(link) in line.links {
            match link {
                Ok(link) => self.links.push(Pending { line: number, document: key.clone(), link }),
                Err(why) => {
                    self.refuse(number, (ProblemKind::Malformed, format!("a link can't be read ({why})")))
                }
            }
        }
        Ok(())
    }

    /// The document that the line is about: one with its text, else a new one.
    fn target(
        &mut self,
        number: usize,
        line: &Line,
        text: &str,
        key: &str,
        sha: &str,
    ) -> Result<usize, Refusal> {
        if text.trim().is_empty() {
            return Err((ProblemKind::NotImported, "the text of this line is empty".to_owned()));
        }
        if let Some(found) = self.targets.find(text, key) {
            return Ok(found);
        }
        let characters = text.chars().count();
        let unread =
            self.project.documents().iter().find(|d| !d.is_read() && d.meta.characters == characters);
        if let Some(unread) = unread {
            let why =
                format!("this may be the text of `{}`, which can't be read; mend that first", unread.id());
            return Err((ProblemKind::Unreadable, why));
        }
        if let Some(date) = line.date.as_deref().filter(|d| !d.trim().is_empty() && Date::parse(d).is_none())
        {
            let why = format!("the date `{}` is none like 2026-03-14; it is left out", shorten(date, 40));
            self.refuse(number, (ProblemKind::Malformed, why));
        }
        Ok(self.targets.add(text.to_owned(), line, self.file, sha))
    }

    /// Brings in one span.
    fn span(
        &mut self,
        number: usize,
        target: usize,
        normal: &Normal,
        key: &str,
        wire: WireSpan,
    ) -> Result<Result<(), Refusal>, IoError> {
        let given = self.annotator.map(|a| a.as_str().to_owned());
        let Some(name) = given.or_else(|| wire.annotator.clone()).filter(|name| !name.trim().is_empty())
        else {
            return Err(IoError::Other(format!(
                "the spans do not say who tagged them; say whose they are with --annotator: {}:{number}",
                self.file.display()
            )));
        };
        Ok(self.place(target, normal, key, wire, name.trim()))
    }

    fn place(
        &mut self,
        at: usize,
        normal: &Normal,
        key: &str,
        wire: WireSpan,
        name: &str,
    ) -> Result<(), Refusal> {
        let annotator = self.names.annotator(name);
        let target = self.targets.get(at);
        let (text, document) = (target.text.clone(), target.id.clone());
        if self.project.document(&document).is_some_and(|d| d.unreadable.contains(&annotator)) {
            let why = format!("the file of {annotator} for `{document}` can't be read; mend it first");
            return Err((ProblemKind::Unreadable, why));
        }
        let ranges = ranges(&wire, normal, &text)?;
        let attributes = self.attributes(&wire)?;
        let time = |given: &Option<String>, default| match given {
            Some(given) => parse_time(given)
                .ok_or_else(|| (ProblemKind::Malformed, format!("`{}` is no time", shorten(given, 40)))),
            None => Ok(default),
        };
        let created = time(&wire.created, self.now)?;
        let modified = time(&wire.modified, created)?;
        if wire.category.trim().is_empty() {
            return Err((ProblemKind::Malformed, "a span has no category".to_owned()));
        }
        let category = self.names.category(wire.category.trim());

        let old = wire.id.as_ref().map(|id| (key.to_owned(), wire::id_text(id)));
        let layer = self.targets.get(at).layer(self.project, &annotator);
        if let Some(&there) = layer.present.get(&(category.clone(), ranges.clone())) {
            self.counts.2 += 1;
            self.known.extend(old.map(|old| (old, (at, annotator, there))));
            return Ok(());
        }
        let id = SpanId(self.fresh(wire.id.as_ref()));
        let note = wire.note.unwrap_or_default();
        self.names.add_annotator(&annotator, name);
        self.names.add_values(&attributes);
        let layer = self.targets.get(at).layer(self.project, &annotator);
        layer.present.insert((category.clone(), ranges.clone()), id);
        layer.spans.push(Arc::new(Span { id, category, ranges, attributes, note, created, modified }));
        self.counts.0 += 1;
        self.known.extend(old.map(|old| (old, (at, annotator, id))));
        Ok(())
    }

    fn attributes(&self, wire: &WireSpan) -> Result<Attributes, Refusal> {
        let mut attributes = Attributes::new();
        for (name, json) in wire.attributes.iter().flatten() {
            let id = AttributeId::new(name);
            let value = wire::value(json, self.names.kind(&id)).map_err(|()| {
                let json = shorten(&json.to_string(), 40);
                (ProblemKind::Malformed, format!("the attribute `{name}` has no value that fits: {json}"))
            })?;
            attributes.extend(value.map(|value| (id, value)));
        }
        Ok(attributes)
    }

    /// Brings in one link, now that all spans are there.
    fn link(&mut self, pending: Pending) -> Result<(), Refusal> {
        let Pending { document, link, .. } = pending;
        let lost = |what: &str, id: &Json| {
            let id = shorten(&wire::id_text(id), 40);
            (ProblemKind::DanglingLink, format!("a link {what} the span `{id}`, which did not come in"))
        };
        let from = self.known.get(&(document.clone(), wire::id_text(&link.from)));
        let (at, annotator, from) = from.cloned().ok_or_else(|| lost("starts at", &link.from))?;
        let to_document = link.to_document.as_ref().map_or(document, wire::id_text);
        let to = wire::id_text(&link.to);
        let (to_document, to) = match self.known.get(&(to_document.clone(), to.clone())).cloned() {
            Some((there, _, to)) => (self.targets.get(there).id.clone(), to),
            None => self.in_project(&to_document, &to).ok_or_else(|| lost("leads to", &link.to))?,
        };
        let created = match &link.created {
            Some(given) => parse_time(given)
                .ok_or_else(|| (ProblemKind::Malformed, format!("`{}` is no time", shorten(given, 40))))?,
            None => self.now,
        };
        if link.kind.trim().is_empty() {
            return Err((ProblemKind::Malformed, "a link has no kind".to_owned()));
        }
        let kind = self.names.link_kind(link.kind.trim());
        let layer = self.targets.get(at).layer(self.project, &annotator);
        if !layer.links_present.insert((kind.clone(), from, to)) {
            self.counts.2 += 1;
            return Ok(());
        }
        let id = LinkId(self.fresh(link.id.as_ref()));
        let layer = self.targets.get(at).layer(self.project, &annotator);
        layer.links.push(Arc::new(Link { id, kind, from, to_document, to, created }));
        self.counts.1 += 1;
        Ok(())
    }

    /// A span that stands in the project and not in the file.
    fn in_project(&self, document: &str, span: &str) -> Option<(DocumentId, SpanId)> {
        let document = self.project.document(&DocumentId::new(document))?;
        let span = SpanId(Uuid::parse_str(span).ok()?);
        let there = document.layers.values().any(|layer| layer.span(span).is_some());
        there.then(|| (document.id().clone(), span))
    }

    /// The id that is given, if it is a UUID and free; else a new one.
    fn fresh(&mut self, given: Option<&Json>) -> Uuid {
        let given = given.and_then(Json::as_str).and_then(|id| Uuid::parse_str(id).ok());
        if let Some(id) = given.filter(|id| !id.is_nil() && !self.used.contains(id)) {
            self.used.insert(id);
            return id;
        }
        let id = (self.ids)();
        self.used.insert(id);
        id
    }

    fn refuse(&mut self, line: usize, (kind, message): Refusal) {
        self.problems.push(Problem { file: self.file.to_owned(), line: Some(line), kind, message });
    }

    fn finish(mut self) -> JsonlImport {
        let (mut edits, made) = self.names.finish();
        let (mut content, documents) = self.targets.finish();
        edits.append(&mut content);
        let (spans, links, skipped) = self.counts;
        self.problems.sort_by_key(|problem| problem.line);
        let edit = Edit::Batch(edits);
        JsonlImport { edit, documents, spans, links, skipped, made, problems: self.problems }
    }
}

/// Every id that is taken, those of records that could not be placed included.
fn used_ids(project: &Project) -> HashSet<Uuid> {
    let mut used = HashSet::new();
    for layer in project.documents().iter().flat_map(|document| document.layers.values()) {
        used.extend(layer.spans().map(|span| span.id.0));
        used.extend(layer.links().map(|link| link.id.0));
        used.extend(layer.detached().filter_map(|(_, d)| d.claim.as_ref()).map(|claim| claim.span.id.0));
    }
    used
}
