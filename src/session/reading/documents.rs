//! Documents: reading them on demand, their status and details.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use demarche_analysis::summary::DocumentFigures;
use demarche_io::IoError;
use demarche_io::project::{DocumentRead, FileKey, read_document_seen, read_document_text_first};
use demarche_model::{
    Anchors, Category, CategoryId, Colour, DocumentContents, DocumentId, DocumentMeta, Edit, SpanRef, Status,
    Text, Visibility,
};

use crate::jobs::Done;
use crate::passages::{DocumentParts, DocumentRows, PassageQuery};
use crate::words::{reading as words, steps};
use crate::{JobKind, Session, TextSelection};

/// Number of documents that a reading job sends at once.
const CHUNK: usize = 64;

/// Documents that are being read or can't be, and the user's position in those they have left.
#[derive(Default)]
pub(crate) struct Reading {
    under_way: BTreeSet<DocumentId>,
    failed: HashMap<DocumentId, String>,
    left_at: HashMap<DocumentId, TextSelection>,
    go_to_when_read: Option<SpanRef>,
    /// The texts of documents whose passages are still being read.
    early: HashMap<DocumentId, EarlyText>,
}

/// The text of a document whose passages are still being read.
struct EarlyText {
    text: Arc<Text>,
    anchors: Arc<Anchors>,
}

impl Reading {
    /// Returns whether a document is being read ahead of others.
    fn is_under_way(&self, id: &DocumentId) -> bool {
        self.under_way.contains(id)
    }

    /// Records that a document is being read ahead of others.
    fn begin(&mut self, id: DocumentId) {
        self.under_way.insert(id);
    }

    /// Records that a document was read, or why it could not be read.
    fn end(&mut self, id: &DocumentId, failure: Option<String>) {
        self.under_way.remove(id);
        self.early.remove(id);
        match failure {
            Some(why) => self.failed.insert(id.clone(), why),
            None => self.failed.remove(id),
        };
    }

    /// The reason why a document could not be read, if that failed.
    fn failure(&self, id: &DocumentId) -> Option<&str> {
        self.failed.get(id).map(String::as_str)
    }

    /// Forgets why a document could not be read.
    fn forget_failure(&mut self, id: &DocumentId) {
        self.failed.remove(id);
    }

    /// The caret and selection of a document when the user left it.
    pub(crate) fn left_at(&self, id: &DocumentId) -> TextSelection {
        self.left_at.get(id).copied().unwrap_or_default()
    }

    /// Remembers the caret and selection of a document that the user leaves.
    pub(crate) fn leave(&mut self, id: DocumentId, selection: TextSelection) {
        self.left_at.insert(id, selection);
    }

    /// Forgets the caret and selection of a document.
    pub(crate) fn forget_place(&mut self, id: &DocumentId) {
        self.left_at.remove(id);
    }

    /// The text and anchors of a document whose passages are still being read.
    pub(crate) fn early(&self, id: &DocumentId) -> Option<(&Arc<Text>, &Arc<Anchors>)> {
        self.early.get(id).map(|early| (&early.text, &early.anchors))
    }

    /// Remembers a span to go to once its document has been read.
    pub(crate) fn go_to_when_read(&mut self, at: SpanRef) {
        self.go_to_when_read = Some(at);
    }
}

/// A document that a worker has read.
struct Read {
    id: DocumentId,
    result: Result<DocumentRead, IoError>,
    figures: Option<Figures>,
}

/// Values derived from a document. The worker that reads it computes them, since for a long one that takes longer than a
/// frame.
struct Figures {
    visibility: Visibility,
    counted: DocumentFigures,
    query: PassageQuery,
    meta: DocumentMeta,
    rows: DocumentRows,
}

impl Figures {
    fn new(
        meta: &DocumentMeta,
        contents: &DocumentContents,
        visibility: &Visibility,
        query: &PassageQuery,
    ) -> Self {
        let layers = || contents.layers.iter().map(|(annotator, layer)| (annotator, layer));
        let parts = DocumentParts { meta, anchors: &contents.anchors };
        Self {
            counted: DocumentFigures::new(&contents.text, layers(), visibility),
            rows: query.rows(parts, layers),
            meta: meta.clone(),
            visibility: visibility.clone(),
            query: query.clone(),
        }
    }
}

impl Session {
    /// The reason why a document can't be shown, if reading it has failed.
    pub fn read_failure(&self, id: &DocumentId) -> Option<&str> {
        self.reading.failure(id)
    }

    /// Reads one document on a worker, ahead of all others.
    pub(crate) fn read_document(&mut self, id: &DocumentId) {
        if self.reading.is_under_way(id) {
            return;
        }
        self.reading.forget_failure(id);
        self.start_reading(JobKind::OpenDocument, vec![id.clone()]);
    }

    /// Reads all documents that have layers on a worker, so that counts are complete.
    pub(crate) fn read_layers(&mut self) {
        let tagged = self.project.documents().iter().filter(|document| {
            let id = document.id();
            !document.is_loaded() && self.files.listing().has_work(id) && !self.reading.is_under_way(id)
        });
        let ids: Vec<DocumentId> = tagged.map(|d| d.id().clone()).collect();
        if !ids.is_empty() {
            self.start_reading(JobKind::ReadLayers, ids);
        }
    }

    fn start_reading(&mut self, kind: JobKind, ids: Vec<DocumentId>) {
        let metas: Vec<DocumentMeta> =
            ids.iter().filter_map(|id| self.project.document(id)).map(|d| d.meta.clone()).collect();
        if let [meta] = metas.as_slice() {
            self.reading.begin(meta.id.clone());
        }
        self.read_job(kind, metas, |_| {});
    }

    /// Reads all documents that are not in memory on a worker, then continues with `then` unless the user cancels.
    /// Leaves out documents that can't be read, with a notice.
    pub(crate) fn read_then(&mut self, then: impl FnOnce(&mut Session) + Send + 'static) {
        let unread = self.project.documents().iter().filter(|d| !d.is_loaded());
        let metas: Vec<DocumentMeta> = unread.map(|d| d.meta.clone()).collect();
        let ids: Vec<DocumentId> = metas.iter().map(|meta| meta.id.clone()).collect();
        self.read_job(JobKind::ReadDocuments, metas, move |session| {
            if let Some(why) = ids.iter().find_map(|id| session.reading.failure(id)) {
                let notice = words::left_out(why);
                session.notify_error(notice);
            }
            then(session);
        });
    }

    /// Documents whose layers have not been read.
    pub(crate) fn unread_layers(&self) -> impl Iterator<Item = &DocumentMeta> {
        let unread = self.project.documents().iter().filter(|d| !d.is_loaded());
        unread
            .filter(|document| self.files.listing().has_layers(document.id()))
            .map(|document| &document.meta)
    }

    /// Continues with `then` once all layers are in memory, after reading the missing ones unless the user cancels. Does
    /// nothing if one can't be read, since its spans are unknown.
    pub(crate) fn once_layers_are_read(&mut self, then: impl FnOnce(&mut Session) + Send + 'static) {
        let metas: Vec<DocumentMeta> = self.unread_layers().cloned().collect();
        if metas.is_empty() {
            return then(self);
        }
        self.read_job(JobKind::ReadLayers, metas, move |session| {
            let Some(unread) = session.unread_layers().next().map(|meta| meta.id.clone()) else {
                return then(session);
            };
            let notice =
                words::layers_unknown(unread.as_str(), session.read_failure(&unread).unwrap_or_default());
            session.notify_error(notice);
        });
    }

    /// Reads documents on a worker, then continues with `then` unless the user cancels.
    pub(crate) fn read_job(
        &mut self,
        kind: JobKind,
        metas: Vec<DocumentMeta>,
        then: impl FnOnce(&mut Session) + Send + 'static,
    ) {
        let (folder, listing, codebook) =
            (self.files.folder().clone(), self.files.listing().clone(), self.project.codebook().clone());
        let (visibility, query) = (self.visibility(), self.passages.query().clone());
        self.jobs.start(kind, move |worker| {
            let total = metas.len();
            for (chunk_index, chunk) in metas.chunks(CHUNK).enumerate() {
                if worker.progress().is_stopped() {
                    return Box::new(|_: &mut Session| {});
                }
                let read = |meta: &DocumentMeta| {
                    let pass_on = |text: &Arc<Text>, anchors: &Arc<Anchors>| {
                        if kind == JobKind::OpenDocument {
                            worker.send(showing(&meta.id, text, anchors));
                        }
                    };
                    let result = read_document_text_first(&folder, &listing, &codebook, meta, pass_on);
                    let contents = result.as_ref().ok().map(|(contents, ..)| contents);
                    let figures = contents.map(|c| Figures::new(meta, c, &visibility, &query));
                    Read { id: meta.id.clone(), result, figures }
                };
                let read: Vec<Read> = chunk.iter().map(read).collect();
                worker.progress().step((chunk_index * CHUNK + chunk.len()).min(total), total);
                worker.send(adding(read));
            }
            Box::new(then)
        });
    }

    /// Reads every document on this thread. For the command line and for tests.
    pub fn read_all(&mut self) {
        let unread: Vec<DocumentMeta> =
            self.project.documents().iter().filter(|d| !d.is_loaded()).map(|d| d.meta.clone()).collect();
        for meta in unread {
            let result =
                read_document_seen(self.files.folder(), self.files.listing(), self.project.codebook(), &meta);
            self.add_read(Read { id: meta.id, result, figures: None });
        }
    }

    /// Adds a document that was read to the project.
    fn add_read(&mut self, Read { id, result, figures }: Read) {
        self.reading.end(&id, result.as_ref().err().map(IoError::to_string));
        match result {
            Ok((contents, problems, hashes)) => {
                // The text may have been missing when the project was opened.
                let text = self.project.document(&id).map(|d| FileKey::Text(d.meta.text_id()).relative());
                text.iter().for_each(|text| self.files.clear_problems(text));
                if self.project.document(&id).is_none_or(|d| d.is_loaded()) {
                    return;
                }
                self.files.add_problems(problems);
                self.team_document_read(&id, contents.left_out);
                self.project.load_document(&id, contents);
                self.live.read(&self.project, &id, hashes);
                self.count_read(&id, figures);
                self.shown_document_read(&id);
            }
            Err(error) => {
                if let IoError::Problem(problem) = error {
                    self.files.add_problem_once(problem);
                }
            }
        }
    }

    /// Updates derived values for a document that was read. Uses the worker's figures if they are still valid.
    fn count_read(&mut self, id: &DocumentId, figures: Option<Figures>) {
        let now = self.visibility();
        let (counted, rows) = match figures {
            Some(Figures { visibility: counted_for, counted, query, meta, rows }) => {
                let same_meta = self.project.document(id).is_some_and(|document| document.meta == meta);
                (
                    (counted_for == now).then_some(counted),
                    (same_meta && query == *self.passages.query()).then_some(rows),
                )
            }
            None => (None, None),
        };
        match counted {
            Some(counted) => self.stats.insert(id, counted),
            None => self.stats.refresh(&self.project, id),
        }
        self.passages.document_read(&self.project, id, rows);
        self.links.document_read(&self.project, id);
        self.review_document_read(id);
        self.comparing.document_read(id);
        self.coders.document_read(&self.project, id);
        self.check_document_row(id);
        self.sort_passages();
    }

    /// Updates the panes that show a document that was read.
    fn shown_document_read(&mut self, id: &DocumentId) {
        self.return_panes();
        if self.view.document() != Some(id) {
            return;
        }
        self.recall_position();
        self.refresh_find();
        if let Some(at) = self.reading.go_to_when_read.take_if(|at| at.layer.document == *id) {
            let at = self.find_span(&at).unwrap_or(at);
            self.go_to(&at);
        }
    }

    /// The user's status of a document.
    pub fn status(&self, id: &DocumentId) -> Status {
        self.project.layer(&self.my_layer(id)).map_or(Status::New, |layer| layer.status())
    }

    pub(crate) fn set_status(&mut self, id: &DocumentId, to: Status) {
        let is_new = self.status(id) != to;
        let edit = Edit::SetStatus { layer: self.my_layer(id), to };
        if is_new && self.edit(steps::set_status(to), edit) && to == Status::Done {
            self.saving.hurry();
        }
    }

    /// Marks the open document as done, or as in progress if it is done.
    pub fn toggle_done(&mut self) {
        let Some(id) = self.view.document().cloned() else { return };
        let done = self.status(&id) == Status::Done;
        self.set_status(&id, if done { Status::InProgress } else { Status::Done });
        if (self.status(&id) == Status::Done) != done {
            self.notify(if done { words::in_progress_again() } else { words::marked_done() });
        }
    }

    pub(crate) fn set_meta(&mut self, to: DocumentMeta) {
        let Some(document) = self.project.document(&to.id) else { return };
        if document.meta != to {
            let edit = Edit::SetMeta { document: to.id.clone(), to: Box::new(to) };
            self.edit(steps::change_details(), edit);
        }
    }

    /// Removes the open document from the project.
    pub fn remove_shown_document(&mut self) {
        if let Some(id) = self.view.document().cloned() {
            self.remove_document(&id);
        }
    }

    pub(crate) fn remove_document(&mut self, id: &DocumentId) {
        let Some(document) = self.project.document(id).cloned() else { return };
        if !document.is_loaded() && self.read_failure(id).is_none() {
            return self.notify(words::open_before_removing());
        }
        let position = self.project.position(id).unwrap_or(0);
        let label = steps::remove_document(&document.meta.title);
        if self.edit(label, Edit::RemoveDocument { document: id.clone() }) {
            let count = self.project.documents().len();
            if let Some(next) = self.project.documents().get(position.min(count.saturating_sub(1))) {
                let next = next.id().clone();
                self.open_document(&next);
            }
            self.notify(words::document_removed(&document.meta.title));
        }
    }

    /// The edit that adds a category with this id, and a colour of its own.
    pub(crate) fn new_category_edit(&self, id: &CategoryId) -> Edit {
        let at = self.project.codebook().categories.len();
        let category = Category::new(id.clone(), id.as_str(), Colour::nth(at));
        Edit::SetCategory { id: id.clone(), to: Some((at, Arc::new(category))) }
    }
}

/// Shows a text while the passages of its document are being read.
fn showing(document: &DocumentId, text: &Arc<Text>, anchors: &Arc<Anchors>) -> Done {
    let document = document.clone();
    let early = EarlyText { text: text.clone(), anchors: anchors.clone() };
    Box::new(move |session| {
        if session.reading.is_under_way(&document) {
            session.reading.early.insert(document, early);
        }
    })
}

fn adding(read: Vec<Read>) -> Done {
    Box::new(move |session| read.into_iter().for_each(|read| session.add_read(read)))
}

#[cfg(test)]
#[path = "documents_tests.rs"]
mod tests;
