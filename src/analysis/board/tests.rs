use std::sync::Arc;

use demarche_model::{
    Annotator, AnnotatorId, Codebook, Colour, Document, DocumentMeta, Edit, Layer, LayerId, Origin, Project,
    Ranges, Role, Span, SpanId, Stamp, Status, Text, TextRange,
};

use super::*;

fn span(number: u128, category: &str, at_s: i64) -> Span {
    let ranges = Ranges::one(TextRange::new(0, 3)).unwrap();
    Span::new(SpanId(uuid::Uuid::from_u128(number)), category.into(), ranges, Stamp(at_s))
}

fn document(number: usize, layers: &[(&str, Status, Vec<Span>)]) -> Document {
    let text = Arc::new(Text::new("one two"));
    let meta = DocumentMeta {
        id: DocumentId::new(format!("d{number:03}")),
        title: String::new(),
        date: None,
        source: String::new(),
        author: String::new(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Default::default(),
        sets: Default::default(),
    };
    let mut document = Document::new(meta, text);
    for (owner, status, spans) in layers {
        document.layers.insert((*owner).into(), Arc::new(Layer::new(*status, spans.clone(), [], [])));
    }
    document
}

/// Ana is done with one of three documents and has begun another; Ben is done with one; Rita reviews and has not tagged.
fn project() -> Project {
    let person = |id: &str, role| Annotator { role, ..Annotator::new(id.into(), id, Colour::nth(0)) };
    let people = [("ana", Role::Annotator), ("ben", Role::Annotator), ("rita", Role::Reviewer)];
    let documents = vec![
        document(
            1,
            &[
                ("ana", Status::Done, vec![span(1, "demand", 0), span(2, "offer", 600)]),
                ("ben", Status::Done, vec![span(3, "demand", 90_000)]),
            ],
        ),
        document(2, &[("ana", Status::New, vec![span(4, "demand", 1200)])]),
        document(3, &[]),
    ];
    let people = people.map(|(id, role)| person(id, role)).to_vec();
    Project::assemble(String::new(), people, vec![], vec![], Codebook::default(), documents)
}

fn board(project: &Project, before: Option<&Board>) -> Board {
    let scope = BoardScope { coders: project.taggers(), differences: true };
    Board::new(project, scope, before, &()).unwrap()
}

#[test]
fn work_is_counted_by_coder_and_document() {
    let board = board(&project(), None);
    assert_eq!(board.coders(), ["ana".into(), "ben".into()] as [AnnotatorId; 2], "Rita does not tag");
    let [ana, ben] = *board.work() else { panic!("two") };
    assert_eq!((ana.assigned, ana.done, ana.begun, ana.left(), ana.spans), (3, 1, 1, 2, 3));
    assert_eq!((ben.assigned, ben.done, ben.begun, ben.left(), ben.spans), (3, 1, 0, 2, 1));
    assert_eq!((ana.last_change, ben.last_change), (Some(Stamp(1200)), Some(Stamp(90_000))));
    assert_eq!(ana.pace, Pace { spans: 2, worked_s: 1200, days: 1 });
    assert_eq!((ana.documents_per_day(), ana.days_left()), (Some(1.0), Some(2.0)));
    assert_eq!(board.progress()[0], DocumentProgress { assigned: 2, done: 2, begun: 0 });
    assert_eq!(board.progress()[1], DocumentProgress { assigned: 2, done: 0, begun: 1 });
    let first = &board.documents()[0];
    assert_eq!(first.layer(0).map(|layer| (layer.status, layer.spans)), Some((Status::Done, 2)));
    assert_eq!(board.documents()[1].layer(0).map(|layer| layer.status), Some(Status::InProgress));
    assert_eq!(board.documents()[1].layer(1), None);
    assert_eq!(first.open_differences(), Some(1), "an offer that Ben lacks");
    assert_eq!((board.documents()[1].open_differences(), board.open_differences()), (None, 1));
}

#[test]
fn only_what_has_changed_is_counted_again() {
    let mut project = project();
    let before = board(&project, None);
    let layer = LayerId::new(&"d002".into(), &"ana".into());
    project.apply(Edit::SetStatus { layer, to: Status::Done }).unwrap();
    let after = board(&project, Some(&before));
    let kept = |at: usize| Arc::ptr_eq(&before.documents()[at], &after.documents()[at]);
    assert_eq!([kept(0), kept(1), kept(2)], [true, false, true]);
    assert_eq!(after.work()[0].done, 2);
}

#[test]
fn layers_of_work_are_those_assigned_or_begun() {
    let project = project();
    let layers = layers_of_work(&project);
    let shown: Vec<(&str, &str, Status, usize)> = layers
        .iter()
        .map(|(d, who, work)| (d.id().as_str(), who.as_str(), work.status, work.spans))
        .collect();
    assert_eq!(
        shown,
        [
            ("d001", "ana", Status::Done, 2),
            ("d001", "ben", Status::Done, 1),
            ("d002", "ana", Status::InProgress, 1),
            ("d002", "ben", Status::New, 0),
            ("d003", "ana", Status::New, 0),
            ("d003", "ben", Status::New, 0),
        ]
    );
}
