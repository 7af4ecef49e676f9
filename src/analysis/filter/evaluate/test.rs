//! Tests of single passages.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use demarche_model::{Date, Text, Value};

use super::super::bound::{AttributeTest, DateField, DayTest, NumberRange, NumberTest, Part, Test, TextTest};
use super::{Facts, LayerView, Passage};
use crate::bargain::DayRange;
use crate::summary::Day;

impl Test {
    /// Keeps the passages that pass. If `only_certain`, a date must be in the range on every day that it can mean.
    pub(super) fn retain<F: Facts>(
        &self,
        view: &LayerView<'_>,
        facts: &F,
        only_certain: bool,
        kept: &mut [bool],
    ) {
        // These do not depend on the passage.
        let is_whole = match self {
            Self::Documents(ids) => Some(ids.contains(view.document.id())),
            Self::Categories(_)
            | Self::Names(..)
            | Self::Days(..)
            | Self::Review(_)
            | Self::Status(_)
            | Self::Ask(_)
            | Self::Properties(_)
            | Self::Text(_)
            | Self::Note(_)
            | Self::Words(_)
            | Self::Characters(_)
            | Self::Attribute(..) => None,
        };
        match is_whole {
            Some(true) => {}
            Some(false) => kept.fill(false),
            None => {
                for (passage, kept) in view.passages().zip(kept) {
                    *kept = *kept && self.passes(passage, view.text, facts, only_certain);
                }
            }
        }
    }

    fn passes<F: Facts>(&self, at: Passage<'_>, text: &Text, facts: &F, only_certain: bool) -> bool {
        match self {
            Self::Categories(ids) => ids.contains(&at.span.category),
            Self::Documents(ids) => ids.contains(at.document.id()),
            Self::Names(Part::Actor, wanted) => wanted.accepts_names(facts.actors(at)),
            Self::Names(Part::Target, wanted) => wanted.accepts_names(facts.targets(at)),
            Self::Names(Part::Issue, wanted) => wanted.accepts_names(facts.issues(at)),
            Self::Days(field, wanted) => is_in_days(wanted, date(*field, at, facts), only_certain),
            Self::Review(wanted) => {
                let people = at.document.decisions(at.span.id).filter(|(who, _)| !who.is_consensus());
                let mut verdicts = people.filter_map(|(_, decision)| decision.verdict).peekable();
                match verdicts.peek() {
                    None => wanted.none,
                    Some(_) => verdicts.any(|verdict| wanted.accepts(Some(&verdict))),
                }
            }
            Self::Status(wanted) => wanted.accepts(Some(&at.layer.status())),
            Self::Ask(wanted) => wanted.accepts(facts.ask(at).as_ref()),
            Self::Properties(properties) => properties.iter().any(|property| facts.is(at, *property)),
            Self::Text(wanted) => is_in_text(wanted, &quote(at, text)),
            Self::Note(wanted) => is_in_text(wanted, &at.span.note),
            Self::Words(wanted) => is_in_numbers(wanted, quote(at, text).unicode_words().count()),
            Self::Characters(wanted) => is_in_numbers(wanted, characters(at, text)),
            Self::Attribute(id, test) => test.passes(at.span.attributes.get(id), only_certain),
        }
    }
}

impl AttributeTest {
    fn passes(&self, value: Option<&Value>, only_certain: bool) -> bool {
        match self {
            Self::Choices(wanted) => {
                // A text that could not be converted is compared by its spelling.
                let texts: Vec<Cow<'_, str>> = value.into_iter().flat_map(Value::texts).collect();
                wanted.accepts_names(texts.iter().map(|text| &**text))
            }
            Self::Flag(wanted) => match value {
                Some(Value::Flag(flag)) => wanted.accepts(Some(flag)),
                Some(_) => wanted.any,
                None => wanted.none,
            },
            Self::Number(wanted) => match value {
                Some(value) => {
                    wanted.any || value.as_number().is_some_and(|number| is_in_number(wanted, number))
                }
                None => wanted.none,
            },
            Self::Text(wanted) => is_in_text(wanted, &value.map_or(Cow::Borrowed(""), Value::text)),
            Self::Days(wanted) => match value {
                Some(value) => {
                    let days = Date::parse(&value.text()).as_ref().map(DayRange::from_date);
                    wanted.any || days.is_some_and(|days| is_in_days(wanted, Some(days), only_certain))
                }
                None => wanted.none,
            },
        }
    }
}

fn date<F: Facts>(field: DateField, at: Passage<'_>, facts: &F) -> Option<DayRange> {
    match field {
        DateField::Date => facts.date(at),
        DateField::When => facts.when(at),
        DateField::Created => Some(DayRange::day(Day::from_stamp(at.span.created))),
    }
}

/// True if the days are wanted: one of them, or all of them if only certain dates count.
fn is_in_days(wanted: &DayTest, days: Option<DayRange>, only_certain: bool) -> bool {
    let fits = |range: &DayRange, days: DayRange| {
        if only_certain { range.contains(days) } else { days.may_overlap(*range) }
    };
    wanted.accepts(days, fits)
}

fn is_in_text(wanted: &TextTest, text: &str) -> bool {
    wanted.accepts((!text.trim().is_empty()).then_some(text), |part, text| part.is_in(text))
}

fn is_in_numbers(wanted: &NumberTest, count: usize) -> bool {
    // No text has more than 2^53 words.
    is_in_number(wanted, count as f64)
}

fn is_in_number(wanted: &NumberTest, number: f64) -> bool {
    wanted.accepts(Some(number), |range: &NumberRange, number| range.contains(number))
}

/// The tagged words; those in the file, if the place is lost.
fn quote<'a>(at: Passage<'a>, text: &'a Text) -> Cow<'a, str> {
    match at.lost {
        Some(claim) => claim.quote.shown(),
        None if at.span.ranges.count() == 1 => Cow::Borrowed(text.slice(at.span.ranges.cover())),
        None => Cow::Owned(at.span.quote(text)),
    }
}

/// Number of tagged characters.
fn characters(at: Passage<'_>, text: &Text) -> usize {
    let ranges = at.span.ranges.iter();
    match at.lost {
        // These ranges are in characters.
        Some(_) => ranges.map(|range| range.len()).sum(),
        None => ranges.map(|range| text.characters_in(range)).sum(),
    }
}
