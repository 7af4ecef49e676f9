//! The user's preferences: theme, zoom, text, selections, saving and imports.

use egui::{Context, Event, MouseWheelUnit, Theme, ThemePreference};

use demarche_io::settings::{Settings, ThemeChoice};
use demarche_session::Session;

use super::App;
use super::commands::{SettingCommand, Step};
use super::keymap::Keymap;
use super::words::{settings, shortcuts};

/// A step of the interface's zoom.
const ZOOM_STEP: f32 = 0.1;

/// Distance that two fingers move on a trackpad for a step of the text size, in points.
const TRACKPAD_STEP: f32 = 40.0;

impl App {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_setting(&mut self, command: SettingCommand, ctx: &Context) {
        let settings = &mut self.settings;
        match command {
            SettingCommand::TextSize(to) => {
                settings.text_size = to.from(settings.text_size, 1.0, Settings::default().text_size);
            }
            SettingCommand::Zoom(to) => settings.zoom = to.from(settings.zoom, ZOOM_STEP, 1.0),
            SettingCommand::Theme(choice) => settings.theme = choice,
            SettingCommand::ToggleSnap => settings.snap = !settings.snap,
            SettingCommand::ToggleSelectSentences => settings.select_sentences = !settings.select_sentences,
            SettingCommand::TogglePreview => settings.preview = !settings.preview,
            SettingCommand::PreviewImports(shown) => settings.preview = shown,
            SettingCommand::HideSampleBanner => settings.sample_banner = false,
            SettingCommand::ExportFormat(name) => settings.export_format = Some(name.to_owned()),
            SettingCommand::KeepOriginals(keep) => settings.keep_originals = keep,
        }
        self.apply_settings(ctx);
    }

    /// Replaces the settings by those of the settings page.
    pub(super) fn put_settings(&mut self, settings: Settings, ctx: &Context) {
        self.settings = settings;
        self.apply_settings(ctx);
        if self.remember {
            self.settings.write();
        }
    }

    /// Brings window and session into line with the settings.
    pub(super) fn apply_settings(&mut self, ctx: &Context) {
        self.settings.clamp();
        ctx.options_mut(|options| options.fallback_theme = Theme::Light);
        ctx.set_theme(match self.settings.theme {
            ThemeChoice::Light => ThemePreference::Light,
            ThemeChoice::Dark => ThemePreference::Dark,
            ThemeChoice::System => ThemePreference::System,
        });
        ctx.set_zoom_factor(self.settings.zoom);
        self.document_font.choose(&self.settings.look, ctx);
        self.apply_shortcuts(ctx);
        if let Some(session) = &mut self.session {
            configure(session, &self.settings);
        }
    }

    /// Makes the shortcuts of the settings those of the window. What is wrong with them is said once.
    fn apply_shortcuts(&mut self, ctx: &Context) {
        let changes = &self.settings.shortcuts;
        if self.keymap_of.as_ref() == Some(changes) {
            return;
        }
        let (keymap, problems) = Keymap::new(changes);
        keymap.install(ctx);
        let is_first = self.keymap_of.replace(changes.clone()).is_none();
        if is_first && !problems.is_empty() {
            self.say(shortcuts::problems(problems.len()));
        }
    }

    /// Takes in the font that was looked for.
    pub(super) fn take_font(&mut self, ctx: &Context) {
        if let Some(missing) = self.document_font.take(ctx) {
            self.say(settings::missing_font(&missing));
        }
    }

    /// Notifies the user of something that is wrong, once there is a project.
    fn say(&mut self, text: String) {
        match &mut self.session {
            Some(session) => session.notify_error(text),
            None => self.unsaid.push(text),
        }
    }

    /// Changes the text size by the wheel with Ctrl.
    pub(super) fn take_wheel(&mut self, ctx: &Context) {
        let steps: f32 = ctx.input(|input| input.events.iter().filter_map(wheel_steps).sum());
        self.wheel_steps += steps;
        // Whole points, since each size lays the text out again.
        let whole = self.wheel_steps.trunc();
        if whole != 0.0 {
            self.wheel_steps -= whole;
            self.settings.text_size += whole;
            self.settings.clamp();
        }
    }
}

/// Tells a session what the user prefers.
pub(super) fn configure(session: &mut Session, settings: &Settings) {
    session.keep_originals(settings.keep_originals);
    session.keep_pdfs(settings.keep_pdfs);
    session.save_after(settings.autosave_s);
}

/// Returns the steps of the text size that the wheel makes: one for each notch.
fn wheel_steps(event: &Event) -> Option<f32> {
    let Event::MouseWheel { unit, delta, modifiers, .. } = event else { return None };
    let is_plain = modifiers.command && !modifiers.alt && !modifiers.shift;
    is_plain.then(|| match unit {
        MouseWheelUnit::Point => delta.y / TRACKPAD_STEP,
        MouseWheelUnit::Line | MouseWheelUnit::Page => delta.y.clamp(-1.0, 1.0).round(),
    })
}

impl Step {
    /// Returns a value after the step.
    fn from(self, value: f32, step: f32, default: f32) -> f32 {
        match self {
            Self::Up => value + step,
            Self::Down => value - step,
            Self::Default => default,
        }
    }
}
