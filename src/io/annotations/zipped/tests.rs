use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;

use super::super::{Draft, importer, place_all, read_files};
use crate::annotations::fixtures::packed;
use crate::annotations::mutation::{count, damaged, damages};
use crate::annotations::{Fresh, SpanOwner};
use crate::documents::Reader;
use crate::export::sample;
use crate::loss::Loss;
use demarche_model::{AnnotatorId, Project};

const TSV: &str = "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n\n\n#Text=One\n1-1\t0-3\tOne\tA\t\n";
const XMI: &str = r#"<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///custom.ecore" xmi:version="2.0"><cas:Sofa xmi:id="1" sofaString="One"/><custom:Span xmi:id="2" sofa="1" begin="0" end="3" label="B"/></xmi:XMI>"#;
const DOCCANO: &str = "{\"text\":\"One\",\"label\":[[0,3,\"C\"]]}\n";

type File<'a> = (&'a str, &'a [u8]);

fn zip(files: &[File<'_>]) -> Vec<u8> {
    packed(&files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect::<Vec<_>>())
}

fn read(bytes: &[u8], format: Option<&str>) -> (PathBuf, Vec<(PathBuf, Draft)>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.zip");
    fs::write(&path, bytes).unwrap();
    let format = format.map(|name| importer(name).unwrap());
    let drafts = read_files(std::slice::from_ref(&path), format, None, &Reader::in_process(), &()).unwrap();
    (path, drafts, folder)
}

/// Describes each passage of an archive, and what is said of it.
fn shown(bytes: &[u8], format: Option<&str>) -> Vec<String> {
    let (path, drafts, _folder) = read(bytes, format);
    let mut lines = Vec::new();
    for (file, draft) in &drafts {
        let file = file.strip_prefix(&path).unwrap().display();
        for span in draft.documents.iter().flat_map(|document| &document.spans) {
            let who = span.annotator.as_deref().unwrap_or("-");
            lines.push(format!("{file}: {who} {} {:?}", span.category, span.ranges));
        }
        for problem in &draft.problems {
            let at = problem.file.strip_prefix(&path).unwrap().display();
            lines.push(format!("problem at {at}:{}", problem.line.unwrap_or(0)));
        }
        lines.extend(draft.losses.iter().map(|loss| format!("not carried: {loss}")));
    }
    lines
}

#[test]
fn a_project_of_inception_is_read_with_its_annotators() {
    let inner =
        zip(&[("CURATION_USER.xmi", XMI.as_bytes()), ("TypeSystem.xml", b"<typeSystemDescription/>")]);
    let bytes = zip(&[
        ("exportedproject.json", br#"{"name":"p","source_documents":[],"project_permissions":[]}"#),
        ("source/d1.txt", b"One"),
        ("annotation/d1.txt/", b""),
        ("annotation/d1.txt/ana.tsv", TSV.as_bytes()),
        ("annotation/d1.txt/ben.tsv", TSV.as_bytes()),
        ("annotation_ser/d1.txt/ana.ser", b"\xAC\xED\x00\x05"),
        ("curation/d1.txt/CURATION_USER.zip", &inner),
        ("log/p.log", b"x"),
    ]);
    assert_eq!(
        shown(&bytes, None),
        [
            "annotation/d1.txt/ana.tsv: ana A [(0, 3)]",
            "annotation/d1.txt/ben.tsv: ben A [(0, 3)]",
            "curation/d1.txt/CURATION_USER.zip/CURATION_USER.xmi: consensus B [(0, 3)]",
            "not carried: 4 files in archives that hold no labelled passages",
        ]
    );
}

#[test]
fn a_file_of_doccano_is_its_annotator() {
    let bytes = zip(&[("ana.jsonl", DOCCANO.as_bytes()), ("all.jsonl", DOCCANO.as_bytes())]);
    assert_eq!(shown(&bytes, None), ["ana.jsonl: ana C [(0, 3)]", "all.jsonl: - C [(0, 3)]"]);
}

#[test]
fn equal_texts_of_several_records_stay_apart_for_each_annotator() {
    let file = "{\"id\":1,\"text\":\"No.\",\"label\":[[0,2,\"A\"]]}\n{\"id\":2,\"text\":\"No.\",\"label\":[[0,2,\"B\"]]}\n";
    let bytes = zip(&[
        ("王伟.jsonl", file.as_bytes()),
        ("王芳.jsonl", file.as_bytes()),
        ("Müller.jsonl", file.as_bytes()),
    ]);
    let project = placed(&bytes);
    let people: Vec<&str> = project.annotators().iter().map(|person| person.name.as_str()).collect();
    assert_eq!(people, ["王伟", "王芳", "Müller"]);
    let spans = |at: usize| project.documents()[at].layers.values().map(|layer| layer.len()).sum::<usize>();
    assert_eq!((project.documents().len(), spans(0), spans(1)), (2, 3, 3));
}

#[test]
fn files_next_to_others_are_read_with_them() {
    let task = br#"[{"id":1,"data":{"text":"One"},"annotations":[{"id":1,"result":[{"id":"a","type":"labels","value":{"start":0,"end":3,"labels":["Threat"]}}]}]}]"#;
    let bytes = zip(&[
        ("result.json", task),
        ("config.xml", b"<View/>"),
        ("images/1.png", b"\x89PNG"),
        ("b/x.ann", b"T1\tA 0 3\tOne\n"),
        ("b/x.txt", b"One"),
        (".hidden/x.json", b"{}"),
        ("__MACOSX/b/x.ann", b"T1\tA 0 3\tOne\n"),
    ]);
    assert_eq!(
        shown(&bytes, None),
        [
            "result.json: - Threat [(0, 3)]",
            "b/x.ann: - A [(0, 3)]",
            "not carried: 1 file in an archive that holds no labelled passages",
        ]
    );
}

#[test]
fn a_named_format_is_that_of_the_files_in_the_archive() {
    let bytes = zip(&[
        ("a.jsonl", b"{\"text\":\"One\",\"label\":[[0,3,\"C\"]],\"answer\":\"accept\"}\n"),
        ("b.tsv", TSV.as_bytes()),
    ]);
    assert_eq!(
        shown(&bytes, Some("doccano")),
        ["a.jsonl: a C [(0, 3)]", "not carried: 1 file in an archive that holds no labelled passages"]
    );
}

#[test]
fn what_is_wrong_in_an_archive_is_named_with_its_place() {
    let bytes =
        zip(&[("a/b.jsonl", b"{\"text\":\"One\",\"label\":[[0,3]]}\n"), ("../c.jsonl", DOCCANO.as_bytes())]);
    assert_eq!(shown(&bytes, None), ["problem at a/b.jsonl:1", "problem at :0"]);
    assert_eq!(shown(b"PK\x03\x04 damaged", None), ["problem at :0"]);
    assert_eq!(
        shown(&zip(&[("a.bin", b"\0\x01")]), None),
        ["problem at :0", "not carried: 1 file in an archive that holds no labelled passages"]
    );
    let twice = zip(&[("a:.jsonl", DOCCANO.as_bytes()), ("a_.jsonl", DOCCANO.as_bytes())]);
    assert_eq!(shown(&twice, None), ["a_.jsonl: a_ C [(0, 3)]", "problem at :0"]);
}

#[test]
fn a_bomb_in_an_archive_is_left_out() {
    let zeros = vec![b' '; 20 << 20];
    let bomb = zip(&[("a.json", &zeros), ("b.jsonl", DOCCANO.as_bytes())]);
    assert_eq!(shown(&bomb, None), ["b.jsonl: b C [(0, 3)]", "problem at :0"]);
}

#[test]
fn an_archive_is_placed_as_the_files_in_it() {
    let bytes =
        zip(&[("annotation/d1.txt/ana.tsv", TSV.as_bytes()), ("annotation/d1.txt/ben.tsv", TSV.as_bytes())]);
    let (_, drafts, _folder) = read(&bytes, None);
    assert_eq!(drafts.last().unwrap().1.losses, [] as [Loss; 0]);
    let project = placed(&bytes);
    let people: Vec<&str> = project.documents()[0].layers.keys().map(|id| id.as_str()).collect();
    assert_eq!((project.documents().len(), people), (1, vec!["ana", "ben"]));
}

/// Imports an archive into an empty project.
fn placed(bytes: &[u8]) -> Project {
    let (_, drafts, _folder) = read(bytes, None);
    let mut project = Project::new("empty", sample::codebook());
    let mut last = 0;
    let mut ids = || {
        last += 1;
        uuid::Uuid::from_u128(last)
    };
    let me = AnnotatorId::new("me");
    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    let incoming = place_all(&project, drafts, SpanOwner::Unsigned(&me), fresh).unwrap();
    project.apply(incoming.edit).unwrap();
    project
}

proptest! {
    #![proptest_config(count(48))]

    #[test]
    fn no_damage_makes_it_panic(damages in damages()) {
        let inner = zip(&[("CURATION_USER.xmi", XMI.as_bytes())]);
        let bytes = zip(&[
            ("annotation/d1.txt/ana.tsv", TSV.as_bytes()),
            ("ben.jsonl", DOCCANO.as_bytes()),
            ("curation/d1.txt/CURATION_USER.zip", &inner),
        ]);
        read(&damaged(&bytes, &damages), None);
    }
}
