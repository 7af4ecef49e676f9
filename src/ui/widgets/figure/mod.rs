//! A figure in the window: paints the visible part of a scene, and reports what the user points at, clicks and walks to.

mod access;
mod paint;

use std::collections::BTreeSet;

use egui::{EventFilter, Id, Key, Modifiers, Rect, Response, Sense, Ui, vec2};

use demarche_analysis::figure::{Area, CellKey, Direction, Palette, Point, Scene};

use paint::Painting;

/// A figure that is being shown.
pub struct Figure<'a> {
    scene: &'a Scene,
    id: Id,
    marked: &'a BTreeSet<CellKey>,
    current: Option<CellKey>,
    is_draggable: bool,
}

/// What the user wants with a cell. The caller decides what it does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FigureEvent {
    /// Move to a cell, by an arrow key.
    Walk(CellKey),
    /// Mark a cell, by a click or the space bar; with Shift, in addition to others.
    Mark {
        /// The cell.
        key: CellKey,
        /// True to keep the other marks.
        add: bool,
    },
    /// Open what is behind a cell, by a double click or Enter.
    Open(CellKey),
    /// Put a cell at a point, by dragging it.
    Drag {
        /// The cell.
        key: CellKey,
        /// Where the point is, in points from the left.
        x: f32,
        /// In points from the top.
        y: f32,
    },
    /// A click beside all cells.
    Nothing,
}

/// A figure that has been shown.
pub struct FigureResponse {
    /// Its space; has the keyboard focus if the figure has it.
    pub response: Response,
    /// What the user wants, if anything.
    pub event: Option<FigureEvent>,
    /// The cell under the pointer.
    pub hovered: Option<CellKey>,
}

impl<'a> Figure<'a> {
    /// A figure of a scene. `marked` are outlined.
    pub fn new(id: Id, scene: &'a Scene, marked: &'a BTreeSet<CellKey>) -> Self {
        Self { scene, id, marked, current: None, is_draggable: false }
    }

    /// The cell at which the keyboard is.
    pub fn current(self, current: Option<CellKey>) -> Self {
        Self { current, ..self }
    }

    /// Whether cells can be dragged.
    pub fn draggable(self, is_draggable: bool) -> Self {
        Self { is_draggable, ..self }
    }

    /// Shows the figure at its own size; the caller puts it into a scroll area.
    pub fn show(self, ui: &mut Ui) -> FigureResponse {
        let size = vec2(self.scene.width_pt, self.scene.height_pt);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let mut response = ui.interact(
            rect,
            self.id,
            if self.is_draggable { Sense::click_and_drag() } else { Sense::click() },
        );
        let hovered = response.hover_pos().and_then(|at| self.cell_at(rect, at));
        self.paint(ui, rect, &response, hovered);
        let spoken = access::describe(ui, &self, rect);
        let event = spoken
            .or_else(|| self.dragged(ui, rect, &response))
            .or_else(|| self.pointed(ui, rect, &response))
            .or_else(|| self.typed(ui, &response));
        if response.clicked() {
            response.request_focus();
        }
        if let Some(cell) = hovered.and_then(|key| self.scene.cell_of(key)) {
            response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
            response = response.on_hover_text_at_pointer(cell.label.as_str());
        }
        FigureResponse { response, event, hovered }
    }

    /// Scrolls the surrounding area until a cell is in sight.
    pub fn scroll_to(scene: &Scene, key: CellKey, figure: Rect, ui: &Ui) {
        if let Some(cell) = scene.cell_of(key) {
            ui.scroll_to_rect(on_screen(cell.bounds.grown(12.0), figure), None);
        }
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response, hovered: Option<CellKey>) {
        let palette = palette(ui);
        let painting = Painting { ui, palette, origin: rect.min };
        let part = in_scene(ui.clip_rect().intersect(rect), rect);
        painting.surface(rect);
        for item in self.scene.items_in(part) {
            painting.shape(&item.shape);
        }
        let cell =
            |key: CellKey| self.scene.cell_of(key).filter(|cell| cell.bounds.grown(6.0).overlaps(part));
        if let Some(cell) = hovered.and_then(cell) {
            painting.hover(cell);
        }
        self.marked.iter().filter_map(|&key| cell(key)).for_each(|cell| painting.mark(cell));
        if let Some(cell) = self.current.filter(|_| response.has_focus()).and_then(cell) {
            painting.focus(cell);
        }
    }

    fn cell_at(&self, rect: Rect, at: egui::Pos2) -> Option<CellKey> {
        self.scene.hit(Point::new(at.x - rect.left(), at.y - rect.top())).copied()
    }

    /// Shows where a dragged cell would go, and returns where it was dropped.
    fn dragged(&self, ui: &Ui, rect: Rect, response: &Response) -> Option<FigureEvent> {
        let is_dragged = response.dragged() || response.drag_stopped();
        let at = response.interact_pointer_pos().filter(|_| self.is_draggable && is_dragged)?;
        let start = ui.input(|input| input.pointer.press_origin());
        let remembered = self.id.with("dragged");
        if response.drag_started()
            && let Some(key) = start.and_then(|start| self.cell_at(rect, start))
        {
            ui.data_mut(|data| data.insert_temp(remembered, key));
        }
        let key = ui.data(|data| data.get_temp::<CellKey>(remembered))?;
        let at = rect.clamp(at);
        ui.painter().circle_stroke(at, 12.0, egui::Stroke::new(2.0, crate::theme::Tokens::of(ui).accent));
        if !response.drag_stopped() {
            return None;
        }
        ui.data_mut(|data| data.remove::<CellKey>(remembered));
        Some(FigureEvent::Drag { key, x: at.x - rect.left(), y: at.y - rect.top() })
    }

    /// What a click wants.
    fn pointed(&self, ui: &Ui, rect: Rect, response: &Response) -> Option<FigureEvent> {
        let at = response.interact_pointer_pos().filter(|_| response.clicked())?;
        let Some(key) = self.cell_at(rect, at) else { return Some(FigureEvent::Nothing) };
        if response.double_clicked() {
            return Some(FigureEvent::Open(key));
        }
        let add = ui.input(|input| input.modifiers.shift || input.modifiers.command);
        Some(FigureEvent::Mark { key, add })
    }

    /// What a key wants, if the figure has the focus.
    fn typed(&self, ui: &Ui, response: &Response) -> Option<FigureEvent> {
        if !response.has_focus() {
            return None;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        for (key, direction) in ARROWS {
            if pressed(Modifiers::NONE, key) {
                let to = match self.current.filter(|&key| self.scene.cell_of(key).is_some()) {
                    Some(current) => self.scene.neighbour(current, direction),
                    None => self.scene.first_cell(),
                };
                return to.map(FigureEvent::Walk);
            }
        }
        let key = self.current?;
        if pressed(Modifiers::SHIFT, Key::Space) {
            Some(FigureEvent::Mark { key, add: true })
        } else if pressed(Modifiers::NONE, Key::Space) {
            Some(FigureEvent::Mark { key, add: false })
        } else {
            pressed(Modifiers::NONE, Key::Enter).then_some(FigureEvent::Open(key))
        }
    }
}

/// The arrow keys.
const ARROWS: [(Key, Direction); 4] = [
    (Key::ArrowLeft, Direction::Left),
    (Key::ArrowRight, Direction::Right),
    (Key::ArrowUp, Direction::Up),
    (Key::ArrowDown, Direction::Down),
];

/// Returns the palette of the theme of `ui`.
pub fn palette(ui: &Ui) -> &'static Palette {
    if ui.visuals().dark_mode { &Palette::DARK } else { &Palette::LIGHT }
}

/// A part of the window in the coordinates of a figure.
fn in_scene(part: Rect, figure: Rect) -> Area {
    let moved = part.translate(-figure.min.to_vec2());
    Area { left: moved.left(), top: moved.top(), right: moved.right(), bottom: moved.bottom() }
}

/// A part of a figure in the coordinates of the window.
fn on_screen(area: Area, figure: Rect) -> Rect {
    let min = figure.min + vec2(area.left, area.top);
    Rect::from_min_size(min, vec2(area.width(), area.height()))
}

#[cfg(test)]
mod tests {
    use demarche_analysis::figure::{Ink, Palette};
    use demarche_model::Colour;

    use crate::theme::Tokens;

    #[test]
    fn figures_have_the_colours_of_the_window() {
        for (palette, tokens) in [(Palette::LIGHT, Tokens::LIGHT), (Palette::DARK, Tokens::DARK)] {
            let pairs = [
                (Ink::Text, tokens.text),
                (Ink::Weak, tokens.text_weak),
                (Ink::Faint, tokens.text_faint),
                (Ink::Line, tokens.line),
                (Ink::Surface, tokens.page),
                (Ink::Panel, tokens.panel),
            ];
            for (ink, colour) in pairs {
                assert_eq!(palette.resolve(ink), colour.to_array(), "{ink:?}");
            }
            for colour in Colour::PALETTE {
                let figure = palette.resolve(Ink::Category(colour));
                let window = tokens.category(colour).to_array();
                let near = figure.iter().zip(window).all(|(one, other)| one.abs_diff(other) <= 1);
                assert!(near, "{colour}: {figure:?} {window:?}");
            }
        }
    }
}
