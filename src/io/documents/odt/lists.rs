//! The open lists of an ODT with their counters, and the numbers of headings.

use std::collections::BTreeMap;

use super::styles::{LEVELS, OUTLINE, Styles};
use crate::xml::Element;

/// The open lists.
pub(super) struct Lists {
    here: Nested,
    /// The last numbers of ended lists by style, for lists that continue them.
    stopped: BTreeMap<String, Vec<usize>>,
    headings: Vec<usize>,
}

/// The lists around the current position.
#[derive(Default)]
pub(super) struct Nested {
    /// The style of each open list.
    open: Vec<Option<String>>,
    counts: Vec<usize>,
    /// The mark of the next paragraph.
    mark: Option<String>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { here: Nested::default(), stopped: BTreeMap::new(), headings: vec![0; LEVELS] }
    }
}

impl Lists {
    /// Returns whether the current position is in a list.
    pub fn are_open(&self) -> bool {
        !self.here.open.is_empty()
    }

    /// Takes the mark of the item that begins here.
    pub fn mark(&mut self) -> Option<String> {
        self.here.mark.take()
    }

    /// Starts a text that is not in the lists around it; they are set again with [`Lists::resume`].
    pub fn pause(&mut self) -> Nested {
        std::mem::take(&mut self.here)
    }

    /// Continues the lists around a text that has ended.
    pub fn resume(&mut self, outer: Nested) {
        self.here = outer;
    }

    /// Starts a list.
    pub fn open(&mut self, element: &Element) {
        let style = element.get("style-name").map(str::to_owned);
        let inherited = self.here.open.last().cloned().flatten();
        if self.here.open.is_empty() {
            let goes_on =
                element.get("continue-numbering") == Some("true") || element.get("continue-list").is_some();
            let stopped = style.as_ref().and_then(|style| self.stopped.get(style)).filter(|_| goes_on);
            self.here.counts = stopped.cloned().unwrap_or_else(|| vec![0; LEVELS]);
        }
        self.here.open.push(style.or(inherited));
    }

    /// Ends a list.
    pub fn close(&mut self) {
        let style = self.here.open.pop().flatten();
        if let (true, Some(style)) = (self.here.open.is_empty(), style) {
            self.stopped.insert(style, std::mem::take(&mut self.here.counts));
        }
    }

    /// Starts an item.
    pub fn item(&mut self, styles: &Styles, element: &Element) {
        let level = self.here.open.len().saturating_sub(1);
        let Some(list) = self.here.open.last().cloned().flatten().filter(|_| level < self.here.counts.len())
        else {
            return;
        };
        let named = element.get("start-value").and_then(|start| start.parse().ok());
        let start = styles.level(&list, level).map_or(1, |level| level.start);
        let next =
            if self.here.counts[level] == 0 { start } else { self.here.counts[level].saturating_add(1) };
        self.here.counts[level] = named.unwrap_or(next);
        self.here.counts[level + 1..].fill(0);
        self.here.mark = Some(styles.mark(&list, level, &self.here.counts));
    }

    /// Returns the number of a heading.
    pub fn heading(&mut self, styles: &Styles, level: usize) -> String {
        let level = level.clamp(1, LEVELS) - 1;
        let start = styles.level(OUTLINE, level).map_or(1, |level| level.start);
        self.headings[level] = if self.headings[level] == 0 { start } else { self.headings[level] + 1 };
        self.headings[level + 1..].fill(0);
        styles.mark(OUTLINE, level, &self.headings)
    }
}
