//! Seeded input: the same text and the same spans at every run.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use demarche::analysis::random::Random;
use demarche::io::project::{Folder, create, presets};
use demarche::io::settings::Local;
use demarche::model::*;
use uuid::Uuid;

/// Whose layers are made.
pub const ANNOTATOR: &str = "ana";

const WORDS: &str = "the of and to in a that for on with is by be as this at which from not shall will may its our \
    their has have been was were are or any all such other under between both before after during within without \
    delegation government minister ambassador council parties agreement treaty protocol annex article paragraph \
    ceasefire corridor harbour port tariff fisheries quota border inspection sanctions verification implementation \
    negotiation proposal demand concession commitment offer threat rejection acceptance justification statement \
    suspend reopen withdraw extend confirm recall propose insist regret welcome reaffirm undertake consider review \
    Norvania Estmark Ostria Kelmar Friday Monday January spring deadline unless until provided however therefore \
    fully partly jointly immediate temporary binding mutual regional economic humanitarian legal technical";
const ODD: [&str; 8] = [
    "👩‍👩‍👧",
    "🕊️",
    "위협은 받아들일 수 없다",
    "대표단은",
    "cafe\u{301}",
    "Übereinkommen",
    "“quoted”",
    "naïve—yet",
];

/// True in so many of a hundred cases.
fn percent(random: &mut Random, percent: usize) -> bool {
    random.below(100) < percent
}

/// A text of about `bytes` bytes that looks like English; without `paragraphs`, all on one line.
pub fn text(seed: u64, bytes: usize, paragraphs: bool) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut random = Random::new(seed);
    let mut out = String::with_capacity(bytes + 1024);
    while out.len() < bytes {
        let odd = percent(&mut random, 5);
        for _ in 0..=random.below(2) {
            sentence(&mut out, &mut random, &words, odd);
        }
        if paragraphs {
            out.pop();
            out.push('\n');
            if percent(&mut random, 3) {
                out.push('\n');
            }
        }
    }
    out
}

fn sentence(out: &mut String, random: &mut Random, words: &[&str], odd: bool) {
    let start = out.len();
    for index in 0..5 + random.below(16) {
        let word = if odd && percent(random, 15) {
            ODD[random.below(ODD.len())]
        } else {
            // The lower of two draws: the first words of the list are the frequent ones.
            words[random.below(words.len()).min(random.below(words.len()))]
        };
        out.push_str(word);
        out.push_str(if index % 7 == 6 { ", " } else { " " });
    }
    out.truncate(out.trim_end_matches([' ', ',']).len());
    out.push_str(". ");
    if let Some(first) = out[start..].chars().next().filter(char::is_ascii_lowercase) {
        out.replace_range(start..=start, &first.to_ascii_uppercase().to_string());
    }
}

/// A span for every hundred bytes: a tenth overlaps the one before, some lie within it, some are long.
pub fn spans(seed: u64, text: &Text, codebook: &Codebook) -> Vec<Span> {
    spans_every(100, seed, text, codebook)
}

fn spans_every(every: usize, seed: u64, text: &Text, codebook: &Codebook) -> Vec<Span> {
    let mut random = Random::new(seed);
    let mut before = TextRange::default();
    let make = |index: usize| {
        let range = range(&mut random, text, index * every, before);
        before = range;
        span(&mut random, index, Ranges::one(range)?, codebook)
    };
    (0..text.len() / every).filter_map(make).collect()
}

fn range(random: &mut Random, text: &Text, at: usize, before: TextRange) -> TextRange {
    let content = text.as_str();
    let length = match random.below(10_000) {
        0 => 1_000_000,
        1..30 => 2000 + random.below(8000),
        30..2000 => 80 + random.below(200),
        _ => 8 + random.below(60),
    };
    let start = match random.below(100) {
        0..6 => before.start + before.len().min(400) / 2,
        6..10 => before.start,
        _ => at + random.below(60),
    };
    let start = word(content, start.min(content.len().saturating_sub(200)));
    TextRange { start, end: word_end(content, (start + length).min(content.len() - 1)) }
}

/// Where the word at `at` or after it starts.
fn word(content: &str, at: usize) -> usize {
    let at = content.ceil_char_boundary(at);
    content[at..].find(char::is_whitespace).map_or(at, |space| at + space + 1)
}

fn word_end(content: &str, at: usize) -> usize {
    let at = content.ceil_char_boundary(at);
    content[at..].find(char::is_whitespace).map_or(content.len(), |space| at + space)
}

fn span(random: &mut Random, index: usize, ranges: Ranges, codebook: &Codebook) -> Option<Span> {
    let created = Stamp(1_790_000_000 + index as i64 * 60);
    let mut attributes = Attributes::new();
    if percent(random, 50) {
        attributes.insert("actor".into(), Value::Choice("Norvania".into()));
        attributes.insert("target".into(), Value::Choice("Estmark".into()));
    }
    let id = (0x0192_u128 << 112) | ((index as u128) << 80) | (0x7 << 76) | (0x8 << 60);
    Some(Span {
        id: SpanId(Uuid::from_u128(id | u128::from(random.bits() >> 4))),
        category: codebook.categories.get(random.below(codebook.categories.len()))?.id.clone(),
        ranges,
        attributes,
        note: if percent(random, 2) { "See the communiqué of March.".to_owned() } else { String::new() },
        created,
        modified: created,
        provenance: None,
    })
}

/// Writes a project of one document with its spans. Says how many spans there are.
pub fn project(folder: &Path, content: String) -> usize {
    dense(folder, content, 100)
}

/// Like [`project`], with a span every `every` bytes.
pub fn dense(folder: &Path, content: String, every: usize) -> usize {
    let codebook = presets()[0].codebook.clone();
    let text = Arc::new(Text::new(content));
    let spans = spans_every(every, 11, &text, &codebook);
    let count = spans.len();
    let mut document = Document::new(meta("d001", &text), text);
    document.layers.insert(ANNOTATOR.into(), Arc::new(Layer::new(Status::InProgress, spans, [], [])));
    write(folder, codebook, vec![document]);
    count
}

/// Writes a project of so many documents of `bytes` each, each with a layer.
pub fn many(folder: &Path, count: usize, bytes: usize) {
    project(folder, text(5, bytes, true));
    let layer = fs::read_to_string(folder.join("layers/ana/d001.ron")).expect("the layer");
    let content = fs::read_to_string(folder.join("documents/d001.txt")).expect("the text");
    fs::remove_dir_all(folder).expect("removed");
    let text = Text::new(content.clone());
    let documents = (0..count).map(|n| Document::unloaded(meta(&format!("d{n:05}"), &text))).collect();
    write(folder, presets()[0].codebook.clone(), documents);
    fs::create_dir_all(folder.join("layers/ana")).expect("a folder");
    fs::create_dir_all(folder.join("documents")).expect("a folder");
    for n in 0..count {
        let id = format!("d{n:05}");
        fs::write(folder.join(format!("documents/{id}.txt")), &content).expect("written");
        fs::write(folder.join(format!("layers/ana/{id}.ron")), layer.replace("d001", &id)).expect("written");
    }
}

/// A project in memory: so many documents of `bytes` each, tagged by these annotators. Each has seen most of the same passages, some
/// with other bounds or another category.
pub fn team(annotators: &[&str], count: usize, bytes: usize) -> Project {
    team_with(presets()[0].codebook.clone(), annotators, count, bytes)
}

/// Writes a project of many annotators with many categories, for the Agreement screen.
pub fn crowd(folder: &Path, annotators: usize, categories: usize, documents: usize) {
    let names: Vec<String> =
        (0..annotators).map(|n| if n == 0 { ANNOTATOR.into() } else { format!("p{n:03}") }).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let category = |n: usize| {
        let id = CategoryId::new(format!("c{n:03}"));
        Arc::new(Category::new(id, format!("Category {n}"), Colour::nth(n)))
    };
    let categories = (0..categories).map(category).collect();
    let codebook = Codebook { categories, ..presets()[0].codebook.clone() };
    let project = team_with(codebook, &names, documents, 6000);
    let people = (0..).zip(&names).map(|(at, name)| Annotator::new((*name).into(), *name, Colour::nth(at)));
    let documents = project.documents().iter().map(|document| (**document).clone()).collect();
    write_with(folder, people.collect(), (**project.codebook()).clone(), documents);
}

/// Writes a project of many documents, each tagged by three of many people, for the Board. The first person leads.
pub fn staffed(folder: &Path, documents: usize, people: usize) {
    let names: Vec<String> =
        (0..people).map(|n| if n == 0 { ANNOTATOR.into() } else { format!("p{n:03}") }).collect();
    let codebook = presets()[0].codebook.clone();
    let built = (0..documents).map(|n| {
        let readers = [0, 7, 31].map(|step| names[(n + step) % people].as_str());
        let one = team_with(codebook.clone(), &readers, 1, 600);
        let source = &one.documents()[0];
        let meta = DocumentMeta { id: format!("d{n:05}").as_str().into(), ..source.meta.clone() };
        Document { meta, ..Document::clone(source) }
    });
    // Who leads begins with the documents of all.
    let role = |at: usize| if at == 0 { Role::Lead } else { Role::Annotator };
    let people = names.iter().enumerate().map(|(at, name)| Annotator {
        role: role(at),
        ..Annotator::new(name.as_str().into(), name, Colour::nth(at))
    });
    write_with(folder, people.collect(), codebook.clone(), built.collect());
}

fn team_with(codebook: Codebook, annotators: &[&str], count: usize, bytes: usize) -> Project {
    let documents = (0..count).map(|n| {
        let text = Arc::new(Text::new(text(1000 + n as u64, bytes, true)));
        let mut document = Document::new(meta(&format!("d{n:05}"), &text), text.clone());
        // Every fifth, since people tag sentences rather than words.
        let truth: Vec<Span> = spans(n as u64, &text, &codebook).into_iter().step_by(5).collect();
        for (who, annotator) in annotators.iter().enumerate() {
            let mut random = Random::new((n * annotators.len() + who) as u64);
            let seen = truth.iter().filter_map(|span| vary(span, &mut random, &text, &codebook));
            let layer = Layer::new(Status::Done, seen, [], []);
            document.layers.insert(AnnotatorId::new(annotator), Arc::new(layer));
        }
        document
    });
    Project::assemble("Bench".to_owned(), vec![], vec![], vec![], codebook.clone(), documents.collect())
}

/// A span as somebody else might have tagged it.
fn vary(span: &Span, random: &mut Random, text: &Text, codebook: &Codebook) -> Option<Span> {
    let id = SpanId(Uuid::from_u128(u128::from(random.bits()) << 64 | u128::from(random.bits())));
    let mut span = Span { id, ..span.clone() };
    if percent(random, 15) {
        return None;
    }
    if percent(random, 20) {
        span.category = codebook.categories.get(random.below(codebook.categories.len()))?.id.clone();
    }
    if percent(random, 30) {
        let range = span.ranges.cover();
        let end = word_end(text.as_str(), (range.end + 20).min(text.len() - 1));
        span.ranges = Ranges::one(TextRange { start: range.start, end })?;
    }
    Some(span)
}

fn write(folder: &Path, codebook: Codebook, documents: Vec<Document>) {
    write_with(folder, vec![Annotator::new(ANNOTATOR.into(), "Ana", Colour::nth(0))], codebook, documents);
}

fn write_with(folder: &Path, people: Vec<Annotator>, codebook: Codebook, documents: Vec<Document>) {
    let project = Project::assemble("Bench".to_owned(), people, vec![], vec![], codebook, documents);
    let folder = Folder::new(folder);
    create(&folder, &project).expect("a project");
    Local { annotator: Some(ANNOTATOR.to_owned()), ..Local::default() }.write(&folder);
}

fn meta(id: &str, text: &Text) -> DocumentMeta {
    DocumentMeta {
        id: id.into(),
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
