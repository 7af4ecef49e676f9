//! Where the user leaves a project, and the return there when it is opened again: screen, filter, order of the passages,
//! and caret and scroll position of each document. It is window state of this machine, so what no longer fits the project
//! is ignored.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use demarche_io::place::{BesidePlace, DocumentListPlace, DocumentPlace, Place, SortPlace};
use demarche_io::project::Folder;
use demarche_model::{Document, DocumentId, Text, TextRange};

use crate::view::{PaneView, Sight};
use crate::{Arrangement, Column, DocumentOrder, JobKind, PaneSide, PaneText, Session, Sort, TextSelection};

/// The positions in documents that the user has left, in this session and before.
#[derive(Default)]
pub(crate) struct Places {
    /// Latest first.
    documents: Vec<DocumentPlace>,
    /// The documents that were opened in this session, whose position is not recalled any more.
    opened: BTreeSet<DocumentId>,
    /// What a job has written last.
    written: Place,
    is_due: bool,
    order: WriteOrder,
}

impl Places {
    /// Asks for the place to be written soon.
    pub fn change(&mut self) {
        self.is_due = true;
    }

    /// Forgets the position in a document.
    pub fn forget(&mut self, id: &DocumentId) {
        self.documents.retain(|place| place.document != id.as_str());
    }

    /// Remembers a position that the user leaves.
    pub fn leave(&mut self, place: DocumentPlace) {
        self.documents.retain(|other| other.document != place.document);
        self.documents.insert(0, place);
        self.change();
    }

    fn known(&self, id: &DocumentId) -> Option<&DocumentPlace> {
        self.documents.iter().find(|place| place.document == id.as_str())
    }
}

/// Keeps an earlier write that a job is late with from replacing a later one.
#[derive(Default)]
pub(super) struct WriteOrder {
    next: AtomicU64,
    written: Arc<Mutex<u64>>,
}

impl WriteOrder {
    /// The next write. It does nothing if a later one comes before it.
    pub fn write(&self, write: impl FnOnce() + Send + 'static) -> impl FnOnce() + Send + 'static {
        let serial = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let written = self.written.clone();
        move || {
            let mut written = written.lock().unwrap_or_else(PoisonError::into_inner);
            if serial > *written {
                *written = serial;
                write();
            }
        }
    }
}

impl Session {
    /// Returns to where the user left the project, except for the position in the text: the documents are still to be read.
    pub(crate) fn return_to_place(&mut self, place: Place) {
        self.show_screen(place.screen);
        let arrangement = self.arrangement_of(&place);
        self.passages.arrange(&self.project, arrangement);
        if !place.filter.trim().is_empty() && self.check_filter(&place.filter).is_ok() {
            self.set_filter(place.filter.clone());
        }
        let DocumentListPlace { sort, descending } = place.document_list;
        self.order_documents(DocumentOrder { by: sort, descending });
        self.places.documents.clone_from(&place.documents);
        self.places.written = place;
    }

    fn arrangement_of(&self, place: &Place) -> Arrangement {
        let column = |id: &str| Column::all(self.project.codebook()).find(|column| column.id() == id);
        let sort = place.sort.as_ref();
        Arrangement {
            sort: sort
                .and_then(|sort| Some(Sort { column: column(&sort.column)?, descending: sort.descending })),
            group: place.group.as_deref().and_then(column),
        }
    }

    /// Moves the caret of the open document to where the user left it in an earlier session, and scrolls there. Returns
    /// false if that is not known, or if the user has a position in the document already.
    pub(crate) fn recall_position(&mut self) -> bool {
        let Some(document) = self.document().cloned() else { return false };
        let Some(text) = &document.text else { return false };
        let is_first = self.places.opened.insert(document.id().clone());
        let has_position = self.current().is_some() || self.text_selection() != TextSelection::default();
        if !is_first || has_position {
            return false;
        }
        let known = self.places.known(document.id());
        let Some((selection, top)) = known.and_then(|place| position(place, &document, text)) else {
            return false;
        };
        self.view.select_text(selection);
        match top {
            Some(top) => self.view.show_from(top),
            None => self.show_range(selection.range()),
        }
        true
    }

    /// Remembers the position in the open document, which the user leaves.
    pub(crate) fn leave_position(&mut self) {
        if let Some(place) = self.position_in(self.view.focused()) {
            self.places.leave(place);
        }
    }

    /// Where the user is in the document of a pane.
    pub(crate) fn position_in(&self, pane: &PaneView) -> Option<DocumentPlace> {
        let document = self.project.document(pane.state.document.as_ref()?)?;
        let Some(text) = &document.text else { return pane.return_to.clone() };
        let selection = pane.state.text_selection;
        let caret = text.char_offset(selection.head);
        let top = match &pane.sight {
            Sight::Text(id, seen) if id == document.id() && !seen.is_empty() => {
                Some(text.char_offset(seen.start))
            }
            // It has not been shown since it was opened.
            Sight::Text(..) | Sight::Everything => self
                .places
                .known(document.id())
                .filter(|known| known.caret == caret)
                .and_then(|known| known.top),
        };
        Some(DocumentPlace {
            document: document.id().to_string(),
            version: document.meta.versions.current.number,
            anchor: text.char_offset(selection.anchor),
            caret,
            top,
        })
    }

    /// Where the user is in the pane without the focus.
    fn beside(&self) -> Option<BesidePlace> {
        let position = self.position_in(self.view.other()?)?;
        Some(BesidePlace {
            position,
            is_left: self.view.side() == PaneSide::Right,
            scrolls_together: self.view.scrolls_together(),
            version: self.view.other().and_then(|other| other.earlier),
            open_version: self.view.focused().earlier,
        })
    }

    /// Opens the document that was next to the open one, with the focus on that.
    pub(crate) fn return_beside(&mut self) {
        let Some(beside) = self.places.written.beside.clone() else { return };
        let id = DocumentId::new(beside.position.document.as_str());
        if self.project.document(&id).is_none() || self.view.document().is_none() {
            return;
        }
        self.open_beside(&PaneText::current(&id));
        self.view.return_focused_to(beside.position);
        self.return_panes();
        self.view.show_earlier(beside.version);
        self.focus_other_pane();
        self.view.show_earlier(beside.open_version);
        if beside.is_left {
            self.view.swap_sides();
        }
        self.view.scroll_together(beside.scrolls_together);
    }

    /// Returns panes whose text is in memory now to the position that they were left at.
    pub(crate) fn return_panes(&mut self) {
        let project = &self.project;
        for pane in self.view.panes_mut() {
            let document = pane.state.document.as_ref().and_then(|id| project.document(id));
            let Some((document, text)) = document.and_then(|d| Some((d, d.text.as_ref()?))) else { continue };
            let Some(place) = pane.return_to.take() else { continue };
            let Some((selection, top)) = position(&place, document, text) else { continue };
            pane.state.text_selection = selection;
            match top {
                Some(top) => pane.show(TextRange::new(top, top), true),
                None => pane.show(selection.range(), false),
            }
        }
    }

    /// Where the user is in the project.
    pub(crate) fn place(&self) -> Place {
        let here = self.position_in(self.view.focused());
        let is_here =
            |place: &&DocumentPlace| here.as_ref().is_some_and(|here| here.document == place.document);
        let others = self.places.documents.iter().filter(|place| !is_here(place)).cloned();
        let arrangement = self.passages.arrangement();
        Place {
            screen: self.view.screen(),
            filter: self.filter().to_owned(),
            sort: arrangement
                .sort
                .as_ref()
                .map(|sort| SortPlace { column: sort.column.id(), descending: sort.descending }),
            group: arrangement.group.as_ref().map(Column::id),
            beside: self.beside(),
            document_list: DocumentListPlace {
                sort: self.document_list.order().by,
                descending: self.document_list.order().descending,
            },
            documents: here.clone().into_iter().chain(others).collect(),
        }
    }

    /// Writes where the user is. Returns when it is written.
    pub(crate) fn write_place(&self, folder: &Folder) {
        let (place, folder) = (self.place(), folder.clone());
        self.places.order.write(move || place.write(&folder))();
    }

    /// Writes where the user is on a worker, if that is due.
    pub(crate) fn keep_place(&mut self) {
        if !std::mem::take(&mut self.places.is_due) || !self.may_write() {
            return;
        }
        let place = self.place();
        if place != self.places.written {
            self.places.written = place.clone();
            let folder = self.folder().clone();
            let write = self.places.order.write(move || place.write(&folder));
            self.jobs.start(JobKind::KeepPlace, move |_| {
                write();
                Box::new(|_: &mut Session| {})
            });
        }
    }
}

/// The position in a text, if the text is the same as then: selection, and first byte in view.
fn position(
    place: &DocumentPlace,
    document: &Document,
    text: &Text,
) -> Option<(TextSelection, Option<usize>)> {
    if place.version != document.meta.versions.current.number {
        return None;
    }
    let (anchor, head) = (text.byte_offset(place.anchor)?, text.byte_offset(place.caret)?);
    let top = place.top.and_then(|top| text.byte_offset(top));
    // A position that no text view has set is no position.
    let is_somewhere = TextRange::new(anchor, head) != TextRange::default() || top.is_some();
    is_somewhere.then_some((TextSelection { anchor, head }, top))
}
