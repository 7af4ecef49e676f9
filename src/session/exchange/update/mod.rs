//! A new text for a document that has been tagged already: a worker compares the two, the user sees what happens to
//! every passage, and the change is one step.
//!
//! The layers of others follow in memory only. Their files keep the offsets of the text that they were made in until their
//! owner changes something: every reader compares the same texts and finds the same places.

mod elsewhere;
mod pending;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use demarche_analysis::align::{Alignment, RealignmentCounts, VersionAlignments};
use demarche_io::Problem;
use demarche_io::documents::Reader;
use demarche_io::import::pasted_text;
use demarche_model::{
    Anchors, AnnotatorId, DetachedReason, Document, DocumentId, EarlierText, Edit, Layer, Origin, OtherText,
    Progress, Ranges, Stamp, Steps, Stopped, Text, TextRange, TextVersion, Touch, Unfinished, Versions,
};

use crate::words::{exchange as words, steps};
use crate::{JobKind, Session, SessionError};

pub use pending::{Excerpt, PendingPassage};

/// Where a new text comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NewTextSource {
    /// A file.
    File(PathBuf),
    /// The clipboard.
    Pasted(String),
}

/// A new text that was read and compared, but not applied yet.
#[derive(Debug)]
pub struct TextUpdate {
    /// The document as it will be.
    document: Arc<Document>,
    /// The revision of the document when the texts were compared.
    of_revision: u64,
    /// The outcome for the passages of each annotator.
    counts: BTreeMap<AnnotatorId, RealignmentCounts>,
}

impl TextUpdate {
    /// The document as it will be, with everything that needs a decision.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// The outcome for the passages of each annotator who has any.
    pub fn counts(&self) -> &BTreeMap<AnnotatorId, RealignmentCounts> {
        &self.counts
    }

    /// The outcome for all passages.
    pub fn total(&self) -> RealignmentCounts {
        let mut total = RealignmentCounts::default();
        self.counts.values().for_each(|counts| total += *counts);
        total
    }
}

/// A text as it was read for an update.
#[derive(Clone, PartialEq, Debug)]
pub struct IncomingText {
    /// The text.
    pub text: Arc<Text>,
    /// Its pages, headings and times.
    pub anchors: Anchors,
    /// Where it comes from.
    pub origin: Origin,
}

/// Compares a new text with the one that a document has, and realigns every layer; progress counts passages. Returns `None`
/// if the two are the same.
///
/// # Errors
/// The document is not in memory or has no number left for another text, or the work was stopped.
pub fn compare_texts(
    document: &Document,
    incoming: IncomingText,
    by: &AnnotatorId,
    now: Stamp,
    progress: &dyn Progress,
) -> Result<Option<TextUpdate>, Unfinished<SessionError>> {
    let old = document.text.clone().ok_or(SessionError::NotOpen)?;
    let new = incoming.text;
    if old == new {
        return Ok(None);
    }
    let layers = document.layers.values();
    let total = layers.map(|layer| layer.len() + layer.detached().count()).sum();
    let comparison = comparison(document, old, &new, progress)?;
    let mut next = next_version(document, by, now).ok_or(SessionError::TooManyTexts)?;
    next.meta.characters = new.characters();
    next.meta.versions.current.sha256 = demarche_io::sha256(new.as_str().as_bytes());
    next.meta.origin = incoming.origin;
    next.text = Some(new);
    next.anchors = Arc::new(incoming.anchors);
    let (mut counts, steps) = (BTreeMap::new(), Steps::new(progress, total));
    for (annotator, layer) in &document.layers {
        let (layer, counted) = comparison.realign_layer(layer, &steps)?;
        next.layers.insert(annotator.clone(), Arc::new(layer));
        counts.insert(annotator.clone(), counted);
    }
    progress.check()?;
    Ok(Some(TextUpdate { document: Arc::new(next), of_revision: document.revision, counts }))
}

/// Compares the new text with the present one, and with earlier ones that records still refer to.
fn comparison(
    document: &Document,
    old: Arc<Text>,
    new: &Arc<Text>,
    progress: &dyn Progress,
) -> Result<VersionAlignments, Stopped> {
    let current = document.meta.versions.current.number;
    let waiting = waiting_in(document).into_iter().filter(|version| *version != current);
    let others =
        waiting.filter_map(|version| Some((version, document.other_texts.get(&version)?.text.clone())));
    let align = |(version, old)| Ok((version, Arc::new(Alignment::watched(old, new.clone(), progress)?)));
    let alignments: Result<_, Stopped> = [(current, old)].into_iter().chain(others).map(align).collect();
    Ok(VersionAlignments { current, alignments: alignments? })
}

/// The versions of the text that records without a place refer to.
fn waiting_in(document: &Document) -> Vec<u32> {
    let waiting = |layer: &Arc<Layer>| {
        let open = layer.detached().filter(|(_, d)| matches!(d.reason, DetachedReason::TextChanged(_)));
        open.filter_map(|(_, d)| d.claim.as_ref().map(|claim| claim.text)).collect::<Vec<_>>()
    };
    let mut versions: Vec<u32> = document.layers.values().flat_map(waiting).collect();
    versions.sort_unstable();
    versions.dedup();
    versions
}

/// Moves the text of the document to the earlier ones and numbers the next version. Skips the numbers of all files, even
/// those that `project.ron` does not list. Returns `None` if there is no greater number.
fn next_version(document: &Document, by: &AnnotatorId, now: Stamp) -> Option<Document> {
    let mut next = document.clone();
    let meta = &mut next.meta;
    let known = next.other_texts.keys().copied().max().unwrap_or(0);
    let number = known.max(meta.versions.current.number).checked_add(1)?;
    let current = TextVersion { number, made: Some((now, by.clone())), sha256: String::new() };
    let Versions { current: version, mut earlier } = std::mem::take(&mut meta.versions);
    let number = version.number;
    earlier.push(EarlierText { version, origin: meta.origin.clone(), characters: meta.characters });
    meta.versions = Versions { current, earlier };
    if let Some(text) = next.text.take() {
        next.other_texts.insert(number, OtherText { text, anchors: next.anchors.clone() });
    }
    Some(next)
}

impl Session {
    /// The new text that was compared and that the user may apply.
    pub fn text_update(&self) -> Option<&Arc<TextUpdate>> {
        self.staging.text_update()
    }

    /// Reads a new text for a document and compares it, on a worker.
    pub(crate) fn prepare_update(&mut self, id: &DocumentId, source: NewTextSource) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        let Some(document) = self.project.document(id).filter(|d| d.is_loaded()).cloned() else {
            return self.notify(words::open_the_document());
        };
        self.staging.drop_update();
        let (me, now, env) = (self.me.clone(), self.env.now(), self.env.clone());
        self.jobs.start(JobKind::CompareTexts, move |worker| {
            let incoming = read(&source, env.reader(), worker.progress());
            let compared =
                incoming.and_then(|incoming| compare_texts(&document, incoming, &me, now, worker.progress()));
            Box::new(move |session: &mut Session| match compared {
                Err(Unfinished::Stopped) => session.notify(words::comparison_stopped()),
                Err(Unfinished::Failed(why)) => session.notify_error(words::update_failed(&why)),
                Ok(None) => session.notify(words::same_text()),
                Ok(Some(update)) => session.staging.stage_update(update),
            })
        });
    }

    /// Applies the compared text and the places that the user has chosen for passages, as one step.
    pub(crate) fn apply_update(&mut self, decided: BTreeMap<u32, Ranges>) {
        let Some(update) = self.staging.take_update() else { return };
        let id = update.document.id().clone();
        let Some(document) = self.project.document(&id).cloned() else {
            return self.notify(words::document_gone());
        };
        if document.revision != update.of_revision {
            return self.notify_error(words::changed_since_compared());
        }
        let mut edits = vec![Edit::ReplaceText { to: update.document.clone() }];
        let layer = update.document.layer(&self.me).cloned().unwrap_or_default();
        edits.extend(self.placements(&id, &layer, decided).0);
        let label = steps::update_text(&document.meta.title);
        let done = self.edit_then(label, Edit::Batch(edits), |session| {
            for pane in session.view.panes_mut().filter(|pane| pane.state.document.as_ref() == Some(&id)) {
                pane.state.text_selection = crate::TextSelection::default();
                pane.show(TextRange::default(), false);
            }
        });
        if done {
            self.notify(words::text_updated(self.pending_count(&id)));
        }
    }

    /// Discards the text that was compared.
    pub(crate) fn drop_update(&mut self) {
        self.staging.drop_update();
    }

    /// Drops what points into the old texts of documents. Caret and selection are left to the code that changed the text,
    /// unless they are outside the new one.
    pub(crate) fn texts_changed(&mut self, touched: &[Touch]) {
        let mut ids: Vec<&DocumentId> = touched
            .iter()
            .filter_map(|touch| if let Touch::Text(text) = touch { Some(&text.document) } else { None })
            .collect();
        ids.dedup();
        for id in ids {
            self.reading.forget_place(id);
            self.places.forget(id);
            self.fit_selections(id);
            if self.view.document() == Some(id) && self.find.query().is_some() {
                self.find.document_changed();
                self.refresh_find();
            }
        }
    }

    /// Deselects words outside the text of a document, in every pane that shows it.
    fn fit_selections(&mut self, id: &DocumentId) {
        let text = self.project.document(id).and_then(|document| document.text.as_ref());
        for pane in self.view.panes_mut().filter(|pane| pane.state.document.as_ref() == Some(id)) {
            if !text.is_some_and(|text| text.holds(pane.state.text_selection.range())) {
                pane.state.text_selection = crate::TextSelection::default();
            }
        }
    }
}

fn read(
    source: &NewTextSource,
    reader: &Reader,
    progress: &dyn Progress,
) -> Result<IncomingText, Unfinished<SessionError>> {
    match source {
        NewTextSource::File(path) => read_new_text(path, reader, progress),
        NewTextSource::Pasted(text) => {
            let (text, origin) = pasted_text(text).ok_or(SessionError::NothingToPaste)?;
            Ok(IncomingText { text: Arc::new(text), anchors: Anchors::default(), origin })
        }
    }
}

/// Reads a file that holds a new text, of any format of documents.
///
/// # Errors
/// It can't be read, holds no text or several documents, or the reading was stopped.
pub fn read_new_text(
    path: &Path,
    reader: &Reader,
    progress: &dyn Progress,
) -> Result<IncomingText, Unfinished<SessionError>> {
    let read: Result<Vec<_>, Problem> = reader.read_all(&[path.to_owned()], progress)?.into_iter().collect();
    let mut read = read.map_err(SessionError::from)?.concat();
    let documents = read.len();
    match (read.pop(), documents) {
        (Some(file), 1) => Ok(IncomingText {
            text: Arc::new(Text::new(file.document.text)),
            anchors: Anchors::new(file.document.anchors),
            origin: file.origin,
        }),
        _ => Err(SessionError::NotOneDocument { documents, path: path.to_owned() }.into()),
    }
}
