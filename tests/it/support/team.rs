//! A project of a team: a lead, a reviewer and three annotators.

use std::sync::Arc;

use demarche::io::project::presets;
use demarche::model::*;
use uuid::Uuid;

use super::project::meta;

/// The words of every document.
const WORDS: &str = "Norvania asks for the port. Estmark offers a fee. The talks end on Friday.";

/// The passages that somebody may have tagged.
const PLACES: [(&str, usize, usize); 3] = [("demand", 0, 27), ("offer", 28, 48), ("threat", 49, 74)];

/// The work of somebody in a document: their status, and which of the three passages they have tagged.
pub type Work = (&'static str, Status, &'static [usize]);

/// A project of these documents, with Lena who leads, Rita who reviews, and Ana, Ben and Cem who tag. The work in the n-th
/// document was done on the n-th day of 2027.
pub fn team(documents: &[&[Work]]) -> Project {
    let text = Arc::new(Text::new(WORDS));
    let built = documents.iter().enumerate().map(|(number, works)| {
        let id = format!("d{:03}", number + 1);
        let meta = DocumentMeta { title: format!("Minutes {}", number + 1), ..meta(&id, &text) };
        let mut document = Document::new(meta, text.clone());
        for (person, (owner, status, tagged)) in works.iter().enumerate() {
            let spans = tagged.iter().map(|place| span((number, person), *place));
            document.layers.insert((*owner).into(), Arc::new(Layer::new(*status, spans, [], [])));
        }
        document
    });
    let codebook = presets().iter().find(|preset| preset.id == "negotiation").unwrap().codebook.clone();
    let people = [
        ("lena", "Lena", Role::Lead),
        ("rita", "Rita", Role::Reviewer),
        ("ana", "Ana", Role::Annotator),
        ("ben", "Ben", Role::Annotator),
        ("cem", "Cem", Role::Annotator),
    ];
    let people = people.iter().enumerate().map(|(at, (id, name, role))| Annotator {
        role: *role,
        ..Annotator::new((*id).into(), *name, Colour::nth(at))
    });
    Project::assemble("Team".to_owned(), people.collect(), vec![], vec![], codebook, built.collect())
}

fn span((document, person): (usize, usize), place: usize) -> Span {
    let (category, start, end) = PLACES[place];
    let number = ((document as u128 + 1) << 32) | ((person as u128 + 1) << 16) | (place as u128 + 1);
    let at = Stamp(1_798_761_600 + document as i64 * 86_400 + 8 * 3600 + place as i64 * 600);
    let ranges = Ranges::one(TextRange::new(start, end)).unwrap();
    Span::new(SpanId(Uuid::from_u128(number)), category.into(), ranges, at)
}
