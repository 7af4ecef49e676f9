//! Letters: character collections, vertical writing, ligatures, fonts that do not tell, scripts from right to left.

use super::maker::{Sheet, pdf_with, stream};
use super::read;
use crate::loss::DocumentLoss;

/// Returns a file whose font `/F2` has a predefined mapping of codes.
fn with_collection(encoding: &str, ordering: &str, content: &str) -> Vec<u8> {
    let font = format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /{encoding} /DescendantFonts [6 0 R] >>"
    );
    let below = format!(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 2 >> \
         /DW 1000 /FontDescriptor 7 0 R >>"
    );
    let descriptor = "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent \
                      -120 /CapHeight 880 /StemV 80 >>";
    pdf_with(&[Sheet::of(content)], &[&font, &below, descriptor])
}

fn shown(encoding: &str, ordering: &str, hex: &str) -> String {
    let content = format!("BT /F2 14 Tf 1 0 0 1 72 700 Tm <{hex}> Tj ET\n");
    read(&with_collection(encoding, ordering, &content))
        .map_or_else(|error| error.to_string(), |read| read.text)
}

#[test]
fn predefined_mappings_of_east_asian_fonts_are_read() {
    // 港口 in GB 2312, 港 and 口 in EUC-JP and Shift JIS.
    assert_eq!(shown("GBK-EUC-H", "GB1", "B8DBBFDA"), "港口\n");
    assert_eq!(shown("GB-EUC-H", "GB1", "B8DBBFDA"), "港口\n");
    assert_eq!(shown("GBKp-EUC-H", "GB1", "B8DBBFDA"), "港口\n");
    assert_eq!(shown("EUC-H", "Japan1", "B9C1B8FD"), "港口\n");
    assert_eq!(shown("90msp-RKSJ-H", "Japan1", "8D608CFB"), "港口\n");
    assert_eq!(shown("90ms-RKSJ-H", "Japan1", "8D608CFB"), "港口\n");
    assert_eq!(shown("UniJIS-UCS2-H", "Japan1", "6E2F53E3"), "港口\n");
    assert_eq!(shown("KSC-EUC-H", "Korea1", "C7D7B1B8"), "항구\n");
}

#[test]
fn vertical_writing_is_read_from_the_right() {
    let column = |x: u32, hex: &str| format!("BT /F2 14 Tf 1 0 0 1 {x} 700 Tm <{hex}> Tj ET\n");
    // The column on the left is first in the file.
    let content = column(460, "66FC65E5958B") + &column(500, "6E2F53E36708");
    let read = read(&with_collection("UniJIS-UCS2-V", "Japan1", &content)).unwrap();
    assert_eq!(read.text.replace('\n', ""), "港口月曼日開");
}

#[test]
fn ligatures_become_letters() {
    let font =
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R /Encoding /WinAnsiEncoding >>";
    let map = stream(
        "",
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <41> <FB03> <42> \
         <006F0063> endbfchar 1 beginbfrange <61> <7A> <0061> endbfrange endcmap end",
    );
    let sheet = Sheet::of(
        "BT /F2 12 Tf 1 0 0 1 72 700 Tm (oAce) Tj ET\nBT /F2 12 Tf 1 0 0 1 72 680 Tm (Bean) Tj ET\n",
    );
    assert_eq!(read(&pdf_with(&[sheet], &[font, &map])).unwrap().text, "office ocean\n");
}

#[test]
fn fonts_that_do_not_tell_their_letters_are_reported_with_the_page() {
    let font =
        "<< /Type /Font /Subtype /Type0 /BaseFont /Mute /Encoding /Identity-H /DescendantFonts [6 0 R] >>";
    let below = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Mute /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 \
                 >> /DW 500 >>";
    let mute = "BT /F2 12 Tf 1 0 0 1 72 600 Tm <000100020003> Tj ET\n";
    let one = Sheet::with(&[(72.0, 700.0, 12.0, "The port.")]);
    let two = Sheet::of(format!("{}{mute}", super::maker::line(72.0, 700.0, 12.0, "The strait.")));
    let found = read(&pdf_with(&[one.clone(), two, one], &[font, below])).unwrap();
    assert_eq!(found.text, "The port.\n\nThe strait.\n\nThe port.\n");
    let expected = DocumentLoss::UnmappedText { pages: "2".to_owned() };
    assert_eq!(
        found.dropped.iter().map(|loss| loss.short()).collect::<Vec<_>>(),
        [format!("3 {expected:?}")]
    );
    let refused = read(&pdf_with(&[Sheet::of(mute)], &[font, below])).unwrap_err().to_string();
    assert!(!refused.contains("pictures"), "{refused}");
}

#[test]
fn invisible_text_of_scanned_pages_is_read() {
    let content = format!("3 Tr\n{}", super::maker::line(72.0, 700.0, 12.0, "Recognised words."));
    assert_eq!(read(&super::maker::pdf(&[Sheet::of(content)])).unwrap().text, "Recognised words.\n");
}
