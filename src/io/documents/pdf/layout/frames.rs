//! Groups of glyphs by the direction of their baselines, turned upright.

use super::Area;
use crate::documents::pdf::glyphs::Glyph;

/// Greatest difference of directions in one group, in degrees.
const SAME: f32 = 1.0;
/// Greatest deviation from a multiple of 90 degrees, in degrees, which scanning programs cause.
const UPRIGHT: f32 = 1.5;
/// Number of directions that get a group; the rest joins the last one.
const GROUPS: usize = 24;
/// Least percentage of East Asian glyphs below their predecessors by which single glyphs are taken for vertical writing.
const DOWNWARDS: usize = 60;

/// A direction of text. In its own coordinates, lines run to the right and follow each other downwards.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::documents::pdf) struct Frame {
    /// The direction of lines in degrees, clockwise, from 0 to 360.
    pub angle: f32,
    sin: f32,
    cos: f32,
}

impl Frame {
    fn new(angle: f32) -> Self {
        let (sin, cos) = match angle {
            0.0 => (0.0, 1.0),
            90.0 => (1.0, 0.0),
            180.0 => (0.0, -1.0),
            270.0 => (-1.0, 0.0),
            other => other.to_radians().sin_cos(),
        };
        Self { angle, sin, cos }
    }

    /// Returns whether lines run along an edge of the page.
    pub fn is_upright(&self) -> bool {
        [0.0, 90.0, 180.0, 270.0].contains(&self.angle)
    }

    /// Returns a point of the page in the coordinates of the group.
    fn turned(&self, x: f32, y: f32) -> (f32, f32) {
        (x * self.cos + y * self.sin, y * self.cos - x * self.sin)
    }

    /// Returns a rectangle of the group as one of the page around it.
    pub fn area(&self, area: Area) -> Area {
        let corner = |u: f32, v: f32| (u * self.cos - v * self.sin, u * self.sin + v * self.cos);
        let corners = [
            corner(area.left, area.top),
            corner(area.right, area.top),
            corner(area.left, area.bottom),
            corner(area.right, area.bottom),
        ];
        let [left, right] =
            [f32::min, f32::max].map(|f| corners.iter().map(|c| c.0).reduce(f).unwrap_or_default());
        let [top, bottom] =
            [f32::min, f32::max].map(|f| corners.iter().map(|c| c.1).reduce(f).unwrap_or_default());
        Area { left, top, right, bottom }
    }
}

/// A glyph in the coordinates of its group.
#[derive(Clone, Debug)]
pub(in crate::documents::pdf) struct Placed {
    pub text: smol_str::SmolStr,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    pub size: f32,
}

/// Returns the glyphs in groups, that with the most letters first, the others in the order of the file.
pub(in crate::documents::pdf) fn groups(glyphs: &mut [Glyph]) -> Vec<(Frame, Vec<Placed>)> {
    stand_up(glyphs);
    let mut groups: Vec<(Frame, Vec<Placed>)> = Vec::new();
    for glyph in glyphs.iter() {
        let angle = snapped(glyph.angle);
        let is_same = |frame: &Frame| {
            let apart = (frame.angle - angle).abs();
            apart.min(360.0 - apart) <= SAME
        };
        let at = match groups.iter().position(|(frame, _)| is_same(frame)) {
            Some(at) => at,
            None if groups.len() < GROUPS => {
                groups.push((Frame::new(angle), Vec::new()));
                groups.len() - 1
            }
            None => GROUPS - 1,
        };
        let (frame, placed) = &mut groups[at];
        let (left, base) = frame.turned(glyph.x, glyph.y);
        let right = left + glyph.width.max(0.0);
        placed.push(Placed { text: glyph.text.clone(), left, right, base, size: glyph.size });
    }
    let most = groups.iter().enumerate().max_by_key(|(at, (_, placed))| (placed.len(), usize::MAX - at));
    if let Some(most) = most.map(|(at, _)| at) {
        groups[..=most].rotate_right(1);
    }
    groups
}

/// Returns a direction between 0 and 360 degrees, of an edge of the page if it is near it.
fn snapped(angle: f32) -> f32 {
    let angle = angle.rem_euclid(360.0);
    let near = (angle / 90.0).round() * 90.0;
    if (angle - near).abs() <= UPRIGHT { near.rem_euclid(360.0) } else { angle }
}

/// Turns glyphs that are placed one below the other, in a font for horizontal writing, into vertical writing.
fn stand_up(glyphs: &mut [Glyph]) {
    let is_wide = |glyph: &Glyph| glyph.angle.abs() < 1.0 && glyph.text.chars().all(is_east_asian);
    let (mut pairs, mut below) = (0, 0);
    for pair in glyphs.windows(2) {
        let [one, next] = pair else { continue };
        if is_wide(one) && is_wide(next) {
            pairs += 1;
            let down = (next.y - one.y) / one.size;
            below += usize::from((next.x - one.x).abs() < one.size * 0.3 && (0.6..3.0).contains(&down));
        }
    }
    if pairs < 8 || below * 100 < pairs * DOWNWARDS {
        return;
    }
    for glyph in glyphs.iter_mut().filter(|glyph| glyph.angle.abs() < 1.0) {
        // As in a font for vertical writing, from the middle of the upper edge.
        glyph.x += glyph.width / 2.0 - 0.3 * glyph.size;
        glyph.y -= 0.88 * glyph.size;
        glyph.width = glyph.size;
        glyph.angle = 90.0;
    }
}

/// Returns whether a character is of a script that may be written in columns, without spaces.
pub(in crate::documents::pdf) fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
