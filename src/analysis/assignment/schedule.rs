//! The coders of a number of documents.

use std::cmp::Reverse;
use std::ops::Range;

use super::balance::{Block, Meetings, balance};
use super::pairs::all_pairs;
use super::quotas::quotas;
use crate::random::Random;

/// The most groups of coders that are all used in turn. With more, documents are too few for it to matter.
const MOST_GROUPS: usize = 500;

/// The coders of the documents in each of the `batches`, which follow each other. Loads are as [`quotas`] says.
///
/// - With equal weights and two readers, all pairs come in turn, so their counts differ by one at most.
/// - With equal weights and more readers, all groups come in turn as long as there are documents for all of them, so that
///   pairs are equal if nothing is left over.
/// - Otherwise, and for the rest, coders are taken in the order in which they are behind their share. Then coders change
///   places until pairs are as equal as that can make them.
///
/// At least `readers` weights must be positive.
pub(super) fn schedule(
    batches: &[Range<usize>],
    readers: usize,
    weights: &[u32],
    random: &mut Random,
) -> Vec<Block> {
    let documents = batches.last().map_or(0, |batch| batch.end);
    let mut people: Vec<usize> = (0..weights.len()).collect();
    random.shuffle(&mut people);
    let are_equal = weights.windows(2).all(|pair| pair[0] == pair[1]);
    if are_equal && readers == 2 {
        let name = |number: usize| people.get(number).copied();
        let named = all_pairs(people.len()).into_iter().filter_map(|(a, b)| Some(vec![name(a)?, name(b)?]));
        let pairs: Vec<Block> = named.collect();
        return pairs.into_iter().cycle().take(documents).collect();
    }
    let groups =
        if are_equal { all_groups(&people, readers, documents.min(MOST_GROUPS)) } else { Vec::new() };
    let mut blocks: Vec<Block> = Vec::with_capacity(documents);
    while !groups.is_empty() && blocks.len() + groups.len() <= documents {
        blocks.extend(in_balanced_order(&groups, people.len(), random));
    }
    blocks.extend(by_quotas(documents - blocks.len(), readers, weights, random));
    balance(&mut blocks, batches, weights.len(), random);
    blocks
}

/// Returns the groups of `size` people; none if there are more than `most`.
fn all_groups(people: &[usize], size: usize, most: usize) -> Vec<Block> {
    let mut groups: Vec<Block> = vec![Vec::new()];
    for (at, &person) in people.iter().enumerate() {
        let left = people.len() - at - 1;
        let mut next = Vec::new();
        for group in groups {
            if group.len() < size {
                next.push(group.iter().copied().chain([person]).collect());
            }
            if group.len() + left >= size {
                next.push(group);
            }
        }
        groups = next;
        if groups.len() > most {
            return Vec::new();
        }
    }
    groups
}

/// Returns the groups in a random order in which nobody gets far ahead: a group with people who are behind comes first.
fn in_balanced_order(groups: &[Block], people: usize, random: &mut Random) -> Vec<Block> {
    let mut left = groups.to_vec();
    random.shuffle(&mut left);
    let mut loads = vec![0_usize; people];
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let load = |group: &Block| group.iter().filter_map(|&person| loads.get(person)).sum::<usize>();
        let next = (0..left.len()).min_by_key(|&at| left.get(at).map_or(0, load)).unwrap_or_default();
        let group = left.swap_remove(next);
        group.iter().for_each(|&person| loads[person] += 1);
        ordered.push(group);
    }
    ordered
}

/// Returns the coders of documents by quotas.
fn by_quotas(documents: usize, readers: usize, weights: &[u32], random: &mut Random) -> Vec<Block> {
    let quotas = quotas(documents, readers, weights, random);
    let mut left = quotas.clone();
    let mut meetings = Meetings::new(weights.len());
    let next = |done| {
        let block = next_block(&quotas, &mut left, [documents, done], readers, &meetings, random);
        meetings.add(&block);
        block
    };
    (0..documents).map(next).collect()
}

/// Returns the coders of the next document: those who have to read all that is left, then those who are furthest behind
/// their share, then those who have met the others least.
fn next_block(
    quotas: &[usize],
    left: &mut [usize],
    [documents, done]: [usize; 2],
    readers: usize,
    meetings: &Meetings,
    random: &mut Random,
) -> Block {
    let to_come = documents - done;
    let mut order: Vec<usize> = (0..quotas.len()).collect();
    random.shuffle(&mut order);
    let mut block = Block::new();
    for _ in 0..readers {
        let is_free = |person: &&usize| left[**person] > 0 && !block.contains(*person);
        let urgency = |person: &&usize| {
            let behind = (left[**person] * documents) as i128 - (quotas[**person] * to_come) as i128;
            let met: i64 = block.iter().map(|&other| meetings.of(**person, other)).sum();
            (left[**person] >= to_come, behind, Reverse(met))
        };
        let Some(&person) = order.iter().filter(is_free).max_by_key(urgency) else { break };
        left[person] -= 1;
        block.push(person);
    }
    block
}
