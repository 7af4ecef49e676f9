//! Projects of other programs in SQLite, read in a process of their own.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::cli::demarche;

/// Creates a project of Demarche and the folder of a QualCoder project, whose tables SQL creates.
fn talks(sql: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("port.qda")).unwrap();
    fs::write(at("port.qda/notes.txt"), "Not to be imported.").unwrap();
    Connection::open(at("port.qda/data.qda")).unwrap().execute_batch(sql).unwrap();
    assert_eq!(demarche(&["new", "talks"], folder.path()).0, 0);
    folder
}

fn sql() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("tests/files/qualcoder/v1/data.sql")).unwrap()
}

#[test]
fn a_folder_of_qualcoder_is_imported_and_not_touched() {
    let folder = talks(&sql());
    let before = fs::read(folder.path().join("port.qda/data.qda")).unwrap();
    let (code, out, error) = demarche(&["import", "talks", "port.qda", "--json"], folder.path());
    assert_eq!(code, 0, "{out}{error}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["documents"], &report["spans"]), (&1.into(), &2.into()), "{report}");
    assert_eq!(fs::read(folder.path().join("port.qda/data.qda")).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path().join("port.qda")).unwrap().count(), 2);
}

#[test]
fn a_hostile_database_is_one_file_that_is_not_imported() {
    let endless = "CREATE TABLE code_name (cid, name, catid); CREATE TABLE code_cat (catid, name);
                   CREATE TABLE code_text (ctid, cid, fid, pos0, pos1);
                   CREATE VIEW source AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
                   SELECT id, 'a' AS name, 'x' AS fulltext FROM n;";
    let folder = talks(endless);
    let (code, _, error) = demarche(&["import", "talks", "port.qda"], folder.path());
    assert!(code != 0 && error.contains("`source`"), "{error}");
    let (code, _, error) = demarche(&["check", "talks"], folder.path());
    assert_eq!(code, 0, "{error}");
}
