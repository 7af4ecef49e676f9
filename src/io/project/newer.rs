//! Files in a newer format than this version reads. A project with one of them is read-only: what is written next to it might
//! contradict what this version can't see.

use std::io::Read as _;
use std::path::Path;

use rayon::prelude::*;

use super::analysis_notes::file_kind;
use super::folder::{FileKey, Folder};
use super::format::{FileKind, Format};
use super::history;
use super::listing::Listing;
use super::open::Opened;
use crate::words::project as words;
use crate::{Problem, ProblemKind};
use demarche_model::{LayerId, TextId};

/// Number of bytes at the start of a file that hold its format.
const HEAD: u64 = 256;

/// Returns the problem of the first file of a project in a newer format. Reads only the start of each file.
pub fn newer_file(folder: &Folder, opened: &Opened) -> Option<Problem> {
    let known = opened.newer_project_file().cloned();
    known.or_else(|| newer_history(folder)).or_else(|| {
        let files = files(&opened.listing, opened.project.documents().iter().flat_map(|d| d.meta.text_ids()));
        files.into_par_iter().find_map_first(|(key, kind)| newer(folder, &key.relative(), kind))
    })
}

/// Returns the problem of the first audit log in a newer format.
pub fn newer_history(folder: &Folder) -> Option<Problem> {
    let files = history::files(folder).ok()?;
    files.into_iter().find_map(|(_, file)| newer(folder, &file, FileKind::History))
}

fn files(listing: &Listing, texts: impl Iterator<Item = TextId>) -> Vec<(FileKey, FileKind)> {
    let owned = listing.documents().flat_map(|document| {
        let layers = listing.annotators(document).map(|who| FileKey::Layer(LayerId::new(document, who)));
        let reviews = listing.reviewers(document).map(|who| FileKey::Review(document.clone(), who.clone()));
        layers.map(|key| (key, FileKind::Layer)).chain(reviews.map(|key| (key, FileKind::Review)))
    });
    let notes = listing.analysis_notes();
    let notes = notes.map(|(who, part)| (FileKey::AnalysisNotes(who.clone(), *part), file_kind(*part)));
    owned.chain(notes).chain(texts.map(|text| (FileKey::Anchors(text), FileKind::Anchors))).collect()
}

fn newer(folder: &Folder, file: &Path, kind: FileKind) -> Option<Problem> {
    let mut head = Vec::new();
    // A file that is too large is a problem of its own.
    folder.disk().open(file, u64::MAX).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    let head = String::from_utf8_lossy(&head);
    let (before, after) = head.split_once("format:")?;
    let digits: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
    let format = Format(digits.parse().ok()?);
    (format > kind.newest()).then(|| Problem {
        file: file.to_owned(),
        line: Some(1 + before.matches('\n').count()),
        kind: ProblemKind::NewerFormat,
        message: words::newer_format(format.0),
    })
}
