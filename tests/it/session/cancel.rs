//! Work that the user cancels ends quietly and leaves nothing behind.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use demarche::io::export::exporter;
use demarche::io::project::{Folder, create, presets};
use demarche::io::settings::Local;
use demarche::model::*;
use demarche::session::{
    Action, ExchangeAction, ExportRequest, JobKind, NewTextSource, PreviewAction, Screen, Session, Tone,
    UpdateAction,
};
use tempfile::TempDir;
use uuid::Uuid;

use crate::support::held::Held;
use crate::support::project::{files, meta};
use crate::support::session::{open_with, root_of, steps};
use crate::support::wait::until;

const DOCUMENTS: usize = 200;
const SENTENCE: &str = "We ask for an answer. ";
const SENTENCES: usize = 40;

/// A project that keeps every job busy for a moment: Ana and Ben have tagged each sentence of many documents.
fn large() -> (TempDir, Session, Held) {
    let document = |number: usize| {
        let text = Arc::new(Text::new(SENTENCE.repeat(SENTENCES)));
        let mut document = Document::new(meta(&format!("d{number:03}"), &text), text);
        for (person, annotator) in ["ana", "ben"].into_iter().enumerate() {
            let spans = (0..SENTENCES).map(|at| Span {
                id: SpanId(Uuid::from_u128(((number * 2 + person) * SENTENCES + at + 1) as u128)),
                category: "demand".into(),
                ranges: Ranges::one(range(at)).unwrap(),
                attributes: Attributes::new(),
                note: String::new(),
                created: Stamp(0),
                modified: Stamp(0),
                provenance: None,
            });
            let layer = Layer::new(Status::Done, spans, [], []);
            document.layers.insert(annotator.into(), Arc::new(layer));
        }
        document
    };
    let documents = (1..=DOCUMENTS).map(document).collect();
    let people = ["ana", "ben"].map(|id| Annotator::new(id.into(), id, Colour::nth(0)));
    let codebook = presets().iter().find(|preset| preset.id == "negotiation").unwrap().codebook.clone();
    let project =
        Project::assemble("Large".to_owned(), people.into(), Vec::new(), Vec::new(), codebook, documents);
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::new(dir.path().join("large"));
    create(&folder, &project).unwrap();
    Local { annotator: Some("ana".to_owned()), ..Local::default() }.write(&folder);
    let held = Held::default();
    let session = open_with(folder.root(), held.env());
    (dir, session, held)
}

fn range(sentence: usize) -> TextRange {
    let start = sentence * SENTENCE.len();
    TextRange { start, end: start + SENTENCE.trim_end().len() }
}

/// Does something, cancels the job of this name that comes of it, and waits for the end. Nothing may have failed, and
/// nothing in the project or beside it may have changed.
fn cancel(session: &mut Session, held: &Held, job: JobKind, what: impl FnOnce(&mut Session)) {
    let (revision, before) = (session.project().revision(), files(root_of(session)));
    let outside = outside(session);
    held.hold();
    what(session);
    let runs = |session: &Session| session.jobs().running().iter().any(|running| running.kind() == job);
    until(session, job.name(), |session| {
        // Others come first, such as one that reads what is not in memory.
        let runs = runs(session);
        if !runs {
            held.start();
        }
        runs
    });
    session.perform(Action::CancelJobs);
    held.release();
    session.finish_jobs();
    assert!(session.notices().iter().all(|notice| notice.tone == Tone::Plain), "{:?}", session.notices());
    assert!(session.report().is_none());
    assert_eq!((steps(session), session.has_unsaved()), (0, false));
    assert_eq!(session.project().revision(), revision);
    assert!(files(root_of(session)) == before);
    assert_eq!(self::outside(session), outside);
    assert_eq!(incoming(session), 0);
}

/// What lies beside the project.
fn outside(session: &Session) -> Vec<PathBuf> {
    let entries = fs::read_dir(root_of(session).parent().unwrap()).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// How many copies of files wait for documents.
fn incoming(session: &Session) -> usize {
    fs::read_dir(root_of(session).join(".demarche/incoming")).map_or(0, |entries| entries.count())
}

/// Many files beside the project, in a folder.
fn many(session: &Session, ending: &str, content: impl Fn(usize) -> String) -> PathBuf {
    let folder = root_of(session).with_file_name("many");
    fs::create_dir(&folder).unwrap();
    for number in 0..DOCUMENTS {
        fs::write(folder.join(format!("{number}.{ending}")), content(number)).unwrap();
    }
    folder
}

#[test]
fn an_export() {
    let (_dir, mut session, held) = large();
    for (format, name) in [("jsonl", "all.jsonl"), ("brat", "all")] {
        let format = exporter(format).unwrap();
        let path = root_of(&session).with_file_name(name);
        let (annotators, categories, spans) = (None, None, None);
        let request = ExportRequest { format, path, annotators, categories, spans, documents: None };
        cancel(&mut session, &held, JobKind::Export, |session| {
            session.perform(ExchangeAction::Export(request))
        });
    }
}

#[test]
fn an_import_of_documents() {
    let (_dir, mut session, held) = large();
    session.keep_originals(true);
    let folder = many(&session, "txt", |number| format!("Text {number}\n"));
    cancel(&mut session, &held, JobKind::Import, |session| {
        session.perform(ExchangeAction::Import(vec![folder]))
    });
}

#[test]
fn an_import_of_passages() {
    let (_dir, mut session, held) = large();
    let span = r#"{"start": 0, "end": 4, "category": "demand"}"#;
    let folder = many(&session, "jsonl", |number| {
        format!("{{\"text\": \"Text {number}\\n\", \"spans\": [{span}]}}\n")
    });
    cancel(&mut session, &held, JobKind::Import, |session| {
        session.perform(ExchangeAction::Import(vec![folder]))
    });
}

#[test]
fn files_that_are_looked_at() {
    let (_dir, mut session, held) = large();
    session.keep_originals(true);
    let folder = many(&session, "txt", |number| format!("Text {number}\n"));
    let open = PreviewAction::Open(vec![folder]);
    cancel(&mut session, &held, JobKind::ReadFiles, |session| session.perform(open.clone()));
    assert!(session.preview().is_none());
    session.perform(open);
    session.finish_jobs();
    let import = PreviewAction::Import;
    cancel(&mut session, &held, JobKind::Import, |session| session.perform(import));
}

#[test]
fn figures_of_agreement() {
    let (_dir, mut session, held) = large();
    session.show_screen(Screen::Agreement);
    cancel(&mut session, &held, JobKind::MeasureAgreement, |session| session.compute_agreement());
    assert!(session.agreement().result().is_none());
    session.tick();
    assert!(session.jobs().running().is_empty(), "it does not begin again by itself");
    session.compute_agreement();
    session.finish_jobs();
    assert!(session.agreement_is_fresh());
}

#[test]
fn a_comparison() {
    let (_dir, mut session, held) = large();
    cancel(&mut session, &held, JobKind::CompareAnnotators, |session| session.show_screen(Screen::Compare));
    session.tick();
    assert!(session.comparison_is_stopped() && session.jobs().running().is_empty());
    session.show_screen(Screen::Compare);
    session.finish_jobs();
    assert!(!session.is_comparing() && !session.comparison_is_stopped());
}

#[test]
fn an_update_of_a_text() {
    let (_dir, mut session, held) = large();
    let text = NewTextSource::Pasted(SENTENCE.replace("answer", "offer").repeat(SENTENCES));
    let compare = UpdateAction::Compare("d001".into(), text);
    cancel(&mut session, &held, JobKind::CompareTexts, |session| session.perform(compare));
    assert!(session.text_update().is_none());
}
