//! Tests of the whole journal: what it writes, and what is recovered from it.

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
use super::writer::Journal;
use super::{Recovered, Step, compose::Composer, wire};
use crate::checksum::sha256;
use crate::project::{
    FileKey, Folder, append_history, create, open, read_document, read_history, snapshot, write,
};
use demarche_model::{
    Annotator, AnnotatorId, Applied, Category, Codebook, Colour, Decision, Document, DocumentId,
    DocumentMeta, Edit, LayerId, Link, LinkId, LogEntry, Origin, Project, Ranges, Span, SpanId, Stamp,
    Status, Text, TextRange, Touch, Versions,
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

/// A step of the test: which of the kinds of edit, and where.
type Choice = (u8, u8, u8);

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    vec((0..14_u8, 0..6_u8, 0..60_u8), 1..30)
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
        _ if value % 2 == 0 && project.document(&"d003".into()).is_none() => {
            Edit::InsertDocument { at: 0, document: Arc::new(document("d003")) }
        }
        _ => {
            project.document(&"d003".into())?;
            Edit::RemoveDocument { document: "d003".into() }
        }
    })
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

    /// Saves all changed files but some, as a window does that has to merge these first.
    fn save(&mut self, left: impl Fn(&FileKey) -> bool) {
        let (except, now): (BTreeSet<_>, BTreeSet<_>) =
            std::mem::take(&mut self.changed).into_iter().partition(left);
        write(&self.folder, &snapshot(&self.project, &now)).unwrap();
        append_history(&self.folder, &self.log[self.saved_log..]).unwrap();
        self.saved_log = self.log.len();
        if now.contains(&FileKey::Project) {
            self.head = Arc::new(open(&self.folder).unwrap().project);
        }
        frame::write(&mut self.bytes, &wire::saved(self.seq, &except));
        self.changed = except;
    }

    /// Leaves the first bytes of the journal on disk, and recovers.
    fn recover(&self, cut: usize) -> Recovered {
        fs::write(self.journal(), &self.bytes.as_bytes()[..cut]).unwrap();
        recover_from(&self.place).unwrap()
    }

    fn journal(&self) -> std::path::PathBuf {
        self.folder.local().join("journal-ana-desk.log")
    }

    /// The files, as all of them would be after saving this project.
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_journal_that_is_cut_anywhere_yields_the_state_before_the_cut(
        choices in choices(),
        saved_after in 0..30_usize,
        cut in any::<proptest::sample::Index>(),
    ) {
        let mut desk = Desk::new();
        // The states after each record, with the end of the record and the number of steps.
        let mut states = vec![(desk.bytes.len(), desk.project.clone(), 0)];
        let mut first = desk.bytes.len();
        for (at, choice) in choices.into_iter().enumerate() {
            if let Some(edit) = edit(&desk.project, choice) {
                desk.apply(edit);
                states.push((desk.bytes.len(), desk.project.clone(), desk.log.len()));
            }
            if at == saved_after {
                // What is saved was in the journal before.
                first = desk.bytes.len();
                desk.save(|_| false);
                states.push((desk.bytes.len(), desk.project.clone(), desk.log.len()));
            }
        }
        let cut = first + cut.index(desk.bytes.len() - first + 1);
        let recovered = desk.recover(cut);
        let (_, state, steps) = states.iter().rev().find(|(end, ..)| *end <= cut).unwrap();
        prop_assert_eq!(files(desk.folder.root()), desk.expected(state));
        prop_assert_eq!(recovered.torn, states.iter().all(|(end, ..)| *end != cut));
        prop_assert!(recovered.kept.is_empty() && recovered.conflicts.is_empty());
        prop_assert_eq!(&read_history(&desk.folder).unwrap().0, &desk.log[..*steps]);
        prop_assert!(!desk.journal().exists());
    }

    #[test]
    fn files_that_could_not_be_saved_stay_in_the_journal(
        choices in choices(),
        saves in vec((0..30_usize, 0..4_u8), 0..4),
    ) {
        let mut desk = Desk::new();
        for (at, choice) in choices.into_iter().enumerate() {
            if let Some(edit) = edit(&desk.project, choice) {
                desk.apply(edit);
            }
            for (_, left) in saves.iter().filter(|(after, _)| *after == at) {
                let layer = |key: &FileKey| matches!(key, FileKey::Layer(_) | FileKey::Review(..));
                let first = |key: &FileKey| key.document() == Some(&"d001".into());
                desk.save(|key| match left {
                    0 => false,
                    1 => layer(key),
                    2 => layer(key) && first(key),
                    _ => layer(key) && !first(key),
                });
            }
        }
        let recovered = desk.recover(desk.bytes.len());
        prop_assert_eq!(files(desk.folder.root()), desk.expected(&desk.project));
        prop_assert!(recovered.kept.is_empty() && recovered.conflicts.is_empty() && !recovered.torn);
        prop_assert_eq!(&read_history(&desk.folder).unwrap().0, &desk.log);
    }

    #[test]
    fn no_damage_of_a_journal_makes_recovering_fail(
        choices in choices(),
        at in any::<proptest::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut desk = Desk::new();
        for choice in choices {
            if let Some(edit) = edit(&desk.project, choice) {
                desk.apply(edit);
            }
        }
        let mut bytes = desk.bytes.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        fs::write(desk.journal(), bytes).unwrap();
        recover_from(&desk.place).unwrap();
        prop_assert!(open(&desk.folder).is_ok());
    }
}

/// A desk at which Ana has tagged one passage in each document.
fn tagged() -> Desk {
    let mut desk = Desk::new();
    for which in [0, 1] {
        let tag = edit(&desk.project, (0, which, 0)).unwrap();
        desk.apply(tag);
    }
    desk
}

fn spans(folder: &Folder, document: &str, who: &str) -> Vec<SpanId> {
    let opened = open(folder).unwrap();
    let meta = opened.project.document(&document.into()).unwrap().meta.clone();
    let (contents, _) = read_document(folder, &opened.listing, opened.project.codebook(), &meta).unwrap();
    let layers = contents.layers.into_iter().filter(|(owner, _)| owner.as_str() == who);
    layers.flat_map(|(_, layer)| layer.spans().map(|span| span.id).collect::<Vec<_>>()).collect()
}

#[test]
fn only_the_machine_that_wrote_a_journal_applies_it() {
    let desk = tagged();
    fs::write(desk.journal(), &desk.bytes).unwrap();
    for (person, machine) in [("ana", "laptop"), ("ben", "desk")] {
        let place = Place::on(&desk.folder, &person.into(), machine, desk.dir.path());
        assert!(recover_from(&place).unwrap().is_empty());
        assert!(spans(&desk.folder, "d001", "ana").is_empty() && desk.journal().exists());
    }
    // A file under our name whose head says otherwise is not ours, but someone's work.
    let mut other = String::new();
    frame::write(&mut other, &wire::owner("ana", "laptop"));
    fs::write(desk.journal(), other).unwrap();
    assert_eq!(recover_from(&desk.place).unwrap().kept.len(), 1);
    assert!(spans(&desk.folder, "d001", "ana").is_empty());
}

#[test]
fn names_of_people_and_machines_never_share_a_file() {
    let folder = Folder::new("talks");
    let place = |person: &str, machine: &str| {
        format!("{:?}", Place::on(&folder, &AnnotatorId::new(person), machine, Path::new("out")))
    };
    let names = ["Ana’s PC", "ana-s-pc", "ANA-S-PC", "한국", "北京", "a/b", "a\\b", "", "con"];
    let all: BTreeSet<String> = names.iter().map(|machine| place("ana", machine)).collect();
    assert_eq!(all.len(), names.len());
}

#[test]
fn what_others_have_written_meanwhile_stays() {
    let mut desk = tagged();
    desk.apply(Edit::SetName { to: "Port talks".into() });
    // Ana on another machine, and Ben in the codebook.
    let mut elsewhere = project();
    for choice in [(0, 2, 9), (0, 0, 33)] {
        let tag = edit(&elsewhere, choice).unwrap();
        elsewhere.apply(tag).unwrap();
    }
    elsewhere.apply(Edit::SetCategory { id: "offer".into(), to: Some((2, category("offer"))) }).unwrap();
    write(&desk.folder, &snapshot(&elsewhere, &every_key(&elsewhere))).unwrap();
    let recovered = desk.recover(desk.bytes.len());
    assert_eq!((recovered.steps, recovered.documents(), recovered.conflicts.len()), (3, 2, 0));
    let now = open(&desk.folder).unwrap().project;
    assert!(now.name() == "Port talks" && now.codebook().category(&"offer".into()).is_some());
    assert_eq!(spans(&desk.folder, "d001", "ana").len(), 2, "both passages of the first document");
    let layer = fs::read_to_string(desk.folder.layer(&LayerId::new(&"d001".into(), &"ana".into()))).unwrap();
    assert!(
        layer.contains("[(0, 3)]") && !layer.contains("[(33, 36)]"),
        "the journal's state of a passage counts"
    );
}

#[test]
fn a_conflict_in_the_project_file_is_reported_and_ours_is_kept() {
    let mut desk = Desk::new();
    desk.apply(Edit::SetName { to: "Port talks".into() });
    let mut elsewhere = project();
    elsewhere.apply(Edit::SetName { to: "Fee talks".into() }).unwrap();
    write(&desk.folder, &snapshot(&elsewhere, &every_key(&elsewhere))).unwrap();
    assert_eq!(desk.recover(desk.bytes.len()).conflicts.len(), 1);
    assert_eq!(open(&desk.folder).unwrap().project.name(), "Port talks");
}

#[test]
fn what_can_not_be_applied_is_kept() {
    let desk = tagged();
    fs::rename(desk.folder.document(&"d002".into()), desk.dir.path().join("away")).unwrap();
    let recovered = desk.recover(desk.bytes.len());
    assert_eq!(recovered.kept, [desk.journal().with_extension("1.kept")]);
    assert_eq!(spans(&desk.folder, "d001", "ana").len(), 1, "the rest is recovered");
    assert!(
        crate::project::check(&desk.folder)
            .unwrap()
            .iter()
            .any(|p| p.file.ends_with("journal-ana-desk.1.kept"))
    );
    // As the message says: restore the text, and give the journal its name.
    fs::rename(desk.dir.path().join("away"), desk.folder.document(&"d002".into())).unwrap();
    fs::rename(&recovered.kept[0], desk.journal()).unwrap();
    assert!(recover_from(&desk.place).unwrap().kept.is_empty());
    assert_eq!(spans(&desk.folder, "d002", "ana").len(), 1);
}

#[test]
fn a_project_that_can_not_be_written_has_its_journal_in_the_folder_of_the_user() {
    let desk = Desk::new();
    // As if the folder of this machine could not be written.
    let local = desk.folder.local();
    fs::remove_dir_all(&local).unwrap();
    fs::write(&local, "").unwrap();
    let mut journal = Journal::start_at(desk.place.clone());
    let mut project = desk.project.clone();
    let tag = edit(&project, (0, 0, 0)).unwrap();
    let applied = project.apply(tag).unwrap();
    journal.add(Step::new(&applied, &project, &keys(&applied.touched), &desk.head, None));
    journal.flush_handle().flush(std::time::Duration::from_secs(60));
    assert_eq!(journal.failure(), None);
    drop(journal);
    assert!(desk.dir.path().join("outside/journal-ana-desk.log").exists());
    fs::remove_file(&local).unwrap();
    assert_eq!(recover_from(&desk.place).unwrap().steps, 1);
    assert_eq!(spans(&desk.folder, "d001", "ana").len(), 1);
    assert!(!desk.dir.path().join("outside/journal-ana-desk.log").exists());
}

#[test]
fn a_journal_is_cut_when_everything_is_saved_and_removed_when_it_is_closed() {
    let desk = Desk::new();
    let mut project = desk.project.clone();
    let mut journal = Journal::start_at(desk.place.clone());
    let mut tag = |journal: &mut Journal, which| {
        let tag = edit(&project, (0, which, which)).unwrap();
        let applied = project.apply(tag).unwrap();
        journal.add(Step::new(&applied, &project, &keys(&applied.touched), &desk.head, None));
    };
    let flush = |journal: &Journal| journal.flush_handle().flush(std::time::Duration::from_secs(60));
    tag(&mut journal, 0);
    flush(&journal);
    let size = fs::metadata(desk.journal()).unwrap().len();
    tag(&mut journal, 2);
    journal.saved(1, BTreeSet::new());
    flush(&journal);
    assert!(fs::metadata(desk.journal()).unwrap().len() > size, "a later step is kept");
    journal.saved(2, BTreeSet::new());
    flush(&journal);
    assert_eq!(fs::metadata(desk.journal()).unwrap().len(), 0);
    tag(&mut journal, 4);
    flush(&journal);
    assert_eq!(fs::metadata(desk.journal()).unwrap().len(), size, "it begins again");
    journal.discard();
    drop(journal);
    assert!(!desk.journal().exists());
}
