//! The writer of QDA-XML.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::description::Description;
use super::guid::{derived, is_guid, kept};
use super::{NAMESPACE, SCHEME};
use crate::Loss;
use crate::Preset;
use crate::codebook::tidy::{note_aliases, note_description, note_no_relations, note_untidy, tidy};
use crate::codebook::tree::{MOST_INDENTED, moved, preorder};
use crate::loss::{CodebookLoss, Losses};
use crate::xml::{escaped, escaped_value};
use demarche_model::{Category, CategoryId};

/// Returns a document that is valid by the published schema, and what it could not carry. There must be a category.
pub(super) fn compose(book: &Preset) -> (String, Vec<Loss>) {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!("<CodeBook xmlns=\"{NAMESPACE}\" origin=\"Demarche\">\n"));
    let mut losses = Losses::default();
    write_codes(&mut out, &book.codebook.categories, |_, _| String::new(), &mut losses);
    out.push_str("</CodeBook>\n");
    note_no_relations(&book.codebook, &mut losses);
    note_aliases(&book.codebook, &mut losses);
    note_description(&book.description, &mut losses);
    let moved = moved(&book.codebook.categories);
    losses.add(CodebookLoss::MovedCategories, moved);
    (out, losses.report())
}

/// Writes the element `Codes` of codebooks and projects, with what `notes` returns for a category and an indentation. Returns
/// the GUID of each category.
pub(crate) fn write_codes(
    out: &mut String,
    categories: &[Arc<Category>],
    notes: impl Fn(&CategoryId, &str) -> String,
    losses: &mut Losses,
) -> HashMap<CategoryId, String> {
    out.push_str("  <Codes>\n");
    let mut taken = HashSet::new();
    let mut guids = HashMap::new();
    let mut open = 0;
    for (depth, category) in preorder(categories) {
        close(out, &mut open, depth);
        note_losses(category, losses);
        let own = kept(category).map(str::to_owned).filter(|guid| !taken.contains(&guid.to_lowercase()));
        let guid = own.unwrap_or_else(|| derived(&category.id).to_string());
        taken.insert(guid.to_lowercase());
        write_code(out, depth, category, &guid);
        out.push_str(&notes(&category.id, &format!("{}  ", indent(depth))));
        guids.insert(category.id.clone(), guid);
        open += 1;
    }
    close(out, &mut open, 0);
    out.push_str("  </Codes>\n");
    guids
}

/// Ends codes until `depth` of them are open.
fn close(out: &mut String, open: &mut usize, depth: usize) {
    while *open > depth {
        *open -= 1;
        out.push_str(&indent(*open));
        out.push_str("</Code>\n");
    }
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth.min(MOST_INDENTED) + 2)
}

fn write_code(out: &mut String, depth: usize, category: &Category, guid: &str) {
    let pad = indent(depth);
    let (name, colour) = (escaped_value(&shown_name(category)), category.colour.to_string());
    let open = !category.retired;
    out.push_str(&format!(
        "{pad}<Code guid=\"{guid}\" name=\"{name}\" isCodable=\"{open}\" color=\"{colour}\">\n"
    ));
    let description = Description::of_category(category).compose();
    if !description.is_empty() {
        out.push_str(&format!("{pad}  <Description>{}</Description>\n", escaped(&description)));
    }
}

fn shown_name(category: &Category) -> String {
    let name = tidy(&category.name);
    if name.is_empty() { tidy(category.id.as_str()) } else { name }
}

fn note_losses(category: &Category, losses: &mut Losses) {
    note_untidy(category, losses);
    let description = Description::of_category(category);
    let is_stable = Description::parse(&description.compose()) == description;
    losses.add(CodebookLoss::UnstableDescriptions, usize::from(!is_stable));
    let guid = category.codes.get(SCHEME).is_some_and(|_| kept(category).is_none());
    let derived =
        kept(category).is_some_and(|guid| is_guid(guid) && guid == derived(&category.id).to_string());
    losses.add(CodebookLoss::ForeignGuids, usize::from(guid || derived));
}
