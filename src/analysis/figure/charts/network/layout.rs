//! Places of the nodes of a network: a circle for few, seeded stress majorisation for many.

use crate::figure::Point;

/// Most nodes that go on a circle.
const ON_CIRCLE: usize = 12;

/// Rounds of stress majorisation.
const ROUNDS: usize = 120;

/// Most nodes for which all distances are used; beyond, the layout stays on its start.
const MOST: usize = 400;

/// Returns a place for each node, with coordinates from 0 to 1. `edges` are pairs of nodes; the order of nodes and edges,
/// and nothing else, decides the result.
pub(super) fn places(nodes: usize, edges: &[(usize, usize)]) -> Vec<Point> {
    if nodes <= ON_CIRCLE {
        return circle(nodes);
    }
    let mut places = start(nodes);
    if nodes <= MOST {
        let distances = distances(nodes, edges);
        for _ in 0..ROUNDS {
            places = majorise(&places, &distances);
        }
    }
    fitted(places)
}

fn circle(nodes: usize) -> Vec<Point> {
    let centre = Point::new(0.5, 0.5);
    if nodes == 1 {
        return vec![centre];
    }
    let place = |at: usize| {
        // Two nodes face each other across; more begin at the top.
        let first = if nodes == 2 { std::f32::consts::PI } else { -std::f32::consts::FRAC_PI_2 };
        let (sin, cos) = (first + std::f32::consts::TAU * at as f32 / nodes as f32).sin_cos();
        centre.moved(0.5 * cos, 0.5 * sin)
    };
    (0..nodes).map(place).collect()
}

/// A sunflower: even, without symmetry that would keep nodes apart.
fn start(nodes: usize) -> Vec<Point> {
    const GOLDEN: f32 = 2.399_963;
    let place = |at: usize| {
        let radius = ((at as f32 + 0.5) / nodes as f32).sqrt() * 0.5;
        let (sin, cos) = (at as f32 * GOLDEN).sin_cos();
        Point::new(0.5 + radius * cos, 0.5 + radius * sin)
    };
    (0..nodes).map(place).collect()
}

/// Numbers of edges between all pairs; nodes without a path are a little further apart than the furthest pair.
fn distances(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<f32>> {
    let mut neighbours = vec![Vec::new(); nodes];
    for &(from, to) in edges.iter().filter(|(from, to)| from != to && *from < nodes && *to < nodes) {
        neighbours[from].push(to);
        neighbours[to].push(from);
    }
    let from = |start: usize| {
        let mut found = vec![f32::INFINITY; nodes];
        found[start] = 0.0;
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            for &next in &neighbours[node] {
                if found[next].is_infinite() {
                    found[next] = found[node] + 1.0;
                    queue.push_back(next);
                }
            }
        }
        found
    };
    let mut all: Vec<Vec<f32>> = (0..nodes).map(from).collect();
    let most = all.iter().flatten().copied().filter(|distance| distance.is_finite()).fold(1.0, f32::max);
    for distance in all.iter_mut().flatten().filter(|distance| distance.is_infinite()) {
        *distance = most + 1.0;
    }
    all
}

/// One round: each node moves to the mean of where the others want it, weighted by 1/d².
fn majorise(places: &[Point], distances: &[Vec<f32>]) -> Vec<Point> {
    let moved = |at: usize| {
        let (mut x, mut y, mut weights) = (0.0, 0.0, 0.0);
        for (other, &place) in places.iter().enumerate().filter(|&(other, _)| other != at) {
            let wanted = distances[at][other];
            let weight = 1.0 / (wanted * wanted);
            let now = places[at].distance(place).max(1e-4);
            let there = place.towards(places[at], wanted / now);
            (x, y, weights) = (x + weight * there.x, y + weight * there.y, weights + weight);
        }
        Point::new(x / weights, y / weights)
    };
    (0..places.len()).map(moved).collect()
}

/// The places, scaled to fill the square.
fn fitted(places: Vec<Point>) -> Vec<Point> {
    let bounds = crate::figure::Area::of_points(&places);
    let (width, height) = (bounds.width().max(1e-6), bounds.height().max(1e-6));
    let fit = |place: Point| Point::new((place.x - bounds.left) / width, (place.y - bounds.top) / height);
    places.into_iter().map(fit).collect()
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn neighbours_are_nearer_than_others() {
        let ring: Vec<(usize, usize)> = (0..20).map(|at| (at, (at + 1) % 20)).collect();
        let found = places(20, &ring);
        assert_eq!(found, places(20, &ring), "the same at each call");
        let beside: f32 = ring.iter().map(|&(from, to)| found[from].distance(found[to])).sum::<f32>() / 20.0;
        let across: f32 = (0..20).map(|at| found[at].distance(found[(at + 10) % 20])).sum::<f32>() / 20.0;
        assert!(beside * 3.0 < across, "{beside} {across}");
    }

    #[test]
    fn every_number_of_nodes_has_places_in_the_square() {
        for nodes in [0, 1, 2, 12, 13, 60] {
            let found = places(nodes, &[]);
            assert_eq!(found.len(), nodes);
            assert!(
                found
                    .iter()
                    .all(|place| (-0.001..=1.001).contains(&place.x) && (-0.001..=1.001).contains(&place.y))
            );
        }
    }
}
