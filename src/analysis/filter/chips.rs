//! A filter as a row of chips, one per term: the same filter as its text, in a form for clicking.

use demarche_model::Project;

use super::ast::{Filter, Term};

/// The terms of a filter as chips. A filter of several alternatives is a single chip.
///
/// # Examples
///
/// ```
/// use demarche_analysis::filter::{Chips, Filter};
///
/// let mut chips = Chips::from(Filter::parse("role:demand actor:Estmark").unwrap());
/// chips.negate(1);
/// assert_eq!(chips.filter().to_string(), "role:demand -actor:Estmark");
/// chips.remove(0);
/// assert_eq!(chips.filter().to_string(), "-actor:Estmark");
///
/// // Alternatives stay together when a term is added.
/// let mut chips = Chips::from(Filter::parse("issue:fees | issue:port").unwrap());
/// chips.add(Filter::parse("role:offer").unwrap().terms().unwrap()[0].clone());
/// assert_eq!(chips.filter().to_string(), "(issue:fees | issue:port) role:offer");
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Chips(Vec<Chip>);

/// A chip of a filter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chip(Part);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Part {
    Term(Term),
    /// A whole filter of several alternatives: the only chip there is.
    Alternatives(Filter),
}

impl From<Filter> for Chips {
    fn from(filter: Filter) -> Self {
        match filter.terms() {
            Some(terms) => Self(terms.iter().map(|term| Chip(Part::Term(term.clone()))).collect()),
            None => Self(vec![Chip(Part::Alternatives(filter))]),
        }
    }
}

impl Chips {
    /// The filter.
    pub fn filter(&self) -> Filter {
        match self.0.as_slice() {
            [Chip(Part::Alternatives(filter))] => filter.clone(),
            chips => Filter::all_of(chips.iter().map(Chip::term)),
        }
    }

    /// The chips in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Chip> {
        self.0.iter()
    }

    /// Number of chips.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True if there are no chips, so that every passage passes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a term as the last chip.
    pub fn add(&mut self, term: Term) {
        // Next to another chip, alternatives need parentheses.
        self.0.iter_mut().for_each(|chip| *chip = Chip(Part::Term(chip.term())));
        self.0.push(Chip(Part::Term(term)));
    }

    /// Replaces a chip.
    pub fn replace(&mut self, at: usize, term: Term) {
        if let Some(chip) = self.0.get_mut(at) {
            *chip = Chip(Part::Term(term));
        }
    }

    /// Removes a chip.
    pub fn remove(&mut self, at: usize) {
        if at < self.0.len() {
            self.0.remove(at);
        }
    }

    /// Negates a chip, or removes its sign.
    pub fn negate(&mut self, at: usize) {
        if let Some(chip) = self.0.get_mut(at) {
            *chip = Chip(Part::Term(chip.term().negated()));
        }
    }
}

impl Chip {
    /// The chip as a term; alternatives in parentheses.
    pub fn term(&self) -> Term {
        match &self.0 {
            Part::Term(term) => term.clone(),
            Part::Alternatives(filter) => Term::Group(filter.clone()),
        }
    }

    /// True if it is negated.
    pub fn is_negated(&self) -> bool {
        match &self.0 {
            Part::Term(term) => matches!(term, Term::Not(_)),
            Part::Alternatives(_) => false,
        }
    }

    /// Its label, with the names that the project has for ids.
    pub fn label(&self, project: &Project) -> String {
        match &self.0 {
            Part::Term(term) => term.in_words(project),
            Part::Alternatives(filter) => filter.in_words(project),
        }
    }
}
