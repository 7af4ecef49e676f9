//! Frames: the envelopes of records in a journal.
//!
//! A frame is a line with the length and the CRC-32 of its payload, both as eight hexadecimal digits, then the payload and a
//! line end. So a journal can be read with a pager, and a record that was cut off or damaged is recognised.

use std::fmt::Write as _;

/// Length of the line before a payload: two numbers of eight digits, a space and a line end.
const HEAD: usize = 18;

/// Appends a frame with this payload.
pub(super) fn write(out: &mut String, payload: &str) {
    let checksum = crc32fast::hash(payload.as_bytes());
    let _ = writeln!(out, "{:08x} {checksum:08x}\n{payload}", payload.len());
}

/// Reads the payloads of frames, up to the first one that is damaged.
pub(super) struct Frames<'a> {
    rest: &'a [u8],
}

impl<'a> Frames<'a> {
    /// Starts reading.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Returns whether bytes remain that are not a frame.
    pub fn is_torn(&self) -> bool {
        !self.rest.is_empty()
    }

    /// Returns whether complete frames follow the damaged one, so that it was damaged later rather than cut off.
    pub fn has_more(&self) -> bool {
        let line_ends = self.rest.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at);
        line_ends.filter_map(|at| self.rest.get(at + 1..)).any(|rest| Frames::new(rest).next().is_some())
    }
}

impl<'a> Iterator for Frames<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let (head, body) = self.rest.split_at_checked(HEAD)?;
        let (length, checksum) = std::str::from_utf8(head).ok()?.strip_suffix('\n')?.split_once(' ')?;
        let length = usize::try_from(u32::from_str_radix(length, 16).ok()?).ok()?;
        let checksum = u32::from_str_radix(checksum, 16).ok()?;
        let (payload, after) = body.split_at_checked(length)?;
        let after = after.strip_prefix(b"\n")?;
        if crc32fast::hash(payload) != checksum {
            return None;
        }
        let payload = std::str::from_utf8(payload).ok()?;
        self.rest = after;
        Some(payload)
    }
}

#[cfg(test)]
mod tests {
    use super::{Frames, write};

    #[test]
    fn a_journal_that_is_cut_anywhere_holds_the_whole_frames_before_the_cut() {
        let payloads = ["(seq: 1)", "", "two\nlines and a dé\n"];
        let (mut out, mut ends) = (String::new(), Vec::new());
        for payload in payloads {
            write(&mut out, payload);
            ends.push(out.len());
        }
        for cut in 0..=out.len() {
            let mut frames = Frames::new(&out.as_bytes()[..cut]);
            let whole = ends.iter().filter(|end| **end <= cut).count();
            assert_eq!(frames.by_ref().collect::<Vec<_>>(), payloads[..whole]);
            assert_eq!(frames.is_torn(), cut != whole.checked_sub(1).map_or(0, |last| ends[last]));
        }
    }

    #[test]
    fn no_changed_byte_passes() {
        let mut out = String::new();
        write(&mut out, "(seq: 1)");
        for at in 0..out.len() {
            let mut bytes = out.clone().into_bytes();
            bytes[at] ^= 1;
            assert_ne!(Frames::new(&bytes).next(), Some("(seq: 1)"), "byte {at}");
        }
    }
}
