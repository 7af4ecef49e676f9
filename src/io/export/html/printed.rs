//! Pages to print: texts with their passages in the margin, or a table of passages, without figures and codebook.

use std::io::Write;

use super::{Report, document::in_order};
use crate::export::{Exporter, FileExporter, Scope};
use crate::loss::{ExportLoss, Losses};
use crate::words::export::html as words;
use crate::xml::escaped;
use crate::{FormatInfo, IoError, Loss};
use demarche_model::{Document, MemoSubject, Text, Unfinished};

/// A page to print.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PrintedPage {
    /// Each text, with its passages marked and listed in the margin.
    Text,
    /// A table with a row per passage.
    Table,
}

impl PrintedPage {
    /// Returns the exporter of the page, which is none of the formats that are offered for exports.
    pub fn exporter(self) -> Exporter<'static> {
        match self {
            Self::Text => Exporter::File(&Self::Text),
            Self::Table => Exporter::File(&Self::Table),
        }
    }
}

impl FileExporter for PrintedPage {
    fn info(&self) -> FormatInfo {
        let (name, carries) = match self {
            Self::Text => ("printed-text", "each text with its passages marked and listed"),
            Self::Table => ("printed-table", "a row per passage"),
        };
        FormatInfo {
            name,
            title: "Page to print",
            extension: "html",
            carries,
            loses: "decisions, times, ids of spans",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let mut report = Report::new(scope);
        report.open();
        report.out.push_str("</header>\n<main>\n");
        if *self == Self::Table {
            report.table(&words::PRINTED_COLUMNS.map(|column| (column, "")));
        }
        let mut number = 0;
        scope.each(&mut losses, |document, text, losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            match self {
                Self::Text => report.document(number, document, text, losses),
                Self::Table => report.rows(document, text),
            }
            number += 1;
            report.flush(out)
        })?;
        if *self == Self::Text {
            losses.carried(ExportLoss::Memos);
            losses.add(
                ExportLoss::Memos,
                scope.count_memos(|subject| !matches!(subject, MemoSubject::Document(_))),
            );
            scope.note_empty_sets(&mut losses);
        }
        if *self == Self::Table {
            report.out.push_str("</tbody>\n</table>\n");
        }
        report.out.push_str("</main>\n</body>\n</html>\n");
        report.flush(out)?;
        Ok(losses.report())
    }
}

impl Report<'_> {
    /// Writes a row for each passage of a document.
    fn rows(&mut self, document: &Document, text: &Text) {
        let project = self.scope.project;
        let title = escaped(&document.meta.title);
        for (annotator, span) in in_order(self.scope, document) {
            let (class, category) = (self.class(&span.category), project.codebook().name_of(&span.category));
            let quote =
                span.ranges.iter().map(|range| escaped(text.slice(range))).collect::<Vec<_>>().join(" … ");
            let place = document.anchors.locate(span.ranges.cover()).to_string();
            let source = [title.clone(), escaped(&place)].into_iter().filter(|part| !part.is_empty());
            self.out.push_str(&format!(
                "<tr class=\"{class}\"><td><span class=\"key\"></span>{}</td><td>{quote}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                escaped(category),
                self.facts(span),
                source.collect::<Vec<_>>().join(", "),
                escaped(project.name_of(annotator)),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    fn page(page: PrintedPage) -> String {
        let mut out = Vec::new();
        page.write(&Scope::everything(&sample::project()), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_table_has_a_row_per_passage_and_the_text_a_card() {
        let project = sample::project();
        let passages = project.documents().iter().flat_map(|document| document.layers.values());
        let passages: usize = passages.map(|layer| layer.spans().count()).sum();
        assert_eq!(page(PrintedPage::Table).matches("<tr class").count(), passages);
        assert_eq!(page(PrintedPage::Text).matches(super::super::PASSAGE).count(), passages);
    }

    #[test]
    fn pages_run_no_script_and_load_nothing() {
        for page in [page(PrintedPage::Table), page(PrintedPage::Text)] {
            assert!(page.contains("default-src 'none'") && !page.contains("<script"));
        }
    }
}
