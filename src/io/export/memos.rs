//! Memos as Markdown to read, and as a table.

use std::io::Write;
use std::sync::Arc;

use crate::FormatInfo;
use crate::loss::{ExportLoss, Losses};
use crate::markup::escape;
use crate::project::format_time;
use crate::spreadsheet::guard;
use crate::words::export::memos as words;
use crate::{IoError, Loss};
use demarche_model::{AnnotatorId, Memo, MemoSubject, Project, Unfinished};

use super::Scope;
use super::exporter::{FileExporter, broken};
use super::table::csv_broken;

/// The columns of the table.
const COLUMNS: [&str; 7] = ["about", "id", "title", "author", "author_name", "modified", "memo"];

/// Memos in Markdown.
pub(super) struct MemosMarkdown;

/// Comma-separated values with a row per memo.
pub(super) struct MemosCsv;

impl FileExporter for MemosMarkdown {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "memos-md",
            title: "Memos in Markdown",
            extension: "md",
            carries: "memos on the project, documents and categories with author and time",
            loses: "everything else",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut page = format!("# {}\n", escape(&words::title(scope.project.name())));
        for (subject, memos) in scope.memos() {
            page.push_str(&format!("\n## {}\n", escape(&heading(scope.project, &subject))));
            for (author, memo) in memos {
                let name = escape(scope.project.name_of(author));
                page.push_str(&format!("\n### {name}, {}\n\n", format_time(memo.modified)));
                page.push_str(&paragraphs(&memo.text));
            }
        }
        out.write_all(page.as_bytes()).map_err(broken)?;
        Ok(Vec::new())
    }
}

impl FileExporter for MemosCsv {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "memos-csv",
            title: "Memos as CSV",
            extension: "csv",
            carries: "a row per memo: what it is about, author, time of the last change, text",
            loses: "everything else",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        out.write_all("\u{feff}".as_bytes()).map_err(broken)?;
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(COLUMNS).map_err(csv_broken)?;
        let mut losses = Losses::default();
        for (subject, memos) in scope.memos() {
            let title = title(scope.project, &subject);
            for (author, memo) in memos {
                let fields = [
                    kind(&subject),
                    subject.id(),
                    title,
                    author.as_str(),
                    scope.project.name_of(author),
                    &format_time(memo.modified),
                    &memo.text,
                ];
                let guarded = fields.map(guard);
                let changed = guarded.iter().zip(fields).filter(|(guarded, field)| **guarded != **field);
                losses.add(ExportLoss::GuardedFields, changed.count());
                writer.write_record(guarded.iter().map(|field| field.as_bytes())).map_err(csv_broken)?;
            }
        }
        writer.flush().map_err(broken)?;
        Ok(losses.report())
    }
}

/// The memos on the project or a document, with their authors.
pub(super) fn memos_on<'a>(
    scope: &Scope<'a>,
    subject: &MemoSubject,
) -> Vec<(&'a AnnotatorId, &'a Arc<Memo>)> {
    let is_wanted =
        |author: &AnnotatorId| scope.annotators.as_ref().is_none_or(|wanted| wanted.contains(author));
    let wanted = scope.project.analysis_notes().iter().filter(|(author, _)| is_wanted(author));
    wanted.filter_map(|(author, notes)| Some((author, notes.memos.get(subject)?))).collect()
}

fn kind(subject: &MemoSubject) -> &'static str {
    match subject {
        MemoSubject::Project => "project",
        MemoSubject::Document(_) => "document",
        MemoSubject::Category(_) => "category",
    }
}

fn title<'a>(project: &'a Project, subject: &'a MemoSubject) -> &'a str {
    match subject {
        MemoSubject::Project => project.name(),
        MemoSubject::Document(id) => {
            project.document(id).map_or(id.as_str(), |document| document.meta.title.as_str())
        }
        MemoSubject::Category(id) => project.codebook().name_of(id),
    }
}

fn heading(project: &Project, subject: &MemoSubject) -> String {
    match subject {
        MemoSubject::Project => words::project().to_owned(),
        MemoSubject::Document(_) => words::document(title(project, subject)),
        MemoSubject::Category(_) => words::category(title(project, subject)),
    }
}

/// Plain text as Markdown: its line ends stay.
pub(super) fn paragraphs(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.trim_end().lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim();
        let goes_on = lines.peek().is_some_and(|next| !next.trim().is_empty());
        out.push_str(&escape(line));
        out.push_str(if goes_on && !line.is_empty() { "\\\n" } else { "\n" });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::memory;
    use super::*;
    use demarche_model::{AnalysisNotes, NotesPart, Stamp};

    fn project() -> Project {
        let mut project = super::super::sample::project();
        let document = project.documents()[0].id().clone();
        let mut notes = AnalysisNotes::default();
        for (subject, text) in [
            (MemoSubject::Project, "All *rounds*\nand plenaries\n\n- no list"),
            (MemoSubject::Document(document), "=1+1"),
            (MemoSubject::Category("gone".into()), "Left"),
        ] {
            notes.memos.insert(subject, Memo::new(text, Stamp(1_773_479_640)).into());
        }
        project.set_analysis_notes_from_disk(&"ana".into(), NotesPart::Memos, &notes);
        project
    }

    fn exported(format: &str, scope: &Scope<'_>) -> String {
        String::from_utf8(memory::export(format, scope).0.remove(0).1).unwrap()
    }

    #[test]
    fn memos_are_written_by_subject_with_author_and_time() {
        let project = project();
        let page = exported("memos-md", &Scope::everything(&project));
        let ana = AnnotatorId::new("ana");
        let (name, title) = (project.name_of(&ana), &project.documents()[0].meta.title);
        assert_eq!(
            page,
            format!(
                "# Memos: {}\n\n## Project\n\n### {name}, 2026-03-14T09:14:00Z\n\nAll \\*rounds\\*\\\nand plenaries\n\n\
                 \\- no list\n\n## Document: {title}\n\n### {name}, 2026-03-14T09:14:00Z\n\n\\=1+1\n\n\
                 ## Category: gone\n\n### {name}, 2026-03-14T09:14:00Z\n\nLeft\n",
                escape(project.name()),
            )
        );
    }

    #[test]
    fn memos_are_notes_of_refi_qda() {
        let project = project();
        let (files, losses) = memory::export("qdpx", &Scope::everything(&project));
        let mut archive = crate::archive::Archive::open(&files[0].1).unwrap();
        let at = archive.names().iter().position(|name| name == "project.qde").unwrap();
        let page = String::from_utf8(archive.read(at).unwrap()).unwrap();
        let notes: Vec<&str> = page.lines().filter(|line| line.contains("name=\"Memo\"")).collect();
        assert_eq!(notes.len(), 2, "{page}");
        assert!(
            page.contains("<PlainTextContent>All *rounds*\nand plenaries\n\n- no list</PlainTextContent>")
        );
        let guid = |note: &str| note.split('"').nth(1).unwrap().to_owned();
        for note in notes {
            assert!(page.contains(&format!("<NoteRef targetGUID=\"{}\"/>", guid(note))), "{note}");
        }
        assert!(
            losses.iter().any(|loss| loss.kind == ExportLoss::OrphanMemos.into()),
            "the one on what is gone"
        );
    }

    #[test]
    fn the_report_in_markdown_has_memos_on_the_project_and_its_documents() {
        let project = project();
        let page = exported("markdown", &Scope::everything(&project));
        let name = project.name_of(&AnnotatorId::new("ana")).to_owned();
        let start = format!(
            "\n**Memo by {name}**\n\nAll \\*rounds\\*\\\nand plenaries\n\n\\- no list\n\n| Category |"
        );
        assert!(page.contains(&start), "{page}");
        assert!(page.contains(&format!("\n**Memo by {name}**\n\n\\=1+1\n\n")));
    }

    #[test]
    fn the_table_has_a_row_per_memo_and_no_formulas() {
        let project = project();
        let (files, losses) = memory::export("memos-csv", &Scope::everything(&project));
        let table = String::from_utf8(files[0].1.clone()).unwrap();
        assert!(table.starts_with("\u{feff}about,id,title,author,author_name,modified,memo\r\n"));
        assert!(table.contains("2026-03-14T09:14:00Z,'=1+1\r\n"), "{table}");
        assert_eq!(losses.len(), 1);
        let ben = Scope { annotators: Some(vec!["ben".into()]), ..Scope::everything(&project) };
        assert_eq!(exported("memos-csv", &ben).lines().count(), 1);
        let none = Scope { categories: Some(Vec::new()), ..Scope::everything(&project) };
        assert!(!exported("memos-csv", &none).contains("Left"));
    }
}
