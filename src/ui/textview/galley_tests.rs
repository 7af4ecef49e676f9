//! Compares row estimates and block maps with real layouts, for difficult scripts too.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Context, RawInput};

use super::block_map::BlockMap;
use super::estimate::{Fonts, Metrics};
use super::wrap::{self, Advances, Column};
use crate::theme::install_fonts;
use demarche_model::TextRange;

const METRICS: Metrics = Metrics { size: 16.0, wrap: 480.0, scale: 1.0, line_height: 1.5, fonts: 1 };

fn with_fonts(check: impl Fn(&Context)) {
    let ctx = Context::default();
    install_fonts(&ctx);
    ctx.run_ui(RawInput::default(), |_| {}).textures_delta.clear();
    ctx.run_ui(RawInput::default(), |ui| check(ui.ctx())).textures_delta.clear();
}

fn map(ctx: &Context, text: &str, width: f32) -> BlockMap {
    let colour = egui::Color32::BLACK;
    let mut job = LayoutJob::simple(text.to_owned(), METRICS.font(), colour, width);
    job.wrap = TextWrapping::wrap_at_width(width);
    let galley = ctx.fonts_mut(|fonts| fonts.layout_job(job));
    BlockMap::new(text, &galley, METRICS.row_height())
}

/// Reproducible paragraphs, made with a small linear congruential generator.
fn paragraphs(count: usize) -> Vec<String> {
    const WORDS: [&str; 24] = [
        "the",
        "delegation",
        "of",
        "Norvania",
        "will",
        "suspend",
        "talks",
        "unless",
        "harbour",
        "reopens",
        "by",
        "Friday,",
        "and",
        "affirms",
        "its",
        "efficient",
        "offer",
        "—",
        "14",
        "co-operation",
        "a",
        "first",
        "non-binding",
        "“statement”",
    ];
    let mut seed = 7_u64;
    let mut next = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let mut paragraph = || (0..3 + next(90)).map(|_| WORDS[next(WORDS.len())]).collect::<Vec<_>>().join(" ");
    (0..count).map(|_| paragraph()).collect()
}

#[test]
fn the_row_estimate_is_wrong_for_few_paragraphs() {
    with_fonts(|ctx| {
        let mut fonts = Fonts { ctx, font: METRICS.font() };
        let mut advances = Advances::default();
        let column = Column { width: METRICS.wrap + 0.5, scale: METRICS.scale };
        let paragraphs = paragraphs(3000);
        let wrong = paragraphs.iter().filter(|text| {
            let estimate = wrap::count_rows(text, column, &mut advances, &mut fonts);
            estimate as usize != map(ctx, text, METRICS.wrap).rows()
        });
        let wrong = wrong.count();
        assert!(wrong <= 9, "{wrong} of 3000");
    });
}

#[test]
fn every_character_of_every_script_is_reachable() {
    const TEXTS: [&str; 12] = [
        "",
        "plain words that wrap over several rows of a narrow column",
        "efficient office affix fjord ffi ffl",
        "family 👩‍👩‍👧‍👦 flags 🇯🇵🇫🇷 skin 👍🏽 end",
        "e\u{301}le\u{300}ve nai\u{308}ve o\u{302}\u{323}",
        "한국어 협상 대표단은 회담을 중단할 것이다",
        "交渉代表団は会談を中断する。",
        "وفد المفاوضات سيعلق المحادثات 14 مارس",
        "המשלחת תשעה את השיחות (abc) אם",
        "tab\tin\tbetween and a\u{a0}hard space\u{200b}zero",
        "कि क्षेत्र বাংলা தமிழ் ไทย",
        "\u{301}\u{200d}\u{fe0f}",
    ];
    with_fonts(|ctx| {
        for text in TEXTS {
            for width in [1.0, 60.0, 200.0, 2000.0] {
                let map = map(ctx, text, width);
                for (offset, _) in text.char_indices() {
                    let (row, x) = map.caret(offset);
                    assert!(row < map.rows() && x >= 0.0 && x.is_finite(), "{text:?} {offset}");
                    let mut seen = 0;
                    let end = text.ceil_char_boundary(offset + 1);
                    map.segments(TextRange { start: offset, end }, |s| {
                        assert!(s.left <= s.right);
                        seen += 1;
                    });
                    assert!(seen <= map.rows());
                }
                for row in 0..map.rows() {
                    for x in [-5.0, 0.0, 17.0, 55.0, 1e5] {
                        assert!(text.is_char_boundary(map.hit_test(row, x)), "{text:?}");
                        assert!(map.byte_at(row, x).is_none_or(|at| text.is_char_boundary(at)));
                    }
                    let (start, end) = map.row_bounds(row);
                    assert!(start <= end && end <= text.len(), "{text:?} {row}");
                }
            }
        }
    });
}

#[test]
fn a_hit_test_at_the_caret_returns_its_offset() {
    with_fonts(|ctx| {
        let text = "An efficient office, e\u{301}le\u{300}ve, co-operation and more words to wrap";
        let map = map(ctx, text, 130.0);
        assert!(map.rows() > 3);
        let mut at = 0;
        while at < text.len() {
            let (row, x) = map.caret(at);
            let wraps = map.row_bounds(row).1 < at;
            assert!(wraps || map.hit_test(row, x + 0.1) == at, "{at}");
            at = demarche_analysis::segment::next_grapheme(text, at);
        }
    });
}
