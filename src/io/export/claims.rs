//! What an export says is lost is lost, and what is lost is said: for each thing that a project can hold, in each format
//! that can be read back.

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::{Scope, exporters, memory, sample};
use crate::annotations::{Fresh, Input, SpanOwner, importer, place_all};
use crate::import::Files;
use crate::loss::RangeLoss;
use crate::{ExportLoss, LossKind};
use demarche_model::{
    Annotator, AnnotatorId, Colour, Comment, Decision, Detached, DetachedReason, Document, DocumentMeta,
    Edit, Layer, LayerId, Link, LinkId, Project, Provenance, Ranges, SourceSpan, Span, TextRange, Value,
    Verdict,
};

const TEXT: &str = "Norvania will suspend the talks.\nThe port reopens on Friday.\n";
const OTHER: &str = "Estmark answers the note.\n";

/// Something that a project can hold.
struct Thing {
    name: &'static str,
    /// Adds it to a plain project.
    put: fn(&mut Project),
    /// Finds it in a project.
    is_there: fn(&Project) -> bool,
    /// The kinds of loss that say that it is gone.
    says: fn(&LossKind) -> bool,
}

fn says(kind: &LossKind, losses: &[ExportLoss]) -> bool {
    matches!(kind, LossKind::Export(loss) if losses.contains(loss))
}

fn changes_passage(kind: &LossKind) -> bool {
    use RangeLoss as R;
    let keeps = |loss: &R| matches!(loss, R::DividedPassages | R::HiddenRanges | R::InnerSentenceEnds);
    matches!(kind, LossKind::Range(loss) if !keeps(loss))
}

fn things() -> Vec<Thing> {
    use ExportLoss as L;
    vec![
        Thing {
            name: "nothing",
            put: |_| {},
            is_there: |project| spans(project).count() == 1,
            says: |_| false,
        },
        Thing {
            name: "note",
            put: |project| change(project, |span| span.note = "An ultimatum.".to_owned()),
            is_there: |project| spans(project).any(|span| span.note == "An ultimatum."),
            says: |kind| says(kind, &[L::Notes]),
        },
        Thing {
            name: "text value",
            put: |project| value(project, "note", Value::Text("veiled".to_owned())),
            is_there: |project| has_value(project, "note", &Value::Text("veiled".to_owned())),
            says: |kind| says(kind, &[L::AttributeValues, L::UnknownValues]),
        },
        Thing {
            name: "list value",
            put: |project| value(project, "issues", choices()),
            is_there: |project| has_value(project, "issues", &choices()),
            says: |kind| says(kind, &[L::AttributeValues, L::UnknownValues]),
        },
        Thing {
            name: "value without a definition",
            put: |project| value(project, "mood", Value::Text("grim".to_owned())),
            is_there: |project| {
                let grim = Value::Text("grim".to_owned());
                // Without a definition, a word may be a choice as well.
                let has =
                    |span: &Arc<Span>| span.attributes.values().any(|value| value.is_written_like(&grim));
                spans(project).any(has)
            },
            says: |kind| says(kind, &[L::AttributeValues, L::UnknownValues]),
        },
        Thing {
            name: "flag that is off",
            put: |project| value(project, "conditional", Value::Flag(false)),
            is_there: |project| has_value(project, "conditional", &Value::Flag(false)),
            says: |kind| says(kind, &[L::AttributeValues, L::NegativeFlags]),
        },
        Thing {
            name: "infinite number",
            put: |project| value(project, "weight", Value::Number(f64::INFINITY)),
            is_there: |project| has_value(project, "weight", &Value::Number(f64::INFINITY)),
            says: |kind| says(kind, &[L::AttributeValues, L::InfiniteNumbers]),
        },
        Thing {
            name: "link in a layer",
            put: |project| link(project, "d001", "ana"),
            is_there: has_link,
            says: |kind| says(kind, &[L::Links]),
        },
        Thing {
            name: "link to another annotator",
            put: |project| link(project, "d001", "ben"),
            is_there: has_link,
            says: |kind| says(kind, &[L::Links, L::LinksToOthers, L::LinksToOutside, L::LinksToOtherFiles]),
        },
        Thing {
            name: "link to another document",
            put: |project| link(project, "d002", "ana"),
            is_there: has_link,
            says: |kind| says(kind, &[L::Links, L::LinksToOthers, L::LinksToOutside, L::LinksToOtherFiles]),
        },
        Thing {
            name: "origin of a passage of the consensus",
            put: settle,
            is_there: |project| spans(project).any(|span| span.provenance.is_some()),
            says: |kind| says(kind, &[L::Origins]),
        },
        Thing {
            name: "decision",
            put: decide,
            is_there: |project| project.documents().iter().any(|document| !document.reviews.is_empty()),
            says: |kind| says(kind, &[L::Decisions]),
        },
        Thing {
            name: "record that could not be placed",
            put: detach,
            is_there: |project| layers(project).any(|layer| layer.detached().next().is_some()),
            says: |kind| says(kind, &[L::DetachedRecords]),
        },
        Thing {
            name: "passage in two parts",
            put: |project| {
                let words = ["Norvania", "suspend"];
                let ranges = sample::span(0, "move", TEXT, &words).ranges;
                change(project, |span| span.ranges = ranges.clone());
            },
            is_there: |project| spans(project).any(|span| span.ranges.count() == 2),
            says: changes_passage,
        },
        Thing {
            name: "passage over a line end",
            put: |project| {
                let ranges = Ranges::one(TextRange { start: 26, end: 41 });
                change(project, |span| span.ranges = ranges.clone().expect("not empty"));
            },
            is_there: |project| {
                spans(project).any(|span| span.ranges.cover() == TextRange { start: 26, end: 41 })
            },
            says: changes_passage,
        },
        Thing {
            name: "passage inside a word",
            put: |project| {
                let ranges = Ranges::one(TextRange { start: 10, end: 12 });
                change(project, |span| span.ranges = ranges.clone().expect("not empty"));
            },
            is_there: |project| {
                spans(project).any(|span| span.ranges.cover() == TextRange { start: 10, end: 12 })
            },
            says: changes_passage,
        },
        Thing {
            name: "control character in a note",
            put: |project| change(project, |span| span.note = "a\u{1}b".to_owned()),
            is_there: |project| spans(project).any(|span| span.note == "a\u{1}b"),
            says: |kind| says(kind, &[L::Notes, L::InvalidCharacters]),
        },
        Thing {
            name: "control character in a text",
            put: |project| {
                let mut document = (*document("d003", "Bell\u{7}s ring.\n")).clone();
                "Bells".clone_into(&mut document.meta.title);
                let at = project.documents().len();
                project.apply(Edit::InsertDocument { at, document: document.into() }).unwrap();
                add(project, "d003", "ana", sample::span(9, "move", "Bell\u{7}s ring.\n", &["ring"]));
            },
            is_there: |project| {
                let mut texts = project.documents().iter().filter_map(|document| document.text.as_ref());
                texts.any(|text| text.as_str() == "Bell\u{7}s ring.\n")
            },
            says: |kind| says(kind, &[L::InvalidTexts, L::InvalidCharacters]),
        },
        Thing {
            name: "document without passages",
            put: |project| {
                let at = project.documents().len();
                let document = document("d003", "Nothing is tagged here.\n");
                project.apply(Edit::InsertDocument { at, document }).unwrap();
            },
            is_there: |project| {
                let mut texts = project.documents().iter().filter_map(|document| document.text.as_ref());
                texts.any(|text| text.as_str() == "Nothing is tagged here.\n")
            },
            says: |kind| says(kind, &[L::EmptyDocuments]),
        },
        Thing {
            name: "title, date and source",
            put: |project| {
                let at = project.documents().len();
                let document = sample::document("d003", "Briefing, 14 March", "It is dated.\n");
                project.apply(Edit::InsertDocument { at, document }).unwrap();
                add(project, "d003", "ana", sample::span(7, "move", "It is dated.\n", &["dated"]));
            },
            is_there: |project| {
                let like = sample::document("d003", "Briefing, 14 March", "It is dated.\n");
                project.documents().iter().any(|document| {
                    let (meta, like) = (&document.meta, &like.meta);
                    (&meta.title, &meta.date, &meta.source) == (&like.title, &like.date, &like.source)
                })
            },
            says: |kind| says(kind, &[L::DocumentFacts]),
        },
    ]
}

/// A project with one passage and nothing that any format could lose.
fn plain() -> Project {
    let mut project = Project::new("Talks", sample::codebook());
    for (at, id) in ["ana", "ben"].into_iter().enumerate() {
        let person = Annotator::new(id.into(), id, Colour::nth(at));
        project.apply(Edit::SetAnnotator { id: id.into(), to: Some((at, person)) }).unwrap();
    }
    project.apply(Edit::InsertDocument { at: 0, document: document("d001", TEXT) }).unwrap();
    add(&mut project, "d001", "ana", sample::span(1, "move", TEXT, &["suspend"]));
    project
}

/// A document whose title is its first line, as that of a text without one.
fn document(id: &str, text: &str) -> Arc<Document> {
    let mut document = (*sample::document(id, text.lines().next().unwrap_or(id), text)).clone();
    (document.meta.date, document.meta.source) = (None, String::new());
    Arc::new(document)
}

fn layer_id(document: &str, annotator: &str) -> LayerId {
    LayerId::new(&document.into(), &annotator.into())
}

fn add(project: &mut Project, document: &str, annotator: &str, span: Span) {
    let layer = layer_id(document, annotator);
    project.apply(Edit::SetSpan { layer, id: span.id, to: Some(span.into()) }).unwrap();
}

fn insert(project: &mut Project, id: &str, text: &str, words: &str) {
    let at = project.documents().len();
    project.apply(Edit::InsertDocument { at, document: document(id, text) }).unwrap();
    add(project, id, "ana", sample::span(9, "move", text, &[words]));
}

/// Changes the only passage.
fn change(project: &mut Project, change: impl Fn(&mut Span)) {
    let mut span = Span::clone(spans(project).next().unwrap());
    change(&mut span);
    add(project, "d001", "ana", span);
}

fn value(project: &mut Project, attribute: &str, value: Value) {
    let mut span = Span::clone(spans(project).next().unwrap());
    span.attributes = BTreeMap::from([(attribute.into(), value)]);
    // Files may hold values that no edit makes.
    let layer = Layer::new(Default::default(), [span], [], []);
    project.set_layer_from_disk(&layer_id("d001", "ana"), layer);
}

fn choices() -> Value {
    Value::Choices(["fees".into(), "port".into()].into())
}

/// Links the only passage to a new one.
fn link(project: &mut Project, document: &str, annotator: &str) {
    let text = if document == "d001" { TEXT } else { OTHER };
    let to = sample::span(2, "offer", text, &[if document == "d001" { "reopens" } else { "answers" }]);
    match document {
        "d001" => add(project, document, annotator, to.clone()),
        _ => {
            insert(project, document, text, "note");
            add(project, document, annotator, to.clone());
        }
    }
    let from = sample::span(1, "move", TEXT, &["suspend"]).id;
    let id = LinkId(Uuid::from_u128(0x0190_0000_0000_7000_9000_0000_0000_0001));
    let kind = "responds-to".into();
    let link = Link { id, kind, from, to_document: document.into(), to: to.id, created: sample::NOW };
    project.apply(Edit::SetLink { layer: layer_id("d001", "ana"), id, to: Some(link.into()) }).unwrap();
}

fn settle(project: &mut Project) {
    let source = SourceSpan { annotator: "ana".into(), span: sample::span(1, "move", TEXT, &["suspend"]).id };
    let provenance = Provenance { from: vec![source], over: vec![], by: "ana".into(), at: sample::NOW };
    let span = sample::span(3, "move", TEXT, &["suspend"]);
    let span = Span { provenance: Some(Box::new(provenance)), ..span };
    let layer = LayerId::new(&"d001".into(), &AnnotatorId::consensus());
    project.apply(Edit::SetSpan { layer, id: span.id, to: Some(span.into()) }).unwrap();
}

fn decide(project: &mut Project) {
    let span = sample::span(1, "move", TEXT, &["suspend"]).id;
    let comment = Comment { author: "ben".into(), at: sample::NOW, text: "No.".to_owned() };
    let decision = Decision {
        verdict: Some(Verdict::Rejected),
        comments: vec![comment],
        ..Decision::empty("ana".into(), span, sample::NOW)
    };
    let (document, reviewer) = ("d001".into(), "ben".into());
    project.apply(Edit::SetDecision { document, reviewer, span, to: Some(decision.into()) }).unwrap();
}

fn detach(project: &mut Project) {
    let record = Detached {
        record: "(broken)".to_owned(),
        claim: None,
        reason: DetachedReason::DuplicateId,
        line: 7,
        link: false,
    };
    let layer = layer_id("d001", "ana");
    project.apply(Edit::SetDetached { layer, key: 0, to: Some(record.into()) }).unwrap();
}

fn layers(project: &Project) -> impl Iterator<Item = &Arc<Layer>> {
    project.documents().iter().flat_map(|document| document.layers.values())
}

fn spans(project: &Project) -> impl Iterator<Item = &Arc<Span>> {
    layers(project).flat_map(|layer| layer.spans())
}

fn has_value(project: &Project, attribute: &str, value: &Value) -> bool {
    spans(project).any(|span| span.attributes.get(&attribute.into()) == Some(value))
}

fn has_link(project: &Project) -> bool {
    let ends = |link: &Link| {
        let there = project.document(&link.to_document);
        there.is_some_and(|document| document.layers.values().any(|layer| layer.span(link.to).is_some()))
    };
    layers(project).flat_map(|layer| layer.links()).any(|link| ends(link))
}

/// Imports an export into a project that has people and codebook, and the texts if the format does not keep them.
fn read_back(format: &str, project: &Project, files: &[(String, Vec<u8>)]) -> Project {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let importer = importer(format).unwrap();
    let mut into = plain();
    for document in project.documents().iter().map(|document| document.id().clone()).chain(["d001".into()]) {
        if into.document(&document).is_some() {
            into.apply(Edit::RemoveDocument { document }).unwrap();
        }
    }
    if !importer.keeps_texts() {
        for (at, old) in project.documents().iter().enumerate() {
            let meta = DocumentMeta { date: None, source: String::new(), ..old.meta.clone() };
            let document = Document::new(meta, old.text.clone().unwrap());
            into.apply(Edit::InsertDocument { at, document: document.into() }).unwrap();
        }
    }
    let labelled = Files::at(&[folder.path().to_owned()], Some(format)).labelled;
    let drafts = labelled.into_iter().map(|file| {
        let draft = importer.read(&Input::open(&file).unwrap()).unwrap();
        (file, draft)
    });
    let fresh = Fresh { ids: &mut Uuid::now_v7, now: sample::NOW };
    let user = AnnotatorId::new("ana");
    let incoming = place_all(&into, drafts.collect(), SpanOwner::Unsigned(&user), fresh).unwrap();
    into.apply(incoming.edit).unwrap();
    into
}

#[test]
fn a_loss_is_claimed_if_and_only_if_reading_back_shows_it() {
    let mut wrong = Vec::new();
    for thing in things() {
        let mut project = plain();
        (thing.put)(&mut project);
        assert!((thing.is_there)(&project), "{}", thing.name);
        for exporter in exporters().iter().filter(|exporter| exporter.imports()) {
            let format = exporter.info().name;
            let (files, losses) = memory::export(format, &Scope::everything(&project));
            let is_there = (thing.is_there)(&read_back(format, &project, &files));
            let is_claimed = losses.iter().any(|loss| (thing.says)(&loss.kind));
            if is_there == is_claimed {
                let said: Vec<String> = losses.iter().map(|loss| loss.short()).collect();
                wrong.push(format!("{format}, {}: back {is_there}, said {said:?}", thing.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn links_to_and_from_passages_that_are_not_exported_are_counted() {
    let mut project = plain();
    link(&mut project, "d001", "ana");
    let id = |number, word: &str| sample::span(number, "move", TEXT, &[word]).id;
    for exporter in exporters().iter().filter(|exporter| exporter.imports()) {
        let format = exporter.info().name;
        let export = |only| {
            let spans = Some([only].into());
            memory::export(format, &Scope { spans, ..Scope::everything(&project) })
        };
        let (_, from_outside) = export(id(2, "reopens"));
        assert!(
            from_outside.iter().any(|loss| says(&loss.kind, &[ExportLoss::LinksFromOutside])),
            "{format}"
        );
        let (files, to_outside) = export(id(1, "suspend"));
        // A link that names its other end is found again in a project that has that.
        let end = id(2, "reopens").to_string();
        let is_kept = files.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(&end));
        let kinds = [
            ExportLoss::Links,
            ExportLoss::LinksToOutside,
            ExportLoss::LinksToOthers,
            ExportLoss::LinksToOtherFiles,
        ];
        let is_claimed = to_outside.iter().any(|loss| says(&loss.kind, &kinds));
        assert_eq!(is_claimed, !is_kept, "{format}: {to_outside:?}");
    }
}

#[test]
fn documents_that_were_not_read_are_counted() {
    let mut project = plain();
    let unread =
        Document::unloaded(DocumentMeta { id: "d009".into(), ..document("d009", OTHER).meta.clone() });
    project.apply(Edit::InsertDocument { at: 1, document: unread.into() }).unwrap();
    for exporter in exporters().iter().filter(|exporter| exporter.imports()) {
        let (_, losses) = memory::export(exporter.info().name, &Scope::everything(&project));
        assert!(losses.iter().any(|loss| says(&loss.kind, &[ExportLoss::UnreadDocuments])), "{exporter:?}");
    }
}
