//! What stands before the texts: head, figures, codebook.

use super::Report;
use crate::export::figures::{Figures, grouped, name, several, share};
use crate::xml::escaped;
use demarche_analysis::summary::Count;
use demarche_model::{Category, CategoryId};

const STYLE: &str = include_str!("style.css");

/// How deep categories are indented at most.
const DEPTH: usize = 6;

impl Report<'_> {
    /// Everything before the first document.
    pub(super) fn head(&mut self, figures: &Figures<'_>) {
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
        self.out.push_str(&format!(
            "<h1>{title}</h1>\n<p>{} in {}. {} of {} characters ({}) are tagged.</p>\n",
            several(figures.all.spans, "passage"),
            several(figures.documents.len(), "document"),
            grouped(figures.all.characters),
            grouped(figures.characters),
            share(figures.all.characters, figures.characters),
        ));
        self.out.push_str("<nav><a href=\"#summary\">Summary</a> · <a href=\"#codebook\">Codebook</a> · <a href=\"#d0\">Documents</a></nav>\n");
        self.out.push_str("</header>\n<main>\n");
        self.summary(figures);
        self.codebook();
    }

    fn summary(&mut self, figures: &Figures<'_>) {
        self.out.push_str("<section id=\"summary\">\n<h2>Summary</h2>\n<table>\n<thead><tr><th>Category</th><th class=\"n\">Passages</th><th class=\"bar\"></th><th class=\"n\">Characters</th><th class=\"n\">Share of text</th></tr></thead>\n<tbody>\n");
        let most = figures.categories.iter().map(|(_, count)| count.spans).max().unwrap_or(0).max(1);
        for (id, count) in &figures.categories {
            self.category_row(id, *count, most, figures.characters);
        }
        self.out.push_str("</tbody>\n</table>\n<table>\n<thead><tr><th>Document</th><th>Date</th><th class=\"n\">Passages</th><th class=\"n\">Characters</th><th class=\"n\">Tagged</th></tr></thead>\n<tbody>\n");
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
        self.out.push_str("</tbody>\n</table>\n<table>\n<thead><tr><th>Annotator</th><th class=\"n\">Passages</th></tr></thead>\n<tbody>\n");
        for (id, spans) in &figures.annotators {
            let name = escaped(name(self.scope.project, id));
            self.out.push_str(&format!("<tr><td>{name}</td><td class=\"n\">{}</td></tr>\n", grouped(*spans)));
        }
        self.out.push_str("</tbody>\n</table>\n</section>\n");
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
        self.out.push_str("<section id=\"codebook\">\n<h2>Codebook</h2>\n");
        for category in self.scope.chosen_categories() {
            self.category(category);
        }
        self.out.push_str("</section>\n");
    }

    fn category(&mut self, category: &Category) {
        let (class, depth) = (self.class(&category.id), self.depth(category));
        let name = escaped(&category.name);
        let closed = if category.retired { " <span class=\"soft\">(closed)</span>" } else { "" };
        self.out.push_str(&format!(
            "<div class=\"code {class}\" style=\"--d: {depth}\">\n<h3><span class=\"key\"></span>{name}{closed}</h3>\n"
        ));
        let mut say = |label: &str, text: &str| {
            if !text.trim().is_empty() {
                let (label, text) = (escaped(label), escaped(text.trim()));
                self.out.push_str(&format!("<p>{label}{text}</p>\n"));
            }
        };
        say("", &category.definition);
        say("Include: ", &category.include);
        say("Exclude: ", &category.exclude);
        category.examples.iter().for_each(|example| say("Example: ", example));
        self.out.push_str("</div>\n");
    }

    /// How many categories stand above one.
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
