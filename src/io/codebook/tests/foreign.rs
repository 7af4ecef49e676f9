//! Codebooks written by other programs and by hand.

use std::path::{Path, PathBuf};

use crate::codebook::codebook_format::Input;
use crate::codebook::format;
use crate::project::Preset;
use crate::{IoError, ProblemKind};
use demarche_model::{AttributeKind, Category, Colour};

fn read(
    name: &str,
    path: &str,
    bytes: &[u8],
    beside: Option<&str>,
) -> Result<(Preset, Vec<String>), IoError> {
    let beside = beside.map(|text| (PathBuf::from("talks/visual.conf"), text.as_bytes().to_vec()));
    let input = Input { path: Path::new(path), bytes: bytes.to_vec(), beside };
    let (preset, problems) = format(name).unwrap().read(&input)?;
    let problems = problems.iter().map(|p| {
        format!("{}:{} {}: {}", p.file.display(), p.line.unwrap_or_default(), p.kind.name(), p.message)
    });
    Ok((preset, problems.collect()))
}

/// Returns the kind and line of the problem for which a file was refused.
fn fault(error: &IoError) -> Option<(ProblemKind, Option<usize>)> {
    match error {
        IoError::Problem(problem) => Some((problem.kind, problem.line)),
        _ => None,
    }
}

fn shown(book: &Preset) -> Vec<String> {
    let show = |c: &std::sync::Arc<Category>| {
        let parent = c.parent.as_ref().map_or("-", |parent| parent.as_str());
        format!("{} “{}” {parent}", c.id, c.name)
    };
    book.codebook.categories.iter().map(show).collect()
}

#[test]
fn tables_made_by_hand() {
    let table = "sep=;\r\nCode;Parent code;Color;Description;When not to use;Example;Frequency\r\n\
        Demand;;#f00;\"asks; or\r\norders\";\"politely\";\"a\r\nb\";12\r\n\
        ;;;;;;\r\n\
        Polite demand;demand;red;;;\"x | y\";\r\n\
        Demand;nowhere;;;;;\r\n\
        ;;;no name;;;\r\n\
        Überlast;;;;;;;extra\r\n";
    let latin: Vec<u8> = table.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (path, bytes) in [("talks/moves.csv", table.as_bytes()), ("talks/moves.csv", &latin)] {
        let (book, problems) = read("csv", path, bytes, None).unwrap();
        assert_eq!((book.name.as_str(), book.id.as_str()), ("moves", "moves"));
        assert_eq!(
            shown(&book),
            [
                "demand “Demand” -",
                "polite-demand “Polite demand” demand",
                "demand-2 “Demand” -",
                "uberlast “Überlast” -"
            ]
        );
        let first = &book.codebook.categories[0];
        assert_eq!((first.colour, first.definition.as_str()), (Colour([255, 0, 0]), "asks; or\norders"));
        assert_eq!(
            (first.exclude.as_str(), &first.examples[..]),
            ("politely", &["a".to_owned(), "b".to_owned()][..])
        );
        assert_eq!(first.codes["Frequency"], ["12"]);
        assert_eq!(book.codebook.categories[1].examples, ["x", "y"]);
        let places: Vec<&str> = problems.iter().filter_map(|p| p.split(": ").next()).collect();
        assert_eq!(
            places,
            [
                "talks/moves.csv:9 malformed",
                "talks/moves.csv:10 malformed",
                "talks/moves.csv:8 unknown-category",
                "talks/moves.csv:7 malformed",
            ],
            "{problems:?}"
        );
    }
}

#[test]
fn tables_with_tabs_in_utf16_and_without_a_header() {
    let table = "ID\tName\tHotkey\tRetired\r\n7\t'=Sum\t1\tyes\r\n8\tNo\t1\tperhaps\r\n9\tMore\t1\t\r\n";
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(table.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (book, problems) = read("csv", "x.txt", &utf16, None).unwrap();
    assert_eq!(shown(&book), ["7 “=Sum” -", "8 “No” -", "9 “More” -"]);
    assert!(book.codebook.categories[0].retired && book.codebook.categories[1].hotkey == Some('1'));
    assert!(problems[0].starts_with("x.txt:3 malformed") && problems[1].starts_with("x.txt:4 hotkey-clash"));
    let error = read("csv", "x.csv", b"a,b\n1,2\n", None).unwrap_err();
    assert_eq!(fault(&error), Some((ProblemKind::Malformed, Some(1))), "{error}");
    assert!(read("csv", "x.csv", b"", None).is_err());
}

#[test]
fn codebooks_of_other_qda_programs() {
    let xml = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!-- made elsewhere -->\r\n\
        <q:CodeBook xmlns:q=\"urn:QDA-XML:codebook:1.0\" origin=\"Other 1\" modified=\"2026\"><q:Codes>\r\n\
        <q:Code guid=\"9f6c6a4e-2c1d-4f7e-8b1a-0123456789ab\" name=\"Caf&#233; &amp; co\" isCodable=\"true\" mood=\"x\">\r\n\
        <q:Description>First.\r\nSecond &lt;line&gt; <![CDATA[& more]]> &unknown;</q:Description>\r\n\
        <q:NoteRef targetGUID=\"x\"><q:Code name=\"not one\"/></q:NoteRef>\r\n\
        <q:Code guid=\"\" name=\"\" isCodable=\"false\" color=\"#abc\"/></q:Code>\r\n\
        <q:Code name=\"Café &amp; co\" color=\"blue\"><q:Description/></q:Code>\r\n\
        </q:Codes><q:Sets><q:Set guid=\"x\" name=\"s\"><q:MemberCode guid=\"y\"/></q:Set></q:Sets></q:CodeBook>";
    let (book, problems) = read("qdc", "their book.qdc", xml.as_bytes(), None).unwrap();
    assert_eq!((book.name.as_str(), book.id.as_str()), ("their book", "their-book"));
    assert_eq!(
        shown(&book),
        ["cafe-co “Café & co” -", "category “category” cafe-co", "cafe-co-2 “Café & co” -"]
    );
    let first = &book.codebook.categories[0];
    assert_eq!(first.definition, "First.\nSecond <line> & more &unknown;");
    assert_eq!(first.codes["REFI-QDA"], ["9f6c6a4e-2c1d-4f7e-8b1a-0123456789ab"]);
    let second = &book.codebook.categories[1];
    assert!(second.retired && second.codes.is_empty() && second.colour == Colour([0xaa, 0xbb, 0xcc]));
    let places: Vec<&str> = problems.iter().filter_map(|p| p.split(": ").next()).collect();
    let expect = ["their book.qdc:8 malformed", "their book.qdc:10 malformed", "their book.qdc:9 malformed"];
    assert_eq!(places, expect, "{problems:?}");
    let again = format("qdc").unwrap().write(&book).unwrap();
    let super::Files::One(bytes) = again.files else { panic!("one file") };
    assert!(String::from_utf8(bytes).unwrap().contains("guid=\"9f6c6a4e-2c1d-4f7e-8b1a-0123456789ab\""));
}

#[test]
fn files_without_a_codebook_are_refused_with_the_line() {
    for (bytes, line) in [
        ("<html>\n<p>x</p></html>", Some(1)),
        ("plain words", Some(1)),
        ("<CodeBook><Codes>\n<Code name=\"a\"><Description>x", Some(2)),
        ("<CodeBook>\n<Codes></CodeBook>", Some(2)),
        ("", None),
    ] {
        let error = read("qdc", "x.qdc", bytes.as_bytes(), None).unwrap_err();
        assert_eq!(fault(&error), Some((ProblemKind::Malformed, line)), "{bytes}: {error}");
    }
    let error = read("brat", "talks/visual.conf", b"[labels]\na | b\n", None).unwrap_err();
    assert_eq!(fault(&error), Some((ProblemKind::Malformed, None)), "{error}");
    assert!(read("markdown", "x.md", b"# x", None).is_err());
    let newer = read("ron", "x.ron", b"(format: 7, name: \"x\")", None).unwrap_err();
    assert_eq!(fault(&newer).map(|(kind, _)| kind), Some(ProblemKind::NewerFormat), "{newer}");
    let clash = "(\n    format: 1,\n    name: \"x\",\n    categories: [\n        (id: \"a\", name: \"A\", colour: \"#000000\", hotkey: \"1\"),\n        (id: \"b\", name: \"B\", colour: \"#000000\", hotkey: \"1\"),\n    ],\n)\n";
    let (book, problems) = read("ron", "x.ron", clash.as_bytes(), None).unwrap();
    assert_eq!((book.codebook.categories.len(), problems.len()), (2, 1));
    assert!(problems[0].starts_with("x.ron:6 hotkey-clash"), "{problems:?}");
}

#[test]
fn elements_nested_too_deeply_are_refused() {
    let nested = |deep: usize| {
        let codes: String = (0..deep).map(|at| format!("<Code name=\"a{at}\">")).collect();
        format!("<CodeBook><Codes>{codes}{}</Codes></CodeBook>", "</Code>".repeat(deep))
    };
    let (book, problems) = read("qdc", "x.qdc", nested(200).as_bytes(), None).unwrap();
    assert_eq!((book.codebook.categories.len(), problems.len()), (200, 0));
    let error = read("qdc", "x.qdc", nested(50_000).as_bytes(), None).unwrap_err();
    assert_eq!(fault(&error), Some((ProblemKind::Malformed, Some(1))), "{error}");
}

#[test]
fn configurations_of_brat_projects() {
    let annotation = "# theirs\n[entities]\n<HUMAN>=Person|Group\nPerson\nPlace|GPE\n\t!City\n\t\tPort\n    Sea\n-----\n\
        [relations]\nMeets\tArg1:Person, Arg2:<HUMAN>\nSays  Arg1:<ENTITY>, Arg2:<ENTITY>\n<OVERLAP>\tArg1:Person, Arg2:Place\n\
        [events]\nAttack\tTarget:Person\n[attributes]\nNegated\tArg:<EVENT>\nTone\tArg:Person|Gone, Value:calm|sharp\n[odd]\nx\n";
    let visual = "[labels]\nPerson | Human being | Hum\nMeets | meets with\nTone | Tone of voice\nnothing\n\
        [drawing]\nSPAN_DEFAULT\tfgColor:black\nPerson\tbgColor:#7fa2ff, fgColor:black\nPlace\tbgColor:lightgreen\nCity bad\n";
    let (book, problems) =
        read("brat", "talks/annotation.conf", annotation.as_bytes(), Some(visual)).unwrap();
    assert_eq!(book.name, "talks");
    assert_eq!(
        shown(&book),
        [
            "Person “Human being” -",
            "Place “Place” -",
            "City “City” Place",
            "Port “Port” City",
            "Sea “Sea” Port",
            "Attack “Attack” -",
        ]
    );
    let categories = &book.codebook.categories;
    assert_eq!((categories[0].colour, categories[1].colour), (Colour([0x7f, 0xa2, 0xff]), Colour::nth(1)));
    assert!(categories[2].retired && !categories[3].retired);
    let kinds: Vec<String> =
        book.codebook.link_kinds.iter().map(|k| format!("{} {}", k.id, k.name)).collect();
    assert_eq!(kinds, ["Meets meets with", "Says Says"]);
    let [negated, tone] = &book.codebook.attributes[..] else { panic!("two attributes") };
    assert_eq!((&negated.kind, negated.categories.len()), (&AttributeKind::Flag, 0));
    assert_eq!((tone.name.as_str(), &tone.categories[..]), ("Tone of voice", &["Person".into()][..]));
    assert_eq!(tone.kind, AttributeKind::Choice(vec!["calm".into(), "sharp".into()]));
    let mut places: Vec<&str> = problems.iter().filter_map(|p| p.split(": ").next()).collect();
    places.sort_unstable();
    let expect = [
        "talks/annotation.conf:11 malformed",
        "talks/annotation.conf:13 malformed",
        "talks/annotation.conf:15 malformed",
        "talks/annotation.conf:18 unknown-category",
        "talks/annotation.conf:20 malformed",
        "talks/visual.conf:10 malformed",
        "talks/visual.conf:9 malformed",
    ];
    assert_eq!(places, expect, "{problems:?}");
}
