use std::path::Path;

use proptest::prelude::*;
use uuid::Uuid;

use crate::IoError;
use crate::annotations::{Fresh, Incoming, Input, SpanOwner, importer, importer_of, place};
use crate::export::random_full::{self as random, all_of, comes_back, damage, damaged};
use crate::export::{Scope, memory, sample};
use demarche_model::{Project, Value};

fn read(format: &str, project: &Project, path: &Path, bytes: Vec<u8>) -> Result<Incoming, IoError> {
    let input = Input::new(path, bytes);
    let draft = importer(format).unwrap().read(&input)?;
    let mut last = 0;
    let mut ids = || {
        last += 1;
        Uuid::from_u128(last)
    };
    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    place(project, input.path, draft, SpanOwner::Unsigned(&"guest".into()), fresh)
}

fn remarks(import: &Incoming) -> Vec<String> {
    let problems = import.problems.iter().map(|problem| problem.to_string());
    problems.chain(import.losses.iter().map(|loss| loss.short())).collect()
}

/// Returns the imported spans, one per line.
fn shown(import: &Incoming, project: &mut Project) -> Vec<String> {
    project.apply(import.edit.clone()).unwrap();
    let mut lines = Vec::new();
    for document in project.documents() {
        for (annotator, layer) in &document.layers {
            for span in layer.spans() {
                let (quote, note) = (span.quote(document.text.as_ref().unwrap()), &span.note);
                lines.push(format!("{annotator} {} “{quote}” {note} {:?}", span.category, span.attributes));
            }
        }
    }
    lines
}

/// Returns the files of an export.
fn exported(format: &str) -> Vec<(String, Vec<u8>)> {
    memory::export(format, &Scope::everything(&sample::project())).0
}

#[test]
fn the_sample_is_read_back() {
    let project = sample::project();
    assert_eq!(comes_back("cas-json", &project), all_of(&project));
    let all = "Read back and compared: 8 of 8 passages came back, 0 of 1 links; 1 LinksToOtherFiles";
    assert_eq!(comes_back("cas-xmi", &project), all);
    let names = |format| exported(format).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(
        names("cas-xmi"),
        ["TypeSystem.xml", "layers.json", "d001.ben.xmi", "d001.ana.xmi", "d002.xmi"]
    );
    assert_eq!(names("cas-json"), ["d001.json", "d002.json"]);
}

#[test]
fn titles_dates_and_sources_are_read_back() {
    for (format, at) in [("cas-xmi", 3), ("cas-json", 0)] {
        let mut empty = Project::new("empty", Default::default());
        let (name, bytes) = exported(format).swap_remove(at);
        let import = read(format, &empty, Path::new(&name), bytes.clone()).unwrap();
        assert_eq!(remarks(&import), [""; 0]);
        empty.apply(import.edit).unwrap();
        let meta = &empty.documents()[0].meta;
        assert_eq!(
            (meta.title.as_str(), meta.source.as_str()),
            ("Briefing, 14 March", "Ministry, \"Halden\"")
        );
        assert_eq!(meta.date.as_ref().unwrap().as_str(), "2026-03-14");
        let again = read(format, &sample::project(), Path::new(&name), bytes).unwrap();
        assert_eq!((again.spans, again.links), (0, 0), "nothing is imported twice");
    }
}

#[test]
fn json_is_known_by_its_first_words() {
    let (name, bytes) = exported("cas-json").swap_remove(0);
    assert_eq!(importer_of(Path::new(&name), &bytes[..200]).map(|found| found.name()), Some("cas-json"));
    let other = importer_of(Path::new(&name), b"[{\"data\": {}}]").map(|found| found.name());
    assert_ne!(other, Some("cas-json"));
}

const FOREIGN: &str = "<?xml version=\"1.1\" encoding=\"UTF-8\"?>\n\
    <xmi:XMI xmlns:pos=\"http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore\" xmlns:cas=\"http:///uima/cas.ecore\" \
    xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:type4=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" \
    xmlns:type5=\"http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore\" xmlns:custom=\"http:///webanno/custom.ecore\" \
    xmlns:type3=\"http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore\" \
    xmlns:type=\"http:///de/tudarmstadt/ukp/clarin/webanno/api/type.ecore\" xmi:version=\"2.0\">\n\
    <cas:NULL xmi:id=\"0\"/>\n\
    <type3:DocumentMetaData xmi:id=\"1\" sofa=\"12\" begin=\"0\" end=\"29\" language=\"x-unspecified\" documentTitle=\"talk.txt\"/>\n\
    <type:CASMetadata xmi:id=\"2\" sofa=\"12\" username=\"Cleo Roe\"/>\n\
    <type5:Token xmi:id=\"3\" sofa=\"12\" begin=\"0\" end=\"2\" order=\"0\"/>\n\
    <type4:NamedEntity xmi:id=\"4\" sofa=\"12\" begin=\"3\" end=\"11\" value=\"ORG\"/>\n\
    <custom:Move xmi:id=\"5\" sofa=\"12\" begin=\"12\" end=\"17\" value=\"Threat\" strength=\"3\" veiled=\"true\" comment=\"so it seems\" next=\"4\">\n\
    <tags>a</tags><tags>b</tags></custom:Move>\n\
    <custom:Plain xmi:id=\"6\" sofa=\"12\" begin=\"19\" end=\"23\"/>\n\
    <custom:Relation xmi:id=\"7\" sofa=\"12\" begin=\"12\" end=\"17\" Dependent=\"5\" Governor=\"4\" value=\"by\"/>\n\
    <custom:Relation xmi:id=\"8\" sofa=\"12\" begin=\"12\" end=\"17\" Dependent=\"3\" Governor=\"4\"/>\n\
    <custom:Plain xmi:id=\"9\" sofa=\"12\" begin=\"18\" end=\"18\"/>\n\
    <custom:Plain xmi:id=\"10\" sofa=\"12\" begin=\"1\" end=\"4\"/>\n\
    <cas:Sofa xmi:id=\"12\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text\" sofaString=\"👩 Norvania warns&#13;&#10;once&#9;more.\"/>\n\
    <cas:View sofa=\"12\" members=\"1 2 3 4 5 6 7 8 9\"/>\n</xmi:XMI>";

const FOREIGN_TYPES: &str = "<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\"><types>\
    <typeDescription><name>webanno.custom.Base</name><supertypeName>uima.tcas.Annotation</supertypeName><features>\
    <featureDescription><name>strength</name><rangeTypeName>uima.cas.Integer</rangeTypeName></featureDescription>\
    <featureDescription><name>next</name><rangeTypeName>uima.tcas.Annotation</rangeTypeName></featureDescription></features></typeDescription>\
    <typeDescription><name>webanno.custom.Move</name><supertypeName>webanno.custom.Base</supertypeName><features>\
    <featureDescription><name>veiled</name><rangeTypeName>uima.cas.Boolean</rangeTypeName></featureDescription></features></typeDescription>\
    </types></typeSystemDescription>";

#[test]
fn layers_of_other_programs_are_imported() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("TypeSystem.xml"), FOREIGN_TYPES).unwrap();
    let path = folder.path().join("cleo.xmi");
    let mut project = sample::project();
    let import = read("cas-xmi", &project, &path, FOREIGN.as_bytes().to_vec()).unwrap();
    assert_eq!(
        remarks(&import),
        [
            format!("the span 1–4 is outside the text of 27 characters: {}:14", path.display()).as_str(),
            "1 EmptyAnnotations",
            "1 ReferenceFeatures",
            "1 LanguageAnalyses",
            "1 UnjoinedLinks",
        ]
    );
    let lines = shown(&import, &mut project);
    assert!(lines.contains(&"cleo-roe ORG “Norvania”  {}".to_owned()), "{lines:?}");
    let tags = Value::Choices(["a".into(), "b".into()].into());
    let attributes = [
        ("strength".into(), Value::Number(3.0)),
        ("tags".into(), tags),
        ("veiled".into(), Value::Flag(true)),
    ];
    let attributes: demarche_model::Attributes = attributes.into();
    let expect = format!("cleo-roe threat “warns” so it seems {attributes:?}");
    assert!(lines.contains(&expect), "{lines:?}");
    assert!(lines.contains(&"cleo-roe Plain “once”  {}".to_owned()), "{lines:?}");
    assert_eq!((import.links, &import.additions.link_kinds[..]), (1, &["by".into()][..]));
    assert_eq!(project.documents()[2].meta.title, "talk.txt");
    assert_eq!(project.annotator(&"cleo-roe".into()).unwrap().name, "Cleo Roe");
}

#[test]
fn json_of_other_programs_is_imported() {
    let json = r##"{"%TYPES":{"custom.Move":{"%NAME":"custom.Move","%SUPER_TYPE":"uima.tcas.Annotation"}},
        "%FEATURE_STRUCTURES":[
        {"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"a","sofaString":"One 👩 two."},
        {"%ID":2,"%TYPE":"custom.Move","@sofa":1,"begin":4,"end":6,"kind":"x","@tags":4,"big":true,"n":2},
        {"%ID":3,"%TYPE":"custom.Move","@sofa":9,"begin":7,"end":10},
        {"%ID":4,"%TYPE":"uima.cas.StringArray","%ELEMENTS":["p","q"]},
        {"%ID":5,"%TYPE":"uima.cas.Sofa","sofaNum":2,"sofaID":"b","sofaString":"Three."},
        {"%ID":6,"%TYPE":"custom.Move","@sofa":5,"begin":0,"end":5,"label":"Threat"}, 7,
        {"%ID":8,"%TYPE":"uima.cas.Sofa","sofaNum":3,"sofaID":"c","sofaURI":"file:/x"}],
        "%VIEWS":{}}"##;
    let mut project = Project::new("empty", Default::default());
    let import = read("cas-json", &project, Path::new("x.json"), json.as_bytes().to_vec()).unwrap();
    assert_eq!(remarks(&import), ["1 ExternalTexts", "1 LooseStructures"]);
    let lines = shown(&import, &mut project);
    assert!(
        lines[0].starts_with("guest Move “👩”")
            && lines[0].contains("\"q\"")
            && lines[0].contains("Flag(true)"),
        "{lines:?}"
    );
    assert!(lines[1].starts_with("guest Threat “Three”"), "{lines:?}");
}

#[test]
fn files_that_are_no_cas_are_refused() {
    let project = sample::project();
    for (format, bytes) in [
        ("cas-xmi", "<a/>"),
        ("cas-xmi", ""),
        ("cas-xmi", "<xmi:XMI>"),
        ("cas-json", "{}"),
        ("cas-json", "["),
    ] {
        assert!(read(format, &project, Path::new("x"), bytes.as_bytes().to_vec()).is_err(), "{bytes}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn all_passages_are_read_back(project in random::project()) {
        for format in ["cas-xmi", "cas-json"] {
            let came = comes_back(format, &project);
            let passages = all_of(&project).split(',').next().unwrap().to_owned();
            prop_assert!(came.starts_with(&passages), "{}", came);
            // Every link is imported, or counted as one to another file.
            let rest = &came[passages.len()..];
            let (came, all) = rest.strip_prefix(", ").and_then(|rest| rest.split_once(" of ")).unwrap_or(("0", "0 links"));
            let (came, all): (usize, usize) = (came.parse().unwrap(), all.split(' ').next().unwrap().parse().unwrap());
            let lost = all - came;
            let loss = if lost > 0 { format!("; {lost} LinksToOtherFiles") } else { String::new() };
            let links = if all > 0 { format!(", {came} of {all} links") } else { String::new() };
            prop_assert_eq!(rest, format!("{links}{loss}"));
        }
    }
}

proptest! {
    #![proptest_config(random::cases(32))]

    #[test]
    fn no_damage_makes_it_panic(damage in damage(), foreign in any::<bool>(), file in 0..2usize) {
        let project = sample::project();
        let xmi = if foreign { FOREIGN.as_bytes().to_vec() } else { exported("cas-xmi").swap_remove(file + 1).1 };
        let json = exported("cas-json").swap_remove(0).1;
        for (format, bytes) in [("cas-xmi", xmi), ("cas-json", json)] {
            if let Ok(import) = read(format, &project, Path::new("x"), damaged(&bytes, &damage)) {
                let mut copy = project.clone();
                copy.apply(import.edit).unwrap();
            }
        }
    }
}
