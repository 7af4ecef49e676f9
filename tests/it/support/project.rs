//! A small project with every feature of the format, and helpers to break it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use demarche::io::project::{FileKey, Folder, Listing, create, open, read_document, snapshot, write};
use demarche::io::{IoError, Problem};
use demarche::model::*;
use tempfile::TempDir;
use uuid::Uuid;

pub const TEXT: &str =
    "Norvania will suspend the talks.\nThe fee — 한국 — must come down, says 👩‍👩‍👧 Estmark.\n";
pub const AT: Stamp = Stamp(1_773_479_640);

pub fn span_id(n: u128) -> SpanId {
    SpanId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n))
}

pub fn link_id(n: u128) -> LinkId {
    LinkId(Uuid::from_u128(0x0190_0000_0000_7000_9000_0000_0000_0000 + n))
}

/// The bytes of the first time that `words` come.
pub fn range(words: &str) -> TextRange {
    let start = TEXT.find(words).expect("words of the text");
    TextRange { start, end: start + words.len() }
}

pub fn span(n: u128, category: &str, words: &[&str]) -> Span {
    Span {
        id: span_id(n),
        category: category.into(),
        ranges: Ranges::new(words.iter().map(|w| range(w))).expect("ranges"),
        attributes: Attributes::new(),
        note: String::new(),
        created: AT,
        modified: AT,
        provenance: None,
    }
}

pub fn meta(id: &str, text: &Text) -> DocumentMeta {
    DocumentMeta {
        id: id.into(),
        title: format!("Text \"{id}\""),
        date: Date::parse("2026-03-14"),
        author: String::new(),
        source: "Harbour press".to_owned(),
        origin: Origin {
            file_name: "briefing.txt".to_owned(),
            sha256: "0".repeat(64),
            encoding: "UTF-8".to_owned(),
            ..Origin::default()
        },
        characters: text.characters(),
        versions: Versions::first(demarche::io::sha256(text.as_str().as_bytes())),
        sets: Default::default(),
    }
}

pub fn codebook() -> Codebook {
    let category = |id: &str, name: &str, key| Category {
        hotkey: key,
        ..Category::new(id.into(), name, Colour::nth(0))
    };
    let threat = Category {
        parent: Some("demand".into()),
        definition: "Says what will happen if not.".to_owned(),
        include: "Deadlines".to_owned(),
        exclude: "Warnings about the weather".to_owned(),
        examples: vec!["or else".to_owned(), "\"unless\"".to_owned()],
        codes: BTreeMap::from([("CAMEO".into(), vec!["13".into(), "138".into()])]),
        retired: true,
        ..category("threat", "Threat", None)
    };
    let kinds = [
        ("tone", AttributeKind::Choice(vec!["calm".into(), "sharp".into()])),
        ("means", AttributeKind::Choices(vec!["port".into(), "fee".into()])),
        ("actor", AttributeKind::Actor),
        ("issue", AttributeKind::Issue),
        ("words", AttributeKind::Text),
        ("sum", AttributeKind::Number),
        ("conditional", AttributeKind::Flag),
        ("by", AttributeKind::Date),
    ];
    let attributes = kinds.into_iter().map(|(id, kind)| {
        let tone = id == "tone";
        Arc::new(AttributeDef {
            id: id.into(),
            name: id.to_owned(),
            kind,
            categories: if tone { vec!["threat".into()] } else { Vec::new() },
            default: tone.then(|| Value::Choice("calm".into())),
            hotkey: tone.then_some('t'),
            definition: String::new(),
            means: Vec::new(),
            unit: None,
        })
    });
    let link = LinkKind::new("responds-to".into(), "responds to", "The first answers the second.");
    Codebook {
        categories: vec![Arc::new(category("demand", "Demand", Some('1'))), Arc::new(threat)],
        attributes: attributes.collect(),
        link_kinds: vec![Arc::new(link)],
        ..Codebook::default()
    }
}

fn every_attribute() -> Attributes {
    [
        ("tone", Value::Choice("sharp".into())),
        ("means", Value::Choices(BTreeSet::from(["fee".into(), "port".into()]))),
        ("actor", Value::Choice("Norvania".into())),
        ("words", Value::Text("two\nlines, \"quoted\"".to_owned())),
        ("sum", Value::Number(-0.1)),
        ("conditional", Value::Flag(true)),
        ("by", Value::Date("2026-04-01".into())),
    ]
    .into_iter()
    .map(|(id, value)| (AttributeId::from(id), value))
    .collect()
}

/// The record of a span whose category the codebook lacks.
pub const DETACHED: &str = "(id: \"01900000-0000-7000-8000-0000000000ff\", category: \"bluff\", ranges: [(0, 8)], \
                            quote: \"Norvania\", created: \"2026-03-14T09:14:00Z\")";

pub fn sample() -> Project {
    let text = Arc::new(Text::new(TEXT));
    let mut document = Document::new(meta("d001", &text), text);
    let threat = Span {
        attributes: every_attribute(),
        note: "Norvania's first\nultimatum".to_owned(),
        modified: Stamp(AT.0 + 60),
        ..span(1, "threat", &["will suspend", "talks"])
    };
    let demand = span(2, "demand", &["The fee — 한국 — must come down"]);
    let link = Link {
        id: link_id(1),
        kind: "responds-to".into(),
        from: span_id(2),
        to_document: "d001".into(),
        to: span_id(1),
        created: AT,
    };
    let detached = Detached {
        record: DETACHED.to_owned(),
        claim: Some(Claim {
            span: Span { id: span_id(0xff), ..span(0xff, "bluff", &["Norvania"]) },
            quote: Quote::of_words("Norvania"),
            text: 1,
        }),
        reason: DetachedReason::UnknownCategory,
        line: 7,
        link: false,
    };
    let layer = Layer::new(Status::Done, [threat, demand], [link], [detached]);
    document.layers.insert("ana".into(), Arc::new(layer));
    let decision = Decision {
        annotator: "ana".into(),
        span: span_id(1),
        verdict: Some(Verdict::Disputed),
        proposal: Some(Proposal {
            category: Some("demand".into()),
            bounds: Some(Bounds {
                characters: Ranges::one(range("will suspend")).expect("a range"),
                quote: Quote::of_words("will suspend"),
            }),
            attributes: BTreeMap::from([("tone".into(), None), ("sum".into(), Some(Value::Number(2.0)))]),
        }),
        about: Some(SpanSnapshot { category: "threat".into(), quote: Quote::of_words("will suspend talks") }),
        comments: vec![Comment { author: "ben".into(), at: AT, text: "Is it?".to_owned() }],
        modified: AT,
        decided_on: None,
    };
    let decisions = BTreeMap::from([(span_id(1), Arc::new(decision))]);
    document.reviews.insert("ben".into(), Arc::new(Review::of_decisions(decisions)));
    let person = |id: &str, name: &str, n| Annotator::new(id.into(), name, Colour::nth(n));
    let ben = Annotator {
        initials: "B".to_owned(),
        role: Role::Reviewer,
        documents: Assignment::Only(BTreeSet::from(["d001".into()])),
        ..person("ben", "Ben", 1)
    };
    Project::assemble(
        "Harbour talks".to_owned(),
        vec![person("ana", "Ana Reyes", 0), ben],
        vec!["Norvania".to_owned(), "Estmark".to_owned()],
        vec!["port access".to_owned()],
        codebook(),
        vec![document],
    )
}

/// The sample on disk.
pub fn on_disk() -> (TempDir, Folder) {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(dir.path().join("talks"));
    create(&folder, &sample()).expect("created");
    (dir, folder)
}

/// Opens a project and reads all of its documents.
pub fn read_all(folder: &Folder) -> Result<(Project, Vec<Problem>), IoError> {
    let opened = open(folder)?;
    let (mut project, mut problems) = (opened.project, opened.problems);
    for document in project.clone().documents() {
        let codebook = project.codebook().clone();
        let (contents, found) = read_document(folder, &opened.listing, &codebook, &document.meta)?;
        problems.extend(found);
        project.load_document(document.id(), contents);
    }
    Ok((project, problems))
}

/// Every file that the project may have to write, those of unreadable layers too.
pub fn every_key(folder: &Folder, project: &Project) -> BTreeSet<FileKey> {
    let listing = Listing::read(folder).expect("a listing");
    let mut keys = BTreeSet::from([FileKey::Project]);
    for document in project.documents() {
        let id = document.id();
        keys.insert(FileKey::Text(document.meta.text_id()));
        keys.extend(listing.annotators(id).map(|a| FileKey::Layer(LayerId::new(id, a))));
        keys.extend(document.layers.keys().map(|a| FileKey::Layer(LayerId::new(id, a))));
        keys.extend(listing.reviewers(id).map(|a| FileKey::Review(id.clone(), a.clone())));
    }
    let notes = listing.analysis_notes();
    keys.extend(notes.map(|(owner, part)| FileKey::AnalysisNotes(owner.clone(), *part)));
    keys
}

/// Saves everything.
pub fn save_all(folder: &Folder, project: &Project) -> Result<(), IoError> {
    write(folder, &snapshot(project, &every_key(folder, project)))
}

/// Path and content of every file but those of this machine.
pub fn files(root: &Path) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().into_owned();
            // The history only grows: it differs where everything else is as before.
            if path.is_dir() && name != ".demarche" && name != "history" {
                open.push(path);
            } else if path.is_file() {
                let content = String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned();
                out.insert(name, content);
            }
        }
    }
    out
}

/// Writes files into a folder, which [`files`] has read from another one.
pub fn put_files(root: &Path, files: impl IntoIterator<Item = (String, String)>) {
    for (name, content) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("written");
    }
}

/// Replaces words in a file of the project.
pub fn edit(folder: &Folder, file: &str, from: &str, to: &str) {
    let path = folder.root().join(file);
    let old = fs::read_to_string(&path).expect("a file");
    assert!(old.contains(from), "{from} is not in {file}");
    fs::write(&path, old.replacen(from, to, 1)).expect("written");
}

/// Copies a folder with everything in it.
pub fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_tree(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy");
        }
    }
}
