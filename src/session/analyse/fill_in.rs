//! Filling in what passages do not specify: from a number of the Analyse screen to those passages, and back.

use demarche_analysis::bargain::{CoderChoice, PassageSet};
use demarche_analysis::filter::{Chips, Field, Filter, Term, Value};
use demarche_model::AttributeId;

use super::ReadingFound;
use super::unspecified::Unspecified;
use crate::{NavigateAction, Screen, Session};

/// The filter with which values are filled in, and the one before it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Filling {
    before: String,
    during: String,
}

impl ReadingFound {
    /// The attribute of which none of some passages has a value.
    pub(super) fn unspecified_by(&self, passages: &PassageSet) -> Option<&Unspecified> {
        let lacks = |one: &&Unspecified| passages.iter().all(|index| one.passages.contains(index));
        self.unspecified.iter().find(lacks).filter(|_| !passages.is_empty())
    }
}

impl Session {
    /// Shows the passages that lack the same value as those that are listed, to fill it in, and goes to the first one.
    /// Returns the attribute. Back on the Analyse screen, the filter is the one before.
    pub fn fill_in(&mut self) -> Option<AttributeId> {
        let listed = self.analyse.listed()?;
        let (reading, attribute) = (listed.reading, listed.unspecified.clone()?);
        let result = self.analyse.result()?.clone();
        let found = result.readings.get(reading)?;
        let unspecified = found.unspecified.iter().find(|one| one.attribute == attribute)?;
        let first = found.spans(&unspecified.passages).into_iter().next()?;
        let before = self.filter().to_owned();
        let during = filter_of(&before, found, unspecified, result.coders.as_ref());
        self.show_screen(Screen::Annotate);
        self.set_filter(during.clone());
        self.perform(NavigateAction::GoTo(first));
        self.analyse.filling = Some(Filling { before, during });
        Some(attribute)
    }

    /// Restores the filter from before values were filled in, unless the user has changed it since.
    pub(crate) fn end_filling_in(&mut self) {
        let Some(filling) = self.analyse.filling.take() else { return };
        if filling.during == self.filter() {
            self.set_filter(filling.before);
        }
    }
}

/// A filter that lets only the moves of a reading through that lack a value.
fn filter_of(
    before: &str,
    reading: &ReadingFound,
    unspecified: &Unspecified,
    named: Option<&CoderChoice>,
) -> String {
    let mut chips = Filter::parse(before).map(Chips::from).unwrap_or_default();
    chips.add(unspecified.term());
    if reading.excluded.iter().any(|excluded| !excluded.is_empty()) {
        chips.add(Term::field(Field::Is, Value::word("move")));
    }
    if named.is_none() {
        let coder = reading.coder.as_ref().or(reading.stand_in.as_ref());
        let coder = coder.map_or_else(|| Value::word("final"), |id| Value::name(id.as_str()));
        chips.add(Term::field(Field::Coder, coder));
    }
    chips.filter().to_string()
}
