//! Pages are drawn in a process of their own; a hostile file stops only its own drawing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use demarche::io::documents::pages::{PageError, PlacedText};
use demarche::io::documents::{Limits, Reader};
use demarche::model::{Progress, Unfinished};

/// Returns a PDF with one page of 300 × 400 points with this content.
fn pdf(content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 3 0 R /Resources \
         << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            .to_owned(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = out.len();
    out.push_str("xref\n0 5\n0000000000 65535 f \n");
    places.iter().for_each(|place| out.push_str(&format!("{place:010} 00000 n \n")));
    out.push_str(&format!("trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    out.into_bytes()
}

fn program() -> Reader {
    Reader::of(env!("CARGO_BIN_EXE_demarche").into())
}

#[test]
fn a_page_is_drawn_in_a_process_as_in_this_one() {
    let bytes = pdf("BT /F1 24 Tf 40 300 Td (Halden) Tj ET");
    let page = program().draw_page(&bytes, 0, 300, &()).expect("drawn");
    assert_eq!((page.pages, page.size_pt, page.size_px), (1, (300.0, 400.0), (300, 400)));
    assert!(page.rgba.chunks(4).any(|pixel| pixel == [0, 0, 0, 255]), "there are letters");
    assert!(page.rgba.chunks(4).filter(|pixel| *pixel == [255; 4]).count() > 100_000, "on white");
    assert_eq!(Reader::in_process().draw_page(&bytes, 0, 300, &()).expect("drawn"), page);
    let missing = program().draw_page(&bytes, 3, 300, &());
    assert_eq!(missing, Err(Unfinished::Failed(PageError::NoSuchPage { page: 3, pages: 1 })));
}

#[test]
fn the_text_with_its_places_is_that_of_an_import() {
    let bytes = pdf("BT /F1 24 Tf 40 300 Td (Halden talks go on) Tj ET");
    let PlacedText { text, runs } = program().place_words(&bytes, &()).expect("read");
    assert_eq!(text.trim(), "Halden talks go on");
    assert!(runs.iter().all(|run| run.page == 0 && text.get(run.range.clone()).is_some()));
}

#[test]
fn a_page_that_takes_too_much_is_refused() {
    let refused = |reader: Reader, bytes: &[u8]| match reader.draw_page(bytes, 0, 4096, &()) {
        Err(Unfinished::Failed(PageError::NotRead(why))) => why,
        other => panic!("{:?}", other.map(|page| page.size_px)),
    };
    // Each rectangle is drawn over the whole page.
    let slow = pdf(&"0.1 g 0 0 300 400 re f 0 0 m 300 400 l S\n".repeat(2_000_000));
    let limits =
        Limits { time: Duration::from_millis(300), time_per_megabyte: Duration::ZERO, ..Limits::default() };
    assert!(refused(program().with_limits(limits), &slow).contains("within 0 seconds"));
    let small = Limits { memory: 96 << 20, ..Limits::default() };
    let why = refused(program().with_limits(small), &pdf("0 0 300 400 re f"));
    assert!(why.contains("memory") || why.contains("crashed"), "{why}");
}

/// Asks to stop from the start.
struct Stopper(AtomicBool);

impl Progress for Stopper {
    fn step(&self, _done: usize, _of: usize) {}

    fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[test]
fn drawing_stops_when_asked_to() {
    let slow = pdf(&"0.1 g 0 0 300 400 re f\n".repeat(2_000_000));
    let stopped = program().draw_page(&slow, 0, 2000, &Stopper(AtomicBool::new(true)));
    assert_eq!(stopped.map(|page| page.size_px), Err(Unfinished::Stopped));
}
