//! Quotes of long passages, stored as start, end and fingerprint.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use demarche::io::ProblemKind;
use demarche::io::project::{Folder, check, create, merge_file};
use demarche::model::*;
use demarche::session::{AnnotateAction, NavigateAction, ReviewAction, Session, TextSelection};

use crate::support::project::*;
use crate::support::session::{open, passages, select, small, works_here};

const LAYER: &str = "layers/ana/d001.ron";

/// A text of 100 numbered sentences.
fn text() -> String {
    (1..=100).map(|n| format!("Article {n} of the draft keeps the port open.\n")).collect()
}

/// A session in which Ana has tagged a short passage, and one over the articles 2 to 40.
fn tagged() -> (tempfile::TempDir, Session, TextRange) {
    let (dir, root) = small(&[&text()]);
    let mut session = open(&root);
    select(&mut session, "Article 1 of");
    session.perform(AnnotateAction::Tag("demand".into()));
    let text = session.document().unwrap().text.clone().unwrap();
    let long = TextRange::new(
        text.as_str().find("Article 2 ").unwrap(),
        text.as_str().find("\nArticle 41").unwrap(),
    );
    session.perform(NavigateAction::SelectText(TextSelection::over(long)));
    session.perform(AnnotateAction::Tag("threat".into()));
    session.save_now().unwrap();
    (dir, session, long)
}

fn layer_of(session: &Session) -> Arc<Layer> {
    session.project().layer(&session.my_layer(&"d001".into())).unwrap().clone()
}

#[test]
fn only_files_with_a_long_quote_are_in_the_second_format() {
    let (_dir, mut session, long) = tagged();
    let folder = session.folder().clone();
    let layer = files(folder.root())[LAYER].clone();
    assert!(layer.starts_with("(\n    format: 2,\n"), "{layer}");
    assert_eq!((layer.matches(" quote: ").count(), layer.matches(" long_quote: (head: ").count()), (1, 1));
    assert!(layer.len() < 1500, "{}", layer.len());
    assert_eq!(check(&folder).unwrap(), []);
    let read = read_all(&folder).unwrap();
    assert_eq!(read.1, []);
    let id = session.my_layer(&"d001".into());
    assert_eq!(read.0.layer(&id).unwrap(), &layer_of(&session));
    assert!(layer_of(&session).spans().any(|span| span.ranges.cover() == long));
    session.undo();
    session.save_now().unwrap();
    assert!(files(folder.root())[LAYER].starts_with("(\n    format: 1,\n"));
}

#[test]
fn the_kept_project_of_the_second_format_is_read_and_written_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("talks");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/formats/2-long-quotes");
    put_files(&root, files(&kept));
    works_here(&root, "ana");
    let folder = Folder::new(&root);
    assert_eq!(check(&folder).unwrap(), []);
    let before = files(&root);
    let (project, problems) = read_all(&folder).unwrap();
    assert_eq!(problems, []);
    assert_eq!(project.documents()[0].layers.values().map(|layer| layer.len()).sum::<usize>(), 2);
    save_all(&folder, &project).unwrap();
    assert_eq!(files(&root), before);
}

#[test]
fn whole_quotes_of_older_files_are_read_and_kept_until_the_layer_is_written() {
    let (_dir, session, _) = tagged();
    let root = session.folder().root().to_owned();
    let old = files(&root)[LAYER].clone();
    let span = layer_of(&session).spans().find(|span| span.category == "threat".into()).unwrap().clone();
    let quote = span.quote(session.document().unwrap().text.as_ref().unwrap()).replace('\n', "\\n");
    drop(session);
    let start = old.find("long_quote: (").unwrap();
    let end = start + old[start..].find("), ").unwrap() + 1;
    let whole =
        format!("{}quote: \"{quote}\"{}", &old[..start], &old[end..]).replace("format: 2", "format: 1");
    fs::write(root.join(LAYER), &whole).unwrap();
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    let mut session = open(&root);
    assert_eq!(passages(&session).len(), 2);
    session.save_now().unwrap();
    assert_eq!(files(&root)[LAYER], whole);
    session.perform(AnnotateAction::Discard { document: "d001".into(), key: 0 });
    select(&mut session, "Article 90 of");
    session.perform(AnnotateAction::Tag("demand".into()));
    session.save_now().unwrap();
    assert!(files(&root)[LAYER].contains("long_quote: ("));
}

/// Changes the layer file, and returns the session that reads it.
fn damaged(from: &str, to: &str) -> (tempfile::TempDir, Session, TextRange) {
    let (dir, session, long) = tagged();
    let root = session.folder().root().to_owned();
    drop(session);
    edit(&Folder::new(&root), LAYER, from, to);
    (dir, open(&root), long)
}

#[test]
fn a_long_passage_whose_words_are_elsewhere_is_placed_at_them() {
    let from = format!("ranges: [({}, ", text().find("Article 2 ").unwrap());
    let (_dir, mut session, long) = damaged(&from, "ranges: [(7, ");
    assert_eq!(session.problems()[0].kind, ProblemKind::QuoteMismatch);
    let key = layer_of(&session).detached().next().unwrap().0;
    session.perform(AnnotateAction::Repair { document: "d001".into(), key });
    assert!(layer_of(&session).spans().any(|span| span.ranges.cover() == long));
    session.save_now().unwrap();
    assert_eq!(check(session.folder()).unwrap(), []);
}

#[test]
fn damaged_long_quotes_are_reported_with_their_line() {
    for (from, to, kind) in [
        ("fingerprint: \"", "fingerprint: \"f", ProblemKind::Malformed),
        ("characters: ", "characters: 1", ProblemKind::QuoteMismatch),
        ("head: \"Article", "head: \"Articles", ProblemKind::QuoteMismatch),
        ("long_quote: (", "quote: \"\", long_quote: (", ProblemKind::Malformed),
        ("tail: ", "end: ", ProblemKind::Malformed),
    ] {
        let (_dir, session, _) = damaged(from, to);
        let [problem] = session.problems() else { panic!("{to}: {:?}", session.problems()) };
        assert_eq!((problem.kind, problem.line), (kind, Some(7)), "{to}");
        assert_eq!(layer_of(&session).len(), 1, "{to}");
    }
}

#[test]
fn a_merge_of_layers_needs_no_text_for_long_quotes() {
    let (_dir, mut session, _) = tagged();
    let root = session.folder().root().to_owned();
    let base = files(&root)[LAYER].clone();
    let mut side = |words: &str| {
        select(&mut session, words);
        session.perform(AnnotateAction::Tag("offer".into()));
        session.save_now().unwrap();
        let written = files(&root)[LAYER].clone();
        session.undo();
        written
    };
    let (ours, theirs) = (side("Article 50 of"), side("Article 60 of"));
    let merged = merge_file(Path::new(LAYER), base.as_bytes(), ours.as_bytes(), theirs.as_bytes()).unwrap();
    assert!(merged.conflicts.is_empty() && merged.text.starts_with("(\n    format: 2,\n"));
    fs::write(root.join(LAYER), &merged.text).unwrap();
    assert_eq!(check(&Folder::new(&root)).unwrap(), []);
    // Both sides change the long passage in different ways: both versions stay, with their quotes.
    let [demand, offer] = ["demand", "offer"].map(|to| base.replace("\"threat\"", &format!("\"{to}\"")));
    let merged = merge_file(Path::new(LAYER), base.as_bytes(), demand.as_bytes(), offer.as_bytes()).unwrap();
    assert_eq!((merged.conflicts.len(), merged.text.matches("long_quote: (").count()), (1, 2));
}

#[test]
fn decisions_on_long_passages_are_read_back() {
    let (_dir, session, long) = tagged();
    let root = session.folder().root().to_owned();
    let at = SpanRef {
        layer: session.my_layer(&"d001".into()),
        span: layer_of(&session).spans().find(|span| span.ranges.cover() == long).unwrap().id,
    };
    drop(session);
    works_here(&root, "ben");
    let mut session = open(&root);
    let text = session.project().documents()[0].text.clone().unwrap();
    let bounds = Bounds::from_ranges(&Ranges::one(TextRange::new(0, text.len())).unwrap(), &text);
    let proposal = Proposal { bounds, ..Proposal::default() };
    session.perform(ReviewAction::Propose { at, proposal: Box::new(proposal), comment: String::new() });
    session.save_now().unwrap();
    let review = files(&root)["reviews/ben/d001.ron"].clone();
    assert!(
        review.starts_with("(\n    format: 4,\n") && review.matches("long_quote: (head: ").count() == 2,
        "{review}"
    );
    assert_eq!(check(session.folder()).unwrap(), []);
    let (read, _) = read_all(session.folder()).unwrap();
    assert_eq!(read.documents()[0].reviews, session.project().documents()[0].reviews);
}

#[test]
fn a_file_of_nested_passages_grows_only_with_their_number() {
    let size = |count: usize| {
        let text = Arc::new(Text::new("word ".repeat(count * 2)));
        let nested = (0..count).map(|n| Span {
            ranges: Ranges::one(TextRange::new(n, text.len() - n - 1)).unwrap(),
            ..span(n as u128, "threat", &["talks"])
        });
        let layer = Arc::new(Layer::new(Status::InProgress, nested, [], []));
        let mut document = Document::new(meta("d001", &text), text);
        document.layers.insert("ana".into(), layer.clone());
        let project =
            Project::assemble("Nested".to_owned(), vec![], vec![], vec![], codebook(), vec![document]);
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        create(&folder, &project).unwrap();
        let (read, problems) = read_all(&folder).unwrap();
        assert_eq!((problems, read.documents()[0].layers.values().next().unwrap()), (vec![], &layer));
        fs::metadata(folder.root().join(LAYER)).unwrap().len()
    };
    assert!(size(4000) < 5 * size(1000), "{} {}", size(1000), size(4000));
}
