//! Paragraph styles of a DOCX (ISO/IEC 29500-1, 17.7): headings and lists.

use std::collections::BTreeMap;

use crate::documents::office::{Script, Visitor};
use crate::xml::Element;

/// Greatest length of a chain of base styles, which also ends cycles.
const CHAIN: usize = 20;

/// The properties of a paragraph or a style.
#[derive(Clone, Default, Debug)]
pub(super) struct Facts {
    /// The id of the style.
    pub style: Option<String>,
    /// The outline level, from 0; 9 is body text.
    pub outline: Option<u8>,
    /// The id of the list; `0` is none.
    pub list: Option<String>,
    /// The level in the list, from 0.
    pub level: Option<usize>,
}

impl Facts {
    /// Adds an element in the properties of a paragraph.
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

    /// Returns the id of the list, if there is one.
    pub fn list(&self) -> Option<&str> {
        self.list.as_deref().filter(|list| *list != "0")
    }
}

/// The paragraph styles.
#[derive(Default, Debug)]
pub(super) struct Styles {
    by_id: BTreeMap<String, (String, Facts)>,
    /// The id of the current style.
    at: Option<String>,
    /// Styles of characters that are raised or lowered.
    scripts: BTreeMap<String, Script>,
    /// The id of the current style of characters.
    at_characters: Option<String>,
}

impl Styles {
    /// Returns the properties of a paragraph: its own, then those of its style and of the base styles.
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

    /// Returns whether characters with a style are raised or lowered.
    pub fn script(&self, id: &str) -> Script {
        self.scripts.get(id).copied().unwrap_or_default()
    }

    /// Returns whether a style is that of a line in a table of contents.
    pub fn is_contents(&self, id: Option<&str>) -> bool {
        let name =
            id.and_then(|id| self.by_id.get(id)).map(|(name, _)| name.to_lowercase()).unwrap_or_default();
        name.strip_prefix("toc ").is_some_and(|rest| rest == "heading" || rest.parse::<u8>().is_ok())
    }
}

/// Returns the level of a heading style of Word, which has the same English name in every language.
fn heading_of(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    if name == "title" {
        return Some(0);
    }
    let level: u8 = name.strip_prefix("heading ")?.trim().parse().ok()?;
    (1..=9).contains(&level).then(|| level - 1)
}

/// Returns the place of characters with this vertical alignment.
pub(super) fn script(value: &str) -> Script {
    match value {
        "superscript" => Script::Raised,
        "subscript" => Script::Lowered,
        _ => Script::Normal,
    }
}

impl Visitor for Styles {
    fn open(&mut self, element: &Element) -> bool {
        match (element.local(), &self.at) {
            ("style", _) => {
                let is_paragraph = element.get("type").is_none_or(|kind| kind == "paragraph");
                let id = element.get("styleId").unwrap_or_default().to_owned();
                (self.at, self.at_characters) =
                    if is_paragraph { (Some(id), None) } else { (None, Some(id)) };
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
            ("vertAlign", None) => {
                let script = script(element.get("val").unwrap_or_default());
                self.scripts.extend(self.at_characters.clone().map(|id| (id, script)));
            }
            (_, None) => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        if name == "style" {
            (self.at, self.at_characters) = (None, None);
        }
    }
}
