//! Sizes of panels: each as large as the user made it if there is room. egui forgets the size that the user chose
//! when a small window leaves less, so it is kept here.

use egui::{PanelState, Rangef, Rect, Ui, vec2};

/// The direction in which a panel is resized.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Along {
    /// A panel on the left or right.
    Width,
    /// A panel at the top or bottom.
    Height,
}

/// Sets the size of the panel `name`, which is shown in `ui` next: the one chosen by the user or `default`, moved into
/// `range`. Returns it, in points.
pub fn panel_size(ui: &Ui, name: &str, along: Along, default: f32, range: Rangef) -> f32 {
    let id = ui.scope_id().with(name);
    let chosen_id = id.with("chosen size");
    let stored = PanelState::load(ui, id).map(|state| match along {
        Along::Width => state.outer_rect.width(),
        Along::Height => state.outer_rect.height(),
    });
    let known: Option<(f32, f32)> = ui.data_mut(|data| data.get_persisted(chosen_id));
    let chosen = chosen(stored, known, default);
    let size = range.clamp(chosen).round();
    let outer_rect = Rect::from_min_size(
        egui::Pos2::ZERO,
        match along {
            Along::Width => vec2(size, 0.0),
            Along::Height => vec2(0.0, size),
        },
    );
    ui.data_mut(|data| {
        data.insert_persisted(chosen_id, (chosen, size));
        data.insert_persisted(id, PanelState { outer_rect });
    });
    size
}

/// Returns the size that the user wants. `stored` is the panel's size as egui knows it, `known` the size that the user chose
/// before and the one that was set for it: if these differ, the user has dragged the splitter.
fn chosen(stored: Option<f32>, known: Option<(f32, f32)>, default: f32) -> f32 {
    match (stored, known) {
        (Some(stored), Some((_, set))) if (stored - set).abs() >= 1.0 => stored,
        (_, Some((chosen, _))) => chosen,
        (Some(stored), None) => stored,
        (None, None) => default,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_that_had_no_room_gets_its_size_back() {
        assert_eq!(chosen(None, None, 250.0), 250.0);
        assert_eq!(chosen(Some(300.0), None, 250.0), 300.0, "from an earlier version");
        assert_eq!(chosen(Some(180.0), Some((300.0, 180.0)), 250.0), 300.0, "a small window left less");
        assert_eq!(chosen(Some(220.0), Some((300.0, 180.0)), 250.0), 220.0, "the user has dragged it");
    }
}
