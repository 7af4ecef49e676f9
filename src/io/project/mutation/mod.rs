//! Random damage to every kind of file in a project, and to packets: whatever they contain, a project is opened,
//! checked, summarised and exported without a panic, in bounded time and memory, and no file is written.
//!
//! Every run of the tests damages a few hundred. To damage a million, or another number, of files:
//!
//! ```text
//! MUTATIONS=1000000 CARGO_PROFILE_DEV_OPT_LEVEL=2 cargo test -p demarche-io --lib a_million_damaged_projects -- --ignored --nocapture
//! ```
//!
//! `MUTATIONS_FROM=1234` repeats only the damage with that number.

mod recovery;
mod series;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::undo_log::{LoggedStep, Place, UndoLog, read_undo_log, write_undo_log};
use super::*;
use crate::annotations::fixtures::packed;
use crate::archive::Archive;
use crate::damage::damage;
use crate::export::memory::Memory;
use crate::export::{Exporter, Scope, exporters, sample};
use crate::settings::Local;
use demarche_analysis::random::Random;
use demarche_analysis::summary::ProjectSummary;
use demarche_model::{
    Anchor, AnchorKind, Anchors, AnnotatorId, AnswerPair, Colour, Comment, Date, Decision, Edit, EventId,
    LayerId, LogEntry, Memo, MemoSubject, NegotiationPhase, NodePlace, NotesEntry, PhaseId, Project,
    ProjectEvent, SavedView, SpanId, Verdict, ViewId, ViewKind,
};

/// Words with a meaning in some file of a project, and limits of numbers and texts.
const WORDS: [&str; 44] = [
    "-1",
    "0",
    "1",
    "99999999999999999999",
    "9223372036854775807",
    "4294967295",
    "4294967296",
    "1e400",
    "-0.0",
    "NaN",
    "inf",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\\",
    "\\u{0}",
    "r#\"",
    "\"#",
    "None",
    "Some(",
    "true",
    ":",
    ",",
    "()",
    "//",
    "/*",
    "\u{feff}",
    "\u{0}",
    "\u{202e}",
    "\r\n",
    "\n\n",
    "\t",
    "..",
    "../../x",
    "CON",
    "format: 9",
    "spans: [",
    "layers",
    "0000-00-00T00:00:00Z",
    "9999-12-31T23:59:59Z",
];

/// The kinds of files that are damaged. A new kind of file is added here, and written by [`write_everything`].
fn is_damaged(path: &Path) -> bool {
    let path = path.to_string_lossy();
    let kinds = [
        "project.ron",
        "packet.ron",
        "documents/",
        "layers/",
        "reviews/",
        "consensus/",
        "views/",
        "history/",
    ];
    let local = ["undo-", "local-", "base/", "journal-", "commit-"].map(|name| format!(".demarche/{name}"));
    let local = local.iter().map(String::as_str);
    kinds.into_iter().chain(local).any(|kind| path.starts_with(kind))
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// A project with every kind of file, in memory and on disk.
struct Home {
    dir: tempfile::TempDir,
    files: Files,
    packet: Vec<u8>,
    project: Project,
}

impl Home {
    fn new() -> Self {
        let shared = Path::new("/dev/shm");
        let dir = if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() }.unwrap();
        let folder = Folder::new(dir.path().join("talks"));
        let project = write_everything(&folder);
        let packet = dir.path().join("a.demarche-packet");
        write_packet(&packet, &project, &folder).unwrap();
        fs::write(folder.root().join("packet.ron"), super::packet_owner::compose(&project.annotators()[0]))
            .unwrap();
        fs::write(folder.root().join("guidelines.md"), "# Guidelines\n").unwrap();
        recovery::leave_commit(&folder, false);
        recovery::leave_journal(&folder, None);
        let mut files = BTreeMap::new();
        collect(folder.root(), Path::new(""), &mut files);
        let packet = fs::read(packet).unwrap();
        Self { dir, files, packet, project }
    }

    fn folder(&self) -> Folder {
        Folder::new(self.dir.path().join("talks"))
    }

    /// Damages one to three files. Returns their new contents.
    fn damage(&self, random: &mut Random) -> Files {
        let names: Vec<&PathBuf> = self.files.keys().filter(|path| is_damaged(path)).collect();
        let mut damaged = BTreeMap::new();
        for _ in 0..=random.below(3) {
            let (name, other) = (names[random.below(names.len())], names[random.below(names.len())]);
            let bytes = damaged.entry(name.clone()).or_insert_with(|| self.files[name].clone());
            if random.below(20) == 0 {
                bytes.clone_from(&self.files[other]);
            }
            (0..=random.below(4)).for_each(|_| damage(bytes, &self.files[other], &WORDS, random));
        }
        for (name, bytes) in &damaged {
            fs::write(self.folder().root().join(name), bytes).unwrap();
        }
        damaged
    }

    /// Returns a packet with damage in the archive, or in the files in it.
    fn damaged_packet(&self, random: &mut Random) -> Vec<u8> {
        if random.below(3) == 0 {
            let mut bytes = self.packet.clone();
            (0..=random.below(3)).for_each(|_| damage(&mut bytes, &self.packet, &WORDS, random));
            return bytes;
        }
        let mut archive = Archive::open(&self.packet).unwrap();
        let names = archive.names().to_vec();
        let read = |(at, name): (usize, String)| (name, archive.read(at).unwrap());
        let mut files: Vec<(String, Vec<u8>)> = names.into_iter().enumerate().map(read).collect();
        for _ in 0..=random.below(4) {
            let (at, other) = (random.below(files.len()), random.below(files.len()));
            let other = files[other].1.clone();
            damage(&mut files[at].1, &other, &WORDS, random);
        }
        packed(&files)
    }

    /// Runs everything that does not change a project on a damaged one, and on a damaged packet. Returns what went
    /// wrong.
    fn run(&self, number: u64) -> Option<String> {
        let mut random = Random::new(number.wrapping_mul(0xD134_2543_DE82_EF95) ^ 13);
        let damaged = self.damage(&mut random);
        read_everything(&self.folder(), number);
        merge_versions(&self.files, &damaged);
        if number.is_multiple_of(4) {
            let path = self.dir.path().join("b.demarche-packet");
            fs::write(&path, self.damaged_packet(&mut random)).unwrap();
            let _ = read_other(&path, &self.project);
            fs::remove_file(path).unwrap();
        }
        let mut now = BTreeMap::new();
        collect(self.folder().root(), Path::new(""), &mut now);
        let mut expected = self.files.clone();
        expected.extend(damaged.clone());
        for name in damaged.keys() {
            fs::write(self.folder().root().join(name), &self.files[name]).unwrap();
        }
        (now != expected).then(|| "has written a file".to_owned())
    }
}

fn collect(root: &Path, folder: &Path, files: &mut Files) {
    for entry in fs::read_dir(root.join(folder)).unwrap().flatten() {
        let path = folder.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => collect(root, &path, files),
            false => drop(files.insert(path, fs::read(entry.path()).unwrap())),
        }
    }
}

/// Writes a project with every kind of file.
fn write_everything(folder: &Folder) -> Project {
    let mut project = sample::project();
    let ana = AnnotatorId::new("ana");
    let (first, layer) =
        project.documents()[0].layers.iter().next().map(|(a, l)| (a.clone(), l.clone())).unwrap();
    let id = project.documents()[0].id().clone();
    let span = layer.spans().next().unwrap().clone();
    let decision = Decision {
        verdict: Some(Verdict::Disputed),
        comments: vec![Comment { author: ana.clone(), at: sample::NOW, text: "Why?".to_owned() }],
        annotator: first,
        span: span.id,
        proposal: None,
        about: None,
        modified: sample::NOW,
        decided_on: None,
    };
    let pages = Anchors::new(vec![Anchor { at: 0, kind: AnchorKind::Page("1".into()) }]);
    let third = sample::document("d003", "Third", "A third text.\nIt has pages.\n");
    let third = Arc::new((*third).clone().with_anchors(Arc::new(pages)));
    let consensus = LayerId::new(&id, &AnnotatorId::consensus_of(&ana));
    let edits = [
        Edit::SetSpan { layer: consensus, id: span.id, to: Some(span.clone()) },
        Edit::SetDecision {
            document: id,
            reviewer: ana.clone(),
            span: span.id,
            to: Some(Arc::new(decision)),
        },
        Edit::InsertDocument { at: 2, document: third },
        Edit::SetName { to: "Talks".to_owned() },
    ];
    let edits = edits.into_iter().chain(notes_edits(&ana, span.id));
    let mut log = UndoLog::default();
    for edit in edits {
        let edit = project.apply(edit).unwrap().inverse;
        let step = LoggedStep {
            label: "a step".to_owned(),
            edit,
            before: Place::default(),
            after: Place::default(),
        };
        log.done.push(step);
    }
    create(folder, &project).unwrap();
    // The base, as in an unpacked packet.
    create(&folder.below(&Path::new(super::folder::LOCAL).join("base")), &project).unwrap();
    let entry =
        LogEntry { at: sample::NOW, who: ana.clone(), step: "tag as Threat".into(), changes: Vec::new() };
    append_history(folder, &[entry.clone(), entry]).unwrap();
    write_undo_log(folder, &ana, &log, &Project::default()).unwrap();
    let seen = BTreeMap::from([(span.id.to_string(), 7)]);
    let seen = BTreeMap::from([("ana".to_owned(), seen)]);
    let analysed = BTreeMap::from([("ana".to_owned(), 7)]);
    let (annotator, document) = (Some("ana".into()), Some("d001".into()));
    Local { annotator, document, sample: false, seen, analysed }.write(folder);
    let (read, problems) = open_all(folder).unwrap();
    assert_eq!(problems, []);
    read
}

/// An entry of every kind in the analysis notes of a person.
fn notes_edits(owner: &AnnotatorId, span: SpanId) -> [Edit; 6] {
    let uuid = uuid::Uuid::from_u128(7);
    let mut view = SavedView::new(ViewId(uuid), "Fees", ViewKind::Towards);
    view.weights.insert("demand".into(), -4.0);
    view.nodes.insert("Estmark".to_owned(), NodePlace { x: 0.2, y: 0.7 });
    let [from, to] = ["2026", "2026-03-06"].map(|date| Date::parse(date).unwrap());
    let event = ProjectEvent {
        id: EventId(uuid),
        date: to.clone(),
        label: "Round".to_owned(),
        colour: Colour::nth(1),
    };
    let phase = NegotiationPhase { id: PhaseId(uuid), name: "One".to_owned(), from, to };
    let memo = Arc::new(Memo::new("Long\nago", demarche_model::Stamp(7)));
    let entries = [
        NotesEntry::View(view.id, Some(Arc::new(view))),
        NotesEntry::Event(event.id, Some(event)),
        NotesEntry::Phase(phase.id, Some(phase)),
        NotesEntry::Dismissed(AnswerPair { ask: span, answer: span }, true),
        NotesEntry::Memo(MemoSubject::Project, Some(memo.clone())),
        NotesEntry::Memo(MemoSubject::Document("d001".into()), Some(memo)),
    ];
    entries.map(|to| Edit::SetNotesEntry { owner: owner.clone(), to })
}

fn open_all(folder: &Folder) -> Result<(Project, Vec<crate::Problem>), crate::IoError> {
    let opened = open(folder)?;
    let (mut project, mut problems) = (opened.project, opened.problems);
    let metas: Vec<_> = project.documents().iter().map(|document| document.meta.clone()).collect();
    let codebook = project.codebook().clone();
    for (meta, read) in
        metas.iter().zip(read_documents(folder, &opened.listing, &codebook, &metas, &()).unwrap())
    {
        if let Ok((contents, found, _)) = read {
            problems.extend(found);
            project.load_document(&meta.id, contents);
        }
    }
    Ok((project, problems))
}

/// Opens, checks, summarises and exports a project, and reads everything next to it.
fn read_everything(folder: &Folder, number: u64) {
    let _ = check(folder);
    let _ = read_history(folder);
    let _ = newer_history(folder);
    let _ = read_undo_log(folder, &AnnotatorId::new("ana"));
    let _ = Local::read(folder);
    let _ = super::damage(folder);
    let _ = can_be_opened(folder.root());
    let opened =
        open_all(folder).or_else(|_| open_partly(folder).map(|opened| (opened.project, opened.problems)));
    let Ok((project, _)) = opened else { return };
    let _ = ProjectSummary::new(&project, None);
    let whole = project.with_one_consensus();
    let scope = Scope::everything(&whole);
    let all = exporters();
    match all[number as usize % all.len()] {
        Exporter::File(format) => drop(format.write(&scope, &mut Vec::new())),
        Exporter::Folder(format) => drop(format.write(&scope, &mut Memory::default())),
    }
}

/// Merges each damaged file with its original, in every role.
fn merge_versions(files: &Files, damaged: &Files) {
    for (name, bytes) in
        damaged.iter().filter(|(name, _)| name.extension().is_some_and(|ending| ending == "ron"))
    {
        let before = &files[name];
        let _ = merge_file(name, before, bytes, before);
        let _ = merge_file(name, bytes, before, before);
        let _ = merge_file(name, b"", before, bytes);
    }
}

#[test]
fn no_damaged_project_makes_reading_panic_or_write() {
    let home = Home::new();
    assert_eq!(series::run(0..300, |number| home.run(number)), [""; 0]);
}

#[test]
#[ignore = "takes an hour; MUTATIONS says how many"]
fn a_million_damaged_projects_make_no_trouble() {
    let home = Home::new();
    assert_eq!(series::run(series::numbers(), |number| home.run(number)), [""; 0]);
}
