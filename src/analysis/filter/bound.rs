//! A filter whose names have been looked up in a project: it can be evaluated without looking up any text.

use std::collections::HashSet;
use std::hash::Hash;

use smol_str::SmolStr;

use demarche_model::{AttributeId, CategoryId, DocumentId, Status, Verdict};

use super::ast::Relation;
use super::evaluate::Property;
use super::text_match::TextMatch;
use crate::bargain::{AskState, CoderChoice, DayRange};

/// A filter that fits a project, as long as [`Project::list_revision`](demarche_model::Project::list_revision) stays the
/// same; after that, the filter is bound again.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The filter and the saved views it uses, as text: what distinguishes it from other filters.
    pub(super) identity: String,
    pub(super) list_revision: u64,
    pub(super) coders: Option<CoderChoice>,
    pub(super) root: Node,
    /// The saved views that it uses, each once.
    pub(super) views: Vec<Node>,
    pub(super) needs: Needs,
}

impl Bound {
    /// The coders that `coder:` chooses; `None` if the filter leaves the choice open.
    pub fn coders(&self) -> Option<&CoderChoice> {
        self.coders.as_ref()
    }

    /// The revision of the project's lists for which it was bound.
    pub fn list_revision(&self) -> u64 {
        self.list_revision
    }

    /// True if the moves have to be read to evaluate it: for actors, issues, dates, or what the ledger knows.
    pub fn needs_moves(&self) -> bool {
        self.root.needs_moves() || self.views.iter().any(Node::needs_moves)
    }
}

/// What the result depends on besides the document and the project's lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Needs {
    /// The links of all documents.
    pub links: bool,
    /// The ledger.
    pub ledger: bool,
    /// Dates, which may be uncertain.
    pub dates: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    /// Every passage.
    Every,
    Not(Box<Node>),
    /// All of these.
    All(Vec<Node>),
    /// One of these.
    OneOf(Vec<Node>),
    /// A saved view, by its position.
    View(usize),
    Test(Test),
    Related(Box<Related>),
}

impl Node {
    fn needs_moves(&self) -> bool {
        match self {
            Self::Every | Self::View(_) => false,
            Self::Not(node) => node.needs_moves(),
            Self::All(nodes) | Self::OneOf(nodes) => nodes.iter().any(Self::needs_moves),
            Self::Related(related) => related.other.needs_moves(),
            Self::Test(test) => match test {
                Test::Names(..) | Test::Ask(_) | Test::Properties(_) => true,
                Test::Days(field, _) => *field != DateField::Created,
                Test::Categories(_)
                | Test::Documents(_)
                | Test::Review(_)
                | Test::Status(_)
                | Test::Text(_)
                | Test::Note(_)
                | Test::Words(_)
                | Test::Characters(_)
                | Test::Attribute(..) => false,
            },
        }
    }
}

/// Another passage in a relation.
#[derive(Clone, Debug)]
pub(super) struct Related {
    /// Its number in the filter.
    pub id: usize,
    pub relation: Relation,
    pub other: Node,
}

/// A test of one passage.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Categories(HashSet<CategoryId>),
    Documents(HashSet<DocumentId>),
    Names(Part, Wanted<SmolStr>),
    Days(DateField, DayTest),
    Review(Wanted<Verdict>),
    Status(Wanted<Status>),
    Ask(Wanted<AskState>),
    Properties(Vec<Property>),
    Text(TextTest),
    Note(TextTest),
    Words(NumberTest),
    Characters(NumberTest),
    Attribute(AttributeId, AttributeTest),
}

/// The part of a move that a name is looked for in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Actor,
    Target,
    Issue,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DateField {
    Date,
    When,
    Created,
}

#[derive(Clone, Debug)]
pub(super) enum AttributeTest {
    Choices(Wanted<SmolStr>),
    Flag(Wanted<bool>),
    Number(NumberTest),
    Text(TextTest),
    Days(DayTest),
}

/// Values of which one is enough, or that there is none, or any.
#[derive(Clone, Debug)]
pub(super) struct Wanted<T> {
    pub listed: HashSet<T>,
    pub none: bool,
    pub any: bool,
}

impl<T> Default for Wanted<T> {
    fn default() -> Self {
        Self { listed: HashSet::new(), none: false, any: false }
    }
}

impl<T: Eq + Hash> Wanted<T> {
    /// True if a value is wanted, or that there is none.
    pub fn accepts(&self, value: Option<&T>) -> bool {
        value.map_or(self.none, |value| self.any || self.listed.contains(value))
    }
}

impl Wanted<SmolStr> {
    /// True if one of these names is wanted, or that there is none.
    pub fn accepts_names<'a>(&self, names: impl Iterator<Item = &'a str>) -> bool {
        let mut is_specified = false;
        for name in names {
            if self.any || self.listed.contains(name) {
                return true;
            }
            is_specified = true;
        }
        self.none && !is_specified
    }
}

/// Ranges of which one must contain the value.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranges<T> {
    pub ranges: Vec<T>,
    pub none: bool,
    pub any: bool,
}

pub(super) type NumberTest = Ranges<NumberRange>;
pub(super) type DayTest = Ranges<DayRange>;
pub(super) type TextTest = Ranges<TextMatch>;

impl<T> Ranges<T> {
    /// True if `fits` holds for a range, given that there is a value or not.
    pub fn accepts<V: Copy>(&self, value: Option<V>, fits: impl Fn(&T, V) -> bool) -> bool {
        match value {
            Some(value) => self.any || self.ranges.iter().any(|range| fits(range, value)),
            None => self.none,
        }
    }
}

/// Numbers from one to another, both included.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct NumberRange {
    pub first: f64,
    pub last: f64,
}

impl NumberRange {
    pub fn contains(self, number: f64) -> bool {
        self.first <= number && number <= self.last
    }
}
