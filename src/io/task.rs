//! Operations on files that the system may refuse.

use thiserror::Error;

/// An operation on a file or folder; its text is the failure.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum FileTask {
    /// Keeps a copy of an imported file.
    #[error("can't keep a copy of the file")]
    KeepCopy,
    /// Lists a folder.
    #[error("can't list the folder")]
    ListFolder,
    /// Takes the lock of a person in a project.
    #[error("can't lock the project, so it can only be read")]
    Lock,
    /// Locks `project.ron` while it is written.
    #[error("can't lock project.ron")]
    LockProjectFile,
    /// Creates a folder.
    #[error("can't create the folder")]
    MakeFolder,
    /// Packs a packet.
    #[error("can't create the packet")]
    MakePacket,
    /// Builds a workbook.
    #[error("can't create the workbook")]
    MakeWorkbook,
    /// Moves a removed file to the trash of the project.
    #[error("can't move the file to .demarche/trash")]
    MoveToTrash,
    /// Reads a codebook.
    #[error("can't read the codebook")]
    ReadCodebook,
    /// Reads an export to compare it with the project.
    #[error("can't read the export back")]
    ReadExport,
    /// Reads any other file.
    #[error("can't read the file")]
    ReadFile,
    /// Reads a journal of unsaved steps.
    #[error("can't read the journal of unsaved changes")]
    ReadJournal,
    /// Reads a packet.
    #[error("can't read the packet")]
    ReadPacket,
    /// Reads `project.ron`.
    #[error("can't read the project")]
    ReadProject,
    /// Reads an exported workbook.
    #[error("can't read the workbook")]
    ReadWorkbook,
    /// Removes a file.
    #[error("can't remove the file")]
    RemoveFile,
    /// Saves a file of a project.
    #[error("can't save the file")]
    SaveFile,
    /// Makes a change of a folder durable.
    #[error("can't save the folder")]
    SaveFolder,
    /// Unpacks a packet.
    #[error("can't unpack the packet")]
    UnpackPacket,
    /// Renames a damaged file to keep it.
    #[error("can't set the file aside")]
    SetAside,
    /// Writes a codebook.
    #[error("can't write the codebook")]
    WriteCodebook,
    /// Writes an export.
    #[error("can't write the export")]
    WriteExport,
    /// Writes any other file.
    #[error("can't write the file")]
    WriteFile,
    /// Writes an audit log.
    #[error("can't write the history")]
    WriteHistory,
    /// Writes a journal of unsaved steps.
    #[error("can't write the journal of unsaved changes")]
    WriteJournal,
    /// Writes a packet.
    #[error("can't write the packet")]
    WritePacket,
    /// Writes a table.
    #[error("can't write the table")]
    WriteTable,
}
