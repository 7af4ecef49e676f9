use std::io::Write;
use std::path::Path;

use proptest::prelude::*;
use uuid::Uuid;

use super::Qdpx;
use crate::IoError;
use crate::annotations::importer::{Importer, Input};
use crate::annotations::{Fresh, Incoming, SpanOwner, place};
use crate::archive::{Archive, Packer};
use crate::export::random_full::{self as random, all_of, comes_back, damage, damaged};
use crate::export::{Scope, memory, sample};
use demarche_model::Project;

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packer = Packer::new();
    for (name, bytes) in files {
        packer.file(name).unwrap();
        packer.write_all(bytes).unwrap();
    }
    packer.finish().unwrap()
}

fn read(project: &Project, bytes: Vec<u8>) -> Result<Incoming, IoError> {
    let input = Input::new(Path::new("in.qdpx"), bytes);
    let draft = Qdpx.read(&input)?;
    let mut last = 0;
    let mut ids = || {
        last += 1;
        Uuid::from_u128(last)
    };
    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    place(project, input.path, draft, SpanOwner::Unsigned(&"guest".into()), fresh)
}

/// Returns the imported spans, one per line.
fn shown(import: &Incoming, project: &mut Project) -> Vec<String> {
    project.apply(import.edit.clone()).unwrap();
    let mut lines = Vec::new();
    for document in project.documents() {
        for (annotator, layer) in &document.layers {
            for span in layer.spans() {
                let quote = span.quote(document.text.as_ref().unwrap());
                lines.push(format!("{annotator} {} “{quote}” {}", span.category, span.note));
            }
        }
    }
    lines
}

fn remarks(import: &Incoming) -> Vec<String> {
    let problems = import.problems.iter().map(|problem| problem.to_string());
    let losses = import.losses.iter().map(|loss| loss.short());
    problems.chain(losses).chain(import.remarks.iter().cloned()).collect()
}

#[test]
fn the_sample_is_read_back() {
    let project = sample::project();
    let pieces = "; 1 DividedPassages";
    assert_eq!(comes_back("qdpx", &project), format!("{}{pieces}", all_of(&project)));
    let out = bytes(&project);
    let mut empty = Project::new("empty", Default::default());
    let import = read(&empty, out.clone()).unwrap();
    assert_eq!(remarks(&import), [""; 0]);
    assert_eq!((import.documents.len(), import.spans, import.links), (2, 8, 1));
    empty.apply(import.edit).unwrap();
    let document = &empty.documents()[0];
    assert_eq!(document.meta.title, "Briefing, 14 March");
    assert_eq!(document.meta.date.as_ref().unwrap().as_str(), "2026-03-14");
    assert_eq!(document.meta.source, "Ministry, \"Halden\"");
    assert_eq!(empty.annotator(&"ana".into()).unwrap().name, "Ana 한");
    assert_eq!(empty.codebook().category(&"threat".into()).unwrap().parent, Some("move".into()));
    assert_eq!(empty.codebook().link_kinds[0].id, "responds-to".into());
    assert_eq!(read(&project, out).unwrap().skipped, 9, "nothing is imported twice");
}

const HEAD: &str = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n\
    <Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"Theirs\" origin=\"Other 26\" creatingUserGUID=\"AAAAAAAA-0000-4000-8000-000000000001\">\r\n\
    <Users><User guid=\"AAAAAAAA-0000-4000-8000-000000000001\" name=\"Ben Brown\" id=\"BB\"/></Users>\r\n\
    <CodeBook><Codes><Code guid=\"{CCCCCCCC-0000-4000-8000-000000000001}\" name=\"Threat\" isCodable=\"true\">\
    <Code guid=\"CCCCCCCC-0000-4000-8000-000000000002\" name=\"Veiled\" isCodable=\"true\"/></Code></Codes></CodeBook>\r\n";

fn coded(number: usize, range: (usize, usize), code: usize, inside: &str) -> String {
    format!(
        "<PlainTextSelection guid=\"DDDDDDDD-0000-4000-8000-{number:012}\" startPosition=\"{}\" endPosition=\"{}\" \
         creatingUser=\"aaaaaaaa-0000-4000-8000-000000000001\" creationDateTime=\"2024-05-06T07:08:09\">\
         <Coding guid=\"EEEEEEEE-0000-4000-8000-{number:012}\"><CodeRef targetGUID=\"cccccccc-0000-4000-8000-{code:012}\"/></Coding>\
         {inside}</PlainTextSelection>\r\n",
        range.0, range.1
    )
}

#[test]
fn a_project_of_another_program_is_imported() {
    let text = "\u{feff}One two three.\r\nFour five.";
    let description = "<Description>A memo.</Description>";
    let selections = [
        coded(1, (4, 7), 1, ""),
        coded(2, (16, 20), 2, "<NoteRef targetGUID=\"ffffffff-0000-4000-8000-000000000001\"/>"),
        coded(3, (0, 3), 1, "").replace("<Coding", &format!("{description}<Coding")),
        coded(4, (8, 13), 9, ""),
        coded(5, (8, 130), 1, ""),
        "<PlainTextSelection guid=\"DDDDDDDD-0000-4000-8000-000000000006\" startPosition=\"0\" endPosition=\"3\"/>".to_owned(),
    ];
    let qde = format!(
        "{HEAD}<Sources><TextSource guid=\"BBBBBBBB-0000-4000-8000-000000000001\" name=\"A talk\" \
         plainTextPath=\"internal://A.TXT\" richTextPath=\"internal://a.docx\">{}</TextSource>\
         <TextSource guid=\"BBBBBBBB-0000-4000-8000-000000000002\" name=\"Gone\" plainTextPath=\"internal://b.txt\">{}</TextSource>\
         <TextSource guid=\"BBBBBBBB-0000-4000-8000-000000000003\" name=\"Far\" plainTextPath=\"absolute:///etc/passwd\"/>\
         <TextSource guid=\"BBBBBBBB-0000-4000-8000-000000000004\" name=\"Rich\" richTextPath=\"internal://c.docx\"/>\
         <PictureSource guid=\"BBBBBBBB-0000-4000-8000-000000000005\" path=\"internal://p.png\"/></Sources>\
         <Notes><Note guid=\"FFFFFFFF-0000-4000-8000-000000000001\" plainTextPath=\"internal://n.txt\"/></Notes>\
         <Links><Link guid=\"99999999-0000-4000-8000-000000000001\" name=\"explains\" direction=\"Associative\" \
         originGUID=\"DDDDDDDD-0000-4000-8000-000000000001\" targetGUID=\"eeeeeeee-0000-4000-8000-000000000002\"/></Links>\
         <Sets/></Project>",
        selections.join(""),
        coded(7, (0, 1), 1, ""),
    );
    let files: [(&str, &[u8]); 3] = [
        ("My talks.QDE", qde.as_bytes()),
        ("Sources/a.txt", text.as_bytes()),
        ("sources/n.txt", "A 한 note".as_bytes()),
    ];
    let mut project = sample::project();
    let import = read(&project, packed(&files)).unwrap();
    assert_eq!(
        remarks(&import),
        [
            "a coding uses a code that is not in the file: in.qdpx:8",
            "the span 8–130 is outside the text of 25 characters: in.qdpx:9",
            "“Gone” and its 1 selection were not imported: internal://b.txt is missing from the file: in.qdpx:10",
            "“Far” and its 0 selections were not imported: its text is outside the file, at absolute:///etc/passwd: in.qdpx:11",
            "“Rich” and its 0 selections were not imported: the file does not include it as plain text; export the project again, with plain texts: in.qdpx:11",
            "1 UndirectedLinks",
            "1 SelectionsWithoutCode",
            "1 MediaFiles",
            "2 RichTexts",
        ]
    );
    let lines = shown(&import, &mut project);
    assert!(
        lines.contains(&"ben-brown threat “One” A memo.".to_owned())
            || lines.contains(&"ben threat “One” A memo.".to_owned()),
        "{lines:?}"
    );
    assert!(lines.iter().any(|line| line.ends_with("veiled “Four” A 한 note")), "{lines:?}");
    assert_eq!(import.additions.categories, ["veiled".into()]);
    assert_eq!(import.links, 1);
}

/// Returns selections of some words in a text, as written by a program that counts `unit`s and has the end so much earlier.
fn foreign(text: &str, words: &[&str], unit: fn(&str) -> usize, less: usize, named: bool) -> Vec<u8> {
    let selections: String = (1..)
        .zip(words)
        .map(|(number, word)| {
            let at = text.find(word).unwrap();
            let start = unit(&text[..at]);
            let selection = coded(number, (start, start + unit(word) - less), 1, "");
            let name = if named { format!(" name=\"{word}\"") } else { String::new() };
            selection.replacen(" startPosition", &format!("{name} startPosition"), 1)
        })
        .collect();
    let qde = format!(
        "{HEAD}<Sources><TextSource guid=\"BBBBBBBB-0000-4000-8000-000000000001\" plainTextPath=\"internal://a.txt\">{selections}</TextSource></Sources></Project>"
    );
    packed(&[("project.qde", qde.as_bytes()), ("sources/a.txt", text.as_bytes())])
}

#[test]
fn positions_are_read_as_they_are_meant() {
    let text = "The 👩 delegation will suspend\r\nthe talks unless the port reopens.\r\nNo more.";
    let words = ["delegation", "suspend", "talks", "port reopens", "more"];
    let characters: fn(&str) -> usize = |part| part.chars().count();
    let utf16: fn(&str) -> usize = |part| part.encode_utf16().count();
    let joined: fn(&str) -> usize = |part| part.replace("\r\n", "\n").chars().count();
    for (unit, less, named, remarks) in [
        (characters, 0, false, 0),
        (characters, 0, true, 0),
        (characters, 1, false, 1),
        (characters, 1, true, 1),
        (utf16, 0, true, 1),
        (utf16, 1, true, 2),
        (joined, 0, true, 1),
        (joined, 1, true, 2),
    ] {
        let mut project = Project::new("empty", Default::default());
        let import = read(&project, foreign(text, &words, unit, less, named)).unwrap();
        assert_eq!(import.remarks.len(), remarks, "{:?}", import.remarks);
        let quotes = shown(&import, &mut project);
        let expect: Vec<String> = words.iter().map(|word| format!("ben-brown threat “{word}” ")).collect();
        assert_eq!(quotes, expect);
    }
}

#[test]
fn positions_may_count_line_ends_that_the_text_no_longer_has() {
    let text = "The delegation will suspend\nthe talks unless\nthe port reopens.\nNo more.";
    let words = ["delegation", "suspend", "talks", "port reopens", "more"];
    let split: fn(&str) -> usize = |part| part.replace('\n', "\r\n").chars().count();
    let expect: Vec<String> = words.iter().map(|word| format!("ben-brown threat “{word}” ")).collect();
    for (less, remarks) in [(0, 1), (1, 2)] {
        let mut project = Project::new("empty", Default::default());
        let import = read(&project, foreign(text, &words, split, less, true)).unwrap();
        assert_eq!(import.remarks.len(), remarks, "{:?}", import.remarks);
        assert_eq!(shown(&import, &mut project), expect);
    }
}

#[test]
fn damage_in_a_source_is_replaced_and_moves_nothing() {
    let damaged = ["Häfen: \0früh ".as_bytes(), b"\xFF", "spät.".as_bytes()].concat();
    let qde = format!(
        "{HEAD}<Sources><TextSource guid=\"BBBBBBBB-0000-4000-8000-000000000001\" plainTextPath=\"internal://a.txt\">{}</TextSource></Sources></Project>",
        coded(1, (14, 18), 1, "")
    );
    let bytes = packed(&[("project.qde", qde.as_bytes()), ("sources/a.txt", &damaged)]);
    let mut project = Project::new("empty", Default::default());
    let import = read(&project, bytes).unwrap();
    assert_eq!(shown(&import, &mut project), ["ben-brown threat “spät” "]);
    assert_eq!(project.documents()[0].text.as_ref().unwrap().as_str(), "Häfen: \u{fffd}früh \u{fffd}spät.");
    let mut losses: Vec<String> = import.losses.iter().map(|loss| loss.short()).collect();
    losses.sort();
    assert_eq!(losses, ["1 Nuls", "1 UndefinedCharacters"]);
}

#[test]
fn files_that_are_no_project_are_refused() {
    let project = sample::project();
    for (bytes, words) in [
        (b"PK".to_vec(), "can't be read"),
        (packed(&[("a.xml", b"<Project/>")]), ".qde"),
        (packed(&[("project.qde", b"<Other/>")]), "no element Project"),
        (packed(&[("project.qde", b"<Project>\n<Sources>")]), "breaks off"),
        (packed(&[("project.qde", &[b' '; 20 << 20])]), "far more"),
    ] {
        let error = read(&project, bytes).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

fn bytes(project: &Project) -> Vec<u8> {
    memory::export("qdpx", &Scope::everything(project)).0.remove(0).1
}

const PROJECT: &str = "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"p\"><CodeBook><Codes>\
    <Code guid=\"CCCCCCCC-0000-4000-8000-000000000001\" name=\"Moves\" isCodable=\"false\" color=\"#D55E00\">\
    <Code guid=\"CCCCCCCC-0000-4000-8000-000000000002\" name=\"Threat\" isCodable=\"true\"><Description>Says what happens otherwise.</Description></Code>\
    <Code guid=\"CCCCCCCC-0000-4000-8000-000000000003\" name=\"Offer\" isCodable=\"true\"/></Code>\
    <Code guid=\"CCCCCCCC-0000-4000-8000-000000000004\" name=\"offer\" isCodable=\"true\"/></Codes></CodeBook>\
    <Sources><TextSource guid=\"BBBBBBBB-0000-4000-8000-000000000001\" name=\"t\" plainTextPath=\"PATH\">\
    <PlainTextSelection guid=\"DDDDDDDD-0000-4000-8000-000000000001\" name=\"wait\" startPosition=\"3\" endPosition=\"7\">\
    <Coding guid=\"EEEEEEEE-0000-4000-8000-000000000001\"><CodeRef targetGUID=\"CCCCCCCC-0000-4000-8000-000000000002\"/></Coding>\
    </PlainTextSelection></TextSource></Sources></Project>";

#[test]
fn codes_without_codings_come_with_tree_colour_and_definition() {
    let no_sources = format!("{}</Project>", &PROJECT[..PROJECT.find("<Sources>").unwrap()]);
    let with_text = PROJECT.replace("PATH", "internal://t.txt");
    for project in [no_sources, with_text] {
        let bytes = packed(&[("project.qde", project.as_bytes()), ("sources/t.txt", b"We wait.")]);
        let mut empty = Project::new("empty", Default::default());
        let import = read(&empty, bytes.clone()).unwrap();
        assert_eq!(remarks(&import), [""; 0]);
        empty.apply(import.edit).unwrap();
        let all: Vec<(&str, Option<&str>, &str)> = empty
            .codebook()
            .categories
            .iter()
            .map(|c| (c.name.as_str(), c.parent.as_ref().map(|id| id.as_str()), c.definition.as_str()))
            .collect();
        let expect = [
            ("Moves", None, ""),
            ("Threat", Some("moves"), "Says what happens otherwise."),
            ("Offer", Some("moves"), ""),
            ("offer", None, ""),
        ];
        assert_eq!(all, expect);
        let moves = &empty.codebook().categories[0];
        assert_eq!((moves.colour.to_string().as_str(), moves.retired), ("#D55E00", true));
        let again = read(&empty, bytes).unwrap();
        assert_eq!((again.additions.categories.len(), again.spans), (0, 0), "nothing is imported twice");
    }
}

#[test]
fn an_unpacked_project_file_is_read_with_the_texts_next_to_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("sources")).unwrap();
    std::fs::write(folder.path().join("sources/t.txt"), "We wait.").unwrap();
    for path in ["internal://t.txt", "t.txt", "sources/t.txt", "relative:///x/t.txt"] {
        let project = PROJECT.replace("PATH", path);
        let spans = |input: Input<'_>| {
            let draft = Qdpx.read(&input).unwrap();
            (draft.documents.iter().map(|document| document.spans.len()).sum::<usize>(), draft.problems.len())
        };
        let file = folder.path().join("project.qde");
        assert_eq!(spans(Input::new(&file, project.clone().into_bytes())), (1, 0), "{path} unpacked");
        let wide: Vec<u8> =
            "\u{feff}".encode_utf16().chain(project.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(spans(Input::new(&file, wide)), (1, 0), "{path} in UTF-16");
        let bytes = packed(&[("project.qde", project.as_bytes()), ("sources/t.txt", b"We wait.")]);
        assert_eq!(spans(Input::new(Path::new("in.qdpx"), bytes)), (1, 0), "{path} in the archive");
        let alone = Input::new(Path::new("no/project.qde"), project.into_bytes());
        assert_eq!(spans(alone), (0, 1), "{path} without its text");
    }
    let out = PROJECT.replace("PATH", "../t.txt");
    std::fs::write(folder.path().join("t.txt"), "We wait.").unwrap();
    let inner = folder.path().join("sources/project.qde");
    assert_eq!(
        Qdpx.read(&Input::new(&inner, out.into_bytes())).unwrap().documents.len(),
        1,
        "the name counts"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn all_passages_are_read_back(project in random::project()) {
        let several = project.documents().iter().flat_map(|document| document.layers.values());
        let several = several.flat_map(|layer| layer.spans()).filter(|span| span.ranges.count() > 1).count();
        let loss = if several > 0 { format!("; {several} DividedPassages") } else { String::new() };
        prop_assert_eq!(comes_back("qdpx", &project), format!("{}{loss}", all_of(&project)));
    }
}

proptest! {
    #![proptest_config(random::cases(48))]

    #[test]
    fn no_damage_makes_it_panic(inside in damage(), outside in damage(), whole in any::<bool>()) {
        let project = sample::project();
        let mut bytes = bytes(&sample::project());
        if whole {
            bytes = damaged(&bytes, &outside);
        } else {
            let mut archive = Archive::open(&bytes).unwrap();
            let (qde, text) = (archive.read(0).unwrap(), archive.read(1).unwrap());
            let name = archive.names()[1].clone();
            bytes = packed(&[("project.qde", &damaged(&qde, &inside)), (&name, &text)]);
        }
        if let Ok(import) = read(&project, bytes) {
            let mut copy = project.clone();
            copy.apply(import.edit).unwrap();
        }
    }
}
