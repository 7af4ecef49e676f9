//! Analysis notes of a person who becomes another, and dismissed pairs of passages that get other ids.

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::moved::Moved;
use crate::analysis_notes::add_memo;
use crate::merge::analysis_notes_edits;
use crate::{
    AnalysisNotes, AnswerPair, Edit, EventId, NegotiationPhase, PhaseId, Project, ProjectEvent, SavedView,
    ViewId,
};

/// The edits of all analysis notes that belong to the person, or name passages that get other ids.
pub(super) fn notes_edits(
    project: &Project,
    moved: &Moved<'_>,
    new_uuid: &mut dyn FnMut() -> Uuid,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    let notes_of =
        |owner| project.analysis_notes_of(owner).map(|notes| (**notes).clone()).unwrap_or_default();
    let (given, own) = (notes_of(moved.from), notes_of(moved.to));
    let united = united(own.clone(), given.clone(), new_uuid);
    edits.extend(analysis_notes_edits(moved.from, &given, &AnalysisNotes::default()));
    edits.extend(analysis_notes_edits(moved.to, &own, &with_moved_pairs(&united, moved)));
    for (owner, notes) in project.analysis_notes().iter() {
        if owner != moved.from && owner != moved.to {
            edits.extend(analysis_notes_edits(owner, notes, &with_moved_pairs(notes, moved)));
        }
    }
    edits
}

fn with_moved_pairs(notes: &AnalysisNotes, moved: &Moved<'_>) -> AnalysisNotes {
    let pair =
        |pair: &AnswerPair| AnswerPair { ask: moved.merged(pair.ask), answer: moved.merged(pair.answer) };
    AnalysisNotes { dismissed: notes.dismissed.iter().map(pair).collect(), ..notes.clone() }
}

/// Everything of both. An entry whose id the other has for a different one gets a new id; two memos on one subject are joined.
fn united(mut to: AnalysisNotes, from: AnalysisNotes, new_uuid: &mut dyn FnMut() -> Uuid) -> AnalysisNotes {
    let with_id = |view: &Arc<SavedView>, id| Arc::new(SavedView { id, ..(**view).clone() });
    add(&mut to.views, from.views, || ViewId(new_uuid()), with_id);
    let with_id = |event: &ProjectEvent, id| ProjectEvent { id, ..event.clone() };
    add(&mut to.calendar.events, from.calendar.events, || EventId(new_uuid()), with_id);
    let with_id = |phase: &NegotiationPhase, id| NegotiationPhase { id, ..phase.clone() };
    add(&mut to.calendar.phases, from.calendar.phases, || PhaseId(new_uuid()), with_id);
    to.dismissed.extend(from.dismissed);
    from.memos.iter().for_each(|(subject, memo)| add_memo(&mut to.memos, subject.clone(), memo));
    to
}

fn add<K: Ord + Copy, V: PartialEq>(
    to: &mut BTreeMap<K, V>,
    from: BTreeMap<K, V>,
    mut new_id: impl FnMut() -> K,
    with_id: impl Fn(&V, K) -> V,
) {
    for (id, value) in from {
        match to.get(&id) {
            Some(own) if *own == value => {}
            Some(_) => {
                let id = new_id();
                to.insert(id, with_id(&value, id));
            }
            None => drop(to.insert(id, value)),
        }
    }
}
