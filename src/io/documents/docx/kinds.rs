//! Tests with a small DOCX for each kind of content: tables, text boxes, embedded documents, links, raised characters.

use proptest::prelude::*;

use super::*;
use crate::annotations::mutation::{count, damaged, damages};
use crate::documents::mutation::check;
use crate::documents::office::packed;
use demarche_model::AnchorKind;

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
  <w:style w:type="character" w:styleId="Hoch"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>"#;
const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
  <w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>"#;

fn p(words: &str) -> String {
    format!(r#"<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>"#)
}

fn styled(style: &str, words: &str) -> String {
    p(words).replace("<w:p>", &format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#))
}

fn item(list: u8, words: &str) -> String {
    p(words).replace("<w:p>", &format!(r#"<w:p><w:pPr><w:numPr><w:numId w:val="{list}"/></w:numPr></w:pPr>"#))
}

/// A table whose cells have this content.
fn table(rows: &[&[&str]]) -> String {
    let cell = |content: &&str| format!("<w:tc><w:tcPr/>{content}</w:tc>");
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

/// A run with a text box as new programs write it, and again for old ones.
fn text_box(content: &str) -> String {
    let inside = format!("<w:txbxContent>{content}</w:txbxContent>");
    format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
}

fn file_with(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document =
        format!(r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    let mut all = vec![
        ("word/document.xml", document.as_str()),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
    ];
    all.extend(parts);
    packed(&all)
}

fn read(bytes: &[u8]) -> ReadDocument {
    Docx.read(&Source { name: "a.docx", bytes, encoding: None }).unwrap().remove(0)
}

fn text(body: &str) -> String {
    read(&file_with(body, &[])).text
}

fn losses(read: &ReadDocument) -> Vec<String> {
    read.dropped.iter().map(|loss| loss.short()).collect()
}

#[test]
fn a_table_of_one_column_is_no_table() {
    let content = [
        styled("H1", "Joint statement"),
        p("1. We agree."),
        item(1, "First"),
        item(1, "Second"),
        styled("H2", "Next"),
    ];
    let plain = text(&content.concat());
    assert_eq!(plain, "Joint statement\n\n1. We agree.\n\n• First\n• Second\n\nNext\n");
    for rows in
        [&[&[content.concat().as_str()][..]][..], &[&["<w:p/>", &content.concat()], &["<w:p/>", "<w:p/>"]]]
    {
        let read = read(&file_with(&table(rows), &[]));
        assert_eq!(read.text, plain);
        let headings: Vec<_> = read.anchors.iter().map(|anchor| (anchor.at, anchor.kind.clone())).collect();
        let heading = |level, title: &str| AnchorKind::Heading { level, title: title.to_owned() };
        assert_eq!(headings, [(0, heading(1, "Joint statement")), (53, heading(2, "Next"))]);
    }
    let column = table(&[&[&p("Norvania wants the strait.")], &[&p("Estmark does not.")]]);
    assert_eq!(
        text(&(p("Above") + &column + &p("Below"))),
        "Above\n\nNorvania wants the strait.\n\nEstmark does not.\n\nBelow\n"
    );
}

#[test]
fn a_table_with_headings_or_lists_is_no_table() {
    let letterhead = table(&[&[&styled("H1", "Ministry"), &p("12 May")], &[&p("Text."), &p("Margin.")]]);
    assert_eq!(text(&letterhead), "Ministry\n\n12 May\n\nText.\n\nMargin.\n");
    let lists = table(&[&[&(item(1, "a") + &item(1, "b")), &p("c")]]);
    assert_eq!(text(&lists), "• a\n• b\n\nc\n");
    // A column of automatic numbers is not a list.
    let numbered = table(&[&[&item(2, ""), &p("Norvania")], &[&item(2, ""), &p("Estmark")]]);
    assert_eq!(text(&numbered), "1.\tNorvania\n2.\tEstmark\n");
    let both = table(&[&[&item(2, ""), &(p("Norvania") + &item(1, "a"))]]);
    assert_eq!(text(&both), "1.\n\nNorvania\n\n• a\n");
}

#[test]
fn paragraphs_in_the_cells_of_other_tables_keep_their_ends() {
    let positions = table(&[
        &[&p("Norvania"), &p("Estmark")],
        &[
            &(p("We demand the strait.")
                + "<w:p/>"
                + &p("We also want fees dropped.")
                + &p("1. No ship waits.")),
            &(p("We reject both. ") + &p("We offer talks.")),
        ],
        &["<w:p/>", &p("either / or")],
    ]);
    assert_eq!(
        text(&positions),
        "Norvania\tEstmark\nWe demand the strait. / We also want fees dropped. / 1. No ship waits.\tWe reject both. / We offer \
         talks.\n\teither / or\n"
    );
}

#[test]
fn a_table_in_a_table_is_a_table_and_the_one_around_it_is_none() {
    let inner = table(&[&[&p("a"), &(p("b") + &p("c"))], &[&p("d"), &p("e")]]);
    let outer = table(&[&[&(p("Left") + &inner), &p("Right")], &[&p("x"), &p("y")]]);
    assert_eq!(text(&(outer + &p("End"))), "Left\n\na\tb / c\nd\te\n\nRight\n\nx\n\ny\n\nEnd\n");
}

#[test]
fn text_boxes_are_paragraphs_at_their_anchor_once() {
    let boxed = text_box(&(p("We demand the strait.") + &p("Now.")));
    let alone = format!("<w:p>{boxed}</w:p>");
    assert_eq!(text(&alone), "We demand the strait.\n\nNow.\n");
    let run = "<w:r><w:t>Beside it.</w:t></w:r>";
    let read = read(&file_with(&format!("{}<w:p>{boxed}{run}</w:p>{}", p("Above."), p("Below.")), &[]));
    assert_eq!(read.text, "Above.\n\nWe demand the strait.\n\nNow.\n\nBeside it.\n\nBelow.\n");
    assert_eq!(losses(&read), [""; 0]);
    assert_eq!(
        text(&format!("<w:p>{run}{boxed}{run}</w:p>{}", p("Below."))),
        "Beside it.Beside it.\n\nWe demand the strait.\n\nNow.\n\nBelow.\n"
    );
    // In a row, inside another box, and in the way of old programs.
    let cell = format!("<w:p>{run}{boxed}</w:p>");
    assert_eq!(text(&table(&[&[&cell, &p("b")]])), "Beside it. / We demand the strait. / Now.\tb\n");
    let nested =
        format!("<w:p>{}</w:p>", text_box(&(styled("H1", "Outer") + &format!("<w:p>{boxed}</w:p>"))));
    assert_eq!(text(&nested), "Outer\n\nWe demand the strait.\n\nNow.\n");
    let old = format!(
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
        p("Old.")
    );
    assert_eq!(text(&old), "Old.\n");
    let drawn = "<w:p><w:r><w:drawing><lc:lockedCanvas><a:sp><a:txSp><a:txBody><a:bodyPr/><a:p><a:pPr/><a:r><a:t>Drawn.</a:t></a:r></a:p>\
                 </a:txBody></a:txSp></a:sp></lc:lockedCanvas></w:drawing></w:r></w:p>";
    assert_eq!(text(drawn), "Drawn.\n");
}

#[test]
fn one_of_several_versions_is_read() {
    let boxed = |words: &str| format!("<w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing>", p(words));
    let versions = |inside: &str| {
        text(&format!("<w:p><w:r><mc:AlternateContent>{inside}</mc:AlternateContent></w:r></w:p>"))
    };
    let choice = |inside: &str| format!("<mc:Choice>{inside}</mc:Choice>");
    let fallback = |inside: &str| format!("<mc:Fallback>{inside}</mc:Fallback>");
    assert_eq!(
        versions(&(choice(&boxed("new")) + &choice(&boxed("newer")) + &fallback(&boxed("old")))),
        "new\n"
    );
    assert_eq!(versions(&(choice("<w:drawing/>") + &fallback(&boxed("old")))), "old\n");
    assert_eq!(versions(&fallback(&boxed("old"))), "old\n");
    let pictures = choice("<a:blip/>") + &fallback("<v:imagedata/>");
    let body =
        format!("<w:p><w:r><mc:AlternateContent>{pictures}</mc:AlternateContent><w:t>x</w:t></w:r></w:p>");
    assert_eq!(losses(&read(&file_with(&body, &[]))), ["1 Pictures"]);
}

/// Relationships of the main part, each with id, type and target.
fn relations(all: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        let mode = if target.contains("://") { r#" TargetMode="External""# } else { "" };
        format!(r#"<Relationship Id="{id}" Type="http://x/{kind}" Target="{target}"{mode}/>"#)
    };
    format!("<Relationships>{}</Relationships>", all.iter().map(one).collect::<String>())
}

#[test]
fn embedded_documents_are_read_in_place() {
    let chunk = |id: u8| format!(r#"<w:altChunk r:id="c{id}"/>"#);
    let body = [p("Above"), chunk(1), chunk(2), chunk(3), chunk(4), chunk(5), chunk(1), chunk(9), p("Below")]
        .concat();
    let targets = ["a.html", "/word/b.rtf", "c.txt", "../d.docx", "e.mht"];
    let ids = ["c1", "c2", "c3", "c4", "c5"];
    let all: Vec<_> = ids.into_iter().zip(targets).map(|(id, target)| (id, "aFChunk", target)).collect();
    let inner = file_with(&styled("H1", "Inner"), &[]);
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    let bytes = packed_bytes(&[
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations(&all).as_bytes()),
        ("word/a.html", b"<html><body><h2>Page</h2><p>caf&eacute;<nav>menu</nav></body></html>"),
        ("word/b.rtf", br"{\rtf1 Rich\par}"),
        ("word/c.txt", "Pl\u{e4}in\r\nlines".as_bytes()),
        ("d.docx", &inner),
        ("word/e.mht", b"MIME-Version: 1.0\r\n\r\nwords"),
    ]);
    let read = read(&bytes);
    assert_eq!(read.text, "Above\n\nPage\n\ncafé\n\nmenu\n\nRich\n\nPläin\nlines\n\nInner\n\nBelow\n");
    assert_eq!(read.anchors.len(), 2);
    assert!(read.anchors.iter().all(|anchor| matches!(&anchor.kind, AnchorKind::Heading { title, .. } if read.text[anchor.at..].starts_with(title.as_str()))));
    assert_eq!(losses(&read), ["3 EmbeddedDocuments"]);
}

fn packed_bytes(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = crate::archive::Packer::new();
    for (name, bytes) in parts {
        packer.file(name).unwrap();
        packer.write_all(bytes).unwrap();
    }
    packer.finish().unwrap()
}

#[test]
fn documents_in_documents_end_somewhere() {
    let mut bytes = file_with(&p("Deepest"), &[]);
    for depth in 0..6 {
        let body = p(&format!("Level {depth}")) + r#"<w:altChunk r:id="c"/>"#;
        let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
        bytes = packed_bytes(&[
            ("word/document.xml", document.as_bytes()),
            ("word/_rels/document.xml.rels", relations(&[("c", "aFChunk", "c.docx")]).as_bytes()),
            ("word/c.docx", &bytes),
        ]);
    }
    let read = read(&bytes);
    assert_eq!(read.text, "Level 5\n\nLevel 4\n\nLevel 3\n\nLevel 2\n");
    assert_eq!(losses(&read), ["1 EmbeddedDocuments"]);
}

#[test]
fn raised_and_lowered_characters_are_apart_from_words() {
    let run = |words: &str| format!(r#"<w:r><w:t xml:space="preserve">{words}</w:t></w:r>"#);
    let at = |place: &str, words: &str| {
        run(words).replace("<w:r>", &format!(r#"<w:r><w:rPr><w:vertAlign w:val="{place}"/></w:rPr>"#))
    };
    let (raised, lowered) = (|words: &str| at("superscript", words), |words: &str| at("subscript", words));
    let hoch = run("3").replace("<w:r>", r#"<w:r><w:rPr><w:rStyle w:val="Hoch"/></w:rPr>"#);
    let body = ["<w:p>", &run("the terms"), &raised("12"), &run(", 5 m"), &raised("2"), &run(", x"), &lowered("max"), &run(", CO"), &lowered("2"), &run(", 2"), &raised("nd"), &run(", zone"), &hoch, &run(", E=mc"), "<m:oMath><m:sSup><m:e><m:r><m:t>y</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>"].concat();
    assert_eq!(text(&body), "the terms¹², 5 m², x_max, CO₂, 2nd, zone³, E=mcy²\n");
}

#[test]
fn addresses_of_links_are_counted_unless_they_are_shown() {
    let link = |id: &str, words: &str| {
        format!(r#"<w:hyperlink r:id="{id}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>"#)
    };
    let field = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://c.example" </w:instrText></w:r><w:r><w:t>there</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
    let body = format!(
        r#"<w:p>{}{}{field}<w:hyperlink w:anchor="top"><w:r><w:t> up</w:t></w:r></w:hyperlink></w:p>"#,
        link("l1", "here "),
        link("l2", "www.b.example ")
    );
    let targets =
        relations(&[("l1", "hyperlink", "https://a.example/"), ("l2", "hyperlink", "http://www.b.example/")]);
    let read = read(&file_with(&body, &[("word/_rels/document.xml.rels", &targets)]));
    assert_eq!(read.text, "here www.b.example there up\n");
    assert_eq!(losses(&read), ["2 LinkAddresses"]);
}

#[test]
fn a_file_without_words_is_refused_for_the_true_reason() {
    let refused = |inside: &str| {
        let bytes = file_with(&format!("<w:p><w:r>{inside}</w:r></w:p>"), &[]);
        Docx.read(&Source { name: "a.docx", bytes: &bytes, encoding: None }).unwrap_err()
    };
    let advice =
        |kind: DocumentLoss| ReadError::Empty(crate::words::documents::without_text(|one| one == kind));
    assert_eq!(refused("<w:drawing><a:blip/></w:drawing>"), advice(DocumentLoss::Pictures));
    assert_eq!(refused("<w:drawing><c:chart/></w:drawing>"), advice(DocumentLoss::Objects));
    assert_eq!(refused("<w:drawing><dgm:relIds/></w:drawing>"), advice(DocumentLoss::Objects));
    assert_eq!(refused("<w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t>"), advice(DocumentLoss::HiddenWords));
    assert_eq!(
        refused("<w:txbxContent/>"),
        ReadError::Empty(crate::words::documents::without_text(|_| false))
    );
    let all = [DocumentLoss::Pictures, DocumentLoss::Objects, DocumentLoss::HiddenWords].map(advice);
    assert!(all[0] != all[1] && all[1] != all[2] && all[0] != refused(""));
}

proptest! {
    #![proptest_config(count(60))]
    #[test]
    fn damaged_tables_and_boxes_do_no_harm(damages in damages()) {
        let inner = table(&[&[&p("a"), &format!("<w:p>{}</w:p>", text_box(&item(1, "b")))]]);
        let body = table(&[&[&(styled("H1", "c") + &inner), &p("d")], &[&item(2, ""), &p("e")]]) + r#"<w:altChunk r:id="c"/>"#;
        let bytes = damaged(body.as_bytes(), &damages);
        check(&Docx, &file_with(&String::from_utf8_lossy(&bytes), &[]), &[])?;
    }
}
