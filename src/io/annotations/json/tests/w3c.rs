//! Web Annotations of other programs.

use super::{messages, passages, read};
use crate::annotations::SpanOwner;
use crate::words::remarks;
use demarche_model::AnnotatorId;

const CONTEXT: &str = r#""@context":"http://www.w3.org/ns/anno.jsonld""#;

fn annotation(id: &str, selector: &str, more: &str) -> String {
    format!(
        r#"{{{CONTEXT},"id":"http://x.org/{id}","type":"Annotation","target":{{"source":"talk.txt","selector":{selector}}}{more}}}"#
    )
}

fn check(items: &[String], expect: &[&str], expected_losses: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("talk.txt"), "👩 We will go. We stay.").unwrap();
    let path = folder.path().join("a.jsonld");
    let me = AnnotatorId::new("me");
    let file = format!("[{}]", items.join(","));
    let (project, incoming) = read("w3c", path.to_str().unwrap(), file.as_bytes(), SpanOwner::Unsigned(&me));
    let messages: Vec<String> = messages(&incoming)
        .into_iter()
        .map(|message| message.split(": /").next().unwrap().to_owned())
        .collect();
    assert_eq!(messages, expected_losses);
    assert_eq!(passages(&project), expect);
}

#[test]
fn a_text_beside_the_file_gets_its_annotations() {
    let position = r#"{"type":"TextPositionSelector","start":5,"end":9}"#;
    let quote = r#"{"type":"TextQuoteSelector","exact":"stay","prefix":"We ","suffix":"."}"#;
    let twice = r#"{"type":"TextQuoteSelector","exact":"We"}"#;
    let gone = r#"{"type":"TextQuoteSelector","exact":"They"}"#;
    let xpath = r#"{"type":"XPathSelector","value":"/p"}"#;
    let tags = r#","motivation":"oa:commenting","creator":"http://x.org/people/ana","body":[{"type":"TextualBody","value":"Threat","purpose":"tagging"},{"type":"TextualBody","value":"Really?"},{"source":"http://x.org/tags/Offer","purpose":"classifying"}]"#;
    check(
        &[
            annotation("1", position, tags),
            annotation("2", quote, r#","bodyValue":"calm","motivation":"highlighting""#),
            annotation("3", twice, ""),
            annotation("4", gone, ""),
            annotation("5", xpath, ""),
            format!(r#"{{{CONTEXT},"id":"b","body":"http://x.org/b","target":"http://x.org/c"}}"#),
            format!(r#"{{{CONTEXT},"id":"c","target":"talk.txt#char=2,4"}}"#),
        ],
        &[
            "ana threat: will (Really?)",
            "ana offer: will (Really?)",
            "me annotation: We",
            "me highlighting: stay (calm)",
        ],
        &[
            "record 3: “We” is in the text more than once",
            "record 4: “They” is not in the text",
            "record 5: a target has no selector of text positions or quotes",
            "1 ResourceAnnotations",
            &remarks::offset_unit(false, 1, (4, 4), 0),
        ],
    );
}

#[test]
fn an_annotation_whose_text_is_nowhere_is_refused_with_what_to_do() {
    let other = r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage","items":[{"type":"Annotation","target":[{"source":"../secret.txt","selector":{"type":"TextPositionSelector","start":0,"end":1}},{"source":"/etc/passwd","selector":{"type":"TextPositionSelector","start":0,"end":1}}]}]}"#;
    let advice = "is not in this file, so 1 of its passages can't be imported; put the text into the file as the `value` \
                  of the source, or next to it under the name that the source gives";
    check(
        &[other.to_owned()],
        &[],
        &[&format!("the text of `../secret.txt` {advice}"), &format!("the text of `/etc/passwd` {advice}")],
    );
}

#[test]
fn words_decide_where_they_contradict_a_position() {
    let both = |id: &str, (start, end): (usize, usize), exact: &str| {
        let selectors = format!(
            r#"[{{"type":"TextPositionSelector","start":{start},"end":{end}}},{{"type":"TextQuoteSelector","exact":"{exact}"}}]"#
        );
        annotation(id, &selectors, r#","motivation":"tagging","bodyValue":"x""#)
    };
    check(
        &[
            both("a", (5, 9), "will"),
            both("b", (0, 4), "stay"),
            both("c", (900, 904), "go. We"),
            both("d", (5, 7), "We"),
        ],
        &["me tagging: will (x)", "me tagging: go. We (x)", "me tagging: stay (x)"],
        &[
            "the quote of the span is not the text at its place: expected “[We]”, found “[wi]” (in the record `http://x.org/d`)",
            &remarks::offset_unit(false, 1, (4, 1), 0),
            &remarks::placed_by_quotes(2),
        ],
    );
}

#[test]
fn annotations_without_a_source_are_of_the_text_with_the_same_name() {
    let folder = tempfile::tempdir().unwrap();
    let item = format!(
        r##"[{{{CONTEXT},"id":"#a","type":"Annotation","body":[{{"type":"TextualBody","value":"Place","purpose":"tagging"}}],"target":{{"selector":[{{"type":"TextQuoteSelector","exact":"port"}},{{"type":"TextPositionSelector","start":4,"end":8}}]}}}}]"##
    );
    let path = folder.path().join("in.json");
    let me = AnnotatorId::new("me");
    let read = || read("w3c", path.to_str().unwrap(), item.as_bytes(), SpanOwner::Unsigned(&me));
    let (project, incoming) = read();
    assert_eq!((passages(&project).len(), incoming.problems.len(), incoming.losses.len()), (0, 1, 0));
    std::fs::write(folder.path().join("in.txt"), "The port will close.").unwrap();
    let (project, incoming) = read();
    assert_eq!((passages(&project), messages(&incoming)), (vec!["me Place: port".to_owned()], Vec::new()));
}
