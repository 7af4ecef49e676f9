//! Tests with handwritten EPUB files.

use proptest::prelude::*;

use super::*;
use crate::annotations::mutation::{count, damaged, damages};
use crate::documents::mutation::check;
use crate::documents::office::packed;

const OPF: &str = r#"<package><metadata><dc:title>Port talks</dc:title><dc:title>A chronicle</dc:title><dc:creator>Ana Ruiz</dc:creator>
  <dc:creator>Ben</dc:creator><dc:publisher>Press</dc:publisher><dc:date>2026</dc:date></metadata>
 <manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
  <item id="c2" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/><item id="c1" href="text/one.xhtml"/>
  <item id="gone" href="gone.xhtml"/><item id="t" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
 <spine><itemref idref="n"/><itemref idref="c1"/><itemref idref="c2"/><itemref idref="gone"/></spine></package>"#;
const NAV: &str = r##"<html><body><nav><ol><li><a href="text/one.xhtml#x">One</a></li><li><a href="text/two%20b.xhtml">Two <i>b</i></a></li></ol></nav></body></html>"##;
const ONE: &str = r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x"/></head><body><h1>The <a id="p"/>start</h1><p>We wait.</p></body></html>"#;
const TWO: &str = "<html><body><p>They answer.</p><img src='a'/></body></html>";

fn file(one: &str) -> Vec<u8> {
    packed(&[
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            r#"<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"#,
        ),
        ("OEBPS/book.opf", OPF),
        ("OEBPS/nav.xhtml", NAV),
        ("OEBPS/text/one.xhtml", one),
        ("OEBPS/text/two b.xhtml", TWO),
    ])
}

fn read(bytes: &[u8]) -> Result<ReadDocument, ReadError> {
    Epub.read(&Source { name: "a.epub", bytes, encoding: None }).map(|mut all| all.remove(0))
}

#[test]
fn chapters_are_in_reading_order_with_their_headings() {
    let read = read(&file(ONE)).unwrap();
    assert_eq!(read.text, "The start\n\nWe wait.\n\nThey answer.\n");
    assert_eq!(read.title.as_deref(), Some("Port talks"));
    assert_eq!(read.author.as_deref(), Some("Ana Ruiz, Ben"));
    assert_eq!(read.source.as_deref(), Some("Press"));
    assert_eq!(read.date, Date::parse("2026"));
    let heading = |title: &str| AnchorKind::Heading { level: 1, title: title.to_owned() };
    assert_eq!(
        read.anchors.iter().map(|anchor| &anchor.kind).collect::<Vec<_>>(),
        [&heading("The start"), &heading("Two b")]
    );
    assert!(read.text[read.anchors[1].at..].starts_with("They"));
    let dropped: Vec<String> = read.dropped.iter().map(|loss| loss.short()).collect();
    assert_eq!(dropped, ["1 Pictures", "1 ContentsPages", "1 MissingChapters"]);
}

#[test]
fn unreadable_books_are_refused_with_a_reason() {
    let fault = |bytes: &[u8]| read(bytes).unwrap_err();
    assert!(matches!(fault(b"words"), ReadError::Damaged(_)));
    assert!(matches!(fault(&packed(&[("a", "b")])), ReadError::Damaged(_)));
    let locked =
        packed(&[("META-INF/encryption.xml", "http://www.w3.org/2001/04/xmlenc#aes128-cbc"), ("a.opf", OPF)]);
    assert_eq!(fault(&locked), ReadError::Protected);
    assert!(matches!(fault(&packed(&[("a.opf", OPF)])), ReadError::Empty(_)));
    assert!(matches!(fault(&file(&"<div>".repeat(6000))), ReadError::TooDeep(_)));
}

proptest! {
    #![proptest_config(count(60))]
    #[test]
    fn damaged_files_do_no_harm(damages in damages(), packed: bool) {
        if packed {
            check(&Epub, &file(ONE), &damages)?;
        } else {
            let one = damaged(ONE.as_bytes(), &damages);
            check(&Epub, &file(&String::from_utf8_lossy(&one)), &[])?;
        }
    }
}
