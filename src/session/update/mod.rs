//! Another text for a document that has been tagged already: the two are compared on a worker, the user sees what becomes
//! of every passage, and the change is one step.
//!
//! The layers of others follow in memory alone. Their files go on counting the text that they were made in, until their
//! owner changes something: whoever reads them compares the same texts and comes to the same places.

mod waiting;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::analysis::align::{Alignment, Comparison, Counts};
use crate::io::import;
use crate::io::intake::Reader;
use crate::io::project::{self, FileKey};
use crate::model::{
    Anchors, AnnotatorId, DetachedReason, Document, DocumentId, EarlierText, Edit, Layer, LayerId, Origin,
    OtherText, Project, Ranges, Stamp, Text, TextRange, TextVersion, Touch, Versions,
};

use super::Session;

pub use waiting::{Excerpt, Waiting};

/// Where a new text comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NewText {
    /// A file.
    File(PathBuf),
    /// The clipboard.
    Pasted(String),
}

/// A new text that was read and compared, and has not been put in place yet.
#[derive(Debug)]
pub struct TextUpdate {
    /// The document as it will be.
    document: Arc<Document>,
    /// What it was when the texts were compared.
    of_revision: u64,
    /// What becomes of the passages of each.
    counts: BTreeMap<AnnotatorId, Counts>,
}

impl TextUpdate {
    /// The document as it will be, with all that waits for a decision.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// What becomes of the passages of each annotator who has any.
    pub fn counts(&self) -> &BTreeMap<AnnotatorId, Counts> {
        &self.counts
    }

    /// What becomes of all passages.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.counts.values().for_each(|counts| total += *counts);
        total
    }
}

/// A text as it was read for an update.
#[derive(Clone, PartialEq, Debug)]
pub struct Incoming {
    /// The text.
    pub text: Arc<Text>,
    /// Its pages, headings and times.
    pub anchors: Anchors,
    /// Where it comes from.
    pub origin: Origin,
}

/// Compares a new text with the one that a document has, and carries every layer over. `None` where the two are the same.
///
/// # Errors
/// The document is not in memory.
pub fn compare(
    document: &Document,
    incoming: Incoming,
    by: &AnnotatorId,
    now: Stamp,
) -> Result<Option<TextUpdate>, String> {
    let Some(old) = document.text.clone() else { return Err("the document is not open yet".to_owned()) };
    if old == incoming.text {
        return Ok(None);
    }
    let new = incoming.text;
    let current = document.meta.versions.current.number;
    let mut comparison = Comparison { current, alignments: BTreeMap::new() };
    comparison.alignments.insert(current, Arc::new(Alignment::new(old.clone(), new.clone())));
    for version in waiting_in(document) {
        if let Some(other) = document.other_texts.get(&version) {
            let alignment = Alignment::new(other.text.clone(), new.clone());
            comparison.alignments.entry(version).or_insert_with(|| Arc::new(alignment));
        }
    }
    let mut next = next_version(document, by, now);
    next.meta.characters = new.characters();
    next.meta.origin = incoming.origin;
    next.text = Some(new);
    next.anchors = Arc::new(incoming.anchors);
    let mut counts = BTreeMap::new();
    for (annotator, layer) in &document.layers {
        let (layer, counted) = comparison.carry(layer);
        next.layers.insert(annotator.clone(), Arc::new(layer));
        counts.insert(annotator.clone(), counted);
    }
    Ok(Some(TextUpdate { document: Arc::new(next), of_revision: document.revision, counts }))
}

/// The versions of the text that records still wait in.
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

/// The document with its text among the earlier ones, and a number for the next. No number is given twice that a file
/// bears, also one that `project.ron` does not know.
fn next_version(document: &Document, by: &AnnotatorId, now: Stamp) -> Document {
    let mut next = document.clone();
    let meta = &mut next.meta;
    let known = next.other_texts.keys().copied().max().unwrap_or(0);
    let number = known.max(meta.versions.current.number) + 1;
    let current = TextVersion { number, made: Some((now, by.clone())) };
    let Versions { current: version, mut earlier } = std::mem::take(&mut meta.versions);
    let number = version.number;
    earlier.push(EarlierText { version, origin: meta.origin.clone(), characters: meta.characters });
    meta.versions = Versions { current, earlier };
    if let Some(text) = next.text.take() {
        next.other_texts.insert(number, OtherText { text, anchors: next.anchors.clone() });
    }
    next
}

impl Session {
    /// The new text that was compared and waits for the user to put it in place.
    pub fn text_update(&self) -> Option<&Arc<TextUpdate>> {
        self.text_update.as_ref()
    }

    /// Reads a new text for a document and compares it, on a worker.
    pub(super) fn prepare_update(&mut self, id: &DocumentId, source: NewText) {
        if let Some(why) = self.read_only() {
            return self.notify_error(why);
        }
        let Some(document) = self.project.document(id).filter(|d| d.is_read()).cloned() else {
            return self.notify("Open the document first");
        };
        self.text_update = None;
        let (me, now, env) = (self.me.clone(), self.env.now(), self.env.clone());
        self.jobs.start("comparing texts", move |worker| {
            let goes_on = || !worker.progress().is_cancelled();
            let incoming = read(&source, env.reader(), &goes_on);
            let compared = incoming.and_then(|incoming| compare(&document, incoming, &me, now));
            let cancelled = worker.progress().is_cancelled();
            Box::new(move |session: &mut Session| match compared {
                _ if cancelled => session.notify("Not compared; the text is as it was"),
                Err(why) => session.notify_error(format!("Not updated: {why}.")),
                Ok(None) => session.notify("The new text is the one that is here already"),
                Ok(Some(update)) => session.text_update = Some(Arc::new(update)),
            })
        });
    }

    /// Puts the compared text in place, and the user's passages where they were decided to be, as one step.
    pub(super) fn apply_update(&mut self, decided: BTreeMap<u32, Ranges>) {
        let Some(update) = self.text_update.take() else { return };
        let id = update.document.id().clone();
        let Some(document) = self.project.document(&id).cloned() else {
            return self.notify("The document is gone; its text was not updated");
        };
        if document.revision != update.of_revision {
            return self.notify_error(
                "Not updated: the document has changed since the texts were compared. Update it again.",
            );
        }
        let mut edits = vec![Edit::ReplaceText { to: update.document.clone() }];
        let layer = update.document.layer(&self.me).cloned().unwrap_or_default();
        for (key, ranges) in decided {
            edits.extend(self.place_edits(&id, &layer, key, ranges).unwrap_or_default());
        }
        if self.edit(format!("update the text of “{}”", document.meta.title), Edit::Batch(edits)) {
            if self.place.document.as_ref() == Some(&id) {
                self.place.selection = super::Selection::default();
                self.show_range(TextRange::default());
            }
            self.step_ends_here();
            let open = self.waiting_count(&id);
            self.notify(match open {
                0 => "The text is updated. Ctrl+Z brings the old one back".to_owned(),
                _ => format!("The text is updated; {open} of your passages wait for you"),
            });
        }
    }

    /// Lets go of a text that was compared.
    pub(super) fn drop_update(&mut self) {
        self.text_update = None;
    }

    /// Somebody else has given documents another text: what is not on disk yet of the user's work in them is written, as it
    /// lies in the text that it was made in, and history ends here, since its steps point into that text. Says whether the
    /// new list of documents may be taken over.
    pub(super) fn leave_old_texts(&mut self, head: &Project) -> bool {
        let other = |document: &&Arc<Document>| {
            let next = head.document(document.id());
            document.is_read() && next.is_some_and(|next| next.meta.versions != document.meta.versions)
        };
        let updated: Vec<Arc<Document>> = self.project.documents().iter().filter(other).cloned().collect();
        if updated.is_empty() {
            return true;
        }
        let layers = |document: &Arc<Document>| {
            let id = document.id().clone();
            let keys = document.layers.keys().map(move |who| FileKey::Layer(LayerId::new(&id, who)));
            keys.collect::<Vec<_>>()
        };
        let changed = updated.iter().flat_map(layers).filter(|key| self.saving.is_changed(key)).collect();
        if let Err(error) = project::write(&self.folder, &project::snapshot(&self.project, &changed)) {
            self.notify_error(format!("A text was updated elsewhere, but {error}. Open the project again."));
            return false;
        }
        self.history = super::History::default();
        for document in &updated {
            self.reading.forget_place(document.id());
            if self.place.document.as_ref() == Some(document.id()) {
                self.place.selection = super::Selection::default();
                self.place.picked = None;
            }
            self.notify_error(format!(
                "Somebody has updated the text of “{}”. Your passages follow; steps done before can't be undone any more.",
                document.meta.title
            ));
        }
        true
    }

    /// Documents have another text: what points into the old one goes. Caret and selection are set by whoever changed it.
    pub(super) fn texts_changed(&mut self, touched: &[Touch]) {
        let mut ids: Vec<&DocumentId> = touched
            .iter()
            .filter_map(|touch| if let Touch::Text(text) = touch { Some(&text.document) } else { None })
            .collect();
        ids.dedup();
        for id in ids {
            self.reading.forget_place(id);
            if self.place.document.as_ref() == Some(id) && self.find.query().is_some() {
                self.find.document_changed();
                self.refresh_find();
            }
        }
    }
}

fn read(source: &NewText, reader: &Reader, goes_on: &(dyn Fn() -> bool + Sync)) -> Result<Incoming, String> {
    match source {
        NewText::File(path) => read_file(path, reader, goes_on),
        NewText::Pasted(text) => {
            let id = DocumentId::new("pasted");
            let imported = import::from_text(text, id).ok_or("there is no text in the clipboard")?;
            Ok(Incoming::of(imported))
        }
    }
}

/// Reads a file that holds a new text, of any format of documents.
///
/// # Errors
/// It can't be read, holds no text or several documents, or `goes_on` has said no.
pub fn read_file(
    path: &Path,
    reader: &Reader,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<Incoming, String> {
    let read = reader.read_all(&[path.to_owned()], &|_, _| goes_on());
    let read = read.and_then(|mut results| results.pop()).ok_or("reading was cancelled")?;
    let mut documents = read.map_err(|problem| problem.to_string())?;
    let several = documents.len();
    match (documents.pop(), several) {
        (Some(file), 1) => Ok(Incoming {
            text: Arc::new(Text::new(file.document.text)),
            anchors: Anchors::new(file.document.anchors),
            origin: file.origin,
        }),
        _ => Err(format!("the file holds {several} documents, not one; choose another: {}", path.display())),
    }
}

impl Incoming {
    fn of(imported: import::Imported) -> Self {
        Self { text: imported.text, anchors: Anchors::clone(&imported.anchors), origin: imported.meta.origin }
    }
}
