//! Which cards there are: one for each span in sight. Where three or more people have tagged a text, those who say the same
//! of the same words share one, or the cards would be crowded and far from their words.

use egui::Rect;

use super::Frame;
use super::items::{Item, Shown};
use demarche_model::SpanRef;

/// Layers beside each other from which on spans share cards.
const CROWD: usize = 3;

/// A span in sight and the rectangle of its first row in sight.
pub(super) struct Place<'a> {
    /// The span that the card is about; of several, the picked one.
    pub item: &'a Item,
    /// Spans of others that say the same of the same words.
    pub others: Vec<&'a Item>,
    /// The row.
    pub row: Rect,
}

impl Place<'_> {
    /// All spans of the card.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        std::iter::once(self.item).chain(self.others.iter().copied())
    }

    /// Whether a span is among those of the card.
    pub fn holds(&self, at: Option<&SpanRef>) -> bool {
        at.is_some_and(|at| self.items().any(|item| item.at == *at))
    }

    /// Whose they are: the name, or the initials of several.
    pub fn who(&self) -> String {
        if self.others.is_empty() {
            return if self.item.mine { String::new() } else { self.item.annotator.clone() };
        }
        let mut all: Vec<&Item> = self.items().collect();
        all.sort_by_key(|item| item.key.layer);
        all.iter().map(|item| item.short.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The span that a click picks: the card's, or the one after the one that is picked.
    pub fn clicked(&self, picked: Option<&SpanRef>) -> SpanRef {
        let mut all: Vec<&Item> = self.items().collect();
        all.sort_by_key(|item| item.key.layer);
        super::items::next_of(&all, picked).unwrap_or_else(|| self.item.at.clone())
    }
}

/// The spans with a row in sight, by the height of that row.
pub(super) fn places<'a>(items: &'a [Item], frame: &Frame<'_>, shown: &[Shown]) -> Vec<Place<'a>> {
    let view = frame.geometry.view;
    let mut places: Vec<Place<'a>> = Vec::new();
    for item in items {
        let mut row: Option<Rect> = None;
        for block in shown {
            block.rects(item.range, |rect| {
                if row.is_none() && rect.center().y >= view.top() && rect.center().y <= view.bottom() {
                    row = Some(rect);
                }
            });
        }
        if let Some(row) = row
            && !places.iter().any(|place| place.item.at == item.at)
        {
            places.push(Place { item, others: Vec::new(), row });
        }
    }
    places.sort_by(|a, b| {
        a.row.top().total_cmp(&b.row.top()).then(a.item.range.start.cmp(&b.item.range.start))
    });
    let annotated =
        frame.page.layers.iter().filter(|layer| layer.layer.spans_unsorted().next().is_some()).count();
    if annotated < CROWD { places } else { shared(places, frame.page.picked) }
}

/// Puts those together that say the same. The picked span comes first in its card.
fn shared<'a>(places: Vec<Place<'a>>, picked: Option<&SpanRef>) -> Vec<Place<'a>> {
    let mut out: Vec<Place<'a>> = Vec::with_capacity(places.len());
    for mut place in places {
        let start = place.item.range.start;
        let near = out.iter_mut().rev().take_while(|before| before.item.range.start == start);
        match near.into_iter().find(|before| is_like(before.item, place.item)) {
            Some(before) => {
                if picked == Some(&place.item.at) {
                    std::mem::swap(&mut before.item, &mut place.item);
                }
                before.others.push(place.item);
            }
            None => out.push(place),
        }
    }
    out
}

/// Whether two spans say the same of the same words. What is linked or decided on keeps a card of its own.
fn is_like(a: &Item, b: &Item) -> bool {
    let plain = |item: &Item| item.links.is_empty() && item.verdict.is_none();
    a.key.layer != b.key.layer
        && plain(a)
        && plain(b)
        && a.span.category == b.span.category
        && a.span.ranges == b.span.ranges
        && a.span.attributes == b.span.attributes
}
