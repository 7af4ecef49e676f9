//! What screen readers and tests find: the blocks in sight as paragraphs, the spans in sight as marks.

use egui::accesskit::{Action as Asked, Role};
use egui::{Id, Rect, Sense};

use super::items::{Item, Items, Shown};
use super::{Frame, TextView};

/// Longest quote in a label, in characters.
const QUOTE: usize = 80;

/// Makes a node for every block and span in sight, and picks a span that was asked for. Does nothing where nobody
/// reads the tree.
pub(super) fn describe(frame: &mut Frame<'_>, shown: &[Shown], items: &Items) {
    if !frame.ctx.has_accesskit_node(TextView::id()) {
        return;
    }
    for block in shown {
        let text = frame.page.text.slice(block.range);
        if text.trim().is_empty() {
            continue;
        }
        let id = TextView::id().with(("block", frame.page.id.as_str(), block.block));
        let size = egui::vec2(frame.geometry.wrap, block.map.height());
        node(frame, id, Rect::from_min_size(block.origin, size), |node| {
            node.set_role(Role::Paragraph);
            node.set_value(text);
        });
    }
    let first_ranges = items
        .all()
        .iter()
        .enumerate()
        .filter(|&(at, item)| items.all().iter().take(at).all(|before| before.at != item.at));
    for (_, item) in first_ranges {
        describe_span(frame, shown, item);
    }
}

fn describe_span(frame: &mut Frame<'_>, shown: &[Shown], item: &Item) {
    let view = frame.geometry.view;
    let mut bounds: Option<Rect> = None;
    // The first row in sight: so the middle of the node lies on the words.
    for block in shown {
        block.rects(item.range, |rect| {
            if bounds.is_none() && view.contains(rect.center()) {
                bounds = Some(rect);
            }
        });
    }
    let Some(bounds) = bounds else { return };
    let id = TextView::id().with(("span", item.at.layer.annotator.as_str(), item.at.span.0.as_u128()));
    let label = format!("{}: {}", frame.page.codebook.name_of(&item.span.category), quote(frame, item));
    let picked = frame.page.picks(&item.at);
    node(frame, id, bounds, |node| {
        node.set_role(Role::Mark);
        node.set_label(label);
        node.set_description(item.annotator.clone());
        node.set_selected(picked);
        node.add_action(Asked::Click);
    });
    if frame.ctx.input(|input| input.has_accesskit_action_request(id, Asked::Click)) {
        frame.pick(Some(item.at.clone()));
    }
}

fn quote(frame: &Frame<'_>, item: &Item) -> String {
    let words = frame.page.text.slice(item.range);
    let mut quote: String = words.chars().take(QUOTE).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if quote.len() < words.len() {
        quote.push('…');
    }
    quote
}

/// Writes a node that stands beside that of the view.
fn node(frame: &Frame<'_>, id: Id, rect: Rect, write: impl FnOnce(&mut egui::accesskit::Node)) {
    // Registers the place in the tree; senses nothing, so that the pointer reaches the view.
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
