//! Reads an export back and compares it with what was to be exported.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

use smallvec::SmallVec;
use uuid::Uuid;

use super::scope::Losses;
use super::{Exporter, Scope};
use crate::io::import::{Fresh, Importer, Input, Whose, place_all};
use crate::io::{IoError, Loss, parallel};
use crate::model::{
    AnnotatorId, CategoryId, Codebook, Document, DocumentId, LinkKindId, Project, Ranges, Span, SpanId, Stamp,
};

/// What came of reading an export back.
#[derive(Clone, PartialEq, Debug)]
pub struct ReadBack {
    /// Passages that came back with category and place, and those that were to.
    pub spans: (usize, usize),
    /// Links that came back, and those that were to; `None` where they were not looked for.
    pub links: Option<(usize, usize)>,
    /// What is other than before, with how often.
    pub differences: Vec<Loss>,
}

impl fmt::Display for ReadBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Read back and compared: {} of {} passages came back", self.spans.0, self.spans.1)?;
        match self.links {
            Some((came, all)) if all > 0 => write!(f, ", {came} of {all} links"),
            _ => Ok(()),
        }
    }
}

/// How many files are in memory at once.
const AT_ONCE: usize = 100;

/// Imports what was exported into an empty project and compares. Where a format does not keep the texts, the project has
/// them already.
///
/// # Errors
/// A file can't be read.
pub(super) fn read_back(
    scope: &Scope<'_>,
    importer: &dyn Importer,
    files: &[PathBuf],
) -> Result<ReadBack, IoError> {
    let mut copy = emptied(scope.project, !importer.keeps_texts());
    let mut losses = Losses::default();
    let mut last = 0;
    let unsigned = AnnotatorId::new("unsigned");
    let files: Vec<&PathBuf> = files.iter().filter(|file| is_read(importer, file)).collect();
    for some in files.chunks(AT_ONCE) {
        let read = |file: &&PathBuf| Ok((file.to_path_buf(), importer.read(&Input::open(file)?)?));
        let drafts = parallel::map(some, read).into_iter().collect::<Result<Vec<_>, IoError>>()?;
        let mut ids = || {
            last += 1;
            Uuid::from_u128(last)
        };
        let fresh = Fresh { ids: &mut ids, now: Stamp(0) };
        let incoming = place_all(&copy, drafts, Whose::Unsigned(&unsigned), fresh)?;
        losses.add("records that are refused when it is read", incoming.problems.len());
        copy.apply(incoming.edit).map_err(|error| IoError::Other(error.to_string()))?;
    }
    Ok(compare(scope, &copy, losses))
}

fn is_read(importer: &dyn Importer, file: &Path) -> bool {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| importer.endings().contains(&&*ending))
}

/// Counts the passages of an export that nothing reads as such.
pub(super) fn recount(
    scope: &Scope<'_>,
    exporter: &dyn Exporter,
    path: &Path,
) -> Result<Option<ReadBack>, IoError> {
    let Some(came) = exporter.recount(path)? else { return Ok(None) };
    let documents = scope.documents().filter(|document| document.is_read());
    let all = documents.map(|document| scope.passages(document).len()).sum();
    Ok(Some(ReadBack { spans: (came, all), links: None, differences: Vec::new() }))
}

/// The lists of a project without its documents, or with their texts alone.
fn emptied(project: &Project, texts: bool) -> Project {
    let documents = project.documents().iter().filter(|_| texts).filter_map(|document| {
        let text = document.text.clone()?;
        Some(Document::new(document.meta.clone(), text).with_anchors(document.anchors.clone()))
    });
    Project::assemble(
        project.name().to_owned(),
        project.annotators().to_vec(),
        project.actors().to_vec(),
        project.issues().to_vec(),
        Codebook::clone(project.codebook()),
        documents.collect(),
    )
}

/// What makes two passages the same, wherever they are.
type Key<'a> = (&'a CategoryId, &'a Ranges);

fn compare(scope: &Scope<'_>, copy: &Project, mut losses: Losses) -> ReadBack {
    let mut by_text: HashMap<&str, Vec<&Document>> = HashMap::new();
    for document in copy.documents() {
        if let Some(text) = &document.text {
            by_text.entry(text.as_str()).or_default().push(document);
        }
    }
    let (mut spans, mut links) = ((0, 0), (0, 0));
    let documents: Vec<_> = scope.documents().filter(|document| document.is_read()).collect();
    let compare = |document: &&std::sync::Arc<Document>| {
        let mut losses = Losses::default();
        let passages = scope.passages(document);
        let (all, all_links) = (passages.len(), scope.count_links(document));
        let text = document.text.as_ref().map(|text| text.as_str());
        let there = text.and_then(|text| by_text.get(text)?.first());
        let (came, came_links) = there.map_or((0, 0), |there| {
            let came = compare_spans(&passages, there, &mut losses);
            (came, compare_links(scope, document, there, copy))
        });
        losses.add("documents that did not come back", usize::from(there.is_none()));
        ((came, all), (came_links, all_links), losses)
    };
    for (document_spans, document_links, lost) in parallel::map(&documents, compare) {
        (spans.0, spans.1) = (spans.0 + document_spans.0, spans.1 + document_spans.1);
        (links.0, links.1) = (links.0 + document_links.0, links.1 + document_links.1);
        losses.join(lost);
    }
    ReadBack { spans, links: Some(links), differences: losses.report() }
}

/// How many of the passages are there too; counts what else is said of those.
fn compare_spans(
    passages: &[(&AnnotatorId, &std::sync::Arc<Span>)],
    there: &Document,
    losses: &mut Losses,
) -> usize {
    let mut left: HashMap<Key<'_>, SmallVec<[(&AnnotatorId, &Span); 1]>> = HashMap::new();
    for (annotator, layer) in &there.layers {
        for span in layer.spans() {
            left.entry(key(span)).or_default().push((annotator, span));
        }
    }
    let mut came = 0;
    for (annotator, span) in passages {
        let Some(others) = left.get_mut(&key(span)).filter(|others| !others.is_empty()) else { continue };
        let same = others.iter().position(|(other, _)| other == annotator);
        let (other_annotator, other) = others.swap_remove(same.unwrap_or(0));
        came += 1;
        losses.add("passages whose annotator did not come back", usize::from(other_annotator != *annotator));
        losses.add("passages with other attributes", usize::from(other.attributes != span.attributes));
        losses.add("passages with another note", usize::from(other.note != span.note));
    }
    losses.add("passages that were not there before", left.values().map(SmallVec::len).sum());
    came
}

fn key(span: &Span) -> Key<'_> {
    (&span.category, &span.ranges)
}

/// A kind of link with the passages that it joins.
type Joint<'a> = (&'a LinkKindId, Key<'a>, Key<'a>);

/// How many of the links are there too: from and to passages with the same category and place.
fn compare_links(scope: &Scope<'_>, document: &Document, there: &Document, copy: &Project) -> usize {
    let mut left: HashMap<Joint<'_>, usize> = HashMap::new();
    for link in joints(copy, there) {
        *left.entry(link).or_default() += 1;
    }
    let mut came = 0;
    for link in joints(scope.project, document) {
        if let Some(count) = left.get_mut(&link).filter(|count| **count > 0) {
            *count -= 1;
            came += 1;
        }
    }
    came
}

/// The links of a document whose ends are there.
fn joints<'a>(project: &'a Project, document: &'a Document) -> Vec<Joint<'a>> {
    let mut out = Vec::new();
    for layer in document.layers.values() {
        for link in layer.links() {
            let from = layer.span(link.from).map(|span| key(span));
            let to = find(project, &link.to_document, link.to).map(key);
            out.extend(from.zip(to).map(|(from, to)| (&link.kind, from, to)));
        }
    }
    out
}

fn find<'a>(project: &'a Project, document: &DocumentId, span: SpanId) -> Option<&'a Span> {
    let document = project.document(document)?;
    document.layers.values().find_map(|layer| layer.span(span)).map(|span| &**span)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::io::export::{FormatInfo, export_to_path, exporter, sample};

    /// JSONL with a word replaced wherever it stands.
    struct Damaged(&'static str, &'static str);

    impl Exporter for Damaged {
        fn info(&self) -> FormatInfo {
            exporter("jsonl").unwrap().info()
        }

        fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, IoError> {
            let mut bytes = Vec::new();
            exporter("jsonl").unwrap().write(scope, &mut bytes)?;
            let text = String::from_utf8(bytes).unwrap().replace(self.0, self.1);
            out.write_all(text.as_bytes()).unwrap();
            Ok(Vec::new())
        }
    }

    fn check(from: &'static str, to: &'static str, expect: &str) {
        let folder = tempfile::tempdir().unwrap();
        let project = sample::project();
        let scope = Scope::everything(&project);
        let exported = export_to_path(&Damaged(from, to), &scope, &folder.path().join("a.jsonl")).unwrap();
        let read_back = exported.read_back.unwrap();
        let differences = read_back.differences.iter().map(|loss| format!("; {} {}", loss.count, loss.what));
        assert_eq!(format!("{read_back}{}", differences.collect::<String>()), expect);
    }

    #[test]
    fn what_comes_back_otherwise_is_counted() {
        let all = "Read back and compared: 8 of 8 passages came back, 1 of 1 links";
        check("", "", all);
        check("Second text", "Another text", &format!("{all}; 1 documents that did not come back"));
        let one_less = "Read back and compared: 7 of 8 passages came back";
        check(
            r#""quote":"한국어""#,
            r#""quote":"북""#,
            &format!("{one_less}, 0 of 1 links; 2 records that are refused when it is read"),
        );
        check("Norvania", "Estmark", &format!("{all}; 1 passages with other attributes"));
        check("responds-to", "answers", "Read back and compared: 8 of 8 passages came back, 0 of 1 links");
    }
}
