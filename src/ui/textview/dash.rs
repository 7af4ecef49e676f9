//! Patterns of underlines, which tell annotators apart without colour.

use egui::{Rect, pos2};

/// The pattern of a line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Dash {
    /// A line without gaps.
    #[default]
    Solid,
    /// Dots.
    Dotted,
    /// Dashes.
    Dashed,
    /// Dashes with dots between them.
    DashDot,
    /// Widely spaced dots.
    Sparse,
    /// Long dashes.
    Long,
    /// Dashes with two dots between them.
    DashDotDot,
    /// Widely spaced dashes.
    SparseDash,
    /// Long dashes with dots between them.
    LongDot,
    /// Dashes in pairs.
    Pairs,
}

impl Dash {
    /// The number of patterns with gaps.
    pub const PATTERNS: usize = 9;

    /// Returns the pattern for the annotator at `position`, counted from 0. It always has gaps.
    pub fn for_annotator(position: usize) -> Self {
        [
            Self::Dotted,
            Self::Dashed,
            Self::DashDot,
            Self::Sparse,
            Self::Long,
            Self::DashDotDot,
            Self::SparseDash,
            Self::LongDot,
            Self::Pairs,
        ][position % Self::PATTERNS]
    }

    /// Returns the lengths of strokes and gaps in turn, in points.
    fn pattern(self) -> &'static [f32] {
        match self {
            Self::Solid => &[],
            Self::Dotted => &[3.0, 2.5],
            Self::Dashed => &[9.0, 4.0],
            Self::DashDot => &[9.0, 3.0, 3.0, 3.0],
            Self::Sparse => &[3.0, 7.0],
            Self::Long => &[18.0, 4.0],
            Self::DashDotDot => &[9.0, 3.0, 3.0, 3.0, 3.0, 3.0],
            Self::SparseDash => &[9.0, 9.0],
            Self::LongDot => &[18.0, 3.0, 3.0, 3.0],
            Self::Pairs => &[6.0, 2.0, 6.0, 8.0],
        }
    }

    /// Calls `each` with the parts of a line that are painted.
    pub fn strokes(self, line: Rect, mut each: impl FnMut(Rect)) {
        let pattern = self.pattern();
        if pattern.is_empty() {
            return each(line);
        }
        let mut x = line.left();
        for (turn, length) in pattern.iter().cycle().enumerate() {
            if x >= line.right() {
                return;
            }
            let right = (x + length).min(line.right());
            if turn % 2 == 0 {
                each(Rect::from_min_max(pos2(x, line.top()), pos2(right, line.bottom())));
            }
            x += length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strokes_are_inside_the_line_and_leave_gaps() {
        let line = Rect::from_min_max(pos2(10.0, 0.0), pos2(60.0, 2.0));
        let painted = |dash: Dash| {
            let mut width = 0.0;
            dash.strokes(line, |part| {
                assert!(part.left() >= 10.0 && part.right() <= 60.0 && part.width() > 0.0);
                width += part.width();
            });
            width
        };
        assert_eq!(painted(Dash::Solid), 50.0);
        for position in 0..Dash::PATTERNS {
            assert!(painted(Dash::for_annotator(position)) < 44.0);
            let same =
                (0..position).find(|other| Dash::for_annotator(*other) == Dash::for_annotator(position));
            assert_eq!(same, None, "each has a pattern of its own");
        }
        assert_eq!(Dash::for_annotator(Dash::PATTERNS), Dash::for_annotator(0));
    }
}
