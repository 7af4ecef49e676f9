//! The outline of a PDF (ISO 32000-1, 12.3.3): headings with their pages.

use std::collections::{HashMap, HashSet};

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier, String as PdfString};

use super::file::{catalog, first, target, text_of};

/// Greatest level of a heading; entries below it are not headings.
const LEVELS: u8 = 6;
/// Greatest number of entries, and of nodes in the tree of destinations.
const MOST: usize = 20_000;
/// Greatest length of a title in characters.
const TITLE: usize = 500;

/// An entry of the outline.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Entry {
    /// The index of its page, from 0.
    pub page: usize,
    /// From 1.
    pub level: u8,
    pub title: String,
}

/// Returns the entries of the outline in their order, without those that lead nowhere.
pub(super) fn outline(pdf: &Pdf) -> Vec<Entry> {
    let Some(catalog) = catalog(pdf) else { return Vec::new() };
    let Some(root) = catalog.get::<Dict<'_>>("Outlines") else { return Vec::new() };
    let pages = pdf.pages().iter().enumerate().filter_map(|(at, page)| Some((page.raw().obj_id()?, at)));
    let targets = Targets { catalog, pages: pages.collect() };
    let mut entries = Vec::new();
    let mut seen = HashSet::new();
    let mut open: Vec<(u8, Dict<'_>)> =
        root.get::<Dict<'_>>("First").map(|first| (1, first)).into_iter().collect();
    while let Some((level, item)) = open.pop() {
        if entries.len() >= MOST || item.obj_id().is_some_and(|id| !seen.insert(id)) || seen.len() > MOST {
            continue;
        }
        open.extend(
            item.get::<Dict<'_>>("Next").filter(|_| item.obj_id().is_some()).map(|next| (level, next)),
        );
        if level < LEVELS {
            open.extend(
                item.get::<Dict<'_>>("First")
                    .filter(|_| item.obj_id().is_some())
                    .map(|below| (level + 1, below)),
            );
        }
        let title = text_of(&item, "Title").unwrap_or_default();
        let title: String =
            title.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(TITLE).collect();
        if let Some(page) = targets.page(&item).filter(|_| !title.is_empty()) {
            entries.push(Entry { page, level, title });
        }
    }
    entries
}

/// The places that entries lead to.
struct Targets<'a> {
    catalog: Dict<'a>,
    pages: HashMap<ObjectIdentifier, usize>,
}

impl<'a> Targets<'a> {
    /// Returns the index of the page of an entry.
    fn page(&self, item: &Dict<'a>) -> Option<usize> {
        let action = || item.get::<Dict<'a>>("A")?.get::<Object<'a>>("D");
        self.place(item.get::<Object<'a>>("Dest").or_else(action)?)
    }

    fn place(&self, destination: Object<'a>) -> Option<usize> {
        match destination {
            Object::Array(array) => self.of_array(&array),
            Object::Name(name) => {
                let named = self.catalog.get::<Dict<'a>>("Dests")?.get::<Object<'a>>(&*name)?;
                self.of_named(named)
            }
            Object::String(name) => {
                let tree = self.catalog.get::<Dict<'a>>("Names")?.get::<Dict<'a>>("Dests")?;
                self.of_named(named(tree, name.as_bytes())?)
            }
            _ => None,
        }
    }

    fn of_named(&self, named: Object<'a>) -> Option<usize> {
        match named {
            Object::Array(array) => self.of_array(&array),
            Object::Dict(dict) => self.of_array(&dict.get::<Array<'a>>("D")?),
            _ => None,
        }
    }

    fn of_array(&self, array: &Array<'a>) -> Option<usize> {
        let page = first(array)?;
        match target(page) {
            Some(page) => self.pages.get(&page).copied(),
            None => array.iter::<i32>().next().and_then(|page| usize::try_from(page).ok()),
        }
    }
}

/// Returns the destination with a name in a tree of names (7.9.6).
fn named<'a>(root: Dict<'a>, name: &[u8]) -> Option<Object<'a>> {
    let mut open = vec![root];
    let mut left = MOST;
    while let Some(node) = open.pop() {
        left = left.checked_sub(1)?;
        let names: Vec<Object<'a>> = node
            .get::<Array<'a>>("Names")
            .into_iter()
            .flat_map(|names| names.iter::<Object<'a>>().take(2 * MOST))
            .collect();
        let pair = names
            .chunks_exact(2)
            .find(|pair| pair[0].clone().into_string().is_some_and(|found| found.as_bytes() == name));
        if let Some(pair) = pair {
            return Some(pair[1].clone());
        }
        for kid in
            node.get::<Array<'a>>("Kids").into_iter().flat_map(|kids| kids.iter::<Dict<'a>>().take(MOST))
        {
            if may_hold(&kid, name) {
                open.push(kid);
            }
        }
    }
    None
}

fn may_hold(node: &Dict<'_>, name: &[u8]) -> bool {
    let limits: Vec<PdfString<'_>> = node
        .get::<Array<'_>>("Limits")
        .into_iter()
        .flat_map(|limits| limits.iter::<PdfString<'_>>().take(2))
        .collect();
    match limits.as_slice() {
        [from, to] => (from.as_bytes()..=to.as_bytes()).contains(&name),
        _ => true,
    }
}
