//! Values of fields, as typed.

use std::ops::Range;

use smol_str::SmolStr;

/// A value as typed: a word or a quoted text, to be matched as a whole, as a beginning, or without what is below it.
#[derive(Clone, Debug)]
pub struct Value {
    text: SmolStr,
    quoted: bool,
    exact: bool,
    prefix: bool,
    at: Range<usize>,
}

/// Two values are equal if they are written alike, wherever they are.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
            && self.quoted == other.quoted
            && self.exact == other.exact
            && self.prefix == other.prefix
    }
}

impl Eq for Value {}

/// A word that means something else than a name, unless it is quoted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keyword {
    /// Not specified.
    None,
    /// Specified, whatever it is.
    Any,
}

impl Keyword {
    /// Both.
    pub const ALL: [Self; 2] = [Self::None, Self::Any];

    /// The word in a filter.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Any => "any",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|keyword| keyword.word() == word)
    }
}

impl Value {
    /// A name or a text, quoted if it can't be a word or would be taken for a [`Keyword`].
    pub fn name(text: impl Into<SmolStr>) -> Self {
        let text = text.into();
        let quoted = Keyword::from_word(&text).is_some() || !is_word(&text);
        Self { text, quoted, exact: false, prefix: false, at: 0..0 }
    }

    /// A word as typed, which may be a [`Keyword`]; quoted if it can't be a word.
    pub fn word(text: impl Into<SmolStr>) -> Self {
        let text = text.into();
        Self { quoted: !is_word(&text), text, exact: false, prefix: false, at: 0..0 }
    }

    /// A quoted text.
    pub fn quoted(text: impl Into<SmolStr>) -> Self {
        Self { text: text.into(), quoted: true, exact: false, prefix: false, at: 0..0 }
    }

    /// The same value, exact or not: `=Threat`.
    #[must_use]
    pub fn with_exact(self, exact: bool) -> Self {
        Self { exact, ..self }
    }

    /// The same value as a beginning or as a whole: `port*`.
    #[must_use]
    pub fn with_prefix(self, prefix: bool) -> Self {
        Self { prefix, ..self }
    }

    /// The same value at another position.
    pub(in crate::filter) fn with_position(self, at: Range<usize>) -> Self {
        Self { at, ..self }
    }

    /// The text, without quotes and marks.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True if it is in quotes.
    pub fn is_quoted(&self) -> bool {
        self.quoted
    }

    /// True if it is marked with `=`: what is below does not count, and a text must be whole words.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// True if it is marked with `*`: the name or word begins with it.
    pub fn is_prefix(&self) -> bool {
        self.prefix
    }

    /// Its position in the text that was parsed, in characters; empty if it comes from no text.
    pub fn position(&self) -> Range<usize> {
        self.at.clone()
    }

    /// The keyword that it is, if it is one.
    pub fn keyword(&self) -> Option<Keyword> {
        if self.quoted || self.exact || self.prefix { None } else { Keyword::from_word(&self.text) }
    }
}

/// True if a text needs no quotes.
fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('=') && !text.ends_with('*') && text.chars().all(is_word_character)
}

/// True for characters of a word.
pub(in crate::filter) fn is_word_character(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, ',' | '|' | '(' | ')' | ';' | '"')
}
