//! The numbering of lists in a DOCX (ISO/IEC 29500-1, 17.9).

use std::collections::BTreeMap;

use crate::documents::office::{BULLET, Style, Visitor, numbered};
use crate::xml::Element;

/// Number of levels of a list.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Clone, Default, Debug)]
struct Level {
    start: usize,
    /// The style of the number; `None` for a bullet or no number.
    style: Option<Style>,
    is_bullet: bool,
    /// The text with placeholders for numbers, such as `%1.%2`.
    pattern: String,
}

/// Levels by their depth, from 0.
type Levels = BTreeMap<usize, Level>;

/// A list, which is an instance of an abstract list.
#[derive(Clone, Default, Debug)]
struct List {
    made_from: String,
    /// Levels that override those of the abstract list.
    changed: Levels,
    /// Numbers at which levels restart when this list first reaches them.
    restarts: BTreeMap<usize, usize>,
}

/// The lists with their counters.
#[derive(Clone, Default, Debug)]
pub(super) struct Numbering {
    abstracts: BTreeMap<String, Levels>,
    lists: BTreeMap<String, List>,
    /// The last number of each abstract list at each level; 0 before the first.
    counts: BTreeMap<String, Vec<usize>>,
    /// The current abstract list or list.
    at: Option<At>,
    /// The current level.
    level: usize,
}

#[derive(Clone, Debug)]
enum At {
    Abstract(String),
    List(String),
}

impl Numbering {
    /// Returns the mark of the next paragraph at this level of this list.
    pub fn next(&mut self, list: &str, level: usize) -> String {
        let Some(list) = self.lists.get_mut(list) else { return String::new() };
        let Some(levels) = self.abstracts.get(&list.made_from) else { return String::new() };
        let level_at = |at: usize| list.changed.get(&at).or_else(|| levels.get(&at));
        let Some(here) = level_at(level).filter(|_| level < LEVELS) else { return String::new() };
        if here.is_bullet {
            return BULLET.to_owned();
        }
        // Instances of the same list continue its numbers unless they restart.
        let counts = self.counts.entry(list.made_from.clone()).or_insert_with(|| vec![0; LEVELS]);
        let next = if counts[level] == 0 { here.start } else { counts[level].saturating_add(1) };
        counts[level] = list.restarts.get(&level).copied().unwrap_or(next);
        counts[level + 1..].fill(0);
        let mut out = if here.style.is_some() { here.pattern.clone() } else { String::new() };
        for (position, count) in counts.iter().enumerate().take(level + 1) {
            let Some(other) = level_at(position) else { continue };
            let begins = list.restarts.get(&position).copied().unwrap_or(other.start);
            let count = if *count == 0 { begins } else { *count };
            let number = other.style.map_or_else(String::new, |style| numbered(count, style));
            out = out.replace(&format!("%{}", position + 1), &number);
        }
        list.restarts.remove(&level);
        if out.is_empty() { out } else { out + " " }
    }

    /// Returns the current level.
    fn level(&mut self) -> Option<&mut Level> {
        let levels = match self.at.as_ref()? {
            At::Abstract(id) => self.abstracts.get_mut(id)?,
            At::List(id) => &mut self.lists.get_mut(id)?.changed,
        };
        levels.get_mut(&self.level)
    }

    fn begin_level(&mut self) {
        let levels = match &self.at {
            Some(At::Abstract(id)) => self.abstracts.get_mut(id),
            Some(At::List(id)) => self.lists.get_mut(id).map(|list| &mut list.changed),
            None => None,
        };
        if let Some(levels) = levels {
            levels.insert(self.level, Level { start: 1, ..Level::default() });
        }
    }

    /// Returns the current list.
    fn list(&mut self) -> Option<&mut List> {
        match &self.at {
            Some(At::List(id)) => self.lists.get_mut(id),
            _ => None,
        }
    }
}

impl Visitor for Numbering {
    fn open(&mut self, element: &Element) -> bool {
        let value = element.get("val").unwrap_or_default();
        let id = |name| element.get(name).unwrap_or_default().to_owned();
        let depth = || element.get("ilvl").and_then(|level| level.parse().ok()).unwrap_or(LEVELS);
        match element.local() {
            "abstractNum" => {
                self.abstracts.insert(id("abstractNumId"), Levels::new());
                self.at = Some(At::Abstract(id("abstractNumId")));
            }
            "num" => {
                self.lists.insert(id("numId"), List::default());
                self.at = Some(At::List(id("numId")));
            }
            "abstractNumId" => self.list().into_iter().for_each(|list| value.clone_into(&mut list.made_from)),
            "lvlOverride" => self.level = depth(),
            "startOverride" => {
                let (level, start) = (self.level, value.parse().unwrap_or(1));
                if let Some(list) = self.list() {
                    list.restarts.insert(level, start);
                }
            }
            "lvl" => {
                self.level = depth();
                self.begin_level();
            }
            "start" => self.level().into_iter().for_each(|level| level.start = value.parse().unwrap_or(1)),
            "lvlText" => self.level().into_iter().for_each(|level| value.clone_into(&mut level.pattern)),
            "numFmt" => self.level().into_iter().for_each(|level| {
                (level.style, level.is_bullet) = (style_of(value), value == "bullet");
            }),
            _ => {}
        }
        true
    }

    fn close(&mut self, _: &str) {}
}

/// Returns the style of a number format; `None` for bullets and no number.
fn style_of(format: &str) -> Option<Style> {
    match format {
        "bullet" | "none" => None,
        "lowerLetter" => Some(Style::Lower),
        "upperLetter" => Some(Style::Upper),
        "lowerRoman" => Some(Style::LowerRoman),
        "upperRoman" => Some(Style::UpperRoman),
        _ => Some(Style::Decimal),
    }
}
