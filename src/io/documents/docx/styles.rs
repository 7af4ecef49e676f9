//! What the styles of a DOCX say of paragraphs (ISO/IEC 29500-1, 17.7): headings, and the lists that they belong to.

use std::collections::BTreeMap;

use crate::documents::office::Visitor;
use crate::xml::Element;

/// Styles that one is based on, at most; a circle ends here.
const CHAIN: usize = 20;

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
