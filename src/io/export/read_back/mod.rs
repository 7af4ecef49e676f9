//! Verification of an export: reading it back and comparing it with the scope.

mod compare;
mod copies;
mod written;

use std::fmt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Scope;
use super::exporter::FileExporter;
use crate::annotations::{Importer, Input};
use crate::loss::{ExportLoss, ReadBackLoss};
use crate::{IoError, Loss, LossKind};
use compare::compare;
use copies::Copies;
use demarche_model::{Codebook, Document, Project};
use written::Written;

/// The result of reading an export back.
#[derive(Clone, PartialEq, Debug)]
pub struct ReadBack {
    /// The number of passages that were found again with their category and ranges, and of all exported passages.
    pub spans: (usize, usize),
    /// The number of exported passages in documents that were not found again.
    pub in_missing: usize,
    /// The number of links that were found again, and of all exported links; `None` if links were not compared.
    pub links: Option<(usize, usize)>,
    /// Other differences, with their counts.
    pub differences: Vec<Loss>,
}

impl ReadBack {
    /// Returns whether everything came back that the format can carry, given what it could not.
    pub(super) fn is_whole(&self, losses: &[Loss]) -> bool {
        let count = |wanted: fn(&LossKind) -> bool, losses: &[Loss]| {
            losses.iter().filter(|loss| wanted(&loss.kind)).map(|loss| loss.count).sum::<usize>()
        };
        let missing_documents = count(|kind| *kind == ReadBackLoss::Documents.into(), &self.differences);
        let refused = count(|kind| *kind == ReadBackLoss::RefusedRecords.into(), &self.differences);
        let missing = (self.spans.1 - self.spans.0.min(self.spans.1)).saturating_sub(self.in_missing);
        let joined = count(|kind| *kind == ReadBackLoss::JoinedPassages.into(), &self.differences);
        let explained = if losses.iter().any(|loss| loss.kind.hides_field()) { joined } else { 0 };
        missing_documents <= count(LossKind::hides_document, losses)
            && missing.saturating_sub(explained) <= count(LossKind::hides_passage, losses)
            && refused == 0
    }
}

impl fmt::Display for ReadBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Read back and compared: {} of {} passages came back", self.spans.0, self.spans.1)?;
        match self.links {
            Some((found, all)) if all > 0 => write!(f, ", {found} of {all} links"),
            _ => Ok(()),
        }
    }
}

/// Number of files that are in memory at a time.
const AT_ONCE: usize = 100;

/// Imports an export into empty projects and compares them with the scope. If the format does not keep the texts, the
/// projects contain them already. The files are read in the format that was written, whatever their names. `losses` are
/// those of the export.
///
/// # Errors
/// A file can't be read.
pub(super) fn read_back(
    scope: &Scope<'_>,
    importer: &dyn Importer,
    files: &[PathBuf],
    losses: &[Loss],
) -> Result<ReadBack, IoError> {
    let replaced = losses.iter().any(|loss| loss.kind == ExportLoss::InvalidTexts.into());
    let mut copies = Copies::new(&emptied(scope.project, !importer.keeps_texts()));
    for some in files.chunks(AT_ONCE) {
        let read = |file: &PathBuf| Ok((file.clone(), importer.read(&Input::open(file)?)?));
        let drafts: Vec<Result<_, IoError>> = some.par_iter().with_max_len(1).map(read).collect();
        copies.place(drafts.into_iter().collect::<Result<_, _>>()?)?;
    }
    let (copies, losses) = copies.finish();
    let written = if replaced { Written::ForXml } else { Written::Verbatim };
    let compared = compare(scope, &copies, written, losses);
    // Dropping a hundred thousand passages takes a noticeable time, too.
    copies.into_par_iter().for_each(drop);
    Ok(compared)
}

/// Returns whether an importer reads a file of an export that is a folder, which has its usual ending.
pub(super) fn is_read(importer: &dyn Importer, file: &Path) -> bool {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| importer.endings().contains(&&*ending))
}

/// Counts the passages of an export in a format without an importer.
pub(super) fn recount(
    scope: &Scope<'_>,
    format: &dyn FileExporter,
    path: &Path,
) -> Result<Option<ReadBack>, IoError> {
    let Some(found) = format.recount(path)? else { return Ok(None) };
    let documents = scope.documents().filter(|document| document.is_loaded());
    let all = documents.map(|document| scope.passages(document).len()).sum();
    Ok(Some(ReadBack { spans: (found, all), in_missing: 0, links: None, differences: Vec::new() }))
}

/// Returns an empty project or, for a format of tokens, one with the texts and the codebook: such a format writes neither
/// texts nor names to the letter.
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
        if texts { Codebook::clone(project.codebook()) } else { Codebook::default() },
        documents.collect(),
    )
    .with_relations(project.relations().clone())
    .with_document_sets(project.document_sets().clone())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::FormatInfo;
    use crate::export::{Exporter, export_to_path, exporter, memory, sample};
    use demarche_model::{
        AttributeDef, AttributeKind, Edit, LayerId, Link, LinkId, LinkKind, Unfinished, Value,
    };

    /// JSONL with every occurrence of a word replaced.
    struct Damaged(&'static str, &'static str);

    impl FileExporter for Damaged {
        fn info(&self) -> FormatInfo {
            exporter("jsonl").unwrap().info()
        }

        fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
            let text = memory::text("jsonl", scope).replace(self.0, self.1);
            out.write_all(text.as_bytes()).unwrap();
            Ok(Vec::new())
        }
    }

    fn check(from: &'static str, to: &'static str, expect: &str) {
        let folder = tempfile::tempdir().unwrap();
        let project = sample::project();
        let scope = Scope::everything(&project);
        let exported =
            export_to_path(Exporter::File(&Damaged(from, to)), &scope, &folder.path().join("a.jsonl"))
                .unwrap();
        let read_back = exported.read_back.unwrap();
        let differences = read_back.differences.iter().map(|loss| format!("; {}", loss.short()));
        assert_eq!(format!("{read_back}{}", differences.collect::<String>()), expect);
    }

    #[test]
    fn differences_are_counted() {
        let all = "Read back and compared: 8 of 8 passages came back, 1 of 1 links";
        check("", "", all);
        check("Second text", "Another text", &format!("{all}; 1 Documents"));
        let one_less = "Read back and compared: 7 of 8 passages came back";
        check(
            r#""quote":"한국어""#,
            r#""quote":"북""#,
            &format!("{one_less}, 0 of 1 links; 2 RefusedRecords"),
        );
        check("Norvania", "Estmark", &format!("{all}; 1 Attributes"));
        check("responds-to", "answers", "Read back and compared: 8 of 8 passages came back, 0 of 1 links");
    }

    /// Adds two passages at one place that differ in their notes.
    fn stacked() -> demarche_model::Project {
        let mut project = sample::project();
        for (id, note) in [(200, "one"), (201, "two")] {
            let mut span = sample::span(id, "offer", "opens", &["opens"]);
            span.note = note.to_owned();
            let layer = demarche_model::LayerId::new(&"d001".into(), &"ana".into());
            let edit = demarche_model::Edit::SetSpan { layer, id: span.id, to: Some(span.into()) };
            project.apply(edit).unwrap();
        }
        project
    }

    #[test]
    fn passages_that_become_equal_in_a_format_are_no_failure_and_no_other_difference() {
        let folder = tempfile::tempdir().unwrap();
        let project = stacked();
        let read_back = |format: &str| {
            let path = folder.path().join(format);
            let exported = export_to_path(exporter(format).unwrap(), &Scope::everything(&project), &path);
            let exported = exported.unwrap();
            assert!(exported.is_whole(), "{format}: {exported:?}");
            exported.read_back.unwrap()
        };
        let joined = Loss::new(ReadBackLoss::JoinedPassages, 1);
        assert!(read_back("doccano").differences.contains(&joined));
        assert_eq!(read_back("jsonl").differences, []);
        assert_eq!(read_back("qdpx").differences, []);
    }

    /// Renames the categories, attributes and link kinds of the sample so that only case, blanks and dashes tell them
    /// apart.
    fn with_near_names() -> Project {
        let mut project = sample::project();
        for (id, name) in [("NUM", "NUM"), ("Offer", "Offer!")] {
            let category = sample::category(id, name, None);
            project.apply(Edit::SetCategory { id: id.into(), to: Some((0, category.into())) }).unwrap();
        }
        let levels = AttributeKind::Choice(vec!["low".into(), "Low".into()]);
        let attribute = AttributeDef::new("num".into(), "num", levels);
        project.apply(Edit::SetAttribute { id: "num".into(), to: Some((0, attribute.into())) }).unwrap();
        let kind = LinkKind::new("Giver-Arg".into(), "Giver-Arg", "");
        project.apply(Edit::SetLinkKind { id: "Giver-Arg".into(), to: Some((0, kind.into())) }).unwrap();
        let layer = LayerId::new(&"d001".into(), &"ana".into());
        let ids = [(300, "NUM", "opens", "low"), (301, "Offer", "this", "Low")];
        for (id, category, word, level) in ids {
            let mut span = sample::span(id, category, sample::FIRST, &[word]);
            span.attributes.insert("num".into(), Value::Choice(level.into()));
            project
                .apply(Edit::SetSpan { layer: layer.clone(), id: span.id, to: Some(span.into()) })
                .unwrap();
        }
        let [from, to] =
            ids.map(|(id, category, word, _)| sample::span(id, category, sample::FIRST, &[word]).id);
        let id = LinkId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_9000_0000_0000_0002));
        let link =
            Link { id, kind: "Giver-Arg".into(), from, to_document: "d001".into(), to, created: sample::NOW };
        project.apply(Edit::SetLink { layer, id, to: Some(link.into()) }).unwrap();
        project
    }

    #[test]
    fn names_stay_in_an_empty_project() {
        let folder = tempfile::tempdir().unwrap();
        let (before, after) = (sample::project(), with_near_names());
        let read_back = |format: &str, project: &Project| {
            let path = folder.path().join(format!("{format} {}", project.documents()[0].layers.len()));
            let scope = Scope::everything(project);
            export_to_path(exporter(format).unwrap(), &scope, &path).unwrap().read_back.unwrap()
        };
        for exporter in crate::export::exporters().iter().filter(|exporter| exporter.imports()) {
            let name = exporter.info().name;
            let [before, after] = [&before, &after].map(|project| read_back(name, project));
            let links = |back: &ReadBack| back.links.map(|(found, all)| all - found);
            // CoNLL has one tag a word, so the passages that overlap others are not in it.
            if name != "conll" {
                assert_eq!(after.spans.1 - after.spans.0, before.spans.1 - before.spans.0, "{name}");
            }
            // The others have neither attributes nor links.
            if !matches!(name, "doccano" | "spacy" | "conll") {
                assert_eq!(after.differences, before.differences, "{name}");
                assert_eq!(links(&after), links(&before), "{name}");
            }
        }
    }
}
