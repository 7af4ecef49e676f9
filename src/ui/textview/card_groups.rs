//! Groups the visible spans into cards: one card for each span. If three or more people have tagged a text, equal
//! passages share a card; otherwise the cards would be crowded and far from their words.

use egui::Rect;

use super::Frame;
use super::visible::{VisibleBlock, VisibleSpan};
use demarche_model::SpanRef;

/// Number of layers from which equal spans share a card.
const MERGE_FROM_LAYERS: usize = 3;

/// The spans of a card, and the rectangle of their first visible row.
pub(super) struct CardGroup<'a> {
    /// The span the card shows; of several, the current one.
    pub item: &'a VisibleSpan,
    /// Equal spans of other annotators.
    pub others: Vec<&'a VisibleSpan>,
    /// The first visible row.
    pub row: Rect,
}

impl CardGroup<'_> {
    /// Returns all spans of the card.
    pub fn spans(&self) -> impl Iterator<Item = &VisibleSpan> {
        std::iter::once(self.item).chain(self.others.iter().copied())
    }

    /// Returns whether a span is one of the card's.
    pub fn holds(&self, at: Option<&SpanRef>) -> bool {
        at.is_some_and(|at| self.spans().any(|item| item.at == *at))
    }

    /// Returns the annotator's name or, for several, their initials. Empty for a span of the user.
    pub fn annotators(&self) -> String {
        if self.others.is_empty() {
            return if self.item.mine { String::new() } else { self.item.annotator.clone() };
        }
        let mut all: Vec<&VisibleSpan> = self.spans().collect();
        all.sort_by_key(|item| item.key.layer);
        all.iter().map(|item| item.initials.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Returns the span that a click makes current: the card's, or the one after the current one.
    pub fn click_target(&self, current: Option<&SpanRef>) -> SpanRef {
        let mut all: Vec<&VisibleSpan> = self.spans().collect();
        all.sort_by_key(|item| item.key.layer);
        super::visible::next_at_click(&all, current).unwrap_or_else(|| self.item.at.clone())
    }
}

/// Returns the spans with a visible row, from top to bottom.
pub(super) fn card_groups<'a>(
    spans: &'a [VisibleSpan],
    frame: &Frame<'_>,
    blocks: &[VisibleBlock],
) -> Vec<CardGroup<'a>> {
    let view = frame.geometry.view;
    let mut groups: Vec<CardGroup<'a>> = Vec::new();
    for item in spans {
        let mut row: Option<Rect> = None;
        for block in blocks {
            block.rects(item.range, |rect| {
                if row.is_none() && rect.center().y >= view.top() && rect.center().y <= view.bottom() {
                    row = Some(rect);
                }
            });
        }
        if let Some(row) = row
            && !groups.iter().any(|group| group.item.at == item.at)
        {
            groups.push(CardGroup { item, others: Vec::new(), row });
        }
    }
    groups.sort_by(|a, b| {
        a.row.top().total_cmp(&b.row.top()).then(a.item.range.start.cmp(&b.item.range.start))
    });
    let annotated =
        frame.page.layers.iter().filter(|layer| layer.layer.spans_unsorted().next().is_some()).count();
    if annotated < MERGE_FROM_LAYERS { groups } else { merged_groups(groups, frame.page.current_span) }
}

/// Merges the cards of equal spans. The current span comes first in its card.
fn merged_groups<'a>(groups: Vec<CardGroup<'a>>, current: Option<&SpanRef>) -> Vec<CardGroup<'a>> {
    let mut out: Vec<CardGroup<'a>> = Vec::with_capacity(groups.len());
    for mut group in groups {
        let start = group.item.range.start;
        let near = out.iter_mut().rev().take_while(|before| before.item.range.start == start);
        match near.into_iter().find(|before| says_the_same(before.item, group.item)) {
            Some(before) => {
                if current == Some(&group.item.at) {
                    std::mem::swap(&mut before.item, &mut group.item);
                }
                before.others.push(group.item);
            }
            None => out.push(group),
        }
    }
    out
}

/// Returns whether two spans have the same words, category and attributes. Spans with links or a verdict keep a card
/// of their own.
fn says_the_same(a: &VisibleSpan, b: &VisibleSpan) -> bool {
    let plain = |item: &VisibleSpan| item.links.is_empty() && item.verdict.is_none();
    a.key.layer != b.key.layer
        && plain(a)
        && plain(b)
        && a.span.category == b.span.category
        && a.span.ranges == b.span.ranges
        && a.span.attributes == b.span.attributes
}
