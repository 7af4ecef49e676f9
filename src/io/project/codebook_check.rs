//! Problems of a codebook whose records can all be read.

use std::collections::{HashMap, HashSet};

use super::source::Source;
use crate::words::{codebook as words, relations as relation_words};
use crate::{Problem, ProblemKind};
use demarche_model::{AttributeDef, Category, CategoryId, Meaning, MoveRole};

/// Finds keys that clash, parents that don't exist or form a cycle, defaults that are not among the choices, unknown roles,
/// and meanings that don't fit.
/// `some_lost` means that the record of a category can't be read; a parent may be that category.
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
            let message = words::unknown_parent_to_add(&category.name, parent.as_str());
            report(*line, ProblemKind::UnknownCategory, message);
        }
    }
    cycles(categories).for_each(|(line, message)| report(line, ProblemKind::ParentCycle, message));
    for (attribute, line) in attributes {
        let Some(value) = &attribute.default else { continue };
        let unlisted = attribute.kind.unlisted(value);
        let message = match attribute.kind.takes(value) {
            false => words::wrong_default(value, &attribute.name, &attribute.kind),
            true if unlisted.is_empty() => continue,
            true => words::unlisted_default(&unlisted, &attribute.name),
        };
        report(*line, ProblemKind::AttributeValue, message);
    }
    for (category, line) in categories {
        let unknown = category.move_codes().filter(|code| !MoveRole::is_known_code(code));
        unknown.for_each(|code| {
            report(*line, ProblemKind::UnknownRole, relation_words::unknown_role(code, &category.name));
        });
    }
    meanings(attributes).into_iter().for_each(|(line, kind, message)| report(line, kind, message));
    found
}

/// Finds meanings that do not fit their attribute, and those that an earlier attribute has.
fn meanings(attributes: &[(AttributeDef, usize)]) -> Vec<(usize, ProblemKind, String)> {
    let mut found = Vec::new();
    let mut first: Vec<(&Meaning, &str)> = Vec::new();
    for (attribute, line) in attributes {
        let name = attribute.name.as_str();
        for meaning in &attribute.means {
            let is_listed = |value| attribute.kind.own_list().is_none_or(|list| list.contains(value));
            if !meaning.fits(&attribute.kind) {
                let message = relation_words::misfit(meaning, name, &attribute.kind);
                found.push((*line, ProblemKind::MeaningMismatch, message));
            } else if !meaning.value().is_none_or(is_listed) {
                let message = relation_words::unlisted_meaning(meaning, name);
                found.push((*line, ProblemKind::MeaningMismatch, message));
            }
            match first.iter().find(|(known, _)| known.is_same(meaning)) {
                Some((_, other)) => {
                    let message = relation_words::second_meaning(meaning, name, other);
                    found.push((*line, ProblemKind::DuplicateMeaning, message));
                }
                None => first.push((meaning, name)),
            }
        }
    }
    found
}

/// Finds those with a key that an earlier one has, with line and message.
fn clashes<'a>(
    keys: impl Iterator<Item = (Option<char>, &'a str, usize)>,
) -> impl Iterator<Item = (usize, String)> {
    let mut first: HashMap<char, &str> = HashMap::new();
    keys.filter_map(move |(key, name, line)| {
        let key = key?;
        if let Some(taken) = first.get(&key) {
            return Some((line, words::key_clash_to_fix(key, name, taken)));
        }
        first.insert(key, name);
        None
    })
}

/// Finds each cycle of parents once, at the line of its first category.
fn cycles(categories: &[(Category, usize)]) -> impl Iterator<Item = (usize, String)> {
    let at: HashMap<&CategoryId, usize> =
        categories.iter().enumerate().map(|(at, (c, _))| (&c.id, at)).collect();
    let parent = |index: usize| categories[index].0.parent.as_ref().and_then(|id| at.get(id)).copied();
    // The walk in which each category was seen first.
    let mut seen = vec![0; categories.len()];
    let mut found = Vec::new();
    for start in 0..categories.len() {
        let mut chain = Vec::new();
        let mut next = Some(start);
        while let Some(index) = next.filter(|index| seen[*index] == 0) {
            seen[index] = start + 1;
            chain.push(index);
            next = parent(index);
        }
        let closed = next.and_then(|index| chain.iter().position(|seen| *seen == index));
        if let Some(from) = closed {
            let cycle = &chain[from..];
            let ids: Vec<&str> =
                cycle.iter().chain([&cycle[0]]).map(|c| categories[*c].0.id.as_str()).collect();
            let line = cycle.iter().map(|index| categories[*index].1).min().unwrap_or(1);
            found.push((line, words::parent_cycle(&ids)));
        }
    }
    found.into_iter()
}

/// Finds aliases that lead nowhere or to themselves, and old ids that are still categories. `some_lost` as in
/// [`warnings`].
pub(super) fn alias_warnings(
    source: &Source<'_>,
    categories: &[(Category, usize)],
    aliases: &[((CategoryId, CategoryId), usize)],
    some_lost: bool,
) -> Vec<Problem> {
    let known: HashSet<&CategoryId> = categories.iter().map(|(category, _)| &category.id).collect();
    let next: HashMap<&CategoryId, &CategoryId> = aliases.iter().map(|((from, to), _)| (from, to)).collect();
    let ends = ends(&known, &next);
    let wrong = |from: &CategoryId, to: &CategoryId| {
        if known.contains(from) {
            return Some((ProblemKind::AliasClash, words::alias_clash(from, to)));
        }
        match ends.get(from).copied().flatten() {
            None => Some((ProblemKind::AliasCycle, words::alias_cycle(from))),
            Some(end) if !known.contains(end) && !some_lost => {
                Some((ProblemKind::UnknownCategory, words::alias_without_category(from, end)))
            }
            Some(_) => None,
        }
    };
    let found = aliases.iter().filter_map(|((from, to), line)| Some((wrong(from, to)?, *line)));
    found.map(|((kind, message), line)| Problem { kind, ..source.problem(line, message) }).collect()
}

/// Returns the id at which the chain of each alias ends: a category, or an id that stands for nothing; `None` for one that
/// leads into a cycle.
fn ends<'a>(
    known: &HashSet<&CategoryId>,
    next: &HashMap<&'a CategoryId, &'a CategoryId>,
) -> HashMap<&'a CategoryId, Option<&'a CategoryId>> {
    let mut ends = HashMap::new();
    for start in next.keys() {
        let (mut chain, mut at) = (Vec::new(), *start);
        let end = loop {
            // An id of this chain is met again in a cycle.
            if let Some(end) = ends.get(at) {
                break *end;
            }
            match next.get(at).filter(|_| !known.contains(at)) {
                Some(further) => {
                    ends.insert(at, None);
                    chain.push(at);
                    at = further;
                }
                None => break Some(at),
            }
        };
        for id in chain {
            ends.insert(id, end);
        }
    }
    ends
}
