//! PDF files made by hand, object by object.

use proptest::prelude::*;

use super::*;
use crate::io::import::mutation::{count, damages};
use crate::io::intake::mutation::check;

/// A file of pages, each of lines: how far from the foot, size of the letters, words.
fn file(pages: &[Vec<(u32, u32, String)>], more: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Title (Port talks) /Author (Ana Ruiz) /CreationDate (D:20260314090000Z) >>".to_owned(),
    ];
    let mut kids = Vec::new();
    for lines in pages {
        let shown: String = lines
            .iter()
            .map(|(y, size, words)| format!("BT /F1 {size} Tf 1 0 0 1 72 {y} Tm ({words}) Tj ET\n"))
            .collect();
        objects.push(format!("<< /Length {} >>\nstream\n{shown}endstream", shown.len()));
        let content = objects.len();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        ));
        kids.push(format!("{} 0 R", objects.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len());
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1));
    places.iter().for_each(|place| out.push_str(&format!("{place:010} 00000 n \n")));
    let size = places.len() + 1;
    out.push_str(&format!(
        "trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R {more} >>\nstartxref\n{start}\n%%EOF\n"
    ));
    out.into_bytes()
}

/// Four pages with header and footer, of which the first is no numbered one.
fn talks() -> Vec<u8> {
    let page = |n: usize| {
        let name = ["", "one", "two", "three", "four"][n];
        let line = |y, words: String| (y, 11, words);
        vec![
            line(810, "Port talks, draft".to_owned()),
            line(
                740,
                format!("Paragraph {name} begins here and says that the delegation will not wait any longer"),
            ),
            line(
                726,
                "for an answer, since the port has to reopen before the end of the week, as it".to_owned(),
            ),
            line(712, "was agreed.".to_owned()),
            line(
                660,
                format!(
                    "Another paragraph, {n}, follows after a gap and goes on until the page ends it in the"
                ),
            ),
            line(646, "middle of a sentence that the".to_owned()),
            line(30, format!("Page {n}")),
        ]
    };
    file(&(1..5).map(page).collect::<Vec<_>>(), "")
}

fn read(bytes: &[u8]) -> Result<ReadDocument, ReadError> {
    Pdf.read(&Source { name: "a.pdf", bytes, encoding: None }).map(|mut all| all.remove(0))
}

#[test]
fn pages_are_anchors_and_headers_go() {
    let read = read(&talks()).unwrap();
    assert!(!read.text.contains("draft") && !read.text.contains("Page "), "{}", read.text);
    assert_eq!(read.text.matches("has to reopen").count(), 4, "{}", read.text);
    let pages: Vec<(&str, &str)> = read
        .anchors
        .iter()
        .filter_map(|anchor| match &anchor.kind {
            AnchorKind::Page(name) => {
                Some((name.as_str(), read.text[anchor.at..].get(..11).unwrap_or_default()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        pages,
        [("1", "Paragraph o"), ("2", "Paragraph t"), ("3", "Paragraph t"), ("4", "Paragraph f")]
    );
    assert!(
        read.dropped.iter().any(|loss| loss.what.contains("headers") && loss.count == 8),
        "{:?}",
        read.dropped
    );
    assert_eq!((read.title.as_deref(), read.author.as_deref()), (Some("Port talks"), Some("Ana Ruiz")));
    assert_eq!(read.date, Date::parse("2026-03-14"));
}

#[test]
fn what_has_no_text_or_a_password_says_so() {
    let said = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
    assert!(said(&file(&[Vec::new()], "")).contains("text recognition"));
    let locked = "/Encrypt << /Filter /Standard /V 1 /R 2 /O (0123456789abcdef0123456789abcdef) /U \
                  (0123456789abcdef0123456789abcdef) /P -44 >> /ID [(0123456789abcdef) (0123456789abcdef)]";
    let line = vec![(700, 12, "secret".to_owned())];
    assert!(said(&file(&[line], locked)).contains("password"));
    assert!(said(b"%PDF-1.7 and nothing else").contains("damaged"));
    assert!(!is_title("Microsoft Word - talks.doc") && is_title("Port talks"));
}

proptest! {
    #![proptest_config(count(40))]
    #[test]
    fn damaged_files_do_no_harm(damages in damages()) {
        check(&Pdf, &talks(), &damages)?;
    }
}
