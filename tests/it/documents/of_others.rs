//! Files that other programs have made of texts of ours, in `tests/documents`: `minutes` was written as a flat ODT, and
//! LibreOffice made the other formats of it; `papers.pdf` is from pdfTeX, `memorandum.pdf` from ReportLab. What comes of each
//! stands beside it; `GOLDEN=write` writes that anew.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use demarche::io::documents::{ReadDocument, Reader};
use demarche::model::AnchorKind;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")
}

fn read(name: &str) -> ReadDocument {
    let read = Reader::in_process().read_all(&[folder().join(name)], &()).expect("not stopped");
    read.into_iter().next().expect("a result").expect("read").remove(0).document
}

/// All that was read, the places among the words.
fn shown(read: &ReadDocument) -> String {
    let mut out = String::new();
    let facts = [read.title.as_deref(), read.author.as_deref(), read.date.as_ref().map(|date| date.as_str())];
    for (name, fact) in ["title", "author", "date"].into_iter().zip(facts) {
        let _ = writeln!(out, "{name}: {}", fact.unwrap_or("-"));
    }
    read.dropped.iter().for_each(|loss| _ = writeln!(out, "left out: {loss}"));
    let mut last = 0;
    for anchor in &read.anchors {
        out.push_str(&read.text[last..anchor.at]);
        last = anchor.at;
        let _ = match &anchor.kind {
            AnchorKind::Page(name) => write!(out, "⟦page {name}⟧"),
            AnchorKind::Heading { level, .. } => write!(out, "⟦heading {level}⟧"),
            AnchorKind::Time(time) => write!(out, "⟦{time}⟧"),
        };
    }
    out + &read.text[last..]
}

#[test]
fn files_of_other_programs_come_in_as_they_did() {
    let entries = std::fs::read_dir(folder()).expect("a folder").flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.ends_with(".txt"));
    assert!(names.len() >= 8, "{names:?}");
    for name in names {
        let (got, path) = (shown(&read(&name)), folder().join(format!("{name}.txt")));
        if std::env::var_os("GOLDEN").is_some() {
            std::fs::write(&path, &got).expect("written");
        }
        assert_eq!(got, std::fs::read_to_string(&path).unwrap_or_default(), "{name}");
    }
}

#[test]
fn one_text_is_the_same_in_every_format_of_a_word_processor() {
    // An item may stand apart from the list above it; a hyphen that is only for the end of a line may be gone.
    let plain = |name: &str| {
        read(name)
            .text
            .replace('\u{ad}', "")
            .lines()
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let expect = plain("minutes.odt");
    for name in ["minutes.docx", "minutes.rtf"] {
        assert_eq!(plain(name), expect, "{name}");
    }
    let headings = |name: &str| {
        read(name).anchors.iter().filter(|a| matches!(a.kind, AnchorKind::Heading { .. })).count()
    };
    assert_eq!(["minutes.odt", "minutes.docx", "minutes.rtf"].map(headings), [5, 5, 5]);
}
