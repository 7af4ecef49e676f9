//! Every kind of edit is read back from a log unchanged.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use uuid::Uuid;

use super::super::create;
use super::super::folder::Folder;
use super::keys::Keys;
use super::{LoggedStep, Place, UndoLog, read_undo_log, write_undo_log};
use demarche_model::{
    Anchor, AnchorKind, Anchors, Annotator, AnnotatorId, AnswerPair, Assignment, AttributeDef, AttributeKind,
    Basis, Bounds, Category, Claim, Codebook, Colour, Comment, ConflictKind, Date, Decision, Detached,
    DetachedReason, Document, DocumentMeta, Edit, EventId, FuzzyMatch, Layer, LayerId, Link, LinkId,
    LinkKind, Meaning, Memo, MemoSubject, NegotiationPhase, NotesEntry, Origin, OtherText, PhaseId, Project,
    ProjectEvent, Proposal, Provenance, Quote, Ranges, Relations, Review, SavedView, SourceSpan, Span,
    SpanId, SpanRef, SpanSnapshot, Stamp, Status, Text, TextRange, Value, Verdict, Versions, ViewId,
    ViewKind,
};

fn layer() -> LayerId {
    LayerId::new(&"d001".into(), &"ana".into())
}

fn id(number: u128) -> SpanId {
    SpanId(Uuid::from_u128(number))
}

fn one(start: usize, end: usize) -> Ranges {
    Ranges::one(TextRange::new(start, end)).unwrap()
}

fn span(number: u128) -> Span {
    let provenance = Provenance {
        from: vec![SourceSpan { annotator: "ben".into(), span: id(8) }],
        over: vec![SourceSpan { annotator: "zoe".into(), span: id(9) }],
        basis: Basis::Compared,
        by: "ana".into(),
        at: Stamp(70),
    };
    Span {
        attributes: [("actor".into(), Value::Choice("Norvania".into())), ("n".into(), Value::Number(0.5))]
            .into(),
        note: "a \"note\"\nof two lines".to_owned(),
        modified: Stamp(60),
        provenance: Some(Box::new(provenance)),
        ..Span::new(id(number), "threat".into(), one(3, 9), Stamp(50))
    }
}

fn link() -> Link {
    Link {
        id: LinkId(Uuid::from_u128(5)),
        kind: "answers".into(),
        from: id(1),
        to_document: "d002".into(),
        to: id(2),
        created: Stamp(80),
    }
}

fn decision() -> Decision {
    Decision {
        annotator: "ben".into(),
        span: id(1),
        verdict: Some(Verdict::Disputed),
        proposal: Some(Proposal {
            category: Some("offer".into()),
            bounds: Some(Bounds { characters: one(1, 2), quote: Quote::of_words("é") }),
            attributes: [("actor".into(), None), ("flag".into(), Some(Value::Flag(true)))].into(),
        }),
        about: Some(SpanSnapshot { category: "threat".into(), quote: Quote::of_words("words") }),
        comments: vec![Comment { author: "ana".into(), at: Stamp(90), text: "Why?".to_owned() }],
        modified: Stamp(91),
        decided_on: None,
    }
}

fn detached(reason: DetachedReason) -> Detached {
    let claim = Claim { span: span(3), quote: Quote::of_words("some words".repeat(90)), text: 2 };
    Detached { record: "(id: \"…\")".to_owned(), claim: Some(claim), reason, line: 7, link: false }
}

/// A document that is completely in memory.
fn document() -> Document {
    let text = Arc::new(Text::new("Norvania é demands.\n"));
    let anchors = |at| Anchors::new(vec![Anchor { at, kind: AnchorKind::Page("1".into()) }]);
    let meta = DocumentMeta {
        id: "d001".into(),
        title: "A \"title\"".to_owned(),
        date: None,
        author: String::new(),
        source: "Press".to_owned(),
        origin: Origin::default(),
        characters: text.characters(),
        versions: Versions::default(),
        sets: ["one".into()].into(),
    };
    let mut document = Document::new(meta, text.clone()).with_anchors(Arc::new(anchors(0)));
    document
        .other_texts
        .insert(2, OtherText { text: Arc::new(Text::new("Later")), anchors: Arc::new(anchors(2)) });
    let layer = Layer::new(Status::Done, [span(1)], [link()], []);
    document.layers.insert("ana".into(), Arc::new(layer));
    let review = Review::of_decisions([(id(1), Arc::new(decision()))]);
    document.reviews.insert("ben".into(), Arc::new(review));
    document.unreadable = BTreeSet::from(["zoe".into()]);
    document
}

/// Someone without documents, who gets some with the second of two batches.
fn with_batches() -> Annotator {
    let batches = vec![BTreeSet::new(), BTreeSet::from(["d001".into()])];
    let person = Annotator::new("cem".into(), "Cem", Colour::nth(2));
    Annotator { documents: Assignment::none(), batches, ..person }
}

/// One edit of every kind, with and without a new value.
fn edits() -> Vec<Edit> {
    let person =
        Annotator { initials: "A".to_owned(), ..Annotator::new("ana".into(), "Ana", Colour::nth(1)) };
    let attribute = AttributeDef {
        means: vec![Meaning::Past("mild".into()), Meaning::Actor],
        unit: Some("crowns".to_owned()),
        ..AttributeDef::new("tone".into(), "Tone", AttributeKind::Choice(vec!["mild".into()]))
    };
    let kind =
        LinkKind { answers: Some(false), ..LinkKind::new("answers".into(), "Answers".to_owned(), "D.") };
    let category = Category::new("threat".into(), "Threat", Colour::nth(2));
    let document = document();
    let mut all = vec![
        Edit::SetSpan { layer: layer(), id: id(1), to: Some(Arc::new(span(1))) },
        Edit::SetSpan { layer: layer(), id: id(1), to: None },
        Edit::SetLink { layer: layer(), id: link().id, to: Some(Arc::new(link())) },
        Edit::SetLink { layer: layer(), id: link().id, to: None },
        Edit::SetDetached { layer: layer(), key: 0, to: None },
        Edit::SetDecision {
            document: "d001".into(),
            reviewer: "ben".into(),
            span: id(1),
            to: Some(Arc::new(decision())),
        },
        Edit::SetDecision { document: "d001".into(), reviewer: "ben".into(), span: id(1), to: None },
        Edit::SetCategory { id: "threat".into(), to: Some((1, Arc::new(category))) },
        Edit::SetCategory { id: "threat".into(), to: None },
        Edit::SetAttribute { id: "tone".into(), to: Some((0, Arc::new(attribute))) },
        Edit::SetAttribute { id: "tone".into(), to: None },
        Edit::SetLinkKind { id: "answers".into(), to: Some((2, Arc::new(kind))) },
        Edit::SetLinkKind { id: "answers".into(), to: None },
        Edit::SetAlias { from: "old".into(), to: Some("threat".into()) },
        Edit::SetAlias { from: "old".into(), to: None },
        Edit::Recode { layer: layer(), spans: vec![id(1), id(2)], from: "a".into(), to: "b".into() },
        Edit::SetAnnotator { id: "ana".into(), to: Some((0, person)) },
        Edit::SetAnnotator { id: "ana".into(), to: None },
        Edit::SetAnnotator { id: "cem".into(), to: Some((1, with_batches())) },
        Edit::SetMeta { document: "d001".into(), to: Box::new(document.meta.clone()) },
        Edit::InsertDocument { at: 1, document: Arc::new(Document::unloaded(document.meta.clone())) },
        Edit::InsertDocument { at: 1, document: Arc::new(document.clone()) },
        Edit::ReplaceText { to: Arc::new(document) },
        Edit::RemoveDocument { document: "d001".into() },
        Edit::SetName { to: "A (new) name".to_owned() },
        Edit::SetBlind { to: true },
        Edit::SetActors { to: vec!["Norvania".to_owned()] },
        Edit::SetIssues { to: Vec::new() },
        Edit::SetRelations { to: Arc::new(relations()) },
        Edit::SetRelations { to: Arc::default() },
    ];
    all.extend(statuses());
    all.extend(marks());
    all.extend(notes_entries());
    all.extend(sets_and_moves());
    all.extend(detached_records());
    let batch = Edit::Batch(vec![all[0].clone(), Edit::Batch(vec![all[1].clone()]), all[7].clone()]);
    all.push(batch);
    all
}

fn sets_and_moves() -> Vec<Edit> {
    vec![
        Edit::MoveDocuments { to: vec![(3, "d001".into()), (0, "d7k3qm".into())] },
        Edit::MoveDocuments { to: Vec::new() },
        Edit::SetDocumentSet { id: "one".into(), to: Some("Round \"one\"".to_owned()) },
        Edit::SetDocumentSet { id: "one".into(), to: None },
        Edit::SetMembers { set: "one".into(), documents: vec!["d001".into(), "d002".into()], are_in: true },
        Edit::SetMembers { set: "one".into(), documents: Vec::new(), are_in: false },
    ]
}

fn relations() -> Relations {
    let names = |names: [&str; 2]| names.map(str::to_owned);
    Relations {
        members: [("Both".to_owned(), names(["Norvania", "\"E\""]).into())].into(),
        persons: [names(["Osk", "Estmark"]).into()].into(),
        observers: ["Orsa".to_owned()].into(),
        issues_below: [names(["berth fees", "fees"]).into()].into(),
    }
}

/// Every kind of entry of analysis notes, with and without a new value.
fn notes_entries() -> Vec<Edit> {
    let uuid = id(1).0;
    let date = |text| Date::parse(text).unwrap();
    let mut view = SavedView::new(ViewId(uuid), "A \"view\"", ViewKind::Towards);
    view.weights.insert("threat".into(), -4.5);
    let event = ProjectEvent {
        id: EventId(uuid),
        date: date("2026-03"),
        label: "Round".to_owned(),
        colour: Colour::nth(1),
    };
    let phase =
        NegotiationPhase { id: PhaseId(uuid), name: "One".to_owned(), from: date("2025"), to: date("2026") };
    let pair = AnswerPair { ask: id(1), answer: id(2) };
    let entries = [
        NotesEntry::View(view.id, Some(Arc::new(view.clone()))),
        NotesEntry::View(view.id, None),
        NotesEntry::Event(event.id, Some(event.clone())),
        NotesEntry::Event(event.id, None),
        NotesEntry::Phase(phase.id, Some(phase.clone())),
        NotesEntry::Phase(phase.id, None),
        NotesEntry::Dismissed(pair, true),
        NotesEntry::Dismissed(pair, false),
        NotesEntry::Memo(MemoSubject::Project, Some(Arc::new(Memo::new("Two\nlines", Stamp(7))))),
        NotesEntry::Memo(MemoSubject::Category("demand".into()), None),
    ];
    entries.map(|to| Edit::SetNotesEntry { owner: "ana".into(), to }).into()
}

/// Steps of the fifth format.
fn marks() -> Vec<Edit> {
    let decision = Decision { decided_on: Some(Stamp(85)), ..decision() };
    let mut marked = document();
    let unblinded = |to| Edit::SetUnblinded { layer: layer(), to };
    let layer = Layer::new(Status::Done, [span(1)], [link()], []).with_unblinded(Some(Stamp(92)));
    marked.layers.insert("ana".into(), Arc::new(layer));
    let (document, reviewer) = ("d001".into(), "ben".into());
    vec![
        unblinded(Some(Stamp(93))),
        unblinded(None),
        Edit::SetDecision { document, reviewer, span: id(1), to: Some(Arc::new(decision)) },
        Edit::InsertDocument { at: 1, document: Arc::new(marked) },
    ]
}

#[test]
fn a_log_is_in_the_lowest_format_that_holds_its_steps() {
    let (_home, folder) = folder();
    let format = |edit: Edit| {
        let log = UndoLog { done: vec![step(edit)], undone: Vec::new() };
        let text = super::write::compose(&folder, &log, &Keys::default(), usize::MAX);
        text.lines().next().map(str::to_owned)
    };
    for edit in marks() {
        assert_eq!(format(edit).as_deref(), Some("(format: 5)"));
    }
    let document = demarche_model::DocumentId::new("d001");
    let older =
        Edit::SetDecision { document, reviewer: "ben".into(), span: id(1), to: Some(Arc::new(decision())) };
    assert_eq!(format(older).as_deref(), Some("(format: 1)"));
}

fn statuses() -> [Edit; 3] {
    [Status::New, Status::InProgress, Status::Done].map(|to| Edit::SetStatus { layer: layer(), to })
}

/// One edit for every reason why a record is detached.
fn detached_records() -> Vec<Edit> {
    let best = FuzzyMatch { ranges: one(4, 8), percent: 88 };
    let reasons = [
        DetachedReason::Unreadable("why".to_owned()),
        DetachedReason::OutsideText,
        DetachedReason::OtherQuote(Quote::of_words("other".repeat(200))),
        DetachedReason::UnknownCategory,
        DetachedReason::DuplicateId,
        DetachedReason::Conflict(ConflictKind::Other),
        DetachedReason::Conflict(ConflictKind::Removed),
        DetachedReason::TextChanged(None),
        DetachedReason::TextChanged(Some(best)),
    ];
    let detach =
        |(reason, key)| Edit::SetDetached { layer: layer(), key, to: Some(Arc::new(detached(reason))) };
    reasons.into_iter().zip(0..).map(detach).collect()
}

fn step(edit: Edit) -> LoggedStep {
    let before = Place { document: Some("d001".into()), anchor: 4, head: 1, current: None };
    let current = Some(SpanRef { layer: layer(), span: id(1) });
    LoggedStep { label: "tag “x”".to_owned(), edit, after: Place { current, ..before.clone() }, before }
}

fn folder() -> (tempfile::TempDir, Folder) {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::new(home.path().join("p"));
    create(&folder, &Project::new("P", Codebook::default())).unwrap();
    (home, folder)
}

#[test]
fn every_kind_of_edit_comes_back() {
    let (_home, folder) = folder();
    let steps: Vec<LoggedStep> = edits().into_iter().map(step).collect();
    let log = UndoLog { undone: steps.iter().rev().cloned().collect(), done: steps };
    let ana = AnnotatorId::new("ana");
    write_undo_log(&folder, &ana, &log, &Project::default()).unwrap();
    let read = read_undo_log(&folder, &ana);
    for (read, written) in read.done.iter().zip(&log.done) {
        assert_eq!(read, written);
    }
    assert_eq!(read, log);
    assert_eq!(read_undo_log(&folder, &AnnotatorId::new("ben")), UndoLog::default());
    write_undo_log(&folder, &ana, &UndoLog::default(), &Project::default()).unwrap();
    assert!(fs::read_dir(folder.local()).unwrap().flatten().all(|file| file.file_name() == ".gitignore"));
}

#[test]
fn a_step_on_a_changed_file_is_left_out_with_all_before_it() {
    let (_home, folder) = folder();
    let ana = AnnotatorId::new("ana");
    let rename = |to: &str| step(Edit::SetName { to: to.to_owned() });
    let tag = step(edits().remove(0));
    let log = UndoLog {
        done: vec![tag.clone(), rename("a"), tag.clone(), tag.clone()],
        undone: vec![tag.clone(), rename("b"), tag.clone()],
    };
    write_undo_log(&folder, &ana, &log, &Project::default()).unwrap();
    assert_eq!(read_undo_log(&folder, &ana), log);
    let file = folder.project_file();
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("\"P\"", "\"Q\"")).unwrap();
    let expected = UndoLog { done: vec![tag.clone(), tag.clone()], undone: vec![tag.clone()] };
    assert_eq!(read_undo_log(&folder, &ana), expected);
    fs::create_dir_all(folder.layer(&layer()).parent().unwrap()).unwrap();
    fs::write(folder.layer(&layer()), "").unwrap();
    assert_eq!(read_undo_log(&folder, &ana), UndoLog::default());
}

#[test]
fn a_damaged_log_is_no_log() {
    let (_home, folder) = folder();
    let ana = AnnotatorId::new("ana");
    write_undo_log(
        &folder,
        &ana,
        &UndoLog { done: vec![step(edits().remove(0))], undone: Vec::new() },
        &Project::default(),
    )
    .unwrap();
    let path = folder.local().join("undo-ana.log");
    let whole = fs::read_to_string(&path).unwrap();
    for damaged in [&whole[..whole.len() - 9], "", "(format: 99)\n", "(format: 1)\n(undo: \"x\")\n", "\u{0}"]
    {
        fs::write(&path, damaged).unwrap();
        assert_eq!(read_undo_log(&folder, &ana), UndoLog::default(), "{damaged}");
    }
}

#[test]
fn a_log_that_is_too_long_loses_its_oldest_steps() {
    let (_home, folder) = folder();
    let steps: Vec<LoggedStep> =
        (0..10).map(|number| step(Edit::SetName { to: format!("{number}") })).collect();
    let log = UndoLog { done: steps, undone: Vec::new() };
    let line =
        super::write::compose(&folder, &log, &Keys::default(), usize::MAX).lines().last().unwrap().len() + 1;
    let text = super::write::compose(&folder, &log, &Keys::default(), 3 * line);
    let read = super::read::read(&folder, &text).unwrap();
    assert_eq!(read.done, log.done[7..]);
}
