//! Following analysis notes that were changed on disk.

use demarche_io::project::FileKey;
use demarche_model::merge::{analysis_notes_edits, merge_analysis_notes};
use demarche_model::{AnalysisNotes, AnnotatorId, Edit, NotesPart};

use crate::Session;
use crate::words::steps;

impl Session {
    /// Applies a change of a part of someone's analysis notes. The user's own, changed on another machine, are merged as one
    /// step; where both have changed the same, this session's version is kept.
    pub(super) fn notes_changed(
        &mut self,
        owner: &AnnotatorId,
        part: NotesPart,
        hash: Option<u64>,
        theirs: AnalysisNotes,
    ) {
        let key = FileKey::AnalysisNotes(owner.clone(), part);
        let is_own = self.saving.works_here(owner) && !self.project.has_unreadable_notes(owner, part);
        if !is_own {
            self.live.saw(key, hash);
            self.live.set_notes_base(owner, part, &theirs);
            let touch = self.project.set_analysis_notes_from_disk(owner, part, &theirs);
            return self.after_edit(touch.as_slice());
        }
        let base = self.live.notes_base(owner, part);
        let ours = self.project.analysis_notes_of(owner).map(|notes| notes.only(part)).unwrap_or_default();
        let merged = merge_analysis_notes(&base, &ours, &theirs);
        let edits = analysis_notes_edits(owner, &ours, &merged.value);
        if edits.is_empty() || self.edit(steps::merge_notes(), Edit::Batch(edits)) {
            self.live.release(&key);
            self.live.saw(key.clone(), hash);
            self.live.set_notes_base(owner, part, &theirs);
            if merged.value != theirs {
                self.saving.must_write(key, self.env.monotonic());
            }
            self.report_conflicts(merged.conflicts);
        }
    }
}
