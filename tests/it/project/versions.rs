//! Documents whose text has changed: both texts stay, and a layer says which one it counts.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use demarche::io::project::{Folder, check};
use demarche::io::{Problem, ProblemKind};
use demarche::model::*;

use crate::support::project::*;
use crate::support::session::small;

const OLD: &str = "Norvania will suspend the talks. Estmark regrets this. The port is closed by Friday.\n";
const NEW: &str = "Yesterday, Norvania said: we will suspend the talks. The port is closed by Monday.\n";

/// A project of one text, in which Ben has tagged three passages, and whose text has changed since.
fn updated() -> (tempfile::TempDir, Folder) {
    let (dir, root) = small(&[OLD]);
    let ben = |quote: &str, n: u8| {
        let start = OLD.find(quote).unwrap();
        let end = start + quote.len();
        format!(
            "        (id: \"01900000-0000-7000-8000-0000000000{n:02}\", category: \"threat\", ranges: [({start}, {end})], \
             quote: \"{quote}\", note: \"n{n}\", created: \"2026-03-14T09:14:00Z\"),\n"
        )
    };
    let records = [ben("will suspend the talks", 1), ben("Estmark regrets", 2), ben("by Friday", 3)].concat();
    write(
        &root,
        "layers/ben/d001.ron",
        &format!(
            "(\n    format: 1,\n    document: \"d001\",\n    annotator: \"ben\",\n    spans: [\n{records}    ],\n    links: [\n    ],\n)\n"
        ),
    );
    write(&root, "documents/d001.v2.txt", NEW);
    let project = fs::read_to_string(root.join("project.ron")).unwrap();
    let old = format!("characters: {})", OLD.chars().count());
    let [old_sum, new_sum] = [OLD, NEW].map(|text| demarche::io::sha256(text.as_bytes()));
    let new = format!(
        "characters: {}, version: 2, updated: \"2026-03-15T09:00:00Z\", updated_by: \"ana\", earlier: [(version: 1, \
         text_sha256: \"{old_sum}\", characters: {})])",
        NEW.chars().count(),
        OLD.chars().count()
    );
    assert!(project.contains(&old), "{project}");
    write(&root, "project.ron", &project.replace(&old_sum, &new_sum).replace(&old, &new));
    (dir, Folder::new(&root))
}

fn write(root: &Path, file: &str, content: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn layer_of_ben(project: &Project) -> Arc<Layer> {
    project.layer(&LayerId::new(&"d001".into(), &"ben".into())).unwrap().clone()
}

#[test]
fn a_layer_of_an_earlier_text_is_read_at_its_new_places() {
    let (_dir, folder) = updated();
    assert_eq!(check(&folder).unwrap(), []);
    let (project, problems) = read_all(&folder).unwrap();
    assert_eq!(problems, []);
    let document = &project.documents()[0];
    assert_eq!(document.text.as_ref().unwrap().as_str(), NEW);
    assert_eq!(document.other_texts[&1].text.as_str(), OLD);
    let layer = layer_of_ben(&project);
    let quotes: Vec<String> = layer.spans().map(|s| s.quote(document.text.as_ref().unwrap())).collect();
    assert_eq!(quotes, ["will suspend the talks"]);
    let waiting: Vec<_> =
        layer.detached().map(|(_, d)| (d.claim.clone().unwrap().quote, d.reason.clone())).collect();
    let [(lost, DetachedReason::TextChanged(None)), (fuzzy, DetachedReason::TextChanged(Some(likeness)))] =
        waiting.as_slice()
    else {
        panic!("{waiting:?}")
    };
    assert_eq!((&*lost.shown(), &*fuzzy.shown(), likeness.percent), ("Estmark regrets", "by Friday", 67));
    assert_eq!(document.text.as_ref().unwrap().slice(likeness.ranges.cover()), "by Monday");
}

#[test]
fn a_layer_that_is_written_says_which_text_it_counts() {
    let (_dir, folder) = updated();
    let (project, _) = read_all(&folder).unwrap();
    save_all(&folder, &project).unwrap();
    let written = fs::read_to_string(folder.root().join("layers/ben/d001.ron")).unwrap();
    let line = |words: &str| written.lines().find(|line| line.contains(words)).unwrap().to_owned();
    assert!(written.contains("\n    text: 2,\n"), "{written}");
    assert!(line("will suspend the talks").contains("ranges: [(29, 51)]"), "{written}");
    // What waits still counts the first text, and says so.
    assert!(line("Estmark regrets").contains("ranges: [(33, 48)]"), "{written}");
    assert!(line("Estmark regrets").ends_with("text: 1),"), "{written}");
    assert_eq!(check(&folder).unwrap(), []);
    let (again, problems) = read_all(&folder).unwrap();
    assert_eq!(problems, []);
    let (before, after) = (layer_of_ben(&project), layer_of_ben(&again));
    assert!(before.spans().eq(after.spans()));
    let waiting = |layer: &Layer| {
        layer.detached().map(|(_, d)| (d.claim.clone(), d.reason.clone())).collect::<Vec<_>>()
    };
    assert_eq!(waiting(&before), waiting(&after));
    save_all(&folder, &again).unwrap();
    assert_eq!(fs::read_to_string(folder.root().join("layers/ben/d001.ron")).unwrap(), written);
    assert_eq!(fs::read_to_string(folder.root().join("documents/d001.txt")).unwrap(), OLD);
}

#[test]
fn a_missing_text_leaves_the_layer_alone() {
    let (_dir, folder) = updated();
    fs::remove_file(folder.root().join("documents/d001.txt")).unwrap();
    let (project, problems) = read_all(&folder).unwrap();
    assert!(project.documents()[0].unreadable.contains(&"ben".into()));
    let is_of_layer =
        |p: &Problem| p.kind == ProblemKind::Malformed && p.file.ends_with("layers/ben/d001.ron");
    assert!(problems.iter().any(is_of_layer), "{problems:?}");
    // A layer may be synchronised before the line in project.ron that lists its text.
    let (_dir, folder) = updated();
    let project = fs::read_to_string(folder.root().join("project.ron")).unwrap();
    let at = project.find(", version: 2").unwrap();
    let plain = project.replace(&project[at..at + project[at..].find("])").unwrap() + 1], "");
    let plain = plain.replace(
        &format!("characters: {}", NEW.chars().count()),
        &format!("characters: {}", OLD.chars().count()),
    );
    write(folder.root(), "project.ron", &plain);
    let layer = fs::read_to_string(folder.root().join("layers/ben/d001.ron")).unwrap();
    let start = NEW.find("Norvania").unwrap();
    let span = format!(
        "    spans: [\n        (id: \"01900000-0000-7000-8000-000000000009\", category: \"threat\", ranges: [({start}, {})], quote: \
         \"Norvania\", created: \"2026-03-14T09:14:00Z\", text: 2),\n",
        start + 8
    );
    write(folder.root(), "layers/ben/d001.ron", &layer.replace("    spans: [\n", &span));
    let (project, problems) = read_all(&folder).unwrap();
    assert_eq!(problems, []);
    assert_eq!(layer_of_ben(&project).len() + layer_of_ben(&project).detached().count(), 4);
}

#[test]
fn damage_of_versions_is_named() {
    let (_dir, folder) = updated();
    let project = fs::read_to_string(folder.root().join("project.ron")).unwrap();
    let broken = [
        ("version: 2, updated", "version: 1, updated"),
        ("updated: \"2026-03-15T09:00:00Z\", ", ""),
        ("updated: \"2026-03-15T09:00:00Z\"", "updated: \"soon\""),
    ];
    for (good, bad) in broken {
        let text = project.replace(good, bad);
        assert_ne!(text, project);
        write(folder.root(), "project.ron", &text);
        let problems = check(&folder).unwrap();
        let named = |p: &Problem| {
            p.kind == ProblemKind::Malformed && p.file.ends_with("project.ron") && p.line.is_some()
        };
        assert!(problems.iter().any(named), "{bad}: {problems:?}");
    }
    write(folder.root(), "project.ron", &project);
    fs::remove_file(folder.root().join("documents/d001.v2.txt")).unwrap();
    let problems = check(&folder).unwrap();
    let is_missing =
        |p: &Problem| p.kind == ProblemKind::Missing && p.file.ends_with("documents/d001.v2.txt");
    assert!(problems.iter().any(is_missing), "{problems:?}");
}
