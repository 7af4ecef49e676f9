//! What a frame of the document view costs: CPU time of ui and tessellation, without a window.
//!
//! `cargo bench --bench textview`

use std::sync::Arc;
use std::time::{Duration, Instant};

use demarche::analysis::random::Random;
use demarche::model::{
    AnnotatorId, Category, CategoryId, Codebook, Colour, DocumentId, Layer, Ranges, Span, SpanId, Stamp,
    Status, Text, TextRange,
};
use demarche::session::{PaneKey, Reveal, TextSelection};
use demarche::ui::Requests;
use demarche::ui::textview::{Page, PageLayer, TextView};
use demarche::ui::theme::install_fonts;
use egui::{Context, Event, Modifiers, MouseWheelUnit, RawInput, Rect, pos2, vec2};
use uuid::Uuid;

const WORDS: [&str; 20] = [
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
    "Friday",
    "and",
    "affirms",
    "its",
    "efficient",
    "offer",
    "fourteen",
    "a",
    "first",
];

fn text(bytes: usize, newlines: bool) -> String {
    let mut random = Random::new(11);
    let mut out = String::with_capacity(bytes + 200);
    while out.len() < bytes {
        for _ in 0..3 + random.below(32) {
            out.push_str(WORDS[random.below(WORDS.len())]);
            out.push(' ');
        }
        out.push_str(if newlines { "ends.\n" } else { "ends. " });
    }
    out
}

fn spans(text: &str, count: usize) -> Vec<Span> {
    let mut random = Random::new(5);
    let span = |i: usize| {
        let start = text.floor_char_boundary(random.below(text.len() - 400));
        let end = text.floor_char_boundary(start + 20 + random.below(300));
        Span {
            id: SpanId(Uuid::from_u128(i as u128 + 1)),
            category: CategoryId::new(format!("c{}", random.below(8))),
            ranges: Ranges::one(TextRange { start, end }).expect("not empty"),
            attributes: Default::default(),
            note: "a short note".to_owned(),
            created: Stamp(0),
            modified: Stamp(0),
            provenance: None,
        }
    };
    (0..count).map(span).collect()
}

fn codebook() -> Codebook {
    let category = |i: usize| {
        Arc::new(Category::new(CategoryId::new(format!("c{i}")), format!("Category {i}"), Colour::nth(i)))
    };
    Codebook { categories: (0..8).map(category).collect(), ..Codebook::default() }
}

struct Desk {
    ctx: Context,
    view: TextView,
    id: DocumentId,
    text: Arc<Text>,
    layer: Layer,
    codebook: Codebook,
    revision: u64,
    reveal: Reveal,
    size: egui::Vec2,
}

impl Desk {
    fn new(text: String, count: usize) -> Self {
        let ctx = Context::default();
        install_fonts(&ctx);
        let layer = Layer::new(Status::New, spans(&text, count), [], []);
        let text = Arc::new(Text::new(text));
        let size = vec2(1000.0, 800.0);
        let mut desk = Self {
            ctx,
            view: TextView::new(PaneKey::default()),
            id: DocumentId::new("warm"),
            text: Arc::new(Text::new("warm up")),
            layer: Layer::default(),
            codebook: codebook(),
            revision: 0,
            reveal: Reveal::default(),
            size,
        };
        for _ in 0..3 {
            desk.frame(Vec::new());
        }
        (desk.id, desk.text, desk.layer) = (DocumentId::new("d"), text, layer);
        desk
    }

    /// Runs a frame and returns its CPU time.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), self.size);
        let input = RawInput { screen_rect: Some(rect), events, ..RawInput::default() };
        let ana = AnnotatorId::new("ana");
        let layers = [PageLayer::new(&ana, "Ana", &self.layer, true)];
        let page = Page {
            name: "Document text",
            is_active: true,
            id: &self.id,
            text: &self.text,
            anchors: &Default::default(),
            layers: &layers,
            codebook: &self.codebook,
            selection: TextSelection::default(),
            current_span: None,
            selected_spans: None,
            changes: &[],
            hits: &[],
            bookmarks: &[],
            current_hit: None,
            relations: None,
            reveal: self.reveal,
            editable: true,
            marker: None,
            snap: true,
            select_sentences: false,
            size_pt: 16.0,
            look: &Default::default(),
            revision: self.revision,
        };
        let start = Instant::now();
        let mut requests = Requests::default();
        let mut output = self.ctx.run_ui(input, |ui| {
            self.view.ui(ui, &page, &mut requests);
        });
        let shapes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let time = start.elapsed();
        drop(shapes);
        output.textures_delta.clear();
        time
    }
}

fn print(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let ms = |at: usize| times[at.min(times.len() - 1)].as_secs_f64() * 1e3;
    println!("  {name:<28} median {:8.3} ms   worst {:8.3} ms", ms(times.len() / 2), ms(times.len() - 1));
}

fn wheel(points: f32) -> Vec<Event> {
    let delta = vec2(0.0, points);
    let (phase, source) = (egui::TouchPhase::Move, egui::MouseWheelSource::Trackpad);
    vec![
        Event::PointerMoved(pos2(400.0, 400.0)),
        Event::MouseWheel { unit: MouseWheelUnit::Point, delta, phase, modifiers: Modifiers::NONE, source },
    ]
}

fn measure(title: &str, text: String, count: usize) {
    println!("{title}: {} bytes, {count} spans", text.len());
    let mut desk = Desk::new(text, count);
    print("first frame", vec![desk.frame(Vec::new())]);
    print("second frame", vec![desk.frame(Vec::new())]);
    std::thread::sleep(Duration::from_millis(700));
    print("heights arrive", vec![desk.frame(Vec::new())]);
    print("idle", (0..200).map(|_| desk.frame(Vec::new())).collect());
    print("scrolling by a page", (0..100).map(|_| desk.frame(wheel(-700.0))).collect());
    let jumps = |i: u64| Reveal { serial: i + 1, range: TextRange::default(), at_top: false };
    let mut random = Random::new(3);
    let mut times = Vec::new();
    for i in 0..50 {
        let at = desk.text.as_str().floor_char_boundary(random.below(desk.text.len()));
        desk.reveal = Reveal { range: TextRange { start: at, end: at }, ..jumps(i) };
        times.push(desk.frame(Vec::new()));
    }
    print("jump anywhere", times);
    let widths = (0..60).map(|i| {
        desk.size.x = 430.0 + 5.0 * i as f32;
        desk.frame(Vec::new())
    });
    let times = widths.collect();
    print("resize step", times);
    std::thread::sleep(Duration::from_millis(700));
    for _ in 0..3 {
        desk.frame(Vec::new());
    }
    let revisions = (0..50).map(|_| {
        desk.revision += 1;
        desk.frame(Vec::new())
    });
    let times = revisions.collect();
    print("repaint after tagging", times);
}

fn main() {
    measure("many paragraphs", text(10_000_000, true), 100_000);
    measure("one paragraph", text(1_000_000, false), 10_000);
}
