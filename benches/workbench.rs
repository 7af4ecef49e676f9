//! The figures of docs/SPEED.md: `cargo bench`, or `cargo bench -- window` for one part (window, paragraph, view, files,
//! journal, project, million, codebook, agreement, screen, board, update, memory, small). Prints a Markdown table.
//! `cargo bench --bench workbench -- --project FOLDER` writes the large project, for `benches/window.py`.
//!
//! Frames are those of the real window, driven without a screen: input, logic, panels, layout and tessellation are in,
//! uploads to the graphics card are not. Their cost is the CPU time of the window's thread, which the load of the machine
//! disturbs least; what is read and written is measured on the clock.

mod scale;
mod support;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use demarche::analysis::agreement::{DRAWS, Question, SegmentCache, active_annotators, measure};
use demarche::analysis::random::Random;
use demarche::io::export::{Scope, export_to_path, exporter};
use demarche::io::project::{FileKey, Folder, Journal, Listing, Step, open, read_document, snapshot, write};
use demarche::model::{Category, CategoryId, Colour, Edit, LayerId, Span, SpanRef, TextRange};
use demarche::session::{
    AnnotateAction, CodebookAction, CodebookChange, Env, NavigateAction, NewTextSource, PaneKey, Screen,
    Session, UpdateAction,
};
use demarche::ui::Requests;
use demarche::ui::textview::{Page, PageLayer, TextView};
use egui::{Event, Key, Modifiers, pos2};
use support::generate;
use support::measure::{By, Cost, Table, memory_mb};
use support::versions;
use support::window::{Window, finish, input};

const MEGABYTE: usize = 1_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [first, folder] if first == "--memory" => return print_memory(Path::new(folder)),
        [first, folder] if first == "--project" => return write_project(Path::new(folder)),
        _ => {}
    }
    let wanted = |part: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == part);
    let dir = tempfile::tempdir().expect("a folder");
    let mut table = Table::default();
    let big = dir.path().join("big");
    let spans = generate::project(&big, generate::text(7, 10 * MEGABYTE, true));
    eprintln!("10 MB with {spans} spans, load {}", load());
    if wanted("window") {
        window(&mut table, "10 MB", &big);
        while_saving(&mut table, "10 MB", &big, 2.0);
    }
    if wanted("small") {
        let folder = dir.path().join("small");
        generate::project(&folder, generate::text(8, MEGABYTE / 100, true));
        window(&mut table, "10 kB", &folder);
        while_saving(&mut table, "10 kB", &folder, 2.0);
    }
    if wanted("view") {
        view_alone(&mut table, &big);
    }
    if wanted("paragraph") {
        let folder = dir.path().join("paragraph");
        generate::project(&folder, generate::text(9, MEGABYTE, false));
        window(&mut table, "one paragraph of 1 MB", &folder);
    }
    if wanted("files") {
        files(&mut table, &big, dir.path());
    }
    if wanted("journal") {
        journal(&mut table, &big);
    }
    if wanted("update") {
        update(&mut table, &big);
    }
    if wanted("project") {
        scale::ten_thousand(&mut table, &dir.path().join("many"));
    }
    if wanted("million") {
        scale::million(&mut table, &dir.path().join("million"));
    }
    if wanted("codebook") {
        codebook(&mut table, &dir.path().join("tagged"));
    }
    if wanted("agreement") {
        agreement(&mut table);
    }
    if wanted("screen") {
        agreement_screen(&mut table, dir.path());
    }
    if wanted("board") {
        scale::board(&mut table, &dir.path().join("staffed"));
    }
    if wanted("memory") {
        memory(&mut table, &big);
    }
    println!("{}", table.markdown());
    eprintln!("load {}", load());
}

/// Writes the project that `benches/window.py` shows.
fn write_project(folder: &Path) {
    let spans = generate::project(folder, generate::text(7, 10 * MEGABYTE, true));
    eprintln!("10 MB with {spans} spans");
}

/// Load of the machine over the last minute.
fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

/// The frames of a window on a document.
fn window(table: &mut Table, what: &str, folder: &Path) {
    let first: Vec<Cost> =
        (0..9).filter_map(|_| Window::open(folder).until_shown().last().copied()).collect();
    table.add(&format!("{what}: first frame"), By::Thread, &first, Some(10.0));
    let mut window = Window::open(folder);
    window.settle();
    let idle: Vec<Cost> = (0..300).map(|_| window.frame(Vec::new())).collect();
    table.add(&format!("{what}: idle frame, whole window"), By::Thread, &idle, Some(1.0));
    let page = pages(&mut window);
    table.add(&format!("{what}: page of scrolling"), By::Thread, &page, Some(2.0));
    let end = (0..30).map(|_| {
        window.press(Key::Home, Modifiers::CTRL);
        window.frame(Vec::new());
        window.press(Key::End, Modifiers::CTRL)
    });
    let end: Vec<Cost> = end.collect();
    table.add(&format!("{what}: jump to the end"), By::Thread, &end, Some(2.0));
    let middle = length(&window) / 2;
    go_to(&mut window, middle);
    let resize: Vec<Cost> = (0..60)
        .map(|step| {
            window.size.x = 1280.0 - 4.0 * step as f32;
            window.frame(Vec::new())
        })
        .collect();
    table.add(&format!("{what}: window resized by a step"), By::Thread, &resize, Some(4.0));
    window.size.x = 1280.0;
    window.settle();
    edits(table, what, &mut window, 2.0);
}

/// Scrolls by pages, three at each of many places, so that a short text has as many pages to scroll as a long one.
fn pages(window: &mut Window) -> Vec<Cost> {
    let mut random = Random::new(5);
    let places = length(window) - 8000;
    let mut costs = Vec::new();
    for _ in 0..67 {
        go_to(window, random.below(places));
        costs.extend((0..3).map(|_| window.press(Key::PageDown, Modifiers::NONE)));
    }
    costs
}

fn length(window: &Window) -> usize {
    window.session().document().and_then(|document| document.text.as_ref()).map_or(0, |text| text.len())
}

/// Selects a few words at about this byte, and shows them.
fn go_to(window: &mut Window, at: usize) {
    let document = window.session().document().expect("a document");
    let text = document.text.as_ref().expect("a text").as_str();
    let space = |from: usize| {
        let from = text.ceil_char_boundary(from);
        text[from..].find(' ').map_or(from, |space| from + space)
    };
    let start = space(at) + 1;
    let range = TextRange { start, end: space(start + 24) };
    let id = document.id().clone();
    window.act(NavigateAction::GoToRange(id, range));
    window.frame(Vec::new());
}

fn category(window: &Window, random: &mut Random) -> CategoryId {
    let categories = &window.session().project().codebook().categories;
    categories[random.below(categories.len())].id.clone()
}

/// Tags and takes back at places all over the document; every panel is open.
fn edits(table: &mut Table, what: &str, window: &mut Window, target_ms: f64) {
    let (mut tag, mut undo) = (Vec::new(), Vec::new());
    let mut random = Random::new(3);
    let end = length(window) - 1000;
    for _ in 0..60 {
        go_to(window, random.below(end));
        let category = category(window, &mut random);
        let before = window.session().totals().spans;
        tag.push(window.act(AnnotateAction::Tag(category)));
        assert_eq!(window.session().totals().spans, before + 1);
        window.frame(Vec::new());
        undo.push(window.change(Session::undo));
        assert_eq!(window.session().totals().spans, before);
        window.frame(Vec::new());
    }
    table.add(&format!("{what}: tag one span and repaint"), By::Thread, &tag, Some(target_ms));
    table.add(&format!("{what}: undo it and repaint"), By::Thread, &undo, Some(target_ms));
}

/// Tags while a worker is writing the layer.
fn while_saving(table: &mut Table, what: &str, folder: &Path, target_ms: f64) {
    let mut window = Window::open(folder);
    window.settle();
    let mut random = Random::new(4);
    let end = length(&window) - 1000;
    let mut tag = Vec::new();
    for _ in 0..15 {
        go_to(&mut window, random.below(end));
        let first = category(&window, &mut random);
        window.act(AnnotateAction::Tag(first));
        go_to(&mut window, random.below(end));
        let second = category(&window, &mut random);
        window.app.session_mut().expect("a project").save();
        tag.push(window.act(AnnotateAction::Tag(second)));
        window.settle();
    }
    table.add(&format!("{what}: tag while the layer is being saved"), By::Thread, &tag, Some(target_ms));
    window.app.session_mut().expect("a project").save_now().expect("saved");
}

/// The document view without panels around it.
fn view_alone(table: &mut Table, folder: &Path) {
    let mut window = Window::open(folder);
    window.settle();
    let session = window.session();
    let document = session.document().expect("a document");
    let text = document.text.as_ref().expect("a text");
    let layers: Vec<PageLayer<'_>> = session
        .layers(document)
        .map(|(annotator, layer)| PageLayer::new(annotator, "Ana", layer, true))
        .collect();
    let page = Page {
        name: "Document text",
        is_active: true,
        id: document.id(),
        text,
        anchors: &document.anchors,
        layers: &layers,
        codebook: session.project().codebook(),
        selection: session.text_selection(),
        current_span: None,
        selected_spans: None,
        changes: &[],
        hits: &[],
        bookmarks: &[],
        current_hit: None,
        relations: None,
        reveal: session.reveal(),
        editable: true,
        marker: None,
        snap: true,
        select_sentences: false,
        size_pt: 16.0,
        look: &Default::default(),
        revision: 1,
    };
    let ctx = egui::Context::default();
    demarche::ui::theme::install_fonts(&ctx);
    let mut view = TextView::new(PaneKey::default());
    let mut frame = |time: f64| {
        let input = input(egui::vec2(680.0, 480.0), time, Vec::new());
        let (cost, ()) = Cost::of(|| {
            let output = ctx.run_ui(input, |ui| {
                view.ui(ui, &page, &mut Requests::default());
            });
            finish(&ctx, output);
        });
        cost
    };
    for warm in 0..40 {
        frame(f64::from(warm) / 60.0);
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let idle: Vec<Cost> = (0..300).map(|n| frame(1.0 + f64::from(n) / 60.0)).collect();
    table.add("10 MB: idle frame, the document view alone", By::Thread, &idle, Some(0.2));
}

/// Opening, saving and exporting a layer of 100,000 spans.
fn files(table: &mut Table, folder: &Path, out: &Path) {
    let folder = Folder::new(folder);
    let mut opened = open(&folder).expect("a project");
    let listing = Listing::read(&folder).expect("a listing");
    let meta = opened.project.documents()[0].meta.clone();
    let codebook = opened.project.codebook().clone();
    let read = || read_document(&folder, &listing, &codebook, &meta).expect("read").0;
    let opening: Vec<Cost> = (0..7).map(|_| Cost::of(read).0).collect();
    table.add("open a layer of 100,000 spans (with its text)", By::Clock, &opening, Some(1000.0));
    opened.project.load_document(&meta.id, read());
    let layer = LayerId::new(&meta.id, &generate::ANNOTATOR.into());
    let keys = [FileKey::Layer(layer.clone())].into();
    let save = || {
        std::fs::remove_file(folder.layer(&layer)).expect("removed");
        Cost::of(|| write(&folder, &snapshot(&opened.project, &keys)).expect("saved")).0
    };
    let saving: Vec<Cost> = (0..7).map(|_| save()).collect();
    table.add("save a layer of 100,000 spans", By::Clock, &saving, Some(500.0));
    let jsonl = exporter("jsonl").expect("the format");
    let export = || {
        let scope = Scope::everything(&opened.project);
        Cost::of(|| export_to_path(jsonl, &scope, &out.join("spans.jsonl")).expect("exported")).0
    };
    let exporting: Vec<Cost> = (0..7).map(|_| export()).collect();
    table.add("export 100,000 spans to JSONL", By::Process, &exporting, None);
}

/// Cost of keeping a step in the journal, on the window's thread.
fn journal(table: &mut Table, folder: &Path) {
    let folder = Folder::new(folder);
    let mut opened = open(&folder).expect("a project");
    let listing = Listing::read(&folder).expect("a listing");
    let meta = opened.project.documents()[0].meta.clone();
    let codebook = opened.project.codebook().clone();
    let contents = read_document(&folder, &listing, &codebook, &meta).expect("read").0;
    let head = Arc::new(opened.project.clone());
    opened.project.load_document(&meta.id, contents);
    let layer = LayerId::new(&meta.id, &generate::ANNOTATOR.into());
    let files = [FileKey::Layer(layer.clone())].into();
    let mut journal = Journal::start(&folder, &generate::ANNOTATOR.into());
    let mut costs = Vec::new();
    for span in opened.project.layer(&layer).expect("a layer").spans().take(500).cloned().collect::<Vec<_>>()
    {
        let to = Span { note: "kept".to_owned(), ..(*span).clone() };
        let edit = Edit::SetSpan { layer: layer.clone(), id: span.id, to: Some(Arc::new(to)) };
        let applied = opened.project.apply(edit).expect("applied");
        costs.push(Cost::of(|| journal.add(Step::new(&applied, &opened.project, &files, &head, None))).0);
    }
    table.add("100,000 spans: hand a step over to the journal", By::Thread, &costs, Some(0.2));
    journal.discard();
}

/// Changes of the codebook of a project of 100,000 spans in 1,000 documents, with all that follows them.
fn codebook(table: &mut Table, folder: &Path) {
    generate::many(folder, 1000, 10_000);
    let mut session = Session::open(folder, Env::system(|| {})).expect("a project");
    session.finish_jobs();
    session.read_all();
    let spans = session.totals().spans;
    let ids: Vec<CategoryId> = session.project().codebook().categories.iter().map(|c| c.id.clone()).collect();
    let into = ids[0].clone();
    let change = |session: &mut Session, change: CodebookChange| {
        Cost::of(|| session.perform(CodebookAction::Change(change))).0
    };
    let undo = |session: &mut Session| Cost::of(|| session.undo()).0;
    let category = session.project().codebook().categories[0].clone();
    let renamed =
        CodebookChange::PutCategory(Box::new(Category { name: "Claim".into(), ..(*category).clone() }));
    let merged = CodebookChange::Merge { from: ids[1..].to_vec(), into: into.clone() };
    let (mut rename, mut merge, mut back, mut split) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let ask: Vec<Cost> = (0..9).map(|_| Cost::of(|| session.impact(&ids)).0).collect();
    for _ in 0..5 {
        rename.push(change(&mut session, renamed.clone()));
        undo(&mut session);
        merge.push(change(&mut session, merged.clone()));
        let tagged = session.totals().categories[&into].spans;
        assert_eq!(tagged, spans);
        let parted = halves(&session, &into);
        split.push(change(&mut session, parted));
        assert_eq!(session.totals().categories.len(), 2);
        undo(&mut session);
        back.push(undo(&mut session));
        assert_eq!(session.totals().categories.len(), ids.len());
    }
    let what = format!("{spans} spans in 1,000 documents");
    table.add(&format!("{what}: rename a category"), By::Thread, &rename, Some(500.0));
    table.add(&format!("{what}: merge all categories into one"), By::Thread, &merge, Some(500.0));
    table.add(&format!("{what}: undo that"), By::Thread, &back, Some(500.0));
    table.add(&format!("{what}: split one category with all of them"), By::Thread, &split, Some(500.0));
    table.add(&format!("{what}: what a merge would touch"), By::Thread, &ask, Some(50.0));
}

/// Takes a category apart: every second span goes to a new one.
fn halves(session: &Session, from: &CategoryId) -> CodebookChange {
    let fresh = Category::new("other-half".into(), "Other half", Colour::nth(9));
    let mut choices = Vec::new();
    for document in session.project().documents() {
        for (annotator, layer) in &document.layers {
            let at = |span: &std::sync::Arc<Span>| {
                let layer = LayerId::new(document.id(), annotator);
                (SpanRef { layer, span: span.id }, fresh.id.clone())
            };
            choices.extend(layer.spans().step_by(2).map(at));
        }
    }
    CodebookChange::Split { from: from.clone(), fresh: vec![fresh], choices, retire: false }
}

/// All measures of agreement of three annotators over 1,000 documents of 1,000 tokens, on all cores, by the clock. The project
/// is in memory. *Cold* finds sentences and tokens, which are kept; *warm* has them.
fn agreement(table: &mut Table) {
    let project = generate::team(&["ana", "ben", "eva"], 1000, 6000);
    let ids = active_annotators(&project);
    let ask = |draws: usize, segments: &SegmentCache| {
        let question = Question { draws, ..Question::new(ids.clone()) };
        Cost::of(|| measure(&project, &question, segments, &()).expect("figures")).0
    };
    let cold: Vec<Cost> = (0..5).map(|_| ask(0, &SegmentCache::default())).collect();
    let kept = SegmentCache::default();
    ask(0, &kept);
    let warm: Vec<Cost> = (0..9).map(|_| ask(0, &kept)).collect();
    let drawn: Vec<Cost> = (0..5).map(|_| ask(DRAWS, &kept)).collect();
    let what = "agreement of 3 annotators, 1,000 documents, 1,000,000 tokens, all measures";
    table.add(&format!("{what}: cold"), By::Clock, &cold, None);
    table.add(&format!("{what}: warm"), By::Clock, &warm, Some(300.0));
    table.add(&format!("{what}: warm, with 2,000 draws"), By::Clock, &drawn, Some(2000.0));
}

/// Frames of the Agreement screen while the pointer moves, with many annotators and many categories.
fn agreement_screen(table: &mut Table, dir: &Path) {
    for (annotators, categories) in [(3, 20), (100, 20), (3, 500), (3, 1500), (100, 500)] {
        let folder = dir.join(format!("crowd-{annotators}-{categories}"));
        // Fewer than ten documents have no intervals, whose computation takes long.
        generate::crowd(&folder, annotators, categories, 4);
        let mut window = Window::open(&folder);
        window.settle();
        window.change(|session| session.show_screen(Screen::Agreement));
        let fresh = |window: &Window| window.session().agreement().result().is_some();
        while !fresh(&window) {
            window.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(10));
        }
        window.settle();
        let to = |at: usize| pos2(20.0 + (at * 37 % 1200) as f32, 60.0 + (at * 53 % 700) as f32);
        let costs: Vec<Cost> = (0..200).map(|at| window.frame(vec![Event::PointerMoved(to(at))])).collect();
        let what =
            format!("Agreement screen, {annotators} annotators, {categories} categories: pointer moves");
        table.add(&what, By::Thread, &costs, Some(4.0));
    }
}

/// Another text for a document of 10 MB with 100,000 spans: reading, comparing and finding all spans on a worker, with the CPU
/// time of the whole process, and putting it in place on the window's thread.
fn update(table: &mut Table, folder: &Path) {
    let mut session = Session::open(folder, Env::system(|| {})).expect("a project");
    session.finish_jobs();
    session.read_all();
    let document = session.project().documents()[0].clone();
    let old = document.text.as_ref().expect("a text").as_str();
    for (kind, make) in versions::KINDS {
        let source = NewTextSource::Pasted(make(old));
        let (compared, ()) = Cost::of(|| {
            session.perform(UpdateAction::Compare(document.id().clone(), source));
            session.finish_jobs();
        });
        let total = session.text_update().expect("compared").total();
        eprintln!("{kind}: {total:?}");
        let (placed, ()) = Cost::of(|| session.perform(UpdateAction::Apply(Default::default())));
        session.undo();
        let what = format!("10 MB with 100,000 spans, {kind}");
        table.add(&format!("{what}: compared"), By::Clock, &[compared], None);
        table.add(&format!("{what}: put in place"), By::Thread, &[placed], None);
    }
}

/// Memory of a process of its own that shows the document and scrolls in it.
fn memory(table: &mut Table, folder: &Path) {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).arg("--memory").arg(folder).output().expect("a process");
    let figures = String::from_utf8_lossy(&output.stdout).into_owned();
    let figures: Vec<f64> = figures.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
    let [now, most] = figures.as_slice() else { panic!("no figures: {output:?}") };
    table.add_memory("10 MB: memory with the document shown", *now, Some(150.0));
    table.add_memory("10 MB: most memory on the way there", *most, None);
}

fn print_memory(folder: &Path) {
    let mut window = Window::open(folder);
    window.settle();
    for _ in 0..50 {
        window.press(Key::PageDown, Modifiers::NONE);
    }
    window.settle();
    println!("{} {}", memory_mb("VmRSS"), memory_mb("VmHWM"));
}
