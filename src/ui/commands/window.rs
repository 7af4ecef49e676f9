//! What only the window can do. Nested by subject; each subject is carried out by the application in a file of its own.

use demarche_io::settings::{RightTab, ThemeChoice};

/// Something that only the window can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WindowCommand {
    /// Opens projects, or ends the program.
    Program(ProgramCommand),
    /// Brings files or texts into the project.
    Intake(IntakeCommand),
    /// Opens a dialog.
    Dialog(DialogCommand),
    /// Gives a part of the window the keyboard.
    Focus(FocusCommand),
    /// Puts something into the clipboard.
    Copy(CopyCommand),
    /// Changes what is remembered of the program.
    Set(SettingCommand),
    /// Shows or hides a panel.
    Toggle(Panel),
    /// Shows a tab of the right panel.
    ShowTab(RightTab),
}

/// What can be done with no project open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProgramCommand {
    /// Asks where to create a project, and with which codebook.
    New,
    /// Asks which project to open.
    Open,
    /// Asks which packet to open.
    OpenPacket,
    /// Opens the sample project.
    OpenSample,
    /// Ends the program.
    Quit,
}

/// Where something comes from that is brought into the project.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IntakeCommand {
    /// Asks which files to import.
    Import,
    /// Imports the text in the clipboard.
    Paste,
    /// Asks which other copy of the project to merge.
    Merge,
}

/// A dialog that the user can ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DialogCommand {
    /// What to export and where.
    Export,
    /// What to export and where; the rows of the table are offered.
    ExportTable,
    /// A command, category or document by name.
    Palette,
    /// A page of the document by its number.
    GoToPage,
    /// What to tag every occurrence as.
    Occurrences,
    /// What to change of the picked passage of another annotator.
    Propose,
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
    /// Another text for the document.
    UpdateText,
    /// The passages that wait for the user since the text has changed.
    WaitingPassages,
    /// The texts that the document had before.
    EarlierText,
    /// Name of the project, and who works here.
    ProjectDetails,
    /// The people of the project.
    People,
    /// Who changed what, and when.
    History,
    /// What is wrong in the project's files.
    Problems,
    /// For whom a packet is.
    SendPacket,
    /// A packet with one's own passages.
    SendBack,
    /// All shortcuts.
    Shortcuts,
    /// What this program is.
    About,
}

/// A part of the window that is shown and given the keyboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FocusCommand {
    /// The text.
    Text,
    /// The next field or button.
    Next,
    /// The passages table.
    Passages,
    /// The bar for finding words in the document.
    Find,
    /// The bar for finding words in all documents.
    FindEverywhere,
    /// The contents of the document.
    Contents,
    /// The attributes of the picked span.
    Attributes,
    /// The note of the picked span.
    Note,
    /// The queue of the review.
    ReviewQueue,
    /// A remark about the picked span.
    Comment,
}

/// What is put into the clipboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CopyCommand {
    /// The selected words, or the picked span's.
    Words,
    /// These words with their citation.
    Citation,
    /// The chosen passages with their citations, or all that the table shows.
    Passages,
    /// The figures of agreement, as tables.
    Agreement,
    /// The figures of agreement, as CSV.
    AgreementCsv,
}

/// A change of what is remembered of the program.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SettingCommand {
    /// Larger or smaller text.
    TextSize(TextSize),
    /// Light or dark.
    Theme(ThemeChoice),
    /// Whether selections snap to words.
    ToggleSnap,
    /// Whether files are looked at before they come in.
    TogglePreview,
    /// Look at files before they come in, or do not.
    PreviewImports(bool),
    /// Keep copies of the files that are imported, or do not.
    KeepOriginals(bool),
}

/// How the size of the text changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextSize {
    /// One point more.
    Larger,
    /// One point less.
    Smaller,
    /// As at the start.
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
