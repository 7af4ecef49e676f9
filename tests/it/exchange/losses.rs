//! What is said to be lost is lost, and counted once.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::cli::demarche;

fn report(args: &[&str], home: &Path) -> (i32, Value) {
    let (code, out, err) = demarche(args, home);
    (code, serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}")))
}

/// Returns the kinds and counts of the losses in a report.
fn losses(report: &Value) -> Vec<(String, u64)> {
    let rows = report["losses"].as_array().unwrap().iter();
    rows.map(|row| (row["kind"].to_string(), row["count"].as_u64().unwrap())).collect()
}

#[test]
fn a_folder_in_brat_is_imported_and_exported_without_false_losses() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    fs::write(home.join("empty.csv"), "id,name\n").unwrap();
    demarche(&["new", "p", "--codebook", "empty.csv"], home);
    for folder in ["in/one", "in/two"] {
        fs::create_dir_all(home.join(folder)).unwrap();
    }
    let conf =
        "[entities]\nN\nn\n[relations]\nAUX Arg1:N, Arg2:n\naux Arg1:n, Arg2:N\n[events]\n[attributes]\n";
    fs::write(home.join("in/annotation.conf"), conf).unwrap();
    for (number, name) in ["in/one/a", "in/one/b", "in/two/a"].into_iter().enumerate() {
        fs::write(home.join(format!("{name}.txt")), format!("Ports close {number}.\n")).unwrap();
        let standoff = "T1\tN 0 5\tPorts\nT2\tn 6 11\tclose\nR1\tAUX Arg1:T1 Arg2:T2\nR2\tAUX Arg1:T1 Arg2:T2\nR3\taux Arg1:T1 Arg2:T2\n";
        fs::write(home.join(format!("{name}.ann")), standoff).unwrap();
    }
    let (code, imported) = report(&["import", "p", "in", "--annotator", "gold", "--json"], home);
    let count = |key: &str| imported[key].as_u64().unwrap();
    assert_eq!((code, count("documents"), count("spans"), count("links"), count("skipped")), (0, 3, 6, 6, 0));
    // The ends of the two relations: a configuration for three files, and counted once.
    assert_eq!(losses(&imported).iter().map(|(_, count)| *count).collect::<Vec<_>>(), [2]);
    let (code, exported) = report(&["export", "p", "--format", "brat", "--output", "out", "--json"], home);
    assert_eq!((code, losses(&exported)), (0, Vec::new()), "{exported}");
    let (code, again) = report(&["import", "p", "out", "--annotator", "gold", "--json"], home);
    assert_eq!((code, again["spans"].as_u64(), again["skipped"].as_u64()), (0, Some(0), Some(12)), "{again}");
}
