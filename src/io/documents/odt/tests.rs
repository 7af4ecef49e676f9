//! Tests with handwritten ODT files, packed and flat.

use proptest::prelude::*;

use super::*;
use crate::annotations::mutation::{count, damaged, damages};
use crate::documents::mutation::check;
use crate::documents::office::packed;
use demarche_model::{AnchorKind, Date};

const STYLES: &str = r#"<office:styles><style:style style:name="Title" style:family="paragraph"/>
  <text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>
   <text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>
  <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="a" style:num-suffix=")" style:num-prefix="("/>
   <text:list-level-style-bullet text:level="2"/></text:list-style></office:styles>
  <office:master-styles><style:master-page><style:header><text:p>Draft</text:p></style:header><style:footer><text:p/></style:footer></style:master-page></office:master-styles>"#;
const BODY: &str = r#"<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/>
   <style:style style:name="T1"><style:text-properties text:display="none"/></style:style></office:automatic-styles>
 <office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>X</dc:creator></office:change-info><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>
  <text:table-of-content><text:index-body><text:p>Scope 1</text:p></text:index-body></text:table-of-content>
  <text:p text:style-name="P1">Port talks</text:p>
  <text:h text:outline-level="1">Scope</text:h><text:h text:outline-level="2">Parties</text:h>
  <text:p>We <text:span>sh</text:span>all
     reopen<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>See the</text:p><text:p>annex.</text:p></text:note-body></text:note><text:tab/>the<text:s text:c="2"/>port.<text:span text:style-name="T1">secret</text:span><text:line-break/>A&amp;B<office:annotation><text:p>why?</text:p></office:annotation></text:p>
  <text:list text:style-name="L1"><text:list-item><text:p>item</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item></text:list>
  <text:p>Between</text:p><text:p/>
  <text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p><text:soft-page-break/>other</text:p></text:list-item></text:list>
  <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p><text:p>c</text:p></table:table-cell></table:table-row>
   <table:table-row><table:table-cell/><table:table-cell><text:p>d</text:p></table:table-cell></table:table-row></table:table>
  <text:p>End<draw:frame><draw:image/></draw:frame><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame></text:p></office:text></office:body>"#;
const META: &str = "<office:meta><dc:title>Talks</dc:title><meta:initial-creator>Ana</meta:initial-creator><meta:creation-date>2026-03-14T09:00:00</meta:creation-date></office:meta>";
const TEXT: &str = "Port talks\n\n1. Scope\n\n1.1 Parties\n\nWe shall reopen[1]\tthe  port.\nA&B\n\n(a) item\n• inner\n\nBetween\n\n\
                    (b) other\n\na\tb / c\n\td\n\nEnd\n\nbox\n\n[1] See the\nannex.\n";

fn whole(inner: &str) -> String {
    format!(r#"<?xml version="1.0"?><office:document-content>{inner}</office:document-content>"#)
}

fn file(body: &str) -> Vec<u8> {
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &whole(body)),
        ("styles.xml", &whole(STYLES)),
        ("meta.xml", &whole(META)),
    ])
}

fn read(bytes: &[u8]) -> Result<ReadDocument, ReadError> {
    Odt.read(&Source { name: "a.odt", bytes, encoding: None }).map(|mut all| all.remove(0))
}

#[test]
fn the_text_is_what_is_shown() {
    let flat = format!(r#"<?xml version="1.0"?><office:document>{META}{STYLES}{BODY}</office:document>"#);
    for bytes in [file(BODY), flat.into_bytes()] {
        let read = read(&bytes).unwrap();
        assert_eq!(read.text, TEXT);
        assert_eq!((read.title.as_deref(), read.author.as_deref()), (Some("Talks"), Some("Ana")));
        assert_eq!(read.date, Date::parse("2026-03-14"));
        let dropped: Vec<String> = read.dropped.iter().map(|loss| loss.short()).collect();
        let expected = [
            "1 Comments",
            "1 TrackedDeletions",
            "1 HiddenWords",
            "1 Pictures",
            "1 HeadersAndFooters",
            "1 ContentsLines",
        ];
        assert_eq!(dropped, expected);
    }
}

#[test]
fn headings_and_pages_are_anchors() {
    let read = read(&file(BODY)).unwrap();
    let anchors: Vec<(String, &str)> = read
        .anchors
        .iter()
        .map(|anchor| match &anchor.kind {
            AnchorKind::Page(name) => (format!("page {name}"), &read.text[anchor.at..anchor.at + 4]),
            AnchorKind::Heading { level, title } => {
                (format!("{level} {title}"), &read.text[anchor.at..anchor.at + 4])
            }
            AnchorKind::Time(_) => panic!("no time"),
        })
        .collect();
    let anchor = |kind: &str, words| (kind.to_owned(), words);
    assert_eq!(
        anchors,
        [
            anchor("page 1", "Port"),
            anchor("1 Port talks", "Port"),
            anchor("1 1. Scope", "1. S"),
            anchor("2 1.1 Parties", "1.1 "),
            anchor("page 2", "othe"),
        ]
    );
}

#[test]
fn unreadable_files_are_refused_with_a_reason() {
    let message = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    let locked = packed(&[("META-INF/manifest.xml", "<manifest:encryption-data/>"), ("content.xml", "x")]);
    assert!(message(&locked).contains("password"));
    assert!(message(&packed(&[("meta.xml", "<a/>")])).contains("content.xml is missing"));
    assert!(message(&file("<office:body><office:text/></office:body>")).contains("no text"));
}

proptest! {
    #![proptest_config(count(60))]
    #[test]
    fn damaged_files_do_no_harm(damages in damages(), packed: bool) {
        if packed {
            check(&Odt, &file(BODY), &damages)?;
        } else {
            let flat = format!("<office:document>{META}{STYLES}{BODY}</office:document>");
            check(&Odt, &damaged(flat.as_bytes(), &damages), &[])?;
        }
    }
}
