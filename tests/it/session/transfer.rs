//! Import and export through the session, and their reports.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::io::export::{ExportGroup, exporter};
use demarche::io::project::read_history;
use demarche::io::{Loss, ReadBackLoss};
use demarche::model::{Change, Changed, SpanRef};
use demarche::session::{
    Env, ExchangeAction, ExportRequest, LinkAction, NavigateAction, PreviewAction, Session, Tone,
};

use crate::support::project::files;
use crate::support::session::*;

/// Files outside of the project, by name and content.
fn outside(root: &Path, contents: &[(&str, &[u8])]) -> Vec<PathBuf> {
    let folder = root.with_file_name("outside");
    fs::create_dir_all(&folder).unwrap();
    let write = |(name, content): &(&str, &[u8])| {
        fs::write(folder.join(name), content).unwrap();
        folder.join(name)
    };
    contents.iter().map(write).collect()
}

/// Imports files into a project of one text.
fn import(contents: &[(&str, &[u8])]) -> (tempfile::TempDir, Session) {
    let (dir, mut session) = desk(&["Norvania will suspend the talks.\n"]);
    let paths = outside(root_of(&session), contents);
    session.perform(ExchangeAction::Import(paths));
    session.finish_jobs();
    (dir, session)
}

fn titles(session: &Session) -> Vec<String> {
    session.project().documents().iter().map(|d| d.meta.title.clone()).collect()
}

#[test]
fn texts_are_imported_as_one_step_and_failures_reported() {
    let binary = b"\x00\x01\x02\x00\xff\xfe\x00".as_slice();
    let once = b"The second text\n\nof this import.\r\n".as_slice();
    let (_dir, mut session) = import(&[
        ("a.txt", b"The first text\n\nHi.\n"),
        ("b.txt", binary),
        ("c.md", once),
        ("d.txt", once),
        ("e.txt", b" \n"),
    ]);
    let expect = ["Text \"d001\"", "The first text", "The second text"];
    assert_eq!(titles(&session), expect);
    assert_eq!((steps(&session), undo_label(&session)), (1, "import 2 documents"));
    let report = session.report().unwrap();
    assert_eq!(report.title, "2 imported, 3 not");
    let lines: Vec<(Tone, &str)> = report.lines.iter().map(|(tone, line)| (*tone, line.as_str())).collect();
    for ((tone, line), (what, name)) in
        lines.iter().zip([("not text", "b.txt"), ("The second text", "d.txt"), ("no text", "e.txt")])
    {
        assert!(*tone == Tone::Error && line.contains(what) && line.ends_with(name), "{line}");
    }
    let [first, second] = [1, 2].map(|at| id_of(&session, at));
    assert_eq!(
        session.view_state().document,
        Some(first.as_str().into()),
        "the first imported document is open"
    );
    session.save_now().unwrap();
    assert_eq!(
        files(root_of(&session))[&format!("documents/{second}.txt")],
        "The second text\n\nof this import.\n"
    );
    assert_eq!(fs::read(root_of(&session).with_file_name("outside").join("c.md")).unwrap(), once);
    session.undo();
    assert_eq!(titles(&session), expect[..1]);
    session.save_now().unwrap();
    assert!(!files(root_of(&session)).contains_key(&format!("documents/{second}.txt")));
}

#[test]
fn a_whole_import_needs_no_report() {
    let (_dir, session) = import(&[("a.txt", b"Hello\n")]);
    assert_eq!((session.report(), notice(&session)), (None, "Imported “Hello”"));
}

#[test]
fn an_import_of_nothing_gives_a_notice() {
    let (_dir, mut session) = desk(&["A text.\n"]);
    let empty = root_of(&session).with_file_name("empty");
    fs::create_dir(&empty).unwrap();
    session.perform(ExchangeAction::Import(vec![empty]));
    session.finish_jobs();
    let serial = |session: &Session| session.notices().last().map(|notice| notice.serial);
    let first = serial(&session);
    assert!(first.is_some());
    session.perform(ExchangeAction::ImportText(" \n".to_owned()));
    assert_eq!((serial(&session) > first, steps(&session)), (true, 0));
}

#[test]
fn two_imports_at_once_both_succeed() {
    let (_dir, mut session) = desk(&["A text.\n"]);
    let paths = outside(root_of(&session), &[("a.txt", b"First\n"), ("b.txt", b"Second\n")]);
    for path in [&paths[0], &paths[1], &paths[0]] {
        session.perform(ExchangeAction::Import(vec![path.clone()]));
    }
    session.finish_jobs();
    let mut came: Vec<String> = titles(&session).split_off(1);
    came.sort();
    assert_eq!(came, ["First", "Second"]);
    session.save_now().unwrap();
    assert_eq!(demarche::io::project::check(session.folder()).unwrap(), []);
}

const LABELLED: &str = concat!(
    r#"{"text": "Norvania will suspend the talks.\n", "spans": [{"start": 14, "end": 31, "category": "threat", "annotator": "ben"}, "#,
    r#"{"start": 14, "end": 99, "category": "threat", "annotator": "ben"}]}"#,
    "\n",
    r#"{"text": "A new text.\n", "title": "New", "spans": [{"start": 2, "end": 5, "category": "novelty", "annotator": "ben"}]}"#,
    "\n",
);

#[test]
fn labelled_spans_of_a_known_text_become_a_layer() {
    let (_dir, mut session) = import(&[("labels.jsonl", LABELLED.as_bytes())]);
    assert_eq!(titles(&session), ["Text \"d001\"", "New"]);
    assert_eq!(passages(&session), ["ben threat: suspend the talks", "ben novelty: new"]);
    assert_eq!((steps(&session), undo_label(&session)), (1, "import labels.jsonl"));
    let report = session.report().unwrap();
    assert_eq!(report.title, "Imported: 1 document, 2 passages, 0 links");
    assert!(
        report.lines.iter().any(|(tone, line)| *tone == Tone::Error && line.ends_with("labels.jsonl:1")),
        "{report:?}"
    );
    figures_are_right(&session);
    session.save_now().unwrap();
    assert_eq!(demarche::io::project::check(session.folder()).unwrap(), []);
    session.undo();
    assert_eq!((titles(&session).len(), passages(&session).len()), (1, 0));
}

#[test]
fn spans_without_an_annotator_become_mine() {
    let line = r#"{"text": "Norvania will suspend the talks.\n", "spans": [{"start": 0, "end": 8, "category": "demand"}]}"#;
    let (_dir, session) = import(&[("mine.jsonl", line.as_bytes())]);
    assert_eq!(passages(&session), ["ana demand: Norvania"]);
}

#[test]
fn texts_and_several_files_of_labels_are_imported_together() {
    let other = LABELLED.replace("A new text", "Another new text").replace("New", "Other");
    let (_dir, session) = import(&[
        ("a.txt", b"Plain\n"),
        ("one.jsonl", LABELLED.as_bytes()),
        ("two.jsonl", other.as_bytes()),
        ("three.jsonl", b"no json at all"),
    ]);
    assert_eq!(titles(&session)[1..], ["Plain", "New", "Other"], "{:?}", session.notices());
    assert_eq!(passages(&session).len(), 3, "the same span is not taken twice");
    let report = session.report().unwrap();
    assert_eq!(report.lines.iter().filter(|(_, line)| line.contains("one.jsonl:1")).count(), 1, "{report:?}");
    assert_eq!(report.lines.iter().filter(|(_, line)| line.contains("two.jsonl:1")).count(), 1, "{report:?}");
    let said = session.notices().iter().any(|notice| notice.text.contains("three.jsonl"));
    assert!(said || report.lines.iter().any(|(_, line)| line.contains("three.jsonl")), "{report:?}");
}

/// The content of a file, or of all files of a folder.
fn contents(path: &Path) -> String {
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap();
        return entries.map(|entry| contents(&entry.unwrap().path())).collect();
    }
    String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()
}

#[test]
fn a_folder_is_imported_as_one_step() {
    let (_dir, mut session) = desk(&["A text.\n"]);
    let folder = root_of(&session).with_file_name("standoff");
    fs::create_dir_all(&folder).unwrap();
    for (name, content) in [
        ("a.txt", "First text.\n"),
        ("a.ann", "T1\tthreat 0 5\tFirst\n"),
        ("b.txt", "Second text.\n"),
        ("b.ann", "T1\toffer 0 6\tSecond\nT2\toffer 7 11\twords\n"),
        ("c.ann", "T1\toffer 0 6\tSecond\n"),
        ("d.txt", "Third text.\n"),
    ] {
        fs::write(folder.join(name), content).unwrap();
    }
    let (before, were) = (titles(&session).len(), steps(&session));
    session.perform(ExchangeAction::Import(vec![folder]));
    session.finish_jobs();
    assert_eq!(titles(&session).len(), before + 3);
    assert_eq!(passages(&session).len(), 2);
    let label = "import “Third text.” and 3 files";
    assert_eq!((steps(&session), undo_label(&session)), (were + 1, label));
    let report = session.report().unwrap();
    let errors = report.lines.iter().filter(|(tone, _)| *tone == Tone::Error);
    let mut files: Vec<&str> = errors.map(|(_, line)| line.rsplit('/').next().unwrap()).collect();
    files.sort_unstable();
    assert_eq!(files, ["b.ann:2", "c.ann"], "{report:?}");
    let (titles_after, passages_after) = (titles(&session), passages(&session).len());
    session.undo();
    assert_eq!((titles(&session).len(), passages(&session).len()), (before, 0));
    session.redo();
    assert_eq!((titles(&session), passages(&session).len()), (titles_after, passages_after));
}

#[test]
fn an_import_of_several_files_is_one_step() {
    let line = r#"{"text": "Another text.\n", "spans": [{"start": 0, "end": 7, "category": "demand"}]}"#;
    let files = [("a.txt", b"Alpha\n".as_slice()), ("b.jsonl", line.as_bytes()), ("c.txt", b"Beta\n")];
    for looks_first in [false, true] {
        let (_dir, mut session) = desk(&["Norvania will suspend the talks.\n"]);
        let paths = outside(root_of(&session), &files);
        if looks_first {
            session.perform(PreviewAction::Open(paths));
            session.finish_jobs();
            session.perform(PreviewAction::Import);
        } else {
            session.perform(ExchangeAction::Import(paths));
        }
        session.finish_jobs();
        assert_eq!((titles(&session).len(), steps(&session)), (4, 1));
        session.save_now().unwrap();
        let (entries, _) = read_history(session.folder()).unwrap();
        let [entry] = entries.as_slice() else { panic!("{entries:?}") };
        let is_document = |change: &&Change| change.what == Changed::Document;
        assert_eq!(entry.changes.iter().filter(is_document).count(), 3, "{entry:?}");
        session.undo();
        assert_eq!((titles(&session).len(), passages(&session).len()), (1, 0));
    }
}

#[test]
fn every_format_can_be_exported() {
    let (_dir, root) = sample_copy();
    let mut session = Session::open(&root, Env::fixed(START)).unwrap();
    let of_passages = ExportGroup::ALL.into_iter().filter(|group| *group != ExportGroup::Memos);
    for exporter in of_passages.flat_map(|group| group.exporters()) {
        let info = exporter.info();
        let path = root.with_file_name(format!("out-{}", info.name)).with_extension(info.extension);
        let request = ExportRequest {
            format: *exporter,
            path: path.clone(),
            annotators: None,
            categories: None,
            spans: None,
            documents: None,
        };
        session.perform(ExchangeAction::Export(request));
        session.finish_jobs();
        let report = session.report().unwrap_or_else(|| panic!("{}: {:?}", info.name, session.notices()));
        assert_eq!(report.path.as_ref(), Some(&path), "{}", info.name);
        let came = report.lines.first().map_or("", |(_, line)| line);
        let came = came.strip_prefix("Read back and compared: ").and_then(|rest| rest.split(' ').next());
        let came = came.and_then(|count| count.parse::<usize>().ok());
        assert!(came.is_some_and(|came| came > 200), "{}: {report:?}", info.name);
        // Some formats write one token per line, some an archive.
        let written = contents(&path).split_whitespace().collect::<Vec<_>>().join(" ");
        if written.starts_with("PK") {
            session.dismiss_report();
            continue;
        }
        for word in "Seventeen members of the crew Letter Minister Norvania".split(' ') {
            assert!(written.contains(word), "{} holds “{word}”", info.name);
        }
        session.dismiss_report();
    }
    assert!(!session.has_unsaved() && steps(&session) == 0);
}

#[test]
fn an_export_contains_the_chosen_passages() {
    let (_dir, root) = sample_copy();
    let mut session = open(&root);
    let path = root.with_file_name("threats.jsonl");
    session.perform(ExchangeAction::Export(ExportRequest {
        format: exporter("jsonl").unwrap(),
        path: path.clone(),
        annotators: Some(vec!["ben".into()]),
        categories: Some(vec!["threat".into()]),
        spans: None,
        documents: None,
    }));
    session.finish_jobs();
    let written = fs::read_to_string(&path).unwrap();
    let expect = passages(&session).iter().filter(|line| line.starts_with("ben threat:")).count();
    assert_eq!(written.matches(r#""category":"threat""#).count(), expect);
    assert_eq!(written.matches(r#""category":""#).count(), expect);
    assert!(expect > 0 && !written.contains(r#""annotator":"ana""#));
}

/// Exports spans as JSONL. Returns the file's lines and the report.
fn exported(session: &mut Session, spans: Vec<SpanRef>) -> (Vec<String>, Vec<String>) {
    let path = root_of(session).with_file_name("some.jsonl");
    let spans = Some(spans);
    let request = ExportRequest {
        format: exporter("jsonl").unwrap(),
        path: path.clone(),
        annotators: None,
        categories: None,
        spans,
        documents: None,
    };
    session.perform(ExchangeAction::Export(request));
    session.finish_jobs();
    let written = fs::read_to_string(&path).unwrap();
    let report = session.report().unwrap().lines.iter().map(|(_, line)| line.clone()).collect();
    (written.lines().map(str::to_owned).collect(), report)
}

#[test]
fn an_export_of_some_rows_contains_only_them_and_their_links() {
    let (_dir, root) = small(&["One two three.\n", "Four.\n"]);
    let mut session = open(&root);
    let one = tag(&mut session, "One", "demand");
    let two = tag(&mut session, "two", "offer");
    let three = tag(&mut session, "three", "threat");
    for (from, to) in [(&one, &two), (&three, &two)] {
        let kind = session.project().codebook().link_kinds[0].id.clone();
        session.perform(LinkAction::Add { from: from.clone(), to: to.clone(), kind });
    }
    session.perform(NavigateAction::OpenDocument("d002".into()));
    tag(&mut session, "Four", "demand");
    let (lines, report) = exported(&mut session, vec![one.clone(), two]);
    assert_eq!(lines.len(), 1, "the second document has none of them");
    assert_eq!(lines[0].matches(r#""category":""#).count(), 2);
    assert_eq!(lines[0].matches(r#""kind":""#).count(), 1);
    let back = "Read back and compared: 2 of 2 passages came back, 1 of 1 links";
    assert_eq!(report, [back, "Lost or changed: 1 link from a passage that is not exported"]);
    let (lines, report) = exported(&mut session, vec![one]);
    assert_eq!(lines[0].matches(r#""kind":""#).count(), 1);
    let back = "Read back and compared: 1 of 1 passages came back, 0 of 1 links";
    let refused = Loss::new(ReadBackLoss::RefusedRecords, 1).to_string();
    assert_eq!(report, [back, &refused], "its other end is missing");
}

#[test]
fn a_failed_export_names_the_path_and_keeps_the_old_file() {
    let (_dir, mut session) = desk(&["A text.\n"]);
    let path = root_of(&session).join("no/such/folder/out.csv");
    let request = export_request("csv", &path);
    session.perform(ExchangeAction::Export(request));
    session.finish_jobs();
    assert!(notice(&session).starts_with("Not exported: "), "{}", notice(&session));
    assert!(notice(&session).ends_with(&path.display().to_string()));
    assert_eq!(session.report(), None);
}
