//! A made-up project of 1,000 documents with 100 passages each.
//!
//! The texts have sentences of 6 to 20 words and paragraphs of 3 to 7 sentences. A passage is a stretch of 20 to 170 bytes of
//! them; one in five answers another, one in twenty repeats one, one in twenty carries a date of its own. Every passage has an
//! actor, a target, an issue and a voice.

use std::fmt::Write as _;
use std::sync::Arc;

use demarche::analysis::random::Random;
use demarche::model::*;
use uuid::Uuid;

/// Number of documents.
pub const DOCUMENTS: usize = 1000;
const PASSAGES: usize = 100;
/// Bytes of a document, at least.
const LENGTH: usize = 8000;
const WORDS: [&str; 24] = [
    "the",
    "delegation",
    "of",
    "ministers",
    "will",
    "not",
    "accept",
    "a",
    "treaty",
    "on",
    "fees",
    "and",
    "ports",
    "unless",
    "both",
    "sides",
    "agree",
    "to",
    "suspend",
    "inspections",
    "before",
    "March",
    "in",
    "writing",
];
const VOICES: [&str; 4] = ["own", "quoted", "reported", "author's claim"];

/// The project.
pub fn project() -> Project {
    let mut random = Random::new(3);
    let texts: Vec<Arc<Text>> = (0..DOCUMENTS).map(|_| Arc::new(Text::new(text(&mut random)))).collect();
    let spans: Vec<Vec<Span>> =
        (0..DOCUMENTS).map(|_| (0..PASSAGES).map(|_| span(&mut random)).collect()).collect();
    let document = |number: usize| {
        let mut random = Random::new(1000 + number as u64);
        let links = links(&mut random, number, &spans);
        let layer = Layer::new(Status::Done, spans[number].clone(), links, []);
        let text = texts[number].clone();
        let mut document = Document::new(meta(number, &text), text);
        document.layers.insert("ana".into(), Arc::new(layer));
        document
    };
    let documents = (0..DOCUMENTS).map(document).collect();
    Project::assemble(String::new(), vec![], actors(), issues(), codebook(), documents).with_relations(
        Relations {
            members: [("Both parties".to_owned(), ["Party 0".to_owned(), "Party 1".to_owned()].into())]
                .into(),
            ..Relations::default()
        },
    )
}

/// The id of a document.
pub fn document_id(number: usize) -> DocumentId {
    DocumentId::new(format!("d{number:05}"))
}

fn meta(number: usize, text: &Text) -> DocumentMeta {
    let (year, month, day) = (2020 + number / 336, 1 + number / 28 % 12, 1 + number % 28);
    DocumentMeta {
        id: document_id(number),
        title: String::new(),
        date: Date::parse(&format!("{year}-{month:02}-{day:02}")),
        author: String::new(),
        source: String::new(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Versions::default(),
        sets: Default::default(),
    }
}

fn actors() -> Vec<String> {
    (0..9).map(|n| format!("Party {n}")).chain(["Both parties".to_owned()]).collect()
}

fn issues() -> Vec<String> {
    (0..20).map(|n| format!("issue {n}")).collect()
}

fn codebook() -> Codebook {
    let category = |role: &MoveRole| {
        let mut category = Category::new(role.code().into(), role.code(), Colour::nth(0));
        category.codes.insert("MOVE".into(), vec![role.code().into()]);
        category.codes.insert("CAMEO".into(), vec!["10".into()]);
        Arc::new(category)
    };
    let kinds = [
        ("actor", AttributeKind::Actors),
        ("target", AttributeKind::Actors),
        ("issue", AttributeKind::Issue),
        ("voice", AttributeKind::Choice(VOICES.map(Into::into).into())),
        ("conditional", AttributeKind::Flag),
        ("when", AttributeKind::Date),
    ];
    let attribute = |(id, kind): (&str, AttributeKind)| Arc::new(AttributeDef::new(id.into(), id, kind));
    Codebook {
        categories: MoveRole::ALL.iter().map(category).collect(),
        attributes: kinds.into_iter().map(attribute).collect(),
        link_kinds: ["responds-to", "repeats"].map(|id| Arc::new(LinkKind::new(id.into(), id, ""))).to_vec(),
        ..Codebook::default()
    }
}

/// The category of a role; demands and offers are a third of all.
pub fn category(random: &mut Random) -> CategoryId {
    let drawn = random.below(MoveRole::ALL.len() + 3);
    MoveRole::ALL.get(drawn).unwrap_or(&MoveRole::Demand).code().into()
}

/// Paragraphs of sentences, one byte a character.
fn text(random: &mut Random) -> String {
    let mut text = String::with_capacity(LENGTH + 1000);
    while text.len() < LENGTH {
        for _ in 0..3 + random.below(5) {
            let words = (0..6 + random.below(15)).map(|_| WORDS[random.below(WORDS.len())]);
            let _ = write!(text, "He says {}. ", words.collect::<Vec<_>>().join(" "));
        }
        text.push('\n');
    }
    text
}

fn span(random: &mut Random) -> Span {
    let start = random.below(LENGTH - 200);
    let ranges = Ranges::one(TextRange::new(start, start + 20 + random.below(150))).expect("a range");
    let id = SpanId(Uuid::from_u128(u128::from(random.bits()) << 64 | u128::from(random.bits())));
    let mut span = Span::new(id, category(random), ranges, Stamp(0));
    let (actors, issues) = (actors(), issues());
    let actor =
        |random: &mut Random| Value::Choices([actors[random.below(actors.len())].as_str().into()].into());
    span.attributes.insert("actor".into(), actor(random));
    span.attributes.insert("target".into(), actor(random));
    span.attributes.insert("issue".into(), Value::Choice(issues[random.below(issues.len())].as_str().into()));
    span.attributes.insert("voice".into(), Value::Choice(VOICES[random.below(VOICES.len())].into()));
    if random.below(20) == 0 {
        span.attributes.insert("when".into(), Value::Date(format!("202{}-05", random.below(3)).into()));
    }
    span
}

/// Links of the passages of a document to passages of it and of earlier documents.
fn links(random: &mut Random, number: usize, spans: &[Vec<Span>]) -> Vec<Link> {
    let mut links = Vec::new();
    for from in &spans[number] {
        let kind = match random.below(20) {
            0 => "repeats",
            1..=4 => "responds-to",
            _ => continue,
        };
        let to = number.saturating_sub(random.below(4));
        let id = LinkId(Uuid::from_u128(u128::from(random.bits())));
        let target = spans[to][random.below(PASSAGES)].id;
        links.push(Link {
            id,
            kind: kind.into(),
            from: from.id,
            to_document: document_id(to),
            to: target,
            created: Stamp(0),
        });
    }
    links
}
