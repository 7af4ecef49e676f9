//! What is wrong with a codebook although every record of it can be read.

use std::collections::{HashMap, HashSet};

use super::source::Source;
use crate::words::codebook as words;
use crate::{Problem, ProblemKind};
use demarche_model::{
    AttributeDef, AttributeId, AttributeKind, Attributes, Category, CategoryId, Codebook, Value,
};

/// Keys that clash, parents that are not there or lead in a circle, defaults that are no choice. `some_lost` says that a
/// category's record can't be read, so that a parent may be that one.
pub(super) fn warnings(
    source: &Source<'_>,
    categories: &[(Category, usize)],
    attributes: &[(AttributeDef, usize)],
    some_lost: bool,
) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut report = |line: usize, kind: ProblemKind, message: String| {
        found.push(Problem { kind, ..source.problem(line, message) });
    };
    let open = categories.iter().filter(|(category, _)| !category.retired);
    let keys = open.map(|(category, line)| (category.hotkey, category.name.as_str(), *line));
    clashes(keys).for_each(|(line, message)| report(line, ProblemKind::HotkeyClash, message));
    let keys = attributes.iter().map(|(attribute, line)| (attribute.hotkey, attribute.name.as_str(), *line));
    clashes(keys).for_each(|(line, message)| report(line, ProblemKind::HotkeyClash, message));
    let known: HashSet<&CategoryId> = categories.iter().map(|(category, _)| &category.id).collect();
    for (category, line) in categories.iter().filter(|_| !some_lost) {
        if let Some(parent) = category.parent.as_ref().filter(|parent| !known.contains(parent)) {
            let message = words::unknown_parent(&category.name, parent.as_str()) + "; add it";
            report(*line, ProblemKind::UnknownCategory, message);
        }
    }
    cycles(categories).for_each(|(line, message)| report(line, ProblemKind::ParentCycle, message));
    for (attribute, line) in attributes {
        if let Some(wrong) = attribute.default.as_ref().and_then(|value| outside(&attribute.kind, value)) {
            let message = format!(
                "the default {wrong} of “{}” is not one of its choices; choose another, or add it",
                attribute.name
            );
            report(*line, ProblemKind::AttributeValue, message);
        }
    }
    found
}

/// Of several with one key, all but the first, with line and message.
fn clashes<'a>(
    keys: impl Iterator<Item = (Option<char>, &'a str, usize)>,
) -> impl Iterator<Item = (usize, String)> {
    let mut first: HashMap<char, &str> = HashMap::new();
    keys.filter_map(move |(key, name, line)| {
        let key = key?;
        if let Some(taken) = first.get(&key) {
            let message = words::key_clash(key, name, taken) + "; give one of them another key";
            return Some((line, message));
        }
        first.insert(key, name);
        None
    })
}

/// Each circle of parents once, at the line of its first category.
fn cycles(categories: &[(Category, usize)]) -> impl Iterator<Item = (usize, String)> {
    let at: HashMap<&CategoryId, usize> =
        categories.iter().enumerate().map(|(at, (c, _))| (&c.id, at)).collect();
    let parent = |place: usize| categories[place].0.parent.as_ref().and_then(|id| at.get(id)).copied();
    // In which walk a category was seen first.
    let mut seen = vec![0; categories.len()];
    let mut found = Vec::new();
    for start in 0..categories.len() {
        let mut chain = Vec::new();
        let mut next = Some(start);
        while let Some(place) = next.filter(|place| seen[*place] == 0) {
            seen[place] = start + 1;
            chain.push(place);
            next = parent(place);
        }
        let closed = next.and_then(|place| chain.iter().position(|seen| *seen == place));
        if let Some(from) = closed {
            let circle = &chain[from..];
            let names: Vec<&str> =
                circle.iter().chain([&circle[0]]).map(|c| categories[*c].0.id.as_str()).collect();
            let line = circle.iter().map(|place| categories[*place].1).min().unwrap_or(1);
            let names = names.join("` under `");
            found.push((
                line,
                format!("categories are parents of themselves: `{names}`; change one of the parents"),
            ));
        }
    }
    found.into_iter()
}

/// Aliases that lead nowhere or to themselves, and old ids that are categories. `some_lost` as in [`warnings`].
pub(super) fn alias_warnings(
    source: &Source<'_>,
    categories: &[(Category, usize)],
    aliases: &[((CategoryId, CategoryId), usize)],
    some_lost: bool,
) -> Vec<Problem> {
    let known: HashSet<&CategoryId> = categories.iter().map(|(category, _)| &category.id).collect();
    let next: HashMap<&CategoryId, &CategoryId> = aliases.iter().map(|((from, to), _)| (from, to)).collect();
    let wrong = |from: &CategoryId, to: &CategoryId| {
        if known.contains(from) {
            let message =
                format!("`{from}` is both a category and an old id of `{to}`; remove one of the two");
            return Some((ProblemKind::AliasClash, message));
        }
        // No walk without a circle is longer than there are aliases.
        let mut walk = std::iter::successors(Some(to), |id| next.get(*id).copied()).take(aliases.len() + 1);
        match walk.find(|id| known.contains(id) || !next.contains_key(id)) {
            None => {
                let message =
                    format!("the old id `{from}` leads back to itself; name the category that it is now");
                Some((ProblemKind::AliasCycle, message))
            }
            Some(end) if !known.contains(end) && !some_lost => {
                let message = format!(
                    "the old id `{from}` leads to `{end}`, which is not a category; add it, or fix the line"
                );
                Some((ProblemKind::UnknownCategory, message))
            }
            Some(_) => None,
        }
    };
    let found = aliases.iter().filter_map(|((from, to), line)| Some((wrong(from, to)?, *line)));
    found.map(|((kind, message), line)| Problem { kind, ..source.problem(line, message) }).collect()
}

/// The values of a span that are not among the choices of their attributes, each with what to say of it.
pub(super) fn wrong_values(codebook: &Codebook, values: &Attributes) -> Vec<String> {
    let find = |id: &AttributeId| codebook.attributes.iter().find(|attribute| attribute.id == *id);
    let wrong = values.iter().filter_map(|(id, value)| {
        let attribute = find(id)?;
        let wrong = outside(&attribute.kind, value)?;
        Some(format!(
            "{wrong} is not a choice of “{}”; choose another, or add it to the codebook",
            attribute.name
        ))
    });
    wrong.collect()
}

/// The parts of a value that are not in the list of its attribute, in quotation marks; `None` if there are none.
fn outside(kind: &AttributeKind, value: &Value) -> Option<String> {
    let missing = kind.unlisted(value);
    (!missing.is_empty()).then(|| format!("“{}”", missing.join("”, “")))
}
