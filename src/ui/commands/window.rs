//! What only the window can do. Nested by subject; the application carries out each subject in a file of its own.

use demarche_io::settings::{RightTab, ThemeChoice};

/// A command that needs the window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WindowCommand {
    /// Opens projects, or quits.
    Program(ProgramCommand),
    /// Imports files or text, or merges projects.
    Import(ImportCommand),
    /// Opens a dialog.
    Dialog(DialogCommand),
    /// Gives the keyboard to a part of the window.
    Focus(FocusCommand),
    /// Copies something to the clipboard.
    Copy(CopyCommand),
    /// Changes a setting of the program.
    Set(SettingCommand),
    /// Shows or hides a panel.
    Toggle(Panel),
    /// Shows a tab of the right panel.
    ShowTab(RightTab),
    /// Asks for a file, and writes the report of the analysis to it.
    Report,
    /// Write the report of the reliability study to a file.
    AgreementReport,
    /// Asks for a folder, and goes on in a copy of the project there.
    SaveAs,
}

/// A command that needs no project.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProgramCommand {
    /// Asks for the folder and the codebook of a new project.
    New,
    /// Asks for files, then for the project into which they are imported.
    NewFromFiles,
    /// Asks for a project to open.
    Open,
    /// Asks for a packet to open.
    OpenPacket,
    /// Opens the sample project.
    OpenSample,
    /// Closes the project and shows the start page.
    Close,
    /// Shows the manual at the page of the panel that has the keyboard; there, closes it.
    Manual,
    /// Opens the settings page.
    Settings,
    /// Lists all shortcuts.
    Shortcuts,
    /// Shows version and licences.
    About,
    /// Quits.
    Quit,
}

/// A source from which something is imported into the project.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ImportCommand {
    /// Files that the user is asked for.
    Files,
    /// The text on the clipboard.
    Clipboard,
    /// Other copies of the project, which the user is asked for.
    Merge,
    /// The packets in a folder, which the user is asked for.
    MergeFolder,
    /// The folder for a packet for each coder.
    SendToAll,
}

/// A dialog.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DialogCommand {
    /// Exports passages.
    Export,
    /// Exports passages; the rows of the table are offered.
    ExportTable,
    /// Exports the passages of the chosen documents.
    ExportDocuments,
    /// Prints a document, the passages table or the report.
    Print,
    /// Finds a command, category or document by name.
    Palette,
    /// Finds a page of the document by its number.
    GoToPage,
    /// Tags every occurrence of the selected text.
    Occurrences,
    /// Tags every hit of the search in all documents.
    TagHits,
    /// Proposes a change of another annotator's passage.
    Propose,
    /// Adds a category.
    NewCategory,
    /// Edits the codebook.
    EditCodebook,
    /// Merges categories.
    MergeCategories,
    /// Splits a category.
    SplitCategory,
    /// Sets the bargaining roles of categories.
    SetRoles,
    /// Adopts the second edition of the codebook of negotiation.
    AdoptEdition,
    /// Edits the relations between actors and issues.
    Relations,
    /// Imports a codebook.
    ImportCodebook,
    /// Exports the codebook.
    ExportCodebook,
    /// Edits title, date, author and source of the document.
    DocumentDetails,
    /// Updates the text of the document.
    UpdateText,
    /// Lists the bookmarks.
    Bookmarks,
    /// Saves what the Analyse screen is asked.
    SaveView,
    /// Edits events and phases.
    Calendar,
    /// Exports the view of the Analyse screen.
    ExportView,
    /// Reviews the user's passages in doubt.
    PassagesInDoubt,
    /// Shows earlier versions of the text.
    EarlierVersions,
    /// Edits the project's name.
    ProjectDetails,
    /// Asks who the user is.
    Identity,
    /// Edits the people of the project.
    People,
    /// Assigns documents by a design.
    Assign,
    /// Shows who changed what and when.
    History,
    /// Lists the problems in the project's files.
    Problems,
    /// Lists the latest notices.
    Notices,
    /// Returns the open document to a coder.
    ReturnDocument,
    /// Freezes a round.
    FreezeRound,
    /// Settles differences by a rule.
    SettleInBulk,
    /// Writes a packet for a coder.
    SendPacket,
    /// Writes a packet with the user's own passages.
    SendBack,
}

/// A part of the window that is shown and given the keyboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FocusCommand {
    /// The text.
    Text,
    /// The other one of two texts.
    OtherText,
    /// The latest earlier version of the text, next to the current one.
    EarlierBeside,
    /// A second text next to the open one, or this one alone.
    SideBySide,
    /// The menu bar.
    MenuBar,
    /// The next pane.
    NextPane,
    /// The previous pane.
    PreviousPane,
    /// The passages table.
    Passages,
    /// The find bar.
    Find,
    /// The find bar, for all documents.
    FindEverywhere,
    /// The filter of the Analyse screen.
    Filter,
    /// The contents of the document.
    Contents,
    /// The title of the document at the cursor of the list.
    DocumentTitle,
    /// The name of a new set of the chosen documents.
    NewDocumentSet,
    /// The attributes of the current passage.
    Attributes,
    /// The note of the current passage.
    Note,
    /// The review queue.
    ReviewQueue,
    /// The field for a comment on the current passage.
    Comment,
    /// The attribute that some passages do not specify, in the first of them.
    FillIn,
    /// The demands and offers with possible answers.
    PossibleAnswers,
    /// A memo.
    Memo(MemoTarget),
}

/// The memo that is given the keyboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MemoTarget {
    /// The one that the right panel shows.
    Shown,
    /// The one on the open document.
    Document,
    /// The one on the project.
    Project,
    /// The one on the category of the current passage, or on the one used last.
    Category,
}

/// What is copied to the clipboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CopyCommand {
    /// The selected text, or that of the current passage.
    Text,
    /// This text with its citation.
    Citation,
    /// The selected passages with their citations, or all rows of the table.
    Passages,
    /// The agreement figures, as tables.
    Agreement,
    /// The agreement figures, as CSV.
    AgreementCsv,
    /// The table of the view on the Analyse screen.
    ViewTable,
}

/// A change of the program's settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SettingCommand {
    /// The size of the text.
    TextSize(Step),
    /// The scale of the whole interface.
    Zoom(Step),
    /// Light or dark.
    Theme(ThemeChoice),
    /// Whether selections snap to words, toggled.
    ToggleSnap,
    /// Whether moving by sentences selects them, toggled.
    ToggleSelectSentences,
    /// Whether imports show a preview, toggled.
    TogglePreview,
    /// Whether imports show a preview.
    PreviewImports(bool),
    /// The line over the sample project is not shown any more.
    HideSampleBanner,
    /// Whether copies of imported files are kept.
    KeepOriginals(bool),
    /// The name of the format that exports start with.
    ExportFormat(&'static str),
}

/// A change of a size.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// One step more.
    Up,
    /// One step less.
    Down,
    /// As it ships.
    Default,
}

/// A panel that can be hidden.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Panel {
    /// Documents and codebook.
    Left,
    /// Inspector, summary, review, inbox.
    Right,
    /// Passages.
    Bottom,
}
