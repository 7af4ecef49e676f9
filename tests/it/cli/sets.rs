//! Sets of documents on the command line.

use serde_json::Value;

use crate::support::cli::demarche;
use crate::support::project::files;
use crate::support::session::{open, small, tag};

fn json(args: &[&str], within: &std::path::Path) -> Value {
    let (code, out, err) = demarche(args, within);
    assert_eq!(code, 0, "{err}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn a_script_puts_documents_into_a_set_and_filters_by_it() {
    let (dir, root) = small(&["Norvania will suspend the talks.\n", "Estmark offers to lower the fee.\n"]);
    let mut session = open(&root);
    tag(&mut session, "suspend", "threat");
    session.save_now().unwrap();
    drop(session);
    let within = dir.path();
    let run = |args: &[&str]| demarche(args, within).0;
    assert_eq!(run(&["sets", "small", "add", "Round one", "d001", "--annotator", "ana"]), 0);
    assert_eq!(run(&["sets", "small", "add", "round ONE", "d002", "--annotator", "ana"]), 0);
    let sets = json(&["sets", "small", "--json"], within);
    assert_eq!(sets["sets"][0]["id"], "round-one");
    assert_eq!(sets["sets"][0]["documents"], serde_json::json!(["d001", "d002"]));
    let summary = json(&["summary", "small", "--json", "--filter", "set:\"Round one\""], within);
    assert_eq!(summary["spans"], 1);
    assert_eq!(summary["documents"][0]["sets"], serde_json::json!(["Round one"]));
    assert_eq!(run(&["sets", "small", "remove", "round-one", "d001", "--annotator", "ana"]), 0);
    let summary = json(&["summary", "small", "--json", "--filter", "set:\"Round one\""], within);
    assert_eq!(summary["spans"], 0);
    // Names that the project lacks are wrong usage, and nothing changes.
    let before = files(&root);
    for args in [
        &["sets", "small", "add", "Round one", "d009", "--annotator", "ana"][..],
        &["sets", "small", "remove", "Round two", "--annotator", "ana"],
        &["summary", "small", "--filter", "set:\"Round two\""],
    ] {
        assert_eq!(run(args), 2, "{args:?}");
    }
    assert_eq!(files(&root), before);
    assert_eq!(run(&["sets", "small", "remove", "Round one", "--annotator", "ana"]), 0);
    assert_eq!(json(&["sets", "small", "--json"], within)["sets"], serde_json::json!([]));
    assert_eq!(run(&["check", "small"]), 0);
}
