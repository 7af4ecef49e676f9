//! A report to read and to print: figures first, then the passages of each document by category.

use std::io::Write;

use super::scope::Losses;
use super::{Exporter, FormatInfo, Scope, broken};
use crate::analysis::context::{after, before, one_line};
use crate::analysis::summary::{Count, union_characters};
use crate::io::{IoError, Loss};
use crate::model::{AnnotatorId, CategoryId, Document, Project, Span, Text, Value};

/// Characters of context to either side of a quote.
const CONTEXT: usize = 120;

/// Cells of the longest bar.
const BAR: usize = 20;

/// A report in Markdown.
pub(super) struct Markdown;

impl Exporter for Markdown {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "markdown",
            title: "Markdown report to read and print",
            extension: "md",
            carries: "figures, and each document's passages by category with quote, context, annotator, attributes, note",
            loses: "the texts, links, decisions, times, ids of spans; line ends in quotes become spaces",
            imports: false,
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, IoError> {
        let mut losses = Losses::default();
        let figures = Figures::count(scope);
        let mut page = String::new();
        head(&mut page, scope, &figures);
        out.write_all(page.as_bytes()).map_err(broken)?;
        scope.each(&mut losses, |document, text, losses| {
            losses.add("links", scope.count_links(document));
            losses.add("decisions of reviewers", scope.count_decisions(document));
            page.clear();
            section(&mut page, scope, document, text);
            out.write_all(page.as_bytes()).map_err(broken)
        })?;
        Ok(losses.report())
    }
}

/// The numbers on the first page, of what is in the scope.
#[derive(Default)]
struct Figures<'a> {
    all: Count,
    characters: usize,
    categories: Vec<(CategoryId, Count)>,
    documents: Vec<(&'a Document, Count)>,
    annotators: Vec<(AnnotatorId, usize)>,
}

impl<'a> Figures<'a> {
    fn count(scope: &Scope<'a>) -> Self {
        let categories = scope.chosen_categories().map(|c| (c.id.clone(), Count::default())).collect();
        let mut figures = Self { categories, ..Self::default() };
        for document in scope.documents() {
            let Some(text) = &document.text else { continue };
            let passages = scope.passages(document);
            let count = count(text, passages.iter().map(|(_, span)| &***span));
            figures.all.spans += count.spans;
            figures.all.characters += count.characters;
            figures.characters += text.characters();
            figures.documents.push((&**document, count));
            for (category, spans) in by_category(scope.project, &passages) {
                let count = self::count(text, spans.iter().map(|(_, span)| *span));
                let sum = place(&mut figures.categories, category);
                sum.spans += count.spans;
                sum.characters += count.characters;
            }
            for (annotator, _) in &passages {
                *place(&mut figures.annotators, annotator) += 1;
            }
        }
        figures
    }
}

/// The value that stands under `key`, made where there is none.
fn place<'a, K: Clone + PartialEq, V: Default>(list: &'a mut Vec<(K, V)>, key: &K) -> &'a mut V {
    let at = list.iter().position(|(other, _)| other == key).unwrap_or_else(|| {
        list.push((key.clone(), V::default()));
        list.len() - 1
    });
    &mut list[at].1
}

fn count<'s>(text: &Text, spans: impl Iterator<Item = &'s Span>) -> Count {
    let mut ranges = Vec::new();
    let mut number = 0;
    for span in spans {
        number += 1;
        ranges.extend(span.ranges.iter());
    }
    Count { spans: number, characters: union_characters(text, ranges) }
}

type Passage<'a> = (&'a AnnotatorId, &'a Span);

/// The passages of one document by category in the codebook's order, each group in the order of the text.
fn by_category<'a>(
    project: &Project,
    passages: &[(&'a AnnotatorId, &'a std::sync::Arc<Span>)],
) -> Vec<(&'a CategoryId, Vec<Passage<'a>>)> {
    let codebook = project.codebook();
    let mut passages: Vec<Passage<'a>> = passages.iter().map(|(id, span)| (*id, &***span)).collect();
    let order = |span: &Span| codebook.position(&span.category).unwrap_or(usize::MAX);
    passages.sort_by(|(_, a), (_, b)| {
        let key = |s: &Span| (order(s), s.ranges.start(), std::cmp::Reverse(s.ranges.end()), s.id);
        (key(a).0, &a.category, key(a)).cmp(&(key(b).0, &b.category, key(b)))
    });
    let groups = passages.chunk_by(|(_, a), (_, b)| a.category == b.category);
    groups.map(|group| (&group[0].1.category, group.to_vec())).collect()
}

fn head(page: &mut String, scope: &Scope<'_>, figures: &Figures<'_>) {
    let project = scope.project;
    line(page, &format!("# {}\n", escape(project.name())));
    let (spans, documents) = (figures.all.spans, figures.documents.len());
    line(
        page,
        &format!(
            "{} in {}. {} of {} characters ({}) are tagged.\n",
            several(spans, "passage"),
            several(documents, "document"),
            grouped(figures.all.characters),
            grouped(figures.characters),
            share(figures.all.characters, figures.characters),
        ),
    );
    let most = figures.categories.iter().map(|(_, count)| count.spans).max().unwrap_or(0);
    line(page, "| Category | Passages | | Characters | Share of text |\n|:--|--:|:--|--:|--:|");
    for (id, count) in &figures.categories {
        let name = escape(project.codebook().name_of(id));
        let bar = "█".repeat((count.spans * BAR).div_ceil(most.max(1)));
        let (characters, share) = (grouped(count.characters), share(count.characters, figures.characters));
        line(page, &format!("| {name} | {} | {bar} | {characters} | {share} |", grouped(count.spans)));
    }
    line(page, "\n| Document | Date | Passages | Characters | Tagged |\n|:--|:--|--:|--:|--:|");
    for (document, count) in &figures.documents {
        let title = escape(&document.meta.title);
        let date = document.meta.date.as_ref().map_or("", |date| date.as_str());
        let all = document.text.as_ref().map_or(0, |text| text.characters());
        let (spans, share) = (grouped(count.spans), share(count.characters, all));
        line(page, &format!("| {title} | {date} | {spans} | {} | {share} |", grouped(all)));
    }
    line(page, "\n| Annotator | Passages |\n|:--|--:|");
    for (id, spans) in &figures.annotators {
        line(page, &format!("| {} | {} |", escape(name(project, id)), grouped(*spans)));
    }
}

fn section(page: &mut String, scope: &Scope<'_>, document: &Document, text: &Text) {
    let passages = scope.passages(document);
    line(page, &format!("\n## {}\n", escape(&document.meta.title)));
    let count = count(text, passages.iter().map(|(_, span)| &***span));
    let mut facts: Vec<String> = document.meta.date.iter().map(|date| date.to_string()).collect();
    if !document.meta.source.is_empty() {
        facts.push(escape(&document.meta.source));
    }
    facts.push(escape(document.id().as_str()));
    facts.push(several(count.spans, "passage"));
    facts.push(format!("{} of the text tagged", share(count.characters, text.characters())));
    line(page, &facts.join(" · "));
    for (category, group) in by_category(scope.project, &passages) {
        let name = escape(scope.project.codebook().name_of(category));
        line(page, &format!("\n### {name} ({})", grouped(group.len())));
        for (annotator, span) in group {
            passage(page, scope.project, text, annotator, span);
        }
    }
}

fn passage(page: &mut String, project: &Project, text: &Text, annotator: &AnnotatorId, span: &Span) {
    let cover = span.ranges.cover();
    let parts: Vec<&str> = span.ranges.iter().map(|range| text.slice(range).trim()).collect();
    let quote = one_line(&parts.join(" […] "));
    let raw = text.slice(cover);
    let mut left = before(text, cover.start, CONTEXT);
    let mut right = after(text, cover.end, CONTEXT);
    // Bold type can't begin or end with a space: it stands outside.
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
    facts.push(format!("characters {}–{}", text.char_offset(cover.start), text.char_offset(cover.end)));
    line(page, &format!("> — {}", facts.join(" · ")));
    if !span.note.trim().is_empty() {
        line(page, &format!(">\n> Note: {}", escape_inside(one_line(&span.note).trim())));
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::Choice(value) | Value::Date(value) => value.to_string(),
        Value::Choices(values) => values.iter().map(|value| value.as_str()).collect::<Vec<_>>().join(", "),
        Value::Text(value) => one_line(value),
        Value::Number(value) => value.to_string(),
        Value::Flag(value) => if *value { "yes" } else { "no" }.to_owned(),
    }
}

/// Sets a quote in bold. CommonMark does not see `**` between a letter and a mark (`**“threat”**은`): there it is HTML.
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

/// Escapes what Markdown would take for markup in a text that may stand at the start of a line.
pub(in crate::io) fn escape(text: &str) -> String {
    let inside = escape_inside(one_line(text).trim_start());
    let digits = inside.len() - inside.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &inside[digits..];
    let list = if digits > 0 { rest.starts_with(['.', ')']) } else { rest.starts_with(['-', '+', '=']) };
    if list { format!("{}\\{rest}", &inside[..digits]) } else { inside }
}

/// Escapes what Markdown would take for markup inside a line.
fn escape_inside(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn name<'a>(project: &'a Project, id: &'a AnnotatorId) -> &'a str {
    project.annotator(id).map_or(id.as_str(), |annotator| annotator.name.as_str())
}

fn several(count: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// A number with a comma between groups of three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn share(part: usize, all: usize) -> String {
    format!("{:.1} %", if all == 0 { 0.0 } else { 100.0 * part as f64 / all as f64 })
}

fn line(page: &mut String, text: &str) {
    page.push_str(text);
    page.push('\n');
}

#[cfg(test)]
mod tests {
    use super::{bold, escape, grouped};

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

    #[test]
    fn numbers_are_grouped() {
        let got = [0, 999, 1000, 1_234_567].map(grouped);
        assert_eq!(got, ["0", "999", "1,000", "1,234,567"]);
    }
}
