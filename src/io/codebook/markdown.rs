//! A codebook to print and to hand to annotators.

use std::fmt::Write as _;

use super::codebook_format::{CodebookFormat, Files, Written};
use super::tidy::note_aliases;
use super::tree::preorder;
use crate::FormatInfo;
use crate::IoError;
use crate::Preset;
use crate::loss::{CodebookLoss, Losses};
use crate::markup::escape;
use demarche_model::{AttributeDef, AttributeKind, Category, Codebook};

/// The deepest heading that Markdown has.
const DEEPEST: usize = 6;

/// A page in Markdown.
pub(super) struct Markdown;

impl CodebookFormat for Markdown {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "markdown",
            title: "Markdown codebook to read and print",
            extension: "md",
            carries: "contents, a section per category with its texts, key, colour and codes; tables of attributes and links",
            loses: "nothing that a reader needs, but it is not read back; levels below the fourth look alike",
        }
    }

    fn write(&self, book: &Preset) -> Result<Written, IoError> {
        let codebook = &book.codebook;
        let mut page = format!("# {}\n", escape(&book.name));
        paragraphs(&mut page, "", &book.description);
        let tree = preorder(&codebook.categories);
        contents(&mut page, &tree, codebook);
        if !tree.is_empty() {
            page.push_str("\n## Categories\n");
        }
        for (at, (depth, category)) in tree.iter().enumerate() {
            section(&mut page, codebook, category, (*depth + 3).min(DEEPEST), at + 1);
        }
        attributes(&mut page, codebook);
        links(&mut page, codebook);
        let mut losses = Losses::default();
        let deep = tree.iter().filter(|(depth, _)| depth + 3 > DEEPEST).count();
        losses.add(CodebookLoss::DeepCategories, deep);
        note_aliases(codebook, &mut losses);
        Ok(Written { files: Files::One(page.into_bytes()), losses: losses.report() })
    }
}

fn contents(page: &mut String, tree: &[(usize, &Category)], codebook: &Codebook) {
    page.push_str("\n## Contents\n\n");
    for (at, (depth, category)) in tree.iter().enumerate() {
        let indent = "  ".repeat(*depth);
        let _ = writeln!(page, "{indent}- [{}](#c{})", escape(&category.name), at + 1);
    }
    if !codebook.attributes.is_empty() {
        page.push_str("- [Attributes](#attributes)\n");
    }
    if !codebook.link_kinds.is_empty() {
        page.push_str("- [Links](#links)\n");
    }
}

fn section(page: &mut String, codebook: &Codebook, category: &Category, level: usize, number: usize) {
    let hashes = "#".repeat(level);
    let _ = writeln!(page, "\n{hashes} <a id=\"c{number}\"></a>{}\n", escape(&category.name));
    let mut facts = vec![format!("`{}`", category.colour.to_string())];
    facts.extend(category.hotkey.map(|key| format!("key {}", escape(&key.to_string()))));
    facts.push(format!("id {}", escape(category.id.as_str())));
    facts.extend(
        category.parent.as_ref().map(|parent| format!("a kind of {}", escape(codebook.name_of(parent)))),
    );
    if category.retired {
        facts.push("**retired**: no new passages".to_owned());
    }
    let _ = writeln!(page, "{}", facts.join(" · "));
    paragraphs(page, "", &category.definition);
    paragraphs(page, "**Include:** ", &category.include);
    paragraphs(page, "**Exclude:** ", &category.exclude);
    if !category.examples.is_empty() {
        page.push_str("\n**Examples:**\n\n");
        category.examples.iter().for_each(|example| {
            let _ = writeln!(page, "- {}", escape(example));
        });
    }
    if !category.codes.is_empty() {
        let code = |(scheme, codes): (&smol_str::SmolStr, &Vec<smol_str::SmolStr>)| {
            let codes: Vec<String> = codes.iter().map(|code| escape_item(code)).collect();
            format!("{} {}", escape_item(scheme), codes.join(", "))
        };
        let codes: Vec<String> = category.codes.iter().map(code).collect();
        let _ = writeln!(page, "\n**Codes:** {}", codes.join("; "));
    }
}

/// A code inside a line, where a number begins no list.
fn escape_item(item: &str) -> String {
    let line = escape(&format!("x{item}"));
    line.strip_prefix('x').unwrap_or(&line).to_owned()
}

/// A text, each of its lines as a paragraph, the first behind a label.
fn paragraphs(page: &mut String, label: &str, text: &str) {
    for (at, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let label = if at == 0 { label } else { "" };
        let _ = writeln!(page, "\n{label}{}", escape(line));
    }
}

fn attributes(page: &mut String, codebook: &Codebook) {
    if codebook.attributes.is_empty() {
        return;
    }
    page.push_str("\n## Attributes\n\n| Attribute | Id | Key | Values | For | At first | Definition |\n");
    page.push_str("|:--|:--|:--|:--|:--|:--|:--|\n");
    for attribute in &codebook.attributes {
        let cells = [
            attribute.name.clone(),
            attribute.id.to_string(),
            attribute.hotkey.map(String::from).unwrap_or_default(),
            values(attribute),
            scope(attribute, codebook),
            attribute.default.as_ref().map(ToString::to_string).unwrap_or_default(),
            attribute.definition.clone(),
        ];
        row(page, &cells);
    }
}

fn links(page: &mut String, codebook: &Codebook) {
    if codebook.link_kinds.is_empty() {
        return;
    }
    page.push_str("\n## Links\n\n| Link | Id | Definition |\n|:--|:--|:--|\n");
    for kind in &codebook.link_kinds {
        row(page, &[kind.name.clone(), kind.id.to_string(), kind.definition.clone()]);
    }
}

fn row(page: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

fn values(attribute: &AttributeDef) -> String {
    match &attribute.kind {
        AttributeKind::Choice(choices) => format!("one of: {}", choices.join(", ")),
        AttributeKind::Choices(choices) => format!("any of: {}", choices.join(", ")),
        AttributeKind::Actor => "an actor of the project".to_owned(),
        AttributeKind::Issue => "an issue of the project".to_owned(),
        AttributeKind::Text => "text".to_owned(),
        AttributeKind::Number => "a number".to_owned(),
        AttributeKind::Flag => "yes or no".to_owned(),
        AttributeKind::Date => "a date".to_owned(),
    }
}

fn scope(attribute: &AttributeDef, codebook: &Codebook) -> String {
    if attribute.categories.is_empty() {
        return "all".to_owned();
    }
    attribute.categories.iter().map(|id| codebook.name_of(id)).collect::<Vec<_>>().join(", ")
}
