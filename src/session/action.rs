//! What panels ask of the session. Panels see the session read-only and push actions; the application carries them out
//! after the frame.

use crate::view::{Selection, Shown};
use std::collections::BTreeMap;
use std::path::PathBuf;

use demarche_analysis::merge_project::Spot;
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
    DecideMerge(Spot, Side),
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

/// What only the window can do, such as asking the user for a file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ask {
    /// Which project to open.
    OpenProject,
    /// Where to make a project, and with which codebook.
    NewProject,
    /// Which files to import.
    Import,
    /// Import what is in the clipboard.
    PasteDocument,
    /// What to export and where.
    Export,
    /// Words to find in the document.
    Find,
    /// Words to find in all documents.
    FindEverywhere,
    /// A command, category or document by name.
    Palette,
    /// A page of the document by its number.
    GoToPage,
    /// Show the contents of the document and give them the keyboard.
    Contents,
    /// What to tag every occurrence as.
    Occurrences,
    /// The note of the picked span.
    Note,
    /// What is said of the picked span: its attributes.
    Attributes,
    /// Who changed what, and when.
    History,
    /// What kind of link to make.
    LinkKind,
    /// The people of the project.
    People,
    /// What to change of the picked passage of somebody else.
    Propose,
    /// A remark about the picked passage.
    Comment,
    /// Give the queue of the review the keyboard.
    FocusReview,
    /// A new category.
    NewCategory,
    /// The codebook, to be changed.
    EditCodebook,
    /// Which categories to make one.
    MergeCategories,
    /// Which category to take apart.
    SplitCategory,
    /// Which codebook to take in.
    ImportCodebook,
    /// How and where to write the codebook.
    ExportCodebook,
    /// Title, date, author and source of the document.
    DocumentDetails,
    /// Name of the project, and who works here.
    ProjectDetails,
    /// All shortcuts.
    Shortcuts,
    /// What this program is.
    About,
    /// Another text for the document.
    UpdateText,
    /// The passages that wait for the user since the text has changed.
    WaitingPassages,
    /// The texts that the document had before.
    EarlierText,
    /// What is wrong in the project's files.
    Problems,
    /// Which packet to open.
    OpenPacket,
    /// Which other copy of the project to merge.
    MergeProject,
    /// What merging it would bring.
    Merge,
    /// For whom a packet is.
    SendPacket,
    /// A packet with one's own passages.
    SendBack,
    /// End the program.
    Quit,
    /// Show or hide a panel.
    Toggle(PanelId),
    /// Larger or smaller text.
    Size(TextSize),
    /// Light or dark.
    Theme(ThemeChoice),
    /// Put the selected words, or the picked span's, into the clipboard.
    Copy,
    /// Put the selected words with their citation into the clipboard.
    CopyCitation,
    /// Put the figures of agreement into the clipboard, as tables.
    CopyAgreement,
    /// Put the figures of agreement into the clipboard, as CSV.
    CopyAgreementCsv,
    /// Put the chosen passages with their citations into the clipboard, or all that the table shows.
    CopyPassages,
    /// What to export and where; the rows of the table are offered.
    ExportPassages,
    /// Give the passages table the keyboard.
    FocusPassages,
    /// Give the next field or button the keyboard.
    FocusNext,
    /// Give the text the keyboard.
    FocusText,
    /// Open the sample project.
    OpenSample,
    /// Whether selections snap to words.
    ToggleSnap,
    /// Whether files are looked at before they come in.
    TogglePreview,
    /// Look at files before they come in, or do not.
    PreviewImports(bool),
    /// Keep copies of the files that are imported, or do not.
    KeepOriginals(bool),
}

/// A panel that can be hidden.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PanelId {
    /// Documents and codebook.
    Left,
    /// Inspector and summary.
    Right,
    /// Passages.
    Bottom,
    /// Inspector, in the right panel.
    Inspector,
    /// Summary, in the right panel.
    Summary,
    /// The queue of passages to decide on, in the right panel.
    Review,
    /// What others have decided on the user's passages, in the right panel.
    Inbox,
}

/// How the size of the text changes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TextSize {
    /// One point more.
    Larger,
    /// One point less.
    Smaller,
    /// As at the start.
    Default,
}

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum ThemeChoice {
    /// As the system; light where it does not tell.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}
