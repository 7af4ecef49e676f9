//! A window without a screen: driven by events, seen through AccessKit.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use demarche::io::settings::Settings;
use demarche::session::{Action, Session};
use demarche::ui::App;
use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers, Pos2, Rect, ViewportCommand, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::session::CommandId;
use super::session::clock;
use super::strokes;

/// Longest that a test waits for what a worker does.
const PATIENCE: Duration = Duration::from_secs(20);

/// Demarche's window, 1280 × 800.
pub struct Window {
    pub harness: Harness<'static, Option<App>>,
    commands: Vec<ViewportCommand>,
}

/// As real platforms send Ctrl.
pub const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };

impl Window {
    /// Whether the list of documents has the keyboard.
    pub fn list_has_keyboard(&self) -> bool {
        self.harness.ctx.memory(|memory| memory.has_focus(egui::Id::unique("list of documents")))
    }

    /// A window on a project, once its documents have been read.
    pub fn on(root: &Path) -> Self {
        let (_, env) = clock();
        Self::with(Session::open(root, env).unwrap())
    }

    /// As [`Self::on`], with settings of the user.
    pub fn with_settings(root: &Path, settings: Settings) -> Self {
        let (_, env) = clock();
        Self::ready(Session::open(root, env).unwrap(), settings)
    }

    /// As [`Self::on`], with a session that is open already.
    pub fn with(session: Session) -> Self {
        Self::ready(session, Settings::default())
    }

    fn ready(session: Session, settings: Settings) -> Self {
        let mut window = Self::new(Some(session), settings);
        window.wait("documents are read", |window| {
            window.session().jobs().running().is_empty()
                && window.session().document().is_none_or(|d| d.is_loaded())
        });
        window.run();
        window
    }

    /// A window on the start page.
    pub fn at_start(settings: Settings) -> Self {
        let mut window = Self::new(None, settings);
        window.run();
        window
    }

    fn new(session: Option<Session>, settings: Settings) -> Self {
        let (send, receive) = std::sync::mpsc::channel();
        let start = move |ctx: &egui::Context| {
            let app = App::new(ctx, session, settings, false);
            send.send(app).unwrap();
        };
        let frame = move |ui: &mut egui::Ui, slot: &mut Option<App>| {
            let app = slot.get_or_insert_with(|| receive.recv().unwrap());
            app.logic(ui.ctx());
            app.frame(ui);
        };
        let builder = Harness::builder()
            .with_size([1280.0, 800.0])
            .with_accessibility_check(false)
            .with_context_setup(start);
        let harness = builder.build_ui_state(frame, None);
        Self { harness, commands: Vec::new() }
    }

    /// Whether a project is open.
    pub fn has_project(&self) -> bool {
        self.harness.state().as_ref().is_some_and(|app| app.session().is_some())
    }

    /// Carries out an action of the session.
    pub fn perform(&mut self, action: impl Into<Action>) {
        self.app().session_mut().unwrap().perform(action);
        self.run();
    }

    /// Drops a file on the window.
    pub fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
        self.run();
    }

    pub fn session(&self) -> &Session {
        self.harness.state().as_ref().unwrap().session().unwrap()
    }

    /// Runs a command, and shows frames until nothing changes any more.
    pub fn command(&mut self, id: CommandId) {
        self.app().run(id);
        self.run();
    }

    /// Shows another project in the window.
    pub fn open(&mut self, root: &Path) {
        let (_, env) = clock();
        let session = Session::open(root, env).unwrap();
        self.app().set_session(session);
        self.wait("documents are read", |window| window.session().jobs().running().is_empty());
        self.run();
    }

    /// Shows what is wrong with a damaged project, as when it could not be opened.
    pub fn show_damage(&mut self, path: &Path) {
        self.app().show_damage(path);
        self.run();
    }

    pub fn app(&mut self) -> &mut App {
        self.harness.state_mut().as_mut().unwrap()
    }

    /// Adds an event to the input of the next frame.
    pub fn event(&mut self, event: Event) {
        self.harness.input_mut().events.push(event);
    }

    /// Shows one frame, whose input goes the way that it goes in the real window.
    pub fn frame(&mut self) {
        let mut app = self.harness.state_mut().take();
        if let Some(app) = &mut app {
            let ctx = self.harness.ctx.clone();
            app.pass_on_input(&ctx, self.harness.input_mut());
        }
        *self.harness.state_mut() = app;
        self.harness.step();
        let output = self.harness.output().viewport_output.get(&ViewportId::ROOT);
        self.commands.extend(output.into_iter().flat_map(|output| output.commands.clone()));
    }

    /// Shows frames until no input is waiting, at least one.
    fn step(&mut self) {
        self.frame();
        while self.app().has_waiting_input() {
            self.frame();
        }
    }

    /// Takes in the events that wait, and lets the window settle.
    pub fn run(&mut self) {
        self.settle(6);
    }

    /// As [`Self::run`], with this number of frames in which nothing is waiting.
    pub fn settle(&mut self, frames: usize) {
        (0..frames).for_each(|_| self.step());
    }

    /// Goes on until `done` holds.
    #[track_caller]
    pub fn wait(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        loop {
            self.step();
            if done(self) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "{what}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// What the window has asked of the system.
    pub fn asked(&self, command: &ViewportCommand) -> bool {
        self.commands.contains(command)
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.input_mut().events.extend(strokes::press(modifiers, key));
        self.run();
    }

    /// Presses a key that writes a sign.
    pub fn write(&mut self, key: Key, sign: &str) {
        self.harness.input_mut().events.extend(strokes::write(key, sign));
        self.run();
    }

    /// Writes words where the keyboard is.
    pub fn type_text(&mut self, words: &str) {
        self.event(Event::Text(words.to_owned()));
        self.run();
    }

    /// Writes words into the field with this label, in place of what it has.
    #[track_caller]
    pub fn fill(&mut self, label: &str, words: &str) {
        let field = self.harness.get_by_role_and_label(Role::TextInput, label).rect().center();
        self.click_at(field);
        self.press(CTRL, Key::A);
        self.type_text(words);
    }

    /// Whether the choice with this label is made.
    pub fn is_chosen(&self, label: &str) -> bool {
        let choice = self.harness.get_by_role_and_label(Role::RadioButton, label);
        choice.accesskit_node().toggled() == Some(Toggled::True)
    }

    /// Drags the pointer from one place to another.
    pub fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.input_mut().events.extend(strokes::drag(from, to));
        self.run();
    }

    /// Clicks on what has this label: on a button, if one has; of several on the first.
    #[track_caller]
    pub fn click(&mut self, label: &str) {
        let buttons = self.harness.query_all_by_role_and_label(Role::Button, label);
        let found = buttons.chain(self.harness.query_all_by_label(label)).next();
        let found = found.map(|node| node.rect().center());
        let place = found.unwrap_or_else(|| panic!("“{label}” is shown:\n{}", self.labels().join("\n")));
        self.click_at(place);
    }

    pub fn click_at(&mut self, place: Pos2) {
        self.harness.input_mut().events.extend(strokes::click(place));
        self.run();
    }

    /// All that is written on the window or said by it.
    pub fn labels(&self) -> Vec<String> {
        let nodes = self.harness.query_all_by(|node| node.label().is_some() || node.value().is_some());
        let said = |node: egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            node.label().into_iter().chain(node.value()).collect::<Vec<String>>()
        };
        nodes.flat_map(said).collect()
    }

    /// Whether something says these words.
    pub fn says(&self, words: &str) -> bool {
        self.labels().iter().any(|label| label.contains(words))
    }

    /// The number that a row of the summary shows: of `Threat: 15 passages` the 15.
    #[track_caller]
    pub fn figure(&self, name: &str) -> usize {
        let labels = self.labels();
        let figure = labels.iter().find_map(|label| {
            let rest = label.strip_prefix(name)?.strip_prefix(": ")?;
            rest.strip_suffix("passages").or(rest.strip_suffix("passage"))?.trim().parse().ok()
        });
        figure.unwrap_or_else(|| panic!("the summary has a row for {name}:\n{}", labels.join("\n")))
    }

    /// Where the first row of the block that begins with these words stands.
    #[track_caller]
    pub fn block(&self, words: &str) -> Rect {
        let mut blocks = self.harness.query_all_by(|node| {
            node.role() == Role::Paragraph && node.value().is_some_and(|text| text.starts_with(words))
        });
        blocks.next().unwrap_or_else(|| panic!("“{words}” is in sight:\n{}", self.labels().join("\n"))).rect()
    }

    /// Selects words at the start of the block that begins with `words`, by dragging over its first row.
    pub fn select_in(&mut self, words: &str) {
        let block = self.block(words);
        let row = block.top() + 10.0;
        self.drag(Pos2::new(block.left() + 4.0, row), Pos2::new(block.left() + 160.0, row));
    }
}

/// A file as the system hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}
