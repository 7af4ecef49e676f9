//! The geometry of the view: the column of text, the cards next to it, the overview.

use egui::{Rect, pos2, vec2};

use crate::theme::{size, space};

/// Width of the overview in points.
pub const OVERVIEW: f32 = 14.0;
/// Least and greatest width of a card in points.
const CARD: std::ops::RangeInclusive<f32> = 168.0..=300.0;
/// Extra space for links next to the cards, in points.
const LINKS: f32 = 12.0;
/// Views narrower than this many points show ticks instead of cards.
const MIN_CARDS_WIDTH: f32 = 560.0;

/// Views narrower than this many points have no gutter to the left of the text.
const MIN_GUTTER_WIDTH: f32 = 400.0;

/// What is to the right of the text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum SideMargin {
    /// Cards from this x on, as wide as this.
    Cards { left: f32, width: f32 },
    /// Coloured ticks at this x.
    Ticks(f32),
    /// Nothing.
    Empty,
}

/// The geometry of a frame, in points.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Geometry {
    /// Text, cards and the space around them.
    pub view: Rect,
    /// The overview.
    pub overview: Rect,
    /// Left edge of the text.
    pub left: f32,
    /// Width at which the text wraps; a whole number of points, because egui rounds it.
    pub wrap: f32,
    /// The part to the right of the text.
    pub margin: SideMargin,
}

impl Geometry {
    /// Divides `rect` for a text whose characters are `mean_advance` points wide on average. `gutter` is the width
    /// needed to the left of the text, in points.
    pub fn new(rect: Rect, mean_advance: f32, gutter: f32) -> Self {
        let overview =
            Rect::from_min_max(pos2((rect.right() - OVERVIEW).max(rect.left()), rect.top()), rect.max);
        let view = Rect::from_min_size(rect.min, vec2((rect.width() - OVERVIEW).max(1.0), rect.height()));
        let widest = (mean_advance * size::COLUMN_CHARS).ceil();
        let pad = if view.width() < MIN_CARDS_WIDTH { space::L } else { space::XL };
        let (beside, cards) = if view.width() < MIN_CARDS_WIDTH {
            (if view.width() > 120.0 { space::M } else { 0.0 }, false)
        } else {
            (space::L + CARD.start(), true)
        };
        let links = if cards { LINKS } else { 0.0 };
        let lead = (pad - links).max(if view.width() < MIN_GUTTER_WIDTH { 0.0 } else { gutter });
        let wrap = (view.width() - pad - links - lead - beside).min(widest).floor().max(24.0);
        let centred = (view.width() - wrap) / 2.0;
        let left = centred.min(view.width() - pad - links - beside - wrap);
        let left = left.max(lead.min(view.width() / 8.0));
        let left = (view.left() + left).floor();
        let margin = match (cards, beside > 0.0) {
            (true, _) => {
                let from = left + wrap + space::L;
                let width = (view.right() - pad - links - from).clamp(*CARD.start(), *CARD.end()).floor();
                SideMargin::Cards { left: from, width }
            }
            (false, true) => SideMargin::Ticks(left + wrap + space::S),
            (false, false) => SideMargin::Empty,
        };
        Self { view, overview, left, wrap, margin }
    }

    /// Returns the space above the first line, in points.
    pub fn top_padding(&self) -> f32 {
        if self.view.width() < MIN_CARDS_WIDTH { space::L } else { space::XL }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(width: f32) -> Geometry {
        Geometry::new(Rect::from_min_size(pos2(100.0, 50.0), vec2(width, 600.0)), 7.0, 0.0)
    }

    #[test]
    fn cards_stay_inside_the_view_and_off_the_text() {
        for width in [600.0, 700.0, 800.0, 1000.0, 2000.0] {
            let g = at(width);
            let SideMargin::Cards { left, width: card } = g.margin else { panic!("no cards at {width}") };
            assert!(left >= g.left + g.wrap + 8.0, "{width}");
            assert!(left + card <= g.view.right(), "{width}");
            assert!(CARD.contains(&card) && (width < 2000.0 || card == 300.0), "{card} at {width}");
            assert!(g.left >= g.view.left() + 8.0, "{width}");
            assert!(g.wrap <= 504.0);
        }
    }

    #[test]
    fn the_gutter_has_room_and_a_wide_text_does_not_move_for_it() {
        let with = |width: f32| {
            let rect = Rect::from_min_size(pos2(100.0, 50.0), vec2(width, 600.0));
            Geometry::new(rect, 7.0, 50.0)
        };
        for width in [450.0, 600.0, 700.0, 800.0] {
            assert!(with(width).left >= 149.0, "{width}");
            assert!(with(width).left + with(width).wrap <= at(width).left + at(width).wrap + 1.0, "{width}");
        }
        assert_eq!(with(2000.0), at(2000.0));
        assert_eq!(with(300.0), at(300.0));
    }

    #[test]
    fn a_wide_view_centres_the_text() {
        let g = at(2000.0);
        assert!((g.left + g.wrap / 2.0 - g.view.center().x).abs() <= 1.0);
    }

    #[test]
    fn a_tiny_view_still_has_sane_numbers() {
        for width in [0.0, 1.0, 14.0, 20.0, 60.0, 200.0] {
            let g = at(width);
            assert!(g.wrap >= 24.0 && g.left.is_finite() && g.left >= 100.0);
            assert!(!matches!(g.margin, SideMargin::Cards { .. }));
        }
    }
}
