//! Random damage to what a program that was killed has left: its journal, and a commit that it had not finished. Recovering
//! it applies what comes before the damage and nothing else, and a journal with whole records after the damage is kept.
//!
//! ```text
//! MUTATIONS=1000000 cargo test -p demarche-io --lib a_million_damaged_journals -- --ignored --nocapture
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::super::commit::{self, Commit, Guard};
use super::{Files, Home, WORDS, collect, series};
use crate::damage::damage;
use crate::export::sample;
use crate::project::{FileKey, Folder, Journal, Step, open, recover, snapshot, write};
use demarche_analysis::random::Random;
use demarche_model::{AnnotatorId, Decision, Edit, LayerId, LogEntry, Project, Span, Verdict};

/// The person whose journal it is.
const ME: &str = "ana";

/// Files that come and go while something is recovered.
fn is_passing(path: &Path) -> bool {
    let path = path.to_string_lossy();
    let starts = ["journal-", "commit-", "trash/"].map(|name| format!(".demarche/{name}"));
    path.ends_with(".tmp") || starts.iter().any(|start| path.starts_with(start))
}

fn lasting(files: &Files) -> Files {
    files
        .iter()
        .filter(|(path, _)| !is_passing(path))
        .map(|(path, file)| (path.clone(), file.clone()))
        .collect()
}

/// What Ana does before her program is killed.
fn steps(project: &Project) -> Vec<Edit> {
    let (owner, layer) = project.documents()[0].layers.iter().next().unwrap();
    let (id, span) = (project.documents()[0].id().clone(), layer.spans().next().unwrap().clone());
    let (own, me) = (LayerId::new(&id, owner), AnnotatorId::new(ME));
    let noted = |note: &str| Some(Arc::new(Span { note: note.to_owned(), ..(*span).clone() }));
    let decision = Decision {
        verdict: Some(Verdict::Disputed),
        comments: Vec::new(),
        annotator: owner.clone(),
        span: span.id,
        proposal: None,
        about: None,
        modified: sample::NOW,
        decided_on: None,
    };
    let document = sample::document("d004", "Fourth", "A fourth text.\n");
    vec![
        Edit::SetSpan { layer: own.clone(), id: span.id, to: noted("first") },
        Edit::SetName { to: "Talks of the port".to_owned() },
        Edit::InsertDocument { at: 3, document },
        Edit::SetSpan {
            layer: LayerId::new(&id, &AnnotatorId::consensus_of(&me)),
            id: span.id,
            to: noted("last"),
        },
        Edit::SetDecision { document: id, reviewer: me, span: span.id, to: Some(Arc::new(decision)) },
        Edit::SetSpan { layer: own, id: span.id, to: None },
    ]
}

/// Writes Ana's journal, as it is after a kill; with a save mark after the step with the number `saved`.
pub(super) fn leave_journal(folder: &Folder, saved: Option<u64>) {
    let mut project = super::open_all(folder).unwrap().0;
    let (me, head) = (AnnotatorId::new(ME), Arc::new(open(folder).unwrap().project));
    let mut journal = Journal::start(folder, &me);
    for (number, edit) in steps(&project).into_iter().enumerate() {
        let applied = project.apply(edit).unwrap();
        let files = applied.touched.iter().map(FileKey::from).collect();
        let step = format!("step {number}");
        let entry = LogEntry { at: sample::NOW, who: me.clone(), step, changes: Vec::new() };
        journal.add(Step::new(&applied, &project, &files, &head, Some((number, entry))));
        if let Some(until) = saved.filter(|until| journal.last() == until + 1) {
            journal.saved(until, BTreeSet::from([FileKey::Project]));
        }
    }
    journal.flush_handle().flush(Duration::from_secs(60));
}

/// Leaves a commit as it is after a kill, before or after the first file has its name.
pub(super) fn leave_commit(folder: &Folder, has_begun: bool) {
    let mut before = BTreeMap::new();
    collect(folder.root(), Path::new(""), &mut before);
    let after = saved(folder, &before);
    // A file can't get the name of a folder, which ends the commit there.
    let obstacle = Path::new("documents/d005.txt");
    fs::create_dir_all(folder.root().join(obstacle).join("in the way")).unwrap();
    let mut commit = Commit::begin(folder, 9).unwrap();
    let mut paths: Vec<&Path> = after.keys().map(PathBuf::as_path).collect();
    paths.retain(|path| before.get(*path) != after.get(*path));
    let first_text = paths.iter().position(|path| path.starts_with("documents")).unwrap();
    paths.swap(0, first_text);
    paths.insert(usize::from(has_begun), obstacle);
    for path in paths {
        let content = after.get(path).map_or(&b"A fifth text.\n"[..], Vec::as_slice);
        commit.put(path, content, before.get(path).map(Vec::as_slice), Guard::None).unwrap();
    }
    commit.trash(Path::new("guidelines.md"));
    commit.finish().unwrap_err();
    drop(commit);
    fs::remove_dir_all(folder.root().join(obstacle)).unwrap();
}

/// Returns the files of a project after Ana's steps, without those of this machine.
fn saved(folder: &Folder, before: &Files) -> Files {
    let home = tempfile::tempdir().unwrap();
    let copy = Folder::new(home.path().join("talks"));
    put_back(copy.root(), before);
    let mut project = super::open_all(folder).unwrap().0;
    let mut keys = BTreeSet::new();
    for edit in steps(&project) {
        keys.extend(project.apply(edit).unwrap().touched.iter().map(FileKey::from));
    }
    write(&copy, &snapshot(&project, &keys)).unwrap();
    let mut after = BTreeMap::new();
    collect(copy.root(), Path::new(""), &mut after);
    after.retain(|path, _| !path.starts_with(".demarche"));
    after
}

/// Makes a folder have these files and no others.
fn put_back(root: &Path, files: &Files) {
    let mut now = BTreeMap::new();
    if root.exists() {
        collect(root, Path::new(""), &mut now);
    }
    for path in now.keys().filter(|path| !files.contains_key(*path)) {
        fs::remove_file(root.join(path)).unwrap();
    }
    for (path, content) in files.iter().filter(|(path, content)| now.get(*path) != Some(content)) {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), content).unwrap();
    }
}

/// A project with what killed programs have left in it.
struct Scene {
    home: Home,
    /// The project without anything left in it.
    clean: Files,
    /// The name of the journal, and its content without and with a save mark.
    journal: PathBuf,
    journals: [Vec<u8>; 2],
    /// The project with a commit that had not begun to rename, and one that had.
    commits: [Files; 2],
    /// The project after both the journal and the commit.
    finished: [Files; 2],
    /// What the journals are to do, by their readable part.
    known: HashMap<Vec<u8>, Files>,
}

impl Scene {
    fn new() -> Self {
        let home = Home::new();
        let (folder, clean) = (home.folder(), lasting(&home.files));
        let root = folder.root();
        let left = |leave: &dyn Fn()| {
            put_back(root, &clean);
            leave();
            let mut files = BTreeMap::new();
            collect(root, Path::new(""), &mut files);
            files
        };
        let with_journals = [None, Some(2)].map(|saved| left(&|| leave_journal(&folder, saved)));
        let is_journal = |path: &&PathBuf| path.to_string_lossy().contains("journal-");
        let journal = with_journals[0].keys().find(is_journal).unwrap().clone();
        let journals = with_journals.map(|mut files| files.remove(&journal).unwrap());
        assert!(journals[0] != journals[1]);
        let commits = [false, true].map(|has_begun| left(&|| leave_commit(&folder, has_begun)));
        let mut scene = Self {
            home,
            clean,
            journal,
            journals,
            finished: commits.clone(),
            commits,
            known: HashMap::new(),
        };
        scene.finished = [0, 1].map(|at| {
            put_back(root, &scene.commits[at]);
            // Another program than the one that began it.
            assert!(commit::recover(&scene.home.folder(), true));
            scene.now()
        });
        scene
    }

    fn root(&self) -> PathBuf {
        self.home.folder().root().to_owned()
    }

    fn now(&self) -> Files {
        let mut files = BTreeMap::new();
        collect(&self.root(), Path::new(""), &mut files);
        files
    }

    fn run(&mut self, number: u64) -> Option<String> {
        let mut random = Random::new(number.wrapping_mul(0xD134_2543_DE82_EF95) ^ 14);
        match number % 4 {
            0 | 1 => self.damage_journal(number as usize % 2, &mut random),
            2 => self.damage_commit(random.below(2), &mut random),
            _ => self.damage_all(&mut random),
        }
    }

    /// Damages a journal and recovers it. Returns what is wrong.
    fn damage_journal(&mut self, which: usize, random: &mut Random) -> Option<String> {
        let (mut bytes, other) = (self.journals[which].clone(), &self.journals[1 - which]);
        (0..=random.below(3)).for_each(|_| damage(&mut bytes, other, &WORDS, random));
        let readable = readable(&bytes);
        let expected = self.expected(&bytes[..readable]);
        let now = self.recovered(&bytes);
        if lasting(&now) != expected {
            return Some("has applied something else than the records before the damage".to_owned());
        }
        let kept: Vec<&Vec<u8>> = now
            .iter()
            .filter(|(path, _)| path.to_string_lossy().contains("journal-"))
            .map(|(_, b)| b)
            .collect();
        let must_keep = frames(&self.journals[which]).iter().any(|frame| has_line(&bytes[readable..], frame));
        match kept.as_slice() {
            [] if must_keep => Some("has not kept records after the damage".to_owned()),
            [] => None,
            [one] if **one == bytes => None,
            _ => Some("has changed what it keeps".to_owned()),
        }
    }

    /// What is to come of a journal with only whole records.
    fn expected(&mut self, readable: &[u8]) -> Files {
        if let Some(known) = self.known.get(readable) {
            return known.clone();
        }
        let files = lasting(&self.recovered(readable));
        self.known.insert(readable.to_owned(), files.clone());
        files
    }

    fn recovered(&self, journal: &[u8]) -> Files {
        put_back(&self.root(), &self.clean);
        fs::write(self.root().join(&self.journal), journal).unwrap();
        recover(&self.home.folder(), &ME.into()).unwrap();
        self.now()
    }

    /// Damages an unfinished commit, or its new files, and finishes it. Returns what is wrong.
    fn damage_commit(&self, which: usize, random: &mut Random) -> Option<String> {
        let (before, after) = (&self.commits[which], &self.finished[which]);
        put_back(&self.root(), before);
        let is_intent = |path: &Path| path.to_string_lossy().contains("commit-");
        let damages_intent = random.below(3) > 0;
        let names: Vec<&PathBuf> =
            before
                .keys()
                .filter(|path| {
                    if damages_intent { is_intent(path) } else { path.to_string_lossy().ends_with(".tmp") }
                })
                .collect();
        let name = names[random.below(names.len())];
        let mut bytes = before[name].clone();
        (0..=random.below(3)).for_each(|_| damage(&mut bytes, &before[names[0]], &WORDS, random));
        fs::write(self.root().join(name), &bytes).unwrap();
        commit::recover(&self.home.folder(), true);
        let now = self.now();
        if now.keys().any(|path| is_intent(path) || path.to_string_lossy().ends_with(".tmp")) {
            return Some("has left something behind".to_owned());
        }
        let (now, before, after) = (lasting(&now), lasting(before), lasting(after));
        let is_right = match () {
            () if names.is_empty() || bytes == self.commits[which][name] => now == after,
            () if damages_intent => now == before,
            () => {
                now.iter().all(|(path, file)| before.get(path) == Some(file) || after.get(path) == Some(file))
            }
        };
        (!is_right).then(|| format!("has followed a damaged {}", name.display()))
    }

    /// Damages any file, what was left included, and recovers all. Returns what is wrong.
    fn damage_all(&mut self, random: &mut Random) -> Option<String> {
        put_back(&self.root(), &self.home.files);
        let damaged = self.home.damage(random);
        let folder = self.home.folder();
        let mut expected = self.home.files.clone();
        expected.extend(damaged);
        let recovered = recover(&folder, &ME.into());
        if recovered.is_err() && !self.root().join(&self.journal).exists() {
            return Some("has failed and removed the journal".to_owned());
        }
        commit::recover(&folder, true);
        let now = self.now();
        let whole = self.journals[0].clone();
        let after = self.expected(&whole);
        let may_change = |path: &Path| {
            let clean = self.clean.get(path);
            after.get(path) != clean || self.finished[0].get(path) != clean || path.starts_with("history")
        };
        let wrong = now
            .keys()
            .chain(expected.keys())
            .find(|path| !is_passing(path) && now.get(*path) != expected.get(*path) && !may_change(path));
        wrong.map(|path| format!("has written {}", path.display()))
    }
}

/// Returns the length of the payload of the frame that bytes begin with, if it is whole, and the payload.
fn frame(bytes: &[u8]) -> Option<(usize, &str)> {
    let head = std::str::from_utf8(bytes.get(..17)?).ok()?;
    let (length, sum) = head.split_once(' ').filter(|(length, _)| length.len() == 8)?;
    let length = usize::from_str_radix(length, 16).ok()?;
    let payload = bytes.get(18..)?.get(..length)?;
    let is_whole = bytes[17] == b'\n'
        && bytes.get(18 + length) == Some(&b'\n')
        && u32::from_str_radix(sum, 16) == Ok(crc32fast::hash(payload));
    is_whole.then(|| (18 + length + 1, std::str::from_utf8(payload).unwrap()))
}

/// Returns the frames of an undamaged journal.
fn frames(journal: &[u8]) -> Vec<&[u8]> {
    let (mut rest, mut frames) = (journal, Vec::new());
    while let Some((length, _)) = frame(rest) {
        frames.push(&rest[..length]);
        rest = &rest[length..];
    }
    frames
}

/// Returns the length of the part of a journal before the first damage.
fn readable(journal: &[u8]) -> usize {
    let (mut end, mut last) = (0, 0);
    while let Some((length, payload)) = frame(&journal[end..]) {
        let number =
            payload.strip_prefix("(seq: ").and_then(|rest| rest.split([',', ')']).next()?.parse().ok());
        let is_next = match number {
            None => end == 0 && payload.contains("person"),
            Some(number) => end > 0 && last <= number,
        };
        if !is_next {
            break;
        }
        last = number.unwrap_or(last);
        end += length;
    }
    end
}

/// Returns whether a text has these lines.
fn has_line(text: &[u8], lines: &[u8]) -> bool {
    let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    ends.chain([0]).any(|at| text[at..].starts_with(lines))
}

#[test]
fn no_damaged_journal_or_commit_makes_recovery_do_anything_else() {
    let mut scene = Scene::new();
    assert_eq!(series::run(0..300, |number| scene.run(number)), [""; 0]);
}

#[test]
#[ignore = "takes an hour; MUTATIONS says how many"]
fn a_million_damaged_journals_and_commits_make_no_trouble() {
    let mut scene = Scene::new();
    assert_eq!(series::run(series::numbers(), |number| scene.run(number)), [""; 0]);
}
