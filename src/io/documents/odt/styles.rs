//! The styles of an ODT: titles, hidden text, numbering of lists (ODF 1.3, 16 and 19).

use std::collections::BTreeMap;

use crate::documents::office::{BULLET, Script, Style, Visitor, numbered};
use crate::xml::Element;

/// Greatest length of a chain of parent styles, which also ends cycles.
const CHAIN: usize = 20;
/// Number of levels of a list.
pub(super) const LEVELS: usize = 10;
/// Key of the style for numbers of headings, which is not a valid name of a list.
pub(super) const OUTLINE: &str = "\0outline";

/// A level of a list.
#[derive(Clone, Default, Debug)]
pub(super) struct Level {
    /// The number of the first item.
    pub start: usize,
    style: Option<Style>,
    is_bullet: bool,
    prefix: String,
    suffix: String,
    /// The number of levels that are shown, this one and those above.
    shown: usize,
}

#[derive(Default, Debug)]
struct Facts {
    parent: Option<String>,
    hidden: bool,
    script: Option<Script>,
    shown_name: String,
}

/// The styles.
#[derive(Default, Debug)]
pub(super) struct Styles {
    by_name: BTreeMap<String, Facts>,
    lists: BTreeMap<String, Vec<Level>>,
    /// The current style or list.
    at: String,
    list: String,
    /// Whether the open page header or footer has words; `None` outside of one.
    in_header: Option<bool>,
    headers: usize,
}

impl Styles {
    /// Returns the number of page headers and footers that contain words.
    pub fn headers(&self) -> usize {
        self.headers
    }

    /// Returns whether text with this style is hidden.
    pub fn is_hidden(&self, style: Option<&str>) -> bool {
        self.chain(style).any(|(_, facts)| facts.hidden)
    }

    /// Returns whether text with this style is raised or lowered; `None` if the style does not say.
    pub fn script(&self, style: Option<&str>) -> Option<Script> {
        self.chain(style).find_map(|(_, facts)| facts.script)
    }

    /// Returns whether a paragraph is the title of the document.
    pub fn is_title(&self, style: Option<&str>) -> bool {
        self.chain(style).any(|(name, facts)| name == "Title" || facts.shown_name == "Title")
    }

    fn chain<'a>(&'a self, style: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Facts)> {
        let find = |name: &'a str| self.by_name.get(name).map(|facts| (name, facts));
        let next = move |(_, facts): &(&'a str, &'a Facts)| facts.parent.as_deref().and_then(find);
        std::iter::successors(style.and_then(find), next).take(CHAIN)
    }

    /// Returns a level of a list, from 0.
    pub fn level(&self, list: &str, level: usize) -> Option<&Level> {
        self.lists.get(list)?.get(level)
    }

    /// Returns the mark of an item, given the numbers of its level and those above.
    pub fn mark(&self, list: &str, level: usize, counts: &[usize]) -> String {
        let Some(here) = self.level(list, level) else { return String::new() };
        if here.is_bullet {
            return BULLET.to_owned();
        }
        if here.style.is_none() {
            return String::new();
        }
        let first = (level + 1).saturating_sub(here.shown.max(1));
        let number = |at: usize| {
            let other = self.level(list, at)?;
            let count = counts.get(at).copied().filter(|count| *count > 0).unwrap_or(other.start);
            Some(numbered(count, other.style?))
        };
        let numbers: Vec<String> = (first..=level).filter_map(number).collect();
        format!("{}{}{} ", here.prefix, numbers.join("."), here.suffix)
    }

    fn take_level(&mut self, element: &Element) {
        let get = |name| element.get(name).unwrap_or_default();
        let style = match get("num-format") {
            "" => None,
            "a" => Some(Style::Lower),
            "A" => Some(Style::Upper),
            "i" => Some(Style::LowerRoman),
            "I" => Some(Style::UpperRoman),
            _ => Some(Style::Decimal),
        };
        let level = Level {
            start: get("start-value").parse().unwrap_or(1),
            style,
            is_bullet: element.local() == "list-level-style-bullet",
            prefix: get("num-prefix").to_owned(),
            suffix: get("num-suffix").to_owned(),
            shown: get("display-levels").parse().unwrap_or(1),
        };
        let place = get("level").parse::<usize>().unwrap_or(1).clamp(1, LEVELS) - 1;
        let levels = self.lists.entry(self.list.clone()).or_default();
        if levels.len() <= place {
            levels.resize(place + 1, Level { start: 1, ..Level::default() });
        }
        levels[place] = level;
    }
}

/// Returns the place of characters with this position, such as `super 58%` or `-33% 58%`.
fn script(position: &str) -> Script {
    match position.split_whitespace().next().unwrap_or_default() {
        "super" => Script::Raised,
        "sub" => Script::Lowered,
        share => match share.trim_end_matches('%').parse::<f32>() {
            Ok(share) if share > 0.0 => Script::Raised,
            Ok(share) if share < 0.0 => Script::Lowered,
            Ok(_) | Err(_) => Script::Normal,
        },
    }
}

impl Visitor for Styles {
    fn open(&mut self, element: &Element) -> bool {
        let name = || element.get("name").unwrap_or_default().to_owned();
        match element.local() {
            "body" | "meta" | "settings" => return false,
            "style" => {
                self.at = name();
                let facts = Facts {
                    parent: element.get("parent-style-name").map(str::to_owned),
                    shown_name: element.get("display-name").unwrap_or_default().to_owned(),
                    hidden: false,
                    script: None,
                };
                self.by_name.insert(self.at.clone(), facts);
            }
            "text-properties" => {
                if let Some(facts) = self.by_name.get_mut(&self.at) {
                    facts.hidden |= element.get("display") == Some("none");
                    facts.script = element.get("text-position").map(script);
                }
            }
            "list-style" => self.list = name(),
            "outline-style" => OUTLINE.clone_into(&mut self.list),
            "list-level-style-number" | "list-level-style-bullet" | "outline-level-style" => {
                self.take_level(element)
            }
            "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first" => {
                self.in_header = Some(false);
            }
            _ => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        if matches!(
            name,
            "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first"
        ) {
            self.headers += usize::from(self.in_header.take() == Some(true));
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(has_words) = &mut self.in_header {
            *has_words |= !text.trim().is_empty();
        }
    }
}
