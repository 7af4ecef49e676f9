//! What is counted in one document: everything that the measures need of it, in sums.

use std::sync::Arc;

use super::alpha_u::{self, Stretch};
use super::cover::{self, Run};
use super::frame::Frame;
use super::matching::{self, Match, Tagged};
use super::{SegmentCache, Unit};
use demarche_model::{Document, Text, TextRange, Value};

/// The counts of one document that at least two annotators have worked on.
pub(super) struct Counted<'a> {
    /// Who has worked on it: numbers of annotators, in order.
    pub present: Vec<usize>,
    /// Its length in characters.
    pub length: f64,
    /// Spans by category, per annotator present.
    pub spans: Vec<Vec<f64>>,
    /// Per two annotators present, in the order of [`pairs`].
    pub pairs: Vec<PairCount<'a>>,
    pub sentences: Option<Coverage>,
    pub tokens: Option<Coverage>,
    /// Categories that somebody has used here, with their units in the running text.
    pub continua: Vec<Unitized>,
}

/// What two annotators have in common in a document.
#[derive(Default)]
pub(super) struct PairCount<'a> {
    /// Spans matched exactly, by category.
    pub exact: Vec<f64>,
    /// Spans matched by overlap alone, by category.
    pub partial: Vec<f64>,
    /// Category with the first and with the second, of each passage of either; `None` where one has nothing.
    pub cells: Vec<(Option<usize>, Option<usize>)>,
    /// Attributes of spans matched in one category: which, and what the two say.
    pub said: Vec<(usize, Option<&'a Value>, Option<&'a Value>)>,
}

/// Which units of a document carry which label. Labels are the categories by number; the number after the last stands for
/// any of them.
pub(super) struct Coverage {
    /// How many units there are.
    pub units: f64,
    /// Whether an annotator has put several categories on one unit, per annotator present.
    pub several: Vec<bool>,
    /// Units by label, per annotator present.
    pub labelled: Vec<Vec<f64>>,
    /// Units by label that both have labelled so, per two annotators present.
    pub both: Vec<Vec<f64>>,
}

/// The units of a category in the running text of a document.
pub(super) struct Unitized {
    pub category: usize,
    /// Σ δ² over ordered pairs, divided by the number of annotators less one.
    pub difference: f64,
    /// Lengths of all units, in characters.
    pub units: Vec<u32>,
    /// Lengths of all gaps, in characters.
    pub gaps: Vec<u32>,
}

/// Every two of `count` places, the lesser first.
pub(super) fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |first| (first + 1..count).map(move |second| (first, second)))
}

impl<'a> Counted<'a> {
    /// Counts a document; `None` where fewer than two of the annotators have worked on it.
    pub fn new(frame: &Frame<'a>, document: &'a Document, segments: &SegmentCache) -> Option<Self> {
        let text = document.text.as_ref()?;
        let present = frame.present(document);
        if present.len() < 2 {
            return None;
        }
        let voices: Vec<Vec<Tagged<'a>>> = present.iter().map(|&who| frame.spans(document, who)).collect();
        let by_category = |voice: &Vec<Tagged<'_>>| {
            let mut counts = vec![0.0; frame.categories.len()];
            voice.iter().for_each(|tagged| counts[tagged.category] += 1.0);
            counts
        };
        let coverage =
            |unit| frame.counts(unit).then(|| cover(frame, &voices, document, text, unit, segments));
        Some(Self {
            length: text.characters() as f64,
            spans: voices.iter().map(by_category).collect(),
            pairs: if frame.counts(Unit::Span) {
                pairs(present.len()).map(|(a, b)| pair(frame, &voices[a], &voices[b])).collect()
            } else {
                Vec::new()
            },
            sentences: coverage(Unit::Sentence),
            tokens: coverage(Unit::Token),
            continua: if frame.counts(Unit::Character) { unitize(frame, &voices, text) } else { Vec::new() },
            present,
        })
    }

    /// Where an annotator stands among those present.
    pub fn place(&self, who: usize) -> Option<usize> {
        self.present.iter().position(|&present| present == who)
    }

    /// Where the counts of two places among those present stand.
    pub fn pair(&self, first: usize, second: usize) -> usize {
        pairs(self.present.len()).take_while(|pair| *pair != (first, second)).count()
    }
}

fn pair<'a>(frame: &Frame<'a>, first: &[Tagged<'a>], second: &[Tagged<'a>]) -> PairCount<'a> {
    let categories = frame.categories.len();
    let mut count =
        PairCount { exact: vec![0.0; categories], partial: vec![0.0; categories], ..PairCount::default() };
    let mut matches = matching::within(first, second);
    for found in &matches {
        let (a, b) = (first[found.first], second[found.second]);
        let counts = if found.exact { &mut count.exact } else { &mut count.partial };
        counts[a.category] += 1.0;
        for (number, attribute) in frame.attributes.iter().enumerate().filter(|(_, a)| !a.is_text()) {
            if attribute.def.fits(&a.span.category) {
                let said = |tagged: Tagged<'a>| tagged.span.attributes.get(&attribute.def.id);
                count.said.push((number, said(a), said(b)));
            }
        }
    }
    matching::across(first, second, &mut matches);
    count.cells = cells(first, second, &matches);
    count
}

/// The categories of matched spans, and of those that are left over.
fn cells(
    first: &[Tagged<'_>],
    second: &[Tagged<'_>],
    matches: &[Match],
) -> Vec<(Option<usize>, Option<usize>)> {
    let (mut alone_a, mut alone_b) = (vec![true; first.len()], vec![true; second.len()]);
    let mut cells = Vec::with_capacity(first.len().max(second.len()));
    for found in matches {
        (alone_a[found.first], alone_b[found.second]) = (false, false);
        cells.push((Some(first[found.first].category), Some(second[found.second].category)));
    }
    let left = |list: &[Tagged<'_>], alone: Vec<bool>| {
        let left = list.iter().zip(alone).filter(|(_, alone)| *alone);
        left.map(|(tagged, _)| tagged.category).collect::<Vec<_>>()
    };
    cells.extend(left(first, alone_a).into_iter().map(|category| (Some(category), None)));
    cells.extend(left(second, alone_b).into_iter().map(|category| (None, Some(category))));
    cells
}

fn cover(
    frame: &Frame<'_>,
    voices: &[Vec<Tagged<'_>>],
    document: &Document,
    text: &Arc<Text>,
    unit: Unit,
    segments: &SegmentCache,
) -> Coverage {
    let segments = segments.of(document, text);
    let units = if unit == Unit::Token { segments.tokens(text) } else { segments.sentences(text) };
    let voices: Vec<Vec<Vec<Run>>> =
        voices.iter().map(|voice| runs(voice, units, frame.categories.len())).collect();
    let counts = |voice: &Vec<Vec<Run>>| -> Vec<f64> {
        voice.iter().map(|label| f64::from(cover::count(label))).collect()
    };
    let labelled: Vec<Vec<f64>> = voices.iter().map(counts).collect();
    let both = |(a, b): (usize, usize)| -> Vec<f64> {
        let labels = voices[a].iter().zip(&voices[b]);
        labels.map(|(a, b)| f64::from(cover::count(&cover::shared(a, b)))).collect()
    };
    let several = |counts: &Vec<f64>| {
        counts.split_last().is_some_and(|(any, labels)| labels.iter().sum::<f64>() > *any)
    };
    Coverage {
        units: units.len() as f64,
        several: labelled.iter().map(several).collect(),
        both: pairs(voices.len()).map(both).collect(),
        labelled,
    }
}

/// The units that carry each category, and last those that carry any, of an annotator.
pub(super) fn runs(voice: &[Tagged<'_>], units: &[TextRange], categories: usize) -> Vec<Vec<Run>> {
    let mut labels = vec![Vec::new(); categories + 1];
    for tagged in voice {
        labels[tagged.category].extend(cover::touched(tagged.span, units));
    }
    labels[categories] = labels[..categories].concat();
    labels.into_iter().map(cover::join).collect()
}

/// The continua of the categories that somebody has used.
fn unitize(frame: &Frame<'_>, voices: &[Vec<Tagged<'_>>], text: &Text) -> Vec<Unitized> {
    let length = narrow(text.characters());
    let mut units: Vec<Vec<Vec<Stretch>>> = vec![vec![Vec::new(); voices.len()]; frame.categories.len()];
    for (place, voice) in voices.iter().enumerate() {
        for tagged in voice {
            let stretches =
                tagged.span.ranges.iter().map(|range| {
                    (narrow(text.char_offset(range.start)), narrow(text.char_offset(range.end)))
                });
            units[tagged.category][place].extend(stretches);
        }
    }
    let used = units.into_iter().enumerate().filter(|(_, units)| units.iter().any(|units| !units.is_empty()));
    let unitized = used.map(|(category, units)| {
        let units: Vec<Vec<Stretch>> = units.into_iter().map(apart).collect();
        let difference =
            pairs(units.len()).map(|(a, b)| 2.0 * alpha_u::difference(&units[a], &units[b])).sum::<f64>();
        Unitized {
            category,
            difference: difference / (units.len() as f64 - 1.0),
            gaps: units.iter().flat_map(|units| alpha_u::gaps(units, length)).collect(),
            units: units.iter().flatten().map(|unit| unit.1 - unit.0).collect(),
        }
    });
    unitized.collect()
}

/// Sorts stretches and joins those that overlap; those that touch stay apart.
fn apart(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    stretches.dedup_by(|next, last| {
        let joins = next.0 < last.1;
        if joins {
            last.1 = last.1.max(next.1);
        }
        joins
    });
    stretches
}

/// An offset as it is kept; a text of more than 4 GB can't be opened.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
