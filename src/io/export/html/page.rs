//! The part of the report before the texts: head, figures, codebook.

use super::Report;
use crate::export::figures::{Figures, name};
use crate::words::export::html as words;
use crate::words::export::report::{self, grouped, share};
use crate::xml::escaped;
use demarche_analysis::summary::Count;
use demarche_model::{Category, CategoryId, MemoSubject};

const STYLE: &str = include_str!("style.css");

/// Greatest depth to which categories are indented.
const DEPTH: usize = 6;

impl Report<'_> {
    /// Opens the page: its head, and the project's name.
    pub(super) fn open(&mut self) {
        let title = escaped(self.scope.project.name());
        self.out.push_str(&format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"generator\" content=\"Demarche\">\n<style>\n{STYLE}"
        ));
        for (at, category) in self.scope.project.codebook().categories.iter().enumerate() {
            self.out.push_str(&format!(".c{at} {{ --c: {}; }}\n", category.colour));
        }
        self.out.push_str(".c { --c: #7A7A7A; }\n</style>\n</head>\n<body>\n<header>\n");
        self.out.push_str(&format!("<h1>{title}</h1>\n"));
    }

    /// Writes everything before the first document.
    pub(super) fn head(&mut self, figures: &Figures<'_>) {
        self.open();
        self.out.push_str(&format!(
            "<p>{}</p>\n",
            report::summary(figures.all, figures.documents.len(), figures.characters)
        ));
        self.out.push_str(&format!(
            "<nav><a href=\"#summary\">{}</a> · <a href=\"#codebook\">{}</a> · <a href=\"#d0\">{}</a></nav>\n",
            words::SUMMARY,
            words::CODEBOOK,
            words::DOCUMENTS
        ));
        self.out.push_str("</header>\n<main>\n");
        self.memos_on(&MemoSubject::Project);
        self.summary(figures);
        self.codebook();
    }

    fn summary(&mut self, figures: &Figures<'_>) {
        self.out.push_str(&format!("<section id=\"summary\">\n<h2>{}</h2>\n", words::SUMMARY));
        let [category, passages, characters, of_text] = report::CATEGORY_COLUMNS;
        self.table(&[(category, ""), (passages, "n"), ("", "bar"), (characters, "n"), (of_text, "n")]);
        let most = figures.categories.iter().map(|(_, count)| count.spans).max().unwrap_or(0).max(1);
        for (id, count) in &figures.categories {
            self.category_row(id, *count, most, figures.characters);
        }
        self.out.push_str("</tbody>\n</table>\n");
        let [document, date, passages, characters, tagged] = report::DOCUMENT_COLUMNS;
        self.table(&[(document, ""), (date, ""), (passages, "n"), (characters, "n"), (tagged, "n")]);
        for (at, (document, count)) in figures.documents.iter().enumerate() {
            let title = escaped(&document.meta.title);
            let date = document.meta.date.as_ref().map_or("", |date| date.as_str());
            let all = document.text.as_ref().map_or(0, |text| text.characters());
            self.out.push_str(&format!(
                "<tr><td><a href=\"#d{at}\">{title}</a></td><td>{date}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
                grouped(count.spans),
                grouped(all),
                share(count.characters, all)
            ));
        }
        self.out.push_str("</tbody>\n</table>\n");
        let [annotator, passages] = report::ANNOTATOR_COLUMNS;
        self.table(&[(annotator, ""), (passages, "n")]);
        for (id, spans) in &figures.annotators {
            let name = escaped(name(self.scope.project, id));
            self.out.push_str(&format!("<tr><td>{name}</td><td class=\"n\">{}</td></tr>\n", grouped(*spans)));
        }
        self.out.push_str("</tbody>\n</table>\n</section>\n");
    }

    /// Opens a table with these columns, each with its class.
    pub(super) fn table(&mut self, columns: &[(&str, &str)]) {
        self.out.push_str("<table>\n<thead><tr>");
        for (column, class) in columns {
            let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
            self.out.push_str(&format!("<th{class}>{column}</th>"));
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
    }

    fn category_row(&mut self, id: &CategoryId, count: Count, most: usize, characters: usize) {
        let (class, name) = (self.class(id), escaped(self.scope.project.codebook().name_of(id)));
        let width = count.spans * 100 / most;
        self.out.push_str(&format!(
            "<tr class=\"{class}\"><td><span class=\"key\"></span>{name}</td><td class=\"n\">{}</td>\
             <td class=\"bar\"><i style=\"width: {width}%\"></i></td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
            grouped(count.spans),
            grouped(count.characters),
            share(count.characters, characters)
        ));
    }

    fn codebook(&mut self) {
        self.out.push_str(&format!("<section id=\"codebook\">\n<h2>{}</h2>\n", words::CODEBOOK));
        for category in self.scope.chosen_categories() {
            self.category(category);
        }
        self.out.push_str("</section>\n");
    }

    fn category(&mut self, category: &Category) {
        let (class, depth) = (self.class(&category.id), self.depth(category));
        let name = escaped(&category.name);
        let closed = if category.retired {
            format!(" <span class=\"soft\">{}</span>", words::CLOSED)
        } else {
            String::new()
        };
        self.out.push_str(&format!(
            "<div class=\"code {class}\" style=\"--d: {depth}\">\n<h3><span class=\"key\"></span>{name}{closed}</h3>\n"
        ));
        let mut paragraph = |label: &str, text: &str| {
            if !text.trim().is_empty() {
                let (label, text) = (escaped(label), escaped(text.trim()));
                self.out.push_str(&format!("<p>{label}{text}</p>\n"));
            }
        };
        paragraph("", &category.definition);
        paragraph(words::INCLUDE, &category.include);
        paragraph(words::EXCLUDE, &category.exclude);
        category.examples.iter().for_each(|example| paragraph(words::EXAMPLE, example));
        self.memos_on(&MemoSubject::Category(category.id.clone()));
        self.out.push_str("</div>\n");
    }

    /// Returns the number of categories above one, up to [`DEPTH`].
    fn depth(&self, category: &Category) -> usize {
        let codebook = self.scope.project.codebook();
        let above =
            |category: &Category| category.parent.as_ref().and_then(|parent| codebook.category(parent));
        let mut next = above(category);
        let mut depth = 0;
        while let Some(parent) = next.filter(|_| depth < DEPTH) {
            depth += 1;
            next = above(parent);
        }
        depth
    }
}
