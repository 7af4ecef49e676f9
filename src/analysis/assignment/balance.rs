//! Which coders meet in which documents: the count of each pair, and exchanges that make the counts more equal.

use std::ops::Range;

use crate::random::Random;

/// The coders of one document.
pub(super) type Block = Vec<usize>;

/// Exchanges tried per document and coder. Designs of up to ten coders don't improve after a third of them.
const TRIES: usize = 40;

/// The most exchanges tried, so that a preview of thousands of documents takes milliseconds.
const MOST_TRIES: usize = 200_000;

/// A growth that is none but for rounding.
const ROUNDING: f64 = 1e-9;

/// How many documents each pair of coders shares.
#[derive(Clone, Debug)]
pub(super) struct Meetings {
    people: usize,
    counts: Vec<i64>,
    /// The mean of the counts.
    mean: f64,
}

impl Meetings {
    pub fn new(people: usize) -> Self {
        Self { people, counts: vec![0; people * people], mean: 0.0 }
    }

    pub fn of(&self, a: usize, b: usize) -> i64 {
        self.counts.get(a * self.people + b).copied().unwrap_or_default()
    }

    /// Counts the pairs of a document.
    pub fn add(&mut self, block: &[usize]) {
        for &a in block {
            block.iter().filter(|b| **b != a).for_each(|&b| self.change(a, b, 1));
        }
    }

    /// Changes the count in one direction.
    fn change(&mut self, a: usize, b: usize, by: i64) {
        if let Some(count) = self.counts.get_mut(a * self.people + b) {
            *count += by;
        }
    }

    fn change_both(&mut self, a: usize, b: usize, by: i64) {
        self.change(a, b, by);
        self.change(b, a, by);
    }

    /// Computes the mean.
    fn find_mean(&mut self) {
        let pairs = self.people * self.people.saturating_sub(1);
        self.mean = self.counts.iter().sum::<i64>() as f64 / pairs.max(1) as f64;
    }

    /// How much less equal the counts get if that of a pair changes by `by`. A count costs the fourth power of its distance
    /// from the mean, since by squares one that is far off is no worse than several that are a little off.
    fn growth(&self, a: usize, b: usize, by: i64) -> f64 {
        let cost = |count: i64| (count as f64 - self.mean).powi(4);
        let count = self.of(a, b);
        cost(count + by) - cost(count)
    }

    /// Returns whether the counts differ by one at most.
    fn is_even(&self) -> bool {
        let pairs = (0..self.people).flat_map(|a| (0..a).map(move |b| (a, b)));
        let (least, most) = pairs.fold((i64::MAX, i64::MIN), |(least, most), (a, b)| {
            (least.min(self.of(a, b)), most.max(self.of(a, b)))
        });
        most.saturating_sub(least) <= 1
    }
}

/// Makes the counts of pairs more equal: two coders of two documents in one of the `batches` change places, if that
/// makes them no less equal. So everyone still reads as many documents of each batch.
pub(super) fn balance(blocks: &mut [Block], batches: &[Range<usize>], people: usize, random: &mut Random) {
    let mut meetings = Meetings::new(people);
    blocks.iter().for_each(|block| meetings.add(block));
    meetings.find_mean();
    let tries = (blocks.len() * people * TRIES).min(MOST_TRIES);
    for attempt in 0..tries {
        if attempt % blocks.len() == 0 && meetings.is_even() {
            return;
        }
        let first = random.below(blocks.len());
        let Some(batch) = batches.iter().find(|batch| batch.contains(&first)) else { continue };
        let second = batch.start + random.below(batch.len());
        let Some(exchange) = Exchange::draw(blocks, [first, second], random) else { continue };
        if exchange.growth(&meetings) <= ROUNDING {
            exchange.carry_out(blocks, &mut meetings);
        }
    }
}

/// Two coders who may change places: each is in one of two documents and not in the other.
struct Exchange {
    documents: [usize; 2],
    people: [usize; 2],
    /// The other coders of one document who are not in the other: the pairs that change.
    others: [Block; 2],
}

impl Exchange {
    fn draw(blocks: &[Block], documents: [usize; 2], random: &mut Random) -> Option<Self> {
        let [a, b] = [blocks.get(documents[0])?, blocks.get(documents[1])?];
        let only = |here: &Block, there: &Block| -> Block {
            here.iter().filter(|person| !there.contains(person)).copied().collect()
        };
        let mut others = [only(a, b), only(b, a)];
        let [one, other] = &mut others;
        if one.is_empty() || other.is_empty() {
            return None;
        }
        let people = [one.swap_remove(random.below(one.len())), other.swap_remove(random.below(other.len()))];
        Some(Self { documents, people, others })
    }

    /// Returns by how much it makes the counts less equal; see [`Meetings::growth`].
    fn growth(&self, meetings: &Meetings) -> f64 {
        let [x, y] = self.people;
        let moved = |from: usize, to: usize, others: &Block| -> f64 {
            let grown = others.iter().map(|&o| meetings.growth(from, o, -1) + meetings.growth(to, o, 1));
            grown.sum()
        };
        moved(x, y, &self.others[0]) + moved(y, x, &self.others[1])
    }

    fn carry_out(self, blocks: &mut [Block], meetings: &mut Meetings) {
        let [x, y] = self.people;
        for ((document, [from, to]), others) in
            self.documents.into_iter().zip([[x, y], [y, x]]).zip(&self.others)
        {
            if let Some(place) =
                blocks.get_mut(document).and_then(|block| block.iter_mut().find(|p| **p == from))
            {
                *place = to;
            }
            for &other in others {
                meetings.change_both(from, other, -1);
                meetings.change_both(to, other, 1);
            }
        }
    }
}
