//! UTF-32, which `encoding_rs` does not have.

use super::is_odd;
use super::reading::Read;

/// Number of units per damaged one in bytes that are UTF-32 without a byte order mark.
const SURELY: usize = 50;

/// An order of bytes.
struct Order {
    encoding: &'static str,
    mark: [u8; 4],
    unit: fn([u8; 4]) -> u32,
}

const ORDERS: [Order; 2] = [
    Order { encoding: "UTF-32LE", mark: *b"\xFF\xFE\0\0", unit: u32::from_le_bytes },
    Order { encoding: "UTF-32BE", mark: *b"\0\0\xFE\xFF", unit: u32::from_be_bytes },
];

/// Reads UTF-32, by its byte order mark or because nearly all units are characters; `None` for other bytes. Text of single
/// bytes can't be mistaken for it, since four of them are a number far beyond the last character.
pub(super) fn utf32(bytes: &[u8]) -> Option<Read> {
    if let Some(order) = ORDERS.iter().find(|order| bytes.starts_with(&order.mark)) {
        return Some(order.read(&bytes[order.mark.len()..]));
    }
    ORDERS.iter().filter(|order| order.fits(bytes)).map(|order| order.read(bytes)).next()
}

impl Order {
    fn fits(&self, bytes: &[u8]) -> bool {
        let units = bytes.as_chunks::<4>().0;
        let is_text = |unit: &&[u8; 4]| char::from_u32((self.unit)(**unit)).is_some_and(|c| !is_odd(c));
        let odd = units.iter().filter(|unit| !is_text(unit)).count();
        units.len() > 1 && odd * SURELY <= units.len()
    }

    fn read(&self, bytes: &[u8]) -> Read {
        let (units, cut) = bytes.as_chunks::<4>();
        let characters = units.iter().map(|unit| char::from_u32((self.unit)(*unit)));
        let invalid = characters.clone().filter(Option::is_none).count() + usize::from(!cut.is_empty());
        let mut text: String = characters.map(|c| c.unwrap_or('\u{FFFD}')).collect();
        text.extend((!cut.is_empty()).then_some('\u{FFFD}'));
        Read { text, encoding: self.encoding, invalid, is_guess: false }
    }
}
