//! Foreign documents as they really are: odd line ends, invisible characters, files of other kinds, and what is said of them.

use std::fs;
use std::path::{Path, PathBuf};

use demarche::io::documents::Reader;
use demarche::io::import::{self, Doubt, Files, NewDocument};
use demarche::io::{DocumentLoss, Loss, sha256};
use demarche::model::{AnchorKind, Document, DocumentMeta, Project, Text};

use crate::support::cli::demarche;

/// All line ends, and all invisible characters that only say where a line may break.
const MIXED: &str = "one\r\ntwo\rthree\nfour\u{B}five\u{85}six\u{2028}seven\u{2029}eight\n\n\
                     nego\u{AD}tia\u{AD}tion, zero\u{200B}width, word\u{2060}joiner, mark\u{FEFF}inside, می\u{200C}خواهم\n";
const CLEAN: &str = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n\nnegotiation, zerowidth, wordjoiner, markinside, می\u{200C}خواهم\n";

fn read_in(project: &Project, path: &Path) -> Vec<NewDocument> {
    let read = import::read(project, &[path.to_owned()], &Reader::in_process(), &()).unwrap();
    read.into_iter().next().unwrap().unwrap_or_else(|problem| panic!("{problem}"))
}

fn read(name: &str, content: impl AsRef<[u8]>) -> NewDocument {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    read_in(&Project::default(), &path).remove(0)
}

fn refusal(name: &str, content: impl AsRef<[u8]>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let read = import::read(&Project::default(), &[path], &Reader::in_process(), &()).unwrap();
    read.into_iter().next().unwrap().unwrap_err().message
}

fn hints(document: &NewDocument) -> usize {
    let is_it = |loss: &&Loss| loss.kind == DocumentLoss::BreakHints.into();
    document.dropped.iter().filter(is_it).map(|loss| loss.count).sum()
}

#[test]
fn every_format_has_lf_line_ends_and_no_break_hints() {
    for name in ["a.txt", "a.md", "a"] {
        let document = read(name, MIXED);
        assert_eq!((document.text.as_str(), hints(&document)), (CLEAN, 5), "{name}");
    }
    let word = "nego\u{AD}tia\u{200B}tion";
    let html =
        read("a.html", format!("<title>A {word}</title><p>{word} soft&shy;hyphen mark&#xFEFF;inside</p>"));
    assert_eq!((html.text.as_str(), hints(&html)), ("negotiation softhyphen markinside\n", 4));
    assert_eq!(html.meta.title, "A negotiation");
    let table = read("a.csv", format!("title,text\nA,We leave the {word} now\n"));
    assert_eq!((table.text.as_str(), hints(&table)), ("We leave the negotiation now\n", 2));
    let srt = read("a.srt", format!("1\n00:00:01,000 --> 00:00:02,000\nThe {word}.\n"));
    assert_eq!((srt.text.as_str(), hints(&srt)), ("The negotiation.\n", 2));
}

#[test]
fn form_feeds_are_pages() {
    let document = read("a.txt", "The first page\n\u{C}The second page\n\u{C}");
    assert_eq!(document.text.as_str(), "The first page\nThe second page\n");
    let pages: Vec<_> =
        document.anchors.all().iter().map(|anchor| (anchor.at, anchor.kind.clone())).collect();
    assert_eq!(pages, [(0, AnchorKind::Page("1".into())), (15, AnchorKind::Page("2".into()))]);
}

#[test]
fn a_document_imported_before_it_was_cleaned_is_recognised() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, MIXED).unwrap();
    let mut project = Project::default();
    let mut meta: DocumentMeta = read_in(&project, &path).remove(0).meta;
    assert_eq!(meta.origin.sha256, sha256(MIXED.as_bytes()));
    meta.id = "d001".into();
    let earlier = Document::new(meta.clone(), std::sync::Arc::new(Text::new(MIXED)));
    let insert = demarche::model::Edit::InsertDocument { at: 0, document: std::sync::Arc::new(earlier) };
    project.apply(insert).unwrap();
    assert_eq!(read_in(&project, &path)[0].existing.as_deref(), Some(meta.title.as_str()));
    // The checksum of a row is that of the row as it is in the file.
    let row = read("a.csv", "text\nnego\u{AD}tiation\n");
    assert_eq!(row.meta.origin.sha256, sha256("\0\0\0\0nego\u{AD}tiation\n".as_bytes()));
}

#[test]
fn other_formats_are_refused_by_name() {
    for (name, content, expected) in [
        ("a.xml", "<doc>\u{FEFF}The text begins.</doc>", "an XML file"),
        (
            "b.xml",
            "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>",
            "a Word document in XML",
        ),
        ("a.eml", "From: a@example.org\nContent-Type: text/plain\n\nWords", "an e-mail"),
        ("a.mhtml", "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n", "a web archive"),
        ("a.pptx", "PK\u{3}\u{4}", "a presentation"),
        ("a.xlsx", "PK\u{3}\u{4}", "a spreadsheet"),
    ] {
        let why = refusal(name, content);
        assert!(why.contains(expected) && why.contains("save") | why.contains("export"), "{name}: {why}");
    }
    let page = "<html><body><p>A page that is called .doc.</p></body></html>";
    assert_eq!(read("notes.doc", page).text.as_str(), "A page that is called .doc.\n");
    let many: String = (0..200_000).map(|n| format!(" a{n}=\"x\"")).collect();
    let begun = std::time::Instant::now();
    let why = refusal("a.html", format!("<p{many}>Words here.</p>"));
    assert!(why.contains("attributes"), "{why}");
    assert!(begun.elapsed().as_secs() < 10);
}

#[test]
fn entities_that_a_file_defines_are_replaced() {
    let page = "<?xml version=\"1.0\"?>\n<!DOCTYPE html [\n<!ENTITY co \"Norvania\">\n]>\n<html><body><p>&co; waits, &amp; asks.</p></body></html>";
    assert_eq!(read("a.xhtml", page).text.as_str(), "Norvania waits, & asks.\n");
}

#[test]
fn doubts_are_typed() {
    let pound = read("a.txt", b"The fee of \xA3825 a ship is to be paid by the line, said the envoy.\n");
    assert_eq!(
        (pound.meta.origin.encoding.as_str(), pound.text.as_str().contains("£825")),
        ("windows-1252", true)
    );
    assert_eq!(pound.doubts.into_iter().collect::<Vec<_>>(), [Doubt::Encoding]);
    let damaged = read("a.txt", b"The delegation\xE2\x80\x99s answer, an \xFFanswer.\n");
    assert_eq!(damaged.doubts.into_iter().collect::<Vec<_>>(), [Doubt::UnreadCharacters]);
    let table = read("a.csv", "yes,no\nno,yes\nmaybe,never\n");
    assert_eq!(table.doubts.into_iter().collect::<Vec<_>>(), [Doubt::Table]);
    assert!(read("a.txt", MIXED).doubts.is_empty());
    let utf32: Vec<u8> = "\u{FEFF}We wait.\n".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let utf32 = read("a.txt", utf32);
    assert!(utf32.doubts.is_empty() && utf32.text.as_str() == "We wait.\n");
}

#[test]
fn what_a_folder_has_besides_documents_is_listed() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("in");
    fs::create_dir(&folder).unwrap();
    let files: [(&str, &[u8]); 5] = [
        ("a.txt", b"We wait for \xA3825.\n"),
        ("b.pptx", b"PK"),
        ("c.eml", b"From: a\n\nb"),
        ("d.png", b"\x89PNG"),
        ("e", b"no ending"),
    ];
    files.iter().for_each(|(name, content)| fs::write(folder.join(name), content).unwrap());
    let (code, out, err) = demarche(&["new", "talks", "in", "--json"], home.path());
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, report["documents"].as_u64()), (0, Some(1)), "{err}");
    let passed: Vec<_> =
        report["passed_over"].as_array().unwrap().iter().map(|row| row["file"].as_str().unwrap()).collect();
    assert_eq!(passed.len(), 4);
    assert!(["b.pptx", "c.eml", "d.png"].iter().all(|name| err.contains(name)), "{err}");
    assert_eq!(report["doubts"][0]["kind"], "encoding");
    assert!(err.contains("check this text"), "{err}");
    let found = Files::at(&[PathBuf::from(&folder)], None);
    assert_eq!((found.documents.len(), found.passed_over.len()), (1, 4));
}

#[test]
fn texts_that_come_with_labels_keep_every_character() {
    let home = tempfile::tempdir().unwrap();
    let text = "The nego\u{AD}tiation\u{85}ends.";
    let record = serde_json::json!({ "text": text, "label": [[4, 16, "DEMAND"]] }).to_string();
    fs::write(home.path().join("a.jsonl"), record).unwrap();
    let (code, _, err) = demarche(&["new", "talks", "a.jsonl", "--annotator", "Ana"], home.path());
    assert_eq!(code, 0, "{err}");
    let documents = fs::read_dir(home.path().join("talks/documents")).unwrap();
    let paths = documents.map(|entry| entry.unwrap().path());
    let texts: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "txt")).collect();
    assert_eq!(fs::read_to_string(&texts[0]).unwrap().trim_end(), text);
    let found = demarche::analysis::search::Query::words("negotiation").compile().unwrap().find_all(text);
    assert_eq!(found.len(), 1);
}
