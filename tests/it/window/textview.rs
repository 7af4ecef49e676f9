//! The document view as people and screen readers use it: found through AccessKit, driven by pointer and keys.

use std::sync::Arc;

use demarche::model::{
    Anchors, AnnotatorId, Category, CategoryId, Codebook, Colour, DocumentId, Layer, Ranges, Span, SpanId,
    SpanRef, Stamp, Status, Text, TextRange,
};
use demarche::session::{Action, AnnotateAction, NavigateAction, PaneKey, Reveal, TextSelection};
use demarche::ui::commands::CommandId;
use demarche::ui::textview::{Page, PageLayer, TextView};
use demarche::ui::theme::install_fonts;
use demarche::ui::{Request, Requests, keys};
use egui::{Key, Modifiers, Pos2, Rect, Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use uuid::Uuid;

const TEXT: &str =
    "The delegation will suspend the talks unless the port reopens.\n\nEstmark has not replied.";

struct Desk {
    view: TextView,
    id: DocumentId,
    text: Arc<Text>,
    anchors: Anchors,
    layer: Layer,
    codebook: Codebook,
    selection: TextSelection,
    picked: Option<SpanRef>,
    reveal: Reveal,
    requests: Vec<Request>,
}

fn span(id: u128, category: &str, start: usize, end: usize) -> Span {
    Span {
        id: SpanId(Uuid::from_u128(id)),
        category: CategoryId::new(category),
        ranges: Ranges::one(TextRange { start, end }).expect("not empty"),
        attributes: Default::default(),
        note: String::new(),
        created: Stamp(0),
        modified: Stamp(0),
        provenance: None,
    }
}

fn category(name: &str, hotkey: char) -> Arc<Category> {
    Arc::new(Category {
        hotkey: Some(hotkey),
        ..Category::new(CategoryId::new(name.to_lowercase()), name, Colour::nth(0))
    })
}

fn of(words: &str) -> TextRange {
    let start = TEXT.find(words).expect("stands in the text");
    TextRange { start, end: start + words.len() }
}

impl Desk {
    fn new(text: &str, spans: Vec<Span>) -> Self {
        let categories = vec![category("Demand", '1'), category("Threat", '5')];
        Self {
            view: TextView::new(PaneKey::default()),
            id: DocumentId::new("d001"),
            text: Arc::new(Text::new(text)),
            anchors: Anchors::default(),
            layer: Layer::new(Status::New, spans, [], []),
            codebook: Codebook { categories, ..Codebook::default() },
            selection: TextSelection::default(),
            picked: None,
            reveal: Reveal::default(),
            requests: Vec::new(),
        }
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        let ana = AnnotatorId::new("ana");
        let layers = [PageLayer::new(&ana, "Ana", &self.layer, true)];
        let page = Page {
            name: "Document text",
            is_active: true,
            id: &self.id,
            text: &self.text,
            anchors: &self.anchors,
            layers: &layers,
            codebook: &self.codebook,
            selection: self.selection,
            current_span: self.picked.as_ref(),
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
            revision: 1,
        };
        let mut requests = Requests::default();
        self.view.ui(ui, &page, &mut requests);
        for request in requests {
            match &request {
                Request::Action(Action::Navigate(NavigateAction::SelectText(to))) => self.selection = *to,
                Request::Action(Action::Navigate(NavigateAction::SetCurrent(to))) => self.picked = to.clone(),
                _ => {}
            }
            self.requests.push(request);
        }
    }
}

fn harness(desk: Desk) -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size(vec2(1000.0, 600.0))
        .with_context_setup(install_fonts)
        .with_step_dt(0.5)
        .allow_missing_glyphs()
        .build_ui_state(|ui, desk: &mut Desk| desk.show(ui), desk);
    harness.run();
    harness
}

fn moves() -> Vec<Span> {
    let (threat, demand) = (of("suspend the talks"), of("the talks"));
    vec![span(1, "threat", threat.start, threat.end), span(2, "demand", demand.start, demand.end)]
}

fn rect(harness: &Harness<'_, Desk>, label: &str) -> Rect {
    harness.get_by_label(label).rect()
}

fn click(harness: &mut Harness<'_, Desk>, at: Pos2) {
    harness.hover_at(at);
    harness.run();
    harness.drag_at(at);
    harness.step();
    harness.drop_at(at);
    harness.run();
}

fn picked(harness: &Harness<'_, Desk>) -> Option<u128> {
    harness.state().picked.as_ref().map(|at| at.span.0.as_u128())
}

#[test]
fn blocks_and_spans_can_be_found() {
    let harness = harness(Desk::new(TEXT, moves()));
    harness.get_by_label("Document text");
    let paragraphs: Vec<_> =
        harness.get_all_by_role(Role::Paragraph).filter_map(|node| node.value()).collect();
    assert_eq!(paragraphs, TEXT.split("\n\n").collect::<Vec<_>>());
    let threat = harness.get_by_label("Threat: suspend the talks");
    assert_eq!(threat.accesskit_node().description(), Some("Ana".to_owned()));
    assert_eq!(harness.get_all_by_role(Role::Mark).count(), 2);
}

#[test]
fn a_drag_selects_whole_words() {
    let mut harness = harness(Desk::new(TEXT, moves()));
    let words = rect(&harness, "Threat: suspend the talks");
    harness.drag_at(words.left_center() + vec2(9.0, 0.0));
    harness.step();
    harness.hover_at(words.center());
    harness.step();
    harness.drop_at(words.right_center() - vec2(9.0, 0.0));
    harness.run();
    assert_eq!(harness.state().selection, TextSelection::over(of("suspend the talks")));
    harness.key_press(Key::Num5);
    harness.run();
    assert_eq!(harness.state().requests.last(), Some(&AnnotateAction::Tag(CategoryId::new("threat")).into()));
}

#[test]
fn clicks_at_one_place_go_through_the_spans_there() {
    let mut harness = harness(Desk::new(TEXT, moves()));
    let at = rect(&harness, "Demand: the talks").center();
    let mut seen = Vec::new();
    for _ in 0..3 {
        click(&mut harness, at);
        seen.push(picked(&harness));
    }
    assert_eq!(seen, [Some(2), Some(1), Some(2)]);
    click(&mut harness, at + vec2(0.0, 200.0));
    assert_eq!(picked(&harness), None);
}

#[test]
fn a_screen_reader_can_pick_a_span() {
    let mut harness = harness(Desk::new(TEXT, moves()));
    harness.get_by_label("Threat: suspend the talks").click_accesskit();
    harness.run();
    assert_eq!(picked(&harness), Some(1));
}

fn drag(harness: &mut Harness<'_, Desk>, from: Pos2, to: Pos2) {
    harness.hover_at(from);
    harness.run();
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from + (to - from) * 0.9);
    harness.step();
    harness.drop_at(to);
    harness.run();
}

#[test]
fn a_drag_from_the_first_or_last_letter_of_the_current_passage_selects_words() {
    for (edge, across) in [(Rect::left_center as fn(&Rect) -> Pos2, 1.0), (Rect::right_center, -1.0)] {
        let mut harness = harness(Desk::new(TEXT, moves()));
        let words = rect(&harness, "Demand: the talks");
        click(&mut harness, words.center());
        let letter = edge(&words) + vec2(3.0 * across, 0.0);
        drag(&mut harness, letter, letter + vec2(10.0 * across, 0.0));
        let bounds = |request: &Request| {
            matches!(request, Request::Action(Action::Annotate(AnnotateAction::SetBounds { .. })))
        };
        assert!(!harness.state().requests.iter().any(bounds));
        assert!(!harness.state().selection.is_empty(), "{:?}", harness.state().selection);
        let passage = of("the talks");
        let selected = harness.state().selection.range();
        assert!(passage.start <= selected.start && selected.end <= passage.end, "{selected:?}");
    }
}

#[test]
fn a_bound_can_be_dragged() {
    let mut harness = harness(Desk::new(TEXT, moves()));
    let words = rect(&harness, "Demand: the talks");
    click(&mut harness, words.center());
    let knob = words.right_bottom() + vec2(1.0, 0.0);
    drag(&mut harness, knob, knob + vec2(22.0, 0.0));
    let expected = of("the talks unless");
    let last = harness.state().requests.last();
    assert!(
        matches!(last, Some(Request::Action(Action::Annotate(AnnotateAction::SetBounds { index: 0, to, .. }))) if *to == expected),
        "{last:?}"
    );
}

#[test]
fn the_keyboard_moves_extends_and_tags() {
    let mut harness = harness(Desk::new(TEXT, moves()));
    let at = rect(&harness, "Threat: suspend the talks").left_center() + vec2(1.0, 0.0);
    click(&mut harness, at);
    let start = of("suspend").start;
    assert_eq!(harness.state().selection, TextSelection::caret(start));
    harness.key_press(Key::ArrowRight);
    harness.run();
    assert_eq!(harness.state().selection, TextSelection::caret(start + 1));
    harness.key_press_modifiers(Modifiers::CTRL | Modifiers::SHIFT, Key::ArrowRight);
    harness.run();
    assert_eq!(harness.state().selection, TextSelection { anchor: start + 1, head: of("suspend").end });
    harness.key_press_modifiers(Modifiers::CTRL, Key::End);
    harness.run();
    assert_eq!(harness.state().selection, TextSelection::caret(TEXT.len()));
    harness.key_press(Key::Home);
    harness.run();
    assert_eq!(harness.state().selection, TextSelection::caret(of("Estmark").start));
    harness.key_press(Key::ArrowUp);
    harness.key_press(Key::ArrowUp);
    harness.run();
    assert_eq!(harness.state().selection, TextSelection::caret(0));
}

#[test]
fn keys_go_past_a_view_without_the_focus() {
    let mut harness = harness(Desk::new(TEXT, moves()));
    harness.key_press(Key::ArrowRight);
    harness.key_press(Key::Num1);
    harness.run();
    assert!(harness.state().requests.is_empty());
}

#[test]
fn what_is_asked_for_comes_into_view() {
    let text: String = (0..5000).map(|i| format!("Paragraph {i} says that talks go on.\n")).collect();
    let at = text.find("Paragraph 4000").expect("there");
    let mut harness = harness(Desk::new(&text, vec![span(1, "threat", at, at + 14)]));
    assert!(harness.query_by_label("Threat: Paragraph 4000").is_none());
    harness.state_mut().reveal =
        Reveal { serial: 1, range: TextRange { start: at, end: at + 14 }, at_top: false };
    harness.run();
    let y = rect(&harness, "Threat: Paragraph 4000").center().y;
    assert!((150.0..300.0).contains(&y), "{y}");
}

#[test]
fn a_click_in_the_overview_jumps() {
    let text: String = (0..5000).map(|i| format!("Paragraph {i} says that talks go on.\n")).collect();
    let at = text.find("Paragraph 2500 ").expect("there");
    let mut harness = harness(Desk::new(&text, vec![span(1, "threat", at, at + 14)]));
    let strip = rect(&harness, "Overview");
    click(&mut harness, strip.center());
    rect(&harness, "Threat: Paragraph 2500");
}

#[test]
fn a_tooltip_tells_of_the_span_under_the_pointer() {
    let mut threat = moves().swap_remove(0);
    threat.note = "said in passing".to_owned();
    let mut harness = harness(Desk::new(TEXT, vec![threat]));
    let at = rect(&harness, "Threat: suspend the talks").center();
    harness.hover_at(at);
    harness.run_steps(6);
    harness.get_by_label("said in passing");
}

#[test]
fn the_menu_tags_and_runs_commands() {
    let mut harness = harness(Desk::new(TEXT, moves()));
    harness.get_by_label("Demand: the talks").click_secondary();
    harness.run();
    assert_eq!(picked(&harness), Some(2), "the shortest under the pointer");
    let remove = CommandId::RemovePassage.command();
    harness.get_by_label(&format!("{} {}", remove.name, keys::display(&harness.ctx, remove.id))).click();
    harness.run();
    assert_eq!(harness.state().requests.last(), Some(&CommandId::RemovePassage.into()));
}

#[test]
fn odd_texts_and_places_do_no_harm() {
    let long_word = "x".repeat(8000);
    let newlines = "\n".repeat(500);
    let paragraph = "word ".repeat(200_000);
    let mixed = "👩‍👩‍👧 e\u{301} 한국어 שלום سلام\ttab\n".repeat(40);
    let texts = ["", "\n", &newlines, &long_word, &paragraph, &mixed];
    for text in texts {
        let mut desk = Desk::new(text, vec![span(1, "threat", 5, 900_000_000)]);
        desk.selection = TextSelection { anchor: 3, head: usize::MAX };
        desk.reveal = Reveal { serial: 1, range: TextRange { start: 7, end: usize::MAX }, at_top: false };
        let mut harness = harness(desk);
        harness.ctx.memory_mut(|memory| memory.request_focus(TextView::id_of(PaneKey::default())));
        for key in
            [Key::PageDown, Key::ArrowDown, Key::End, Key::ArrowUp, Key::Home, Key::PageUp, Key::ArrowLeft]
        {
            harness.key_press_modifiers(Modifiers::SHIFT, key);
            harness.step();
        }
        for size in [vec2(0.0, 0.0), vec2(1.0, 1.0), vec2(30.0, 400.0), vec2(300.0, 5.0), vec2(2000.0, 900.0)]
        {
            harness.set_size(size);
            harness.step();
            harness.set_pixels_per_point(1.5);
            harness.step();
        }
    }
}
