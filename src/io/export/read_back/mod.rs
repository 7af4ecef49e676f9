//! Reads an export back and compares it with what was to be exported.

mod compare;
mod copies;

use std::fmt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Scope;
use super::exporter::FileExporter;
use crate::annotations::{Importer, Input};
use crate::{IoError, Loss};
use compare::compare;
use copies::Copies;
use demarche_model::{Codebook, Document, Project};

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

/// Imports what was exported into empty projects and compares. Where a format does not keep the texts, the projects have
/// them already.
///
/// # Errors
/// A file can't be read.
pub(super) fn read_back(
    scope: &Scope<'_>,
    importer: &dyn Importer,
    files: &[PathBuf],
) -> Result<ReadBack, IoError> {
    let mut copies = Copies::new(&emptied(scope.project, !importer.keeps_texts()));
    let files: Vec<&PathBuf> = files.iter().filter(|file| is_read(importer, file)).collect();
    for some in files.chunks(AT_ONCE) {
        let read = |file: &&PathBuf| Ok((file.to_path_buf(), importer.read(&Input::open(file)?)?));
        let drafts: Vec<Result<_, IoError>> = some.par_iter().with_max_len(1).map(read).collect();
        copies.place(drafts.into_iter().collect::<Result<_, _>>()?)?;
    }
    let (copies, losses) = copies.finish();
    let compared = compare(scope, &copies, losses);
    // Taking a hundred thousand passages down again takes its time, too.
    copies.into_par_iter().for_each(drop);
    Ok(compared)
}

fn is_read(importer: &dyn Importer, file: &Path) -> bool {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| importer.endings().contains(&&*ending))
}

/// Counts the passages of an export that nothing reads as such.
pub(super) fn recount(
    scope: &Scope<'_>,
    format: &dyn FileExporter,
    path: &Path,
) -> Result<Option<ReadBack>, IoError> {
    let Some(came) = format.recount(path)? else { return Ok(None) };
    let documents = scope.documents().filter(|document| document.is_loaded());
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::FormatInfo;
    use crate::export::{Exporter, export_to_path, exporter, memory, sample};
    use demarche_model::Unfinished;

    /// JSONL with a word replaced wherever it stands.
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
    fn what_comes_back_otherwise_is_counted() {
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
}
