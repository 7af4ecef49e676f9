//! The user's preferences: text size, theme, selections and imports.

use egui::{Context, Theme, ThemePreference};

use demarche_io::settings::ThemeChoice;

use super::App;
use super::commands::{SettingCommand, TextSize};
use super::theme::size;

/// Font sizes that the user can choose, in points.
const TEXT_SIZES_PT: std::ops::RangeInclusive<f32> = 10.0..=32.0;

impl App {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_setting(&mut self, command: SettingCommand, ctx: &Context) {
        match command {
            SettingCommand::TextSize(to) => self.set_text_size(to),
            SettingCommand::Theme(choice) => {
                self.settings.theme = choice;
                self.apply_theme(ctx);
            }
            SettingCommand::ToggleSnap => self.settings.snap = !self.settings.snap,
            SettingCommand::ToggleSelectSentences => {
                self.settings.select_sentences = !self.settings.select_sentences;
            }
            SettingCommand::TogglePreview => self.settings.preview = !self.settings.preview,
            SettingCommand::PreviewImports(shown) => self.settings.preview = shown,
            SettingCommand::ExportFormat(name) => self.settings.export_format = Some(name.to_owned()),
            SettingCommand::KeepOriginals(keep) => {
                self.settings.keep_originals = keep;
                if let Some(session) = &mut self.session {
                    session.keep_originals(keep);
                }
            }
        }
    }

    fn set_text_size(&mut self, to: TextSize) {
        let size = match to {
            TextSize::Larger => self.settings.text_size + 1.0,
            TextSize::Smaller => self.settings.text_size - 1.0,
            TextSize::Default => size::READING,
        };
        self.settings.text_size = size.clamp(*TEXT_SIZES_PT.start(), *TEXT_SIZES_PT.end());
    }

    pub(super) fn apply_theme(&self, ctx: &Context) {
        ctx.options_mut(|options| options.fallback_theme = Theme::Light);
        ctx.set_theme(match self.settings.theme {
            ThemeChoice::Light => ThemePreference::Light,
            ThemeChoice::Dark => ThemePreference::Dark,
            ThemeChoice::System => ThemePreference::System,
        });
    }
}
