//! Power cuts: the recorded steps of an operation, interrupted anywhere. Whatever was not synced may be lost in any
//! combination: contents of files in part, names in folders one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use demarche::analysis::random::Random;
use demarche::io::project::Folder;

use super::operations::{OPERATIONS, Operation, content, home, problems};
use crate::support::disk::{FaultyDisk, Step};
use crate::support::project::copy_tree;

/// A file or folder on the medium.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Node {
    Folder,
    /// The number of a file's content.
    File(usize),
}

/// A file's content, as programs see it and as it is on the medium.
#[derive(Clone, Default)]
struct Content {
    now: Vec<u8>,
    durable: Vec<u8>,
}

/// A change of names, which reaches the medium as a whole or not at all.
#[derive(Clone)]
struct Renaming(Vec<(PathBuf, Option<Node>)>);

/// The files as programs see them, and as they would be after a power cut.
#[derive(Clone, Default)]
struct Medium {
    contents: Vec<Content>,
    now: BTreeMap<PathBuf, Node>,
    durable: BTreeMap<PathBuf, Node>,
    pending: Vec<Renaming>,
}

impl Medium {
    /// A medium with the files below a folder.
    fn of(root: &Path) -> Self {
        let mut medium = Self::default();
        let mut open = vec![root.to_owned()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(root).unwrap().to_owned();
                let node = if path.is_dir() {
                    open.push(path);
                    Node::Folder
                } else {
                    let bytes = fs::read(&path).unwrap();
                    medium.contents.push(Content { now: bytes.clone(), durable: bytes });
                    Node::File(medium.contents.len() - 1)
                };
                medium.durable.insert(name, node);
            }
        }
        medium.now = medium.durable.clone();
        medium
    }

    fn rename(&mut self, changes: Vec<(PathBuf, Option<Node>)>) {
        apply(&mut self.now, &changes);
        self.pending.push(Renaming(changes));
    }

    fn file(&self, path: &Path) -> Option<usize> {
        match self.now.get(path)? {
            Node::File(number) => Some(*number),
            Node::Folder => None,
        }
    }

    fn create(&mut self, path: &Path, bytes: &[u8]) {
        self.contents.push(Content { now: bytes.to_owned(), durable: Vec::new() });
        self.rename(vec![(path.to_owned(), Some(Node::File(self.contents.len() - 1)))]);
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Create(path, bytes) => self.create(path, bytes),
            Step::Append(path, bytes) => match self.file(path) {
                Some(number) => self.contents[number].now.extend(bytes),
                None => self.create(path, bytes),
            },
            Step::Lock(path) if self.file(path).is_none() => self.create(path, b""),
            Step::Permissions(_) | Step::Lock(_) => {}
            Step::Sync(files, folders) => {
                for number in files.iter().filter_map(|file| self.file(file)).collect::<Vec<_>>() {
                    let content = &mut self.contents[number];
                    content.durable.clone_from(&content.now);
                }
                self.sync_folders(folders);
            }
            Step::Rename(from, to) => {
                let node = self.now.get(from).copied();
                self.rename(vec![(from.clone(), None), (to.clone(), node)]);
            }
            Step::Link(from, to) => {
                let node = self.now.get(from).copied();
                self.rename(vec![(to.clone(), node)]);
            }
            Step::CreateFolder(path) => self.rename(vec![(path.clone(), Some(Node::Folder))]),
            Step::RemoveFile(path) | Step::RemoveFolder(path) => self.rename(vec![(path.clone(), None)]),
        }
    }

    fn sync_folders(&mut self, folders: &[PathBuf]) {
        let is_in =
            |(path, _): &(PathBuf, Option<Node>)| folders.iter().any(|folder| path.parent() == Some(folder));
        let (synced, pending): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.pending).into_iter().partition(|renaming| renaming.0.iter().any(is_in));
        self.pending = pending;
        synced.iter().for_each(|renaming| apply(&mut self.durable, &renaming.0));
    }

    /// Writes the files as a power cut leaves them, with a random part of what was not synced.
    fn cut(&self, root: &Path, random: &mut Random) {
        let mut names = self.durable.clone();
        // Nothing, everything, or anything.
        let share = random.below(4);
        for renaming in &self.pending {
            if share == 1 || (share > 1 && random.below(2) == 0) {
                apply(&mut names, &renaming.0);
            }
        }
        let _ = fs::remove_dir_all(root);
        fs::create_dir_all(root).unwrap();
        let mut folders = BTreeSet::from([PathBuf::new()]);
        for (path, node) in names {
            // A folder whose name was lost is lost with its content.
            if !path.parent().is_some_and(|parent| folders.contains(parent)) {
                continue;
            }
            match node {
                Node::Folder => {
                    fs::create_dir(root.join(&path)).unwrap();
                    folders.insert(path);
                }
                Node::File(number) => fs::write(root.join(path), self.contents[number].left(random)).unwrap(),
            }
        }
    }
}

impl Content {
    fn left(&self, random: &mut Random) -> Vec<u8> {
        if self.now == self.durable {
            return self.now.clone();
        }
        let written = self.now.len().saturating_sub(self.durable.len());
        match random.below(3) {
            0 => self.durable.clone(),
            1 => self.now.clone(),
            _ => self.now[..self.durable.len().min(self.now.len()) + written / 2].to_owned(),
        }
    }
}

fn apply(names: &mut BTreeMap<PathBuf, Node>, changes: &[(PathBuf, Option<Node>)]) {
    for (path, node) in changes {
        match node {
            Some(node) => names.insert(path.clone(), *node),
            None => names.remove(path),
        };
    }
}

/// Cuts the power after each step, in several ways, and repeats the operation.
fn cut_everywhere(operation: &Operation, ways: usize) {
    let (_dir, home) = home(operation);
    let start = home.join("p");
    let whole = home.join("whole");
    copy_tree(&start, &whole);
    let disk = FaultyDisk::recording(&whole);
    (operation.run)(&Folder::on_disk(whole.as_path(), disk.clone()), &home).unwrap();
    let (expected, steps) = (content(&whole), disk.steps());
    let mut medium = Medium::of(&start);
    let mut random = Random::new(0x2545_F491_4F6C_DD1D);
    let root = home.join("cut");
    for at in 0..=steps.len() {
        for _ in 0..ways {
            medium.cut(&root, &mut random);
            let case = format!("{} cut after step {at} of {}", operation.name, steps.len());
            if at == steps.len() {
                // Everything that was reported as saved is there.
                demarche::io::project::lock_commands(&Folder::new(root.as_path())).unwrap();
                assert_eq!(content(&root), expected, "{case}");
            }
            (operation.run)(&Folder::new(root.as_path()), &home)
                .unwrap_or_else(|error| panic!("{case}: {error}"));
            assert_eq!(problems(&root), Vec::<String>::new(), "{case}");
            assert_eq!(content(&root), expected, "{case}");
        }
        if let Some(step) = steps.get(at) {
            medium.step(step);
        }
    }
}

#[test]
fn a_power_cut_loses_nothing_that_was_saved() {
    OPERATIONS.iter().for_each(|operation| cut_everywhere(operation, 2));
}

/// The long form: many ways to lose what was not synced.
#[test]
#[ignore = "takes minutes"]
fn no_power_cut_loses_what_was_saved() {
    OPERATIONS.iter().for_each(|operation| cut_everywhere(operation, 50));
}
