use std::sync::Arc;

use super::super::{Corpus, Filter};
use super::sample::{Tags, document, id, project, span, views};
use demarche_model::{
    Claim, Detached, DetachedReason, Layer, Project, Quote, Ranges, Span, Stamp, Status, TextRange,
    Visibility,
};

/// A passage of an earlier text, of 12 characters there.
fn lost(number: u128, reason: DetachedReason) -> Detached {
    let ranges = Ranges::one(TextRange::new(3, 15)).unwrap();
    let span = Span::new(id(number), "threat".into(), ranges, Stamp(0));
    let claim = Claim { span, quote: Quote::of_words("we leave now"), text: 1 };
    Detached { record: String::new(), claim: Some(claim), reason, line: 1, link: false }
}

/// A document with one passage that has a place, one that has lost it, and a record that can't be used.
fn with_lost() -> Project {
    let mut document = document("d9", "Draft", None, "é");
    let text = document.text.clone().unwrap();
    let spans = [span(1, "threat", &text, "é", &[])];
    let records = [lost(2, DetachedReason::TextChanged(None)), lost(3, DetachedReason::OutsideText)];
    document.layers.insert("ana".into(), Arc::new(Layer::new(Status::New, spans, [], records)));
    let codebook = (**project().codebook()).clone();
    Project::assemble("Talks".into(), vec![], vec![], vec![], codebook, vec![document])
}

#[test]
fn passages_without_a_place_are_counted_but_are_in_no_relation() {
    let project = with_lost();
    let passing = |filter: &str| {
        let bound = Filter::parse(filter).unwrap().bind(&project, &views());
        let facts = Tags::default();
        let corpus = Corpus { project: &project, visible: &Visibility::default(), facts: &facts };
        let passing = bound.unwrap().passing(corpus, &project.documents()[0], &["ana".into()]);
        assert_eq!(passing.of(), 2);
        passing.layers[0].spans.iter().map(|id| id.0.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(passing("category:threat"), [1, 2]);
    assert_eq!(passing("\"leave now\" words:3 characters:12"), [2]);
    assert_eq!(passing("same-document(any)"), Vec::<u128>::new());
    assert_eq!(passing("-overlaps(any)"), [1, 2]);
}
