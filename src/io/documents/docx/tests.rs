//! Tests with handwritten DOCX files.

use proptest::prelude::*;

use super::*;
use crate::annotations::mutation::{count, damages};
use crate::documents::mutation::check;
use crate::documents::office::packed;
use demarche_model::{AnchorKind, Date};

const STYLES: &str = r#"<w:styles xmlns:w="w">
  <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="Artikel"><w:basedOn w:val="berschrift1"/><w:name w:val="Article"/><w:pPr><w:outlineLvl w:val="1"/><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
  <w:style w:type="character" w:styleId="Fett"><w:name w:val="heading 2"/></w:style>
</w:styles>"#;
const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %2"/></w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>"#;
const CORE: &str = r#"<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Port  talks</dc:title><dc:creator>Ana Ruiz</dc:creator><dcterms:created>2026-03-14T09:00:00Z</dcterms:created></cp:coreProperties>"#;
const BODY: &str = r#"
  <w:p><w:pPr><w:pStyle w:val="Verzeichnis1"/></w:pPr><w:r><w:t>Scope 1</w:t></w:r></w:p>
  <w:p><w:pPr><w:pStyle w:val="berschrift1"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>Sco</w:t></w:r><w:r><w:t>pe</w:t></w:r></w:p>
  <w:p><w:pPr><w:pStyle w:val="Artikel"/></w:pPr><w:r><w:t>Parties</w:t></w:r></w:p>
  <w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del><w:ins><w:r><w:t>shall</w:t></w:r></w:ins>
     <w:r><w:t xml:space="preserve"> reopen</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:tab/><w:t>the port.</w:t></w:r>
     <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret words</w:t></w:r><w:r><w:br/><w:t>A&amp;B</w:t></w:r></w:p>
  <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">one </w:t></w:r></w:p><w:p><w:r><w:t>paragraph</w:t></w:r></w:p>
  <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>item</w:t></w:r></w:p>
  <w:p><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:lastRenderedPageBreak/><w:t>other</w:t></w:r></w:p>
  <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr>
   <w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:tc></w:tr>
   <w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>d</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
  <w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><a:blip/><wps:txbx><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>
   <mc:Fallback><w:pict><v:imagedata/></w:pict></mc:Fallback></mc:AlternateContent><w:t>End</w:t></w:r><w:r><w:endnoteReference w:id="5"/></w:r></w:p>
  <w:sectPr/>"#;

fn file(body: &str) -> Vec<u8> {
    let document =
        format!(r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    packed(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            r#"<Relationships><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>"#,
        ),
        ("word/document2.xml", &document),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        (
            "word/footnotes.xml",
            r#"<w:footnotes><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> See the</w:t></w:r></w:p><w:p><w:r><w:t>annex.</w:t></w:r></w:p></w:footnote></w:footnotes>"#,
        ),
        (
            "word/endnotes.xml",
            r#"<w:endnotes><w:endnote w:id="5"><w:p><w:r><w:t>Last.</w:t></w:r></w:p></w:endnote></w:endnotes>"#,
        ),
        ("word/comments.xml", "<w:comments><w:comment/><w:comment/></w:comments>"),
        ("word/header1.xml", "<w:hdr><w:p><w:r><w:t>Draft</w:t></w:r></w:p></w:hdr>"),
        ("word/header2.xml", "<w:hdr><w:p/></w:hdr>"),
        ("docProps/core.xml", CORE),
    ])
}

fn read(bytes: &[u8]) -> Result<ReadDocument, ReadError> {
    Docx.read(&Source { name: "a.docx", bytes, encoding: None }).map(|mut all| all.remove(0))
}

#[test]
fn the_text_is_what_word_shows() {
    let read = read(&file(BODY)).unwrap();
    assert_eq!(
        read.text,
        "III. Scope\n\nArticle 1 Parties\n\nWe shall reopen[1]\tthe port.\nA&B\n\none paragraph\n\n• item\n• other\n\n\
         a\tb / c\n\td\n\nbox\n\nEnd[2]\n\n[1] See the\nannex.\n[2] Last.\n"
    );
    assert_eq!((read.title.as_deref(), read.author.as_deref()), (Some("Port talks"), Some("Ana Ruiz")));
    assert_eq!(read.date, Date::parse("2026-03-14"));
}

#[test]
fn a_list_begins_where_it_says_and_goes_on_with_its_own_levels() {
    let numbering = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">
      <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
      <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
      <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
      <w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>
        <w:lvlOverride w:ilvl="1"><w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="(%2)"/></w:lvl></w:lvlOverride></w:num></w:numbering>"#;
    let mut read = Numbering::default();
    crate::documents::office::visit("numbering.xml", numbering, &mut read).unwrap();
    let steps =
        [("1", 0), ("1", 1), ("1", 0), ("2", 1), ("2", 0), ("2", 0), ("2", 1), ("1", 0), ("3", 0), ("1", 9)];
    let labels: Vec<String> = steps.iter().map(|(list, level)| read.next(list, *level)).collect();
    assert_eq!(labels, ["1. ", "1.a) ", "2. ", "(III) ", "5. ", "6. ", "(III) ", "7. ", "", ""]);
}

#[test]
fn headings_and_pages_are_anchors() {
    let read = read(&file(BODY)).unwrap();
    let anchor = |anchor: &demarche_model::Anchor| {
        let words: String = read.text[anchor.at..].chars().take(5).collect();
        match &anchor.kind {
            AnchorKind::Page(name) => format!("page {name}: {words}"),
            AnchorKind::Heading { level, title } => format!("{level} {title}: {words}"),
            AnchorKind::Time(_) => String::new(),
        }
    };
    let anchors: Vec<String> = read.anchors.iter().map(anchor).collect();
    assert_eq!(
        anchors,
        ["page 1: III. ", "1 III. Scope: III. ", "2 Article 1 Parties: Artic", "page 2: • oth"]
    );
}

#[test]
fn dropped_content_is_counted() {
    let read = read(&file(BODY)).unwrap();
    let dropped: Vec<String> = read.dropped.iter().map(|loss| loss.short()).collect();
    assert_eq!(
        dropped,
        [
            "2 Comments",
            "1 TrackedDeletions",
            "2 HiddenWords",
            "1 Pictures",
            "1 HeadersAndFooters",
            "1 ContentsLines",
        ]
    );
}

#[test]
fn other_files_are_refused_with_their_kind() {
    let message = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    assert!(message(b"PK\x03\x04 broken off").starts_with("the file is damaged"));
    let mut old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    assert!(message(&old).contains("old version of Word"));
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(message(&old).contains("password"));
    assert!(message(&file("")).contains("no text"));
    assert!(message(&file("<w:p>")).contains("word/document2.xml, line 1"));
    assert!(message(&packed(&[("word/other.xml", "<a/>")])).contains("word/document.xml is missing"));
}

proptest! {
    #![proptest_config(count(60))]
    #[test]
    fn damaged_files_do_no_harm(damages in damages(), body: bool) {
        if body {
            let xml = crate::annotations::mutation::damaged(BODY.as_bytes(), &damages);
            check(&Docx, &file(&String::from_utf8_lossy(&xml)), &[])?;
        } else {
            check(&Docx, &file(BODY), &damages)?;
        }
    }
}
