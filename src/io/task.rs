//! Operations on files that the system may refuse.

use std::fmt;

use crate::words;

/// An operation on a file or folder, as errors name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileTask {
    /// Keeps a copy of an imported file.
    KeepCopy,
    /// Lists a folder.
    ListFolder,
    /// Takes the lock of a person in a project.
    Lock,
    /// Locks `project.ron` while it is written.
    LockProjectFile,
    /// Creates a folder.
    MakeFolder,
    /// Packs a packet.
    MakePacket,
    /// Builds a workbook.
    MakeWorkbook,
    /// Moves a removed file to the trash of the project.
    MoveToTrash,
    /// Reads a codebook.
    ReadCodebook,
    /// Reads an export to compare it with the project.
    ReadExport,
    /// Reads any other file.
    ReadFile,
    /// Reads a packet.
    ReadPacket,
    /// Reads `project.ron`.
    ReadProject,
    /// Reads an exported workbook.
    ReadWorkbook,
    /// Removes a file.
    RemoveFile,
    /// Saves a file of a project.
    SaveFile,
    /// Makes a change of a folder durable.
    SaveFolder,
    /// Unpacks a packet.
    UnpackPacket,
    /// Writes a codebook.
    WriteCodebook,
    /// Writes an export.
    WriteExport,
    /// Writes any other file.
    WriteFile,
    /// Writes an audit log.
    WriteHistory,
    /// Writes a packet.
    WritePacket,
    /// Writes the sample project.
    WriteSample,
    /// Writes a table.
    WriteTable,
    /// Writes the text of a document.
    WriteText,
}

/// Writes the failure of the operation, such as "can't read the project".
impl fmt::Display for FileTask {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(words::tasks::failed(*self))
    }
}
