//! Sizes, weights and estimated widths of text.

use unicode_segmentation::UnicodeSegmentation;

use super::metrics::advance;

/// A type size of figures.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TextSize {
    /// Ticks and counts below bars.
    Tiny,
    /// Labels of axes, legends, captions.
    Small,
    /// Numbers and headings of rows and columns.
    Body,
    /// Headings of panels.
    Heading,
}

impl TextSize {
    /// The size in points.
    pub const fn points(self) -> f32 {
        match self {
            Self::Tiny => 9.5,
            Self::Small => 10.5,
            Self::Body => 12.0,
            Self::Heading => 13.0,
        }
    }
}

/// A size and a weight of the typeface of figures.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Face {
    /// The size.
    pub size: TextSize,
    /// Semi bold rather than regular.
    pub strong: bool,
}

impl Face {
    /// Ticks and counts below bars.
    pub const TINY: Self = Self { size: TextSize::Tiny, strong: false };
    /// Labels of axes, legends, captions.
    pub const SMALL: Self = Self { size: TextSize::Small, strong: false };
    /// Numbers, headings of rows and columns.
    pub const BODY: Self = Self { size: TextSize::Body, strong: false };
    /// Totals and marked numbers.
    pub const STRONG: Self = Self { size: TextSize::Body, strong: true };
    /// Headings of panels.
    pub const HEADING: Self = Self { size: TextSize::Heading, strong: true };
}

/// Ratio of the widths of semi bold and regular letters.
const STRONG_RATIO: f32 = 1.04;

/// Height of capitals, as a share of the size.
const CAPITALS: f32 = 0.727;

/// Estimated width of a text, in points. Kerning and ligatures are not counted, which make text narrower by a percent.
pub fn width_pt(text: &str, face: Face) -> f32 {
    let thousandths: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
    let ratio = if face.strong { STRONG_RATIO } else { 1.0 };
    thousandths as f32 / 1000.0 * face.size.points() * ratio
}

/// Height of capitals above the baseline, in points.
pub(super) fn ascent_pt(face: Face) -> f32 {
    face.size.points() * 0.78
}

/// Depth of letters below the baseline, in points.
pub(super) fn descent_pt(face: Face) -> f32 {
    face.size.points() * 0.22
}

/// Distance from the middle of capitals to the baseline, in points.
pub(super) fn middle_pt(face: Face) -> f32 {
    face.size.points() * CAPITALS / 2.0
}

/// The text, or its beginning and `…` where it is wider than `limit_pt`. Characters are cut between graphemes only.
pub fn shorten(text: &str, face: Face, limit_pt: f32) -> String {
    if width_pt(text, face) <= limit_pt {
        return text.to_owned();
    }
    let room = limit_pt - width_pt("…", face);
    let mut used = 0.0;
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        used += width_pt(grapheme, face);
        if used > room {
            break;
        }
        kept.push_str(grapheme);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// The text in up to `lines` lines of at most `limit_pt`, broken between words. The last one is shortened.
pub fn wrap(text: &str, face: Face, limit_pt: f32, lines: usize) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && done.len() < lines {
        let last = done.len() + 1 == lines;
        let taken = if last { rest.len() } else { fitting(rest, face, limit_pt) };
        done.push(shorten(rest[..taken].trim_end(), face, limit_pt));
        rest = rest[taken..].trim_start();
    }
    done
}

/// The bytes of a text that fill a line: whole words, or one that is too long.
fn fitting(text: &str, face: Face, limit_pt: f32) -> usize {
    let mut end = 0;
    for (start, word) in text.split_word_bound_indices() {
        let until = start + word.len();
        if end > 0 && width_pt(text[..until].trim_end(), face) > limit_pt {
            break;
        }
        end = until;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::{Face, shorten, width_pt, wrap};

    #[test]
    fn text_is_shortened_between_graphemes() {
        assert_eq!(shorten("Estmark", Face::BODY, 200.0), "Estmark");
        let short = shorten("Foreign Ministry of Norvania", Face::BODY, 90.0);
        assert!(short.ends_with('…') && width_pt(&short, Face::BODY) <= 90.0, "{short}");
        assert_eq!(shorten("e\u{301}e\u{301}e\u{301}e\u{301}", Face::BODY, 21.0), "e\u{301}…");
        assert_eq!(shorten("Estmark", Face::BODY, 0.0), "…");
    }

    #[test]
    fn words_are_wrapped_and_the_last_line_is_shortened() {
        let words = "We expect Norvania to hand over the complete survey data of the Halcyon";
        let lines = wrap(words, Face::SMALL, 120.0, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines[2].ends_with('…') && lines.iter().all(|line| width_pt(line, Face::SMALL) <= 120.0));
        assert_eq!(wrap("", Face::SMALL, 120.0, 3), [] as [String; 0]);
        assert_eq!(wrap("short words", Face::SMALL, 120.0, 3), ["short words"]);
    }
}
