//! Operations that the system has refused.

use crate::FileTask;

pub(crate) fn failed(task: FileTask) -> &'static str {
    match task {
        FileTask::KeepCopy => "can't keep a copy of the file",
        FileTask::ListFolder => "can't list the folder",
        FileTask::Lock => "can't lock the project, so it can only be read",
        FileTask::LockProjectFile => "can't lock project.ron",
        FileTask::MakeFolder => "can't create the folder",
        FileTask::MakePacket => "can't create the packet",
        FileTask::MakeWorkbook => "can't create the workbook",
        FileTask::MoveToTrash => "can't move the file to .demarche/trash",
        FileTask::ReadCodebook => "can't read the codebook",
        FileTask::ReadExport => "can't read the export back",
        FileTask::ReadFile => "can't read the file",
        FileTask::ReadPacket => "can't read the packet",
        FileTask::ReadProject => "can't read the project",
        FileTask::ReadWorkbook => "can't read the workbook",
        FileTask::RemoveFile => "can't remove the file",
        FileTask::SaveFile => "can't save the file",
        FileTask::SaveFolder => "can't save the folder",
        FileTask::UnpackPacket => "can't unpack the packet",
        FileTask::WriteCodebook => "can't write the codebook",
        FileTask::WriteExport => "can't write the export",
        FileTask::WriteFile => "can't write the file",
        FileTask::WriteHistory => "can't write the history",
        FileTask::WritePacket => "can't write the packet",
        FileTask::WriteSample => "can't write the sample project",
        FileTask::WriteTable => "can't write the table",
        FileTask::WriteText => "can't write the text",
    }
}
