//! Merges the analysis notes of another copy.

use std::collections::BTreeSet;

use demarche_model::merge::{Conflict, analysis_notes_edits, merge_analysis_notes_with};
use demarche_model::{AnalysisNotes, AnnotatorId, NotesPart, Project};

use super::{MergePlan, ProjectResolutions, resolutions_for};

impl MergePlan {
    /// Merges the analysis notes of everyone who has any in the other copy, or had any in the base.
    pub(super) fn merge_notes(
        &mut self,
        base: &Project,
        ours: &Project,
        theirs: &Project,
        resolutions: &ProjectResolutions,
    ) {
        let owners: BTreeSet<&AnnotatorId> =
            theirs.analysis_notes().keys().chain(base.analysis_notes().keys()).collect();
        for owner in owners {
            let before = notes_of(base, owner);
            let mut there = notes_of(theirs, owner);
            // What can't be read was not changed.
            theirs.unreadable_notes_of(owner).for_each(|part| there.replace(part, &before));
            let here = notes_of(ours, owner);
            let merged =
                merge_analysis_notes_with(&before, &here, &there, &resolutions_for(resolutions, None));
            let mut value = merged.value;
            let closed: BTreeSet<NotesPart> = ours
                .unreadable_notes_of(owner)
                .filter(|part| value.only(*part) != here.only(*part))
                .collect();
            closed.iter().for_each(|part| value.replace(*part, &here));
            self.unreadable_notes.extend(closed.into_iter().map(|part| (owner.clone(), part)));
            let edits = analysis_notes_edits(owner, &here, &value);
            self.notes += edits.len();
            self.edits.extend(edits);
            let located = |conflict: Conflict| ((None, conflict.at.clone()), conflict);
            self.conflicts.extend(merged.conflicts.into_iter().map(located));
        }
    }
}

fn notes_of(project: &Project, owner: &AnnotatorId) -> AnalysisNotes {
    project.analysis_notes_of(owner).map(|notes| (**notes).clone()).unwrap_or_default()
}
