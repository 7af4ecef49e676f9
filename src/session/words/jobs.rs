//! Work in the background.

use crate::JobKind;

/// A job, as the status bar shows it while it runs.
pub(crate) fn name(kind: JobKind) -> &'static str {
    match kind {
        JobKind::OpenDocument => "opening",
        JobKind::ReadLayers => "reading layers",
        JobKind::ReadDocuments => "reading documents",
        JobKind::ReadChanges => "reading changes of others",
        JobKind::Save => "saving",
        JobKind::KeepPlace => "remembering the view",
        JobKind::DrawPage => "drawing the page",
        JobKind::PlaceWords => "finding the words on the pages",
        JobKind::Search => "searching",
        JobKind::SortPassages => "sorting passages",
        JobKind::FilterPassages => "filtering passages",
        JobKind::FillQueue => "looking for passages",
        JobKind::CompareAnnotators
        | JobKind::MeasureAgreement
        | JobKind::MeasurePairs
        | JobKind::MeasureRounds => "comparing",
        JobKind::Analyse
        | JobKind::CountFilter
        | JobKind::CountProgress
        | JobKind::CountValues
        | JobKind::CountDifferences => "counting",
        JobKind::FindPassages => "finding passages",
        JobKind::CompareTexts | JobKind::CompareVersions => "comparing texts",
        JobKind::ReadFiles => "reading files",
        JobKind::Import => "importing",
        JobKind::Export => "exporting",
        JobKind::ReadUndoLog => "reading the undo steps",
        JobKind::ReadHistory => "reading the history",
        JobKind::ExportHistory => "exporting the history",
        JobKind::ReadOtherProject => "reading the other project",
        JobKind::FindLaterChanges => "reading the history",
        JobKind::ListRounds => "listing the rounds",
        JobKind::FreezeRound => "freezing the round",
        JobKind::WritePacket => "writing the packet",
        JobKind::SaveAs => "copying the project",
    }
}

pub(crate) fn panicked(kind: JobKind) -> String {
    format!("Failed while {}: a defect in Demarche", name(kind))
}
