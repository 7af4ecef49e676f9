//! What only the window can do, such as asking the user for a file.

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
