//! Decoding of token tags into passages, in any of the common schemes.

/// The meaning of a tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Tag {
    /// Outside of all passages.
    Outside,
    /// `B`: a passage begins.
    Begin(String),
    /// `I` and `M`, or a bare label: a passage with this label continues, or begins if there was none.
    Inside(String),
    /// `E` and `L`: its last token.
    End(String),
    /// `S` and `U`: its only token.
    Single(String),
}

impl Tag {
    /// Splits a tag: `O`, or a letter, a hyphen and a label. `None` for a bare label.
    pub fn parse(tag: &str) -> Option<Self> {
        if matches!(tag, "O" | "o" | "_" | "") {
            return Some(Self::Outside);
        }
        let (letter, label) =
            tag.split_once(['-', '_']).filter(|(letter, _)| letter.len() == 1).unwrap_or((tag, ""));
        // A tag without a label belongs to the only category.
        let label = || if label.is_empty() { "entity".to_owned() } else { label.to_owned() };
        match letter {
            "B" => Some(Self::Begin(label())),
            "I" | "M" => Some(Self::Inside(label())),
            "E" | "L" => Some(Self::End(label())),
            "S" | "U" => Some(Self::Single(label())),
            _ => None,
        }
    }
}

/// A run of tokens that form a passage.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::annotations) struct TaggedRun {
    pub label: String,
    pub start: usize,
    pub end: usize,
    /// The line of its first token.
    pub line: usize,
}

/// A decoder of the tags of consecutive tokens.
#[derive(Default)]
pub(in crate::annotations) struct Decoder {
    open: Option<TaggedRun>,
    /// Whether the open passage is complete.
    closed: bool,
}

impl Decoder {
    /// Adds the next token with its tag, range and line. Returns the passage that has ended before it.
    pub fn token(&mut self, raw: &str, start: usize, end: usize, line: usize) -> Option<TaggedRun> {
        let tag = Tag::parse(raw).unwrap_or_else(|| Tag::Inside(raw.to_owned()));
        let (label, begins, closes) = match tag {
            Tag::Outside => return self.end(),
            Tag::Begin(label) => (label, true, false),
            Tag::Inside(label) => (label, false, false),
            Tag::End(label) => (label, false, true),
            Tag::Single(label) => (label, true, true),
        };
        match &mut self.open {
            Some(open) if !begins && !self.closed && open.label == label => {
                open.end = end;
                self.closed = closes;
                None
            }
            _ => {
                let ended = self.end();
                self.open = Some(TaggedRun { label, start, end, line });
                self.closed = closes;
                ended
            }
        }
    }

    /// Ends a sentence, and returns the open passage.
    pub fn end(&mut self) -> Option<TaggedRun> {
        self.closed = false;
        self.open.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the passages of tags as `label first-last` with the indices of tokens.
    fn check(tags: &str, expect: &[&str]) {
        let mut decoder = Decoder::default();
        let mut found = Vec::new();
        for (at, tag) in tags.split(' ').enumerate() {
            found.extend(decoder.token(tag, at, at + 1, 1));
        }
        found.extend(decoder.end());
        let found: Vec<String> =
            found.iter().map(|s| format!("{} {}-{}", s.label, s.start, s.end - 1)).collect();
        assert_eq!(found, expect, "{tags}");
    }

    #[test]
    fn every_scheme_is_read() {
        check("B-A I-A O B-B B-B", &["A 0-1", "B 3-3", "B 4-4"]);
        check("I-A I-A B-A O I-B I-A", &["A 0-1", "A 2-2", "B 4-4", "A 5-5"]);
        check("B-A L-A U-A S-B B-B M-B E-B I-B", &["A 0-1", "A 2-2", "B 3-3", "B 4-6", "B 7-7"]);
        check("PER PER O LOC I-LOC", &["PER 0-1", "LOC 3-4"]);
        check("B I O B-red-line I-red-line B_x", &["entity 0-1", "red-line 3-4", "x 5-5"]);
        check("O o _ E-A", &["A 3-3"]);
    }
}
