//! The filter as a tree, as it was typed: names are not looked up yet.

mod relation;
mod value;

use std::ops::Range;

use smol_str::SmolStr;

pub use relation::{Distance, Relation, Unit};
pub(super) use value::is_word_character;
pub use value::{Keyword, Value};

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
    /// A set that its document is in.
    Set,
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
    pub const NAMED: [Self; 22] = [
        Self::Category,
        Self::Role,
        Self::Actor,
        Self::Target,
        Self::Issue,
        Self::Document,
        Self::Set,
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
            Self::Set => "set",
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
        first.map_or(0, |value| value.position().start)..last.map_or(0, |value| value.position().end)
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
