//! Drawing without a graphics card: fewer and cheaper frames.
//!
//! On virtual machines and remote desktops OpenGL is computed on the CPU, where a frame of the whole window costs ten
//! times as much as everything else. So a notch of the wheel is one frame there instead of a smooth movement over
//! several, nothing is animated, and edges are not smoothed.

use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Context, Event, Modifiers, MouseWheelUnit, RawInput, Shadow, TouchPhase, Vec2};

use demarche_io::settings::RenderingChoice;

/// The shortest time between the starts of two frames without a graphics card: no screen shows more.
const FRAME: Duration = Duration::from_millis(16);
/// CPU time of a frame that suggests that there is no graphics card. With one, a frame takes a millisecond or two.
const COSTLY: Duration = Duration::from_millis(8);
/// The greatest width and height of a texture, in pixels. Enough for ten thousands of glyphs.
const TEXTURE_SIDE: usize = 4096;
/// The number of frames to judge by.
const FRAMES: u32 = 40;

/// How the window is drawn.
#[derive(Default)]
pub struct Rendering {
    choice: RenderingChoice,
    is_software: bool,
    /// Movement of the wheel that the next pass has to follow, in points.
    wheel: Vec2,
    costs: FrameCosts,
    last_frame: Option<Instant>,
}

impl Rendering {
    /// Decides by the user's choice and, if that leaves it open, by what the system has.
    pub fn new(choice: RenderingChoice) -> Self {
        let is_software = match choice {
            RenderingChoice::Automatic => !has_graphics_card(),
            RenderingChoice::Software => true,
            RenderingChoice::Hardware => false,
        };
        Self { choice, is_software, ..Self::default() }
    }

    /// Returns whether frames are drawn by the CPU.
    pub fn is_software(&self) -> bool {
        self.is_software
    }

    /// Makes frames cheap if the CPU draws them.
    pub fn apply(&self, ctx: &Context) {
        if !self.is_software {
            return;
        }
        ctx.options_mut(|options| options.tessellation_options.feathering = false);
        ctx.all_styles_mut(|style| {
            style.animation_time = 0.0;
            style.visuals.window_shadow = Shadow::NONE;
            style.visuals.popup_shadow = Shadow::NONE;
        });
    }

    /// Waits before a frame that would come sooner than the screen can show it.
    pub fn pace(&mut self) {
        if self.is_software {
            let passed = self.last_frame.map_or(FRAME, |last| last.elapsed());
            std::thread::sleep(FRAME.saturating_sub(passed));
            self.last_frame = Some(Instant::now());
        }
    }

    /// Takes the movements of the wheel out of the input of a pass. egui would spread each over several frames, and
    /// draw one more after every event.
    pub fn take_wheel(&mut self, ctx: &Context, input: &mut RawInput) {
        if self.is_software {
            let line_pt = ctx.options(|options| options.input_options.line_scroll_speed);
            input.events.retain(|event| match movement(event, line_pt) {
                Some(movement) => {
                    self.wheel += movement;
                    false
                }
                None => true,
            });
        }
    }

    /// Moves what is under the pointer by what the wheel was turned, within a pass.
    pub fn turn_wheel(&mut self, ctx: &Context) {
        let wheel = std::mem::take(&mut self.wheel);
        if wheel != Vec2::ZERO {
            ctx.input_mut(|input| input.smooth_scroll_delta += wheel);
        }
    }

    /// Judges by the CPU time of frames that there is no graphics card. `is_busy` says that other threads work as well.
    pub fn watch(&mut self, ctx: &Context, is_busy: bool) {
        if self.is_software || self.choice != RenderingChoice::Automatic {
            return;
        }
        if self.costs.are_high(process_time(), is_busy) {
            self.is_software = true;
            self.apply(ctx);
        }
    }
}

/// Limits the size of textures. egui gives the picture of all glyphs that width from the start: two megabytes, and as many in
/// the graphics card.
pub fn limit_textures(input: &mut RawInput) {
    input.max_texture_side = input.max_texture_side.map(|side| side.min(TEXTURE_SIDE));
}

/// Returns how far an event of the wheel moves what is under the pointer, in points. `None` for any other event, and for
/// those that zoom or scroll sideways.
fn movement(event: &Event, line_pt: f32) -> Option<Vec2> {
    let Event::MouseWheel { unit, delta, phase: TouchPhase::Move, modifiers: Modifiers::NONE, .. } = event
    else {
        return None;
    };
    match unit {
        MouseWheelUnit::Line => Some(*delta * line_pt),
        MouseWheelUnit::Point => Some(*delta),
        MouseWheelUnit::Page => None,
    }
}

/// The CPU time of the latest frames.
#[derive(Default)]
struct FrameCosts {
    /// CPU time of the process when the last frame began.
    before: Option<Duration>,
    frames: u32,
    costly: u32,
}

impl FrameCosts {
    /// Counts the frame that has just ended. Returns whether most frames are costly.
    fn are_high(&mut self, now: Option<Duration>, is_busy: bool) -> bool {
        let before = std::mem::replace(&mut self.before, now);
        let (Some(before), Some(now), false) = (before, now, is_busy) else { return false };
        self.frames += 1;
        self.costly += u32::from(now.saturating_sub(before) > COSTLY);
        if self.frames < FRAMES {
            return false;
        }
        let are_high = self.costly > FRAMES * 3 / 4;
        (self.frames, self.costly) = (0, 0);
        are_high
    }
}

/// Returns whether the system seems to have a graphics card, without asking OpenGL.
fn has_graphics_card() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let forced =
        std::env::var("LIBGL_ALWAYS_SOFTWARE").is_ok_and(|value| matches!(value.as_str(), "1" | "true"));
    !forced && has_render_node(Path::new("/dev/dri"))
}

/// Returns whether a folder has the device of a graphics card that computes.
fn has_render_node(folder: &Path) -> bool {
    let is_node = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with("renderD");
    std::fs::read_dir(folder).is_ok_and(|entries| entries.flatten().any(is_node))
}

/// Returns the CPU time of all threads so far.
#[cfg(unix)]
fn process_time() -> Option<Duration> {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(u64::try_from(now.tv_sec).ok()?, u32::try_from(now.tv_nsec).ok()?))
}

#[cfg(not(unix))]
fn process_time() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{MouseWheelSource, vec2};

    fn notch(unit: MouseWheelUnit, lines: f32, modifiers: Modifiers) -> Event {
        let (delta, phase, source) = (vec2(0.0, lines), TouchPhase::Move, MouseWheelSource::Wheel);
        Event::MouseWheel { unit, delta, phase, source, modifiers }
    }

    /// Shows a frame; returns how far it scrolled, and whether another is due at once.
    fn frame(rendering: &mut Rendering, ctx: &Context, events: Vec<Event>) -> (f32, bool) {
        let mut input = RawInput { events, ..RawInput::default() };
        rendering.take_wheel(ctx, &mut input);
        let mut scrolled = 0.0;
        let output = ctx.run_ui(input, |ui| {
            rendering.turn_wheel(ui.ctx());
            scrolled = ui.input(|input| input.smooth_scroll_delta.y);
        });
        let again = output.viewport_output.values().any(|viewport| viewport.repaint_delay.is_zero());
        output.drop_without_applying_deltas();
        (scrolled, again)
    }

    fn settled() -> Context {
        let ctx = Context::default();
        for _ in 0..5 {
            frame(&mut Rendering::default(), &ctx, Vec::new());
        }
        ctx
    }

    #[test]
    fn a_notch_is_one_frame_without_a_graphics_card_and_several_with_one() {
        let notches = || vec![notch(MouseWheelUnit::Line, -1.0, Modifiers::NONE); 2];
        let ctx = settled();
        let mut software = Rendering::new(RenderingChoice::Software);
        let line_pt = ctx.options(|options| options.input_options.line_scroll_speed);
        assert_eq!(frame(&mut software, &ctx, notches()), (-2.0 * line_pt, false));
        assert_eq!(frame(&mut software, &ctx, Vec::new()), (0.0, false));
        let ctx = settled();
        let mut hardware = Rendering::new(RenderingChoice::Hardware);
        let (scrolled, again) = frame(&mut hardware, &ctx, notches());
        assert!(scrolled > -2.0 * line_pt && again);
    }

    #[test]
    fn a_wheel_that_zooms_or_turns_by_pages_is_left_to_egui() {
        for event in [
            notch(MouseWheelUnit::Line, 1.0, Modifiers::COMMAND),
            notch(MouseWheelUnit::Line, 1.0, Modifiers::SHIFT),
            notch(MouseWheelUnit::Page, 1.0, Modifiers::NONE),
        ] {
            assert_eq!(movement(&event, 40.0), None, "{event:?}");
        }
    }

    #[test]
    fn a_graphics_card_has_a_render_node() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(!has_render_node(&folder.path().join("dri")));
        std::fs::write(folder.path().join("card0"), "").expect("written");
        assert!(!has_render_node(folder.path()));
        std::fs::write(folder.path().join("renderD128"), "").expect("written");
        assert!(has_render_node(folder.path()));
    }

    #[test]
    fn costly_frames_are_noticed_unless_something_else_is_at_work() {
        let run = |frame_ms: u64, is_busy: bool| {
            let mut costs = FrameCosts::default();
            (0..100).any(|frame| costs.are_high(Some(Duration::from_millis(frame * frame_ms)), is_busy))
        };
        assert_eq!((run(15, false), run(15, true), run(2, false)), (true, false, false));
        assert!(!FrameCosts::default().are_high(None, false));
    }
}
