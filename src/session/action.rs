//! What panels ask of the session. Panels see the session read-only and push actions; the application carries them out
//! after the frame.

use crate::ask::Ask;
use crate::view::{Selection, Shown};
use std::collections::BTreeMap;
use std::path::PathBuf;

use demarche_analysis::merge_project::ConflictLocation;
use demarche_analysis::search::Query;
use demarche_model::merge::Side;
use demarche_model::{
    AnnotatorId, AttributeId, CategoryId, DocumentId, DocumentMeta, LayerId, LinkId, LinkKindId, Ranges,
    SpanRef, Status, TextRange, Value,
};

use super::{
    AgreementWish, Arrangement, CodebookChange, CompareAction, ExportRequest, Key, NewText, PassageFilter,
    PreviewWish, ReviewAction, Scope,
};

/// A wish of a panel.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// Runs the command with this id; see `session::commands`.
    Run(&'static str),
    /// Shows a document.
    OpenDocument(DocumentId),
    /// Moves caret and selection in the document that is shown.
    Select(Selection),
    /// Picks a span of the document that is shown, or none.
    Pick(Option<SpanRef>),
    /// Shows a span: opens its document, brings it into view, picks it.
    GoTo(SpanRef),
    /// Shows a stretch of a document and selects it.
    GoToRange(DocumentId, TextRange),
    /// Shows a place of the document that is shown, in bytes, with the caret there.
    GoToPlace(usize),
    /// Tags the selection; with nothing selected and a span picked, retags that span.
    Tag(CategoryId),
    /// Tags the words of the picked span a second time.
    TagAlso(CategoryId),
    /// Tags every place where these words stand.
    TagEvery { query: Query, scope: Scope, category: CategoryId },
    /// Moves the bounds of the range number `index` of a span.
    SetBounds { at: SpanRef, index: usize, to: TextRange },
    /// Picks several spans, so that they are changed together; the first is the one that is shown.
    Choose(Vec<SpanRef>),
    /// Adds a span to those that are changed together, or takes it out of them.
    ChooseAlso(SpanRef),
    /// Retags spans, as one step.
    SetCategory { at: Vec<SpanRef>, category: CategoryId },
    /// Writes a span's note.
    SetNote { at: SpanRef, note: String },
    /// Sets or clears an attribute of spans, as one step.
    SetAttribute { at: Vec<SpanRef>, attribute: AttributeId, to: Option<Value> },
    /// Removes spans with their links, as one step.
    Remove(Vec<SpanRef>),
    /// Marks a span from which a link is to be made.
    StartLink(SpanRef),
    /// Links the marked span with this one; with no kind said, the user is asked for it.
    LinkTo { to: SpanRef, kind: Option<LinkKindId> },
    /// Links two spans as drawn with the pointer; the user is asked for the kind.
    DrawLink { from: SpanRef, to: SpanRef },
    /// Lets go of the marked span.
    EndLinking,
    /// Links two spans.
    Link { from: SpanRef, to: SpanRef, kind: LinkKindId },
    /// Removes a link.
    Unlink { layer: LayerId, id: LinkId },
    /// Places a record that could not be placed: where its words stand, or with a new id, or by adding its category.
    Repair { document: DocumentId, key: u32 },
    /// Removes a record that could not be placed.
    Discard { document: DocumentId, key: u32 },
    /// Says how far the annotator is with a document.
    SetStatus(DocumentId, Status),
    /// Changes title, date or source of a document.
    SetMeta(Box<DocumentMeta>),
    /// Reads the history of the project from disk.
    ReadHistory,
    /// Writes the history as CSV: all of it, or what one person did, or what concerns one document.
    ExportHistory { path: PathBuf, who: Option<AnnotatorId>, document: Option<DocumentId> },
    /// Merges a layer of mine with what somebody else has made of its file.
    MergeElsewhere(LayerId),
    /// Merges a copy that a synchronising program has put beside a file; relative to the project's folder.
    MergeCopy(PathBuf),
    /// Reads another copy of the project, a folder or a packet, to be merged.
    StartMerge(PathBuf),
    /// Decides a conflict of the merge.
    DecideMerge(ConflictLocation, Side),
    /// Carries the merge out.
    FinishMerge,
    /// Gives the merge up.
    EndMerge,
    /// Writes a packet for a person.
    WritePacket {
        /// Their name.
        name: String,
        /// What they are to read.
        documents: Vec<DocumentId>,
        /// The file.
        path: PathBuf,
    },
    /// Takes a document out of the project.
    RemoveDocument(DocumentId),
    /// Reads a new text for a document and compares it with the one it has.
    CompareText(DocumentId, NewText),
    /// Puts the text that was compared in place, and passages of the user, by the keys of their records, where they were
    /// decided to be.
    UpdateText(BTreeMap<u32, Ranges>),
    /// Lets go of the text that was compared.
    DropUpdate,
    /// Places passages of the user that wait for it since the text has changed, by the keys of their records.
    PlaceWaiting { document: DocumentId, places: BTreeMap<u32, Ranges> },
    /// Changes the codebook.
    Codebook(CodebookChange),
    /// Renames the project.
    SetName(String),
    /// Chooses whose layers are shown.
    Show(Shown),
    /// Chooses who works here.
    BeAnnotator { name: String },
    /// Reviews, or answers a review.
    Review(ReviewAction),
    /// Something about how annotators differ.
    Compare(CompareAction),
    /// Chooses what the passages table shows.
    Filter(PassageFilter),
    /// Chooses in what order it shows it.
    Arrange(Arrangement),
    /// Closes or opens a group of the passages table; all of them for `None`.
    CloseGroup { group: Option<Key>, closed: bool },
    /// Compares annotators, or shows the passages behind a figure.
    Agreement(AgreementWish),
    /// Searches in the document that is shown.
    Find(Query),
    /// Searches in all documents.
    FindEverywhere(Query),
    /// Ends the search.
    EndFind,
    /// Does something with the files that are looked at before they come in.
    Preview(PreviewWish),
    /// Imports files or folders at once, as they are read.
    Import(Vec<PathBuf>),
    /// Imports a text from the clipboard at once.
    ImportText(String),
    /// Exports.
    Export(ExportRequest),
    /// Writes the codebook.
    ExportCodebook {
        /// Name of the format, such as `csv`.
        format: &'static str,
        /// The file to write; of a format of several files the folder.
        path: PathBuf,
    },
    /// Takes a notice away.
    DismissNotice(u64),
    /// Takes the report of an import or export away.
    DismissReport,
    /// Cancels the job that has run longest.
    CancelJobs,
    /// Asks the window for something.
    Ask(Ask),
}
