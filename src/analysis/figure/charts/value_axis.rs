//! The axis of values: lines, labels and a title that reads upwards.

use crate::figure::axis::{Axis, TICK};
use crate::figure::{Anchor, Area, Face, Ink, Scene, Stroke};

/// Adds the lines, labels and title of a value axis.
pub(super) fn value_axis(scene: &mut Scene, axis: &Axis, area: Area, title: &str) {
    for &tick in &axis.ticks {
        let y = area.bottom - axis.share(tick) * area.height();
        scene.level(area.left, area.right, y, Stroke::new(Ink::Line, 1.0));
        scene.text(area.left - 8.0, y, Anchor::End, TICK, Ink::Weak, axis.label(tick));
    }
    if !title.is_empty() {
        let x = area.left - axis.label_width_pt(TICK) - 18.0;
        let title = crate::figure::shorten(title, Face::TINY, area.height() + 14.0);
        scene.text_upwards(x, area.centre().y, Face::TINY, Ink::Weak, title);
    }
}
