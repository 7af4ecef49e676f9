//! The room of the panels on both sides of the text, table or figure. They shrink before it does, and if both don't fit,
//! one folds.

use egui::Rangef;

/// The widths of the parts of a screen, in points: least and greatest ones for the side panels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Limits {
    /// Of the left panel.
    pub left: Rangef,
    /// The least width of what is between them, with its margins.
    pub middle: f32,
    /// Of the right panel.
    pub right: Rangef,
}

/// The limits of the Annotate screen.
pub const ANNOTATE: Limits = Limits {
    left: Rangef { min: 180.0, max: 460.0 },
    middle: 420.0,
    // A page of an original can be read at its width.
    right: Rangef { min: 300.0, max: 840.0 },
};

/// The limits of the Compare screen.
pub const COMPARE: Limits = Limits {
    left: Rangef { min: 160.0, max: 420.0 },
    middle: 420.0,
    right: Rangef { min: 300.0, max: 640.0 },
};

/// The limits of the Agreement screen, which has no right panel.
pub const AGREEMENT: Limits =
    Limits { left: Rangef { min: 180.0, max: 460.0 }, middle: 480.0, right: Rangef { min: 0.0, max: 0.0 } };

/// The limits of the Analyse screen.
pub const ANALYSE: Limits = Limits {
    left: Rangef { min: 150.0, max: 320.0 },
    middle: 480.0,
    right: Rangef { min: 220.0, max: 560.0 },
};

/// A side panel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Side {
    /// Documents and codebook, or what is asked.
    #[default]
    Left,
    /// Inspector, summary, review, inbox, or passages behind a figure.
    Right,
}

/// The widths that the side panels may have; `None` for one that is closed or has no room.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sides {
    /// The left panel.
    pub left: Option<Rangef>,
    /// The right panel, if the left one has its least width.
    pub right: Option<Rangef>,
}

impl Sides {
    /// Divides a width. `open` says which of the two panels are open; `preferred` stays if they don't both fit.
    pub fn new(width: f32, limits: Limits, open: (bool, bool), preferred: Side) -> Self {
        let room = (width - limits.middle).max(0.0);
        let both = open.0 && open.1;
        let fits = !both || room >= limits.left.min + limits.right.min;
        let left = open.0 && (fits || preferred == Side::Left);
        let right = open.1 && (fits || preferred == Side::Right);
        let up_to = |range: Rangef, room: f32| Rangef::new(range.min, room.clamp(range.min, range.max));
        let for_left = if right { room - limits.right.min } else { room };
        let for_right = if left { room - limits.left.min } else { room };
        Self {
            left: left.then(|| up_to(limits.left, for_left)),
            right: right.then(|| up_to(limits.right, for_right)),
        }
    }

    /// Returns the widths of the right panel next to a left one of this width.
    pub fn right_of(&self, left: f32) -> Option<Rangef> {
        let least = self.left.map_or(0.0, |range| range.min);
        self.right.map(|range| Rangef::new(range.min, (range.max + least - left).clamp(range.min, range.max)))
    }

    /// Returns the width that is left for the text if the panels are as narrow as they get.
    pub fn text_width(&self, width: f32, limits: Limits) -> f32 {
        let left = self.left.map_or(0.0, |_| limits.left.min);
        width - left - self.right.map_or(0.0, |_| limits.right.min)
    }

    /// Returns whether a panel has room.
    pub fn has(&self, side: Side) -> bool {
        match side {
            Side::Left => self.left.is_some(),
            Side::Right => self.right.is_some(),
        }
    }
}

impl Default for Sides {
    fn default() -> Self {
        Self { left: Some(ANNOTATE.left), right: Some(ANNOTATE.right) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_keeps_its_least_width() {
        for (width, limits) in [760.0, 840.0, 1024.0, 1280.0, 1920.0, 3840.0]
            .into_iter()
            .flat_map(|width| [ANNOTATE, COMPARE, ANALYSE].map(|limits| (width, limits)))
        {
            for open in [(true, true), (true, false), (false, true)] {
                for preferred in [Side::Left, Side::Right] {
                    let sides = Sides::new(width, limits, open, preferred);
                    let left = sides.left.map_or(0.0, |range| range.max);
                    let right = sides.right_of(left).map_or(0.0, |range| range.max);
                    assert!(width - left - right >= limits.middle, "{width} {open:?}: {sides:?}");
                    assert!(sides.left.is_some() || sides.right.is_some());
                }
            }
        }
    }

    #[test]
    fn one_panel_folds_if_both_do_not_fit() {
        let at = |preferred| Sides::new(760.0, ANNOTATE, (true, true), preferred);
        assert!(at(Side::Left).left.is_some() && at(Side::Left).right.is_none());
        assert!(at(Side::Right).left.is_none() && at(Side::Right).right.is_some());
    }
}
