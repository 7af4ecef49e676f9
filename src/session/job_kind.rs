//! Kinds of slow work.

/// The work of a job.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum JobKind {
    /// Reads a document that is to be shown.
    OpenDocument,
    /// Reads documents that have layers.
    ReadLayers,
    /// Reads all documents.
    ReadDocuments,
    /// Reads files that others have changed.
    ReadChanges,
    /// Writes changed files.
    Save,
    /// Writes where the user is in the project.
    KeepPlace,
    /// Draws a page of an original.
    DrawPage,
    /// Finds the places of the words on the pages of an original.
    PlaceWords,
    /// Finds words.
    Search,
    /// Sorts the passages table.
    SortPassages,
    /// Finds the passages that pass the filter.
    FilterPassages,
    /// Counts the passages that pass a filter that is being typed.
    CountFilter,
    /// Counts the values of a column of the passages table.
    CountValues,
    /// Fills the review queue.
    FillQueue,
    /// Compares what annotators have tagged.
    CompareAnnotators,
    /// Counts the differences that a rule settles.
    CountDifferences,
    /// Computes figures of agreement.
    MeasureAgreement,
    /// Counts what coders have done.
    CountProgress,
    /// Computes the agreement of each pair of coders.
    MeasurePairs,
    /// Computes the agreement in each round, and of each coder with themselves.
    MeasureRounds,
    /// Computes a view of the Analyse screen.
    Analyse,
    /// Finds the passages behind a figure of agreement.
    FindPassages,
    /// Compares a new text with a document's.
    CompareTexts,
    /// Compares a text with an earlier version, to show them side by side.
    CompareVersions,
    /// Reads files to be looked at before they are imported.
    ReadFiles,
    /// Imports documents or labelled files.
    Import,
    /// Exports passages or the codebook.
    Export,
    /// Reads the steps that can be undone since an earlier session.
    ReadUndoLog,
    /// Reads the history.
    ReadHistory,
    /// Exports the history.
    ExportHistory,
    /// Reads another copy of the project.
    ReadOtherProject,
    /// Finds the passages that were changed late.
    FindLaterChanges,
    /// Lists the frozen rounds.
    ListRounds,
    /// Freezes a round.
    FreezeRound,
    /// Writes a packet.
    WritePacket,
    /// Copies the project to another folder.
    SaveAs,
}
