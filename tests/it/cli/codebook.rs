//! Roles and the second edition of the codebook, proposed and applied on the command line.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::io::project::{Folder, check, open};
use demarche::model::{AttributeKind, MoveRole};
use tempfile::TempDir;

use crate::support::cli::demarche;

/// A project with the first edition of the codebook of negotiation.
fn first_edition() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a folder");
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/codebooks/earlier/negotiation-1.ron");
    fs::write(home.path().join("note.txt"), "Norvania demands talks.\n").expect("written");
    let args = ["new", "talks", "--codebook", &book.to_string_lossy(), "note.txt", "--annotator", "ana"];
    let (code, _, err) = demarche(&args, home.path());
    assert_eq!(code, 0, "{err}");
    let root = home.path().join("talks");
    (home, root)
}

#[test]
fn roles_are_proposed_and_set_only_when_asked_for() {
    let (home, root) = first_edition();
    let run = |args: &[&str]| demarche(args, home.path());
    let before = fs::read_to_string(root.join("project.ron")).expect("a file");
    let (code, out, err) = run(&["codebook", "talks", "--propose-roles"]);
    assert_eq!((code, out.lines().count()), (0, 8), "{err}");
    assert!(out.contains("justification  reason       its name"), "{out}");
    assert_eq!(fs::read_to_string(root.join("project.ron")).expect("a file"), before);
    let (code, ..) = run(&["codebook", "talks", "--propose-roles", "--apply", "--annotator", "ana"]);
    let codebook = open(&Folder::new(&root)).expect("opened").project.codebook().clone();
    assert_eq!((code, codebook.move_role(&"threat".into())), (0, Some(MoveRole::Threat)));
    let (_, out, _) = run(&["history", "talks"]);
    assert!(out.contains("set bargaining roles"), "{out}");
    let (code, out, _) = run(&["codebook", "talks", "--propose-roles"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(run(&["codebook", "talks", "--apply"]).0, 2);
}

#[test]
fn the_second_edition_is_listed_and_adopted() {
    let (home, root) = first_edition();
    let run = |args: &[&str]| demarche(args, home.path());
    let (code, out, err) = run(&["codebook", "talks", "--second-edition"]);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("added    category      Withdrawal")
            && out.contains("Actor             kind, definition")
    );
    let (code, ..) = run(&["codebook", "talks", "--second-edition", "--apply", "--annotator", "ana"]);
    let folder = Folder::new(&root);
    let codebook = open(&folder).expect("opened").project.codebook().clone();
    let actor = codebook.attribute(&"actor".into()).expect("an attribute");
    assert_eq!((code, &actor.kind), (0, &AttributeKind::Actors));
    assert!(codebook.link_kind(&"takes-back".into()).is_some_and(|kind| kind.is_answer()));
    assert_eq!(check(&folder).expect("checked"), []);
    let (code, out, _) = run(&["codebook", "talks", "--second-edition"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(run(&["new", "other", "--codebook", "bales"]).0, 0);
    assert_eq!(run(&["codebook", "other", "--second-edition"]).0, 1);
}
