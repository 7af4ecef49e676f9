use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::super::{Folder, create, merge_file, open, parse_changed};
use super::{compose, read, read_whole};
use crate::project::{FileKey, check, parse_time};
use crate::{Problem, ProblemKind};
use demarche_model::{
    AnalysisNotes, AnswerPair, Codebook, Colour, Date, Edit, EventId, Memo, MemoSubject, NegotiationPhase,
    NodePlace, NotesPart, PersonKey, PhaseId, Project, ProjectEvent, SavedView, SpanId, ViewId, ViewKind,
};

const VIEW: &str = r##"(
    format: 1,
    name: "Summit",
    filter: "issue:fees actor:\"Both parties\"",
    view: "matrix",
    rows: "actor",
    columns: "issue",
    measure: "moves",
    scale: "goldstein",
    weights: {"demand": -4.0},
    bin: "document",
    chips: {"collectives": "members"},
    nodes: {"Estmark": (0.2, 0.7)},
)
"##;

const CALENDAR: &str = r##"(
    format: 1,
    events: [
        (id: "00000000-0000-0000-0000-000000000002", date: "2026", label: "Talks begin", colour: "#0072B2"),
        (id: "00000000-0000-0000-0000-000000000001", date: "2026-03-06", label: "Second round", colour: "#D55E00"),
    ],
    phases: [
        (id: "00000000-0000-0000-0000-000000000003", name: "Round two", from: "2026-03-04", to: "2026-03"),
    ],
)
"##;

const DISMISSED: &str = r##"(
    format: 1,
    pairs: [
        (ask: "00000000-0000-0000-0000-000000000001", answer: "00000000-0000-0000-0000-000000000002"),
    ],
)
"##;

const MEMOS: &str = r##"(
    format: 1,
    memos: [
        (about: Project, text: "Sampling: all plenaries.\n\n\"Deals\" need a date.", modified: "2026-03-14T09:14:00Z"),
        (about: Document("d001"), text: "Read twice\tü", modified: "2026-03-15T09:14:00Z"),
        (about: Category("demand"), text: "Not questions.", modified: "2026-03-16T09:14:00Z"),
    ],
)
"##;

fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn id() -> ViewId {
    ViewId(uuid(7))
}

fn notes() -> AnalysisNotes {
    let date = |text| Date::parse(text).unwrap();
    let event = |n, on, label: &str, colour: &str| ProjectEvent {
        id: EventId(uuid(n)),
        date: date(on),
        label: label.to_owned(),
        colour: colour.parse().unwrap(),
    };
    let view = SavedView {
        filter: "issue:fees actor:\"Both parties\"".to_owned(),
        rows: Some("actor".into()),
        columns: Some("issue".into()),
        measure: Some("moves".into()),
        scale: Some("goldstein".into()),
        weights: BTreeMap::from([("demand".into(), -4.0)]),
        bin: Some("document".into()),
        chips: BTreeMap::from([("collectives".into(), "members".into())]),
        nodes: BTreeMap::from([("Estmark".to_owned(), NodePlace { x: 0.2, y: 0.7 })]),
        ..SavedView::new(id(), "Summit", ViewKind::Matrix)
    };
    let mut notes = AnalysisNotes::default();
    notes.views.insert(id(), Arc::new(view));
    for event in
        [event(1, "2026-03-06", "Second round", "#D55E00"), event(2, "2026", "Talks begin", "#0072B2")]
    {
        notes.calendar.events.insert(event.id, event);
    }
    let (from, to) = (date("2026-03-04"), date("2026-03"));
    let phase = NegotiationPhase { id: PhaseId(uuid(3)), name: "Round two".to_owned(), from, to };
    notes.calendar.phases.insert(phase.id, phase);
    notes.dismissed.insert(AnswerPair { ask: SpanId(uuid(1)), answer: SpanId(uuid(2)) });
    for (subject, text, day) in [
        (MemoSubject::Category("demand".into()), "Not questions.", 16),
        (MemoSubject::Document("d001".into()), "Read twice\tü", 15),
        (MemoSubject::Project, "Sampling: all plenaries.\n\n\"Deals\" need a date.", 14),
    ] {
        let at = parse_time(&format!("2026-03-{day}T09:14:00Z")).unwrap();
        notes.memos.insert(subject, Arc::new(Memo::new(text, at)));
    }
    notes
}

fn parts() -> [(NotesPart, &'static str); 4] {
    [
        (NotesPart::View(id()), VIEW),
        (NotesPart::Calendar, CALENDAR),
        (NotesPart::Dismissed, DISMISSED),
        (NotesPart::Memos, MEMOS),
    ]
}

#[test]
fn every_part_is_written_as_it_is_read() {
    for (part, text) in parts() {
        assert_eq!(compose(&notes(), part, None), text);
        assert_eq!(
            read_whole(text, Path::new("x.ron"), part, (&"ana".into(), None)).unwrap(),
            notes().only(part)
        );
    }
    let plain = SavedView::new(id(), "Plain", ViewKind::Follows);
    let plain = AnalysisNotes { views: BTreeMap::from([(id(), Arc::new(plain))]), ..Default::default() };
    let part = NotesPart::View(id());
    let text = compose(&plain, part, None);
    assert_eq!(text, "(\n    format: 1,\n    name: \"Plain\",\n    view: \"follows\",\n)\n");
    assert_eq!(read_whole(&text, Path::new("x.ron"), part, (&"ana".into(), None)).unwrap(), plain);
}

#[test]
fn files_of_two_people_with_one_id_are_told_apart() {
    let [mine, other] = [1, 2].map(|number| PersonKey(Uuid::from_u128(number)));
    let ana = "ana".into();
    for (part, plain) in parts() {
        let [text, theirs] = [mine, other].map(|key| compose(&notes(), part, Some(key)));
        assert!(text.starts_with("(\n    format: 2,\n    key: \"00000000-"), "{text}");
        let file = FileKey::AnalysisNotes("ana".into(), part).relative();
        for key in [None, Some(mine)] {
            let read = read_whole(&text, &file, part, (&ana, key)).unwrap();
            assert_eq!(read, notes().only(part));
        }
        let problem = read_whole(&text, &file, part, (&ana, Some(other))).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::OtherPerson);
        let merged = merge_file(&file, b"", text.as_bytes(), theirs.as_bytes()).unwrap();
        assert_eq!(merged.conflicts.len(), 1);
        assert!(merged.text.contains(&text) && merged.text.contains(&theirs));
        // A file from before there were keys is of the same person.
        let merged = merge_file(&file, b"", plain.as_bytes(), text.as_bytes()).unwrap();
        assert_eq!((merged.text, merged.conflicts), (text, Vec::new()));
    }
}

#[test]
fn damage_names_its_line_and_leaves_the_rest() {
    let problem = |part: NotesPart, text: &str| -> Vec<(ProblemKind, Option<usize>)> {
        let found = match read(text, Path::new("x.ron"), part, (&"ana".into(), None)) {
            Ok((_, problems)) => problems,
            Err(problem) => vec![problem],
        };
        found.iter().map(|problem: &Problem| (problem.kind, problem.line)).collect()
    };
    let view = NotesPart::View(id());
    let malformed = |line| vec![(ProblemKind::Malformed, Some(line))];
    for (part, from, to, expected) in [
        (view, "\"matrix\"", "\"pie\"", malformed(5)),
        (view, "\"Summit\"", "\" \"", malformed(3)),
        (view, "-4.0", "inf", malformed(10)),
        (view, "0.7", "NaN", malformed(13)),
        (view, "-4.0", "\"much\"", malformed(10)),
        (view, "bin:", "bins:", malformed(11)),
        (view, "format: 1", "format: 3", vec![(ProblemKind::NewerFormat, Some(2))]),
        (NotesPart::Calendar, "\"2026\"", "\"2026-02-30\"", malformed(4)),
        (NotesPart::Calendar, "to: \"2026-03\"", "to: \"2026-02\"", malformed(8)),
        (NotesPart::Calendar, "000000000001", "000000000002", vec![(ProblemKind::DuplicateId, Some(5))]),
        (NotesPart::Dismissed, "ask: \"0", "ask: \"x", malformed(4)),
        (NotesPart::Memos, "about: Project", "about: Person", malformed(4)),
        (NotesPart::Memos, "\"d001\"", "\"../d001\"", malformed(5)),
        (NotesPart::Memos, "\"Not questions.\"", "\" \\n\"", malformed(6)),
        (NotesPart::Memos, "2026-03-16T", "2026-03-36T", malformed(6)),
        (NotesPart::Memos, "text:", "words:", malformed(4)),
        (NotesPart::Memos, "Document(\"d001\")", "Project", vec![(ProblemKind::DuplicateId, Some(5))]),
        (NotesPart::Memos, "format: 1", "format: 3", vec![(ProblemKind::NewerFormat, Some(2))]),
    ] {
        let text = parts().into_iter().find(|(known, _)| *known == part).unwrap().1;
        assert!(text.contains(from), "{from}");
        assert_eq!(problem(part, &text.replacen(from, to, 1)), expected, "{to}");
    }
    let damaged = CALENDAR.replacen("\"2026\"", "\"soon\"", 1);
    let (read, _) = read(&damaged, Path::new("x.ron"), NotesPart::Calendar, (&"ana".into(), None)).unwrap();
    assert_eq!((read.calendar.events.len(), read.calendar.phases.len()), (1, 1));
}

/// A project in which Ana has notes.
fn folder() -> (tempfile::TempDir, Folder) {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::new(home.path().join("p"));
    let mut project = Project::new("P", Codebook::default());
    for (part, _) in parts() {
        project.set_analysis_notes_from_disk(&"ana".into(), part, &notes());
    }
    create(&folder, &project).unwrap();
    (home, folder)
}

#[test]
fn a_project_opens_with_the_notes_of_everyone() {
    let (_home, folder) = folder();
    for (part, text) in parts() {
        let file = FileKey::AnalysisNotes("ana".into(), part).relative();
        assert_eq!(FileKey::from_relative(&file), Some(FileKey::AnalysisNotes("ana".into(), part)));
        assert_eq!(fs::read_to_string(folder.root().join(file)).unwrap(), text);
    }
    let opened = open(&folder).unwrap();
    assert_eq!(**opened.project.analysis_notes_of(&"ana".into()).unwrap(), notes());
    assert_eq!(opened.hashes.len(), 4);
}

#[test]
fn a_damaged_part_stays_as_it_is_and_the_others_work() {
    let (_home, folder) = folder();
    let calendar = folder.root().join("views/ana/calendar.ron");
    fs::write(&calendar, CALENDAR.replacen("\"2026\"", "\"soon\"", 1)).unwrap();
    let opened = open(&folder).unwrap();
    assert_eq!(opened.problems.len(), 1);
    assert!(opened.project.has_unreadable_notes(&"ana".into(), NotesPart::Calendar));
    let keys = parts().map(|(part, _)| FileKey::AnalysisNotes("ana".into(), part));
    let snapshot = super::super::snapshot(&opened.project, &keys.into());
    super::super::write(&folder, &snapshot).unwrap();
    assert!(fs::read_to_string(&calendar).unwrap().contains("soon"));
    assert_eq!(opened.project.analysis_notes_of(&"ana".into()).unwrap().views.len(), 1);
}

#[test]
fn names_that_are_no_parts_are_strays() {
    for name in ["x.ron", "00000000-0000-0000-0000-00000000000A.ron", "{00000000}.ron", "calendar.txt"] {
        assert_eq!(FileKey::from_relative(&Path::new("views/ana").join(name)), None, "{name}");
    }
    let (_home, folder) = folder();
    fs::write(folder.root().join("views/ana/mine.ron"), "()").unwrap();
    let found: Vec<(ProblemKind, String)> = check(&folder)
        .unwrap()
        .into_iter()
        .map(|problem| (problem.kind, problem.file.file_name().unwrap().to_string_lossy().into_owned()))
        .collect();
    let view = format!("{}.ron", id());
    let unlisted = |name: &str| (ProblemKind::UnlistedAnnotator, name.to_owned());
    let missing = || (ProblemKind::MissingName, view.clone());
    let expected = [
        missing(),
        missing(),
        // The issue in its filter.
        missing(),
        unlisted(&view),
        unlisted("calendar.ron"),
        unlisted("dismissed.ron"),
        unlisted("ana.ron"),
        (ProblemKind::Orphan, "ana.ron".to_owned()),
        (ProblemKind::Orphan, "ana.ron".to_owned()),
        (ProblemKind::Orphan, "mine.ron".to_owned()),
    ];
    let mut found = found;
    found.sort();
    let mut expected = expected.to_vec();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(parse_changed("saved view"), demarche_model::Changed::SavedView);
    assert_eq!(Colour::nth(3).to_string(), "#0072B2");
}

#[test]
fn a_filter_that_names_something_missing_is_reported_with_the_nearest_name_and_its_line() {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::new(home.path().join("p"));
    let mut project = Project::new("P", Codebook::default());
    project.apply(Edit::SetIssues { to: vec!["transit fees".into()] }).unwrap();
    project.set_analysis_notes_from_disk(&"ana".into(), NotesPart::View(id()), &notes());
    create(&folder, &project).unwrap();
    let file = FileKey::AnalysisNotes("ana".into(), NotesPart::View(id())).relative();
    let found = |filter: &str| -> Vec<(Option<usize>, String)> {
        let text = format!(
            "(\n    format: 1,\n    name: \"Summit\",\n    filter: \"{filter}\",\n    view: \"asks\",\n)\n"
        );
        fs::write(folder.root().join(&file), text).unwrap();
        let problems = check(&folder).unwrap().into_iter();
        let problems = problems.filter(|problem| problem.kind == ProblemKind::MissingName);
        problems
            .map(|problem| {
                assert_eq!(problem.file, file);
                (problem.line, problem.message)
            })
            .collect()
    };
    assert_eq!(found("issue:\\\"transit fees\\\""), []);
    let [(line, message)] = found("words:3.. issue:\\\"transit feess\\\"").try_into().unwrap();
    assert_eq!(line, Some(4));
    assert!(message.contains("“transit fees”"), "{message}");
    assert_eq!(found("issue:(").len(), 1);
    assert_eq!(found("view:Summit").len(), 1);
}
