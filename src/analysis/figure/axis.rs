//! Ticks of axes, and the placing of labels below them.

use super::geometry::Point;
use super::ink::Ink;
use super::scene::Scene;
use super::shape::{Anchor, Shape, TextMark};
use super::text::{Face, TextSize, middle_pt, shorten, width_pt, wrap};

/// Greatest length of a label that is turned, in points.
const TURNED_PT: f32 = 96.0;

/// Distance between labels that are turned, in points.
const TURNED_PITCH_PT: f32 = 17.0;

/// The range of a value axis, and the values that it names.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Axis {
    /// The value at the low end.
    pub low: f64,
    /// The value at the high end.
    pub high: f64,
    /// The values that it names, upwards.
    pub ticks: Vec<f64>,
    decimals: usize,
}

impl Axis {
    /// An axis that holds two values and zero, with about `count` ticks at round values.
    pub fn new(low: f64, high: f64, count: usize) -> Self {
        let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
        let (low, mut high) = (finite(low).min(0.0), finite(high).max(0.0));
        if high - low < 1e-9 {
            high = low + 1.0;
        }
        let step = round_step((high - low) / count.max(1) as f64);
        let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
        let ticks: Vec<f64> = (first..=last).map(|at| at as f64 * step).collect();
        let decimals = if step >= 1.0 { 0 } else { (-step.log10()).ceil().max(0.0) as usize };
        Self { low: first as f64 * step, high: last as f64 * step, ticks, decimals }
    }

    /// An axis from 0 to 100 with quarters.
    pub fn percent() -> Self {
        Self { low: 0.0, high: 100.0, ticks: vec![0.0, 25.0, 50.0, 75.0, 100.0], decimals: 0 }
    }

    /// An axis of whole numbers from zero.
    pub fn of_counts(most: f64, count: usize) -> Self {
        let axis = Self::new(0.0, most, count);
        if axis.decimals == 0 { axis } else { Self::new(0.0, most.max(1.0), most.ceil().max(1.0) as usize) }
    }

    /// The share of the axis below a value.
    pub fn share(&self, value: f64) -> f32 {
        let share = (value - self.low) / (self.high - self.low);
        if share.is_finite() { share.clamp(0.0, 1.0) as f32 } else { 0.0 }
    }

    /// A tick in words, with a true minus sign.
    pub fn label(&self, tick: f64) -> String {
        number(tick, self.decimals)
    }

    /// The greatest width of its labels, in points.
    pub fn label_width_pt(&self, face: Face) -> f32 {
        self.ticks.iter().map(|&tick| width_pt(&self.label(tick), face)).fold(0.0, f32::max)
    }
}

/// A number with a true minus sign.
pub(super) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value < 0.0 && !zero { format!("−{text}") } else { text }
}

/// The next of 1, 2, 5, 10, 20 … that is not smaller.
fn round_step(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    let factor = step / power;
    let round = [1.0, 2.0, 5.0].into_iter().find(|&round| factor <= round + 1e-9);
    round.unwrap_or(10.0) * power
}

/// How labels below a row of columns are placed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct LabelRow {
    /// Turned by 45 degrees, because they are wider than their columns.
    turned: bool,
    /// Lines of a label that is not turned.
    lines: usize,
    /// Every how many columns there is a label.
    stride: usize,
    /// Greatest width of a label.
    limit_pt: f32,
    /// The space that the row takes, in points.
    pub height_pt: f32,
}

impl LabelRow {
    /// The placing of labels whose columns are `pitch_pt` apart.
    pub fn new<'a>(labels: impl Iterator<Item = &'a str> + Clone, pitch_pt: f32, face: Face) -> Self {
        let widest = labels.clone().map(|label| width_pt(label, face)).fold(0.0, f32::max);
        let limit_pt = pitch_pt - 6.0;
        let words =
            labels.flat_map(str::split_whitespace).map(|word| width_pt(word, face)).fold(0.0, f32::max);
        if words <= limit_pt && widest <= 1.8 * limit_pt {
            let lines = if widest <= limit_pt { 1 } else { 2 };
            let height_pt = lines as f32 * line_pt(face) + 2.0;
            return Self { turned: false, lines, stride: 1, limit_pt, height_pt };
        }
        let stride = (TURNED_PITCH_PT / pitch_pt.max(0.1)).ceil().max(1.0) as usize;
        let limit_pt = widest.min(TURNED_PT);
        let side = (limit_pt + face.size.points()) * std::f32::consts::FRAC_1_SQRT_2;
        Self { turned: true, lines: 1, stride, limit_pt, height_pt: side + 4.0 }
    }

    /// True if the column at an index has a label.
    pub fn shows(&self, index: usize) -> bool {
        index.is_multiple_of(self.stride)
    }

    /// Adds the label of a column whose middle is at `x`; `top` is the upper edge of the row.
    pub fn draw(&self, scene: &mut Scene, text: &str, x: f32, top: f32, face: Face, ink: Ink) {
        let points = face.size.points();
        if self.turned {
            let at = Point::new(x + middle_pt(face) * 0.7, top + points * 0.8);
            let text = shorten(text, face, self.limit_pt);
            let mark = TextMark { at, anchor: Anchor::End, face, ink, rotation: -45.0, text };
            return scene.push(Shape::Text(mark));
        }
        for (at, text) in wrap(text, face, self.limit_pt, self.lines).into_iter().enumerate() {
            let at = Point::new(x, top + points + at as f32 * line_pt(face));
            let mark = TextMark { at, anchor: Anchor::Middle, face, ink, rotation: 0.0, text };
            scene.push(Shape::Text(mark));
        }
    }
}

/// Height of a line of labels, in points.
fn line_pt(face: Face) -> f32 {
    face.size.points() * 1.3
}

/// The face of ticks.
pub(super) const TICK: Face = Face { size: TextSize::Small, strong: false };

#[cfg(test)]
mod tests {
    use super::{Axis, number};

    #[test]
    fn ticks_are_round_and_hold_the_values() {
        for (low, high) in
            [(0.0, 17.0), (-10.0, 8.0), (0.0, 0.0), (-0.3, 0.0), (0.0, 1234.0), (0.0, f64::NAN)]
        {
            let axis = Axis::new(low, high, 4);
            assert!(axis.low <= low && (high.is_nan() || axis.high >= high), "{axis:?}");
            assert!((2..=9).contains(&axis.ticks.len()), "{axis:?}");
        }
        let labels = |axis: &Axis| axis.ticks.iter().map(|&tick| axis.label(tick)).collect::<Vec<_>>();
        assert_eq!(labels(&Axis::new(-4.0, 4.0, 4)), ["−4", "−2", "0", "2", "4"]);
        assert_eq!(labels(&Axis::of_counts(1.0, 4)), ["0", "1"]);
        assert_eq!(labels(&Axis::of_counts(3.0, 4)), ["0", "1", "2", "3"]);
    }

    #[test]
    fn a_rounded_zero_has_no_sign() {
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(number(-0.05001, 1), "−0.1");
    }
}
