//! Labelled files whose bytes are damaged, in another encoding, or counted in another way, in every format.

use std::fs;
use std::path::Path;

use encoding_rs::{Encoding, UTF_16LE, WINDOWS_1252};

use super::{Draft, Incoming, Input, fixtures, importer, importer_of};
use crate::{DocumentLoss, Loss, ProblemKind};
use demarche_model::Project;

/// A file with the files next to it, by name.
type Files<'a> = &'a [(&'a str, &'a [u8])];

fn read(format: &str, files: Files<'_>, encoding: Option<&'static Encoding>) -> Draft {
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, bytes)| fs::write(folder.path().join(name), bytes).unwrap());
    let path = folder.path().join(files[0].0);
    let input = Input { encoding, ..Input::open(&path).unwrap() };
    importer(format).unwrap().read(&input).unwrap()
}

fn placed(draft: Draft) -> (Project, Incoming) {
    fixtures::placed(Path::new("in"), draft)
}

/// Returns the quotes of all passages.
fn quotes(project: &Project) -> Vec<String> {
    let mut quotes = Vec::new();
    for document in project.documents() {
        let text = document.text.as_ref().unwrap();
        quotes.extend(document.layers.values().flat_map(|layer| layer.spans()).map(|span| span.quote(text)));
    }
    quotes
}

/// Replaces each word in the bytes of a file.
fn with(file: &str, from: &str, to: &[u8]) -> Vec<u8> {
    let parts: Vec<&[u8]> = file.split(from).map(str::as_bytes).collect();
    parts.join(to)
}

/// Returns a file of each format, whose text and passage contain `@`; it stands for one character.
fn one_of_each() -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
    let standoff = "T1\tThreat 0 9\t“w@nt” it\n";
    let w3c = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","id":"urn:a","body":{"type":"TextualBody","purpose":"tagging","value":"Threat"},"target":{"source":"t.txt","selector":[{"type":"TextPositionSelector","start":0,"end":9},{"type":"TextQuoteSelector","exact":"“w@nt” it"}]}}"#;
    // `@` is also the first letter of keys in JSON-LD.
    let w3c_text = "“w@nt” it or not";
    vec![
        (
            "jsonl",
            vec![(
                "a.jsonl",
                r#"{"text":"“w@nt” it or not","spans":[{"category":"Threat","start":0,"end":9}]}"#,
            )],
        ),
        ("doccano", vec![("a.jsonl", r#"{"text":"“w@nt” it or not","label":[[0,9,"Threat"]]}"#)]),
        (
            "prodigy",
            vec![(
                "a.jsonl",
                r#"{"text":"“w@nt” it or not","spans":[{"label":"Threat","start":0,"end":9}],"answer":"accept"}"#,
            )],
        ),
        (
            "spacy",
            vec![("a.json", r#"{"text":"“w@nt” it or not","ents":[{"label":"Threat","start":0,"end":9}]}"#)],
        ),
        (
            "label-studio",
            vec![(
                "a.json",
                r#"[{"id":1,"data":{"text":"“w@nt” it or not"},"annotations":[{"id":1,"result":[{"id":"a","type":"labels","value":{"start":0,"end":9,"labels":["Threat"]}}]}]}]"#,
            )],
        ),
        ("w3c", vec![("a.json", w3c), ("t.txt", w3c_text)]),
        ("brat", vec![("a.ann", standoff), ("a.txt", w3c_text)]),
        ("conll", vec![("a.conll", "“w@nt”\tB-Threat\nit\tI-Threat\nor\tO\nnot\tO\n")]),
        (
            "webanno-tsv",
            vec![(
                "a.tsv",
                "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n\n\n#Text=“w@nt” it or not\n1-1\t0-6\t“w@nt”\tThreat[1]\t\n1-2\t7-9\tit\tThreat[1]\t\n1-3\t10-12\tor\t_\t\n1-4\t13-16\tnot\t_\t\n",
            )],
        ),
        (
            "cas-xmi",
            vec![(
                "a.xmi",
                r#"<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///custom.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/><cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="“w@nt” it or not"/><custom:Span xmi:id="2" sofa="1" begin="0" end="9" label="Threat"/><cas:View sofa="1" members="2"/></xmi:XMI>"#,
            )],
        ),
        (
            "cas-json",
            vec![(
                "a.json",
                r#"{"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"“w@nt” it or not"},{"%ID":2,"%TYPE":"custom.Span","begin":0,"end":9,"label":"Threat","@sofa":1}]}"#,
            )],
        ),
    ]
}

/// Checks the only passage and the losses of every format, with the character as these bytes.
fn check_each(
    character: &[u8],
    quote: &str,
    lost: &[Loss],
    encode: impl Fn(&[u8]) -> Vec<u8>,
    encoding: Option<&'static Encoding>,
) {
    for (format, files) in one_of_each() {
        let is_damaged = |file: &str| with(file, "w@nt", &[b"w", character, b"nt"].concat());
        let files: Vec<(&str, Vec<u8>)> =
            files.iter().map(|(name, file)| (*name, encode(&is_damaged(file)))).collect();
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, &bytes[..])).collect();
        let draft = read(format, &files, encoding);
        let mut losses = draft.losses.clone();
        // A word that is damaged in the text is damaged in the quote as well, in two files of brat and W3C.
        losses.iter_mut().for_each(|loss| loss.count = loss.count.min(1));
        losses.dedup();
        assert_eq!(losses, lost, "{format}");
        let (project, incoming) = placed(draft);
        assert_eq!(quotes(&project), [quote], "{format}: {:?}", incoming.problems);
    }
}

#[test]
fn damaged_bytes_are_replaced_and_counted() {
    let as_is = |bytes: &[u8]| bytes.to_vec();
    let lost = [Loss::new(DocumentLoss::UndefinedCharacters, 1)];
    check_each(b"\xFF", "“w\u{FFFD}nt” it", &lost, as_is, None);
    check_each(b"\xE9", "“w\u{FFFD}nt” it", &lost, as_is, None);
    check_each(b"\0", "“w\u{FFFD}nt” it", &[Loss::new(DocumentLoss::Nuls, 1)], as_is, None);
}

#[test]
fn a_named_encoding_is_obeyed() {
    let legacy = |bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        WINDOWS_1252.encode(&text).0.into_owned()
    };
    check_each("é".as_bytes(), "“wént” it", &[], legacy, Some(WINDOWS_1252));
    let draft = read("doccano", &[("a.jsonl", "{\"text\":\"é\",\"label\":[]}\n".as_bytes())], None);
    assert_eq!((draft.documents[0].text.as_str(), draft.remarks.len()), ("é", 0));
}

#[test]
fn utf_16_is_known_by_its_mark() {
    let file = "\u{feff}{\"text\":\"We wait\",\"label\":[[3,7,\"Threat\"]]}\r\n";
    let bytes: Vec<u8> = file.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = importer_of(Path::new("a.jsonl"), &bytes).map(|importer| importer.name());
    assert_eq!(found, Some("doccano"));
    let (project, incoming) = placed(read("doccano", &[("a.jsonl", &bytes)], None));
    assert_eq!((quotes(&project), incoming.problems.len()), (vec!["wait".to_owned()], 0));
    assert!(incoming.remarks[0].contains(UTF_16LE.name()), "{:?}", incoming.remarks);
}

/// A file of each format that has offsets, without quotes where the format allows it: its name, the record of a passage from
/// `START` to `END` with the words `QUOTE`, their separator, and the file with `TEXT` and `PASSAGES`.
const WITH_OFFSETS: [(&str, &str, &str, &str, &str); 12] = [
    ("spacy", "a.json", r#"[START,END,"Threat"]"#, ",", r#"[[TEXT,{"entities":[PASSAGES]}]]"#),
    (
        "doccano",
        "a.jsonl",
        r#"{"start_offset":START,"end_offset":END,"label":2}"#,
        ",",
        r#"{"text":TEXT,"annotations":[PASSAGES]}"#,
    ),
    ("doccano", "a.jsonl", r#"[START,END,"Threat"]"#, ",", r#"{"text":TEXT,"label":[PASSAGES]}"#),
    (
        "doccano",
        "a.jsonl",
        r#"{"start_offset":START,"end_offset":END,"label":"Threat"}"#,
        ",",
        r#"{"text":TEXT,"entities":[PASSAGES]}"#,
    ),
    (
        "prodigy",
        "a.jsonl",
        r#"{"start":START,"end":END,"label":"Threat"}"#,
        ",",
        r#"{"text":TEXT,"spans":[PASSAGES],"answer":"accept"}"#,
    ),
    (
        "spacy",
        "a.json",
        r#"{"start":START,"end":END,"label":"Threat"}"#,
        ",",
        r#"{"text":TEXT,"ents":[PASSAGES]}"#,
    ),
    (
        "jsonl",
        "a.jsonl",
        r#"{"start":START,"end":END,"category":"Threat"}"#,
        ",",
        r#"{"text":TEXT,"spans":[PASSAGES]}"#,
    ),
    (
        "jsonl",
        "a.jsonl",
        r#"{"start":START,"end":END,"category":"Threat","quote":"QUOTE"}"#,
        ",",
        r#"{"text":TEXT,"spans":[PASSAGES]}"#,
    ),
    (
        "label-studio",
        "a.json",
        r#"{"id":"START","type":"labels","value":{"start":START,"end":END,"text":"QUOTE","labels":["Threat"]}}"#,
        ",",
        r#"[{"id":1,"data":{"text":TEXT},"annotations":[{"id":1,"result":[PASSAGES]}]}]"#,
    ),
    (
        "w3c",
        "a.json",
        r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","id":"urn:START","body":{"type":"TextualBody","purpose":"tagging","value":"Threat"},"target":{"source":"a.txt","selector":[{"type":"TextPositionSelector","start":START,"end":END},{"type":"TextQuoteSelector","exact":"QUOTE"}]}}"#,
        ",",
        "[PASSAGES]",
    ),
    ("brat", "a.ann", "TSTART\tThreat START END\tQUOTE", "\n", "PASSAGES"),
    (
        "cas-json",
        "a.json",
        r#",{"%ID":9START,"%TYPE":"custom.Span","begin":START,"end":END,"label":"Threat","@sofa":1}"#,
        "",
        r#"{"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaString":TEXT}PASSAGES]}"#,
    ),
];

/// Returns the files of [`WITH_OFFSETS`] for the passages of a text, which is also in a file next to each.
fn with_offsets(
    text: &str,
    passages: &[((i64, i64), &str)],
) -> Vec<(&'static str, [(&'static str, String); 2])> {
    let json = serde_json::to_string(text).unwrap();
    let file = |&(format, name, one, between, whole): &(&'static str, &'static str, &str, &str, &str)| {
        let record = |((start, end), quote): &((i64, i64), &str)| {
            let record = one.replace("START", &start.to_string()).replace("END", &end.to_string());
            record.replace("QUOTE", quote)
        };
        let records = passages.iter().map(record).collect::<Vec<_>>().join(between);
        let whole = whole.replace("TEXT", &json).replace("PASSAGES", &records);
        (format, [(name, whole), ("a.txt", text.to_owned())])
    };
    WITH_OFFSETS.iter().map(file).collect()
}

/// Checks what is read, in every format, from passages with these words, whose offsets were counted in another text.
fn check_offsets(text: &str, counted: &str, is_utf16: bool, words: &[&str]) {
    let count = |part: &str| {
        let count = if is_utf16 { part.encode_utf16().count() } else { part.chars().count() };
        i64::try_from(count).unwrap()
    };
    let passages: Vec<((i64, i64), &str)> = words
        .iter()
        .map(|word| {
            let at = counted.find(word).unwrap();
            ((count(&counted[..at]), count(&counted[..at + word.len()])), *word)
        })
        .collect();
    for (format, files) in with_offsets(text, &passages) {
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, file)| (*name, file.as_bytes())).collect();
        let (project, incoming) = placed(read(format, &files, None));
        assert_eq!(quotes(&project), words, "{format} {text:?}: {:?}", incoming.problems);
        assert_eq!(incoming.problems, [], "{format}");
    }
}

#[test]
fn the_reading_of_offsets_that_fits_is_taken_in_every_format() {
    let written = "One\r\ntwo three\r\nfour five\r\nsix";
    let plain = "One\ntwo three\nfour five\nsix";
    let words = ["three", "five"];
    check_offsets(written, written, false, &words);
    check_offsets(written, plain, false, &words);
    check_offsets(plain, written, false, &words);
    check_offsets(&format!("\u{feff}{written}"), plain, false, &words);
    let wide = |text: &str| text.replace("two", "👩👧 two");
    check_offsets(&wide(written), &wide(plain), false, &words);
    check_offsets(&wide(written), &wide(plain), true, &words);
    check_offsets(&wide(written), &wide(written), true, &words);
    check_offsets(&wide(plain), &wide(plain), true, &words);
    check_offsets("第一\r\n第二行 three 五\r\n五", "第一\n第二行 three 五\n五", false, &["three"]);
}

#[test]
fn offsets_that_fit_in_no_reading_are_refused() {
    for text in ["One\r\ntwo three\r\nfour five", "One 👩\ntwo three\nfour five"] {
        let all = with_offsets(text, &[((7, 12), "thr"), ((9, 13), "fou")]);
        // There the words decide, see the tests of W3C.
        for (format, files) in all.into_iter().filter(|(format, _)| *format != "w3c") {
            let files: Vec<(&str, &[u8])> =
                files.iter().map(|(name, file)| (*name, file.as_bytes())).collect();
            let (project, incoming) = placed(read(format, &files, None));
            assert_eq!(quotes(&project), [""; 0], "{format} {text:?}");
            let kinds: Vec<ProblemKind> = incoming.problems.iter().map(|problem| problem.kind).collect();
            assert!(!kinds.is_empty(), "{format} {text:?}");
        }
    }
    // A part of a word in a text with nothing to count in another way.
    let (project, _) =
        placed(read("doccano", &[("a.jsonl", br#"{"text":"One two","label":[[5,7,"Threat"]]}"#)], None));
    assert_eq!(quotes(&project), ["wo"]);
}
