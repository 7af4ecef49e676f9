//! A report in Markdown, to read and to print: figures, then the passages of each document by category. CommonMark with
//! tables of GitHub Flavored Markdown.

use crate::markup::{escape, escape_inside};
use std::io::Write;
use std::path::Path;

use super::Scope;
use super::exporter::{FileExporter, broken};
use super::figures::{Figures, by_category, count, name, words};
use super::memos::{memos_on, paragraphs};
use super::quotes::Quotes;
use crate::FormatInfo;
use crate::disk::outside;
use crate::limits;
use crate::loss::{ExportLoss, Losses};
use crate::words::export::markdown as page_words;
use crate::words::export::report::{self, grouped, share};
use crate::{FileTask, IoError, Loss};
use demarche_analysis::context::{after, before, one_line};
use demarche_model::{AnnotatorId, Document, MemoSubject, Project, Span, Text, Unfinished};

/// Length of the context on either side of a quote, in characters.
const CONTEXT: usize = 120;

/// Length of the longest bar, in characters.
const BAR: usize = 20;

/// A report in Markdown.
pub(super) struct Markdown;

impl FileExporter for Markdown {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "markdown",
            title: "Markdown report to read and print",
            extension: "md",
            carries: "figures, memos on the project and documents, and each document's passages by category with quote, context, annotator, attributes, note",
            loses: "the texts, links, decisions, times, ids of spans; line ends in quotes become spaces",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let figures = Figures::count(scope);
        let mut page = String::new();
        head(&mut page, scope, &figures);
        out.write_all(page.as_bytes()).map_err(broken)?;
        let make = |document: &_, text: &_, losses: &mut Losses| {
            losses.add(ExportLoss::Links, scope.count_links(document));
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            let mut page = String::new();
            let quotes = Quotes::of(scope, document, text, losses);
            section(&mut page, scope, (document, text, &quotes));
            Ok(page)
        };
        scope.each_converted(&mut losses, make, |page| out.write_all(page.as_bytes()).map_err(broken))?;
        scope.note_empty_sets(&mut losses);
        losses.carried(ExportLoss::Memos);
        let is_lost = |subject: &MemoSubject| match subject {
            MemoSubject::Project => false,
            MemoSubject::Document(id) => scope.project.document(id).is_none(),
            MemoSubject::Category(_) => true,
        };
        losses.add(ExportLoss::Memos, scope.count_memos(is_lost));
        Ok(losses.report())
    }

    /// Counts the lines with the annotator at the end of each passage.
    fn recount(&self, path: &Path) -> Result<Option<usize>, IoError> {
        let page =
            outside::read_text(path, limits::EXPORT).map_err(IoError::outside(FileTask::ReadExport, path))?;
        let lines: Vec<&str> = page.lines().collect();
        Ok(Some(lines.windows(2).filter(|two| two[0] == ">" && two[1].starts_with("> — ")).count()))
    }
}

fn head(page: &mut String, scope: &Scope<'_>, figures: &Figures<'_>) {
    let project = scope.project;
    line(page, &format!("# {}\n", escape(project.name())));
    line(page, &format!("{}\n", report::summary(figures.all, figures.documents.len(), figures.characters)));
    memos(page, scope, &MemoSubject::Project);
    let most = figures.categories.iter().map(|(_, count)| count.spans).max().unwrap_or(0);
    let [category, passages, characters, of_text] = report::CATEGORY_COLUMNS;
    line(page, &format!("| {category} | {passages} | | {characters} | {of_text} |\n|:--|--:|:--|--:|--:|"));
    for (id, count) in &figures.categories {
        let name = escape(project.codebook().name_of(id));
        let bar = "█".repeat((count.spans * BAR).div_ceil(most.max(1)));
        let (characters, share) = (grouped(count.characters), share(count.characters, figures.characters));
        line(page, &format!("| {name} | {} | {bar} | {characters} | {share} |", grouped(count.spans)));
    }
    line(page, &format!("\n| {} |\n|:--|:--|--:|--:|--:|", report::DOCUMENT_COLUMNS.join(" | ")));
    for (document, count) in &figures.documents {
        let title = escape(&document.meta.title);
        let date = document.meta.date.as_ref().map_or("", |date| date.as_str());
        let all = document.text.as_ref().map_or(0, |text| text.characters());
        let (spans, share) = (grouped(count.spans), share(count.characters, all));
        line(page, &format!("| {title} | {date} | {spans} | {} | {share} |", grouped(all)));
    }
    line(page, &format!("\n| {} |\n|:--|--:|", report::ANNOTATOR_COLUMNS.join(" | ")));
    for (id, spans) in &figures.annotators {
        line(page, &format!("| {} | {} |", escape(name(project, id)), grouped(*spans)));
    }
}

fn section(page: &mut String, scope: &Scope<'_>, (document, text, quotes): (&Document, &Text, &Quotes<'_>)) {
    let passages = scope.passages(document);
    line(page, &format!("\n## {}\n", escape(&document.meta.title)));
    let count = count(text, passages.iter().map(|(_, span)| &***span));
    let mut facts: Vec<String> = document.meta.date.iter().map(|date| date.to_string()).collect();
    if !document.meta.source.is_empty() {
        facts.push(escape(&document.meta.source));
    }
    let sets: Vec<String> = scope.sets_of(document).into_iter().map(escape_inside).collect();
    facts.extend((!sets.is_empty()).then(|| report::sets(&sets)));
    facts.push(escape(document.id().as_str()));
    facts.push(report::passages(count.spans));
    facts.push(page_words::tagged(count.characters, text.characters()));
    line(page, &facts.join(" · "));
    memos(page, scope, &MemoSubject::Document(document.id().clone()));
    for (category, group) in by_category(scope.project, &passages) {
        let name = escape(scope.project.codebook().name_of(category));
        line(page, &format!("\n### {name} ({})", grouped(group.len())));
        for (annotator, span) in group {
            passage(page, scope.project, (document, text, quotes), annotator, span);
        }
    }
}

/// Adds the memos on a subject.
fn memos(page: &mut String, scope: &Scope<'_>, subject: &MemoSubject) {
    for (author, memo) in memos_on(scope, subject) {
        line(page, &format!("\n**{}**\n", page_words::memo(&escape_inside(name(scope.project, author)))));
        page.push_str(&paragraphs(&memo.text));
        page.push('\n');
    }
}

fn passage(
    page: &mut String,
    project: &Project,
    (document, text, quotes): (&Document, &Text, &Quotes<'_>),
    annotator: &AnnotatorId,
    span: &Span,
) {
    let cover = span.ranges.cover();
    let quote = if quotes.has_all_of(span) {
        let parts: Vec<&str> = span.ranges.iter().map(|range| text.slice(range).trim()).collect();
        one_line(&parts.join(" […] "))
    } else {
        one_line(quotes.shown(span).trim())
    };
    let raw = text.slice(cover);
    let mut left = before(text, cover.start, CONTEXT);
    let mut right = after(text, cover.end, CONTEXT);
    // Bold text can't begin or end with a space, so the space is put outside.
    if raw.starts_with(char::is_whitespace) && !left.ends_with(' ') {
        left.push(' ');
    }
    if raw.ends_with(char::is_whitespace) && !right.starts_with(' ') {
        right.insert(0, ' ');
    }
    let bold = bold(&left, &quote, &right);
    line(page, &format!("\n> {}{bold}{}\n>", escape(left.trim_start()), escape_inside(right.trim_end())));
    let mut facts = vec![escape(name(project, annotator))];
    for (id, value) in &span.attributes {
        let attributes = &project.codebook().attributes;
        let label = attributes.iter().find(|a| a.id == *id).map_or(id.as_str(), |a| a.name.as_str());
        facts.push(format!("{}: {}", escape_inside(label), escape_inside(&words(value))));
    }
    let place = document.anchors.locate(cover).to_string();
    if !place.is_empty() {
        facts.push(escape_inside(one_line(&place).trim()));
    }
    facts.push(page_words::characters(text.char_offset(cover.start), text.char_offset(cover.end)));
    line(page, &format!("> — {}", facts.join(" · ")));
    if !span.note.trim().is_empty() {
        let note = escape_inside(one_line(&span.note).trim());
        line(page, &format!(">\n> {}{note}", page_words::NOTE));
    }
}

/// Sets a quote in bold. CommonMark does not recognise `**` between a letter and a punctuation mark (`**“threat”**은`);
/// there, HTML is used.
fn bold(left: &str, quote: &str, right: &str) -> String {
    let is_mark = |c: char| !c.is_alphanumeric();
    let opens = left.chars().next_back().is_none_or(is_gap) || !quote.starts_with(is_mark);
    let closes = right.chars().next().is_none_or(is_gap) || !quote.ends_with(is_mark);
    let quote = escape_inside(quote);
    if opens && closes { format!("**{quote}**") } else { format!("<strong>{quote}</strong>") }
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_ascii_punctuation()
}

fn line(page: &mut String, text: &str) {
    page.push_str(text);
    page.push('\n');
}

#[cfg(test)]
mod tests {
    use super::bold;
    use crate::markup::escape;

    #[test]
    fn nothing_in_a_text_is_taken_for_markup() {
        assert_eq!(
            escape("1. *a* [b](c) <i> a_b | #x &amp;"),
            r"1\. \*a\* \[b\](c) \<i\> a\_b \| \#x \&amp;"
        );
        assert_eq!(escape("- no list\n2) nor this"), r"\- no list 2) nor this");
        assert_eq!(bold("the ", "“threat”", " of"), "**“threat”**");
        assert_eq!(bold("그 ", "“위협”", "은"), "<strong>“위협”</strong>");
        assert_eq!(bold("그", "위협", "은"), "**위협**");
    }
}
