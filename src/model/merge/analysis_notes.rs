//! Merges analysis notes: the union by id, field by field where both sides have changed an entry.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::field_merge::FieldMerge;
use super::{
    Conflict, ConflictKey, EventField, Field, Merged, PhaseField, Resolutions, Side, ViewField, three_way,
};
use crate::words::merge::{describe_event, describe_memo, describe_phase, describe_view};
use crate::{
    AnalysisNotes, AnnotatorId, AnswerPair, Edit, Memo, NegotiationPhase, NotesEntry, ProjectEvent, SavedView,
};

/// Merges two copies of a person's analysis notes that have diverged from `base`, which is empty if unknown.
pub fn merge_analysis_notes(
    base: &AnalysisNotes,
    ours: &AnalysisNotes,
    theirs: &AnalysisNotes,
) -> Merged<AnalysisNotes> {
    merge_analysis_notes_with(base, ours, theirs, &Resolutions::new())
}

/// Like [`merge_analysis_notes`], with the user's choices.
pub fn merge_analysis_notes_with(
    base: &AnalysisNotes,
    ours: &AnalysisNotes,
    theirs: &AnalysisNotes,
    resolutions: &Resolutions,
) -> Merged<AnalysisNotes> {
    let mut merge = NotesMerge { resolutions, conflicts: Vec::new() };
    let mut value = AnalysisNotes::default();
    let sides = [&base.views, &ours.views, &theirs.views];
    value.views = merge.union(sides, join_views, ViewField::Name, ConflictKey::View, describe_view);
    let [b, o, t] = [base, ours, theirs].map(|notes| &notes.calendar);
    let events = [&b.events, &o.events, &t.events];
    value.calendar.events =
        merge.union(events, join_events, EventField::Label, ConflictKey::Event, describe_event);
    let phases = [&b.phases, &o.phases, &t.phases];
    value.calendar.phases =
        merge.union(phases, join_phases, PhaseField::Name, ConflictKey::Phase, describe_phase);
    value.dismissed = union_of_pairs([&base.dismissed, &ours.dismissed, &theirs.dismissed]);
    let memos = [&base.memos, &ours.memos, &theirs.memos];
    value.memos = merge.union(memos, join_memos, Field::Memo, ConflictKey::Memo, describe_memo);
    Merged { value, conflicts: merge.conflicts }
}

/// Returns the edits that turn the analysis notes `from` of a person into `to`.
pub fn analysis_notes_edits(owner: &AnnotatorId, from: &AnalysisNotes, to: &AnalysisNotes) -> Vec<Edit> {
    let mut entries = Vec::new();
    entries.extend(changed(&from.views, &to.views).map(|(id, to)| NotesEntry::View(id, to)));
    let (old, new) = (&from.calendar, &to.calendar);
    entries.extend(changed(&old.events, &new.events).map(|(id, to)| NotesEntry::Event(id, to)));
    entries.extend(changed(&old.phases, &new.phases).map(|(id, to)| NotesEntry::Phase(id, to)));
    let pairs = from.dismissed.symmetric_difference(&to.dismissed);
    entries.extend(pairs.map(|pair| NotesEntry::Dismissed(*pair, to.dismissed.contains(pair))));
    entries.extend(changed(&from.memos, &to.memos).map(|(subject, to)| NotesEntry::Memo(subject, to)));
    entries.into_iter().map(|to| Edit::SetNotesEntry { owner: owner.clone(), to }).collect()
}

/// Returns the entries that differ, with their new values.
fn changed<'a, K: Ord + Clone, V: PartialEq + Clone>(
    from: &'a BTreeMap<K, V>,
    to: &'a BTreeMap<K, V>,
) -> impl Iterator<Item = (K, Option<V>)> + use<'a, K, V> {
    let ids: BTreeSet<&K> = from.keys().chain(to.keys()).collect();
    let differs = ids.into_iter().filter(|id| from.get(id) != to.get(id));
    differs.map(|id| (id.clone(), to.get(id).cloned()))
}

/// Returns the pairs of both sides, without those that one of them has removed.
fn union_of_pairs([base, ours, theirs]: [&BTreeSet<AnswerPair>; 3]) -> BTreeSet<AnswerPair> {
    let all = ours.union(theirs);
    let is_kept = |pair: &&AnswerPair| {
        let in_both = ours.contains(pair) && theirs.contains(pair);
        in_both || !base.contains(pair)
    };
    all.filter(is_kept).copied().collect()
}

struct NotesMerge<'a> {
    resolutions: &'a Resolutions,
    conflicts: Vec<Conflict>,
}

impl NotesMerge<'_> {
    /// Merges the entries of one kind.
    fn union<K: Ord + Clone, V: PartialEq + Clone, F: Clone + Into<Field>>(
        &mut self,
        [base, ours, theirs]: [&BTreeMap<K, V>; 3],
        join: impl Fn(Option<&V>, &V, &V, Side) -> (V, Vec<F>),
        title: F,
        key: impl Fn(K) -> ConflictKey,
        describe: impl Fn(&V, &F) -> String,
    ) -> BTreeMap<K, V> {
        let ids: BTreeSet<&K> = [base, ours, theirs].into_iter().flat_map(BTreeMap::keys).collect();
        let mut out = BTreeMap::new();
        for id in ids {
            let merged = three_way(base.get(id), ours.get(id), theirs.get(id), &join);
            self.conflicts.extend(merged.conflict_in_words(&title, || key(id.clone()), &describe));
            let resolution = self.resolutions.get(&key(id.clone())).copied();
            out.extend(merged.resolve(resolution).map(|value| (id.clone(), value)));
        }
        out
    }
}

fn join_views(
    base: Option<&Arc<SavedView>>,
    ours: &Arc<SavedView>,
    theirs: &Arc<SavedView>,
    prefer: Side,
) -> (Arc<SavedView>, Vec<ViewField>) {
    let mut fields = FieldMerge::new(prefer);
    let name = fields.merge(ViewField::Name, base.map(|b| &b.name), &ours.name, &theirs.name);
    let filter = fields.merge(ViewField::Filter, base.map(|b| &b.filter), &ours.filter, &theirs.filter);
    let rest =
        |view: &Arc<SavedView>| SavedView { name: String::new(), filter: String::new(), ..(**view).clone() };
    let rest = fields.merge(ViewField::Settings, base.map(rest).as_ref(), &rest(ours), &rest(theirs));
    fields.finish(Arc::new(SavedView { name, filter, ..rest }))
}

fn join_events(
    base: Option<&ProjectEvent>,
    ours: &ProjectEvent,
    theirs: &ProjectEvent,
    prefer: Side,
) -> (ProjectEvent, Vec<EventField>) {
    let mut fields = FieldMerge::new(prefer);
    let date = fields.merge(EventField::Date, base.map(|b| &b.date), &ours.date, &theirs.date);
    let label = fields.merge(EventField::Label, base.map(|b| &b.label), &ours.label, &theirs.label);
    let colour = fields.merge(EventField::Colour, base.map(|b| &b.colour), &ours.colour, &theirs.colour);
    fields.finish(ProjectEvent { id: ours.id, date, label, colour })
}

fn join_phases(
    base: Option<&NegotiationPhase>,
    ours: &NegotiationPhase,
    theirs: &NegotiationPhase,
    prefer: Side,
) -> (NegotiationPhase, Vec<PhaseField>) {
    let mut fields = FieldMerge::new(prefer);
    let name = fields.merge(PhaseField::Name, base.map(|b| &b.name), &ours.name, &theirs.name);
    // Together, so that the first day of one side never meets an earlier last day of the other.
    let dates = |phase: &NegotiationPhase| (phase.from.clone(), phase.to.clone());
    let (from, to) = fields.merge(PhaseField::Dates, base.map(dates).as_ref(), &dates(ours), &dates(theirs));
    fields.finish(NegotiationPhase { id: ours.id, name, from, to })
}

/// Two texts are never a choice: what was typed on either side stays.
fn join_memos(
    base: Option<&Arc<Memo>>,
    ours: &Arc<Memo>,
    theirs: &Arc<Memo>,
    _prefer: Side,
) -> (Arc<Memo>, Vec<Field>) {
    (Arc::new(Memo::merged(base.map(|base| &**base), ours, theirs)), Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::Side;
    use crate::{Colour, Date, EventId, SpanId, ViewId, ViewKind};
    use uuid::Uuid;

    fn view(n: u128, name: &str, filter: &str) -> Arc<SavedView> {
        let view = SavedView::new(ViewId(Uuid::from_u128(n)), name, ViewKind::Matrix);
        Arc::new(SavedView { filter: filter.to_owned(), ..view })
    }

    fn notes(views: &[Arc<SavedView>], pairs: &[u128]) -> AnalysisNotes {
        let pair = |n: &u128| AnswerPair { ask: SpanId(Uuid::nil()), answer: SpanId(Uuid::from_u128(*n)) };
        AnalysisNotes {
            views: views.iter().map(|view| (view.id, view.clone())).collect(),
            dismissed: pairs.iter().map(pair).collect(),
            ..AnalysisNotes::default()
        }
    }

    #[test]
    fn what_either_side_adds_or_removes_is_merged() {
        let base = notes(&[view(1, "Fees", ""), view(2, "Threats", "")], &[1, 2]);
        let ours = notes(&[view(1, "Fees, all", ""), view(2, "Threats", ""), view(3, "New", "")], &[1, 3]);
        let theirs = notes(&[view(1, "Fees", "issue:fees")], &[1, 2, 4]);
        let merged = merge_analysis_notes(&base, &ours, &theirs);
        assert_eq!(
            merged.value,
            notes(&[view(1, "Fees, all", "issue:fees"), view(3, "New", "")], &[1, 3, 4])
        );
        assert!(merged.conflicts.is_empty());
    }

    #[test]
    fn a_name_that_both_change_is_a_conflict_with_a_choice() {
        let copies = ["Fees", "Fees, ours", "Fees, theirs"].map(|name| notes(&[view(1, name, "")], &[]));
        let [base, ours, theirs] = &copies;
        let merged = merge_analysis_notes(base, ours, theirs);
        let [conflict] = &merged.conflicts[..] else { panic!("{:?}", merged.conflicts) };
        assert_eq!(conflict.at, ConflictKey::View(ViewId(Uuid::from_u128(1))));
        assert_eq!(conflict.fields, [Field::View(ViewField::Name)]);
        assert_eq!(merged.value, *ours);
        let choice = Resolutions::from([(conflict.at.clone(), Side::Theirs)]);
        assert_eq!(merge_analysis_notes_with(base, ours, theirs, &choice).value, *theirs);
        let gone = AnalysisNotes::default();
        let merged = merge_analysis_notes(base, ours, &gone);
        assert_eq!((merged.value, merged.conflicts[0].removed_side()), (ours.clone(), Some(Side::Theirs)));
    }

    #[test]
    fn the_edits_of_a_merge_lead_from_one_state_to_the_other() {
        let event = |label: &str| ProjectEvent {
            id: EventId(Uuid::nil()),
            date: Date::parse("2026-03").unwrap(),
            label: label.to_owned(),
            colour: Colour::nth(0),
        };
        let mut from = notes(&[view(1, "Fees", ""), view(2, "Threats", "")], &[1, 2]);
        from.calendar.events.insert(EventId(Uuid::nil()), event("Round"));
        let mut to = notes(&[view(1, "All fees", ""), view(3, "New", "")], &[2, 3]);
        to.calendar.events.insert(EventId(Uuid::nil()), event("Round two"));
        let ana = AnnotatorId::new("ana");
        let mut project = crate::Project::default();
        let start = analysis_notes_edits(&ana, &AnalysisNotes::default(), &from);
        project.apply(Edit::Batch(start)).unwrap();
        let undo = project.apply(Edit::Batch(analysis_notes_edits(&ana, &from, &to))).unwrap().inverse;
        assert_eq!(**project.analysis_notes_of(&ana).unwrap(), to);
        project.apply(undo).unwrap();
        assert_eq!(**project.analysis_notes_of(&ana).unwrap(), from);
    }
}
