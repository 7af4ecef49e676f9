//! A codebook in Markdown, to read and to print. CommonMark with tables of GitHub Flavored Markdown.

use std::fmt::Write as _;

use super::codebook_format::{CodebookFormat, Files, Written};
use super::tidy::note_aliases;
use super::tree::{MOST_INDENTED, preorder};
use crate::FormatInfo;
use crate::IoError;
use crate::Preset;
use crate::loss::{CodebookLoss, Losses};
use crate::markup::escape;
use crate::words::codebook_page as words;
use demarche_model::{AttributeDef, Category, Codebook};

/// The lowest level of heading in Markdown.
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
            let _ = writeln!(page, "\n## {}", words::CATEGORIES);
        }
        let known = codebook.by_id();
        for (at, (depth, category)) in tree.iter().enumerate() {
            let parent = category.parent.as_ref().map(|id| match known.get(id) {
                Some(parent) => parent.name.as_str(),
                None => codebook.name_of(id),
            });
            section(&mut page, parent, category, (*depth + 3).min(DEEPEST), at + 1);
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
    let _ = writeln!(page, "\n## {}\n", words::CONTENTS);
    for (at, (depth, category)) in tree.iter().enumerate() {
        let indent = "  ".repeat((*depth).min(MOST_INDENTED));
        let _ = writeln!(page, "{indent}- [{}](#c{})", escape(&category.name), at + 1);
    }
    if !codebook.attributes.is_empty() {
        let _ = writeln!(page, "- [{}](#attributes)", words::ATTRIBUTES);
    }
    if !codebook.link_kinds.is_empty() {
        let _ = writeln!(page, "- [{}](#links)", words::LINKS);
    }
}

fn section(page: &mut String, parent: Option<&str>, category: &Category, level: usize, number: usize) {
    let hashes = "#".repeat(level);
    let _ = writeln!(page, "\n{hashes} <a id=\"c{number}\"></a>{}\n", escape(&category.name));
    let mut facts = vec![format!("`{}`", category.colour.to_string())];
    facts.extend(category.hotkey.map(|key| words::key(&escape(&key.to_string()))));
    facts.push(words::id(&escape(category.id.as_str())));
    facts.extend(parent.map(|parent| words::kind_of(&escape(parent))));
    if category.retired {
        facts.push(words::RETIRED.to_owned());
    }
    let _ = writeln!(page, "{}", facts.join(" · "));
    paragraphs(page, "", &category.definition);
    paragraphs(page, words::INCLUDE, &category.include);
    paragraphs(page, words::EXCLUDE, &category.exclude);
    if !category.examples.is_empty() {
        let _ = writeln!(page, "\n{}\n", words::EXAMPLES);
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
        let _ = writeln!(page, "\n{}{}", words::CODES, codes.join("; "));
    }
}

/// Escapes a code within a line, where a number does not start a list.
fn escape_item(item: &str) -> String {
    let line = escape(&format!("x{item}"));
    line.strip_prefix('x').unwrap_or(&line).to_owned()
}

/// Writes each line of a text as a paragraph, the first one after a label.
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
    let _ = writeln!(page, "\n## {}\n", words::ATTRIBUTES);
    head(page, &words::ATTRIBUTE_COLUMNS);
    for attribute in &codebook.attributes {
        let cells = [
            attribute.name.clone(),
            attribute.id.to_string(),
            attribute.hotkey.map(String::from).unwrap_or_default(),
            words::values(attribute),
            scope(attribute, codebook),
            attribute.default.as_ref().map(ToString::to_string).unwrap_or_default(),
            words::with_meanings(attribute),
        ];
        row(page, &cells);
    }
}

fn links(page: &mut String, codebook: &Codebook) {
    if codebook.link_kinds.is_empty() {
        return;
    }
    let _ = writeln!(page, "\n## {}\n", words::LINKS);
    head(page, &words::LINK_COLUMNS);
    for kind in &codebook.link_kinds {
        row(page, &[kind.name.clone(), kind.id.to_string(), words::with_answers(kind)]);
    }
}

fn head(page: &mut String, columns: &[&str]) {
    let _ = writeln!(page, "| {} |\n|{}", columns.join(" | "), ":--|".repeat(columns.len()));
}

fn row(page: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

fn scope(attribute: &AttributeDef, codebook: &Codebook) -> String {
    if attribute.categories.is_empty() {
        return words::ALL.to_owned();
    }
    attribute.categories.iter().map(|id| codebook.name_of(id)).collect::<Vec<_>>().join(", ")
}
