//! The real window without a screen: input goes in, triangles come out, nothing is uploaded to a graphics card.

use std::path::Path;
use std::time::Duration;

use demarche::session::{Action, Env, Session};
use demarche::ui::{App, Settings};
use egui::{Context, Event, FullOutput, Key, Modifiers, RawInput, Rect, Vec2, pos2, vec2};

use super::measure::Cost;

/// Size of the window in points, at one pixel per point.
pub const SIZE: Vec2 = vec2(1280.0, 800.0);

/// A window on a project.
pub struct Window {
    pub app: App,
    pub size: Vec2,
    ctx: Context,
    time: f64,
}

impl Window {
    /// Opens a project, whose documents are read on a worker. Shows no frame yet.
    pub fn open(folder: &Path) -> Self {
        let ctx = Context::default();
        let wake = ctx.clone();
        let session = Session::open(folder, Env::system(move || wake.request_repaint())).expect("a project");
        Self { app: App::new(&ctx, Some(session), Settings::default(), false), size: SIZE, ctx, time: 0.0 }
    }

    /// The open project.
    pub fn session(&self) -> &Session {
        self.app.session().expect("a project")
    }

    /// One frame, from input to triangles.
    pub fn frame(&mut self, events: Vec<Event>) -> Cost {
        self.time += 1.0 / 60.0;
        let input = input(self.size, self.time, events);
        let (cost, ()) = Cost::of(|| {
            let output = self.ctx.run_ui(input, |ui| {
                self.app.logic(ui.ctx());
                self.app.frame(ui);
            });
            finish(&self.ctx, output);
        });
        cost
    }

    /// A frame in which a key is pressed.
    pub fn press(&mut self, key: Key, modifiers: Modifiers) -> Cost {
        self.frame(vec![Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }])
    }

    /// Carries out an action and shows the frame after it.
    pub fn act(&mut self, action: impl Into<Action>) -> Cost {
        self.change(|session| session.perform(action))
    }

    /// Changes the session and shows the frame after that.
    pub fn change(&mut self, change: impl FnOnce(&mut Session)) -> Cost {
        let (acted, ()) = Cost::of(|| change(self.app.session_mut().expect("a project")));
        let shown = self.frame(Vec::new());
        Cost {
            thread: acted.thread + shown.thread,
            process: acted.process + shown.process,
            clock: acted.clock + shown.clock,
        }
    }

    /// Shows frames until the document is there. Gives the costs of all of them; the last one shows the text first.
    pub fn until_shown(&mut self) -> Vec<Cost> {
        let mut costs = Vec::new();
        loop {
            costs.push(self.frame(Vec::new()));
            if self.session().document().is_some_and(|document| document.is_loaded()) {
                return costs;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Shows frames until no job runs and the text has been measured.
    pub fn settle(&mut self) {
        self.until_shown();
        for _ in 0..20 {
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(10));
        }
        while !self.session().jobs().running().is_empty() {
            self.frame(Vec::new());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// What a window of this size hands to egui at this time (s).
pub fn input(size: Vec2, time: f64, events: Vec<Event>) -> RawInput {
    RawInput {
        screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), size)),
        time: Some(time),
        focused: true,
        events,
        ..RawInput::default()
    }
}

/// Makes triangles of a frame and lets them go.
pub fn finish(ctx: &Context, mut output: FullOutput) {
    let shapes = std::mem::take(&mut output.shapes);
    std::hint::black_box(ctx.tessellate(shapes, output.pixels_per_point));
    output.drop_without_applying_deltas();
}
