//! Small projects for tests, written by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::bargain::{Ask, CoderChoice, Ledger, LedgerOptions, Moves, PassageIndex};
use demarche_model::*;
use uuid::Uuid;

/// Bytes of the text of each document.
pub const LENGTH: usize = 1000;

/// The project of a test.
pub struct Talks {
    documents: Vec<Document>,
    pub codebook: Codebook,
    pub relations: Relations,
    layers: BTreeMap<(usize, AnnotatorId), (Vec<Span>, Vec<Link>)>,
    at: BTreeMap<u128, (usize, AnnotatorId)>,
}

pub fn span_id(n: u128) -> SpanId {
    SpanId(Uuid::from_u128(n))
}

/// A codebook with a category per role, all attributes of the analysis, and the kinds of link.
pub fn codebook() -> Codebook {
    let category = |role: &MoveRole| {
        let mut category = Category::new(role.code().into(), role.code(), Colour::nth(0));
        category.codes.insert("MOVE".into(), vec![role.code().into()]);
        Arc::new(category)
    };
    let times = ["past", "present", "hypothetical"].map(Into::into).to_vec();
    let attributes = [
        ("actor", AttributeKind::Actors),
        ("target", AttributeKind::Actors),
        ("issue", AttributeKind::Issue),
        ("speaker", AttributeKind::Actor),
        ("conditional", AttributeKind::Flag),
        ("negated", AttributeKind::Flag),
        ("time", AttributeKind::Choice(times)),
        ("when", AttributeKind::Date),
    ];
    let attribute = |(id, kind): (&str, AttributeKind)| Arc::new(AttributeDef::new(id.into(), id, kind));
    let kinds = ["responds-to", "repeats", "conditional-on"];
    Codebook {
        categories: MoveRole::ALL.iter().map(category).collect(),
        attributes: attributes.into_iter().map(attribute).collect(),
        link_kinds: kinds.map(|id| Arc::new(LinkKind::new(id.into(), id, ""))).to_vec(),
        ..Codebook::default()
    }
}

/// Attributes from words: `actor=A+B target=C issue=fees conditional when=2026-03`.
pub fn attributes(words: &str) -> Attributes {
    let mut out = Attributes::new();
    for word in words.split_whitespace() {
        let (id, text) = word.split_once('=').unwrap_or((word, ""));
        let value = match id {
            "actor" | "target" => Value::Choices(text.split('+').map(Into::into).collect()),
            "conditional" | "negated" => Value::Flag(true),
            "when" => Value::Date(text.into()),
            _ => Value::Choice(text.into()),
        };
        out.insert(id.into(), value);
    }
    out
}

impl Talks {
    /// Documents with these dates; `""` for none.
    pub fn on(dates: &[&str]) -> Self {
        let document = |(number, date): (usize, &&str)| {
            let text = Arc::new(Text::new("x".repeat(LENGTH)));
            let meta = DocumentMeta {
                id: DocumentId::new(format!("d{number}")),
                title: String::new(),
                date: Date::parse(date),
                author: String::new(),
                source: String::new(),
                origin: Origin::default(),
                characters: text.characters(),
                versions: Versions::default(),
                sets: Default::default(),
            };
            Document::new(meta, text)
        };
        Self {
            documents: dates.iter().enumerate().map(document).collect(),
            codebook: codebook(),
            relations: Relations::default(),
            layers: BTreeMap::new(),
            at: BTreeMap::new(),
        }
    }

    /// Ana tags a passage.
    pub fn tag(
        &mut self,
        document: usize,
        n: u128,
        role: &str,
        at: (usize, usize),
        words: &str,
    ) -> &mut Self {
        self.tag_by("ana", document, n, role, &[at], words)
    }

    /// A coder tags a passage of several ranges.
    pub fn tag_by(
        &mut self,
        coder: &str,
        document: usize,
        n: u128,
        category: &str,
        at: &[(usize, usize)],
        words: &str,
    ) -> &mut Self {
        let ranges = Ranges::new(at.iter().map(|(start, end)| TextRange::new(*start, *end))).unwrap();
        let mut span = Span::new(span_id(n), category.into(), ranges, Stamp(0));
        span.attributes = attributes(words);
        let key = (document, AnnotatorId::from(coder));
        self.at.insert(n, key.clone());
        self.layers.entry(key).or_default().0.push(span);
        self
    }

    /// Links a passage to another.
    pub fn link(&mut self, from: u128, kind: &str, to: u128) -> &mut Self {
        let to_document = self.documents[self.at[&to].0].id().clone();
        let layer = self.layers.get_mut(&self.at[&from]).unwrap();
        let id = LinkId(Uuid::from_u128(from << 64 | to << 8 | kind.len() as u128));
        let (from, to) = (span_id(from), span_id(to));
        layer.1.push(Link { id, kind: kind.into(), from, to_document, to, created: Stamp(0) });
        self
    }

    pub fn project(&self) -> Project {
        let mut documents = self.documents.clone();
        for ((document, coder), (spans, links)) in &self.layers {
            let layer = Layer::new(Status::New, spans.clone(), links.clone(), []);
            documents[*document].layers.insert(coder.clone(), Arc::new(layer));
        }
        let actors = ["A", "B", "C", "Both", "Osk", "Watch"].map(str::to_owned).to_vec();
        let issues = ["fees", "port", "berths"].map(str::to_owned).to_vec();
        Project::assemble(String::new(), vec![], actors, issues, self.codebook.clone(), documents)
            .with_relations(self.relations.clone())
    }

    /// The final reading.
    pub fn moves(&self) -> Moves {
        moves(&self.project())
    }

    pub fn ledger(&self) -> Drawn {
        self.ledger_with(LedgerOptions::default())
    }

    pub fn ledger_with(&self, options: LedgerOptions) -> Drawn {
        let moves = self.moves();
        Drawn { ledger: Ledger::of(&moves, options), moves }
    }
}

pub fn moves(project: &Project) -> Moves {
    let readings = CoderChoice::Final.readings(project, &Visibility::default(), None);
    Moves::of(project, &readings.all[0])
}

/// Relations in which Both is A and B, Osk speaks for A, and Watch observes.
pub fn relations() -> Relations {
    Relations {
        members: [("Both".to_owned(), ["A".to_owned(), "B".to_owned()].into())].into(),
        persons: [("Osk".to_owned(), "A".to_owned())].into(),
        observers: ["Watch".to_owned()].into(),
        issues_below: [("berths".to_owned(), "port".to_owned())].into(),
    }
}

/// A ledger with its moves.
pub struct Drawn {
    pub moves: Moves,
    pub ledger: Ledger,
}

impl Drawn {
    pub fn index(&self, n: u128) -> PassageIndex {
        self.moves.iter().find(|(_, passage)| passage.span == span_id(n)).unwrap().0
    }

    pub fn ask(&self, n: u128) -> &Ask {
        self.ledger.ask(self.index(n)).unwrap()
    }

    pub fn numbers(&self, passages: impl IntoIterator<Item = PassageIndex>) -> Vec<u128> {
        passages.into_iter().map(|index| self.moves.get(index).span.0.as_u128()).collect()
    }

    pub fn candidates(&self, n: u128) -> Vec<u128> {
        self.numbers(self.ask(n).candidates.iter().map(|candidate| candidate.passage))
    }

    pub fn state(&self, n: u128) -> &'static str {
        self.ask(n).state.code()
    }
}
