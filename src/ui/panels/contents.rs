//! The contents of the open document: its headings with their pages, its pages, or the times of a transcript.

use egui::{EventFilter, FontId, Id, Key, Modifiers, Rect, Response, Sense, Ui, vec2};

use crate::commands::CommandId;
use crate::requests::Requests;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use crate::words::{documents as words, window};
use demarche_session::{NavigateAction, Outline, OutlineEntry, Session};

/// Indentation per level, in points.
const INDENT: f32 = 14.0;
/// Deepest level that is still indented further.
const DEEPEST: usize = 5;

/// The state of the panel between frames.
#[derive(Default)]
pub struct ContentsPanel {
    /// The entry at the reading position, as last shown.
    current: Option<usize>,
    /// The entry at the keyboard cursor, while the list has the keyboard focus.
    cursor: Option<usize>,
    wants_focus: bool,
}

impl ContentsPanel {
    /// Gives the list the keyboard focus in the next frame.
    pub fn request_focus(&mut self) {
        self.wants_focus = true;
    }

    fn id() -> Id {
        Id::unique("contents of the document")
    }

    /// Shows the list. `reading` is the reading position in bytes.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, reading: usize, requests: &mut Requests) {
        let Some(document) = session.document() else {
            return widgets::empty_state(ui, window::no_document(), words::contents_hint());
        };
        let Some(outline) = Outline::new(document) else {
            let hint =
                if document.is_loaded() { words::no_contents_hint() } else { words::contents_unread() };
            return widgets::empty_state(ui, words::no_contents(), hint);
        };
        let rect = ui.available_rect_before_wrap();
        let list = ui.interact(rect, Self::id(), Sense::click());
        let label = || words::contents_label(outline.len(), outline.noun());
        list.widget_info(|| egui::WidgetInfo::labeled(egui::Role::List, true, label()));
        if std::mem::take(&mut self.wants_focus) {
            list.request_focus();
        }
        let current = outline.at(reading);
        let mut show = (self.current != current).then_some(current).flatten();
        self.current = current;
        if list.has_focus() {
            show = self.keys(ui, &outline, current, requests).or(show);
        } else {
            self.cursor = None;
        }
        self.list(ui, &outline, show, &list, requests);
    }

    fn list(
        &mut self,
        ui: &mut Ui,
        outline: &Outline<'_>,
        show: Option<usize>,
        list: &Response,
        requests: &mut Requests,
    ) {
        let mut scroll = egui::ScrollArea::vertical().id_salt("contents").auto_shrink(false);
        if let Some(index) = show {
            let offset =
                index as f32 * (size::ROW + ui.spacing().item_spacing.y) - ui.available_height() / 2.0;
            scroll = scroll.vertical_scroll_offset(offset.max(0.0));
        }
        let mut clicked = None;
        scroll.show_rows(ui, size::ROW, outline.len(), |ui, rows| {
            for index in rows {
                let Some(entry) = outline.entry(index) else { continue };
                let ring = list.has_focus() && self.cursor == Some(index);
                if row(ui, &entry, self.current == Some(index), ring).clicked() {
                    clicked = Some(entry.at);
                }
            }
        });
        requests.extend(clicked.map(NavigateAction::GoToOffset));
    }

    /// Handles the keys of this frame, and returns the entry to scroll to.
    fn keys(
        &mut self,
        ui: &Ui,
        outline: &Outline<'_>,
        current: Option<usize>,
        requests: &mut Requests,
    ) -> Option<usize> {
        let filter =
            EventFilter { vertical_arrows: true, horizontal_arrows: false, escape: true, tab: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(Self::id(), filter));
        let page = (ui.available_height() / size::ROW).floor().max(2.0) as usize - 1;
        let last = outline.len().saturating_sub(1);
        let was = self.cursor;
        let mut at = self.cursor.or(current).unwrap_or(0).min(last);
        let take = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        for (key, to) in [
            (Key::ArrowDown, at + 1),
            (Key::ArrowUp, at.saturating_sub(1)),
            (Key::PageDown, at + page),
            (Key::PageUp, at.saturating_sub(page)),
            (Key::Home, 0),
            (Key::End, last),
        ] {
            if take(key) {
                at = to.min(last);
            }
        }
        self.cursor = Some(at);
        if take(Key::Enter)
            && let Some(entry) = outline.entry(at)
        {
            requests.push(NavigateAction::GoToOffset(entry.at));
            requests.push(CommandId::FocusText);
        }
        if take(Key::Escape) {
            requests.push(CommandId::FocusText);
        }
        (was != self.cursor).then_some(at)
    }
}

fn row(ui: &mut Ui, entry: &OutlineEntry, current: bool, ring: bool) -> Response {
    let label = words::contents_entry(&entry.title, &entry.words, &entry.page);
    let (rect, response) = widgets::row(ui, size::ROW, current, &label);
    if ring {
        widgets::focus_ring(ui, rect);
    }
    let tokens = Tokens::of(ui);
    let small = FontId::proportional(size::SMALL);
    let inner = rect.shrink2(vec2(space::S, 0.0));
    let end = match entry.page.as_str() {
        "" => inner.right(),
        page => widgets::line_right(ui, inner, page, small.clone(), tokens.text_weak) - space::S,
    };
    let start = inner.left() + entry.depth.min(DEEPEST) as f32 * INDENT;
    let title = Rect::from_x_y_ranges(start..=end.max(start), inner.y_range());
    let font = if current { strong(size::INTERFACE) } else { FontId::proportional(size::INTERFACE) };
    let end = widgets::line(ui, title, &entry.title, font, tokens.text);
    if !entry.words.is_empty() {
        let rest = title.with_min_x((end + space::S).max(start + 44.0));
        widgets::line(ui, rest, &entry.words, small, tokens.text_weak);
    }
    response.on_hover_text(label)
}
