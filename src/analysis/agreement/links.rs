//! Agreement on links: whether two annotators have linked the same passages in the same way. Which demands count as agreed rests
//! on links of the kinds that answer.
//!
//! Passages are the same if they are matched as for F1, within a category; see `matching`. A link counts if both its ends are
//! passages of its annotator that are compared, in documents that both annotators have worked on. Of the links of both
//! annotators,
//!
//! - *ends matched* is the share whose two ends the other has tagged, too: only those could have been drawn alike;
//! - *F1 of links* is the share that both have drawn: 2 · common / (|A| + |B|), as for passages.
//!
//! Links that repeat have no direction for the analysis, and none here.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::document_counts::{DocumentCounts, PairCount};
use super::drawn_link::DrawnLink;
use super::figure_value::{FigureValue, Undefined};
use super::ledger::{Column, Draw, Ledger};
use super::sample::{CountedDocuments, Sample, SampleSize};
use super::{Measure, Subject, Unit};
use demarche_model::{DocumentId, Link, LinkKindId, SpanId};

/// A place of a passage: the document, and the passage of the first annotator or of the second.
type End<'a> = (&'a DocumentId, SpanId);

/// A link by its kind and its ends, in order if it has no direction.
type Key<'a> = (&'a LinkKindId, End<'a>, End<'a>);

/// Columns for a kind of link.
#[derive(Clone, Copy)]
struct LinkColumns {
    /// Links of both annotators.
    links: Column,
    /// Those whose ends are matched.
    ends: Column,
    /// Those that both have drawn.
    common: Column,
}

/// Adds the figures of links, if one of the annotators compared has drawn any.
pub(super) fn add_figures<'a>(
    sample: &mut Sample,
    documents: &CountedDocuments<'_, 'a>,
    counts: &[PairCount<'a>],
    positions: impl Fn(&DocumentCounts<'a>) -> Option<(usize, usize)>,
) {
    let kinds = &documents.comparison.link_kinds;
    if kinds.is_empty() {
        return;
    }
    let ledger = &mut sample.ledger;
    let columns: Vec<LinkColumns> = kinds.iter().map(|_| LinkColumns::new(ledger)).collect();
    let position: HashMap<&LinkKindId, usize> = kinds.iter().zip(0..).collect();
    let drawn = Drawn::new(documents, counts, positions);
    for (document, links) in drawn.links.iter().enumerate() {
        for link in links {
            let Some(columns) = position.get(&link.link.kind).and_then(|&at| columns.get(at)) else {
                continue;
            };
            ledger.add(columns.links, document, 1.0);
            ledger.add(columns.ends, document, f64::from(u8::from(link.key.is_some())));
            ledger.add(columns.common, document, f64::from(u8::from(drawn.is_common(link))));
        }
    }
    let each =
        kinds.iter().zip(&columns).map(|(kind, columns)| (Subject::Link(kind.clone()), vec![*columns]));
    let subjects: Vec<_> = std::iter::once((Subject::Overall, columns.clone())).chain(each).collect();
    for (subject, columns) in subjects {
        add_shares(sample, subject, columns.into());
    }
}

fn add_shares(sample: &mut Sample, subject: Subject, columns: Arc<[LinkColumns]>) {
    let sum = |of: fn(&LinkColumns) -> Column| {
        let columns = columns.clone();
        move |draw: &Draw<'_>| columns.iter().map(|columns| draw.get(of(columns))).sum::<f64>()
    };
    let size: SampleSize = Arc::new(sum(|columns| columns.links));
    for (measure, counted) in
        [(Measure::LinkEnds, sum(|columns| columns.ends)), (Measure::LinkF1, sum(|columns| columns.common))]
    {
        let links = sum(|columns| columns.links);
        sample.add_figure(measure, Unit::Span, subject.clone(), &size, move |draw| {
            share(counted(draw), links(draw))
        });
    }
}

/// Returns the spans at the ends of the links of two annotators: their document, 0 or 1 for the annotator, and the span.
/// `kind` is `None` for all links; `differing` leaves out those that both have drawn.
pub(super) fn spans_at_ends<'a>(
    documents: &CountedDocuments<'_, 'a>,
    kind: Option<&LinkKindId>,
    differing: bool,
) -> BTreeSet<(&'a DocumentId, usize, SpanId)> {
    let positions = |counted: &DocumentCounts<'a>| Some((counted.position(0)?, counted.position(1)?));
    let count = |counted: &&DocumentCounts<'a>| match positions(counted) {
        Some((a, b)) => counted.count_pair(documents.comparison, a, b),
        None => PairCount::default(),
    };
    let counts: Vec<PairCount<'a>> = documents.counted.iter().map(count).collect();
    let drawn = Drawn::new(documents, &counts, positions);
    let mut spans = BTreeSet::new();
    for (counted, links) in documents.counted.iter().zip(&drawn.links) {
        let chosen = links.iter().filter(|link| kind.is_none_or(|kind| link.link.kind == *kind));
        for counted_link in chosen.filter(|link| !(differing && drawn.is_common(link))) {
            let CountedLink { link, who, .. } = counted_link;
            spans.extend([(counted.id, *who, link.from), (&link.to_document, *who, link.to)]);
        }
    }
    spans
}

/// Returns the share of the links of both annotators that count. From 0 to 1.
fn share(counted: f64, links: f64) -> FigureValue {
    if links > 0.0 { Ok(counted / links) } else { Err(Undefined::NothingLinked) }
}

impl LinkColumns {
    fn new(ledger: &mut Ledger) -> Self {
        let [links, ends, common] = std::array::from_fn(|_| ledger.column());
        Self { links, ends, common }
    }
}

/// The links of a pair of annotators that count.
struct Drawn<'a> {
    /// By document of the near end.
    links: Vec<Vec<CountedLink<'a>>>,
    /// Those with matched ends, of the first and of the second annotator.
    keys: [BTreeSet<Key<'a>>; 2],
}

struct CountedLink<'a> {
    link: &'a Link,
    /// 0 or 1: the annotator who has drawn it.
    who: usize,
    /// The link with its ends as passages of the first annotator, if both are matched.
    key: Option<Key<'a>>,
}

impl<'a> Drawn<'a> {
    fn new(
        documents: &CountedDocuments<'_, 'a>,
        counts: &[PairCount<'a>],
        positions: impl Fn(&DocumentCounts<'a>) -> Option<(usize, usize)>,
    ) -> Self {
        let found: Vec<Option<(usize, usize)>> =
            documents.counted.iter().map(|counted| positions(counted)).collect();
        let mut drawn =
            Self { links: documents.counted.iter().map(|_| Vec::new()).collect(), keys: Default::default() };
        for who in [0, 1] {
            let ends = Ends::new(documents, counts, &found, who);
            for (document, (counted, positions)) in documents.counted.iter().zip(&found).enumerate() {
                let Some(positions) = positions else { continue };
                let links = counted.links(if who == 0 { positions.0 } else { positions.1 });
                let mut seen = BTreeSet::new();
                for drawn_link in links {
                    let Some(link) = ends.count(counted.id, drawn_link, who) else { continue };
                    // Two links of the same kind between the same passages are one.
                    if link.key.is_some_and(|key| !seen.insert(key)) {
                        continue;
                    }
                    drawn.keys[who].extend(link.key);
                    drawn.links[document].push(link);
                }
            }
        }
        drawn
    }

    fn is_common(&self, link: &CountedLink<'a>) -> bool {
        link.key.is_some_and(|key| self.keys.iter().all(|keys| keys.contains(&key)))
    }
}

/// The passages of an annotator that are compared, each with the passage of the first annotator that it is matched with, or that
/// it is, if it is matched.
struct Ends<'a>(HashMap<End<'a>, Option<SpanId>>);

impl<'a> Ends<'a> {
    fn new(
        documents: &CountedDocuments<'_, 'a>,
        counts: &[PairCount<'a>],
        positions: &[Option<(usize, usize)>],
        who: usize,
    ) -> Self {
        let mut ends = HashMap::new();
        for ((counted, count), positions) in documents.counted.iter().zip(counts).zip(positions) {
            let Some(positions) = positions else { continue };
            let own = counted.span_ids(if who == 0 { positions.0 } else { positions.1 });
            ends.extend(own.map(|span| ((counted.id, span), None)));
            for (first, second) in &count.alike {
                ends.insert((counted.id, if who == 0 { *first } else { *second }), Some(*first));
            }
        }
        Self(ends)
    }

    /// Returns a link if both its ends are compared.
    fn count(&self, document: &'a DocumentId, drawn: &DrawnLink<'a>, who: usize) -> Option<CountedLink<'a>> {
        let Link { kind, from, to_document, to, .. } = drawn.link;
        let from = (document, *self.0.get(&(document, *from))?);
        let to = (to_document, *self.0.get(&(to_document, *to))?);
        let matched = from.1.zip(to.1).map(|(near, far)| ((from.0, near), (to.0, far)));
        let key = matched.map(|(near, far)| match drawn.undirected {
            true => (kind, near.min(far), near.max(far)),
            false => (kind, near, far),
        });
        Some(CountedLink { link: drawn.link, who, key })
    }
}
