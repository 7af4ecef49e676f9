use std::path::Path;

use super::{Recognised, Unread, recognise, recognise_bytes};
use crate::annotations::fixtures::{cases, packed};
use crate::annotations::{importers, sure_importer};

/// Endings of files in all formats, and of others.
const ENDINGS: [&str; 20] = [
    "", "txt", "md", "csv", "tsv", "tab", "json", "jsonl", "jsonld", "xml", "xmi", "zip", "qdpx", "qde",
    "conll", "conllu", "ann", "docx", "html", "dat",
];

/// Formats that look like any plain text, so that their ending decides.
const BY_ENDING: [&str; 2] = ["brat", "conll"];

/// Returns what a file is taken for.
fn shown(recognised: Recognised) -> String {
    match recognised {
        Recognised::Labelled(importer) => importer.name().to_owned(),
        Recognised::Archive => "archive".to_owned(),
        Recognised::Unread(kind) => format!("{kind:?}"),
        Recognised::Other => "other".to_owned(),
    }
}

fn named(ending: &str, bytes: &[u8]) -> String {
    let name = if ending.is_empty() { "in".to_owned() } else { format!("in.{ending}") };
    shown(recognise_bytes(Path::new(&name), bytes))
}

#[test]
fn every_format_is_recognised_whatever_its_ending() {
    for case in cases() {
        let (_, bytes) = case.files.iter().find(|(name, _)| *name == case.main).unwrap();
        let format = case.importer;
        let own = format.endings().iter().filter(|_| BY_ENDING.contains(&format.name())).copied();
        let any = ENDINGS.iter().filter(|_| !BY_ENDING.contains(&format.name())).copied();
        for ending in own.chain(any) {
            assert_eq!(named(ending, bytes), format.name(), "{} as .{ending}", case.folder.display());
        }
    }
}

#[test]
fn no_format_claims_a_text_by_its_content() {
    let texts: [&[u8]; 12] = [
        b"",
        b"The talks opened at nine.\n",
        b"[Applause] We will {not} wait: \"now\".\n",
        b"{pause} We wait.",
        b"# Minutes\n\n1. The port\n",
        b"id,text,party\n1,We wait.,Green\n",
        b"1\tWe\twait\n2\tfor\tyou\n",
        b"WEBVTT\n\n00:01.000 --> 00:02.000\nWe wait.\n",
        b"1\n00:00:01,000 --> 00:00:02,000\nWe wait.\n",
        b"<!DOCTYPE html><html><body>http://www.w3.org/ns/anno.jsonld</body></html>",
        b"12 34\n\xFF\xFE",
        b"x01 is a word that begins like a compressed file.\n",
    ];
    for text in texts {
        let sure = sure_importer(text).map(|importer| importer.name());
        assert_eq!(sure, None, "{:?}", String::from_utf8_lossy(text));
        for ending in ["", "txt", "md", "csv", "dat", "html", "vtt", "srt"] {
            assert_eq!(named(ending, text), "other", "{:?} as .{ending}", String::from_utf8_lossy(text));
        }
    }
}

#[test]
fn kinds_that_are_not_read_are_named_whatever_their_ending() {
    use Unread as U;
    let files: [(U, &[u8]); 30] = [
        (U::LabelStudioTable, b"annotation_id,annotator,created_at,id,label,lead_time,text\n5,1,,1,[],3.1,We wait.\n"),
        (U::LabelStudioTable, b"\"id\"\t\"text\"\t\"annotation_id\"\t\"lead_time\"\n"),
        (U::LabelStudioConfig, b"<View>\n <Labels name=\"a\" toName=\"t\"/></View>"),
        (U::DoccanoLabels, br##"[{"id": 1, "text": "PER", "suffix_key": "p", "background_color": "#fff"}]"##),
        (U::Coco, br#"{"images": [], "annotations": [], "categories": []}"#),
        (U::Notebook, br#"{"cells": [], "metadata": {}, "nbformat": 4}"#),
        (U::BioC, b"<?xml version=\"1.0\"?><!DOCTYPE collection SYSTEM \"BioC.dtd\"><collection><source/>"),
        (U::BioC, br#"{"source": "a", "date": "b", "key": "c", "documents": [{"passages": []}]}"#),
        (U::InceptionProject, br#"{"name": "p", "source_documents": [], "project_permissions": []}"#),
        (U::TypeSystem, b"<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">"),
        (U::OtherCas, b"<?xml version='1.0'?><CAS version=\"2\"><uima.tcas.DocumentAnnotation/>"),
        (U::OtherCas, b"\xAC\xED\x00\x05sr"),
        (U::QdaCodebook, b"<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes/></CodeBook>"),
        (U::WordXml, b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\">"),
        (U::WordXml, b"<?mso-application progid=\"Word.Document\"?><pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">"),
        (U::ExcelXml, b"<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"),
        (U::Gate, b"<?xml version='1.0' encoding='UTF-8'?>\n<GateDocument version=\"3\">"),
        (U::Elan, b"<ANNOTATION_DOCUMENT AUTHOR=\"\">"),
        (U::Exmaralda, b"<basic-transcription><head/>"),
        (U::Folia, b"<FoLiA xmlns=\"http://ilk.uvt.nl/folia\">"),
        (U::Parquet, b"PAR1\x15\x04"),
        (U::Arrow, b"ARROW1\0\0"),
        (U::OtherArchive, b"\x1F\x8B\x08\x00\x00"),
        (U::OtherArchive, b"7z\xBC\xAF\x27\x1C\x00\x04"),
        (U::OtherArchive, b"Rar!\x1A\x07\x01\x00"),
        (U::OtherArchive, b"\x78\x9C\xED\xBD\x07\x60"),
        (U::Json, br#"{"name": "demo", "version": 1}"#),
        (U::Json, br#"[{"name": "demo"}, {"name": "other"}]"#),
        (U::Json, b"{\n  \"a\": {\"b\": [1, 2]}\n}\n"),
        (U::Json, br#"{"a": "cut off"#),
    ];
    for (kind, bytes) in files {
        for ending in ["", "txt", "csv", "json", "xml", "tsv", "zip", "docx", "md"] {
            let shown = named(ending, bytes);
            assert_eq!(shown, format!("{kind:?}"), "{} as .{ending}", String::from_utf8_lossy(bytes));
        }
    }
    assert_eq!(named("spacy", b"\x78\x9C\xED\xBD\x07\x60"), "DocBin");
    assert_eq!(named("json", b"[1, 2]"), "Json");
    assert_eq!(named("nvpx", b"\xD0\xCF\x11\xE0"), "QdaProject");
    assert_eq!(named("nvp", b"We wait.\n"), "other");
}

/// An importer for one of these may be added, and is then preferred.
#[test]
fn kinds_that_an_importer_may_read_are_named_otherwise() {
    let files: [(&str, &str, &[u8]); 5] = [
        ("hypothesis", "Hypothesis", br#"{"total": 1, "rows": [{"id": "h1", "uri": "u"}]}"#),
        ("hypothesis", "Hypothesis", br#"{"export_date": "d", "export_userid": "a", "annotations": []}"#),
        ("hypothesis", "Hypothesis", b"Created at,Author,Page URL,Group,Type,Quote,Comment,Tags\n"),
        ("tei", "Tei", b"<?xml version=\"1.0\"?><TEI xmlns=\"http://www.tei-c.org/ns/1.0\">"),
        ("qualcoder", "Sqlite", b"SQLite format 3\0"),
    ];
    for (format, kind, bytes) in files {
        let is_read = importers().iter().any(|importer| importer.name() == format);
        let shown = named("txt", bytes);
        assert!(shown == kind || is_read && shown != "other", "{kind}: {shown}");
    }
}

#[test]
fn archives_are_recognised_by_their_paths() {
    let archive = |path: &str| packed(&[(path.to_owned(), b"x".to_vec())]);
    for (path, kind) in [
        ("annotation/a.txt/ana.tsv", "archive"),
        ("admin.jsonl", "archive"),
        ("my project.qde", "qdpx"),
        ("project.ron", "Packet"),
        ("[Content_Types].xml", "other"),
        ("word/document.xml", "other"),
    ] {
        for ending in ["", "zip", "txt", "json", "bin"] {
            assert_eq!(named(ending, &archive(path)), kind, "{path} as .{ending}");
        }
    }
    assert_eq!(named("qdpx", &archive("a.txt")), "qdpx", "its importer says what is wrong");
    assert_eq!(named("zip", b"PK\x03\x04 no archive"), "archive");
}

#[test]
fn files_that_cannot_be_read_are_left_to_the_readers() {
    assert_eq!(shown(recognise(Path::new("/no/such/file.json"))), "other");
    assert_eq!(shown(recognise(&std::env::temp_dir())), "other");
}

#[test]
fn a_workbook_is_recognised_by_the_names_of_its_columns() {
    let book = |columns: &[&str]| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (at, name) in (0..).zip(columns) {
            sheet.write(0, at, *name).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    for (columns, kind) in [
        (["Category", "Passage", "Passage id"], "demarche-xlsx"),
        (["Dokumentname", "Code", "Segment"], "coded-segments"),
        (["Document", "Codes", "Quotation Content"], "coded-segments"),
        (["Budget", "Segment", "2026"], "other"),
    ] {
        for ending in ["xlsx", "", "bin", "zip"] {
            assert_eq!(named(ending, &book(&columns)), kind, "{columns:?} as .{ending}");
        }
    }
}
