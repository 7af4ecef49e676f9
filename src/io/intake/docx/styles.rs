//! What the styles of a DOCX say of paragraphs (ISO/IEC 29500-1, 17.7 and 17.9): headings and lists.

use std::collections::BTreeMap;

use crate::io::intake::office::{BULLET, Style, Visitor, numbered};
use crate::io::xml::Element;

/// Styles that one is based on, at most; a circle ends here.
const CHAIN: usize = 20;
/// Levels of a list.
const LEVELS: usize = 9;

/// What is known of a paragraph, or of a style.
#[derive(Clone, Default, Debug)]
pub(super) struct Facts {
    /// The style, by its id.
    pub style: Option<String>,
    /// Its depth among headings, from 0; 9 is none.
    pub outline: Option<u8>,
    /// The list that it belongs to; `0` is none.
    pub list: Option<String>,
    /// Its level there, from 0.
    pub level: Option<usize>,
}

impl Facts {
    /// Takes in an element among the properties of a paragraph.
    pub fn take(&mut self, element: &Element) {
        let value = element.get("val").unwrap_or_default();
        match element.local() {
            "pStyle" | "basedOn" => self.style = Some(value.to_owned()),
            "outlineLvl" => self.outline = value.parse().ok(),
            "numId" => self.list = Some(value.to_owned()),
            "ilvl" => self.level = value.parse().ok(),
            _ => {}
        }
    }
}

impl Facts {
    /// The list that it belongs to, if it does.
    pub fn list(&self) -> Option<&str> {
        self.list.as_deref().filter(|list| *list != "0")
    }
}

/// The styles of paragraphs.
#[derive(Default, Debug)]
pub(super) struct Styles {
    by_id: BTreeMap<String, (String, Facts)>,
    /// The style that is being read.
    at: Option<String>,
}

impl Styles {
    /// What holds for a paragraph: its own words first, then those of its style, and of what that is based on.
    pub fn resolve(&self, own: &Facts) -> Facts {
        let mut facts = own.clone();
        let mut next = own.style.as_deref();
        for _ in 0..CHAIN {
            let Some((name, style)) = next.and_then(|id| self.by_id.get(id)) else { break };
            let outline = facts.outline.or(style.outline).or_else(|| heading_of(name));
            let (list, level) = (facts.list.or(style.list.clone()), facts.level.or(style.level));
            facts = Facts { style: facts.style, outline, list, level };
            next = style.style.as_deref();
        }
        facts
    }

    /// Whether a style is one of the lines of a table of contents.
    pub fn is_contents(&self, id: Option<&str>) -> bool {
        let name =
            id.and_then(|id| self.by_id.get(id)).map(|(name, _)| name.to_lowercase()).unwrap_or_default();
        name.strip_prefix("toc ").is_some_and(|rest| rest == "heading" || rest.parse::<u8>().is_ok())
    }
}

/// The names of the styles that come with Word are English in every language.
fn heading_of(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name == "title" {
        return Some(0);
    }
    let level: u8 = name.strip_prefix("heading ")?.trim().parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

impl Visitor for Styles {
    fn open(&mut self, element: &Element) -> bool {
        match (element.local(), &self.at) {
            ("style", _) => {
                let is_paragraph = element.get("type").is_none_or(|kind| kind == "paragraph");
                self.at = is_paragraph.then(|| element.get("styleId").unwrap_or_default().to_owned());
                if let Some(id) = &self.at {
                    self.by_id.entry(id.clone()).or_default();
                }
            }
            ("name", Some(id)) => {
                if let Some((name, _)) = self.by_id.get_mut(id) {
                    element.get("val").unwrap_or_default().clone_into(name);
                }
            }
            (_, Some(id)) => {
                if let Some((_, facts)) = self.by_id.get_mut(id) {
                    facts.take(element);
                }
            }
            (_, None) => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        if name == "style" {
            self.at = None;
        }
    }
}

/// A level of a list.
#[derive(Clone, Default, Debug)]
struct Level {
    start: usize,
    /// `None` for a bullet or nothing.
    style: Option<Style>,
    is_bullet: bool,
    /// `%1.%2`
    pattern: String,
}

/// The lists, and how far each has counted.
#[derive(Default, Debug)]
pub(super) struct Numbering {
    /// Levels by the list that others are made from.
    abstracts: BTreeMap<String, Vec<Level>>,
    lists: BTreeMap<String, String>,
    counts: BTreeMap<String, Vec<usize>>,
    /// What is being read: an abstract list, or a list.
    at: (String, String),
}

impl Numbering {
    /// What stands before the next paragraph at this level of this list.
    pub fn next(&mut self, list: &str, level: usize) -> String {
        let Some(made_from) = self.lists.get(list) else { return String::new() };
        let Some(levels) = self.abstracts.get(made_from) else { return String::new() };
        let Some(here) = levels.get(level) else { return String::new() };
        if here.is_bullet {
            return BULLET.to_owned();
        }
        // Lists that are made from the same one go on counting.
        let counts = self.counts.entry(made_from.clone()).or_insert_with(|| vec![0; LEVELS]);
        let begun = counts[level];
        counts[level] = if begun == 0 { here.start } else { begun.saturating_add(1) };
        counts[level + 1..].fill(0);
        if here.style.is_none() {
            return String::new();
        }
        let mut out = here.pattern.clone();
        for (position, other) in levels.iter().enumerate().take(level + 1) {
            let count = if counts[position] == 0 { other.start } else { counts[position] };
            let number = other.style.map_or_else(String::new, |style| numbered(count, style));
            out = out.replace(&format!("%{}", position + 1), &number);
        }
        if out.is_empty() { out } else { out + " " }
    }

    fn level(&mut self) -> Option<&mut Level> {
        self.abstracts.get_mut(&self.at.0)?.last_mut()
    }
}

impl Visitor for Numbering {
    fn open(&mut self, element: &Element) -> bool {
        let value = element.get("val").unwrap_or_default().to_owned();
        let id = |name| element.get(name).unwrap_or_default().to_owned();
        match element.local() {
            "abstractNum" => {
                self.at = (id("abstractNumId"), String::new());
                self.abstracts.insert(self.at.0.clone(), Vec::new());
            }
            "num" => self.at = (String::new(), id("numId")),
            "abstractNumId" if !self.at.1.is_empty() => drop(self.lists.insert(self.at.1.clone(), value)),
            // What a list changes of the one that it is made from is passed over.
            "lvlOverride" => return false,
            "lvl" => {
                if let Some(levels) =
                    self.abstracts.get_mut(&self.at.0).filter(|levels| levels.len() < LEVELS)
                {
                    levels.push(Level { start: 1, ..Level::default() });
                }
            }
            "start" => self.level().into_iter().for_each(|level| level.start = value.parse().unwrap_or(1)),
            "lvlText" => self.level().into_iter().for_each(|level| level.pattern.clone_from(&value)),
            "numFmt" => {
                let style = match value.as_str() {
                    "bullet" | "none" => None,
                    "lowerLetter" => Some(Style::Lower),
                    "upperLetter" => Some(Style::Upper),
                    "lowerRoman" => Some(Style::LowerRoman),
                    "upperRoman" => Some(Style::UpperRoman),
                    _ => Some(Style::Decimal),
                };
                self.level().into_iter().for_each(|level| {
                    level.style = style;
                    level.is_bullet = value == "bullet";
                });
            }
            _ => {}
        }
        true
    }

    fn close(&mut self, _: &str) {}
}
