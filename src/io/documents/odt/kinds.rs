//! Tests with a small flat ODT for each kind of content: tables, text boxes, notes, links, raised characters.

use proptest::prelude::*;

use super::*;
use crate::annotations::mutation::{count, damages};
use crate::documents::mutation::check;
use demarche_model::AnchorKind;

const STYLES: &str = r#"<office:automatic-styles><style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>
  <style:style style:name="down"><style:text-properties style:text-position="-33% 58%"/></style:style>
  <text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style></office:automatic-styles>"#;

fn p(words: &str) -> String {
    format!("<text:p>{words}</text:p>")
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |content: &&str| format!("<table:table-cell>{content}</table:table-cell>");
    let row = |cells: &&[&str]| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
    };
    format!("<table:table>{}</table:table>", rows.iter().map(row).collect::<String>())
}

fn text_box(content: &str) -> String {
    format!("<draw:frame><draw:text-box>{content}</draw:text-box></draw:frame>")
}

fn read(body: &str) -> ReadDocument {
    let file = format!(
        r#"<?xml version="1.0"?><office:document>{STYLES}<office:body><office:text>{body}</office:text></office:body></office:document>"#
    );
    Odt.read(&Source { name: "a.fodt", bytes: file.as_bytes(), encoding: None }).unwrap().remove(0)
}

#[test]
fn a_table_of_one_column_or_with_headings_or_lists_is_no_table() {
    let heading = r#"<text:h text:outline-level="2">Scope</text:h>"#;
    let list = r#"<text:list text:style-name="L"><text:list-item><text:p>First</text:p></text:list-item><text:list-item><text:p>Second</text:p></text:list-item></text:list>"#;
    let one = read(&table(&[&[&[heading, &p("We agree."), list, &p("Then.")].concat()]]));
    assert_eq!(one.text, "Scope\n\nWe agree.\n\n1. First\n2. Second\n\nThen.\n");
    assert_eq!(one.anchors[0].kind, AnchorKind::Heading { level: 2, title: "Scope".to_owned() });
    let two = read(&table(&[&[&(heading.to_owned() + &p("Text.")), &p("Margin.")], &[&p("a"), &p("b")]]));
    assert_eq!(two.text, "Scope\n\nText.\n\nMargin.\n\na\n\nb\n");
    let inner = table(&[&[&p("a"), &p("b")]]);
    assert_eq!(read(&table(&[&[&inner, &p("c")]])).text, "a\tb\n\nc\n");
    let number = r#"<text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:p/></text:list-item></text:list>"#;
    let numbered = table(&[&[number, &p("Norvania")], &[number, &p("Estmark")]]);
    assert_eq!(read(&numbered).text, "1.\tNorvania\n2.\tEstmark\n");
}

#[test]
fn paragraphs_in_the_cells_of_other_tables_keep_their_ends() {
    let cell = p("We demand it.") + "<text:p/>" + &p("1. No ship<text:line-break/>waits.");
    let read = read(&table(&[&[&p("Norvania"), &p("Estmark")], &[&cell, &p("We reject it.")]]));
    assert_eq!(read.text, "Norvania\tEstmark\nWe demand it. / 1. No ship waits.\tWe reject it.\n");
}

#[test]
fn text_boxes_and_shapes_are_paragraphs_at_their_anchor() {
    let boxed = text_box(&(p("Words of the box.") + &p("More.")));
    assert_eq!(read(&p(&boxed)).text, "Words of the box.\n\nMore.\n");
    assert_eq!(
        read(&(p(&format!("{boxed}Beside it, {boxed}and on.")) + &p("Below."))).text,
        "Words of the box.\n\nMore.\n\nBeside it, and on.\n\nWords of the box.\n\nMore.\n\nBelow.\n"
    );
    let shape = "<draw:g><draw:custom-shape><svg:title>name</svg:title><svg:desc>what it shows</svg:desc><text:p>In a shape.</text:p></draw:custom-shape></draw:g>";
    let outside = read(&format!("{shape}{}", p("Text.")));
    assert_eq!(outside.text, "In a shape.\n\nText.\n");
    assert!(outside.dropped.is_empty(), "{:?}", outside.dropped);
    let in_cell = table(&[&[&p(&format!("a{boxed}")), &p("b")]]);
    assert_eq!(read(&in_cell).text, "a / Words of the box. / More.\tb\n");
    let item = format!(
        r#"<text:list text:style-name="L"><text:list-item><text:p>{boxed}item</text:p></text:list-item></text:list>"#
    );
    assert_eq!(read(&item).text, "Words of the box.\n\nMore.\n\n1. item\n");
}

#[test]
fn notes_may_hold_lists_and_tables_without_harm_to_the_text() {
    let note = |content: &str| {
        format!(
            "<text:note><text:note-citation>1</text:note-citation><text:note-body>{content}</text:note-body></text:note>"
        )
    };
    let inner = table(&[&[&p("x"), &p("y")]]);
    let list = |words: &str| {
        format!(
            r#"<text:list text:style-name="L"><text:list-item><text:p>{words}</text:p></text:list-item></text:list>"#
        )
    };
    let body = format!(
        r#"<text:list text:style-name="L"><text:list-item><text:p>one{}</text:p></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>{}"#,
        note(&(list("noted") + &inner)),
        table(&[&[&p(&format!("a{}", note(&p("In a cell.")))), &p("b")]]),
    );
    assert_eq!(read(&body).text, "1. one[1]\n2. two\n\na[2]\tb\n\n[1] 1. noted\nx\ty\n[2] In a cell.\n");
}

#[test]
fn raised_and_lowered_characters_are_apart_from_words() {
    let at =
        |style: &str, words: &str| format!(r#"<text:span text:style-name="{style}">{words}</text:span>"#);
    let body = [
        "the terms",
        &at("up", "12"),
        ", 5 m",
        &at("up", "2"),
        ", CO",
        &at("down", "2"),
        ", x",
        &at("down", "max"),
        ", 2",
        &at("up", "nd"),
        " and on",
    ];
    assert_eq!(read(&p(&body.concat())).text, "the terms¹², 5 m², CO₂, x_max, 2nd and on\n");
}

#[test]
fn addresses_of_links_are_counted_unless_they_are_shown() {
    let link = |to: &str, words: &str| format!(r#"<text:a xlink:href="{to}">{words}</text:a> "#);
    let body = link("https://a.example/x", "here")
        + &link("https://a.example/x", "a.example/x")
        + &link("#top", "up");
    let read = read(&p(&body));
    assert_eq!(read.text, "here a.example/x up\n");
    let losses: Vec<String> = read.dropped.iter().map(|loss| loss.short()).collect();
    assert_eq!(losses, ["1 LinkAddresses"]);
}

proptest! {
    #![proptest_config(count(60))]
    #[test]
    fn damaged_tables_and_boxes_do_no_harm(damages in damages()) {
        let inner = table(&[&[&p("a"), &p(&text_box(&table(&[&[&p("b"), &p("c")]])))]]);
        let note = p("<text:note><text:note-body><text:p>d</text:p></text:note-body></text:note>");
        let body = table(&[&[&inner, &note], &[&p("e"), &p("f")]]);
        let file = format!("<office:document>{STYLES}<office:body><office:text>{body}</office:text></office:body></office:document>");
        check(&Odt, file.as_bytes(), &damages)?;
    }
}
