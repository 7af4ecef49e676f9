//! Colours of categories and people.

use std::fmt;
use std::str::FromStr;

/// A colour: red, green, blue in sRGB.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Twelve colours that are distinguishable with every common kind of colour-blindness, the most distinct
    /// first. The first eight follow Okabe & Ito (2008), with the yellow darkened to be legible on white.
    pub const PALETTE: [Self; 12] = [
        Self([0xD5, 0x5E, 0x00]),
        Self([0x00, 0x9E, 0x73]),
        Self([0x56, 0xB4, 0xE9]),
        Self([0x00, 0x72, 0xB2]),
        Self([0xB2, 0x18, 0x2B]),
        Self([0xCC, 0x79, 0xA7]),
        Self([0xC9, 0xA2, 0x00]),
        Self([0x7A, 0x7A, 0x7A]),
        Self([0x6A, 0x3D, 0x9A]),
        Self([0x8C, 0x6D, 0x31]),
        Self([0x33, 0xA0, 0x2C]),
        Self([0x1B, 0x4F, 0x5C]),
    ];

    /// The palette's colour for the category at `index`.
    pub fn nth(index: usize) -> Self {
        Self::PALETTE[index % Self::PALETTE.len()]
    }
}

impl fmt::Display for Colour {
    /// Formats as `#D55E00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02X}{green:02X}{blue:02X}")
    }
}

/// The text is not a colour in hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParseColourError;

impl FromStr for Colour {
    type Err = ParseColourError;

    /// Parses `#D55E00`, `D55E00` or `#F0A`, in either case.
    fn from_str(text: &str) -> Result<Self, ParseColourError> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        let nibbles: Option<Vec<u8>> =
            digits.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
        match *nibbles.ok_or(ParseColourError)? {
            [r, g, b] => Ok(Self([r * 17, g * 17, b * 17])),
            [r1, r0, g1, g0, b1, b0] => Ok(Self([r1 * 16 + r0, g1 * 16 + g0, b1 * 16 + b0])),
            _ => Err(ParseColourError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, ParseColourError};

    #[test]
    fn colours_are_read_as_they_are_written() {
        let orange = Colour([0xD5, 0x5E, 0x00]);
        assert_eq!(orange.to_string().parse(), Ok(orange));
        for text in ["#D55E00", "d55e00", "#d55E00"] {
            assert_eq!(text.parse(), Ok(orange), "{text}");
        }
        assert_eq!("#f0A".parse(), Ok(Colour([0xFF, 0, 0xAA])));
        for bad in ["", "#", "red", "#12345", "#1234567", "#±±±", "#ggg", "+12345"] {
            assert_eq!(bad.parse::<Colour>(), Err(ParseColourError), "{bad}");
        }
    }
}
