//! The report of a reliability study.

use super::views::count;
use crate::agreement::{NoInterval, Undefined, Unit};

pub(crate) const PROJECT: &str = "Project";
pub(crate) const CODERS: &str = "Coders";
pub(crate) const CODER: &str = "Coder";
pub(crate) const DOCUMENTS: &str = "Documents";
pub(crate) const SOFTWARE: &str = "Software";
pub(crate) const DESIGN: &str = "Design";
pub(crate) const SAMPLE: &str = "Sample";
pub(crate) const CODEBOOK: &str = "Codebook";
pub(crate) const MISSING: &str = "Missing values";
pub(crate) const UNCERTAINTY: &str = "Uncertainty";
pub(crate) const RAW: &str = "Raw data";
pub(crate) const CATEGORY: &str = "Category";
pub(crate) const ATTRIBUTE: &str = "Attribute";
pub(crate) const LINK_KIND: &str = "Kind of link";
pub(crate) const SIZE: &str = "n";
pub(crate) const CODERS_TITLE: &str = "Coders and what they have read";
pub(crate) const READERS_TITLE: &str = "Documents by number of coders";
pub(crate) const CODER_COLUMNS: [&str; 5] =
    ["Coder", "Documents assigned", "Documents coded", "Marked as done", "Passages"];
pub(crate) const READER_COLUMNS: [&str; 2] = ["Coders", "Documents"];

pub(crate) const EVERYBODY_EVERYTHING: &str = "Every document was assigned to every coder.";
pub(crate) const BLIND: &str = "Coding was blind: until coders had finished a document, they could not see what others had tagged in it.";
pub(crate) const NOT_BLIND: &str =
    "The project did not enforce blind coding, so coders may have seen each other's work.";
pub(crate) const DONE_ONLY: &str = "A document counts for a coder only if they have marked it as done.";
pub(crate) const MISSING_RULE: &str = "A coder who has not worked on a document is missing there, which is not the same as having found nothing. Figures of two coders rest on the \
     documents that both have worked on, Krippendorff's α on those with at least two of the coders, and Fleiss' κ on those that \
     all of them have worked on. A sentence or token carries every category of a passage that touches it, so each category has a \
     figure of its own, tagged against not tagged; a single-label figure over all categories exists only if no coder has put two \
     categories on one unit. Figures are undefined where their formula would divide by zero; a letter in the tables refers to the \
     reason.";
pub(crate) const INTERVAL_NOTE: &str = "In brackets: 95 % bootstrap interval.";

/// The title of the report.
pub(crate) fn title(project: &str) -> String {
    format!("{project}: reliability of the coding")
}

/// Names in a list.
pub(crate) fn list(names: &[&str]) -> String {
    match names {
        [] => "none".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The documents that are compared.
pub(crate) fn compared(compared: usize, left_out: usize) -> String {
    let text = format!("{} coded by at least two of the coders", count(compared, "document"));
    if left_out == 0 { text } else { format!("{text}; {left_out} left out") }
}

/// The program and its version.
pub(crate) fn software(version: &str) -> String {
    format!("Demarche {version}")
}

/// The program as a sentence.
pub(crate) fn computed_with(version: &str) -> String {
    format!("All figures were computed with Demarche, version {version}.")
}

/// The number of coders and documents.
pub(crate) fn coders(coders: usize, documents: usize) -> String {
    format!("{} coded a corpus of {}.", count(coders, "coder"), count(documents, "document"))
}

/// How many documents had how many coders.
pub(crate) fn readers(readers: &[(usize, usize)]) -> String {
    let by = |coders| if coders == 0 { "none of them".to_owned() } else { count(coders, "coder") };
    let part = |(at, (coders, documents)): (usize, &(usize, usize))| match at {
        0 => format!("{documents} {} coded by {}", if *documents == 1 { "was" } else { "were" }, by(*coders)),
        _ => format!("{documents} by {}", by(*coders)),
    };
    let parts: Vec<String> = readers.iter().enumerate().map(part).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let several: usize =
        readers.iter().filter(|(coders, _)| *coders > 1).map(|(_, documents)| documents).sum();
    format!("Of the documents, {}; {several} in all by two or more.", list(&parts))
}

/// How many documents each coder was assigned.
pub(crate) fn assigned(shares: &[(&str, usize)], documents: usize) -> String {
    let shares: Vec<String> = shares.iter().map(|(name, assigned)| format!("{name} {assigned}")).collect();
    let shares: Vec<&str> = shares.iter().map(String::as_str).collect();
    format!("Of {}, coders were assigned: {}.", count(documents, "document"), list(&shares))
}

/// The sample: the documents compared and left out, their characters, and the unit of the raw data with its number.
pub(crate) fn sample(
    (compared, left_out): (usize, usize),
    characters: usize,
    (unit, units): (Unit, usize),
) -> String {
    let left_out = match left_out {
        0 => String::new(),
        left_out => format!(
            " {} left out, since fewer than two coders have worked on {}.",
            were(left_out),
            it(left_out)
        ),
    };
    format!(
        "Agreement is measured on {} with {} characters in all, or {} {}.{left_out}",
        count(compared, "document"),
        grouped(characters),
        grouped(units),
        rows(unit)
    )
}

/// A number with a comma at every thousand.
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

fn were(documents: usize) -> String {
    let verb = if documents == 1 { "was" } else { "were" };
    format!("{} {verb}", count(documents, "document"))
}

fn it(documents: usize) -> &'static str {
    if documents == 1 { "it" } else { "them" }
}

/// The rows of the raw data.
fn rows(unit: Unit) -> &'static str {
    match unit {
        Unit::Sentence | Unit::Character => "sentences",
        Unit::Token => "words and punctuation marks",
        Unit::Document => "documents",
        Unit::Span => "matched or single passages of two coders",
    }
}

/// The size of the codebook.
pub(crate) fn codebook(categories: usize, attributes: usize) -> String {
    let categories = count(categories, "category");
    match attributes {
        0 => format!("The comparison covers {categories}."),
        attributes => format!("The comparison covers {categories} and {}.", count(attributes, "attribute")),
    }
}

/// The explanation of a measure with its source.
pub(crate) fn explained(help: &str, source: Option<&str>) -> String {
    match source {
        Some(source) => format!("{help} Source: {source}."),
        None => help.to_owned(),
    }
}

/// How intervals were computed.
pub(crate) fn intervals(draws: usize, least: usize) -> String {
    format!(
        "Intervals are the middle 95 % of {draws} bootstrap samples of whole documents, drawn with replacement and a fixed seed \
         (percentile method; Efron & Tibshirani, 1993). Documents are drawn instead of units, since the units of a document are \
         not independent. A figure has an interval if it rests on at least {least} documents."
    )
}

/// Why there are no intervals.
pub(crate) fn no_intervals(why: &NoInterval) -> String {
    format!("No intervals ({why}).")
}

/// The raw data.
pub(crate) fn raw(unit: Unit) -> String {
    format!(
        "The file with the ending -units.csv next to this report has a row for each of the {} and a column for each coder, for R \
         (package irr), ReCal and similar programs. Codes are numbers; the file with the ending -units-key.csv says which \
         categories each stands for, 0 being none. NA marks a coder who has not worked on the document.",
        rows(unit)
    )
}

/// The title of a table of figures.
pub(crate) fn figures_title(what: &str, names: &[&str], is_of_all: bool) -> String {
    if is_of_all { what.to_owned() } else { format!("{what}: {}", list(names)) }
}

/// The title of a matrix of coders.
pub(crate) fn matrix_title(measure: &str, unit: &str) -> String {
    format!("Coder × coder, all categories: {measure}, {}", unit.to_lowercase())
}

/// The number of documents behind a table, and of those behind measures that rest on fewer.
pub(crate) fn size_note(documents: usize, fewer: &[(&str, usize)]) -> String {
    let fewer: Vec<String> =
        fewer.iter().map(|(measure, documents)| format!("; {measure}: {documents}")).collect();
    format!("Based on {}{}.", count(documents, "document"), fewer.concat())
}

/// The mark of an undefined figure.
pub(crate) fn marked(reason: usize) -> String {
    format!("({})", letter(reason))
}

/// A mark, and what it refers to.
pub(crate) fn undefined(reason: usize, why: &Undefined) -> String {
    format!("({}) Undefined: {why}.", letter(reason))
}

/// The letter of a reason; there are fewer reasons than letters.
fn letter(reason: usize) -> char {
    ('a'..='z').nth(reason).unwrap_or('?')
}
