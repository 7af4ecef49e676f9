//! The lists of a codebook in `project.ron` and in presets.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use smol_str::SmolStr;

use super::codebook_check::{alias_warnings, warnings};
use super::compose::{File, Record, joined, string, strings};
use super::meaning_record::{WireMeaning, write_meaning};
use super::raw::{Fault, Raw};
use super::source::{Records, Source};
use super::twins::twins;
use super::wire::{WireValue, write_value};
use crate::words::project::{self as words, RecordKind};
use crate::{Problem, ProblemKind};
use demarche_model::{AttributeDef, AttributeKind, Category, CategoryId, Codebook, Colour, LinkKind};

#[derive(Deserialize)]
#[serde(rename = "category", deny_unknown_fields)]
struct WireCategory {
    id: String,
    name: String,
    colour: String,
    hotkey: Option<String>,
    parent: Option<String>,
    #[serde(default)]
    definition: String,
    #[serde(default)]
    include: String,
    #[serde(default)]
    exclude: String,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    codes: BTreeMap<SmolStrWire, Vec<SmolStrWire>>,
    #[serde(default)]
    retired: bool,
}

/// `SmolStr` without its optional serde feature.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(from = "String")]
struct SmolStrWire(SmolStr);

impl From<String> for SmolStrWire {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

#[derive(Deserialize)]
#[serde(rename = "attribute", deny_unknown_fields)]
struct WireAttribute {
    id: String,
    name: String,
    kind: WireKind,
    #[serde(default)]
    categories: Vec<String>,
    default: Option<WireValue>,
    hotkey: Option<String>,
    #[serde(default)]
    definition: String,
    #[serde(default)]
    means: Vec<WireMeaning>,
    unit: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename = "kind")]
enum WireKind {
    Choice(Vec<SmolStrWire>),
    Choices(Vec<SmolStrWire>),
    Actor,
    Actors,
    Issue,
    Text,
    Number,
    Flag,
    Date,
}

impl From<WireKind> for AttributeKind {
    fn from(wire: WireKind) -> Self {
        let list = |items: Vec<SmolStrWire>| items.into_iter().map(|item| item.0).collect();
        match wire {
            WireKind::Choice(items) => Self::Choice(list(items)),
            WireKind::Choices(items) => Self::Choices(list(items)),
            WireKind::Actor => Self::Actor,
            WireKind::Actors => Self::Actors,
            WireKind::Issue => Self::Issue,
            WireKind::Text => Self::Text,
            WireKind::Number => Self::Number,
            WireKind::Flag => Self::Flag,
            WireKind::Date => Self::Date,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename = "link_kind", deny_unknown_fields)]
struct WireLinkKind {
    id: String,
    name: String,
    #[serde(default)]
    definition: String,
    answers: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename = "alias", deny_unknown_fields)]
struct WireAlias {
    from: String,
    to: String,
}

/// The lists of a codebook as read from a file.
#[derive(Default)]
pub(super) struct CodebookRead {
    pub codebook: Codebook,
    /// Whether the record of a category can't be read.
    pub category_lost: bool,
    /// Problems with records that a rewritten file would lose.
    pub problems: Vec<Problem>,
    /// Problems with records that a rewritten file would keep.
    pub warnings: Vec<Problem>,
}

/// Takes the lists out of a file and reads them.
///
/// # Errors
/// One of the fields is not a list.
pub(super) fn read(source: &mut Source<'_>) -> Result<CodebookRead, Problem> {
    let mut read = CodebookRead::default();
    let categories = source.list("categories", read_category)?;
    let total = categories.len();
    let categories = keep(source, RecordKind::Category, categories, &mut read.problems, |c| c.id.as_str());
    read.category_lost = categories.len() < total;
    let attributes = source.list("attributes", read_attribute)?;
    let attributes = keep(source, RecordKind::Attribute, attributes, &mut read.problems, |a| a.id.as_str());
    let aliases = source.list("aliases", |raw| {
        let wire: WireAlias = raw.parse()?;
        Ok((CategoryId::new(filled(raw, wire.from)?), CategoryId::new(filled(raw, wire.to)?)))
    })?;
    let aliases = keep(source, RecordKind::Alias, aliases, &mut read.problems, |(from, _)| from.as_str());
    read.warnings = warnings(source, &categories, &attributes, read.category_lost);
    let ids = categories.iter().map(|(category, line)| (category.id.as_str(), *line));
    read.warnings.extend(twins(source, RecordKind::Category, ids));
    let ids = attributes.iter().map(|(attribute, line)| (attribute.id.as_str(), *line));
    read.warnings.extend(twins(source, RecordKind::Attribute, ids));
    read.warnings.extend(alias_warnings(source, &categories, &aliases, read.category_lost));
    read.codebook.aliases = aliases.into_iter().map(|(alias, _)| alias).collect();
    read.codebook.categories = categories.into_iter().map(|(c, _)| c.into()).collect();
    read.codebook.attributes = attributes.into_iter().map(|(a, _)| a.into()).collect();
    let kinds = source.list("link_kinds", read_link_kind)?;
    let kinds = keep(source, RecordKind::LinkKind, kinds, &mut read.problems, |k| k.id.as_str());
    let ids = kinds.iter().map(|(kind, line)| (kind.id.as_str(), *line));
    read.warnings.extend(twins(source, RecordKind::LinkKind, ids));
    read.codebook.link_kinds = kinds.into_iter().map(|(k, _)| k.into()).collect();
    Ok(read)
}

/// Returns the records that could be read, each with its line. The others become problems, as do records with an id
/// that an earlier record has.
pub(super) fn keep<T>(
    source: &Source<'_>,
    record: RecordKind,
    results: Records<'_, T>,
    problems: &mut Vec<Problem>,
    id: impl Fn(&T) -> &str,
) -> Vec<(T, usize)> {
    let mut seen = HashSet::new();
    let mut out = Vec::with_capacity(results.len());
    for (raw, result) in results {
        match result {
            Ok(item) if seen.insert(id(&item).to_owned()) => out.push((item, raw.line)),
            Ok(item) => {
                let message = words::duplicate_id(record, id(&item));
                problems
                    .push(Problem { kind: ProblemKind::DuplicateId, ..source.problem(raw.line, message) });
            }
            Err(fault) => {
                let message = words::unreadable_until_fixed(record, &fault.why);
                problems.push(source.problem(fault.line, message));
            }
        }
    }
    out
}

pub(super) fn read_category(raw: Raw<'_>) -> Result<Category, Fault> {
    let wire: WireCategory = raw.parse()?;
    Ok(Category {
        id: filled(raw, wire.id)?.as_str().into(),
        name: wire.name,
        colour: read_colour(raw, &wire.colour)?,
        hotkey: wire.hotkey.map(|key| read_key(raw, &key)).transpose()?,
        parent: wire.parent.map(CategoryId::new),
        definition: wire.definition,
        include: wire.include,
        exclude: wire.exclude,
        examples: wire.examples,
        codes: wire.codes.into_iter().map(|(k, v)| (k.0, v.into_iter().map(|v| v.0).collect())).collect(),
        retired: wire.retired,
    })
}

pub(super) fn read_attribute(raw: Raw<'_>) -> Result<AttributeDef, Fault> {
    let wire: WireAttribute = raw.parse()?;
    Ok(AttributeDef {
        id: filled(raw, wire.id)?.as_str().into(),
        name: wire.name,
        kind: wire.kind.into(),
        categories: wire.categories.into_iter().map(CategoryId::new).collect(),
        default: wire.default.map(Into::into),
        hotkey: wire.hotkey.map(|key| read_key(raw, &key)).transpose()?,
        definition: wire.definition,
        means: wire.means.into_iter().map(Into::into).collect(),
        unit: wire.unit.filter(|unit| !unit.is_empty()),
    })
}

pub(super) fn read_link_kind(raw: Raw<'_>) -> Result<LinkKind, Fault> {
    let wire: WireLinkKind = raw.parse()?;
    let id = filled(raw, wire.id)?;
    Ok(LinkKind { answers: wire.answers, ..LinkKind::new(id.as_str().into(), wire.name, wire.definition) })
}

fn filled(raw: Raw<'_>, id: String) -> Result<String, Fault> {
    if id.trim().is_empty() { Err(raw.fault(words::empty_id())) } else { Ok(id) }
}

fn read_key(raw: Raw<'_>, key: &str) -> Result<char, Fault> {
    let mut chars = key.chars();
    match (chars.next(), chars.next()) {
        (Some(key), None) => Ok(key),
        _ => Err(raw.fault(words::bad_hotkey(key))),
    }
}

/// Reads a colour such as `#D55E00`.
pub(super) fn read_colour(raw: Raw<'_>, text: &str) -> Result<Colour, Fault> {
    let exact = text.len() == 7 && text.starts_with('#');
    let colour = exact.then(|| text.parse().ok()).flatten();
    colour.ok_or_else(|| raw.fault(words::bad_colour(text)))
}

/// Adds the lists to a file. The list of aliases is left out if it is empty, as it is in most projects.
pub(super) fn compose(file: &mut File, codebook: &Codebook) {
    file.list("categories", &codebook.categories, |out, category| write_category(out, category));
    file.list("attributes", &codebook.attributes, |out, attribute| write_attribute(out, attribute));
    file.list("link_kinds", &codebook.link_kinds, |out, kind| write_link_kind(out, kind));
    if !codebook.aliases.is_empty() {
        file.list("aliases", &codebook.aliases, |out, (from, to)| {
            Record::new(out).text("from", from.as_str()).text("to", to.as_str()).end();
        });
    }
}

pub(super) fn write_category(out: &mut String, category: &Category) {
    let mut record = Record::new(out);
    record.text("id", category.id.as_str()).text("name", &category.name);
    record.text("colour", &category.colour.to_string());
    write_key(&mut record, category.hotkey);
    if let Some(parent) = &category.parent {
        record.text("parent", parent.as_str());
    }
    record.text_if_any("definition", &category.definition);
    record.text_if_any("include", &category.include);
    record.text_if_any("exclude", &category.exclude);
    record.texts_if_any("examples", category.examples.iter());
    if !category.codes.is_empty() {
        joined(record.field("codes"), ['{', '}'], &category.codes, |out, (scheme, codes)| {
            string(out, scheme);
            out.push_str(": ");
            strings(out, codes);
        });
    }
    if category.retired {
        record.field("retired").push_str("true");
    }
    record.end();
}

pub(super) fn write_attribute(out: &mut String, attribute: &AttributeDef) {
    let mut record = Record::new(out);
    record.text("id", attribute.id.as_str()).text("name", &attribute.name);
    write_kind(record.field("kind"), &attribute.kind);
    record.texts_if_any("categories", attribute.categories.iter().map(|c| c.as_str()));
    if let Some(value) = &attribute.default {
        write_value(record.field("default"), value);
    }
    write_key(&mut record, attribute.hotkey);
    record.text_if_any("definition", &attribute.definition);
    if !attribute.means.is_empty() {
        joined(record.field("means"), ['[', ']'], &attribute.means, write_meaning);
    }
    if let Some(unit) = &attribute.unit {
        record.text("unit", unit);
    }
    record.end();
}

pub(super) fn write_link_kind(out: &mut String, kind: &LinkKind) {
    let mut record = Record::new(out);
    record.text("id", kind.id.as_str()).text("name", &kind.name);
    record.text_if_any("definition", &kind.definition);
    if let Some(answers) = kind.answers {
        record.field("answers").push_str(if answers { "true" } else { "false" });
    }
    record.end();
}

/// Writes a kind in the form that [`WireKind`] reads.
fn write_kind(out: &mut String, kind: &AttributeKind) {
    match kind {
        AttributeKind::Choice(items) => write_choices(out, "Choice(", items),
        AttributeKind::Choices(items) => write_choices(out, "Choices(", items),
        AttributeKind::Actor => out.push_str("Actor"),
        AttributeKind::Actors => out.push_str("Actors"),
        AttributeKind::Issue => out.push_str("Issue"),
        AttributeKind::Text => out.push_str("Text"),
        AttributeKind::Number => out.push_str("Number"),
        AttributeKind::Flag => out.push_str("Flag"),
        AttributeKind::Date => out.push_str("Date"),
    }
}

fn write_choices(out: &mut String, kind: &str, items: &[SmolStr]) {
    out.push_str(kind);
    strings(out, items);
    out.push(')');
}

fn write_key(record: &mut Record<'_>, key: Option<char>) {
    if let Some(key) = key {
        record.text("hotkey", key.encode_utf8(&mut [0; 4]));
    }
}
