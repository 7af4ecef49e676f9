//! Tests with a small RTF for each kind of content: tables, text boxes, notes, links, raised characters, damage.

use proptest::prelude::*;

use super::*;
use crate::annotations::mutation::{count, damages};
use crate::documents::mutation::check;
use crate::loss::DocumentLoss;
use demarche_model::AnchorKind;

const HEAD: &str =
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}{\stylesheet{\s0 Normal;}{\s1 heading 1;}}";

fn read_bytes(bytes: &[u8]) -> ReadDocument {
    Rtf.read(&Source { name: "a.rtf", bytes, encoding: None }).unwrap().remove(0)
}

fn read(body: &str) -> ReadDocument {
    read_bytes(format!("{HEAD}{body}}}").as_bytes())
}

fn losses(read: &ReadDocument) -> Vec<String> {
    read.dropped.iter().map(|loss| loss.short()).collect()
}

#[test]
fn a_table_of_one_column_or_with_headings_or_lists_is_no_table() {
    let one = read(
        r"\pard Above\par\trowd\cellx9\pard\intbl\s1 Scope\par\pard\intbl We agree.\par{\listtext 1.\tab}First\par\pard\intbl{\listtext 2.\tab}Second\cell\row\pard Below\par",
    );
    assert_eq!(one.text, "Above\n\nScope\n\nWe agree.\n\n1. First\n2. Second\n\nBelow\n");
    assert_eq!(one.anchors[0].kind, AnchorKind::Heading { level: 1, title: "Scope".to_owned() });
    let two = read(
        r"\trowd\cellx9\cellx18\pard\intbl\s1 Scope\par\pard\intbl Text.\cell Margin.\cell\row\pard Below\par",
    );
    assert_eq!(two.text, "Scope\n\nText.\n\nMargin.\n\nBelow\n");
}

#[test]
fn paragraphs_in_the_cells_of_other_tables_keep_their_ends() {
    let read = read(
        r"\trowd\cellx9\cellx18\pard\intbl Norvania\cell Estmark\cell\row
          \trowd\pard\intbl We demand it.\par\par 1. No ship\line waits.\cell We\tab reject it.\cell\row\pard\intbl\cell only\cell\row\pard After it.\par",
    );
    assert_eq!(
        read.text,
        "Norvania\tEstmark\nWe demand it. / 1. No ship waits.\tWe reject it.\n\tonly\n\nAfter it.\n"
    );
}

/// A table in a cell.
const INNER: &str = r"\pard\intbl\itap2 a\nestcell b\par c\nestcell{\*\nesttableprops\trowd\cellx4\cellx8\nestrow}{\nonesttables\par}d\nestcell e\nestcell{\*\nesttableprops\trowd\nestrow}";

#[test]
fn a_table_in_a_table_is_a_table_and_the_one_around_it_is_none() {
    let body = format!(
        r"\trowd\cellx9\cellx18\pard\intbl Left\par {INNER}\pard\intbl\itap1\cell Right\cell\row\pard End\par"
    );
    assert_eq!(read(&body).text, "Left\n\na\tb / c\nd\te\n\nRight\n\nEnd\n");
}

#[test]
fn text_boxes_are_paragraphs_at_their_anchor_once() {
    let boxed = r"{\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard We demand it.\par Now.\par}}{\shprslt{\*\do\dptxbx{\dptxbxtext We demand it.\par}}}}";
    let read = read(&format!(r"\pard Above.\par {boxed}Beside it,{boxed} and on.\par Below.\par"));
    assert_eq!(
        read.text,
        "Above.\n\nWe demand it.\n\nNow.\n\nBeside it, and on.\n\nWe demand it.\n\nNow.\n\nBelow.\n"
    );
    assert_eq!(losses(&read), [""; 0]);
    assert_eq!(self::read(&format!(r"\pard{boxed}\par")).text, "We demand it.\n\nNow.\n");
    assert_eq!(self::read(r"\pard{\*\do\dptxbx{\dptxbxtext\pard Old.\par}}\par").text, "Old.\n");
    let cell = format!(r"\trowd\cellx9\cellx18\pard\intbl a{boxed}\cell b\cell\row\pard");
    assert_eq!(self::read(&cell).text, "a / We demand it. / Now.\tb\n");
}

#[test]
fn notes_have_their_own_paragraphs_and_tables() {
    let read = read(
        r"\pard{\listtext 1.\tab}one{\super\chftn}{\footnote\pard\plain{\super\chftn} See\par{\super 2}the annex.{\footnote inner}} two\par{\v hidden{\footnote gone}} x\par",
    );
    assert_eq!(read.text, "1. one[1] two\n\nx\n\n[1] See\n²the annex.\ninner\n");
    assert_eq!(losses(&read), ["2 HiddenWords"]);
}

#[test]
fn raised_and_lowered_characters_are_apart_from_words() {
    let read = read(
        r"\pard the terms{\super 12}, 5 m\super 2\nosupersub , CO{\sub 2}, x{\sub max}, 2{\super nd}, 10{\super -6}\par",
    );
    assert_eq!(read.text, "the terms¹², 5 m², CO₂, x_max, 2nd, 10⁻⁶\n");
}

#[test]
fn addresses_of_links_are_counted_unless_they_are_shown() {
    let link = |to: &str, words: &str| {
        format!("{{\\field{{\\*\\fldinst{{HYPERLINK \"{to}\" }}}}{{\\fldrslt{{\\ul {words}}}}}}} ")
    };
    let read = read(&format!(
        r"\pard {}{}{{\field{{\*\fldinst PAGE}}{{\fldrslt 3}}}}\par",
        link("https://a.example/x", "here"),
        link("https://a.example/x", "www.a.example/x")
    ));
    assert_eq!(read.text, "here www.a.example/x 3\n");
    assert_eq!(losses(&read), ["1 LinkAddresses"]);
}

#[test]
fn a_file_that_breaks_off_says_so() {
    let cut = read_bytes(format!(r"{HEAD}\pard We will not").as_bytes());
    assert_eq!((cut.text.as_str(), losses(&cut)), ("We will not\n", vec!["1 MissingEnds".to_owned()]));
    let in_note = read_bytes(format!(r"{HEAD}\pard We{{\footnote not").as_bytes());
    assert_eq!(in_note.text, "We[1]\n\n[1] not\n");
    let swallowed = read(r"\pard We will{\pict\bin99999999 not}} wait\par");
    assert_eq!(
        (swallowed.text.as_str(), losses(&swallowed).last().map(String::as_str)),
        ("We will\n", Some("1 MissingEnds"))
    );
    assert!(losses(&read(r"\pard All of it.\par")).is_empty());
}

#[test]
fn only_the_start_of_a_group_can_hide_it() {
    assert_eq!(read(r"\pard{\b\*\cs7 All} of it{\*\unknown not this}.\par").text, "All of it.\n");
}

#[test]
fn bullets_of_word_are_bullets() {
    assert_eq!(
        read(r"\pard{\listtext\'b7\tab}a\par{\listtext o\tab}b\par{\listtext o.\tab}c\par").text,
        "• a\n• b\no. c\n"
    );
}

#[test]
fn literal_bytes_are_utf8_if_they_can_be() {
    assert_eq!(
        read("\\pard caf\u{e9} \u{2014} \u{431}\u{435}\u{440}\u{435}\u{433}, caf\\'e9\\par").text,
        "café — берег, café\n"
    );
    let mut bytes = format!(r"{HEAD}\pard caf").into_bytes();
    bytes.extend(b"\xE9 and \xE4ther\\par}");
    assert_eq!(read_bytes(&bytes).text, "café and äther\n");
}

#[test]
fn names_of_styles_are_no_text() {
    let read = read(r"{\stylesheet{\s3 \'81\'8d;}}\pard Text.\par");
    assert_eq!((read.text.as_str(), losses(&read)), ("Text.\n", Vec::new()));
    // The mark of an item in a font of another script, as LibreOffice writes it, becomes a bullet.
    let item = self::read(r"{\fonttbl{\f3\fcharset128 Gothic;}}\pard{\listtext\f3 \'96\tab}Item\par");
    assert_eq!((item.text.as_str(), losses(&item)), ("• Item\n", Vec::new()));
}

#[test]
fn a_doc_that_is_a_page_is_read_as_one_and_others_are_named() {
    let source = |bytes: &'static [u8]| Source { name: "a.doc", bytes, encoding: None };
    let page = b"<html xmlns:w='urn:word'><head><title>Talks</title></head><body><h1>Scope</h1><p>We agree.</body></html>";
    let read = Rtf.read(&source(page)).unwrap().remove(0);
    assert_eq!((read.text.as_str(), read.title.as_deref()), ("Scope\n\nWe agree.\n", Some("Talks")));
    assert_eq!(Rtf.read(&source(b"Plain words.")), Err(ReadError::NoRtf));
    let hidden = read_error(r"{\rtf1{\v hidden}}");
    let advice = crate::words::documents::without_text(|kind| kind == DocumentLoss::HiddenWords);
    assert_eq!(hidden, ReadError::Empty(advice));
}

fn read_error(rtf: &str) -> ReadError {
    Rtf.read(&Source { name: "a.rtf", bytes: rtf.as_bytes(), encoding: None }).unwrap_err()
}

proptest! {
    #![proptest_config(count(60))]
    #[test]
    fn damaged_tables_do_no_harm(damages in damages()) {
        let boxed = r"{\shp{\*\shpinst{\shptxt\pard\intbl a\cell b\cell\row\pard{\footnote c}\par}}}";
        let file = format!(r"{HEAD}\pard\intbl x{boxed}\par{INNER}\pard\intbl\cell y{{\footnote z{boxed}}}\cell\row\pard w\par}}");
        check(&Rtf, file.as_bytes(), &damages)?;
    }
}
