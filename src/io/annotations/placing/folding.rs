//! Texts without the differences that programs and spreadsheets make in words: white space, invisible characters, kinds of
//! quotation marks and dashes.

/// A text that was folded, with the places of its parts in the original.
pub(super) struct Folded {
    pub text: String,
    parts: Vec<Part>,
}

/// A part of a folded text that is the same in the original, or stands for other characters there.
struct Part {
    /// Its start in the folded text.
    folded: usize,
    /// Its start in the original.
    original: usize,
    /// The end of what it stands for in the original; `None` if the two are the same.
    end: Option<usize>,
}

impl Folded {
    /// Folds a text.
    pub fn of(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), parts: Vec::new() };
        let mut is_plain = false;
        let mut is_blank = false;
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            if is_invisible(c) {
                is_plain = false;
                continue;
            }
            if c.is_whitespace() {
                if is_blank {
                    if let Some(part) = folded.parts.last_mut() {
                        part.end = Some(end);
                    }
                } else {
                    folded.parts.push(Part { folded: folded.text.len(), original: at, end: Some(end) });
                    folded.text.push(' ');
                }
                (is_blank, is_plain) = (true, false);
                continue;
            }
            is_blank = false;
            match plain(c) {
                Some(plain) => {
                    folded.parts.push(Part { folded: folded.text.len(), original: at, end: Some(end) });
                    folded.text.push_str(plain);
                    is_plain = false;
                }
                None => {
                    if !is_plain {
                        folded.parts.push(Part { folded: folded.text.len(), original: at, end: None });
                    }
                    folded.text.push(c);
                    is_plain = true;
                }
            }
        }
        folded
    }

    /// Returns the part that contains a place of the folded text.
    fn part(&self, at: usize) -> Option<&Part> {
        self.parts.get(self.parts.partition_point(|part| part.folded <= at).checked_sub(1)?)
    }

    /// Returns the bytes of the original for a stretch of the folded text that is not empty.
    pub fn range(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let (first, last) = (self.part(start)?, self.part(end.checked_sub(1)?)?);
        let start =
            if first.end.is_some() { first.original } else { first.original + (start - first.folded) };
        let end = last.end.unwrap_or(last.original + (end - last.folded));
        (start < end).then_some((start, end))
    }
}

/// Returns words as they are looked for: folded, without white space around them.
pub(super) fn fold(words: &str) -> String {
    Folded::of(words).text.trim().to_owned()
}

/// Returns whether a character has no width and no meaning in words: a soft hyphen or a break.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Returns what stands for all characters of a kind.
fn plain(c: char) -> Option<&'static str> {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => Some("\""),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' => Some("'"),
        '‐' | '‑' | '‒' | '–' | '—' | '−' => Some("-"),
        '…' => Some("..."),
        'ﬁ' => Some("fi"),
        'ﬂ' => Some("fl"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_are_those_of_the_original() {
        let text = "We “nego\u{AD}tiate”\n\n – now…  yes";
        let folded = Folded::of(text);
        assert_eq!(folded.text, "We \"negotiate\" - now... yes");
        let original = |words: &str| {
            let at = folded.text.find(words).unwrap();
            let (start, end) = folded.range(at, at + words.len()).unwrap();
            &text[start..end]
        };
        assert_eq!(original("negotiate"), "nego\u{AD}tiate");
        assert_eq!(original("\"negotiate\" - now"), "“nego\u{AD}tiate”\n\n – now");
        assert_eq!(original("now..."), "now…");
        assert_eq!(original("yes"), "yes");
    }

    proptest! {
        #[test]
        fn every_stretch_has_a_place(text in "[a“…\u{AD} \n👩]{0,20}", start in 0..20usize, length in 1..20usize) {
            let folded = Folded::of(&text);
            let end = start + length;
            if folded.text.is_char_boundary(start) && folded.text.is_char_boundary(end) && end <= folded.text.len() {
                let (from, to) = folded.range(start, end).unwrap();
                prop_assert!(text.is_char_boundary(from) && text.is_char_boundary(to));
                let inside = Folded::of(&text[from..to]).text;
                prop_assert!(inside.contains(&folded.text[start..end]) || folded.text[start..end].contains('.'));
            }
        }
    }
}
