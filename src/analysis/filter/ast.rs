//! The filter as a tree, as it was typed: names are not looked up yet.

use std::ops::Range;

use smol_str::SmolStr;

/// A filter of passages: alternatives, each of which is a list of terms that must all hold.
///
/// An alternative without terms lets every passage through, and so does the default filter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filter {
    /// At least one.
    alternatives: Vec<Vec<Term>>,
}

/// A condition that a passage meets or does not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Term {
    /// Every passage: the word `any` on its own.
    Any,
    /// The opposite of a term.
    Not(Box<Term>),
    /// A filter in parentheses.
    Group(Filter),
    /// A field and the values it may have.
    Field(Condition),
    /// Another passage that is in a relation to this one and passes a filter of its own.
    Related(Relation, Filter),
}

/// A field and the values it may have, of which one is enough.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition {
    field: Field,
    /// At least one.
    values: Vec<Value>,
}

/// A property of a passage.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Field {
    /// Its category, or one above it.
    Category,
    /// The bargaining role of its category.
    Role,
    /// Who acts.
    Actor,
    /// Towards whom.
    Target,
    /// About what, or an issue above it.
    Issue,
    /// Its document.
    Document,
    /// The author of its document.
    Author,
    /// The source of its document.
    Source,
    /// Whose layers are read.
    Coder,
    /// The date of the move: its own, or that of the document.
    Date,
    /// Its own date.
    When,
    /// The day on which it was tagged.
    Created,
    /// The verdicts of reviewers.
    Review,
    /// The coder's progress in the document.
    Status,
    /// What became of a demand or an offer.
    Ask,
    /// A property that it has or lacks.
    Is,
    /// Its words.
    Text,
    /// Its note.
    Note,
    /// Its length in words.
    Words,
    /// Its length in characters.
    Characters,
    /// A saved view, whose filter it passes.
    View,
    /// An attribute of the codebook, by id or name.
    Attribute(SmolStr),
}

impl Field {
    /// All fields that have a name of their own, in the order of the help page.
    pub const NAMED: [Self; 21] = [
        Self::Category,
        Self::Role,
        Self::Actor,
        Self::Target,
        Self::Issue,
        Self::Document,
        Self::Author,
        Self::Source,
        Self::Coder,
        Self::Date,
        Self::When,
        Self::Created,
        Self::Review,
        Self::Status,
        Self::Ask,
        Self::Is,
        Self::Text,
        Self::Note,
        Self::Words,
        Self::Characters,
        Self::View,
    ];

    /// Its name in a filter, without the `@` of an attribute.
    pub fn name(&self) -> &str {
        match self {
            Self::Category => "category",
            Self::Role => "role",
            Self::Actor => "actor",
            Self::Target => "target",
            Self::Issue => "issue",
            Self::Document => "document",
            Self::Author => "author",
            Self::Source => "source",
            Self::Coder => "coder",
            Self::Date => "date",
            Self::When => "when",
            Self::Created => "created",
            Self::Review => "review",
            Self::Status => "status",
            Self::Ask => "ask",
            Self::Is => "is",
            Self::Text => "text",
            Self::Note => "note",
            Self::Words => "words",
            Self::Characters => "characters",
            Self::View => "view",
            Self::Attribute(id) => id,
        }
    }
}

/// A relation between a passage and another one, as seen from the first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Relation {
    /// Both have a character in common.
    Overlaps,
    /// All its ranges are within those of the other.
    Inside,
    /// All ranges of the other are within its own.
    Contains,
    /// Both have the same ranges.
    Exact,
    /// It is before, after or across the other, at most this far away; without a distance in the same paragraph.
    Near(Option<Distance>),
    /// It ends before the other starts, at most this far away.
    Before(Option<Distance>),
    /// It starts after the other ends, at most this far away.
    After(Option<Distance>),
    /// A sentence contains parts of both.
    SameSentence,
    /// A paragraph contains parts of both.
    SameParagraph,
    /// Both are in one document.
    SameDocument,
    /// It answers the other, by a link.
    Answers,
    /// The other answers it, by a link.
    AnsweredBy,
    /// A link connects both, in either direction.
    Linked,
}

impl Relation {
    /// All relations, without distances, in the order of the help page.
    pub const ALL: [Self; 13] = [
        Self::Overlaps,
        Self::Inside,
        Self::Contains,
        Self::Exact,
        Self::Near(None),
        Self::Before(None),
        Self::After(None),
        Self::SameSentence,
        Self::SameParagraph,
        Self::SameDocument,
        Self::Answers,
        Self::AnsweredBy,
        Self::Linked,
    ];

    /// Its name in a filter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overlaps => "overlaps",
            Self::Inside => "inside",
            Self::Contains => "contains",
            Self::Exact => "exact",
            Self::Near(_) => "near",
            Self::Before(_) => "before",
            Self::After(_) => "after",
            Self::SameSentence => "same-sentence",
            Self::SameParagraph => "same-paragraph",
            Self::SameDocument => "same-document",
            Self::Answers => "answers",
            Self::AnsweredBy => "answered-by",
            Self::Linked => "linked",
        }
    }

    /// True if links decide, and the other passage may be in any visible layer.
    pub fn is_link(self) -> bool {
        match self {
            Self::Answers | Self::AnsweredBy | Self::Linked => true,
            Self::Overlaps
            | Self::Inside
            | Self::Contains
            | Self::Exact
            | Self::Near(_)
            | Self::Before(_)
            | Self::After(_)
            | Self::SameSentence
            | Self::SameParagraph
            | Self::SameDocument => false,
        }
    }

    /// The greatest distance, if it was given.
    pub fn distance(self) -> Option<Distance> {
        match self {
            Self::Near(distance) | Self::Before(distance) | Self::After(distance) => distance,
            Self::Overlaps
            | Self::Inside
            | Self::Contains
            | Self::Exact
            | Self::SameSentence
            | Self::SameParagraph
            | Self::SameDocument
            | Self::Answers
            | Self::AnsweredBy
            | Self::Linked => None,
        }
    }

    /// The same relation within a distance; `None` for a relation to which distance means nothing.
    pub fn within(self, distance: Distance) -> Option<Self> {
        match self {
            Self::Near(_) => Some(Self::Near(Some(distance))),
            Self::Before(_) => Some(Self::Before(Some(distance))),
            Self::After(_) => Some(Self::After(Some(distance))),
            Self::Overlaps
            | Self::Inside
            | Self::Contains
            | Self::Exact
            | Self::SameSentence
            | Self::SameParagraph
            | Self::SameDocument
            | Self::Answers
            | Self::AnsweredBy
            | Self::Linked => None,
        }
    }
}

/// A number of units between two passages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Distance {
    /// The greatest number of units. 0 words are adjacent words; 0 sentences or paragraphs are the same one.
    pub count: u32,
    /// The unit.
    pub unit: Unit,
}

/// A unit of distance.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Unit {
    /// A Unicode scalar value.
    Character,
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// A paragraph that is not blank.
    Paragraph,
}

impl Unit {
    /// All units, the smallest first.
    pub const ALL: [Self; 4] = [Self::Character, Self::Word, Self::Sentence, Self::Paragraph];

    /// Its name in a filter, for one of them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Character => "character",
            Self::Word => "word",
            Self::Sentence => "sentence",
            Self::Paragraph => "paragraph",
        }
    }
}

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
    pub(super) fn with_position(self, at: Range<usize>) -> Self {
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
pub(super) fn is_word_character(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, ',' | '|' | '(' | ')' | ';' | '"')
}

impl Condition {
    /// A field with at least one value.
    pub fn new(field: Field, first: Value, more: impl IntoIterator<Item = Value>) -> Self {
        Self { field, values: std::iter::once(first).chain(more).collect() }
    }

    /// The field.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// The values, at least one.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The position of its values in the text that was parsed, in characters.
    pub fn position(&self) -> Range<usize> {
        let (first, last) = (self.values.first(), self.values.last());
        first.map_or(0, |value| value.at.start)..last.map_or(0, |value| value.at.end)
    }
}

impl Term {
    /// A field with one value.
    pub fn field(field: Field, value: Value) -> Self {
        Self::Field(Condition::new(field, value, []))
    }

    /// The opposite: a negated term loses its sign, any other gets one.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(term) => *term,
            Self::Any | Self::Group(_) | Self::Field(_) | Self::Related(..) => Self::Not(Box::new(self)),
        }
    }
}

impl Default for Filter {
    fn default() -> Self {
        Self { alternatives: vec![Vec::new()] }
    }
}

impl Filter {
    /// A filter whose terms must all hold.
    pub fn all_of(terms: impl IntoIterator<Item = Term>) -> Self {
        Self { alternatives: vec![terms.into_iter().collect()] }
    }

    /// A filter of which one alternative must hold; without any, it lets everything through.
    pub fn any_of(alternatives: impl IntoIterator<Item = Vec<Term>>) -> Self {
        let alternatives: Vec<Vec<Term>> = alternatives.into_iter().collect();
        if alternatives.is_empty() { Self::default() } else { Self { alternatives } }
    }

    /// The alternatives, at least one.
    pub fn alternatives(&self) -> &[Vec<Term>] {
        &self.alternatives
    }

    /// The terms, if there is only one alternative.
    pub fn terms(&self) -> Option<&[Term]> {
        match self.alternatives.as_slice() {
            [terms] => Some(terms),
            _ => None,
        }
    }

    /// True if it has no terms at all.
    pub fn is_empty(&self) -> bool {
        self.terms().is_some_and(<[Term]>::is_empty)
    }
}
