//! The ways in which the offsets of a document can be read.

use crate::annotations::{Counting, LineEnds, Unit};

/// Returns the readings of offsets that differ in a text, the given one first, then the likelier ones: tools on the web count
/// UTF-16 units and each line end as one, and tools on Windows may have counted CRLF in a text that has LF now.
pub(in crate::annotations) fn readings(text: &str, given: Counting) -> Vec<Counting> {
    let other = match given.unit {
        Unit::Characters => Unit::Utf16,
        Unit::Utf16 => Unit::Characters,
    };
    let units = if is_wide(text) { vec![given.unit, other] } else { vec![given.unit] };
    let mut line_ends = vec![LineEnds::AsWritten];
    line_ends.extend(has_other_line_ends(text).then_some(LineEnds::One));
    let pairs = text.matches("\r\n").count();
    let is_all_pairs = pairs == text.matches('\n').count() && pairs == text.matches('\r').count();
    line_ends.extend((!is_all_pairs).then_some(LineEnds::Two));
    let all = line_ends
        .iter()
        .flat_map(|line_ends| units.iter().map(|unit| Counting { unit: *unit, line_ends: *line_ends }));
    std::iter::once(given).chain(all.filter(|reading| *reading != given)).collect()
}

/// Returns whether a text has characters that are two units of UTF-16.
pub(super) fn is_wide(text: &str) -> bool {
    text.chars().any(|c| c.len_utf16() == 2)
}

/// Returns whether a text has line ends other than LF, or a byte order mark.
pub(super) fn has_other_line_ends(text: &str) -> bool {
    text.contains('\r') || text.starts_with('\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, units: &[Unit], ends: &[LineEnds]) {
        let found = readings(text, Counting::default());
        assert_eq!(found.first(), Some(&Counting::default()));
        assert_eq!(found.len(), units.len() * ends.len(), "{text:?}");
        for (unit, line_ends) in found.iter().map(|found| (found.unit, found.line_ends)) {
            assert!(units.contains(&unit) && ends.contains(&line_ends), "{text:?}");
        }
    }

    #[test]
    fn only_readings_that_differ_are_tried() {
        use LineEnds::{AsWritten, One, Two};
        use Unit::{Characters, Utf16};
        check("one line", &[Characters], &[AsWritten]);
        check("one\ntwo", &[Characters], &[AsWritten, Two]);
        check("one\r\ntwo", &[Characters], &[AsWritten, One]);
        check("one\r\ntwo\nthree 👩", &[Characters, Utf16], &[AsWritten, One, Two]);
    }
}
