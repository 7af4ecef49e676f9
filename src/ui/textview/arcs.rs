//! The layout of links next to the cards: each leaves a card at its right edge, follows a lane of its own and comes
//! back.
//!
//! The lanes are to the right of the cards, so that no link crosses the text or a card. A link whose other end has no
//! visible card runs out of the view; a link to another document is a stub.

/// Distance from the edge of the cards to the first lane, in points.
pub const FIRST_LANE: f32 = 15.0;
/// Distance between lanes in points: normally, and at least.
pub const LANE: (f32, f32) = (5.0, 3.0);
/// Maximum number of lanes. If there are more links side by side, some share a lane.
const MAX_LANES: usize = 12;
/// Distance between the points where links leave a card, in points.
const PORT: f32 = 6.0;

/// One end of a link.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum End {
    /// The card with this index.
    Card(usize),
    /// A passage above the visible text.
    Above,
    /// A passage below the visible text.
    Below,
    /// A passage in another document, or none.
    Elsewhere,
}

/// The two ends of a link.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LinkEnds {
    /// The start.
    pub from: End,
    /// The target.
    pub to: End,
}

/// The layout of a link: the heights of its ends, in points from the top, and its lane.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LinkArc {
    /// The start.
    pub from: f32,
    /// The target.
    pub to: f32,
    /// The lane, counted from the cards; a stub has none.
    pub lane: Option<usize>,
}

/// Returns the number of lanes that fit into `room` points.
pub fn lanes_in(room: f32) -> usize {
    ((room - FIRST_LANE) / LANE.1).floor().clamp(0.0, MAX_LANES as f32 - 1.0) as usize + 1
}

/// Returns the distance between lanes for these links in `room` points.
pub fn step(arcs: &[LinkArc], room: f32) -> f32 {
    let last = arcs.iter().filter_map(|arc| arc.lane).max().unwrap_or(0);
    LANE.0.min((room - FIRST_LANE) / last.max(1) as f32).max(0.0)
}

/// Lays out links next to cards (top and bottom of each) in a view of this height with this number of lanes.
pub fn lay_out(links: &[LinkEnds], cards: &[(f32, f32)], height: f32, lanes: usize) -> Vec<LinkArc> {
    let middle = |card: usize| cards.get(card).map_or(0.0, |(top, bottom)| (top + bottom) / 2.0);
    let rough = |end: End| match end {
        End::Card(card) => Some(middle(card)),
        End::Above => Some(0.0),
        End::Below => Some(height),
        End::Elsewhere => None,
    };
    let mut arcs: Vec<LinkArc> = links
        .iter()
        .map(|link| {
            let (from, to) = (rough(link.from), rough(link.to));
            let either = from.or(to).unwrap_or(0.0);
            LinkArc { from: from.unwrap_or(either), to: to.unwrap_or(either), lane: None }
        })
        .collect();
    let ports = ports(links, &arcs, cards);
    for (arc, (from, to)) in arcs.iter_mut().zip(ports) {
        arc.from = from.unwrap_or(arc.from);
        arc.to = to.unwrap_or(arc.to);
    }
    assign_lanes(links, &mut arcs, lanes);
    for (arc, link) in arcs.iter_mut().zip(links) {
        // A stub is level with the point where it leaves its card.
        match (link.from, link.to) {
            (End::Elsewhere, _) => arc.from = arc.to,
            (_, End::Elsewhere) => arc.to = arc.from,
            _ => {}
        }
    }
    arcs
}

/// Returns the heights at which the links leave the cards, chosen so that they cross as little as possible: links that
/// lead up first, the nearest of them on top; then stubs; then links that lead down, the farthest on top.
fn ports(links: &[LinkEnds], arcs: &[LinkArc], cards: &[(f32, f32)]) -> Vec<(Option<f32>, Option<f32>)> {
    let mut out = vec![(None, None); links.len()];
    let mut leaving: Vec<Vec<(usize, bool, f32)>> = vec![Vec::new(); cards.len()];
    for (index, (link, arc)) in links.iter().zip(arcs).enumerate() {
        if let End::Card(card) = link.from
            && let Some(list) = leaving.get_mut(card)
        {
            list.push((index, true, arc.to));
        }
        if let End::Card(card) = link.to
            && let Some(list) = leaving.get_mut(card)
        {
            list.push((index, false, arc.from));
        }
    }
    for (mut list, &(top, bottom)) in leaving.into_iter().zip(cards) {
        let middle = (top + bottom) / 2.0;
        let group = |other: f32| match other {
            y if y < middle => 0,
            y if y > middle => 2,
            _ => 1,
        };
        list.sort_by(|a, b| group(a.2).cmp(&group(b.2)).then(b.2.total_cmp(&a.2)).then(a.0.cmp(&b.0)));
        let step = PORT.min((bottom - top - 8.0) / list.len().max(1) as f32);
        let first = middle - step * (list.len().saturating_sub(1)) as f32 / 2.0;
        for (place, (index, start, _)) in list.into_iter().enumerate() {
            let y = first + step * place as f32;
            if start {
                out[index].0 = Some(y);
            } else {
                out[index].1 = Some(y);
            }
        }
    }
    out
}

/// Assigns to each arc the nearest lane that is free along it, short arcs first. If none is free, it gets the last.
fn assign_lanes(links: &[LinkEnds], arcs: &mut [LinkArc], lanes: usize) {
    let is_stub = |link: &LinkEnds| link.from == End::Elsewhere || link.to == End::Elsewhere;
    let mut order: Vec<usize> = (0..arcs.len()).filter(|&index| !is_stub(&links[index])).collect();
    order.sort_by(|&a, &b| {
        let length = |index: usize| (arcs[index].from - arcs[index].to).abs();
        length(a).total_cmp(&length(b)).then(a.cmp(&b))
    });
    let mut taken: Vec<Vec<(f32, f32)>> = vec![Vec::new(); lanes.max(1)];
    for index in order {
        let (top, bottom) = (arcs[index].from.min(arcs[index].to), arcs[index].from.max(arcs[index].to));
        let free =
            |lane: &Vec<(f32, f32)>| lane.iter().all(|&(from, to)| bottom + 2.0 < from || to + 2.0 < top);
        let lane = taken.iter().position(free).unwrap_or(taken.len() - 1);
        taken[lane].push((top, bottom));
        arcs[index].lane = Some(lane);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARDS: [(f32, f32); 4] = [(10.0, 49.0), (60.0, 83.0), (100.0, 139.0), (200.0, 223.0)];

    fn link(from: End, to: End) -> LinkEnds {
        LinkEnds { from, to }
    }

    #[test]
    fn parallel_links_have_lanes_and_ports_of_their_own() {
        let links = [
            link(End::Card(0), End::Card(3)),
            link(End::Card(1), End::Card(2)),
            link(End::Card(2), End::Card(0)),
            link(End::Card(3), End::Below),
        ];
        let arcs = lay_out(&links, &CARDS, 300.0, 8);
        assert_eq!(arcs.iter().map(|arc| arc.lane).collect::<Vec<_>>(), [Some(2), Some(0), Some(1), Some(0)]);
        assert!(arcs[0].from != arcs[2].to, "both at the first card");
        assert!(arcs[0].from < arcs[2].to, "the longer one leaves above, so that they do not cross");
        for (arc, link) in arcs.iter().zip(&links) {
            let inside = |end: End, y: f32| match end {
                End::Card(card) => CARDS[card].0 < y && y < CARDS[card].1,
                End::Below => y == 300.0,
                _ => false,
            };
            assert!(inside(link.from, arc.from) && inside(link.to, arc.to), "{arc:?}");
        }
    }

    #[test]
    fn a_link_to_elsewhere_is_a_level_stub_without_a_lane() {
        let links = [
            link(End::Card(0), End::Elsewhere),
            link(End::Elsewhere, End::Card(0)),
            link(End::Above, End::Card(0)),
        ];
        let arcs = lay_out(&links, &CARDS, 300.0, 3);
        assert!(arcs[..2].iter().all(|arc| arc.lane.is_none() && arc.from == arc.to));
        assert_eq!((arcs[2].lane, arcs[2].from), (Some(0), 0.0));
        assert!(arcs[2].to < arcs[0].from, "what comes from above enters on top");
    }

    #[test]
    fn many_links_share_the_lanes_and_stay_at_their_card() {
        let links = vec![link(End::Card(0), End::Card(3)); 50];
        let arcs = lay_out(&links, &CARDS, 300.0, 3);
        assert!(arcs.iter().all(|arc| arc.lane.is_some_and(|lane| lane < 3)));
        assert!(arcs.iter().all(|arc| 10.0 < arc.from && arc.from < 49.0));
        assert_eq!(lay_out(&[], &[], 300.0, 0), []);
    }

    #[test]
    fn lanes_move_closer_together_rather_than_leave_their_room() {
        let in_lane = |lane| [LinkArc { from: 0.0, to: 1.0, lane: Some(lane) }];
        for room in [0.0, 10.0, 16.0, 33.0, 400.0] {
            let last = lanes_in(room) - 1;
            let width = FIRST_LANE + step(&in_lane(last), room) * last as f32;
            assert!(last < MAX_LANES && width <= room.max(FIRST_LANE), "{room}");
        }
        assert_eq!(step(&in_lane(1), 33.0), LANE.0);
    }
}
