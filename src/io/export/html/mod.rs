//! A report in one HTML file that opens anywhere, loads nothing from the network and runs no script: figures, the codebook,
//! and each text with its passages marked, numbered, and listed next to it.
//!
//! All text by people is escaped; a content security policy in the head forbids scripts as well.

mod document;
mod page;
mod printed;

use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::Path;

use super::Scope;
use super::exporter::{FileExporter, broken};
use super::figures::Figures;
use super::scope::AuthoredMemos;
use crate::FormatInfo;
use crate::disk::outside;
use crate::limits;
use crate::loss::{ExportLoss, Losses};
use crate::words::export::html as words;
use crate::xml::escaped;
use crate::{FileTask, IoError, Loss};
use demarche_model::{CategoryId, MemoSubject, SpanId, Unfinished};

/// The markup with which every passage in the margin begins; no text can contain it unescaped.
const PASSAGE: &str = "<li class=\"passage ";

pub use printed::PrintedPage;

/// A report in HTML.
pub(super) struct Html;

impl FileExporter for Html {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "html",
            title: "HTML report to read and print",
            extension: "html",
            carries: "figures, codebook, memos, each text with its passages marked and listed with annotator, attributes, note, links",
            loses: "decisions, times, ids of spans",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let figures = Figures::count(scope);
        let mut report = Report::new(scope);
        report.head(&figures);
        report.flush(out)?;
        let mut number = 0;
        scope.each(&mut losses, |document, text, losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            report.document(number, document, text, losses);
            number += 1;
            report.flush(out)
        })?;
        report.out.push_str("</main>\n</body>\n</html>\n");
        report.flush(out)?;
        scope.note_empty_sets(&mut losses);
        losses.carried(ExportLoss::Memos);
        let orphans = scope.count_memos(|subject| !scope.project.has_subject(subject));
        losses.add(ExportLoss::OrphanMemos, orphans);
        Ok(losses.report())
    }

    fn recount(&self, path: &Path) -> Result<Option<usize>, IoError> {
        let page =
            outside::read_text(path, limits::EXPORT).map_err(IoError::outside(FileTask::ReadExport, path))?;
        Ok(Some(page.matches(PASSAGE).count()))
    }
}

/// A report that is being written.
struct Report<'a> {
    scope: &'a Scope<'a>,
    out: String,
    /// The number in the CSS class of each category.
    classes: HashMap<CategoryId, usize>,
    /// The index of each passage's document, and its index within the document.
    places: HashMap<SpanId, (usize, usize)>,
    /// The memos on each subject.
    memos: BTreeMap<MemoSubject, AuthoredMemos<'a>>,
}

impl<'a> Report<'a> {
    fn new(scope: &'a Scope<'a>) -> Self {
        let categories = scope.project.codebook().categories.iter();
        let classes = categories.enumerate().map(|(at, category)| (category.id.clone(), at)).collect();
        let mut places = HashMap::new();
        for (at, document) in scope.documents().filter(|document| document.is_loaded()).enumerate() {
            for (number, (_, span)) in document::in_order(scope, document).into_iter().enumerate() {
                places.entry(span.id).or_insert((at, number));
            }
        }
        let memos = scope.memos().into_iter().collect();
        Self { scope, out: String::new(), classes, places, memos }
    }

    /// Returns the CSS class of a category.
    fn class(&self, category: &CategoryId) -> String {
        self.classes.get(category).map_or_else(|| "c".to_owned(), |at| format!("c{at}"))
    }

    /// Writes the memos on a subject.
    fn memos_on(&mut self, subject: &MemoSubject) {
        for (author, memo) in self.memos.get(subject).into_iter().flatten() {
            let name = escaped(self.scope.project.name_of(author));
            self.out.push_str(&format!("<div class=\"code\"><h3>{}</h3>\n", words::memo(&name)));
            self.out.push_str(&format!("<p>{}</p>\n</div>\n", escaped(memo.text.trim())));
        }
    }

    fn flush(&mut self, out: &mut dyn Write) -> Result<(), IoError> {
        out.write_all(self.out.as_bytes()).map_err(broken)?;
        self.out.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{memory, random_full::comes_back, sample};
    use demarche_model::{Edit, LayerId};

    fn html(project: &demarche_model::Project) -> String {
        memory::text("html", &Scope::everything(project))
    }

    #[test]
    fn passages_are_counted_again() {
        let expect = "Read back and compared: 8 of 8 passages came back";
        assert_eq!(comes_back("html", &sample::project()), expect);
    }

    #[test]
    fn nothing_that_people_wrote_is_taken_for_markup() {
        let mut project = sample::project();
        let text = "<script>alert(1)</script> & \"x\"\n<li class=\"passage x\">";
        let evil = "<img src=x onerror=alert(1)>\"' <li class=\"passage ";
        let document = sample::document("d009", evil, text);
        project.apply(Edit::InsertDocument { at: 2, document }).unwrap();
        let mut span = sample::span(99, "threat", text, &["alert(1)</script>"]);
        span.note = evil.to_owned();
        let layer = LayerId::new(&"d009".into(), &"ana".into());
        project.apply(Edit::SetSpan { layer, id: span.id, to: Some(span.into()) }).unwrap();
        let page = html(&project);
        assert!(!page.contains("<script") && !page.contains("<img"));
        assert_eq!(page.matches(PASSAGE).count(), 9);
    }

    #[test]
    fn overlaps_are_marked_in_lanes_and_the_text_stays_as_it_is() {
        let mut project = sample::project();
        let text = "one two three four\n\nfive";
        let document = sample::document("d009", "Overlap", text);
        project.apply(Edit::InsertDocument { at: 2, document }).unwrap();
        let layer = LayerId::new(&"d009".into(), &"ana".into());
        for (id, words) in [(90, "one two three"), (91, "two three four\n\nfi"), (92, "three")] {
            let span = sample::span(id, "threat", text, &[words]);
            project
                .apply(Edit::SetSpan { layer: layer.clone(), id: span.id, to: Some(span.into()) })
                .unwrap();
        }
        let page = html(&project);
        let start = page.find("id=\"d2\"").unwrap();
        let section = &page[start..];
        let rows: Vec<&str> =
            section.split("<p dir=\"auto\">").skip(1).map(|row| row.split("</p>").next().unwrap()).collect();
        let plain = |row: &str| {
            let parts = row.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
            parts.collect::<String>()
        };
        assert_eq!(rows.iter().map(|row| plain(row)).collect::<Vec<_>>(), ["one two three four", "five"]);
        assert_eq!(rows[0].matches("data-n=").count(), 3, "each passage is numbered once: {}", rows[0]);
        assert!(rows[0].contains("l1") && rows[0].contains("l2") && !rows[1].contains("data-n="));
    }
}
