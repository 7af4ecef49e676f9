//! The things that a project can hold, each with the losses that name it.

use std::sync::Arc;

use super::build::*;
use crate::export::sample;
use crate::loss::RangeLoss;
use crate::{ExportLoss, LossKind};
use demarche_model::{Edit, Memo, MemoSubject, NotesEntry, Project, Ranges, Span, TextRange, Value};

/// Something that a project can hold.
pub(super) struct Thing {
    pub name: &'static str,
    /// Adds it to a plain project.
    pub put: fn(&mut Project),
    /// Finds it in a project.
    pub is_there: fn(&Project) -> bool,
    /// The kinds of loss that report it as lost.
    pub says: fn(&LossKind) -> bool,
}

pub(super) fn says(kind: &LossKind, losses: &[ExportLoss]) -> bool {
    matches!(kind, LossKind::Export(loss) if losses.contains(loss))
}

fn changes_passage(kind: &LossKind) -> bool {
    use RangeLoss as R;
    let keeps = |loss: &R| matches!(loss, R::DividedPassages | R::HiddenRanges | R::InnerSentenceEnds);
    matches!(kind, LossKind::Range(loss) if !keeps(loss))
}

/// Returns all things.
pub(super) fn things() -> Vec<Thing> {
    [fields(), values(), links(), records(), places(), documents(), memos()].into_iter().flatten().collect()
}

/// A passage and its note.
fn fields() -> Vec<Thing> {
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
            name: "control character in a note",
            put: |project| change(project, |span| span.note = "a\u{1}b".to_owned()),
            is_there: |project| spans(project).any(|span| span.note == "a\u{1}b"),
            says: |kind| says(kind, &[L::Notes, L::InvalidCharacters]),
        },
        Thing {
            name: "note like a formula",
            put: |project| change(project, |span| span.note = "=1+1".to_owned()),
            is_there: |project| spans(project).any(|span| span.note == "=1+1"),
            says: |kind| says(kind, &[L::Notes, L::GuardedFields]),
        },
        Thing {
            name: "note longer than a cell",
            put: |project| change(project, |span| span.note = "a".repeat(40_000)),
            is_there: |project| spans(project).any(|span| span.note.len() == 40_000),
            says: |kind| says(kind, &[L::Notes, L::CutTexts]),
        },
    ]
}

/// Values of attributes.
fn values() -> Vec<Thing> {
    use ExportLoss as L;
    vec![
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
    ]
}

/// Links.
fn links() -> Vec<Thing> {
    use ExportLoss as L;
    vec![
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
    ]
}

/// Decisions, and records that could not be read.
fn records() -> Vec<Thing> {
    use ExportLoss as L;
    vec![
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
    ]
}

/// Passages that not every format can place.
fn places() -> Vec<Thing> {
    vec![
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
    ]
}

/// Documents.
fn documents() -> Vec<Thing> {
    use ExportLoss as L;
    vec![
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

/// Sets of documents, and memos.
fn memos() -> Vec<Thing> {
    use ExportLoss as L;
    vec![
        Thing {
            name: "set of documents",
            put: |project| {
                let edit = project.new_document_set("Round 1", vec!["d001".into()]);
                project.apply(edit).unwrap();
            },
            is_there: |project| {
                let set = project.document_set_named("Round 1");
                set.is_some_and(|set| project.members(&set).count() == 1)
            },
            says: |kind| says(kind, &[L::Sets]),
        },
        Thing {
            name: "memo on the project",
            put: |project| memo(project, MemoSubject::Project),
            is_there: |project| {
                memos_of_ben(project).any(|(subject, text)| (subject, text) == (&MemoSubject::Project, MEMO))
            },
            says: |kind| says(kind, &[L::Memos]),
        },
        Thing {
            name: "memo on a document",
            put: |project| memo(project, MemoSubject::Document("d001".into())),
            is_there: |project| {
                let is_of_text = |subject: &MemoSubject| match subject {
                    MemoSubject::Document(id) => project.document(id).is_some(),
                    MemoSubject::Project | MemoSubject::Category(_) => false,
                };
                memos_of_ben(project).any(|(subject, text)| is_of_text(subject) && text == MEMO)
            },
            says: |kind| says(kind, &[L::Memos]),
        },
        Thing {
            name: "memo on a category",
            put: |project| memo(project, MemoSubject::Category("offer".into())),
            is_there: |project| {
                let offer = MemoSubject::Category("offer".into());
                memos_of_ben(project).any(|(subject, text)| (subject, text) == (&offer, MEMO))
            },
            says: |kind| says(kind, &[L::Memos]),
        },
    ]
}

const MEMO: &str = "Read again:\nthe second half is <unclear>.";

fn memo(project: &mut Project, subject: MemoSubject) {
    let memo = Memo::new(MEMO, sample::NOW);
    let to = NotesEntry::Memo(subject, Some(memo.into()));
    project.apply(Edit::SetNotesEntry { owner: "ben".into(), to }).unwrap();
}

fn memos_of_ben(project: &Project) -> impl Iterator<Item = (&MemoSubject, &str)> {
    let notes = project.analysis_notes_of(&"ben".into());
    notes.into_iter().flat_map(|notes| &notes.memos).map(|(subject, memo)| (subject, memo.text.as_str()))
}
