//! Documents of a file that has only the words of their spans. The texts are those of the project.

use super::Placer;
use super::offsets::Offsets;
use crate::annotations::refusal::{DocumentFault, Refusal, SpanFault};
use crate::annotations::{Counting, DraftDocument, DraftSpan};
use demarche_analysis::context::shorten;
use demarche_model::{Document, DocumentId, Text};

/// Number of bytes of a text that are searched for words that are not at their place.
const SEARCHED: usize = 2 << 30;

impl Placer<'_, '_> {
    /// Gives an excerpt the text of the project's document with its id, or otherwise with its title, and finds its spans there.
    /// Those whose words are not in the text are refused.
    pub(super) fn complete(&mut self, excerpt: &mut DraftDocument) -> Result<(), Refusal> {
        let title = excerpt.title.clone().unwrap_or_default();
        let named = self.project.document(&DocumentId::new(&excerpt.id));
        let titled = || self.project.documents().iter().filter(|document| document.meta.title == title);
        let is_same = |document: &&std::sync::Arc<Document>| title.is_empty() || document.meta.title == title;
        let found = match named.filter(is_same) {
            Some(document) => document,
            None => {
                let mut titled = titled();
                match (titled.next(), titled.next()) {
                    (Some(document), None) => document,
                    (None, _) => return Err(DocumentFault::NoDocument { title: shorten(&title, 60) }.into()),
                    (Some(_), Some(_)) => {
                        return Err(DocumentFault::AmbiguousDocument { title: shorten(&title, 60) }.into());
                    }
                }
            }
        };
        let Some(text) = found.text.clone() else {
            return Err(DocumentFault::UnreadDocument(found.id().clone()).into());
        };
        excerpt.id = found.id().to_string();
        excerpt.title = Some(found.meta.title.clone());
        excerpt.text = text.as_str().to_owned();
        let (_, offsets) = Offsets::new(excerpt.text.clone(), excerpt.counting);
        excerpt.counting = Counting::default();
        let mut words = Words::of(text.as_str());
        let spans = std::mem::take(&mut excerpt.spans);
        for mut span in spans {
            match place(&mut span, &offsets, &text, &mut words) {
                Ok(()) => excerpt.spans.push(span),
                Err(why) => self.refuse(span.line.or(excerpt.line), why),
            }
        }
        Ok(())
    }
}

/// Finds a span: at its place, if its words are there, or else at the only place where they are.
fn place(span: &mut DraftSpan, offsets: &Offsets, text: &Text, words: &mut Words) -> Result<(), SpanFault> {
    let Some(quote) = span.quote.take().map(|quote| plain(&quote)).filter(|quote| !quote.is_empty()) else {
        let character = |at: i64| offsets.character(at).and_then(|at| i64::try_from(at).ok()).unwrap_or(-1);
        span.ranges.iter_mut().for_each(|(start, end)| (*start, *end) = (character(*start), character(*end)));
        return Ok(());
    };
    let there = span.ranges.first().and_then(|(start, end)| {
        let (start, end) = (offsets.character(*start)?, offsets.character(*end)?);
        let range = text.byte_offset(start)?..text.byte_offset(end)?;
        is_of(&quote, &plain(text.as_str().get(range)?)).then_some((start, end))
    });
    let (start, end) = match there {
        Some(place) => place,
        None => words.find(&quote, text)?,
    };
    let whole = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    span.ranges = vec![(whole(start), whole(end))];
    Ok(())
}

/// Returns whether words are those of a place, or those of a passage with gaps that begins and ends there.
fn is_of(quote: &str, there: &str) -> bool {
    let mut rest = there;
    let mut is_next = |word: &str| {
        let after = rest.split_once(word).map(|(_, after)| after);
        rest = after.unwrap_or_default();
        after.is_some()
    };
    let (first, last) = (quote.split(' ').next(), quote.split(' ').next_back());
    quote == there
        || first.is_some_and(|first| there.starts_with(first))
            && last.is_some_and(|last| there.ends_with(last))
            && quote.split(' ').all(&mut is_next)
}

/// Returns words as lists of statements have them: DNA writes `,` for `;` and `'` for `"`, and spreadsheets change white space.
fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().map(plain_character).collect()
}

fn plain_character(c: char) -> char {
    match c {
        ';' => ',',
        '"' => '\'',
        c => c,
    }
}

/// A text as [`plain`] writes it, with the places of its characters in the text.
struct Words {
    plain: String,
    /// For each character: its byte in `plain`, and in the text.
    places: Vec<(usize, usize)>,
    /// The number of bytes that may still be searched.
    left: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let (mut plain, mut places) = (String::with_capacity(text.len()), Vec::new());
        let mut is_spaced = true;
        for (at, c) in text.char_indices() {
            if c.is_whitespace() && is_spaced {
                continue;
            }
            is_spaced = c.is_whitespace();
            places.push((plain.len(), at));
            plain.push(if is_spaced { ' ' } else { plain_character(c) });
        }
        Self { plain, places, left: SEARCHED }
    }

    /// Returns the only place of words, in characters of the text.
    fn find(&mut self, quote: &str, text: &Text) -> Result<(usize, usize), SpanFault> {
        self.left = self.left.checked_sub(2 * self.plain.len()).ok_or(SpanFault::TooManyQuotes)?;
        let shown = || shorten(quote, 60);
        let Some(start) = self.plain.find(quote) else { return Err(SpanFault::QuoteMissing(shown())) };
        if self.plain.rfind(quote) != Some(start) {
            return Err(SpanFault::QuoteAmbiguous(shown()));
        }
        let byte = |at: usize| {
            let place = self.places.partition_point(|(plain, _)| *plain < at);
            self.places.get(place).map_or(text.as_str().len(), |(_, byte)| *byte)
        };
        // The end is that of the last character, before white space that is left out.
        let last = self.places.partition_point(|(plain, _)| *plain < start + quote.len()).saturating_sub(1);
        let end = self
            .places
            .get(last)
            .map_or(0, |(_, byte)| byte + text.as_str()[*byte..].chars().next().map_or(0, char::len_utf8));
        Ok((text.char_offset(byte(start)), text.char_offset(end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotations::Unit;

    const TEXT: &str = "👩 said: \"fees;  dues\" must\nfall. We agree. We agree.";

    fn placed(start: i64, end: i64, quote: &str) -> Result<String, SpanFault> {
        let text = Text::new(TEXT.to_owned());
        let (_, offsets) = Offsets::new(TEXT.to_owned(), Unit::Utf16.into());
        let quote = (!quote.is_empty()).then(|| quote.to_owned());
        let mut span = DraftSpan { ranges: vec![(start, end)], quote, ..DraftSpan::default() };
        place(&mut span, &offsets, &text, &mut Words::of(TEXT))?;
        let (start, end) = span.ranges[0];
        let (start, end) = (start as usize, end as usize);
        Ok(TEXT.chars().skip(start).take(end - start).collect())
    }

    #[test]
    fn words_are_found_at_their_place_or_at_the_only_one() {
        let words = "\"fees;  dues\" must\nfall.";
        assert_eq!(placed(9, 33, "'fees, dues' must fall."), Ok(words.to_owned()));
        assert_eq!(placed(0, 5, "'fees, dues' must fall."), Ok(words.to_owned()));
        assert_eq!(placed(500, 600, "👩 said"), Ok("👩 said".to_owned()));
        assert_eq!(placed(44, 53, "We agree."), Ok("We agree.".to_owned()));
        assert_eq!(placed(9, 33, "'fees, must fall."), Ok(words.to_owned()), "with a gap");
        assert_eq!(placed(3, 7, ""), Ok("said".to_owned()));
        assert!(matches!(placed(0, 2, "We agree."), Err(SpanFault::QuoteAmbiguous(_))));
        assert!(matches!(placed(0, 2, "They agree."), Err(SpanFault::QuoteMissing(_))));
    }
}
