//! A project that is tagged densely: seeded, the same at every run.

use std::sync::Arc;

use demarche::analysis::random::Random;
use demarche::io::project::presets;
use demarche::model::*;
use uuid::Uuid;

/// Who has tagged, in turn.
const PEOPLE: [&str; 2] = ["ana", "ben"];
const WORDS: &str = "the of and to in that for with is by be as this from not shall will its delegation government \
    minister council parties agreement treaty annex ceasefire corridor harbour tariff quota border verification \
    proposal demand concession commitment threat rejection reopen withdraw extend Norvania Estmark Friday deadline \
    unless until however jointly 위협은 대표단은 naïve “quoted” 🕊️";

/// So many documents of so many bytes with so many passages each, of two people; half of the passages have attributes, a
/// tenth a note, and every hundredth a link to the one before.
pub fn project(documents: usize, bytes: usize, passages: usize) -> Project {
    let codebook = presets()[0].codebook.clone();
    let people = (0..).zip(PEOPLE);
    let people = people.map(|(at, id)| Annotator::new(id.into(), id, Colour::nth(at)));
    let made = (0..documents).map(|at| document(at, bytes, passages, &codebook)).collect();
    let actors = vec!["Norvania".to_owned(), "Estmark".to_owned()];
    Project::assemble("Bench".to_owned(), people.collect(), actors, vec![], codebook, made)
}

/// The lists of a project without its documents.
pub fn emptied(project: &Project) -> Project {
    Project::assemble(
        project.name().to_owned(),
        project.annotators().to_vec(),
        project.actors().to_vec(),
        project.issues().to_vec(),
        Codebook::clone(project.codebook()),
        Vec::new(),
    )
}

fn text(random: &mut Random, at: usize, bytes: usize) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut text = format!("Minutes number {at}.\n");
    while text.len() < bytes {
        for _ in 0..6 + random.below(14) {
            // The lower of two draws: the first words of the list are the frequent ones.
            text.push_str(words[random.below(words.len()).min(random.below(words.len()))]);
            text.push(' ');
        }
        text.pop();
        text.push_str(if random.below(4) == 0 { ".\n" } else { ". " });
    }
    text
}

fn document(at: usize, bytes: usize, passages: usize, codebook: &Codebook) -> Document {
    let mut random = Random::new(at as u64);
    let text = Arc::new(Text::new(text(&mut random, at, bytes)));
    let bounds: Vec<usize> = text.as_str().match_indices(' ').map(|(at, _)| at).collect();
    let id = DocumentId::new(format!("d{:03}", at + 1));
    let mut spans = PEOPLE.map(|_| Vec::new());
    let mut links = PEOPLE.map(|_| Vec::new());
    for number in 0..passages {
        let first = number * (bounds.len() - 10) / passages;
        let last = first + 1 + random.below(8);
        let range = TextRange { start: bounds[first] + 1, end: bounds[last].max(bounds[first] + 2) };
        let Some(span) = span(&mut random, (at, number), text_range(&text, range), codebook) else {
            continue;
        };
        let whose = number % PEOPLE.len();
        let before: Option<&Span> = spans[whose].last();
        if let Some(before) = before.filter(|_| number % 100 < PEOPLE.len() && number > PEOPLE.len()) {
            links[whose].push(Link {
                id: LinkId(uuid(at, number, 2)),
                kind: codebook.link_kinds[0].id.clone(),
                from: span.id,
                to_document: id.clone(),
                to: before.id,
                created: span.created,
            });
        }
        spans[whose].push(span);
    }
    let mut document = Document::new(meta(&id, &text), text);
    for ((person, spans), links) in PEOPLE.iter().zip(spans).zip(links) {
        let layer = Layer::new(Status::InProgress, spans, links, []);
        document.layers.insert((*person).into(), Arc::new(layer));
    }
    document
}

/// Without the white space at its ends.
fn text_range(text: &Text, range: TextRange) -> TextRange {
    let words = text.slice(range);
    let start = range.start + words.len() - words.trim_start().len();
    TextRange { start, end: start + words.trim().len() }
}

fn span(
    random: &mut Random,
    (at, number): (usize, usize),
    range: TextRange,
    codebook: &Codebook,
) -> Option<Span> {
    let created = Stamp(1_790_000_000 + number as i64 * 60);
    let mut attributes = Attributes::new();
    if random.below(2) == 0 {
        attributes.insert("actor".into(), Value::Choice("Norvania".into()));
        attributes.insert("target".into(), Value::Choice("Estmark".into()));
    }
    Some(Span {
        id: SpanId(uuid(at, number, 1)),
        category: codebook.categories.get(random.below(codebook.categories.len()))?.id.clone(),
        ranges: Ranges::one(range)?,
        attributes,
        note: if random.below(10) == 0 { "See the communiqué of March.".to_owned() } else { String::new() },
        created,
        modified: created,
        provenance: None,
    })
}

fn uuid(at: usize, number: usize, kind: u128) -> Uuid {
    let number = (at * 1_000_000 + number) as u128;
    Uuid::from_u128((0x0192_u128 << 112) | (number << 80) | (0x7 << 76) | (0x8 << 60) | kind)
}

fn meta(id: &DocumentId, text: &Text) -> DocumentMeta {
    DocumentMeta {
        id: id.clone(),
        title: format!("Minutes of the talks, {id}"),
        date: Date::parse("2026-03-14"),
        author: String::new(),
        source: "generated".to_owned(),
        origin: Origin {
            file_name: format!("{id}.txt"),
            sha256: "0".repeat(64),
            encoding: "UTF-8".to_owned(),
            ..Origin::default()
        },
        characters: text.characters(),
        versions: Default::default(),
        sets: Default::default(),
    }
}
