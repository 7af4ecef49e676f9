//! Tests with handwritten PDF files.

use super::*;
use proptest::prelude::*;

/// Returns a file with a page for each size in points, each with a black square of 100 points at its upper left corner.
fn file(sizes: &[(u32, u32)], entries: &str) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), String::new()];
    let mut kids = String::new();
    for (width, height) in sizes {
        let shown = format!("0 {} 100 100 re f", i64::from(*height) - 100);
        objects.push(format!("<< /Length {} >>\nstream\n{shown}\nendstream", shown.len()));
        let content = objects.len();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {content} 0 R {entries} >>"
        ));
        kids.push_str(&format!("{} 0 R ", objects.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", sizes.len());
    let mut out = String::from("%PDF-1.4\n");
    for (number, object) in objects.iter().enumerate() {
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    out.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\n%%EOF\n", objects.len() + 1));
    out.into_bytes()
}

fn drawn(bytes: &[u8], page: usize, width_px: u32) -> Result<DrawnPage, PageError> {
    draw::page(bytes, page, width_px)
}

/// The colour at a point of the page.
fn at(page: &DrawnPage, x_pt: f32, y_pt: f32) -> [u8; 4] {
    let scale = page.size_px.0 as f32 / page.size_pt.0;
    let (x, y) = ((x_pt * scale) as usize, (y_pt * scale) as usize);
    let from = (y * page.size_px.0 as usize + x) * 4;
    page.rgba[from..from + 4].try_into().unwrap()
}

const BLACK: [u8; 4] = [0, 0, 0, 255];
const WHITE: [u8; 4] = [255; 4];

#[test]
fn a_page_is_drawn_on_white_at_the_width_asked_for() {
    let bytes = file(&[(300, 400), (400, 200)], "");
    let page = drawn(&bytes, 0, 600).unwrap();
    assert_eq!((page.pages, page.size_pt, page.size_px), (2, (300.0, 400.0), (600, 800)));
    assert_eq!(page.rgba.len(), 600 * 800 * 4);
    assert_eq!((at(&page, 50.0, 50.0), at(&page, 150.0, 50.0)), (BLACK, WHITE));
    let wide = drawn(&bytes, 1, 100).unwrap();
    assert_eq!((wide.size_pt, wide.size_px), ((400.0, 200.0), (100, 50)));
}

#[test]
fn a_turned_page_is_drawn_as_it_is_displayed() {
    let page = drawn(&file(&[(300, 400)], "/Rotate 90"), 0, 400).unwrap();
    assert_eq!((page.size_pt, page.size_px), ((400.0, 300.0), (400, 300)));
    assert_eq!((at(&page, 350.0, 50.0), at(&page, 50.0, 50.0)), (BLACK, WHITE));
}

#[test]
fn what_can_not_be_drawn_has_a_reason() {
    let bytes = file(&[(300, 400)], "");
    assert_eq!(drawn(&bytes, 1, 600), Err(PageError::NoSuchPage { page: 1, pages: 1 }));
    assert_eq!(drawn(b"%PDF-1.4 and no more", 0, 600), Err(PageError::Damaged));
    assert_eq!(drawn(b"words", 0, 600), Err(PageError::NoPages));
    assert_eq!(Reader::in_process().draw_page(&bytes, 0, 600, &()).unwrap().pages, 1);
}

#[test]
fn no_page_and_no_width_asks_for_more_than_the_largest_picture() {
    let largest = LARGEST_SIDE_PX;
    for size in [(14_400, 14_400), (1, 14_400), (14_400, 1), (300, 400)] {
        for width in [0, 1, 5000, u32::MAX] {
            let (wide, high) = size_px((size.0 as f32, size.1 as f32), width);
            assert!((1..=largest).contains(&wide) && (1..=largest).contains(&high), "{size:?} {width}");
        }
    }
    let page = drawn(&file(&[(100_000, 100)], ""), 0, u32::MAX).unwrap();
    assert!(page.size_px.0 <= largest && page.size_px.1 >= 1, "{:?}", page.size_px);
}

#[test]
fn the_answers_of_a_process_are_read_back_and_incomplete_ones_are_not() {
    let bytes = file(&[(300, 400)], "");
    let mut out = Vec::new();
    write_page(&bytes, 0, 64, &mut out).unwrap();
    assert_eq!(wire::drawn(&out), Some(drawn(&bytes, 0, 64)));
    for end in 0..out.len() {
        assert_eq!(wire::drawn(&out[..end]), None, "{end}");
    }
    let mut refused = Vec::new();
    write_page(&bytes, 7, 64, &mut refused).unwrap();
    assert_eq!(wire::drawn(&refused), Some(Err(PageError::NoSuchPage { page: 7, pages: 1 })));
    let run = |range| PageRun { range, page: 0, rect: PageRect::default() };
    let text = |runs| Ok::<_, PageError>(PlacedText { text: "é b".to_owned(), runs });
    for (placed, is_sound) in [
        (text(vec![run(0..2), run(3..4)]), true),
        (text(vec![run(1..2)]), false),
        (text(vec![run(3..9)]), false),
    ] {
        let read = wire::placed(&serde_json::to_vec(&placed).unwrap());
        assert_eq!(read, is_sound.then_some(placed));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_files_do_not_panic(at in 0_usize..700, byte: u8, cut in 0_usize..700) {
        let mut bytes = file(&[(300, 400)], "");
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(bytes.len() - cut % 200);
        let _ = drawn(&bytes, 0, 64);
    }
}
