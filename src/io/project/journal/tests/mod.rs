//! Tests of the journal as a whole: writing and recovery.

mod cases;
mod properties;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use tempfile::TempDir;
use uuid::Uuid;

use super::file::Place;
use super::frame;
use super::recover::recover_from;
use super::{Recovered, Step, compose::Composer, wire};
use crate::checksum::sha256;
use crate::project::{FileKey, Folder, append_history, create, open, snapshot, write};
use demarche_model::{
    Annotator, AnnotatorId, AnswerPair, Applied, Category, Codebook, Colour, Date, Decision, Document,
    DocumentId, DocumentMeta, Edit, EventId, LayerId, Link, LinkId, LogEntry, Memo, MemoSubject, NotesEntry,
    Origin, Project, ProjectEvent, Ranges, SavedView, Span, SpanId, Stamp, Status, Text, TextRange, Touch,
    Versions, ViewId, ViewKind,
};

const WORDS: &str = "Norvania will suspend the talks — 한국 — unless the port reopens.\n";

fn document(id: &str) -> Document {
    let text = Arc::new(Text::new(WORDS));
    let meta = DocumentMeta {
        id: id.into(),
        title: id.to_owned(),
        date: None,
        author: String::new(),
        source: String::new(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Versions::first(sha256(WORDS.as_bytes())),
        sets: Default::default(),
    };
    Document::new(meta, text)
}

fn category(id: &str) -> Arc<Category> {
    Arc::new(Category::new(id.into(), id, Colour::nth(0)))
}

fn project() -> Project {
    let people = ["ana", "ben"].map(|id| Annotator::new(id.into(), id, Colour::nth(0)));
    let codebook =
        Codebook { categories: vec![category("demand"), category("threat")], ..Codebook::default() };
    let documents = vec![document("d001"), document("d002")];
    Project::assemble("Talks".to_owned(), people.into(), Vec::new(), Vec::new(), codebook, documents)
}

/// A step of the test: the kind of edit, and its place.
type Choice = (u8, u8, u8);

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    vec((0..18_u8, 0..6_u8, 0..60_u8), 1..30)
}

fn uuid(n: u8) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(n))
}

/// The edit of a choice; `None` if there is nothing to change.
fn edit(project: &Project, (kind, which, value): Choice) -> Option<Edit> {
    let id = DocumentId::new(if which % 2 == 0 { "d001" } else { "d002" });
    project.document(&id)?;
    let layer = LayerId::new(&id, &"ana".into());
    let span = SpanId(uuid(which));
    let to_category = if value % 2 == 0 { "demand" } else { "threat" };
    let known = project.layer(&layer).and_then(|layer| layer.span(span)).cloned();
    let at = |to| Edit::SetSpan { layer: layer.clone(), id: span, to };
    Some(match kind {
        0..=4 => {
            let text = project.document(&id)?.text.clone()?;
            let start = text.byte_offset(usize::from(value) % 50)?;
            let ranges =
                Ranges::one(TextRange { start, end: text.byte_offset(usize::from(value) % 50 + 3)? })?;
            at(Some(Arc::new(Span::new(span, to_category.into(), ranges, Stamp(i64::from(value))))))
        }
        5 => at(Some(Arc::new(Span { note: format!("\"{value}\"\n"), ..(*known?).clone() }))),
        6 => known.map(|_| at(None))?,
        7 => {
            let link = Link {
                id: LinkId(uuid(value)),
                kind: "responds-to".into(),
                from: span,
                to_document: id.clone(),
                to: span,
                created: Stamp(9),
            };
            Edit::SetLink { layer, id: link.id, to: Some(Arc::new(link)) }
        }
        8 => {
            let id = project.layer(&layer)?.links().next()?.id;
            Edit::SetLink { layer, id, to: None }
        }
        9 if value % 4 == 3 => {
            Edit::SetUnblinded { layer, to: (value % 8 == 3).then_some(Stamp(i64::from(value))) }
        }
        9 => Edit::SetStatus { layer, to: if value % 2 == 0 { Status::Done } else { Status::New } },
        10 => {
            let mut decision = Decision::empty("ben".into(), span, Stamp(i64::from(value)));
            decision.verdict = Some(demarche_model::Verdict::Disputed);
            let has = project.document(&id)?.decision(&"ana".into(), span).is_some();
            let to = (!has || value % 3 > 0).then(|| Arc::new(decision));
            Edit::SetDecision { document: id, reviewer: "ana".into(), span, to }
        }
        11 => Edit::SetName { to: format!("Talks {value}") },
        12 => {
            let to = Category { name: format!("Name {value}"), ..Category::clone(&category(to_category)) };
            Edit::SetCategory { id: to_category.into(), to: Some((0, Arc::new(to))) }
        }
        13..=16 => notes_edit(project, kind, which, value),
        _ if value % 2 == 0 && project.document(&"d003".into()).is_none() => {
            Edit::InsertDocument { at: 0, document: Arc::new(document("d003")) }
        }
        _ => {
            project.document(&"d003".into())?;
            Edit::RemoveDocument { document: "d003".into() }
        }
    })
}

/// Sets an entry of Ana's analysis notes, or removes it if it is there and the value says so.
fn notes_edit(project: &Project, kind: u8, which: u8, value: u8) -> Edit {
    let owner = AnnotatorId::new("ana");
    let notes = project.analysis_notes_of(&owner);
    let stays = !value.is_multiple_of(3);
    let to = match kind {
        13 => {
            let id = ViewId(uuid(which));
            let view = SavedView::new(id, format!("View {value}"), ViewKind::Time);
            let has = notes.is_some_and(|notes| notes.views.contains_key(&id));
            NotesEntry::View(id, (stays || !has).then(|| Arc::new(view)))
        }
        14 => {
            let (id, date) = (EventId(uuid(which)), Date::parse("2026-03").unwrap());
            let event = ProjectEvent { id, date, label: format!("Event {value}"), colour: Colour::nth(1) };
            let has = notes.is_some_and(|notes| notes.calendar.events.contains_key(&id));
            NotesEntry::Event(id, (stays || !has).then_some(event))
        }
        15 => NotesEntry::Dismissed(AnswerPair { ask: SpanId(uuid(which)), answer: SpanId(uuid(9)) }, stays),
        _ => {
            let subject = MemoSubject::Document(DocumentId::new(format!("d{which:03}")));
            let memo = Memo::new(&format!("Memo\n{value}"), Stamp(i64::from(value)));
            let has = notes.is_some_and(|notes| notes.memos.contains_key(&subject));
            NotesEntry::Memo(subject, (stays || !has).then(|| Arc::new(memo)))
        }
    };
    Edit::SetNotesEntry { owner, to }
}

fn keys(touched: &[Touch]) -> BTreeSet<FileKey> {
    touched.iter().map(FileKey::from).collect()
}

fn every_key(project: &Project) -> BTreeSet<FileKey> {
    let mut keys = BTreeSet::from([FileKey::Project]);
    for document in project.documents() {
        let id = document.id();
        keys.extend(document.meta.text_ids().map(FileKey::Text));
        keys.extend(document.layers.keys().map(|who| FileKey::Layer(LayerId::new(id, who))));
        keys.extend(document.reviews.keys().map(|who| FileKey::Review(id.clone(), who.clone())));
    }
    for (owner, notes) in project.analysis_notes().iter() {
        keys.extend(notes.parts().map(|part| FileKey::AnalysisNotes(owner.clone(), part)));
    }
    keys
}

/// A project that is edited and saved, with the bytes of its journal.
struct Desk {
    dir: TempDir,
    folder: Folder,
    place: Place,
    project: Project,
    head: Arc<Project>,
    composer: Composer,
    bytes: String,
    seq: u64,
    changed: BTreeSet<FileKey>,
    log: Vec<LogEntry>,
    saved_log: usize,
    /// A save that the journal does not know of yet: its last step, and the files that it left out.
    unmarked: Option<(u64, BTreeSet<FileKey>)>,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let folder = Folder::new(dir.path().join("talks"));
        create(&folder, &project()).unwrap();
        let place = Place::on(&folder, &"ana".into(), "desk", &dir.path().join("outside"));
        let mut bytes = String::new();
        frame::write(&mut bytes, &wire::owner("ana", "desk"));
        let head = Arc::new(open(&folder).unwrap().project);
        Self {
            dir,
            folder,
            place,
            project: project(),
            head,
            composer: Composer::default(),
            bytes,
            seq: 0,
            changed: BTreeSet::new(),
            log: Vec::new(),
            saved_log: 0,
            unmarked: None,
        }
    }

    fn apply(&mut self, edit: Edit) {
        let applied: Applied = self.project.apply(edit).unwrap();
        let files = keys(&applied.touched);
        let number = self.log.len();
        let step = format!("step {number}");
        self.log.push(LogEntry { at: Stamp(7), who: "ana".into(), step, changes: Vec::new() });
        let entry = self.log.last().map(|entry| (number, entry.clone()));
        let step = Step::new(&applied, &self.project, &files, &self.head, entry);
        self.seq += 1;
        frame::write(&mut self.bytes, &self.composer.compose(self.seq, &step));
        self.changed.extend(files);
    }

    /// Saves all changed files except some, like a window that has to merge those first. The journal learns of it
    /// later.
    fn begin_saving(&mut self, left: impl Fn(&FileKey) -> bool) {
        let (except, now): (BTreeSet<_>, BTreeSet<_>) =
            std::mem::take(&mut self.changed).into_iter().partition(left);
        write(&self.folder, &snapshot(&self.project, &now)).unwrap();
        append_history(&self.folder, &self.log[self.saved_log..]).unwrap();
        self.saved_log = self.log.len();
        self.unmarked = Some((self.seq, except.clone()));
        self.changed = except;
    }

    fn end_saving(&mut self) {
        let Some((until, except)) = self.unmarked.take() else { return };
        if !except.contains(&FileKey::Project) {
            self.head = Arc::new(open(&self.folder).unwrap().project);
        }
        frame::write(&mut self.bytes, &wire::saved(self.seq, until, &except));
    }

    fn save(&mut self, left: impl Fn(&FileKey) -> bool) {
        self.begin_saving(left);
        self.end_saving();
    }

    /// Leaves the first bytes of the journal on disk, and recovers.
    fn recover(&self, cut: usize) -> Recovered {
        fs::write(self.journal(), &self.bytes.as_bytes()[..cut]).unwrap();
        recover_from(&self.place).unwrap()
    }

    fn journal(&self) -> std::path::PathBuf {
        self.folder.local().join("journal-ana-desk.log")
    }

    /// The contents of all files after saving this project.
    fn expected(&self, project: &Project) -> Vec<(String, String)> {
        let fresh = Folder::new(self.dir.path().join("expected"));
        let _ = fs::remove_dir_all(fresh.root());
        create(&fresh, project).unwrap();
        files(fresh.root())
    }
}

/// Names and contents of the project's files, without the history and the files of this machine.
fn files(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            if path.is_file() {
                found.push((name, fs::read_to_string(&path).unwrap()));
            } else if name != ".demarche" && name != "history" {
                open.push(path);
            }
        }
    }
    found.sort();
    found
}
