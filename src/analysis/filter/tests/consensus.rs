use std::sync::Arc;

use super::super::{Cache, Corpus, Filter, Views};
use super::sample::{Tags, codebook, document, id, link, span};
use crate::bargain::{CoderChoice, Moves};
use demarche_model::{AnnotatorId, Layer, Project, Status, Visibility};

/// A document that Lena and Omar have settled together: both settled the demand alike, and Omar linked the threat to his.
fn settled() -> Project {
    let mut document = document("d1", "Memo", Some("2026"), "Lift it. Or we leave.");
    let text = document.text.clone().unwrap();
    let lena = [span(1, "demand", &text, "Lift it.", &[])];
    let omar = [span(2, "demand", &text, "Lift it.", &[]), span(3, "threat", &text, "Or we leave.", &[])];
    let links = [link(9, "responds-to", 3, "d1", 2)];
    for (who, layer) in [
        ("lena", Layer::new(Status::Done, lena, [], [])),
        ("omar", Layer::new(Status::Done, omar, links, [])),
    ] {
        document.layers.insert(AnnotatorId::consensus_of(&who.into()), Arc::new(layer));
    }
    Project::assemble("Talks".into(), vec![], vec![], vec![], codebook(), vec![document])
}

#[test]
fn the_parts_of_the_consensus_are_one_layer() {
    let project = settled();
    let visible = Visibility::default();
    let readings = CoderChoice::Final.readings(&project, &visible, None);
    let moves = Moves::of(&project, &readings.all[0]);
    let mut cache = Cache::default();
    for (filter, expected, uncertain) in [
        ("any", vec![1, 3], 0),
        ("before(category:threat)", vec![1], 0),
        ("exact(any)", vec![], 0),
        ("answered-by(category:threat)", vec![1], 0),
        ("answers(category:demand)", vec![3], 0),
        ("date:2026-03", vec![1, 3], 2),
    ] {
        let bound = Filter::parse(filter).unwrap().bind(&project, &Views::new()).unwrap();
        let facts = Tags::default();
        let corpus = Corpus { project: &project, visible: &visible, facts: &facts };
        let found = cache.in_reading(&bound, corpus, &moves);
        let expected: Vec<_> = expected.into_iter().map(id).collect();
        let passages: Vec<_> = found.passages.iter().map(|index| moves.get(index).span).collect();
        assert_eq!((passages, found.of, found.uncertain), (expected, moves.len(), uncertain), "{filter}");
    }
}
