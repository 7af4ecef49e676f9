//! The row above the page: its number, and buttons.

use egui::{Key, Ui};

use super::picture::Zoom;
use crate::theme::{icons as m, size, space};
use crate::widgets;
use crate::words::original as words;
use demarche_model::Anchors;

/// Width of the field with the number of the page, in points.
const FIELD: f32 = 44.0;

/// What the user asks for.
pub(super) enum Turn {
    /// Shows the page with this index.
    To(usize),
    /// Goes to a byte of the text.
    ToText(usize),
    /// Opens the original in its own program.
    OpenOriginal,
}

/// The state of the row between frames.
#[derive(Default)]
pub(super) struct Bar {
    /// What is being typed into the field.
    typed: Option<String>,
    wants_focus: bool,
}

impl Bar {
    pub fn request_focus(&mut self) {
        self.wants_focus = true;
    }

    /// Shows the row. `page` is an index from 0; the number of pages is unknown until one has been drawn.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        anchors: &Anchors,
        (page, count): (usize, Option<usize>),
        zoom: &mut Zoom,
    ) -> Vec<Turn> {
        let mut turns = Vec::new();
        ui.horizontal(|ui| {
            ui.set_min_height(size::ROW);
            ui.spacing_mut().item_spacing.x = space::XS;
            let previous = ui.add_enabled_ui(page > 0, |ui| {
                widgets::icon_button(ui, m::ICON_NAVIGATE_BEFORE, words::previous())
            });
            if previous.inner.clicked() {
                turns.push(Turn::To(page.saturating_sub(1)));
            }
            turns.extend(self.field(ui, anchors, (page, count)).map(Turn::To));
            if let Some(count) = count {
                widgets::weak(ui, words::of(count));
            }
            let has_next = count.is_some_and(|count| page + 1 < count);
            let next = ui.add_enabled_ui(has_next, |ui| {
                widgets::icon_button(ui, m::ICON_NAVIGATE_NEXT, words::next())
            });
            if next.inner.clicked() {
                turns.push(Turn::To(page + 1));
            }
            let is_whole = *zoom == Zoom::Page;
            if widgets::icon_toggle(ui, m::ICON_SWAP_VERT, is_whole, words::whole_page()).clicked() {
                *zoom = if is_whole { Zoom::Width } else { Zoom::Page };
            }
            if let Some((at, _)) = anchors.pages().nth(page)
                && widgets::icon_button(ui, m::ICON_SHORT_TEXT, words::to_text()).clicked()
            {
                turns.push(Turn::ToText(at));
            }
            if widgets::icon_button(ui, m::ICON_FILE_OPEN, words::open()).clicked() {
                turns.push(Turn::OpenOriginal);
            }
        });
        turns
    }

    /// Shows the field with the number of the page. Returns the index of the page that was typed, once Enter is pressed.
    fn field(
        &mut self,
        ui: &mut Ui,
        anchors: &Anchors,
        (page, count): (usize, Option<usize>),
    ) -> Option<usize> {
        let mut text = self.typed.take().unwrap_or_else(|| (page + 1).to_string());
        let field = widgets::bare_field(ui, words::field(), &mut text, "", FIELD);
        if std::mem::take(&mut self.wants_focus) {
            field.request_focus();
        }
        if field.lost_focus() {
            let is_entered = ui.input(|input| input.key_pressed(Key::Enter));
            return is_entered.then(|| index(&text, anchors, count)).flatten();
        }
        self.typed = field.has_focus().then_some(text);
        None
    }
}

/// Returns the index of a page by its number in the file or, if it is none, by its name in the text.
fn index(typed: &str, anchors: &Anchors, count: Option<usize>) -> Option<usize> {
    let number = typed.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let named = || anchors.pages().position(|(_, name)| name.eq_ignore_ascii_case(typed.trim()));
    let last = count?.checked_sub(1)?;
    number.map(|number| number.min(last)).or_else(named).filter(|page| *page <= last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_model::{Anchor, AnchorKind};

    #[test]
    fn a_page_is_found_by_number_and_by_name() {
        let page = |(at, name): (usize, &str)| Anchor { at, kind: AnchorKind::Page(name.into()) };
        let anchors = Anchors::new([(0, "i"), (5, "ii"), (9, "1")].map(page).to_vec());
        let found = |typed| index(typed, &anchors, Some(3));
        assert_eq!([" 1", "3", "99", "II"].map(found), [Some(0), Some(2), Some(2), Some(1)]);
        assert_eq!(["0", "", "x", "-1"].map(found), [None; 4]);
        assert_eq!(index("1", &anchors, None), None, "the number of pages is unknown");
    }
}
