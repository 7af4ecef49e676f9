//! Authors, anchors and originals on disk: they come back, damage to them is named, and they go and return with their text.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use demarche::io::ProblemKind;
use demarche::io::project::{FileKey, Folder, check, create, keep_original, kept_ending, snapshot, write};
use demarche::io::sha256;
use demarche::model::*;
use proptest::prelude::*;

use crate::support::project::*;

const TEXT: &str = "Les pourparlers\n\nNorvanie — «non».\nFin.\n";
const PDF: &[u8] = b"%PDF-1.4 \xFF not really";

const ANCHORS: &str = r#"(
    format: 1,
    document: "d001",
    anchors: [
        (at: 0, page: "iv"),
        (at: 0, heading: "Les \"pourparlers\"", level: 1),
        (at: 17, time: "00:01:02"),
        (at: 35, page: "5"),
    ],
)
"#;

fn anchors(text: &str) -> Vec<Anchor> {
    let end = text.find("Fin").expect("in the text");
    let heading = AnchorKind::Heading { level: 1, title: "Les \"pourparlers\"".to_owned() };
    vec![
        Anchor { at: 0, kind: AnchorKind::Page("iv".into()) },
        Anchor { at: 0, kind: heading },
        Anchor { at: 17, kind: AnchorKind::Time("00:01:02".into()) },
        Anchor { at: end, kind: AnchorKind::Page("5".into()) },
    ]
}

fn document() -> Document {
    let text = Arc::new(Text::new(TEXT));
    let origin = Origin {
        file_name: "Brief.PDF".to_owned(),
        sha256: sha256(PDF),
        encoding: String::new(),
        kept: kept_ending(Path::new("Brief.PDF")),
        ..Origin::default()
    };
    let meta = DocumentMeta { author: "M. \"Ek\"".to_owned(), origin, ..meta("d001", &text) };
    Document::new(meta, text).with_anchors(Arc::new(Anchors::new(anchors(TEXT))))
}

fn on_disk() -> (tempfile::TempDir, Folder, Project) {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(dir.path().join("talks"));
    folder.create_root().expect("created");
    keep_original(&folder, &sha256(PDF), PDF).expect("kept");
    let project = Project::assemble("Talks".into(), vec![], vec![], vec![], codebook(), vec![document()]);
    create(&folder, &project).expect("created");
    (dir, folder, project)
}

fn problems(folder: &Folder) -> Vec<String> {
    check(folder).expect("checked").iter().map(|problem| problem.to_string()).collect()
}

#[test]
fn author_anchors_and_original_stand_beside_the_text_and_come_back() {
    let (_dir, folder, project) = on_disk();
    let all = files(folder.root());
    assert_eq!(all["documents/d001.ron"], ANCHORS);
    assert!(all["project.ron"].contains(r#", author: "M. \"Ek\"", source: "#));
    assert!(all["project.ron"].contains(r#", kept: "pdf", text_sha256: "#));
    assert_eq!(
        fs::read(folder.original(&TextId::new(&"d001".into(), 1), &"pdf".into())).expect("the copy"),
        PDF
    );
    let (read, found) = read_all(&folder).expect("opened");
    assert!(found.is_empty(), "{found:?}");
    let (was, is) = (&project.documents()[0], &read.documents()[0]);
    assert_eq!((&was.meta, &was.anchors), (&is.meta, &is.anchors));
    assert_eq!(problems(&folder), [""; 0]);
}

#[test]
fn what_a_project_lacks_leaves_no_trace_in_its_files() {
    let (_dir, folder) = crate::support::project::on_disk();
    let all = files(folder.root());
    assert!(!all.contains_key("documents/d001.ron"));
    assert!(!all["project.ron"].contains("author") && !all["project.ron"].contains("kept"));
}

#[test]
fn damaged_anchors_are_named_by_line_and_their_neighbours_stay() {
    let (_dir, folder, _) = on_disk();
    edit(&folder, "documents/d001.ron", "(at: 17, time: ", "(at: 17, tome: ");
    edit(&folder, "documents/d001.ron", "(at: 35,", "(at: 99,");
    let (read, found) = read_all(&folder).expect("opened");
    assert_eq!(read.documents()[0].anchors.all(), &anchors(TEXT)[..2]);
    let kinds: Vec<_> = found.iter().map(|problem| (problem.line, problem.kind)).collect();
    assert_eq!(kinds, [(Some(7), ProblemKind::Malformed), (Some(8), ProblemKind::OutsideText)]);
    assert_eq!(check(&folder).expect("checked"), found, "check says the same");
    save_all(&folder, &read).expect("saved");
    assert!(files(folder.root())["documents/d001.ron"].contains("tome"), "the file is left as it is");
    edit(&folder, "documents/d001.ron", "    anchors: [", "    anchors: [[");
    let (read, found) = read_all(&folder).expect("opened");
    assert!(read.documents()[0].anchors.is_empty() && found.len() == 1, "{found:?}");
    edit(&folder, "documents/d001.ron", "d001", "d002");
    assert_eq!(read_all(&folder).expect("opened").1.len(), 1);
}

#[test]
fn a_copy_that_is_gone_or_another_is_reported() {
    let (_dir, folder, _) = on_disk();
    let copy = folder.original(&TextId::new(&"d001".into(), 1), &"pdf".into());
    fs::write(&copy, "other").expect("written");
    assert!(problems(&folder)[0].starts_with("the copy of the original is not the file that was imported"));
    fs::remove_file(&copy).expect("removed");
    assert!(problems(&folder)[0].starts_with("the copy of the original of `d001` is missing"));
    edit(&folder, "project.ron", "kept: \"pdf\"", "kept: \"../../pdf\"");
    assert!(problems(&folder)[0].contains("`kept` is “../../pdf”, which is not a file extension"));
}

#[test]
fn they_go_to_the_trash_with_their_text_and_come_back_with_it() {
    let (_dir, folder, mut project) = on_disk();
    let before = files(folder.root());
    let turn = |project: &mut Project, edit: Edit| {
        let applied = project.apply(edit).expect("applied");
        let keys: BTreeSet<FileKey> = applied.touched.iter().map(FileKey::from).collect();
        write(&folder, &snapshot(project, &keys)).expect("saved");
        applied.inverse
    };
    for _ in 0..2 {
        let back = turn(&mut project, Edit::RemoveDocument { document: "d001".into() });
        let left = files(folder.root());
        assert!(left.keys().all(|name| !name.starts_with("documents/")), "{left:?}");
        assert!(folder.local().join("trash/documents/d001.pdf").is_file());
        turn(&mut project, back);
        assert_eq!(files(folder.root()), before);
    }
}

#[test]
fn a_document_with_an_anchor_outside_its_text_is_refused() {
    let bad = Anchors::new(vec![Anchor { at: TEXT.len() + 1, kind: AnchorKind::Page("9".into()) }]);
    let document = Arc::new(document().with_anchors(Arc::new(bad)));
    let refused = Project::new("Talks", codebook()).apply(Edit::InsertDocument { at: 0, document });
    assert_eq!(refused.expect_err("refused"), EditError::OutsideText("d001".into()));
}

fn kind() -> impl Strategy<Value = AnchorKind> {
    prop_oneof![
        any::<String>().prop_map(|name| AnchorKind::Page(name.into())),
        (1..=6u8, any::<String>()).prop_map(|(level, title)| AnchorKind::Heading { level, title }),
        any::<String>().prop_map(|time| AnchorKind::Time(time.into())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_anchors_come_back(
        content in "(\\PC|\n|é|한){1,60}",
        places in proptest::collection::vec((0.0..=1.0, kind()), 0..12),
        author in any::<String>(),
    ) {
        let text = Arc::new(Text::new(content));
        let byte = |f: f64| text.byte_offset((f * text.characters() as f64) as usize).expect("inside");
        let all = places.into_iter().map(|(f, kind)| Anchor { at: byte(f), kind }).collect();
        let meta = DocumentMeta { author, ..meta("d001", &text) };
        let document = Document::new(meta, text.clone()).with_anchors(Arc::new(Anchors::new(all)));
        let project = Project::assemble("T".into(), vec![], vec![], vec![], codebook(), vec![document]);
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(dir.path().join("a"));
        create(&folder, &project).expect("created");
        let (read, problems) = read_all(&folder).expect("opened");
        prop_assert!(problems.is_empty(), "{:?}", problems);
        prop_assert_eq!(&read.documents()[0].anchors, &project.documents()[0].anchors);
        prop_assert_eq!(&read.documents()[0].meta, &project.documents()[0].meta);
    }
}
