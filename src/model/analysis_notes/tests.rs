use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use crate::*;

fn ana() -> AnnotatorId {
    "ana".into()
}

fn set(to: NotesEntry) -> Edit {
    Edit::SetNotesEntry { owner: ana(), to }
}

fn view(n: u128, name: &str) -> SavedView {
    SavedView::new(ViewId(Uuid::from_u128(n)), name, ViewKind::Asks)
}

fn set_view(view: SavedView) -> Edit {
    set(NotesEntry::View(view.id, Some(Arc::new(view))))
}

fn event(n: u128, date: &str, label: &str) -> ProjectEvent {
    let (id, date) = (EventId(Uuid::from_u128(n)), Date::parse(date).unwrap());
    ProjectEvent { id, date, label: label.to_owned(), colour: Colour::nth(3) }
}

fn phase(from: &str, to: &str) -> NegotiationPhase {
    let [from, to] = [from, to].map(|date| Date::parse(date).unwrap());
    NegotiationPhase { id: PhaseId(Uuid::from_u128(9)), name: "Round two".into(), from, to }
}

fn pair(ask: u128, answer: u128) -> AnswerPair {
    AnswerPair { ask: SpanId(Uuid::from_u128(ask)), answer: SpanId(Uuid::from_u128(answer)) }
}

fn memo(subject: MemoSubject, text: &str) -> NotesEntry {
    NotesEntry::Memo(subject, Some(Arc::new(Memo::new(text, Stamp(7)))))
}

#[test]
fn memos_never_outgrow_their_file_but_can_be_shortened() {
    let mut project = Project::default();
    let on = |n: usize| MemoSubject::Document(DocumentId::new(format!("d{n:03}")));
    let text = "x".repeat(Memo::MAX_BYTES_IN_ALL - 1);
    project.apply(set(memo(on(1), &text))).unwrap();
    assert_eq!(project.apply(set(memo(on(2), "two"))), Err(EditError::MemosTooLong(ana())));
    project.apply(set(memo(on(2), "1"))).unwrap();
    project.apply(set(memo(on(1), "short"))).unwrap();
    project.apply(set(memo(on(2), "two"))).unwrap();
    assert_eq!(project.apply(set(NotesEntry::Memo(on(3), None))), Err(EditError::Missing("d003".into())));
}

#[test]
fn memos_follow_documents_and_categories() {
    let mut project = Project::new("P", codebook());
    let category = |id: &str| MemoSubject::Category(id.into());
    for entry in [memo(category("demand"), "a"), memo(category("old"), "b"), memo(category("gone"), "c")] {
        project.apply(set(entry)).unwrap();
    }
    project.apply(Edit::SetAlias { from: "old".into(), to: Some("demand".into()) }).unwrap();
    let memos = &project.analysis_notes_of(&ana()).unwrap().memos;
    let resolved = resolved_memos(memos, project.codebook());
    let texts: Vec<(&str, &str)> = resolved.iter().map(|(s, memo)| (s.id(), memo.text.as_str())).collect();
    assert_eq!(texts, [("demand", "a\n\nb"), ("gone", "c")]);
    project.apply(set(memo(MemoSubject::Document("d001".into()), "here"))).unwrap();
    let moved = project.with_memo_documents(|_| "d002".into());
    let memos = &moved.analysis_notes_of(&ana()).unwrap().memos;
    assert!(memos.contains_key(&MemoSubject::Document("d002".into())) && memos.len() == 4);
}

fn codebook() -> Codebook {
    let demand = Arc::new(Category::new("demand".into(), "Demand", Colour::nth(0)));
    Codebook { categories: vec![demand], ..Codebook::default() }
}

#[test]
fn every_entry_can_be_set_removed_and_undone() {
    let (round, second) = (event(2, "2026-03-06", "Round"), phase("2026-03-04", "2026-03"));
    let entries = [
        NotesEntry::View(ViewId(Uuid::from_u128(1)), Some(Arc::new(view(1, "Fees")))),
        NotesEntry::Event(round.id, Some(round)),
        NotesEntry::Phase(second.id, Some(second)),
        NotesEntry::Dismissed(pair(1, 2), true),
        memo(MemoSubject::Project, "Ours"),
        memo(MemoSubject::Document("d001".into()), "Late"),
        memo(MemoSubject::Category("demand".into()), "Rare"),
    ];
    for entry in entries {
        let mut project = Project::default();
        let part = entry.part();
        let done = project.apply(set(entry.clone())).unwrap();
        assert_eq!(done.touched, [Touch::AnalysisNotes(ana(), part)]);
        assert_eq!(project.analysis_notes_of(&ana()).unwrap().parts().collect::<Vec<_>>(), [part]);
        let undone = project.apply(done.inverse).unwrap();
        assert!(project.analysis_notes().is_empty());
        assert_eq!(undone.inverse, set(entry));
        project.apply(undone.inverse).unwrap();
        assert_eq!(project.analysis_notes().len(), 1);
    }
}

#[test]
fn a_changed_view_goes_back_to_what_it_was() {
    let mut project = Project::default();
    project.apply(set_view(view(1, "Fees"))).unwrap();
    let before = project.analysis_notes().clone();
    let undo = project.apply(set_view(view(1, "Fees, all"))).unwrap().inverse;
    assert_ne!(project.analysis_notes(), &before);
    project.apply(undo).unwrap();
    assert_eq!(project.analysis_notes(), &before);
}

#[test]
fn wrong_values_are_refused_and_change_nothing() {
    let mut project = Project::default();
    let id = ViewId(Uuid::from_u128(1));
    let heavy = SavedView { weights: BTreeMap::from([("demand".into(), f64::NAN)]), ..view(1, "Fees") };
    let reversed = phase("2026-03-06", "2026-03-04");
    let (from, to) = (reversed.from.clone(), reversed.to.clone());
    let cases = [
        (set_view(view(1, "  ")), EditError::EmptyName),
        (set_view(heavy), EditError::NotANumber(id.to_string())),
        (set(NotesEntry::View(id, None)), EditError::Missing(id.to_string())),
        (set(NotesEntry::View(id, Some(Arc::new(view(2, "Fees"))))), EditError::IdMismatch(id.to_string())),
        (set(NotesEntry::Phase(reversed.id, Some(reversed))), EditError::PhaseReversed { from, to }),
        (
            Edit::SetNotesEntry {
                owner: AnnotatorId::consensus(),
                to: NotesEntry::Dismissed(pair(1, 2), true),
            },
            EditError::NotAPerson(AnnotatorId::consensus()),
        ),
    ];
    for (edit, error) in cases {
        assert_eq!(project.apply(edit), Err(error));
    }
    assert!(project.analysis_notes().is_empty());
}

#[test]
fn only_the_part_that_cannot_be_read_is_protected() {
    let mut project = Project::default();
    project.set_analysis_notes_unreadable(&ana(), NotesPart::Calendar);
    let event = event(1, "2026", "Round");
    let edit = set(NotesEntry::Event(event.id, Some(event)));
    assert_eq!(project.apply(edit.clone()), Err(EditError::UnreadableNotes(ana())));
    project.apply(set_view(view(1, "Fees"))).unwrap();
    project.set_analysis_notes_from_disk(&ana(), NotesPart::Calendar, &AnalysisNotes::default());
    project.apply(edit).unwrap();
}

#[test]
fn what_others_write_replaces_one_part() {
    let mut project = Project::default();
    project.apply(set_view(view(1, "Fees"))).unwrap();
    let mut theirs = AnalysisNotes::default();
    theirs.dismissed.insert(pair(1, 2));
    let touch = project.set_analysis_notes_from_disk(&ana(), NotesPart::Dismissed, &theirs);
    assert_eq!(touch, Some(Touch::AnalysisNotes(ana(), NotesPart::Dismissed)));
    assert_eq!(project.set_analysis_notes_from_disk(&ana(), NotesPart::Dismissed, &theirs), None);
    let notes = project.analysis_notes_of(&ana()).unwrap();
    assert_eq!((notes.views.len(), notes.dismissed.len()), (1, 1));
    project.set_analysis_notes_from_disk(&ana(), NotesPart::Dismissed, &AnalysisNotes::default());
    project.set_analysis_notes_from_disk(&ana(), NotesPart::View(view(1, "").id), &AnalysisNotes::default());
    assert!(project.analysis_notes().is_empty());
}

#[test]
fn giving_work_away_takes_the_notes_along_and_pairs_follow_their_passages() {
    let mut document = fixtures::document("d001", "one two");
    let ranges = |n| Ranges::one(TextRange::new(n, n + 3)).unwrap();
    for (owner, at) in [("ana", 0), ("ben", 4)] {
        let span = Span::new(SpanId(Uuid::from_u128(1)), "demand".into(), ranges(at), Stamp(0));
        document.layers.insert(owner.into(), Arc::new(Layer::new(Status::New, [span], [], [])));
    }
    let twin = Span::new(SpanId(Uuid::from_u128(3)), "demand".into(), ranges(4), Stamp(0));
    let lone = Layer::new(Status::New, [twin], [], []);
    document.layers.insert("cleo".into(), Arc::new(lone));
    let mut project = Project::assemble(String::new(), vec![], vec![], vec![], codebook(), vec![document]);
    project.apply(set_view(view(1, "Fees"))).unwrap();
    let of = |owner: &str, to| Edit::SetNotesEntry { owner: owner.into(), to };
    let own = Arc::new(view(1, "Other"));
    project.apply(of("ben", NotesEntry::View(own.id, Some(own)))).unwrap();
    project.apply(of("cleo", NotesEntry::Dismissed(pair(3, 5), true))).unwrap();
    let before = project.clone();
    let mut next = 100;
    let edit = project.reassign(&ana(), &"ben".into(), &mut || {
        next += 1;
        Uuid::from_u128(next)
    });
    let undo = project.apply(edit.unwrap()).unwrap().inverse;
    assert!(project.analysis_notes_of(&ana()).is_none());
    let names: Vec<String> =
        project.analysis_notes_of(&"ben".into()).unwrap().views.values().map(|v| v.name.clone()).collect();
    assert_eq!(names, ["Other", "Fees"]);
    project.apply(undo).unwrap();
    assert_eq!(project.analysis_notes(), before.analysis_notes());
    // Cleo's only passage is Ben's, too, and is kept once; the pair follows it.
    let edit = project.reassign(&"cleo".into(), &"ben".into(), &mut Uuid::now_v7).unwrap();
    project.apply(edit).unwrap();
    assert!(project.analysis_notes_of(&"ben".into()).unwrap().dismissed.contains(&pair(1, 5)));
}
