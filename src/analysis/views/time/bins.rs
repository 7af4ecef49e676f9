//! The bins of a view over time, in order.

use std::collections::BTreeSet;

use crate::bargain::{Bin, BinWidth, DayRange, DocumentIndex, Passage};
use crate::summary::Day;
use crate::views::Look;

/// Greatest number of empty calendar periods that are shown between the first and the last move.
const MAX_EMPTY: usize = 1_000;

/// The bins that are shown, in order. Periods without moves between the first and the last are among them, as are all phases,
/// and all documents with passages.
pub(super) fn bins(look: &Look<'_>) -> Vec<Bin> {
    let width = look.basis.bins.width;
    let mut finder = BinFinder::new(look);
    let mut all: Vec<Bin> = look.moves().map(|(_, passage)| finder.bin(passage)).collect();
    all.dedup();
    let mut bins: BTreeSet<Bin> = all.into_iter().collect();
    match width {
        BinWidth::Document => bins.extend(look.counted_documents().map(Bin::Document)),
        BinWidth::Phase => bins.extend((0..look.basis.bins.phases.len()).map(Bin::Phase)),
        BinWidth::Day | BinWidth::Week | BinWidth::Month | BinWidth::Quarter | BinWidth::Year => {
            fill(&mut bins, width);
        }
    }
    let mut bins: Vec<Bin> = bins.into_iter().collect();
    bins.sort_by_cached_key(|bin| (by_date(look, *bin), *bin));
    bins
}

/// Finds the bins of passages. Those of a document follow each other, and most have its date.
pub(super) struct BinFinder<'l, 'a> {
    look: &'l Look<'a>,
    last: Option<(BinSource, Bin)>,
}

/// What decides the bin of a passage.
type BinSource = (Option<DayRange>, bool, DocumentIndex);

impl<'l, 'a> BinFinder<'l, 'a> {
    pub fn new(look: &'l Look<'a>) -> Self {
        Self { look, last: None }
    }

    pub fn bin(&mut self, passage: &Passage) -> Bin {
        let source = (passage.order_date, passage.is_reported, passage.document);
        match self.last {
            Some((known, bin)) if known == source => bin,
            Some(_) | None => self.last.insert((source, self.look.bin(passage))).1,
        }
    }
}

/// The place of documents by date, those without one last; other bins come after all documents.
fn by_date(look: &Look<'_>, bin: Bin) -> (bool, bool, Option<Day>) {
    match bin {
        Bin::Document(document) => {
            let (is_undated, day) = look.document_order(document);
            (false, is_undated, day)
        }
        Bin::Days(_) | Bin::Phase(_) | Bin::NoPhase | Bin::Coarse(_) | Bin::Undated | Bin::Reported => {
            (true, false, None)
        }
    }
}

/// Adds the periods between the first and the last.
fn fill(bins: &mut BTreeSet<Bin>, width: BinWidth) {
    let days = |bin: &Bin| match bin {
        Bin::Days(days) => Some(*days),
        Bin::Document(_) | Bin::Phase(_) | Bin::NoPhase | Bin::Coarse(_) | Bin::Undated | Bin::Reported => {
            None
        }
    };
    let known: Vec<DayRange> = bins.iter().filter_map(days).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return };
    let next = |days: &DayRange| width.period(Day(days.last.0 + 1));
    let periods = std::iter::successors(Some(*first), next).take_while(|days| days.first <= last.first);
    let periods: Vec<DayRange> = periods.take(MAX_EMPTY + 1).collect();
    if periods.len() <= MAX_EMPTY {
        bins.extend(periods.into_iter().map(Bin::Days));
    }
}
