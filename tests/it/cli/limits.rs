//! Numbers at their limits: nothing starts again at 0, and nothing that exists is replaced.

use std::fs;

use crate::support::cli::demarche;

#[test]
fn a_text_at_the_last_version_is_not_updated() {
    let home = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| demarche(args, home.path());
    fs::write(home.path().join("note.txt"), "A note.\n").expect("a file");
    fs::write(home.path().join("later.txt"), "A later note.\n").expect("a file");
    assert_eq!(run(&["new", "talks", "note.txt"]).0, 0);
    let root = home.path().join("talks");
    let document =
        fs::read_dir(root.join("documents")).expect("a folder").next().expect("a file").expect("read");
    let id = document.path().file_stem().expect("a name").to_string_lossy().into_owned();
    let last = root.join("documents").join(format!("{id}.v4294967295.txt"));
    fs::copy(document.path(), &last).expect("copied");
    let project = fs::read_to_string(root.join("project.ron")).expect("read");
    let length = "characters: 8";
    let version = format!(
        "{length}, version: 4294967295, updated: \"2026-01-01T00:00:00Z\", updated_by: \"ana\", earlier: [(version: 1, {length})]"
    );
    assert!(project.contains(length), "{project}");
    fs::write(root.join("project.ron"), project.replacen(length, &version, 1)).expect("written");
    let before = fs::read(root.join("project.ron")).expect("read");
    let (code, _, err) = run(&["update", "talks", &id, "later.txt", "--annotator", "ana", "--new-annotator"]);
    assert_eq!(code, 1, "{err}");
    assert_eq!(fs::read(root.join("project.ron")).expect("read"), before);
    assert_eq!(fs::read_dir(root.join("documents")).expect("a folder").count(), 2);
    assert_eq!(run(&["summary", "talks"]).0, 0, "it still opens");
    let (code, out, _) = run(&["check", "talks", "--json"]);
    assert!(code == 1 && out.contains("\"limit\""), "{out}");
}

#[test]
fn a_document_with_the_greatest_number_blocks_no_import() {
    let home = tempfile::tempdir().expect("a folder");
    let run = |args: &[&str]| demarche(args, home.path());
    assert_eq!(run(&["new", "talks"]).0, 0);
    let root = home.path().join("talks");
    fs::create_dir_all(root.join("documents")).expect("made");
    let project = fs::read_to_string(root.join("project.ron")).expect("read");
    let record = "    documents: [\n        (id: \"d4294967295\", title: \"T\", characters: 8),\n";
    fs::write(root.join("project.ron"), project.replacen("    documents: [\n", record, 1)).expect("written");
    fs::write(root.join("documents/d4294967295.txt"), "A note.\n").expect("written");
    for number in 0..3 {
        fs::write(home.path().join("x.txt"), format!("Text {number}\n")).expect("a file");
        fs::write(home.path().join("x.jsonl"), format!("{{\"text\":\"Line {number}\",\"spans\":[]}}\n"))
            .expect("a file");
        let (code, _, err) = run(&["import", "talks", "x.txt", "x.jsonl"]);
        assert_eq!(code, 0, "{err}");
    }
    assert_eq!(fs::read_dir(root.join("documents")).expect("a folder").count(), 7);
    assert_eq!(fs::read_to_string(root.join("documents/d4294967295.txt")).expect("read"), "A note.\n");
}
