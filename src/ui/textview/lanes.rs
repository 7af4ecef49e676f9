//! Assigns underline lanes to spans, so that overlapping spans have underlines of their own.

use std::collections::HashMap;

use demarche_model::{SpanId, TextRange};

/// Lanes that fit between two lines of text. Further spans share the last one.
pub const LANES: u8 = 4;

/// Identifies one range of one span of a visible layer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct RangeKey {
    /// The index of the layer among the visible ones.
    pub layer: usize,
    /// The span.
    pub span: SpanId,
    /// The index of the range in the span.
    pub index: usize,
}

/// Remembers the lane of every range it has seen, so that underlines do not jump while the user scrolls or tags
/// nearby.
#[derive(Default, Debug)]
pub struct Lanes {
    known: HashMap<RangeKey, (TextRange, u8)>,
}

impl Lanes {
    /// Assigns a lane to every range, in the order given: the lane it had if that is still free, otherwise the first
    /// free one, otherwise the last. Ranges that are not given are forgotten once there are too many of them.
    pub fn assign(&mut self, ranges: &[(RangeKey, TextRange)]) -> Vec<u8> {
        if self.known.len() > 4096 + 2 * ranges.len() {
            self.known.clear();
        }
        let had: Vec<Option<u8>> = ranges
            .iter()
            .map(|(key, range)| self.known.get(key).filter(|(r, _)| r == range).map(|&(_, lane)| lane))
            .collect();
        let mut lanes: Vec<Option<u8>> = vec![None; ranges.len()];
        // Ranges that have a lane keep it; the new ones get what is left.
        for keep in [true, false] {
            for at in 0..ranges.len() {
                let (Some(&(_, range)), Some(&preferred)) = (ranges.get(at), had.get(at)) else { continue };
                if preferred.is_some() != keep {
                    continue;
                }
                let lane = pick_lane(range, ranges, &lanes, preferred);
                if let Some(slot) = lanes.get_mut(at) {
                    *slot = Some(lane);
                }
            }
        }
        let lanes: Vec<u8> = lanes.into_iter().map(|lane| lane.unwrap_or(LANES - 1)).collect();
        self.known.extend(ranges.iter().zip(&lanes).map(|(&(key, range), &lane)| (key, (range, lane))));
        lanes
    }
}

fn pick_lane(
    range: TextRange,
    ranges: &[(RangeKey, TextRange)],
    lanes: &[Option<u8>],
    preferred: Option<u8>,
) -> u8 {
    let mut free = [true; LANES as usize];
    for (&(_, other), lane) in ranges.iter().zip(lanes) {
        if let Some(slot) = lane.and_then(|lane| free.get_mut(usize::from(lane)))
            && other.overlaps(range)
        {
            *slot = false;
        }
    }
    let is_free = |lane: u8| free.get(usize::from(lane)).copied().unwrap_or(false);
    preferred
        .filter(|&lane| is_free(lane))
        .or_else(|| (0..LANES).find(|&lane| is_free(lane)))
        .unwrap_or(LANES - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn range(id: u128, start: usize, end: usize) -> (RangeKey, TextRange) {
        (RangeKey { layer: 0, span: SpanId(Uuid::from_u128(id)), index: 0 }, TextRange { start, end })
    }

    #[test]
    fn overlapping_spans_get_lanes_of_their_own() {
        let mut lanes = Lanes::default();
        let all = [range(1, 0, 50), range(2, 10, 20), range(3, 15, 30), range(4, 20, 40), range(5, 60, 70)];
        assert_eq!(lanes.assign(&all), [0, 1, 2, 1, 0]);
    }

    #[test]
    fn the_fifth_span_on_the_same_words_shares_the_last_lane() {
        let mut lanes = Lanes::default();
        let all: Vec<_> = (0..6).map(|i| range(i, 0, 50)).collect();
        assert_eq!(lanes.assign(&all), [0, 1, 2, 3, 3, 3]);
    }

    #[test]
    fn a_span_keeps_its_lane() {
        let mut lanes = Lanes::default();
        assert_eq!(lanes.assign(&[range(1, 0, 50), range(2, 10, 20)]), [0, 1]);
        // The first has scrolled away; a longer one comes in above.
        assert_eq!(lanes.assign(&[range(3, 5, 90), range(2, 10, 20)]), [0, 1]);
        assert_eq!(lanes.assign(&[range(2, 10, 20)]), [1]);
    }
}
