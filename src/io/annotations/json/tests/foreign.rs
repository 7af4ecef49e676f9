//! Files of other programs.

use super::{messages, passages, read};
use crate::annotations::{SpanOwner, importer_of};
use crate::words::remarks;
use demarche_model::AnnotatorId;

/// Reads a file without an annotator, for `me`; checks that its format is detected.
fn check(format: &str, path: &str, file: &str, expect: &[&str], expected_losses: &[&str]) {
    let found = importer_of(path.as_ref(), file.as_bytes()).map(|importer| importer.name());
    assert_eq!(found, Some(format));
    let me = AnnotatorId::new("me");
    let (project, incoming) = read(format, path, file.as_bytes(), SpanOwner::Unsigned(&me));
    assert_eq!(messages(&incoming), expected_losses);
    assert_eq!(passages(&project), expect);
}

#[test]
fn current_and_older_doccano_files_are_imported() {
    let new = r#"{"id": 11, "text": "We will go. They stay.", "entities": [{"id": 3, "label": "Threat", "start_offset": 0, "end_offset": 10}, {"id": 4, "label": "Offer", "start_offset": 12, "end_offset": 21}, {"id": 5, "label": "Offer", "start_offset": 12, "end_offset": 99}, {"id": 6, "label": "Offer"}], "relations": [{"id": 1, "from_id": 4, "to_id": 3, "type": "responds to"}, {"id": 2, "from_id": 4, "to_id": 77, "type": "responds to"}, {"id": 3}], "Comments": ["why?"]}"#;
    check(
        "doccano",
        "all.jsonl",
        new,
        &["me threat: We will go", "me offer: They stay", "me offer responds-to threat"],
        &[
            "`start_offset` and `end_offset` of a span are not whole numbers: all.jsonl:1",
            "a relation lacks `from_id`, `to_id` or `type`: all.jsonl:1",
            "the span 12–99 is outside the text of 22 characters: all.jsonl:1",
            "a link leads to the span `77`, which is neither in the import nor in the project: all.jsonl:1",
            "1 TextComments",
        ],
    );
    let old = "\u{feff}{\"id\":1,\"text\":\"We will go.\",\"label\":[[0,10,\"Threat\"],[\"x\"],\"spam\"]}\r\n\r\n{\"text\":\"b\",\"label\":[]}\r\n{";
    check(
        "doccano",
        "old.jsonl",
        old,
        &["me threat: We will go"],
        &[
            "a label is not `[start, end, name]`: old.jsonl:1",
            "this line is not a document in JSON (EOF while parsing an object at column 1): old.jsonl:4",
            "1 TextLabels",
        ],
    );
}

#[test]
fn doccano_counts_in_the_unit_that_fits() {
    let line = |start: usize, end: usize| {
        format!(r#"{{"text":"👩👧 will go home","label":[[{start},{end},"Threat"]]}}"#)
    };
    let [points, utf16] = [false, true].map(|is_utf16| remarks::offset_unit(is_utf16, 1, (1, 1), 0));
    check("doccano", "a.jsonl", &line(3, 7), &["me threat: will"], &[&points]);
    check("doccano", "a.jsonl", &line(5, 9), &["me threat: will"], &[&utf16]);
    // A text that decides nothing follows the others.
    let both = format!("{}\n{}", line(5, 9), r#"{"text":"👩👧 한 위협 🎈🎈 한국","label":[]}"#);
    check("doccano", "a.jsonl", &both, &["me threat: will"], &[&utf16]);
}

#[test]
fn label_studio_is_imported_with_annotators_relations_and_answers() {
    let region = |id: &str, start: usize, end: usize, text: &str, label: &str| {
        format!(
            r#"{{"id":"{id}","from_name":"l","to_name":"t","type":"labels","origin":"manual","value":{{"start":{start},"end":{end},"text":"{text}","labels":[{label}]}}}}"#
        )
    };
    let first = region("aB", 0, 10, "We will go", "\"Threat\",\"Move\"");
    let second = region("cD", 12, 17, "They\\\\n", "\"Offer\"");
    let file = format!(
        r#"[{{"id":5,"data":{{"ref":"x","article":"We will go. They\nstay."}},"predictions":[{{"result":[]}}],
        "annotations":[
          {{"id":1,"completed_by":{{"id":3,"email":"ana@example.org","first_name":"Ana","last_name":"Müller"}},"created_at":"2024-05-01T10:00:00.123456Z","result":[{first},{second},
            {{"id":"aB","from_name":"actor","to_name":"t","type":"choices","value":{{"start":0,"end":10,"text":"We will go","choices":["Norvania"]}}}},
            {{"id":"aB","from_name":"why","to_name":"t","type":"textarea","value":{{"start":0,"end":10,"text":["a","b"]}}}},
            {{"id":"aB","from_name":"weight","to_name":"t","type":"number","value":{{"number":2}}}},
            {{"id":"zz","from_name":"mood","to_name":"t","type":"choices","value":{{"choices":["good"]}}}},
            {{"id":"r1","type":"rectanglelabels","value":{{"x":1}}}},
            {{"type":"relation","from_id":"cD","to_id":"aB","direction":"right","labels":["answers"]}},
            {{"type":"relation","from_id":"cD","to_id":"nn","direction":"right"}}]}},
          {{"id":2,"completed_by":7,"result":[{first}]}},
          {{"id":3,"completed_by":7,"was_cancelled":true,"result":[{first}]}}]}},
        {{"id":6,"data":{{"image":"http://x/y.png","n":1}},"annotations":[{{"result":3}}]}},
        {{"id":7,"data":{{"n":1}},"annotations":[]}}]"#
    );
    check(
        "label-studio",
        "/no/such/project.json",
        &file,
        &[
            "ana-example-org threat: We will go actor=Choice(\"Norvania\") weight=Number(2.0) why=Text(\"a\\nb\")",
            "ana-example-org move: We will go actor=Choice(\"Norvania\") weight=Number(2.0) why=Text(\"a\\nb\")",
            "ana-example-org offer: They\n",
            "ana-example-org offer answers threat",
            "user-7 threat: We will go",
            "user-7 move: We will go",
        ],
        &[
            "record 2: there is no text; Demarche imports only tasks with texts: /no/such/project.json",
            "record 3: there is no text; Demarche imports only tasks with texts: /no/such/project.json",
            "1 UnjoinedLinks",
            "1 TextAnswers",
            "1 SkippedAnnotations",
            "1 Predictions",
            "1 OtherRegions",
        ],
    );
}

#[test]
fn an_older_label_studio_counts_utf16() {
    let file = r#"[{"id":1,"data":{"text":"👩 will go"},"completions":[{"id":1,"result":[{"id":"a","type":"labels","value":{"start":3,"end":7,"text":"will","labels":["Threat"]}}]}]}]"#;
    let remark = &remarks::offset_unit(true, 1, (1, 1), 0);
    check("label-studio", "/no/such/a.json", file, &["me threat: will"], &[remark]);
    let minimal = r#"[{"id":1,"text":"We will go","label":[{"start":3,"end":7,"text":"will","labels":["Threat"]}],"annotator":2,"annotation_id":4,"lead_time":1.5}]"#;
    check("label-studio", "/no/such/a.json", minimal, &["user-2 threat: will"], &[]);
}

#[test]
fn the_configuration_beside_label_studio_defines_the_codebook() {
    let folder = tempfile::tempdir().unwrap();
    let config = r##"<View><!-- x --><Text name="t" value="$article"/><Labels name="l" toName="t">
        <Label value="Red &amp; line" alias="red-line" background="#B2182B" hotkey="r" hint="What is not up for talks."/></Labels>
        <Choices name="sure" toName="t" perRegion="true" choice="single"><Choice value="yes"/><Choice value="no"/></Choices>
        <Choices name="who" toName="t" perRegion="true" choice="multiple"><Choice value="a"/><Choice value="b"/></Choices></View>"##;
    std::fs::write(folder.path().join("config.xml"), config).unwrap();
    let file = r#"[{"data":{"text":"no","article":"We will go"},"annotations":[{"result":[
        {"id":"a","type":"labels","value":{"start":3,"end":7,"text":"will","labels":["red-line"]}},
        {"id":"a","from_name":"sure","type":"choices","value":{"choices":["yes"]}},
        {"id":"a","from_name":"who","type":"choices","value":{"choices":["a"]}}]}]}]"#;
    let path = folder.path().join("x.json");
    let me = AnnotatorId::new("me");
    let (project, incoming) =
        read("label-studio", path.to_str().unwrap(), file.as_bytes(), SpanOwner::All(&me));
    assert_eq!(messages(&incoming), [""; 0]);
    assert_eq!(passages(&project), ["me red-line: will sure=Flag(true) who=Choices({\"a\"})"]);
    let category = project.codebook().category(&"red-line".into()).unwrap();
    assert_eq!(
        (&*category.name, category.hotkey, category.colour.0),
        ("Red & line", Some('r'), [0xB2, 0x18, 0x2B])
    );
    assert_eq!(category.definition, "What is not up for talks.");
    std::fs::write(folder.path().join("config.xml"), "<View><Text </View").unwrap();
    let (_, incoming) = read("label-studio", path.to_str().unwrap(), file.as_bytes(), SpanOwner::All(&me));
    assert!(messages(&incoming)[0].starts_with("the labelling configuration next to the file can't be read"));
}

#[test]
fn prodigy_is_imported_by_task() {
    let task = r#"{"text":"We will go","_input_hash":1,"_task_hash":2,"_session_id":"port-ana","_view_id":"relations","answer":"accept",
        "tokens":[{"text":"We","start":0,"end":2,"id":0,"ws":true},{"text":"will","start":3,"end":7,"id":1,"ws":true},{"text":"go","start":8,"end":10,"id":2,"ws":false}],
        "spans":[{"start":0,"end":2,"token_start":0,"token_end":0,"label":"OFFER"},{"start":3,"end":10,"token_start":1,"token_end":2,"label":"THREAT"},{"start":3,"end":10}],
        "relations":[{"head":2,"child":0,"label":"answers","head_span":{"start":3,"end":10,"token_start":1,"token_end":2,"label":"THREAT"},"child_span":{"start":0,"end":2,"label":"OFFER"}},
                     {"head":0,"child":2,"label":"asks"},{"head":0,"child":1,"label":"asks"}]}"#
        .replace('\n', " ");
    let file = format!(
        "{task}\n{}\n{}",
        r#"{"text":"We stay","spans":[{"start":0,"end":2,"label":"OFFER"}],"answer":"reject","accept":["A"]}"#,
        r#"{"image":"x.png","answer":"accept"}"#
    );
    check(
        "prodigy",
        "out.jsonl",
        &file,
        &[
            "port-ana offer: We",
            "port-ana threat: will go",
            "port-ana threat answers offer",
            "port-ana offer asks threat",
        ],
        &[
            "a span has no label: out.jsonl:1",
            "there is no text; Demarche imports only tasks with texts: out.jsonl:3",
            "1 UnjoinedLinks",
            "1 TextChoices",
            "1 RejectedSpans",
            &remarks::other_case("OFFER", "Offer"),
            &remarks::other_case("THREAT", "Threat"),
        ],
    );
}

#[test]
fn spacy_docs_are_imported_once() {
    let file = r#"{"text":"We will go","ents":[{"start":0,"end":2,"label":"OFFER"},{"start":3,"end":7,"label":"MOVE"}],
        "sents":[{"start":0,"end":10}],"cats":{"hot":0.5},
        "spans":{"sc":[{"start":3,"end":10,"label":"THREAT","kb_id":""},{"start":3,"end":7,"label":"MOVE","kb_id":""}]},
        "tokens":[{"id":0,"start":0,"end":2,"tag":"PRP"},{"id":1,"start":3,"end":7,"tag":"MD"},{"id":2,"start":8,"end":10,"tag":"VB"}]}"#;
    let expect = ["me offer: We", "me threat: will go", "me move: will"];
    let cases = [("OFFER", "Offer"), ("MOVE", "Move"), ("THREAT", "Threat")];
    let [offer, other, threat] = cases.map(|(given, known)| remarks::other_case(given, known));
    let expected_losses = ["1 TextCategories", "1 TokenGrammar", &threat, &other, &offer];
    check("spacy", "doc.json", file, &expect, &expected_losses);
    check("spacy", "doc.json", &format!("[{file}]"), &expect, &expected_losses);
    check("spacy", "doc.jsonl", &file.replace('\n', " "), &expect, &expected_losses);
}
