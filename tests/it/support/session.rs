//! Helpers of the tests that drive a session without pixels.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use demarche::analysis::summary::{Day, ProjectSummary, totals};
use demarche::io::project::{Folder, create, presets};
use demarche::io::sample;
use demarche::io::settings::Local;
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookAction, CodebookChange, Column, ColumnFilter, Env, NavigateAction, PassageFilter,
    PassagesAction, Session, Shown, TableLine, TextSelection,
};
pub use demarche::ui::commands::CommandId;
use tempfile::TempDir;

use super::project::meta;

/// Runs commands without a window: what the window would do is left out.
pub trait RunCommand {
    /// Runs a command, if it can be run now.
    fn run(&mut self, id: CommandId);
}

impl RunCommand for Session {
    fn run(&mut self, id: CommandId) {
        id.command().run(self);
    }
}

/// When every test begins: 15 January 2027, 08:00 UTC.
pub const START: Stamp = Stamp(1_800_000_000);

/// Says who works in a project on this machine, so that no test depends on the user's name.
pub fn works_here(folder: &Path, annotator: &str) {
    Local { annotator: Some(annotator.to_owned()), ..Local::default() }.write(&Folder::new(folder));
}

/// Forgets who works in a project on this machine.
pub fn forget_user(folder: &Path) {
    Local::default().write(&Folder::new(folder));
}

/// Removes the undo log of a project on this machine, so that a test starts without steps.
pub fn forget_steps(folder: &Path) {
    for entry in std::fs::read_dir(folder.join(".demarche")).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with("undo-") {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
}

/// A copy of the sample project, in which Ana works.
pub fn sample_copy() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("halden");
    sample::write(&root).unwrap();
    works_here(&root, "ana");
    (dir, root)
}

/// A project of these texts with the negotiation codebook, in which Ana works.
pub fn small(texts: &[&str]) -> (TempDir, PathBuf) {
    small_in(tempfile::tempdir().unwrap(), texts)
}

/// A folder that costs no disk where the system has such, for tests that save thousands of times.
pub fn in_memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// As [`small`], in this folder.
pub fn small_in(dir: TempDir, texts: &[&str]) -> (TempDir, PathBuf) {
    let documents = texts.iter().zip(1..).map(|(text, number)| {
        let text = Arc::new(Text::new(*text));
        Document::new(meta(&format!("d{number:03}"), &text), text)
    });
    let person = |id: &str, name: &str| Annotator::new(id.into(), name, Colour::nth(0));
    let codebook = presets().iter().find(|preset| preset.id == "negotiation").unwrap().codebook.clone();
    let people = vec![person("ana", "Ana"), person("ben", "Ben")];
    let actors = vec!["Norvania".to_owned(), "Estmark".to_owned()];
    let project =
        Project::assemble("Small".to_owned(), people, actors, Vec::new(), codebook, documents.collect());
    let root = dir.path().join("small");
    create(&Folder::new(&root), &project).unwrap();
    works_here(&root, "ana");
    (dir, root)
}

/// Opens a project and reads all of it.
pub fn open(root: &Path) -> Session {
    open_with(root, Env::fixed(START))
}

/// As [`open`], a day later: no id comes that came before.
pub fn open_later(root: &Path) -> Session {
    let env = Env::fixed(Stamp(START.0 + 24 * 60 * 60));
    (0..1000).for_each(|_| {
        env.new_uuid();
    });
    open_with(root, env)
}

/// As [`open`], with this clock.
pub fn open_with(root: &Path, env: Env) -> Session {
    let mut session = Session::open(root, env).unwrap();
    session.finish_jobs();
    session.read_all();
    session
}

/// A small project, open.
pub fn desk(texts: &[&str]) -> (TempDir, Session) {
    let (dir, root) = small(texts);
    let session = open(&root);
    (dir, session)
}

/// The id of the document at this place in the list.
pub fn id_of(session: &Session, at: usize) -> String {
    session.project().documents()[at].id().to_string()
}

/// Where words stand first in the document that is shown.
pub fn place_of(session: &Session, words: &str) -> TextRange {
    let text = session.document().unwrap().text.clone().unwrap();
    let start = text.as_str().find(words).unwrap_or_else(|| panic!("“{words}” is in the text"));
    TextRange { start, end: start + words.len() }
}

pub fn select(session: &mut Session, words: &str) {
    let range = place_of(session, words);
    session.perform(NavigateAction::SelectText(TextSelection::over(range)));
}

/// Tags words of the document that is shown, and says what came of it.
pub fn tag(session: &mut Session, words: &str, category: &str) -> SpanRef {
    select(session, words);
    session.perform(AnnotateAction::Tag(category.into()));
    session.current().cloned().unwrap_or_else(|| panic!("“{words}” is tagged: {:?}", session.notices()))
}

/// All passages of the project as `annotator category: words`, in the order of documents and layers.
pub fn passages(session: &Session) -> Vec<String> {
    let mut out = Vec::new();
    for document in session.project().documents() {
        let Some(text) = &document.text else { continue };
        for (annotator, layer) in &document.layers {
            let line =
                |span: &Arc<Span>| format!("{} {}: {}", annotator.whole(), span.category, span.quote(text));
            out.extend(layer.spans().map(line));
        }
    }
    out
}

/// All spans of the project.
pub fn spans(session: &Session) -> Vec<(SpanRef, Arc<Span>)> {
    let mut out = Vec::new();
    for document in session.project().documents() {
        for (annotator, layer) in &document.layers {
            let layer_id = LayerId::new(document.id(), annotator);
            let spans = layer.spans();
            out.extend(spans.map(|s| (SpanRef { layer: layer_id.clone(), span: s.id }, s.clone())));
        }
    }
    out
}

/// How many steps can be undone.
pub fn steps(session: &Session) -> usize {
    session.undo_stack().labels().count()
}

pub fn undo_label(session: &Session) -> &str {
    session.undo_stack().undo_label().unwrap_or_default()
}

/// Changes the codebook.
pub fn change(session: &mut Session, change: CodebookChange) {
    session.perform(CodebookAction::Change(change));
    session.finish_jobs();
    figures_are_right(session);
}

/// The categories of the codebook as `parent/id`.
pub fn categories(session: &Session) -> Vec<String> {
    let line = |c: &Arc<Category>| match &c.parent {
        Some(parent) => format!("{parent}/{}", c.id),
        None => c.id.to_string(),
    };
    session.project().codebook().categories.iter().map(line).collect()
}

/// The latest notice.
pub fn notice(session: &Session) -> &str {
    session.notices().last().map_or("", |notice| &notice.text)
}

/// Asserts that the latest notice contains these values, such as names and numbers, in this order.
#[track_caller]
pub fn assert_notice(session: &Session, values: &[&str]) {
    let mut rest = notice(session);
    for value in values {
        let Some(at) = rest.find(value) else { panic!("“{value}” is not in “{}”", notice(session)) };
        rest = &rest[at + value.len()..];
    }
    assert!(!notice(session).is_empty(), "there is a notice");
}

pub fn root_of(session: &Session) -> &Path {
    session.folder().root()
}

/// The links that the spans are said to have are those that one gets by looking through all layers.
pub fn links_are_right(session: &Session) {
    let documents = session.project().documents();
    let layers = documents.iter().flat_map(|document| {
        document.layers.iter().map(|(annotator, layer)| (LayerId::new(document.id(), annotator), layer))
    });
    let all: Vec<(LayerId, Arc<Link>)> =
        layers.flat_map(|(id, layer)| layer.links().map(move |link| (id.clone(), link.clone()))).collect();
    for (at, _) in spans(session) {
        let starts = |(layer, link): &&(LayerId, Arc<Link>)| *layer == at.layer && link.from == at.span;
        let ends =
            |(_, link): &&(LayerId, Arc<Link>)| link.to_document == at.layer.document && link.to == at.span;
        let mut expect: Vec<LinkId> = all.iter().filter(starts).map(|(_, link)| link.id).collect();
        expect.extend(all.iter().filter(ends).map(|(_, link)| link.id));
        let mut found: Vec<LinkId> = session.links_of(&at).iter().map(|end| end.link.id).collect();
        expect.sort();
        found.sort();
        assert_eq!(found, expect, "the links of {}", session.span_name(&at));
    }
}

/// The figures that the panels show are those that one gets by counting.
pub fn figures_are_right(session: &Session) {
    links_are_right(session);
    let project = session.project();
    let visibility = session.visibility();
    assert_eq!(session.totals(), &totals(project, visibility.clone()));
    assert_eq!(session.stats(), &ProjectSummary::new(project, visibility));
    let (rows, all) = counted_rows(session);
    let passages = session.passage_table();
    assert_eq!((passages.len(), passages.total()), (rows.len(), all));
    let mut shown: Vec<SpanRef> = passages.spans().collect();
    for (index, at) in shown.iter().enumerate() {
        assert_eq!(passages.position(project, at), Some(index), "place of row {index}");
    }
    if !passages.arrangement().is_by_place() {
        let position = |at: &SpanRef| rows.iter().position(|row| row == at);
        shown.sort_by_key(position);
    }
    assert_eq!(shown, rows);
    assert_eq!(passages.row(rows.len()), None);
    lines_are_right(session);
}

/// The lines of the table are its rows in order, each group under its heading.
fn lines_are_right(session: &Session) {
    let passages = session.passage_table();
    let mut row = 0;
    for line in 0..passages.lines() {
        match passages.line(line).unwrap() {
            TableLine::Row(at) => {
                assert_eq!((at, passages.line_of(at)), (row, line));
                row += 1;
            }
            TableLine::Group { first, rows, closed, .. } => {
                assert!(first == row && rows > 0, "line {line}");
                row += if closed { rows } else { 0 };
            }
        }
    }
    assert_eq!((row, passages.line(passages.lines())), (passages.len(), None));
}

/// Asserts that the table, patched by each edit, equals one that is rebuilt.
pub fn order_is_as_if_rebuilt(session: &mut Session) {
    let lines = |session: &Session| {
        let passages = session.passage_table();
        let line = |at| format!("{:?}", passages.line(at).unwrap());
        ((0..passages.lines()).map(line).collect::<Vec<_>>(), passages.spans().collect::<Vec<_>>())
    };
    let patched = lines(session);
    let arrangement = session.passage_table().arrangement().clone();
    session.perform(PassagesAction::Arrange(arrangement));
    assert_eq!(patched, lines(session));
}

/// The rows that the passages table must show, and how many there would be without a filter.
fn counted_rows(session: &Session) -> (Vec<SpanRef>, usize) {
    let mut out = Vec::new();
    let mut all = 0;
    for document in session.project().documents() {
        let mut here: Vec<(SpanRef, Arc<Span>)> =
            spans(session).into_iter().filter(|(at, _)| at.layer.document == *document.id()).collect();
        here.retain(|(at, _)| match session.shown() {
            Shown::Mine => at.layer.annotator == *session.me(),
            Shown::Everyone => !at.layer.annotator.is_consensus(),
            Shown::All => true,
            Shown::One(one) => at.layer.annotator == *one,
        });
        here.retain(|(at, _)| session.may_see(&at.layer.document, &at.layer.annotator));
        all += here.len();
        // Nothing passes a filter that does not fit the project.
        here.retain(|_| session.filtered().is_none_or(|found| found.refusal.is_none()));
        here.retain(|(at, span)| passes(session.passage_filter(), document, at, span));
        here.sort_by_key(|(at, s)| (s.ranges.start(), std::cmp::Reverse(s.ranges.end()), at.span));
        out.extend(here.into_iter().map(|(at, _)| at));
    }
    (out, all)
}

fn passes(filter: &PassageFilter, document: &Document, at: &SpanRef, span: &Span) -> bool {
    let quote = document.text.as_ref().map(|text| span.quote(text)).unwrap_or_default();
    filter.category.as_ref().is_none_or(|c| *c == span.category)
        && filter.document.as_ref().is_none_or(|d| d == document.id())
        && filter.stretch.is_none_or(|s| span.ranges.overlaps(s))
        && filter.annotator.as_ref().is_none_or(|a| *a == at.layer.annotator)
        && filter.created.is_none_or(|day| day == Day::from_stamp(span.created))
        && filter.columns.iter().all(|(column, limit)| match (column, limit) {
            (Column::Attribute(id), ColumnFilter::Among(values)) => match span.attributes.get(id) {
                Some(Value::Choice(value)) => values.contains(value),
                None => values.contains(""),
                other => panic!("{other:?}"),
            },
            (Column::Category, ColumnFilter::Among(values)) => values.contains(span.category.as_str()),
            (Column::Passage, ColumnFilter::Holds(words)) => {
                quote.to_lowercase().contains(&words.to_lowercase())
            }
            (Column::Note, ColumnFilter::Holds(words)) => {
                span.note.to_lowercase().contains(&words.to_lowercase())
            }
            other => panic!("{other:?}"),
        })
}

/// A clock that stands still until a test lets time pass.
#[derive(Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    pub fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

/// A clock, and a world in which it tells the time.
pub fn clock() -> (Clock, Env) {
    let clock = Clock(Arc::new(AtomicI64::new(START.0)));
    let hand = clock.clone();
    (clock, Env::fixed(START).with_clock(move || Stamp(hand.0.load(Ordering::SeqCst))))
}

/// A request to export everything to a path.
pub fn export_request(format: &str, path: &Path) -> demarche::session::ExportRequest {
    demarche::session::ExportRequest {
        format: demarche::io::export::exporter(format).unwrap(),
        path: path.to_owned(),
        annotators: None,
        categories: None,
        spans: None,
        documents: None,
    }
}
