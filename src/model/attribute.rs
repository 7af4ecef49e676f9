//! Definitions of attributes, and the kinds of value they take.

use std::borrow::Cow;
use std::mem::discriminant;

use smol_str::SmolStr;

use super::{AttributeId, CategoryId, Date, Meaning, Value};

/// An attribute that spans can carry.
#[derive(Clone, PartialEq, Debug)]
pub struct AttributeDef {
    /// Its id, also in files.
    pub id: AttributeId,
    /// Its name.
    pub name: String,
    /// The kind of value it takes.
    pub kind: AttributeKind,
    /// The categories it applies to; empty for all.
    pub categories: Vec<CategoryId>,
    /// The value of a new span.
    pub default: Option<Value>,
    /// The letter that selects it.
    pub hotkey: Option<char>,
    /// Its definition.
    pub definition: String,
    /// What the analysis takes it to mean; if empty, its id decides. See [`Meaning`].
    pub means: Vec<Meaning>,
    /// The unit of its numbers, such as `crowns a tonne`.
    pub unit: Option<String>,
}

impl AttributeDef {
    /// An attribute for all categories, without a default, a key or a definition.
    pub fn new(id: AttributeId, name: impl Into<String>, kind: AttributeKind) -> Self {
        Self {
            id,
            name: name.into(),
            kind,
            categories: Vec::new(),
            default: None,
            hotkey: None,
            definition: String::new(),
            means: Vec::new(),
            unit: None,
        }
    }

    /// True if spans of a category can carry it.
    pub fn applies_to(&self, category: &CategoryId) -> bool {
        self.categories.is_empty() || self.categories.contains(category)
    }
}

/// The kind of value an attribute takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AttributeKind {
    /// One of these.
    Choice(Vec<SmolStr>),
    /// Any number of these.
    Choices(Vec<SmolStr>),
    /// One of the project's actors.
    Actor,
    /// Any number of the project's actors.
    Actors,
    /// One of the project's issues.
    Issue,
    /// Free text.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// A date.
    Date,
}

/// The way in which a person enters a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueInput<'a> {
    /// By choosing from a list.
    Listed {
        /// The list.
        list: ValueList<'a>,
        /// True if several entries can be chosen.
        several: bool,
    },
    /// By choosing yes or no.
    Flag,
    /// By typing it.
    Typed,
}

/// The list from which values are chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValueList<'a> {
    /// The attribute's own list.
    Own(&'a [SmolStr]),
    /// The project's actors.
    Actors,
    /// The project's issues.
    Issues,
}

impl AttributeKind {
    /// All kinds; a list of their own is empty.
    pub const ALL: [Self; 9] = [
        Self::Choice(Vec::new()),
        Self::Choices(Vec::new()),
        Self::Actor,
        Self::Actors,
        Self::Issue,
        Self::Text,
        Self::Number,
        Self::Flag,
        Self::Date,
    ];

    /// The kind of a value, with an empty list.
    pub fn from_value(value: &Value) -> Self {
        match value {
            Value::Choice(_) => Self::Choice(Vec::new()),
            Value::Choices(_) => Self::Choices(Vec::new()),
            Value::Text(_) => Self::Text,
            Value::Number(_) => Self::Number,
            Value::Flag(_) => Self::Flag,
            Value::Date(_) => Self::Date,
        }
    }

    /// True if two kinds are the same, apart from their lists.
    pub fn is_same(&self, other: &Self) -> bool {
        discriminant(self) == discriminant(other)
    }

    /// The way in which a person enters a value.
    pub fn input(&self) -> ValueInput<'_> {
        let listed = |list, several| ValueInput::Listed { list, several };
        match self {
            Self::Choice(list) => listed(ValueList::Own(list), false),
            Self::Choices(list) => listed(ValueList::Own(list), true),
            Self::Actor => listed(ValueList::Actors, false),
            Self::Actors => listed(ValueList::Actors, true),
            Self::Issue => listed(ValueList::Issues, false),
            Self::Flag => ValueInput::Flag,
            Self::Text | Self::Number | Self::Date => ValueInput::Typed,
        }
    }

    /// The list from which values are chosen, if there is one.
    pub fn list(&self) -> Option<ValueList<'_>> {
        match self.input() {
            ValueInput::Listed { list, .. } => Some(list),
            ValueInput::Flag | ValueInput::Typed => None,
        }
    }

    /// True if a value can consist of several entries of the list.
    pub fn takes_several(&self) -> bool {
        matches!(self.input(), ValueInput::Listed { several: true, .. })
    }

    /// True if values have a natural order, like numbers and dates.
    pub fn is_ordered(&self) -> bool {
        match self {
            Self::Number | Self::Date => true,
            Self::Choice(_)
            | Self::Choices(_)
            | Self::Actor
            | Self::Actors
            | Self::Issue
            | Self::Text
            | Self::Flag => false,
        }
    }

    /// The kind's own list, if it has one.
    pub fn own_list(&self) -> Option<&[SmolStr]> {
        match self.list() {
            Some(ValueList::Own(list)) => Some(list),
            Some(ValueList::Actors | ValueList::Issues) | None => None,
        }
    }

    /// The kind's own list, for changes.
    pub fn own_list_mut(&mut self) -> Option<&mut Vec<SmolStr>> {
        match self {
            Self::Choice(list) | Self::Choices(list) => Some(list),
            Self::Actor
            | Self::Actors
            | Self::Issue
            | Self::Text
            | Self::Number
            | Self::Flag
            | Self::Date => None,
        }
    }

    /// The same kind with another list; unchanged if it has none of its own.
    pub fn with_list(&self, list: Vec<SmolStr>) -> Self {
        let mut kind = self.clone();
        if let Some(own) = kind.own_list_mut() {
            *own = list;
        }
        kind
    }

    /// The value that consists of these entries of the list; `None` without entries, and for a kind without a
    /// list. A kind of single entries uses the first.
    pub fn chosen(&self, entries: impl IntoIterator<Item = SmolStr>) -> Option<Value> {
        let ValueInput::Listed { several, .. } = self.input() else { return None };
        let mut entries = entries.into_iter().peekable();
        entries.peek()?;
        if several { Some(Value::Choices(entries.collect())) } else { entries.next().map(Value::Choice) }
    }

    /// Reads a value that a person has typed, or that [`Value::data_text`] has written. `None` for a text that is no such
    /// value, and for an empty one. Lists are not consulted: see [`AttributeKind::unlisted`].
    ///
    /// ```
    /// use demarche_model::{AttributeKind, Value};
    ///
    /// assert_eq!(AttributeKind::Number.parse(" 3,5 "), Some(Value::Number(3.5)));
    /// assert_eq!(AttributeKind::Flag.parse("no"), Some(Value::Flag(false)));
    /// assert_eq!(AttributeKind::Date.parse("30 February"), None);
    ///
    /// let topics = AttributeKind::Choices(vec!["fees".into(), "port".into()]);
    /// let value = topics.parse("port; fees").unwrap();
    /// assert_eq!(value.to_string(), "fees, port");
    /// assert_eq!(value.data_text(), "fees; port");
    /// ```
    pub fn parse(&self, text: &str) -> Option<Value> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match self {
            Self::Choice(_) | Self::Actor | Self::Issue => Some(Value::Choice(text.into())),
            Self::Choices(_) | Self::Actors => {
                let entries = text.split(';').map(str::trim).filter(|entry| !entry.is_empty());
                self.chosen(entries.map(SmolStr::new))
            }
            Self::Text => Some(Value::Text(text.to_owned())),
            Self::Number => parse_number(text).map(Value::Number),
            Self::Flag => parse_flag(text).map(Value::Flag),
            Self::Date => Date::parse(text).map(|date| Value::Date(date.as_str().into())),
        }
    }

    /// The parts of a value that are not in the kind's own list; empty if it has none.
    pub fn unlisted<'a>(&self, value: &'a Value) -> Vec<Cow<'a, str>> {
        let Some(list) = self.own_list() else { return Vec::new() };
        let is_listed = |text: &str| list.iter().any(|entry| entry == text);
        match value {
            Value::Choice(_) | Value::Choices(_) | Value::Text(_) => {
                value.texts().filter(|text| !is_listed(text)).collect()
            }
            Value::Number(_) | Value::Flag(_) | Value::Date(_) => vec![value.text()],
        }
    }
}

/// Parses a finite number with a decimal point or comma.
fn parse_number(text: &str) -> Option<f64> {
    let is_comma = text.matches(',').count() == 1 && !text.contains('.');
    let text = if is_comma { Cow::Owned(text.replace(',', ".")) } else { Cow::Borrowed(text) };
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

fn parse_flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SortKey;

    fn topics() -> AttributeKind {
        AttributeKind::Choices(vec!["port".into(), "fees".into()])
    }

    #[test]
    fn typed_texts_are_read_or_refused() {
        let number = |text: &str| AttributeKind::Number.parse(text);
        assert_eq!(number("-12"), Some(Value::Number(-12.0)));
        assert_eq!(number("1,5"), Some(Value::Number(1.5)));
        for wrong in ["abc", "1,234.5", "NaN", "inf", " "] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
        assert_eq!(AttributeKind::Flag.parse("Yes"), Some(Value::Flag(true)));
        assert_eq!(AttributeKind::Flag.parse("maybe"), None);
        assert_eq!(AttributeKind::Date.parse(" 2026-03 "), Some(Value::Date("2026-03".into())));
        assert_eq!(AttributeKind::Text.parse(" as they say "), Some(Value::Text("as they say".to_owned())));
        assert_eq!(AttributeKind::Actor.parse("Norvania"), Some(Value::Choice("Norvania".into())));
        assert_eq!(topics().parse(" ; "), None);
        for kind in AttributeKind::ALL {
            assert_eq!(kind.parse("  "), None, "{kind}");
        }
    }

    #[test]
    fn data_is_read_back() {
        let values = [
            Value::Choice("fees".into()),
            Value::Choices(["fees".into(), "port".into()].into()),
            Value::Text("as they say".to_owned()),
            Value::Number(-2.5),
            Value::Flag(false),
            Value::Date("2026-03-14".into()),
        ];
        for value in values {
            assert_eq!(AttributeKind::from_value(&value).parse(&value.data_text()), Some(value));
        }
    }

    #[test]
    fn entries_of_a_list_make_a_value() {
        let two = || [SmolStr::from("port"), SmolStr::from("fees")];
        assert_eq!(topics().chosen(two()), Some(Value::Choices(two().into())));
        assert_eq!(AttributeKind::Issue.chosen(two()), Some(Value::Choice("port".into())));
        assert_eq!(topics().chosen([]), None);
        assert_eq!(AttributeKind::Text.chosen(two()), None);
    }

    #[test]
    fn only_entries_of_its_own_list_fit_a_kind() {
        let mixed = Value::Choices(["fees".into(), "tariffs".into()].into());
        assert_eq!(topics().unlisted(&mixed), ["tariffs"]);
        assert!(topics().unlisted(&Value::Text("port".to_owned())).is_empty());
        assert_eq!(topics().unlisted(&Value::Flag(true)), ["yes"]);
        assert!(AttributeKind::Actor.unlisted(&mixed).is_empty());
    }

    #[test]
    fn choices_sort_by_the_list_and_others_by_number_or_spelling() {
        let list: &[SmolStr] = &["port".into(), "fees".into()];
        let words = |text: &'static str| SortKey::Words(Cow::Borrowed(text));
        assert_eq!(Value::Choice("fees".into()).sort_key(list), SortKey::Position(1));
        assert_eq!(Value::Choice("tariffs".into()).sort_key(list), words("tariffs"));
        assert_eq!(Value::Flag(true).sort_key(list), SortKey::Position(0));
        assert_eq!(Value::Number(2.5).sort_key(list), SortKey::Number(2.5));
    }
}
