//! Accessibility nodes for screen readers and tests: visible blocks are paragraphs, visible spans are marks.

use egui::accesskit::{Action, Role};
use egui::{Id, Rect, Sense};

use super::Frame;
use super::visible::{VisibleBlock, VisibleSpan, VisibleSpans};

/// Maximum length of a quote in a label, in characters.
const QUOTE_CHARS: usize = 80;

/// Adds a node for every visible block and span, and makes the span that a screen reader clicks current. Does nothing if
/// the tree is not read.
pub(super) fn describe(frame: &mut Frame<'_>, blocks: &[VisibleBlock], visible: &VisibleSpans) {
    if !frame.ctx.has_accesskit_node(frame.id) {
        return;
    }
    for block in blocks {
        let text = frame.page.text.slice(block.range);
        if text.trim().is_empty() {
            continue;
        }
        let id = frame.id.with(("block", frame.page.id.as_str(), block.block));
        let size = egui::vec2(frame.geometry.wrap, block.map.height());
        add_node(frame, id, Rect::from_min_size(block.origin, size), |node| {
            node.set_role(Role::Paragraph);
            node.set_value(text);
        });
    }
    let first_ranges = visible
        .all()
        .iter()
        .enumerate()
        .filter(|&(at, item)| visible.all().iter().take(at).all(|before| before.at != item.at));
    for (_, item) in first_ranges {
        describe_span(frame, blocks, item);
    }
}

fn describe_span(frame: &mut Frame<'_>, blocks: &[VisibleBlock], item: &VisibleSpan) {
    let view = frame.geometry.view;
    let mut bounds: Option<Rect> = None;
    // The first visible row, so that the centre of the node is on the words.
    for block in blocks {
        block.rects(item.range, |rect| {
            if bounds.is_none() && view.contains(rect.center()) {
                bounds = Some(rect);
            }
        });
    }
    let Some(bounds) = bounds else { return };
    let id = frame.id.with(("span", item.at.layer.annotator.as_str(), item.at.span.0.as_u128()));
    let label = format!("{}: {}", frame.page.codebook.name_of(&item.span.category), quote(frame, item));
    let highlighted = frame.page.is_highlighted(&item.at);
    add_node(frame, id, bounds, |node| {
        node.set_role(Role::Mark);
        node.set_label(label);
        node.set_description(item.annotator.clone());
        node.set_selected(highlighted);
        node.add_action(Action::Click);
    });
    if frame.ctx.input(|input| input.has_accesskit_action_request(id, Action::Click)) {
        frame.set_current(Some(item.at.clone()));
    }
}

fn quote(frame: &Frame<'_>, item: &VisibleSpan) -> String {
    let words = frame.page.text.slice(item.range);
    let mut quote: String =
        words.chars().take(QUOTE_CHARS).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if quote.len() < words.len() {
        quote.push('…');
    }
    quote
}

/// Adds a node as a sibling of the view's.
fn add_node(frame: &Frame<'_>, id: Id, rect: Rect, write: impl FnOnce(&mut egui::accesskit::Node)) {
    // Registers the node in the tree. It senses nothing, so that pointer events reach the view.
    frame.ui.interact(rect, id, Sense::hover());
    frame.ctx.accesskit_node_builder(id, |node| {
        node.set_bounds(egui::accesskit::Rect {
            x0: rect.min.x.into(),
            y0: rect.min.y.into(),
            x1: rect.max.x.into(),
            y1: rect.max.y.into(),
        });
        write(node);
    });
}
