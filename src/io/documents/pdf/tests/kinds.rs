//! Columns, tables, headings, forms, cropped pages, places of words.

use super::maker::{Sheet, built, line, lines, pdf, stream};
use super::{Pdf, file, read};
use crate::documents::{DocumentFormat as _, Source};
use crate::loss::{DocumentLoss, Loss};
use demarche_model::AnchorKind;

#[test]
fn two_columns_are_read_one_after_the_other() {
    let left = [
        "The delegation of Norvania came",
        "to the harbour before dawn and",
        "asked that the inspection of the",
        "northern quay be put off until",
        "the dockers had been heard.",
    ];
    let right = [
        "Estmark answered that it would",
        "consider this, provided that the",
        "moratorium on landings were to",
        "be extended for a fortnight with",
        "no further terms.",
    ];
    let content = line(
        72.0,
        760.0,
        11.0,
        "A single line runs over both columns and is read before them, as on the page it is above.",
    ) + &lines(72.0, 730.0, 14.0, 11.0, &left)
        + &lines(320.0, 730.0, 14.0, 11.0, &right);
    let text = read(&pdf(&[Sheet::of(content)])).unwrap().text;
    let expected = format!(
        "A single line runs over both columns and is read before them, as on the page it is above.\n\n{}\n\n{}\n",
        left.join(" "),
        right.join(" ")
    );
    assert_eq!(text, expected);
}

#[test]
fn a_table_has_a_line_for_each_row() {
    let rows = [
        ["Good", "Tonnes", "Share"],
        ["Fish", "400", "40 %"],
        ["Salt", "300", "30 %"],
        ["Rope", "300", "30 %"],
    ];
    let mut content = line(72.0, 740.0, 11.0, "The cargo of the spring:");
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            content += &line(72.0 + 150.0 * column as f32, 700.0 - 16.0 * at as f32, 11.0, cell);
        }
    }
    assert_eq!(
        read(&pdf(&[Sheet::of(content)])).unwrap().text,
        "The cargo of the spring:\n\nGood\tTonnes\tShare\nFish\t400\t40 %\nSalt\t300\t30 %\nRope\t300\t30 %\n"
    );
}

#[test]
fn larger_lines_are_headings() {
    let body = ["The port stays closed until the envoys", "have met again."];
    let content = line(72.0, 780.0, 18.0, "Port talks")
        + &line(72.0, 740.0, 14.0, "First day")
        + &lines(72.0, 700.0, 14.0, 11.0, &body);
    let read = read(&pdf(&[Sheet::of(content)])).unwrap();
    assert_eq!(
        read.text,
        "Port talks\n\nFirst day\n\nThe port stays closed until the envoys have met again.\n"
    );
    let headings = read.anchors.iter().filter_map(|anchor| match &anchor.kind {
        AnchorKind::Heading { level, title } => Some((*level, title.as_str())),
        AnchorKind::Page(_) | AnchorKind::Time(_) => None,
    });
    assert_eq!(headings.collect::<Vec<_>>(), [(1, "Port talks"), (2, "First day")]);
}

#[test]
fn values_of_forms_are_read() {
    let shown = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 3 0 R >> >>",
        "BT /F1 11 Tf 2 5 Td (Halden) Tj ET",
    );
    let fields = [
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (port) /V (Halden) /Rect [150 695 350 715] /AP << /N 8 0 R >> >>",
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (state) /V (Norvania) /Rect [150 665 350 685] >>",
        "<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (Ask again) >>",
        &shown,
    ];
    let content = line(72.0, 700.0, 11.0, "Port:") + &line(72.0, 670.0, 11.0, "State:");
    let sheet = Sheet::of(content).entries("/Annots [5 0 R 6 0 R 7 0 R]");
    let found = read(&built(&[sheet], &fields, "", "")).unwrap();
    assert_eq!(found.text.split_whitespace().collect::<Vec<_>>().join(" "), "Port: Halden State: Norvania");
    assert_eq!(found.dropped, [Loss::new(DocumentLoss::Comments, 1)]);
}

#[test]
fn text_outside_the_crop_box_is_left_out_and_counted() {
    let content = line(72.0, 700.0, 12.0, "Inside.") + &line(72.0, 100.0, 12.0, "Outside.");
    let sheet = Sheet::of(content).entries("/CropBox [0 400 595 842]");
    let read = read(&pdf(&[sheet])).unwrap();
    assert_eq!(read.text, "Inside.\n");
    assert_eq!(read.dropped, [Loss::new(DocumentLoss::OutsideText, 8)]);
}

#[test]
fn bytes_before_the_signature_are_passed_over() {
    let whole = pdf(&[Sheet::with(&[(72.0, 700.0, 12.0, "The port.")])]);
    for front in [&b"\xef\xbb\xbf"[..], b"@PJL JOB\r\n", b"\0\0\0\0"] {
        let bytes = [front, &whole].concat();
        assert!(Pdf.is_sure(&bytes));
        assert_eq!(read(&bytes).unwrap().text, "The port.\n");
    }
}

#[test]
fn the_place_of_every_word_is_known() {
    let one = Sheet::of(lines(72.0, 700.0, 14.0, 11.0, &["The envoy of the nego-", "tiation spoke."]));
    let two = Sheet::with(&[(72.0, 700.0, 11.0, "Then he left.")]).entries("/Rotate 90");
    let bytes = pdf(&[one, two]);
    let (document, places) = super::super::read::read(&file::open(&bytes).unwrap()).unwrap();
    assert_eq!(places.pages, [(595.0, 842.0), (842.0, 595.0)]);
    let words: Vec<(&str, usize)> =
        places.places.iter().map(|place| (&document.text[place.range.clone()], place.page)).collect();
    assert_eq!(
        words,
        [
            ("The", 0),
            ("envoy", 0),
            ("of", 0),
            ("the", 0),
            ("nego", 0),
            ("tiation", 0),
            ("spoke.", 0),
            ("Then", 1),
            ("he", 1),
            ("left.", 1)
        ]
    );
    let first = places.places[0].area;
    assert!(
        (first.left - 72.0).abs() < 0.5 && (first.bottom - 144.2).abs() < 0.5 && first.right > 90.0,
        "{first:?}"
    );
    let turned = places.places[7].area;
    assert!(turned.bottom - turned.top > turned.right - turned.left, "{turned:?}");
    assert!(Pdf.read(&Source { name: "a.pdf", bytes: &bytes, encoding: None }).is_ok());
}
