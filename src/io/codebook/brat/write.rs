//! The writer of brat's two files.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::RESERVED;
use super::conf::{safe_name, safe_value};
use crate::Loss;
use crate::Preset;
use crate::codebook::draft::Names;
use crate::codebook::tidy::{note_aliases, note_description, note_meanings, tidy};
use crate::codebook::tree::{moved, preorder};
use crate::loss::{CodebookLoss, Losses};
use crate::words::brat as brat_words;
use demarche_model::{
    AttributeDef, AttributeId, AttributeKind, Category, CategoryId, Codebook, Colour, LinkKindId,
};

/// The placeholder for all types of the section `[entities]`.
const ANY: &str = "<ENTITY>";

/// The two files, what they could not carry, and the names that they use.
pub(crate) struct Configuration {
    /// `annotation.conf`.
    pub annotation: String,
    /// `visual.conf`.
    pub visual: String,
    /// Content that they could not carry.
    pub losses: Vec<Loss>,
    /// The types of categories.
    pub categories: HashMap<CategoryId, String>,
    /// The types of links.
    pub link_kinds: HashMap<LinkKindId, String>,
    /// The types of attributes, except those that brat can't represent.
    pub attributes: HashMap<AttributeId, String>,
    /// The names that are in use.
    pub names: Names,
}

/// Creates the configuration of brat for a codebook.
pub(crate) fn configure(book: &Preset) -> Configuration {
    let codebook = &book.codebook;
    let mut writer = Writer::for_ids(ids_of(codebook));
    let mut categories = HashMap::new();
    let tree = preorder(&codebook.categories);
    for (_, category) in &tree {
        let name = writer.name(category.id.as_str(), &category.name);
        let back = category.colour.to_string();
        let front = if is_dark(category.colour) { "white" } else { "black" };
        let _ = writeln!(writer.drawing, "{name}\tbgColor:{back}, fgColor:{front}, borderColor:darken");
        categories.insert(category.id.clone(), name);
    }
    let mut out = format!("# {}\n\n[entities]\n", brat_words::ANNOTATION_COMMENT);
    for (depth, category) in &tree {
        let unused = if category.retired { "!" } else { "" };
        let _ = writeln!(out, "{}{unused}{}", "\t".repeat(*depth), categories[&category.id]);
        note_losses(category, &mut writer.losses);
    }
    out.push_str("\n[relations]\n");
    let link_kinds = relations(codebook, &mut writer, &mut out);
    out.push_str("\n[events]\n\n[attributes]\n");
    let mut attributes = HashMap::new();
    for attribute in &codebook.attributes {
        if let Some(values) = values(attribute, &mut writer.losses) {
            let name = writer.name(attribute.id.as_str(), &attribute.name);
            let scope = scope(attribute, codebook, &categories, &mut writer.losses);
            let _ = writeln!(out, "{name}\tArg:{scope}{values}");
            attributes.insert(attribute.id.clone(), name);
        }
    }
    let moved = moved(&codebook.categories);
    writer.losses.add(CodebookLoss::MovedCategories, moved);
    note_meanings(codebook, &mut writer.losses);
    note_aliases(codebook, &mut writer.losses);
    note_description(&book.description, &mut writer.losses);
    let visual = writer.visual();
    let Writer { names, losses, .. } = writer;
    let losses = losses.report();
    Configuration { annotation: out, visual, losses, categories, link_kinds, attributes, names }
}

/// Returns all ids of a codebook, in the order in which they get their names.
fn ids_of(codebook: &Codebook) -> impl Iterator<Item = &str> {
    let categories = codebook.categories.iter().map(|category| category.id.as_str());
    let kinds = codebook.link_kinds.iter().map(|kind| kind.id.as_str());
    categories.chain(kinds).chain(codebook.attributes.iter().map(|attribute| attribute.id.as_str()))
}

fn relations(codebook: &Codebook, writer: &mut Writer, out: &mut String) -> HashMap<LinkKindId, String> {
    let mut link_kinds = HashMap::new();
    for kind in &codebook.link_kinds {
        let name = writer.name(kind.id.as_str(), &kind.name);
        let _ = writeln!(out, "{name}\tArg1:{ANY}, Arg2:{ANY}");
        writer.losses.add(CodebookLoss::Texts, usize::from(!kind.definition.is_empty()));
        link_kinds.insert(kind.id.clone(), name);
    }
    link_kinds
}

struct Writer {
    names: Names,
    /// The ids that brat can store, which no other id may become.
    exact: HashSet<String>,
    labels: String,
    drawing: String,
    losses: Losses,
}

impl Writer {
    fn for_ids<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        let exact = ids.filter(|id| safe_name(id) == *id).map(str::to_owned).collect();
        let mut names = Names::default();
        RESERVED.iter().for_each(|name| {
            names.free(name);
        });
        Self { names, exact, labels: String::new(), drawing: String::new(), losses: Losses::default() }
    }

    /// Reserves a unique name for a type, and writes its label.
    fn name(&mut self, id: &str, label: &str) -> String {
        let exact = std::mem::take(&mut self.exact);
        let name = self.names.free_but(&safe_name(id), |name| name != id && exact.contains(name));
        self.exact = exact;
        self.losses.add(CodebookLoss::ChangedIds, usize::from(name != id));
        let flat = tidy(label).replace(['|', '\t', '\n'], " ");
        let shown = flat.trim_start_matches('!').trim();
        self.losses.add(CodebookLoss::ChangedNames, usize::from(shown != label || shown.is_empty()));
        if !shown.is_empty() {
            let _ = writeln!(self.labels, "{name} | {shown}");
        }
        name
    }

    fn visual(&self) -> String {
        format!(
            "# {}\n\n[labels]\n{}\n[drawing]\n\
             SPAN_DEFAULT\tfgColor:black, bgColor:lightgray, borderColor:darken\n\
             ARC_DEFAULT\tcolor:black, arrowHead:triangle-5\n{}",
            brat_words::VISUAL_COMMENT,
            self.labels,
            self.drawing
        )
    }
}

fn note_losses(category: &Category, losses: &mut Losses) {
    let texts = [&category.definition, &category.include, &category.exclude];
    let texts = texts.iter().filter(|text| !text.is_empty()).count() + category.examples.len();
    losses.add(CodebookLoss::Texts, texts);
    losses.add(CodebookLoss::Codes, category.codes.len());
    losses.add(CodebookLoss::Keys, usize::from(category.hotkey.is_some()));
}

/// Returns whether white text is more legible than black on a colour, by the luma of ITU-R BT.601.
fn is_dark(Colour([red, green, blue]): Colour) -> bool {
    u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114 < 128 * 1000
}

/// Returns the values of an attribute as written after its categories. `None` if brat can't represent the attribute.
fn values(attribute: &AttributeDef, losses: &mut Losses) -> Option<String> {
    let values = match &attribute.kind {
        AttributeKind::Flag => Some(String::new()),
        AttributeKind::Choice(choices) if !choices.is_empty() => {
            let safe: Vec<String> = choices.iter().map(|choice| safe_value(choice)).collect();
            let changed = safe.iter().zip(choices).filter(|(safe, choice)| safe != choice).count();
            losses.add(CodebookLoss::ChangedValues, changed);
            Some(format!(", Value:{}", safe.join("|")))
        }
        AttributeKind::Choice(_)
        | AttributeKind::Choices(_)
        | AttributeKind::Actor
        | AttributeKind::Actors
        | AttributeKind::Issue
        | AttributeKind::Text
        | AttributeKind::Number
        | AttributeKind::Date => None,
    };
    losses.add(CodebookLoss::OtherAttributes, usize::from(values.is_none()));
    if values.is_some() {
        losses.add(CodebookLoss::Defaults, usize::from(attribute.default.is_some()));
        losses.add(CodebookLoss::Keys, usize::from(attribute.hotkey.is_some()));
        losses.add(CodebookLoss::Texts, usize::from(!attribute.definition.is_empty()));
    }
    values
}

/// Returns the types that an attribute applies to.
fn scope(
    attribute: &AttributeDef,
    codebook: &Codebook,
    ids: &HashMap<CategoryId, String>,
    losses: &mut Losses,
) -> String {
    let known: Vec<&str> =
        attribute.categories.iter().filter_map(|id| ids.get(id)).map(String::as_str).collect();
    let unknown = attribute.categories.iter().filter(|id| codebook.category(id).is_none()).count();
    losses.add(CodebookLoss::UnknownCategories, unknown);
    if known.is_empty() { ANY.to_owned() } else { known.join("|") }
}
