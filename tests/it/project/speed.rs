//! The speed of big layers and of many files: `cargo test --release speed -- --ignored --nocapture`.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use demarche::io::project::{FileKey, Folder, Listing, create, open, read_document, snapshot, write};
use demarche::model::*;

use crate::support::project::*;

#[test]
#[ignore = "a measurement"]
fn a_big_layer_opens_within_a_second_and_saves_in_half_of_one() {
    let line = "The delegation — 한국 — will suspend the talks unless the port reopens by Friday, it said.\n";
    let text = Arc::new(Text::new(line.repeat(100_000)));
    let spans = (0..100_000).map(|n| {
        let start = n * line.len() + line.find("will").expect("there");
        let range = TextRange { start, end: start + 30 };
        let attributes = Attributes::from([("actor".into(), Value::Choice("Norvania".into()))]);
        Span {
            ranges: Ranges::one(range).expect("a range"),
            attributes,
            ..span(n as u128, "threat", &["talks"])
        }
    });
    let layer = Layer::new(Status::InProgress, spans, [], []);
    let mut document = Document::new(meta("d001", &text), text);
    document.layers.insert("ana".into(), Arc::new(layer));
    let project = Project::assemble("Big".to_owned(), vec![], vec![], vec![], codebook(), vec![document]);
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(dir.path());
    create(&folder, &project).expect("created");
    for _ in 0..3 {
        std::fs::remove_file(folder.root().join("layers/ana/d001.ron")).expect("removed");
        let start = Instant::now();
        let key = FileKey::Layer(LayerId::new(&"d001".into(), &"ana".into()));
        write(&folder, &snapshot(&project, &BTreeSet::from([key]))).expect("saved");
        println!("save {:?}", start.elapsed());
        let start = Instant::now();
        let mut opened = open(&folder).expect("opened");
        let listing = Listing::read(&folder).expect("listed");
        let meta = opened.project.documents()[0].meta.clone();
        let (contents, problems) = read_document(&folder, &listing, project.codebook(), &meta).expect("read");
        opened.project.load_document(&meta.id, contents);
        println!("open {:?}", start.elapsed());
        assert!(problems.is_empty(), "{:?}", problems.first());
        assert_eq!(opened.project.documents()[0].layers, project.documents()[0].layers);
    }
    let size = std::fs::metadata(folder.root().join("layers/ana/d001.ron")).expect("there").len();
    println!("layer file {size} bytes");
}

#[test]
#[ignore = "a measurement"]
fn a_project_of_ten_thousand_documents_opens_fast() {
    let text = Text::new("x");
    let documents = (0..10_000).map(|n| Document::unloaded(meta(&format!("d{n:05}"), &text)));
    let project =
        Project::assemble("Big".to_owned(), vec![], vec![], vec![], codebook(), documents.collect());
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(dir.path());
    create(&folder, &project).expect("created");
    std::fs::create_dir_all(dir.path().join("layers/ana")).expect("made");
    for n in 0..10_000 {
        std::fs::write(dir.path().join(format!("layers/ana/d{n:05}.ron")), "").expect("written");
    }
    for _ in 0..3 {
        let start = Instant::now();
        let opened = open(&folder).expect("opened");
        println!("open {:?}", start.elapsed());
        assert_eq!(opened.project.documents().len(), 10_000);
    }
}

/// Writing many files takes at most twice as long as copying them and syncing the file system.
#[test]
#[ignore = "a measurement"]
fn many_files_are_written_as_fast_as_they_are_copied() {
    let text = Arc::new(Text::new(TEXT.repeat(20)));
    let people = ["ana", "ben", "cleo"];
    for (documents, layers) in [(1_000, 3), (10_000, 0)] {
        let documents = (1..=documents).map(|number: usize| {
            let mut document = Document::new(meta(&format!("d{number:05}"), &text), text.clone());
            for (who, id) in people[..layers].iter().zip(1..) {
                let span = span(number as u128 * 10 + id, "demand", &["suspend"]);
                let layer = Layer::new(Status::InProgress, [span], [], []);
                document.layers.insert((*who).into(), Arc::new(layer));
            }
            document
        });
        let people = people.map(|id| Annotator::new(id.into(), id, Colour::nth(0)));
        let project = Project::assemble(
            "Many".to_owned(),
            people.into(),
            vec![],
            vec![],
            codebook(),
            documents.collect(),
        );
        let dir = tempfile::tempdir().expect("a folder");
        let sync = || {
            let synced = std::process::Command::new("sync").arg("-f").arg(dir.path()).status();
            assert!(synced.expect("sync").success());
        };
        for run in 0..3 {
            let folder = Folder::new(dir.path().join(format!("p{run}")));
            folder.create_root().expect("created");
            let snapshot = snapshot(&project, &every_key(&folder, &project));
            sync();
            let start = Instant::now();
            write(&folder, &snapshot).expect("written");
            let written = start.elapsed();
            sync();
            let start = Instant::now();
            copy_tree(folder.root(), &dir.path().join(format!("q{run}")));
            sync();
            println!(
                "{} files: written {written:?}, copied {:?}",
                files(folder.root()).len(),
                start.elapsed()
            );
        }
    }
}
