//! The project's files and their problems.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use demarche_io::project::{FileKey, Folder, Listing};
use demarche_io::{Problem, ProblemKind};

/// The folder of the project, the files found in it, and the problems in those that were read.
pub(crate) struct Files {
    folder: Folder,
    listing: Listing,
    problems: Vec<Problem>,
    /// The earlier problems of files that have become unreadable.
    before: HashMap<PathBuf, Vec<Problem>>,
    /// Copies that a synchronising program has put next to files, relative to the folder.
    copies: BTreeSet<PathBuf>,
    /// The problem of a file in a newer format, if there is one.
    newer: Option<Problem>,
}

impl Files {
    /// The files of a project that was just opened.
    pub fn new(folder: Folder, listing: Listing, problems: Vec<Problem>) -> Self {
        let copies = listing.copies().iter().cloned().collect();
        let mut files = Self { folder, listing, problems, before: HashMap::new(), copies, newer: None };
        files.find_newer();
        files
    }

    fn find_newer(&mut self) {
        self.newer = self.problems.iter().find(|problem| problem.kind == ProblemKind::NewerFormat).cloned();
    }

    /// The problem of a file in a newer format, if there is one.
    pub fn newer(&self) -> Option<&Problem> {
        self.newer.as_ref()
    }

    /// The project's folder. Cheap to clone.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The layers, reviews and texts in the folder.
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// The problems in all files that have been read.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Lists a file that has been written.
    pub fn list(&mut self, key: &FileKey) {
        self.listing.record(key);
    }

    /// Adds problems of files that were read for the first time.
    pub fn add_problems(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
        self.find_newer();
    }

    /// Adds a problem unless it is known.
    pub fn add_problem_once(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.add_problems([problem]);
        }
    }

    /// Removes the problems of a file.
    pub fn clear_problems(&mut self, file: &Path) {
        self.problems.retain(|problem| problem.file != file);
        self.find_newer();
    }

    /// Replaces the problems of a file that was read.
    pub fn was_read(&mut self, file: &Path, problems: Vec<Problem>) {
        self.before.remove(file);
        self.clear_problems(file);
        self.add_problems(problems);
    }

    /// Records the problem of a file that has become unreadable.
    pub fn is_unreadable(&mut self, file: &Path, problem: Problem) {
        let (before, others) = std::mem::take(&mut self.problems).into_iter().partition(|p| p.file == file);
        self.problems = others;
        self.before.entry(file.to_owned()).or_insert(before);
        self.add_problems([problem]);
    }

    /// Restores the problems of a file that is readable again and unchanged.
    pub fn is_readable_again(&mut self, file: &Path) {
        if let Some(before) = self.before.remove(file) {
            self.clear_problems(file);
            self.add_problems(before);
        }
    }

    /// Copies that a synchronising program has put next to files, relative to the folder.
    pub fn copies(&self) -> impl Iterator<Item = &Path> {
        self.copies.iter().map(PathBuf::as_path)
    }

    /// Adds such a copy.
    pub fn add_copy(&mut self, path: &Path) {
        self.copies.insert(path.to_owned());
    }

    /// Removes such a copy.
    pub fn remove_copy(&mut self, path: &Path) {
        self.copies.remove(path);
    }
}
