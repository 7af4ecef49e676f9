//! Where links run beside the cards: each leaves a card at its right edge, runs in a lane of its own and comes back.
//!
//! Lanes lie to the right of the cards, so that nothing runs over the text or a card. A link whose other end has no card
//! in sight runs out of the view; one that leads to another document is a stub.

/// From the edge of the cards to the first lane, in points.
pub const FIRST_LANE: f32 = 15.0;
/// From one lane to the next, in points, and where many are needed.
pub const LANE: (f32, f32) = (5.0, 3.0);
/// Lanes at most; where there are more links side by side, some share one.
const LANES: usize = 12;
/// Least distance between the places where links leave a card, in points.
const PORT: f32 = 6.0;

/// What is at one end of an arc.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum End {
    /// The card of this number.
    Card(usize),
    /// A passage above what is in sight.
    Above,
    /// A passage below it.
    Below,
    /// Another document, or nothing.
    Away,
}

/// A link to be drawn: what is at its ends.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Course {
    /// Where it starts.
    pub from: End,
    /// Where it leads.
    pub to: End,
}

/// Where a link is drawn: heights of its ends, in points from the top, and its lane.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Arc {
    /// Where it starts.
    pub from: f32,
    /// Where it leads.
    pub to: f32,
    /// Its lane, counted from the cards; a stub has none.
    pub lane: Option<usize>,
}

/// How many lanes there are in so much room, in points.
pub fn lanes_in(room: f32) -> usize {
    ((room - FIRST_LANE) / LANE.1).floor().clamp(0.0, LANES as f32 - 1.0) as usize + 1
}

/// From one lane to the next where these links have so much room.
pub fn step(arcs: &[Arc], room: f32) -> f32 {
    let last = arcs.iter().filter_map(|arc| arc.lane).max().unwrap_or(0);
    LANE.0.min((room - FIRST_LANE) / last.max(1) as f32).max(0.0)
}

/// Lays out links beside cards (top and bottom of each) in a view of this height with so many lanes.
pub fn lay_out(courses: &[Course], cards: &[(f32, f32)], height: f32, lanes: usize) -> Vec<Arc> {
    let middle = |card: usize| cards.get(card).map_or(0.0, |(top, bottom)| (top + bottom) / 2.0);
    let rough = |end: End| match end {
        End::Card(card) => Some(middle(card)),
        End::Above => Some(0.0),
        End::Below => Some(height),
        End::Away => None,
    };
    let mut arcs: Vec<Arc> = courses
        .iter()
        .map(|course| {
            let (from, to) = (rough(course.from), rough(course.to));
            let either = from.or(to).unwrap_or(0.0);
            Arc { from: from.unwrap_or(either), to: to.unwrap_or(either), lane: None }
        })
        .collect();
    let ports = ports(courses, &arcs, cards);
    for (arc, (from, to)) in arcs.iter_mut().zip(ports) {
        arc.from = from.unwrap_or(arc.from);
        arc.to = to.unwrap_or(arc.to);
    }
    assign_lanes(courses, &mut arcs, lanes);
    for (arc, course) in arcs.iter_mut().zip(courses) {
        // A stub is level with where it leaves its card.
        match (course.from, course.to) {
            (End::Away, _) => arc.from = arc.to,
            (_, End::Away) => arc.to = arc.from,
            _ => {}
        }
    }
    arcs
}

/// Heights at which the links leave the cards, so that they cross as little as may be: those that lead up first, the
/// nearest of them on top; then stubs; then those that lead down, the farthest on top.
fn ports(courses: &[Course], arcs: &[Arc], cards: &[(f32, f32)]) -> Vec<(Option<f32>, Option<f32>)> {
    let mut out = vec![(None, None); courses.len()];
    let mut leaving: Vec<Vec<(usize, bool, f32)>> = vec![Vec::new(); cards.len()];
    for (index, (course, arc)) in courses.iter().zip(arcs).enumerate() {
        if let End::Card(card) = course.from
            && let Some(list) = leaving.get_mut(card)
        {
            list.push((index, true, arc.to));
        }
        if let End::Card(card) = course.to
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

/// Gives each arc the nearest lane that is free along it, short ones first; where there are no more lanes, the last.
fn assign_lanes(courses: &[Course], arcs: &mut [Arc], lanes: usize) {
    let away = |course: &Course| course.from == End::Away || course.to == End::Away;
    let mut order: Vec<usize> = (0..arcs.len()).filter(|&index| !away(&courses[index])).collect();
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

    fn course(from: End, to: End) -> Course {
        Course { from, to }
    }

    #[test]
    fn links_that_run_side_by_side_have_lanes_of_their_own_and_leave_at_other_places() {
        let courses = [
            course(End::Card(0), End::Card(3)),
            course(End::Card(1), End::Card(2)),
            course(End::Card(2), End::Card(0)),
            course(End::Card(3), End::Below),
        ];
        let arcs = lay_out(&courses, &CARDS, 300.0, 8);
        assert_eq!(arcs.iter().map(|arc| arc.lane).collect::<Vec<_>>(), [Some(2), Some(0), Some(1), Some(0)]);
        assert!(arcs[0].from != arcs[2].to, "both at the first card");
        assert!(arcs[0].from < arcs[2].to, "the longer one leaves above, so that they do not cross");
        for (arc, course) in arcs.iter().zip(&courses) {
            let inside = |end: End, y: f32| match end {
                End::Card(card) => CARDS[card].0 < y && y < CARDS[card].1,
                End::Below => y == 300.0,
                _ => false,
            };
            assert!(inside(course.from, arc.from) && inside(course.to, arc.to), "{arc:?}");
        }
    }

    #[test]
    fn a_link_to_elsewhere_is_a_level_stub_and_takes_no_lane() {
        let courses = [
            course(End::Card(0), End::Away),
            course(End::Away, End::Card(0)),
            course(End::Above, End::Card(0)),
        ];
        let arcs = lay_out(&courses, &CARDS, 300.0, 3);
        assert!(arcs[..2].iter().all(|arc| arc.lane.is_none() && arc.from == arc.to));
        assert_eq!((arcs[2].lane, arcs[2].from), (Some(0), 0.0));
        assert!(arcs[2].to < arcs[0].from, "what comes from above enters on top");
    }

    #[test]
    fn many_links_stay_in_the_lanes_there_are_and_at_their_card() {
        let courses = vec![course(End::Card(0), End::Card(3)); 50];
        let arcs = lay_out(&courses, &CARDS, 300.0, 3);
        assert!(arcs.iter().all(|arc| arc.lane.is_some_and(|lane| lane < 3)));
        assert!(arcs.iter().all(|arc| 10.0 < arc.from && arc.from < 49.0));
        assert_eq!(lay_out(&[], &[], 300.0, 0), []);
    }

    #[test]
    fn lanes_move_together_where_many_are_needed_and_never_leave_their_room() {
        let in_lane = |lane| [Arc { from: 0.0, to: 1.0, lane: Some(lane) }];
        for room in [0.0, 10.0, 16.0, 33.0, 400.0] {
            let last = lanes_in(room) - 1;
            let width = FIRST_LANE + step(&in_lane(last), room) * last as f32;
            assert!(last < LANES && width <= room.max(FIRST_LANE), "{room}");
        }
        assert_eq!(step(&in_lane(1), 33.0), LANE.0);
    }
}
