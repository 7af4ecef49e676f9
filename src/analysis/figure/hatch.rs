//! The patterns of fills as lines and dots. They are anchored at the origin of the figure, so that they run on from one
//! shape to the next.

use super::geometry::{Area, Point};
use super::ink::{Body, Texture};

/// A part of a pattern.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Mark {
    /// A line between two points.
    Line(Point, Point),
    /// A dot.
    Dot(Point),
}

/// The measures of a pattern.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Hatch {
    /// Distance between lines or dots along the axes, in points.
    pub pitch: f32,
    /// Width of lines or diameter of dots, in points.
    pub weight: f32,
    /// Lines that rise to the right.
    pub rising: bool,
    /// Lines that fall to the right.
    pub falling: bool,
    /// Horizontal lines.
    pub horizontal: bool,
    /// Vertical lines.
    pub vertical: bool,
    /// Dots.
    pub dots: bool,
}

/// A pattern of nothing.
const NONE: Hatch = Hatch {
    pitch: 4.0,
    weight: 0.8,
    rising: false,
    falling: false,
    horizontal: false,
    vertical: false,
    dots: false,
};

impl Hatch {
    /// The pattern of a fill; `None` if it has none.
    pub fn of(body: Body) -> Option<Self> {
        match body {
            Body::Full(texture) => Self::of_texture(texture),
            Body::Conditional => Some(Self { pitch: 4.0, weight: 1.1, rising: true, ..NONE }),
            Body::Light => Some(Self { pitch: 6.0, weight: 0.6, rising: true, ..NONE }),
            Body::Tint => None,
        }
    }

    fn of_texture(texture: Texture) -> Option<Self> {
        match texture {
            Texture::Plain => None,
            Texture::Dots => Some(Self { pitch: 4.0, weight: 1.4, dots: true, ..NONE }),
            Texture::Horizontal => Some(Self { pitch: 3.0, horizontal: true, ..NONE }),
            Texture::Vertical => Some(Self { pitch: 3.0, vertical: true, ..NONE }),
            Texture::Falling => Some(Self { pitch: 5.0, falling: true, ..NONE }),
            Texture::Grid => Some(Self { horizontal: true, vertical: true, ..NONE }),
            Texture::Lattice => Some(Self { pitch: 6.0, rising: true, falling: true, ..NONE }),
            Texture::DenseDots => Some(Self { pitch: 2.5, weight: 1.1, dots: true, ..NONE }),
        }
    }

    /// The lines and dots inside a rectangle.
    pub fn marks_in(&self, area: Area) -> Vec<Mark> {
        let mut marks = Vec::new();
        if area.width() <= 0.0 || area.height() <= 0.0 {
            return marks;
        }
        if self.horizontal {
            let line = |y| Mark::Line(Point::new(area.left, y), Point::new(area.right, y));
            marks.extend(self.steps(area.top, area.bottom).map(line));
        }
        if self.vertical {
            let line = |x| Mark::Line(Point::new(x, area.top), Point::new(x, area.bottom));
            marks.extend(self.steps(area.left, area.right).map(line));
        }
        if self.rising {
            marks.extend(
                self.steps(area.left + area.top, area.right + area.bottom).filter_map(|c| rising(area, c)),
            );
        }
        if self.falling {
            let steps = self.steps(area.left - area.bottom, area.right - area.top);
            marks.extend(steps.filter_map(|c| falling(area, c)));
        }
        if self.dots {
            for y in self.steps(area.top, area.bottom) {
                marks.extend(self.steps(area.left, area.right).map(|x| Mark::Dot(Point::new(x, y))));
            }
        }
        marks
    }

    /// The multiples of the pitch, plus half of it, between two bounds.
    fn steps(&self, from: f32, to: f32) -> impl Iterator<Item = f32> + use<> {
        let pitch = self.pitch;
        let first = (from / pitch - 0.5).ceil() as i32;
        let last = (to / pitch - 0.5).floor() as i32;
        (first..=last).map(move |step| (step as f32 + 0.5) * pitch)
    }
}

/// The part inside a rectangle of the line on which x + y is constant.
fn rising(area: Area, sum: f32) -> Option<Mark> {
    let left = area.left.max(sum - area.bottom);
    let right = area.right.min(sum - area.top);
    (left < right).then(|| Mark::Line(Point::new(left, sum - left), Point::new(right, sum - right)))
}

/// The part inside a rectangle of the line on which x − y is constant.
fn falling(area: Area, difference: f32) -> Option<Mark> {
    let left = area.left.max(area.top + difference);
    let right = area.right.min(area.bottom + difference);
    (left < right)
        .then(|| Mark::Line(Point::new(left, left - difference), Point::new(right, right - difference)))
}

#[cfg(test)]
mod tests {
    use super::{Area, Body, Hatch, Mark, Texture};

    #[test]
    fn patterns_stay_inside_and_differ() {
        let area = Area::new(3.0, 7.0, 40.0, 25.0);
        let mut seen = Vec::new();
        let textures = Texture::ALL.into_iter().map(Body::Full);
        for body in textures.chain([Body::Conditional, Body::Light, Body::Tint]) {
            let marks = Hatch::of(body).map(|hatch| hatch.marks_in(area)).unwrap_or_default();
            for mark in &marks {
                let points = match *mark {
                    Mark::Line(from, to) => [from, to],
                    Mark::Dot(at) => [at, at],
                };
                assert!(points.iter().all(|&point| area.grown(0.01).contains(point)), "{body:?} {mark:?}");
            }
            assert!(marks.is_empty() || !seen.contains(&marks), "{body:?}");
            seen.push(marks);
        }
        assert_eq!(seen.iter().filter(|marks| marks.is_empty()).count(), 2, "plain and tint");
    }
}
