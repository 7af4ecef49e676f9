//! Bookmarks: sentences that the user has marked, kept on this machine. A bookmark remembers the first words of its sentence,
//! so that it is found again after the text was updated.

use std::sync::Arc;

use demarche_analysis::list_marker::sentence_without_marker_at;
use demarche_io::bookmarks::{Bookmark, Bookmarks, MAX_BOOKMARKS};
use demarche_io::project::Folder;
use demarche_model::{AnnotatorId, Document, DocumentId, Text, TextRange};

use super::place::WriteOrder;
use crate::words::reading as words;
use crate::{JobKind, Session, TextSelection};

/// The greatest length of the words that a bookmark remembers, in characters.
const QUOTE: usize = 60;

/// The bookmarks, and where they are in the open document.
#[derive(Default)]
pub(crate) struct Marks {
    all: Bookmarks,
    /// Counts changes.
    changes: u64,
    here: Option<(PlacedFor, Arc<[PlacedBookmark]>)>,
    /// The bookmark to go to once its document has been read.
    going_to: Option<Bookmark>,
    is_due: bool,
    order: WriteOrder,
}

/// What the places of bookmarks depend on.
#[derive(Clone, PartialEq)]
struct PlacedFor {
    me: AnnotatorId,
    document: DocumentId,
    version: u32,
    changes: u64,
}

/// A bookmark in the open document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlacedBookmark {
    /// The byte at which it is.
    pub at: usize,
    /// The bookmark as it is kept.
    pub bookmark: Bookmark,
}

impl Session {
    /// Reads the bookmarks.
    pub(crate) fn read_bookmarks(&mut self) {
        self.marks.all = Bookmarks::read(self.files.folder());
    }

    /// The bookmarks of the user, by document in the order of the list, then by place.
    pub fn bookmarks(&self) -> Vec<&Bookmark> {
        let mut all: Vec<&Bookmark> = self.my_bookmarks().iter().collect();
        all.sort_by_key(|mark| (self.position_of(mark).unwrap_or(usize::MAX), &mark.document, mark.at));
        all
    }

    /// The bookmarks in the open document, by place. Those whose words are not in the text any more are left out.
    pub fn bookmarks_here(&self) -> &[PlacedBookmark] {
        let open = self.view.document();
        let here = self.marks.here.as_ref().filter(|(of, _)| Some(&of.document) == open);
        here.map_or(&[], |(_, placed)| placed)
    }

    /// Marks the sentence at the caret, or removes its bookmark.
    pub fn toggle_bookmark(&mut self) {
        let Some(document) = self.document().cloned() else { return };
        let Some(text) = &document.text else { return };
        let sentence = sentence_without_marker_at(text.as_str(), self.text_selection().head);
        let known: Vec<Bookmark> = self
            .bookmarks_here()
            .iter()
            .filter(|mark| sentence.start <= mark.at && mark.at < sentence.end.max(sentence.start + 1))
            .map(|mark| mark.bookmark.clone())
            .collect();
        if !known.is_empty() {
            self.change_bookmarks(|marks| marks.retain(|mark| !known.contains(mark)));
            return self.notify(words::bookmark_removed());
        }
        if self.my_bookmarks().len() >= MAX_BOOKMARKS {
            return self.notify(words::too_many_bookmarks());
        }
        let quote = text.as_str()[sentence.start..sentence.end].chars().take(QUOTE).collect::<String>();
        let mark = Bookmark {
            document: document.id().to_string(),
            version: document.meta.versions.current.number,
            at: text.char_offset(sentence.start),
            quote,
        };
        self.change_bookmarks(|marks| marks.push(mark));
        self.notify(words::bookmark_added());
    }

    /// Removes a bookmark.
    pub(crate) fn remove_bookmark(&mut self, gone: &Bookmark) {
        self.change_bookmarks(|marks| marks.retain(|mark| mark != gone));
    }

    /// Goes to a bookmark: opens its document, and scrolls there once it has been read.
    pub(crate) fn go_to_bookmark(&mut self, mark: Bookmark) {
        let document = DocumentId::new(mark.document.as_str());
        if self.project.document(&document).is_none() {
            return self.notify(words::bookmark_without_document());
        }
        self.open_document(&document);
        self.marks.going_to = Some(mark);
        self.refresh_bookmarks();
    }

    /// Goes to the next bookmark after the caret, or the previous one before it: in this document, then in the others, and
    /// round again.
    pub fn step_bookmark(&mut self, forward: bool) {
        let caret = self.text_selection().range().start;
        let mut here = self.bookmarks_here().iter();
        let in_text = match forward {
            true => here.find(|mark| mark.at > caret),
            false => here.rfind(|mark| mark.at < caret),
        };
        if let Some(at) = in_text.map(|mark| mark.at) {
            return self.go_to_offset(at);
        }
        let open = self.view.document().and_then(|id| self.project.position(id));
        let all: Vec<Bookmark> =
            self.bookmarks().into_iter().filter(|mark| self.position_of(mark).is_some()).cloned().collect();
        let place = |mark: &&Bookmark| self.position_of(mark);
        let next = match forward {
            true => all.iter().find(|mark| place(mark) > open).or(all.first()),
            false => all.iter().rfind(|mark| place(mark) < open).or(all.last()),
        };
        match next.cloned() {
            Some(mark) => self.go_to_bookmark(mark),
            None => self.notify(words::no_bookmarks()),
        }
    }

    /// Finds the bookmarks in the open document again if they, or the text, have changed.
    pub(crate) fn refresh_bookmarks(&mut self) {
        let Some(document) = self.document().cloned() else { return self.marks.here = None };
        let Some(text) = &document.text else { return };
        let now = PlacedFor {
            me: self.me.clone(),
            document: document.id().clone(),
            version: document.meta.versions.current.number,
            changes: self.marks.changes,
        };
        if self.marks.here.as_ref().is_none_or(|(known, _)| *known != now) {
            let marks = self.my_bookmarks().iter().filter(|mark| mark.document == document.id().as_str());
            let placed = |mark: &Bookmark| {
                Some(PlacedBookmark { at: place(mark, &document, text)?, bookmark: mark.clone() })
            };
            let mut placed: Vec<PlacedBookmark> = marks.filter_map(placed).collect();
            placed.sort_by_key(|mark| mark.at);
            self.marks.here = Some((now, placed.into()));
        }
        if self.marks.going_to.as_ref().is_some_and(|mark| mark.document == document.id().as_str()) {
            self.arrive_at_bookmark();
        }
    }

    fn arrive_at_bookmark(&mut self) {
        let Some(mark) = self.marks.going_to.take() else { return };
        let placed = self.bookmarks_here().iter().find(|placed| placed.bookmark == mark);
        match placed.map(|placed| placed.at) {
            Some(at) => {
                self.view.clear_current();
                self.view.select_text(TextSelection::caret(at));
                self.show_range(TextRange { start: at, end: at });
            }
            None => self.notify(words::bookmark_lost(&mark.quote)),
        }
    }

    fn my_bookmarks(&self) -> &[Bookmark] {
        self.marks.all.people.get(self.me.as_str()).map_or(&[], Vec::as_slice)
    }

    fn position_of(&self, mark: &Bookmark) -> Option<usize> {
        self.project.position(&DocumentId::new(mark.document.as_str()))
    }

    fn change_bookmarks(&mut self, change: impl FnOnce(&mut Vec<Bookmark>)) {
        let me = self.me.to_string();
        change(self.marks.all.people.entry(me.clone()).or_default());
        self.marks.all.people.retain(|_, marks| !marks.is_empty());
        self.marks.changes += 1;
        self.marks.is_due = true;
        self.refresh_bookmarks();
    }

    /// Writes the bookmarks. Returns when they are written.
    pub(crate) fn write_bookmarks(&self, folder: &Folder) {
        if self.marks.changes > 0 || folder != self.files.folder() {
            let marks = self.marks.all.clone();
            let folder = folder.clone();
            self.marks.order.write(move || marks.write(&folder))();
        }
    }

    /// Writes the bookmarks on a worker, if they have changed.
    pub(crate) fn keep_bookmarks(&mut self) {
        if std::mem::take(&mut self.marks.is_due) && self.may_write() {
            let (marks, folder) = (self.marks.all.clone(), self.folder().clone());
            let write = self.marks.order.write(move || marks.write(&folder));
            self.jobs.start(JobKind::KeepPlace, move |_| {
                write();
                Box::new(|_: &mut Session| {})
            });
        }
    }
}

/// The byte at which a bookmark is in a text: where it was, or at the occurrence of its words that is nearest to that; `None`
/// if they are not there any more.
fn place(mark: &Bookmark, document: &Document, text: &Text) -> Option<usize> {
    let was = text.byte_offset(mark.at);
    let is_there = |at: &usize| text.as_str()[*at..].starts_with(&mark.quote);
    let is_same = mark.version == document.meta.versions.current.number;
    if let Some(at) = was.filter(|at| is_same || (!mark.quote.is_empty() && is_there(at))) {
        return Some(at);
    }
    let near = was.unwrap_or(text.len());
    let found = (!mark.quote.is_empty()).then(|| text.as_str().match_indices(mark.quote.as_str()));
    found?.map(|(at, _)| at).min_by_key(|at| at.abs_diff(near))
}
