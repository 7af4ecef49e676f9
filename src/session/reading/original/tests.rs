//! Tests of the pages that are kept.

use super::*;

fn wish(page: usize, width_px: u32) -> PageWish {
    let text = TextId::new(&"d1".into(), 1);
    let origin = Origin { sha256: "ab".to_owned(), kept: PDF.into(), ..Origin::default() };
    PageWish { pdf: KeptPdf { text, origin }, page, width_px }
}

fn page(bytes: usize) -> DrawnPage {
    DrawnPage { pages: 9, size_pt: (100.0, 100.0), size_px: (1, 1), rgba: vec![0; bytes] }
}

fn finished(pages: &mut OriginalPages, wish: &PageWish, result: Result<DrawnPage, PageFault>) -> bool {
    pages.running = Some((wish.clone(), Arc::new(JobProgress::new(JobKind::DrawPage))));
    pages.finish(wish.clone(), result)
}

#[test]
fn a_result_that_nobody_waits_for_any_more_is_ignored() {
    let running = Some((wish(1, 100), Arc::new(JobProgress::new(JobKind::DrawPage))));
    let mut pages = OriginalPages { running, ..OriginalPages::default() };
    assert!(!pages.finish(wish(0, 100), Ok(page(4))));
    assert!(!pages.finish(wish(0, 100), Err(PageFault::Stopped)));
    assert!(pages.drawn(&wish(0, 100)).is_none() && pages.fault(&wish(0, 100)).is_none());
    assert!(pages.finish(wish(1, 100), Ok(page(4))));
    assert_eq!(pages.count(&wish(0, 1).pdf), Some(9));
}

#[test]
fn a_page_of_another_width_is_shown_until_the_right_one_is_drawn() {
    let mut pages = OriginalPages::default();
    assert!(finished(&mut pages, &wish(0, 100), Ok(page(4))));
    assert_eq!(pages.drawn(&wish(0, 200)).unwrap().rgba.len(), 4);
    assert!(!pages.is_answered(&wish(0, 200)) && pages.is_answered(&wish(0, 100)));
    assert!(finished(&mut pages, &wish(0, 200), Ok(page(8))));
    assert_eq!(pages.drawn(&wish(0, 100)).unwrap().rgba.len(), 4);
    assert_eq!(pages.drawn(&wish(0, 200)).unwrap().rgba.len(), 8);
}

#[test]
fn the_pages_used_longest_ago_are_forgotten() {
    let mut pages = OriginalPages::default();
    for at in 0..4 {
        assert!(finished(&mut pages, &wish(at, 100), Ok(page(KEPT / 3))));
    }
    let kept: Vec<bool> = (0..4).map(|at| pages.drawn(&wish(at, 100)).is_some()).collect();
    assert_eq!(kept, [false, true, true, true]);
    assert!(finished(&mut pages, &wish(4, 100), Ok(page(KEPT + 1))));
    assert!(pages.drawn(&wish(4, 100)).is_some(), "the last one is shown, whatever its size");
    assert_eq!(pages.drawn.len(), 1);
}

#[test]
fn a_page_that_can_not_be_drawn_is_not_tried_again_at_another_width() {
    let mut pages = OriginalPages::default();
    let why = PageFault::NotDrawn(PageError::NoSuchPage { page: 5, pages: 3 });
    assert!(finished(&mut pages, &wish(5, 100), Err(why.clone())));
    assert_eq!(pages.fault(&wish(5, 200)), Some(&why));
    assert!(pages.is_answered(&wish(5, 200)) && !pages.is_answered(&wish(4, 200)));
    assert_eq!(pages.count(&wish(0, 1).pdf), Some(3));
}
