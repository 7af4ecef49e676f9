//! Documents: reading them when they are needed, their status and details.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use demarche_analysis::summary::DocumentFigures;
use demarche_io::IoError;
use demarche_io::project::{DocumentRead, FileKey, read_document_seen};
use demarche_model::{
    Category, CategoryId, Colour, DocumentContents, DocumentId, DocumentMeta, Edit, SpanRef, Status,
    Visibility,
};

use crate::jobs::Done;
use crate::passages::{DocumentParts, DocumentRows, PassageQuery};
use crate::{JobKind, Session, TextSelection};

/// How many documents a reading job hands over at once.
const CHUNK: usize = 64;

/// What is known of documents that are not in memory, and where the user left off in others.
#[derive(Default)]
pub(crate) struct Reading {
    under_way: BTreeSet<DocumentId>,
    failed: HashMap<DocumentId, String>,
    left_at: HashMap<DocumentId, TextSelection>,
    afterwards: Option<SpanRef>,
}

impl Reading {
    /// Whether a document is being read ahead of others.
    fn is_under_way(&self, id: &DocumentId) -> bool {
        self.under_way.contains(id)
    }

    /// Records that a document is being read ahead of others.
    fn begin(&mut self, id: DocumentId) {
        self.under_way.insert(id);
    }

    /// Records that a document was read, or why it could not be.
    fn end(&mut self, id: &DocumentId, failure: Option<String>) {
        self.under_way.remove(id);
        match failure {
            Some(why) => self.failed.insert(id.clone(), why),
            None => self.failed.remove(id),
        };
    }

    /// Why a document could not be read, if it was tried.
    fn failure(&self, id: &DocumentId) -> Option<&str> {
        self.failed.get(id).map(String::as_str)
    }

    /// Forgets why a document could not be read.
    fn forget_failure(&mut self, id: &DocumentId) {
        self.failed.remove(id);
    }

    pub(crate) fn left_at(&self, id: &DocumentId) -> TextSelection {
        self.left_at.get(id).copied().unwrap_or_default()
    }

    pub(crate) fn leave(&mut self, id: DocumentId, selection: TextSelection) {
        self.left_at.insert(id, selection);
    }

    /// Forgets where the user left off in a document.
    pub(crate) fn forget_place(&mut self, id: &DocumentId) {
        self.left_at.remove(id);
    }

    /// Goes to this span once its document has been read.
    pub(crate) fn afterwards(&mut self, at: SpanRef) {
        self.afterwards = Some(at);
    }

    fn take_afterwards(&mut self) -> Option<SpanRef> {
        self.afterwards.take()
    }
}

/// A document as a worker has read it.
struct Read {
    id: DocumentId,
    result: Result<DocumentRead, IoError>,
    figures: Option<Figures>,
}

/// What is derived from a document, made where it was read: for a long document that takes longer than a frame.
struct Figures {
    visibility: Visibility,
    counted: DocumentFigures,
    query: PassageQuery,
    meta: DocumentMeta,
    rows: DocumentRows,
}

impl Figures {
    fn of(
        meta: &DocumentMeta,
        contents: &DocumentContents,
        visibility: &Visibility,
        query: &PassageQuery,
    ) -> Self {
        let layers = || contents.layers.iter().map(|(annotator, layer)| (annotator, layer));
        let of = DocumentParts { meta, text: Some(&contents.text), anchors: &contents.anchors };
        Self {
            counted: DocumentFigures::new(&contents.text, layers(), visibility),
            rows: query.rows(of, layers),
            meta: meta.clone(),
            visibility: visibility.clone(),
            query: query.clone(),
        }
    }
}

impl Session {
    /// Why a document can't be shown, if reading it has failed.
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

    /// Reads all documents that have layers, on a worker, so that counts are whole.
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

    /// Reads what is not in memory yet on a worker, then goes on, unless the user has cancelled that. Documents that
    /// can't be read are left out, and the user is told so.
    pub(crate) fn read_then(&mut self, then: impl FnOnce(&mut Session) + Send + 'static) {
        let unread = self.project.documents().iter().filter(|d| !d.is_loaded());
        let metas: Vec<DocumentMeta> = unread.map(|d| d.meta.clone()).collect();
        let ids: Vec<DocumentId> = metas.iter().map(|meta| meta.id.clone()).collect();
        self.read_job(JobKind::ReadDocuments, metas, move |session| {
            if let Some(why) = ids.iter().find_map(|id| session.reading.failure(id)) {
                let why = format!("Left out: {why}");
                session.notify_error(why);
            }
            then(session);
        });
    }

    /// Documents of which not all spans are known, since their layers have not been read.
    pub(crate) fn unread_layers(&self) -> impl Iterator<Item = &DocumentMeta> {
        let unread = self.project.documents().iter().filter(|d| !d.is_loaded());
        unread
            .filter(|document| self.files.listing().has_layers(document.id()))
            .map(|document| &document.meta)
    }

    /// Goes on once all layers are in memory: at once, or after reading those that are not, unless the user has cancelled
    /// that. Where one can't be read, nothing is done, since nobody knows what is tagged there.
    pub(crate) fn once_layers_are_read(&mut self, then: impl FnOnce(&mut Session) + Send + 'static) {
        let metas: Vec<DocumentMeta> = self.unread_layers().cloned().collect();
        if metas.is_empty() {
            return then(self);
        }
        self.read_job(JobKind::ReadLayers, metas, move |session| {
            let Some(unread) = session.unread_layers().next().map(|meta| meta.id.clone()) else {
                return then(session);
            };
            let why = session.read_failure(&unread).unwrap_or_default();
            let told = format!("Not done: nobody knows what is tagged in “{unread}”. {why}");
            session.notify_error(told);
        });
    }

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
                    let result = read_document_seen(&folder, &listing, &codebook, meta);
                    let contents = result.as_ref().ok().map(|(contents, ..)| contents);
                    let figures = contents.map(|c| Figures::of(meta, c, &visibility, &query));
                    Read { id: meta.id.clone(), result, figures }
                };
                let read: Vec<Read> = chunk.iter().map(read).collect();
                worker.progress().step((chunk_index * CHUNK + chunk.len()).min(total), total);
                worker.send(take_in(read));
            }
            Box::new(then)
        });
    }

    /// Reads every document now, on this thread. For the command line and for tests.
    pub fn read_all(&mut self) {
        let unread: Vec<DocumentMeta> =
            self.project.documents().iter().filter(|d| !d.is_loaded()).map(|d| d.meta.clone()).collect();
        for meta in unread {
            let result =
                read_document_seen(self.files.folder(), self.files.listing(), self.project.codebook(), &meta);
            self.took_in(Read { id: meta.id, result, figures: None });
        }
    }

    fn took_in(&mut self, Read { id, result, figures }: Read) {
        self.reading.end(&id, result.as_ref().err().map(IoError::to_string));
        match result {
            Ok((contents, problems, hashes)) => {
                // The text may have been missing when the project was opened, and be back.
                let text = self.project.document(&id).map(|d| FileKey::Text(d.meta.text_id()).relative());
                text.iter().for_each(|text| self.files.clear_problems(text));
                if self.project.document(&id).is_none_or(|d| d.is_loaded()) {
                    return;
                }
                self.files.add_problems(problems);
                self.project.load_document(&id, contents);
                self.live.read(&self.project, &id, hashes);
                self.count_read(&id, figures);
                if self.view.document() == Some(&id) {
                    self.now_read();
                }
            }
            Err(error) => {
                if let IoError::Problem(problem) = error {
                    self.files.add_problem_once(problem);
                }
            }
        }
    }

    /// Counts a document that has come into memory, unless the worker has done so for what is shown still.
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
        self.sort_passages();
    }

    /// The document that is shown has just come into memory.
    fn now_read(&mut self) {
        self.refresh_find();
        if let Some(at) = self.reading.take_afterwards() {
            let at = self.find_span(&at).unwrap_or(at);
            self.go_to(&at);
        }
    }

    /// How far the user is with a document.
    pub fn status(&self, id: &DocumentId) -> Status {
        self.project.layer(&self.my_layer(id)).map_or(Status::New, |layer| layer.status())
    }

    pub(crate) fn set_status(&mut self, id: &DocumentId, to: Status) {
        if self.status(id) == to {
            return;
        }
        let name = match to {
            Status::New => "mark as new",
            Status::InProgress => "mark as in progress",
            Status::Done => "mark as done",
        };
        self.edit(name, Edit::SetStatus { layer: self.my_layer(id), to });
    }

    /// Marks the document that is shown as done, or as in progress where it is done.
    pub fn toggle_done(&mut self) {
        let Some(id) = self.view.document().cloned() else { return };
        let done = self.status(&id) == Status::Done;
        self.set_status(&id, if done { Status::InProgress } else { Status::Done });
        self.notify(if done {
            "In progress again"
        } else {
            "Done. Ctrl+Shift+PageDown goes to the next one to do"
        });
    }

    pub(crate) fn set_meta(&mut self, to: DocumentMeta) {
        let Some(document) = self.project.document(&to.id) else { return };
        if document.meta != to {
            self.edit(
                "change a document's details",
                Edit::SetMeta { document: to.id.clone(), to: Box::new(to) },
            );
        }
    }

    /// Takes the document that is shown out of the project.
    pub fn remove_shown_document(&mut self) {
        if let Some(id) = self.view.document().cloned() {
            self.remove_document(&id);
        }
    }

    pub(crate) fn remove_document(&mut self, id: &DocumentId) {
        let Some(document) = self.project.document(id).cloned() else { return };
        if !document.is_loaded() && self.read_failure(id).is_none() {
            return self.notify("Open the document once before removing it");
        }
        let position = self.project.position(id).unwrap_or(0);
        if self.edit(
            format!("remove the document “{}”", document.meta.title),
            Edit::RemoveDocument { document: id.clone() },
        ) {
            let count = self.project.documents().len();
            if let Some(next) = self.project.documents().get(position.min(count.saturating_sub(1))) {
                let next = next.id().clone();
                self.open_document(&next);
            }
            self.notify(format!("Removed: {}. Ctrl+Z brings it back", document.meta.title));
        }
    }

    /// The edit that adds a category of this id, with a colour that is not used yet.
    pub(crate) fn new_category_edit(&self, id: &CategoryId) -> Edit {
        let at = self.project.codebook().categories.len();
        let category = Category::new(id.clone(), id.as_str(), Colour::nth(at));
        Edit::SetCategory { id: id.clone(), to: Some((at, Arc::new(category))) }
    }
}

fn take_in(read: Vec<Read>) -> Done {
    Box::new(move |session| read.into_iter().for_each(|read| session.took_in(read)))
}
