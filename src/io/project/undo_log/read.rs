//! The reader of the undo log.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use ron::value::RawValue;
use serde::Deserialize;

use super::super::codebook::{read_attribute, read_category, read_link_kind};
use super::super::document_record::read_document as read_meta;
use super::super::folder::{FileKey, Folder};
use super::super::format::{FileKind, Format};
use super::super::layer::WireStatus;
use super::super::layer_record::{read_claim, read_link};
use super::super::person_record::read_annotator;
use super::super::raw::{Fault, Raw};
use super::super::relations::WireRelations;
use super::super::review::{read_decision, read_return};
use super::super::wire::{read_time, read_uuid};
use super::detached::{WireDetached, read_detached};
use super::document::{WireDocumentCopy, read_document};
use super::notes::{WireNotesEntry, read_notes_edit};
use super::{LoggedStep, Place, UndoLog, touched};
use demarche_model::{
    AnnotatorId, AttributeId, CategoryId, DocumentId, DocumentSetId, Edit, LayerId, LinkId, LinkKindId,
    SpanId, SpanRef,
};

#[derive(Deserialize)]
#[serde(rename = "head", deny_unknown_fields)]
struct WireHead {
    format: u32,
}

#[derive(Deserialize)]
#[serde(rename = "file", deny_unknown_fields)]
struct WireFile<'a> {
    #[serde(borrow)]
    file: Cow<'a, str>,
    sha256: String,
}

#[derive(Deserialize)]
#[serde(rename = "step", deny_unknown_fields)]
struct WireStep<'a> {
    undo: Option<String>,
    redo: Option<String>,
    before: WirePlace,
    after: WirePlace,
    #[serde(borrow)]
    edit: WireEdit<'a>,
}

#[derive(Deserialize)]
#[serde(rename = "place", deny_unknown_fields)]
struct WirePlace {
    document: Option<String>,
    #[serde(default)]
    selection: (usize, usize),
    layer: Option<WireLayer>,
    span: Option<String>,
}

/// A document and the owner of a layer in it.
#[derive(Deserialize)]
struct WireLayer(String, String);

/// A new value from the file, read by the reader of its kind.
type New<'a> = Option<&'a RawValue>;

#[derive(Deserialize)]
#[serde(rename = "edit", deny_unknown_fields)]
enum WireEdit<'a> {
    SetSpan {
        layer: WireLayer,
        id: String,
        #[serde(borrow, default)]
        to: New<'a>,
    },
    SetLink {
        layer: WireLayer,
        id: String,
        #[serde(borrow, default)]
        to: New<'a>,
    },
    SetStatus {
        layer: WireLayer,
        to: WireStatus,
    },
    SetUnblinded {
        layer: WireLayer,
        to: Option<String>,
    },
    SetDetached {
        layer: WireLayer,
        key: String,
        #[serde(borrow, default)]
        to: Option<WireDetached<'a>>,
    },
    SetDecision {
        document: String,
        reviewer: String,
        span: String,
        #[serde(borrow, default)]
        to: New<'a>,
    },
    SetReturn {
        document: String,
        reviewer: String,
        annotator: String,
        #[serde(borrow, default)]
        to: New<'a>,
    },
    SetCategory {
        id: String,
        at: Option<usize>,
        #[serde(borrow, default)]
        to: New<'a>,
    },
    SetAttribute {
        id: String,
        at: Option<usize>,
        #[serde(borrow, default)]
        to: New<'a>,
    },
    SetLinkKind {
        id: String,
        at: Option<usize>,
        #[serde(borrow, default)]
        to: New<'a>,
    },
    SetAnnotator {
        id: String,
        at: Option<usize>,
        #[serde(borrow, default)]
        to: New<'a>,
    },
    SetAlias {
        from: String,
        to: Option<String>,
    },
    Recode {
        layer: WireLayer,
        spans: Vec<String>,
        from: String,
        to: String,
    },
    SetMeta {
        document: String,
        #[serde(borrow)]
        to: &'a RawValue,
    },
    InsertDocument {
        at: usize,
        #[serde(borrow)]
        to: WireDocumentCopy<'a>,
    },
    ReplaceText {
        #[serde(borrow)]
        to: WireDocumentCopy<'a>,
    },
    RemoveDocument {
        document: String,
    },
    MoveDocuments {
        to: Vec<(usize, String)>,
    },
    SetDocumentSet {
        id: String,
        to: Option<String>,
    },
    SetMembers {
        set: String,
        documents: Vec<String>,
        are_in: bool,
    },
    SetName {
        to: String,
    },
    SetBlind {
        to: bool,
    },
    SetActors {
        to: Vec<String>,
    },
    SetIssues {
        to: Vec<String>,
    },
    SetRelations {
        to: WireRelations,
    },
    SetNotesEntry {
        owner: String,
        #[serde(borrow)]
        to: WireNotesEntry<'a>,
    },
    Batch(#[serde(borrow)] Vec<WireEdit<'a>>),
}

/// Reads a log. Steps that would change a file that has changed since are left out, and with them all older ones.
///
/// # Errors
/// The format is unknown or a line can't be read.
pub(super) fn read(folder: &Folder, text: &str) -> Result<UndoLog, Fault> {
    let mut lines = (1..).zip(text.lines()).map(|(line, text)| Raw { text, line }).peekable();
    let head = lines.next().ok_or_else(|| Fault::at(1, "not an undo log"))?;
    if !FileKind::UndoLog.can_read(Format(head.parse::<WireHead>()?.format)) {
        return Err(head.fault("not an undo log"));
    }
    let mut sums = HashMap::new();
    while let Some(raw) = lines.next_if(|raw| raw.text.starts_with("(file:")) {
        let wire: WireFile<'_> = raw.parse()?;
        sums.insert(wire.file.into_owned(), wire.sha256);
    }
    let mut same = SameFiles { folder, sums, known: HashMap::new() };
    let mut log = UndoLog::default();
    let mut cut = [false; 2];
    for raw in lines {
        let wire: WireStep<'_> = raw.parse()?;
        let (label, kept, cut) = match (wire.undo, wire.redo) {
            (Some(label), None) => (label, &mut log.done, &mut cut[0]),
            (None, Some(label)) => (label, &mut log.undone, &mut cut[1]),
            _ => return Err(raw.fault("not an undo log")),
        };
        let edit = read_edit(raw, wire.edit)?;
        *cut = *cut || !same.all(&touched::files(&edit));
        if !*cut {
            kept.push(LoggedStep {
                label,
                edit,
                before: read_place(raw, wire.before)?,
                after: read_place(raw, wire.after)?,
            });
        }
    }
    // The newest steps are written first.
    log.done.reverse();
    log.undone.reverse();
    Ok(log)
}

/// The comparison of files with their checksums in the log.
struct SameFiles<'a> {
    folder: &'a Folder,
    sums: HashMap<String, String>,
    known: HashMap<FileKey, bool>,
}

impl SameFiles<'_> {
    fn all(&mut self, keys: &BTreeSet<FileKey>) -> bool {
        keys.iter().all(|key| match self.known.get(key) {
            Some(is_same) => *is_same,
            None => {
                let is_same = self.is_same(key);
                self.known.insert(key.clone(), is_same);
                is_same
            }
        })
    }

    fn is_same(&self, key: &FileKey) -> bool {
        let file = key.relative().to_string_lossy().replace('\\', "/");
        let logged = self.sums.get(&file);
        logged.is_some() && touched::checksum(self.folder, key).as_ref() == logged
    }
}

fn read_place(raw: Raw<'_>, wire: WirePlace) -> Result<Place, Fault> {
    let span = wire.span.map(|id| read_uuid(raw, &id).map(SpanId)).transpose()?;
    Ok(Place {
        document: wire.document.map(DocumentId::new),
        anchor: wire.selection.0,
        head: wire.selection.1,
        current: wire.layer.zip(span).map(|(layer, span)| SpanRef { layer: layer.into(), span }),
    })
}

impl From<WireLayer> for LayerId {
    fn from(WireLayer(document, owner): WireLayer) -> Self {
        Self::new(&DocumentId::new(document), &AnnotatorId::new(owner))
    }
}

fn read_edit(raw: Raw<'_>, wire: WireEdit<'_>) -> Result<Edit, Fault> {
    let span_id = |id: &str| read_uuid(raw, id).map(SpanId);
    let link_id = |id: &str| read_uuid(raw, id).map(LinkId);
    let span = |raw: Raw<'_>| Ok(read_claim(raw, 1)?.0.span);
    Ok(match wire {
        WireEdit::SetSpan { layer, id, to } => {
            Edit::SetSpan { layer: layer.into(), id: span_id(&id)?, to: shared(raw, to, span)? }
        }
        WireEdit::SetLink { layer, id, to } => {
            Edit::SetLink { layer: layer.into(), id: link_id(&id)?, to: shared(raw, to, read_link)? }
        }
        WireEdit::SetStatus { layer, to } => Edit::SetStatus { layer: layer.into(), to: to.into() },
        WireEdit::SetUnblinded { layer, to } => unblinded(raw, layer, to)?,
        WireEdit::SetDetached { layer, key, to } => detached(raw, layer, &key, to)?,
        WireEdit::SetDecision { document, reviewer, span, to } => {
            decided(raw, DocumentId::new(document), AnnotatorId::new(reviewer), span_id(&span)?, to)?
        }
        WireEdit::SetReturn { document, reviewer, annotator, to } => {
            returned(raw, DocumentId::new(document), [reviewer, annotator], to)?
        }
        WireEdit::Recode { layer, spans, from, to } => {
            let spans = spans.iter().map(|id| span_id(id)).collect::<Result<_, _>>()?;
            Edit::Recode { layer: layer.into(), spans, from: CategoryId::new(from), to: CategoryId::new(to) }
        }
        WireEdit::SetCategory { id, at, to } => {
            Edit::SetCategory { id: CategoryId::new(id), to: at.zip(shared(raw, to, read_category)?) }
        }
        WireEdit::SetAttribute { id, at, to } => {
            Edit::SetAttribute { id: AttributeId::new(id), to: at.zip(shared(raw, to, read_attribute)?) }
        }
        WireEdit::SetLinkKind { id, at, to } => {
            Edit::SetLinkKind { id: LinkKindId::new(id), to: at.zip(shared(raw, to, read_link_kind)?) }
        }
        WireEdit::SetAnnotator { id, at, to } => {
            let person = to.map(|to| read_annotator(raw.inside(to))).transpose()?;
            Edit::SetAnnotator { id: AnnotatorId::new(id), to: at.zip(person) }
        }
        WireEdit::SetAlias { from, to } => {
            Edit::SetAlias { from: CategoryId::new(from), to: to.map(CategoryId::new) }
        }
        WireEdit::SetMeta { document, to } => {
            Edit::SetMeta { document: DocumentId::new(document), to: Box::new(read_meta(raw.inside(to))?) }
        }
        WireEdit::InsertDocument { at, to } => {
            Edit::InsertDocument { at, document: Arc::new(read_document(raw, to)?) }
        }
        WireEdit::ReplaceText { to } => Edit::ReplaceText { to: Arc::new(read_document(raw, to)?) },
        WireEdit::RemoveDocument { document } => Edit::RemoveDocument { document: DocumentId::new(document) },
        WireEdit::MoveDocuments { to } => moves(to),
        WireEdit::SetDocumentSet { id, to } => Edit::SetDocumentSet { id: DocumentSetId::new(id), to },
        WireEdit::SetMembers { set, documents, are_in } => members(&set, documents, are_in),
        WireEdit::SetName { to } => Edit::SetName { to },
        WireEdit::SetBlind { to } => Edit::SetBlind { to },
        WireEdit::SetActors { to } => Edit::SetActors { to },
        WireEdit::SetIssues { to } => Edit::SetIssues { to },
        WireEdit::SetRelations { to } => Edit::SetRelations { to: Arc::new(to.into()) },
        WireEdit::SetNotesEntry { owner, to } => read_notes_edit(raw, &owner, to)?,
        WireEdit::Batch(edits) => Edit::Batch(read_edits(raw, edits)?),
    })
}

fn unblinded(raw: Raw<'_>, layer: WireLayer, to: Option<String>) -> Result<Edit, Fault> {
    let to = to.map(|time| read_time(raw, &time)).transpose()?;
    Ok(Edit::SetUnblinded { layer: layer.into(), to })
}

fn detached(raw: Raw<'_>, layer: WireLayer, key: &str, to: Option<WireDetached<'_>>) -> Result<Edit, Fault> {
    let to = to.map(|to| read_detached(raw, to)).transpose()?.map(Arc::new);
    Ok(Edit::SetDetached { layer: layer.into(), key: read_key(raw, key)?, to })
}

fn decided(
    raw: Raw<'_>,
    document: DocumentId,
    reviewer: AnnotatorId,
    span: SpanId,
    to: New<'_>,
) -> Result<Edit, Fault> {
    Ok(Edit::SetDecision { document, reviewer, span, to: shared(raw, to, read_decision)? })
}

fn returned(raw: Raw<'_>, document: DocumentId, people: [String; 2], to: New<'_>) -> Result<Edit, Fault> {
    let [reviewer, annotator] = people.map(AnnotatorId::new);
    let to = shared(raw, to, |raw| Ok(read_return(raw)?.1))?;
    Ok(Edit::SetReturn { document, reviewer, annotator, to })
}

fn moves(to: Vec<(usize, String)>) -> Edit {
    Edit::MoveDocuments { to: to.into_iter().map(|(at, id)| (at, DocumentId::new(id))).collect() }
}

fn members(set: &str, documents: Vec<String>, are_in: bool) -> Edit {
    let documents = documents.into_iter().map(DocumentId::new).collect();
    Edit::SetMembers { set: DocumentSetId::new(set), documents, are_in }
}

fn read_key(raw: Raw<'_>, key: &str) -> Result<u32, Fault> {
    key.parse().map_err(|_| raw.fault("the key of a record is a number"))
}

fn read_edits(raw: Raw<'_>, wire: Vec<WireEdit<'_>>) -> Result<Vec<Edit>, Fault> {
    wire.into_iter().map(|edit| read_edit(raw, edit)).collect()
}

/// Reads a new value, if there is one.
fn shared<T>(
    raw: Raw<'_>,
    to: New<'_>,
    read: impl Fn(Raw<'_>) -> Result<T, Fault>,
) -> Result<Option<Arc<T>>, Fault> {
    to.map(|to| read(raw.inside(to))).transpose().map(|to| to.map(Arc::new))
}
