//! Networks and documents.

use demarche_analysis::figure::Scene;
use demarche_analysis::figure::charts::codeline::{Codeline, DocumentLine, Place, Portrait};
use demarche_analysis::figure::charts::network::{Edge, Network, Node};

use super::roles;

fn edge(from: usize, to: Option<usize>, soft: usize, hard: usize, score: f64) -> Edge {
    Edge { from, to, moves: soft + hard + 2, soft, hard, score: Some(score) }
}

pub(super) fn network(width_pt: f32, height_pt: f32) -> Scene {
    let node = |name: &str, sent, received| Node { name: name.to_owned(), sent, received, ..Node::default() };
    Network {
        title: "Interactions".to_owned(),
        description: "Who addresses whom.".to_owned(),
        scale: "mean, Goldstein".to_owned(),
        greatest_score: 5.0,
        nodes: vec![
            node("Estmark", 49, 60),
            node("Norvania", 65, 41),
            node("Orsa Institute", 6, 0),
            node("Both parties", 2, 12),
        ],
        edges: vec![
            edge(0, Some(1), 14, 22, -1.3),
            edge(1, Some(0), 30, 18, 1.9),
            edge(1, Some(3), 1, 0, 4.0),
            edge(2, Some(3), 0, 4, -4.0),
            edge(2, Some(0), 0, 1, -2.0),
            edge(0, None, 1, 3, -3.0),
            edge(3, Some(3), 2, 0, 3.0),
        ],
    }
    .scene(width_pt, height_pt)
}

pub(super) fn network_large(width_pt: f32, height_pt: f32) -> Scene {
    let node = |at: usize| Node {
        name: format!("Delegation {at}"),
        sent: 3 + at % 7,
        received: at % 5,
        ..Node::default()
    };
    let towards = |at: usize| edge(at, Some((at * 3 + 1) % 18), at % 4, at % 3, (at % 9) as f64 - 4.0);
    Network {
        title: "Interactions".to_owned(),
        description: "Who addresses whom.".to_owned(),
        greatest_score: 4.0,
        nodes: (0..18).map(node).collect(),
        edges: (0..18).map(towards).collect(),
        ..Network::default()
    }
    .scene(width_pt, height_pt)
}

pub(super) fn codeline(width_pt: f32) -> Scene {
    let place = |at: usize| {
        let start = (at * 37 % 100) as f32 / 100.0;
        let end = start + 0.004 * (1 + at % 9) as f32;
        Place { lane: at % 5, start, end, conditional: at % 6 == 1, label: format!("passage {at}") }
    };
    let document = |(title, detail, length, count): (&str, &str, f32, usize)| DocumentLine {
        title: title.to_owned(),
        detail: detail.to_owned(),
        length,
        places: (0..count).map(place).collect(),
    };
    let documents = [
        ("Press briefing, 18 February", "18 Feb 2026", 1.0, 46),
        ("Letter of the Foreign Minister to the Chair of the Joint Commission", "22 Feb 2026", 0.62, 21),
        ("Memo", "undated", 0.2, 0),
    ];
    Codeline {
        title: "Within documents".to_owned(),
        description: "Where in each document the moves are.".to_owned(),
        lanes: roles().into_iter().take(5).collect(),
        documents: documents.into_iter().map(document).collect(),
        measure: "characters".to_owned(),
        ticks: [0, 1, 2, 3, 4].map(|at| (at as f32 / 4.0, format!("{} 000", at * 2))).into(),
    }
    .scene(width_pt)
}

pub(super) fn portrait(width_pt: f32) -> Scene {
    let document =
        |title: &str, shares: &[f64]| (title.to_owned(), "13 Mar 2026".to_owned(), shares.to_vec());
    Portrait {
        title: "Portraits".to_owned(),
        description: "Documents by share of characters.".to_owned(),
        series: roles().into_iter().take(5).collect(),
        documents: vec![
            document("Press briefing", &[0.21, 0.12, 0.05, 0.02, 0.3]),
            document("Communiqué", &[0.05, 0.33, 0.2, 0.1, 0.0]),
        ],
    }
    .scene(width_pt)
}
