//! Tests of projects in databases that need more than a golden file: what a hostile database can do, and journals.

use std::path::Path;

use rusqlite::Connection;

use crate::annotations::{Draft, Input, importer};
use crate::{IoError, ProblemKind};

/// Returns the bytes of a database that SQL creates.
pub(crate) fn database(sql: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(&format!("PRAGMA synchronous = OFF; BEGIN;\n{sql}\n;COMMIT;")).unwrap();
    connection.close().map_err(|(_, error)| error).unwrap();
    std::fs::read(&path).unwrap()
}

fn sql_of(case: &str) -> String {
    let folder = crate::annotations::fixtures::root("tests/files").join(case);
    let file = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let sql = file.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "sql")).unwrap();
    std::fs::read_to_string(sql).unwrap()
}

fn read(format: &str, path: &Path, bytes: Vec<u8>) -> Result<Draft, IoError> {
    importer(format).unwrap().read(&Input::new(path, bytes))
}

/// Returns the kind of the problem for which a whole file is refused, and its words.
fn refusal(format: &str, bytes: Vec<u8>) -> (ProblemKind, String) {
    match read(format, Path::new("a.db"), bytes) {
        Err(IoError::Problem(problem)) => (problem.kind, problem.message),
        other => panic!("{other:?}"),
    }
}

/// Tables of QualCoder with one passage, and what else SQL says.
fn qualcoder(rest: &str) -> String {
    format!(
        "CREATE TABLE code_cat (catid integer, name text, supercatid integer);
         CREATE TABLE code_name (cid integer, name text, catid integer);
         CREATE TABLE code_text (ctid integer, cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text);
         INSERT INTO code_name VALUES (1, 'demand', NULL);
         INSERT INTO code_text VALUES (1, 1, 1, 'We', 0, 2, 'Ana');
         {rest}"
    )
}

const SOURCE: &str = "CREATE TABLE source (id integer, name text, fulltext text, memo text);
                      INSERT INTO source VALUES (1, 'a', 'We demand.', '');";

fn spans(draft: &Draft) -> usize {
    draft.documents.iter().map(|document| document.spans.len()).sum()
}

#[test]
fn views_virtual_tables_and_computed_columns_are_not_read() {
    let ours = database(&qualcoder(SOURCE));
    assert_eq!(spans(&read("qualcoder", Path::new("a.qda"), ours).unwrap()), 1);
    for (hostile, word) in [
        (
            "CREATE VIEW source AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, 'a' AS name, 'x' AS fulltext FROM n;",
            "source",
        ),
        ("CREATE VIRTUAL TABLE source USING fts5(id, name, fulltext);", "source"),
        ("CREATE VIRTUAL TABLE source USING rtree(id, pos0, pos1);", "source"),
        (
            "CREATE TABLE source (id integer, name text, x, fulltext text AS (zeroblob(1000000000)) VIRTUAL);",
            "fulltext",
        ),
        ("CREATE TABLE source (id integer, name text AS (upper(id)) STORED, fulltext text);", "name"),
        ("CREATE TABLE sources (id integer);", "source"),
    ] {
        let (kind, message) = refusal("qualcoder", database(&qualcoder(hostile)));
        assert_eq!(kind, ProblemKind::Unreadable, "{hostile}");
        assert!(message.contains(&format!("`{word}`")), "{hostile}: {message}");
    }
}

#[test]
fn a_schema_that_lies_runs_nothing() {
    let view = "CREATE VIEW source AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n";
    let lies = [
        format!("UPDATE sqlite_schema SET sql = '{view}' WHERE name = 'source'"),
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE source (id, name, fulltext, memo text DEFAULT (randomblob(1e9)))' WHERE name = 'source'".to_owned(),
        "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'source'".to_owned(),
        "UPDATE sqlite_schema SET rootpage = 4000000000 WHERE name = 'source'".to_owned(),
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE source (' || replace(hex(zeroblob(3000)), '0', 'a, ') || 'x)' WHERE name = 'source'".to_owned(),
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE source (id CHECK (' || replace(hex(zeroblob(5000)), '0', '(') || '1' WHERE name = 'source'".to_owned(),
    ];
    for lie in lies {
        let sql = qualcoder(SOURCE) + &format!("PRAGMA writable_schema = ON; {lie};");
        // That it returns, without a panic and soon, is the promise; damage may leave something to read.
        match read("qualcoder", Path::new("a.qda"), database(&sql)) {
            Ok(draft) => assert!(spans(&draft) <= 1, "{lie}"),
            Err(IoError::Problem(problem)) => assert_eq!(problem.kind, ProblemKind::Unreadable, "{lie}"),
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[test]
fn triggers_and_other_tables_do_not_matter_and_bytes_are_counted() {
    let rest = format!(
        "{SOURCE} INSERT INTO source VALUES (2, x'ff00fe', zeroblob(5000000) || x'ff', '');
         CREATE TABLE like_sqlite (a); CREATE INDEX i ON source (id);
         CREATE TRIGGER t AFTER INSERT ON source BEGIN DELETE FROM code_text; END;"
    );
    let draft = read("qualcoder", Path::new("a.qda"), database(&qualcoder(&rest))).unwrap();
    assert_eq!((spans(&draft), draft.documents.len()), (1, 1));
    let kinds: Vec<String> = draft.losses.iter().map(crate::Loss::short).collect();
    assert_eq!(kinds, ["2 Bytes"]);
}

#[test]
fn a_log_beside_the_file_is_not_overlooked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.qda");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    connection.execute_batch(&qualcoder(SOURCE)).unwrap();
    let (kind, message) = match read("qualcoder", &path, std::fs::read(&path).unwrap()) {
        Err(IoError::Problem(problem)) => (problem.kind, problem.message),
        other => panic!("{other:?}"),
    };
    assert_eq!(kind, ProblemKind::Unreadable);
    assert!(message.contains("data.qda-wal"), "{message}");
    connection.close().map_err(|(_, error)| error).unwrap();
    // The file still says that it uses a log.
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!((bytes[18], spans(&read("qualcoder", &path, bytes.clone()).unwrap())), (2, 1));
    std::fs::write(folder.path().join("data.qda-journal"), [0; 512]).unwrap();
    assert_eq!(spans(&read("qualcoder", &path, bytes.clone()).unwrap()), 1, "a journal that is done with");
    let unfinished = b"\xD9\xD5\x05\xF9\x20\xA1\x63\xD7 and more";
    std::fs::write(folder.path().join("data.qda-journal"), unfinished).unwrap();
    assert!(read("qualcoder", &path, bytes).is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is written beside it");
}

#[test]
fn texts_in_other_encodings_are_decoded_and_reported() {
    let rest = "CREATE TABLE source (id integer, name text, fulltext text, memo text);
                INSERT INTO source VALUES (1, 'a', CAST(x'576520646520656c6520c9746174732c206465732066ea746573206574206465732063616fe9732e' AS TEXT), '');";
    let path = Path::new("a.qda");
    let latin = encoding_rs::Encoding::for_label(b"windows-1252");
    let input = Input { encoding: latin, ..Input::new(path, database(&qualcoder(rest))) };
    let draft = importer("qualcoder").unwrap().read(&input).unwrap();
    assert_eq!(draft.documents[0].text, "We de ele États, des fêtes et des caoés.");
    assert_eq!((draft.remarks.len(), spans(&draft)), (1, 1));
}

#[test]
fn every_project_is_recognised_by_its_tables() {
    let expected = [
        ("qualcoder/v17", "qualcoder"),
        ("taguette/one", "taguette"),
        ("rqda/0.2.2", "rqda"),
        ("dna/3", "dna"),
        ("dna/2", "dna"),
    ];
    for (case, format) in expected {
        let bytes = database(&sql_of(case));
        let found: Vec<&str> = crate::annotations::importers()
            .iter()
            .filter(|importer| importer.is_archive() && importer.fits(&bytes[..bytes.len().min(1 << 16)]))
            .map(|importer| importer.name())
            .filter(|name| *name != "qdpx")
            .collect();
        assert_eq!(found, [format], "{case}");
    }
    for other in [
        "CREATE TABLE a (b); INSERT INTO a VALUES ('CREATE TABLE freecoder (x)')",
        "CREATE TABLE source (id)",
    ] {
        let bytes = database(other);
        let found = |name: &str| importer(name).unwrap().fits(&bytes);
        assert!(!["qualcoder", "taguette", "rqda", "dna"].into_iter().any(found), "{other}");
    }
}

#[test]
fn exported_statements_come_back_to_their_documents() {
    use crate::annotations::{Fresh, SpanOwner, place};
    use crate::export::{memory, sample};

    let project = sample::project();
    let scope = crate::export::Scope::everything(&project);
    let list = memory::text("dna-csv", &scope);
    let path = Path::new("events.csv");
    assert_eq!(crate::annotations::importer_of(path, list.as_bytes()).unwrap().name(), "dna");
    let draft = read("dna", path, list.clone().into_bytes()).unwrap();
    assert_eq!((spans(&draft), draft.problems.len()), (8, 0));
    let mut last = 0;
    let mut ids = || {
        last += 1;
        uuid::Uuid::from_u128(last)
    };
    let me = demarche_model::AnnotatorId::new("ana");
    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    let incoming = place(&project, path, draft, SpanOwner::Unsigned(&me), fresh).unwrap();
    let missed: Vec<&String> = incoming.problems.iter().map(|problem| &problem.message).collect();
    assert!(incoming.documents.is_empty(), "{missed:?}");
    assert_eq!(incoming.spans + incoming.skipped + incoming.problems.len(), 8, "{missed:?}");
    assert_eq!(incoming.problems.len(), 0, "{missed:?}");

    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    let elsewhere = demarche_model::Project::new("empty", sample::codebook());
    let draft = read("dna", path, list.into_bytes()).unwrap();
    let incoming = place(&elsewhere, path, draft, SpanOwner::Unsigned(&me), fresh).unwrap();
    assert!(
        incoming.spans == 0 && incoming.problems.iter().all(|problem| problem.kind == ProblemKind::Missing)
    );
}

#[test]
fn a_list_of_statements_as_dna_writes_it_is_read() {
    let list = "\"statement_id\";\"time\";\"person\";\"organization\";\"concept\";\"agreement\";\"start_position\";\"stop_position\";\"text\";\"coder\";\"document_id\";\"document_title\";\"document_author\";\"document_source\";\"document_section\";\"document_type\"\n\
                7;2026-03-01 00:00:00;\"Ruiz\";\"\";\"Lower the fees\";0;13;27;\"fees must fall\";2;1;\"Port debate\";\"\";\"\";\"\";\"\"\n\
                8;2026-03-01 00:00:00;\"\";\"\";\"\";1;;27;\"x\";2;1;\"Port debate\";\"\";\"\";\"\";\"\"\n";
    let draft = read("dna", Path::new("a.csv"), list.as_bytes().to_vec()).unwrap();
    let document = &draft.documents[0];
    let span = &document.spans[0];
    assert_eq!(
        (document.title.as_deref(), span.annotator.as_deref()),
        (Some("Port debate"), Some("Coder 2"))
    );
    assert_eq!((span.ranges.as_slice(), span.line, span.attributes.len()), (&[(13, 27)][..], Some(2), 3));
    assert_eq!((draft.problems.len(), draft.problems[0].line), (1, Some(3)));
}
