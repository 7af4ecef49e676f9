//! Copies words, passages and figures to the clipboard.

use egui::{ColorImage, Context, Event};

use demarche_session::Session;

use super::App;
use super::commands::{CommandId, CopyCommand};
use super::words::window as words;

impl App {
    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_copy(&mut self, command: CopyCommand, ctx: &Context) {
        let several = self.session.as_ref().is_some_and(|session| session.selected_spans().len() > 1);
        match command {
            CopyCommand::Text => self.copy_words(ctx, false),
            CopyCommand::Citation if several => self.copy_passages(ctx),
            CopyCommand::Citation => self.copy_words(ctx, true),
            CopyCommand::Passages => self.copy_passages(ctx),
            CopyCommand::Agreement => self.copy_agreement(ctx, false),
            CopyCommand::AgreementCsv => self.copy_agreement(ctx, true),
            CopyCommand::ViewTable => self.copy_table(ctx),
        }
    }

    /// Copies the selected words, or those of the current passage.
    fn copy_words(&self, ctx: &Context, cite: bool) {
        if let Some(words) = self.session.as_ref().and_then(|session| session.text_to_copy(cite)) {
            ctx.copy_text(words);
        }
    }

    /// Copies passages with their citations: the selected ones, or all that the table shows.
    fn copy_passages(&mut self, ctx: &Context) {
        let Some(session) = &mut self.session else { return };
        let cited = session.cite_passages();
        if cited.copied == 0 {
            return session.notify(words::nothing_to_copy());
        }
        ctx.copy_text(cited.text);
        session.notify(words::passages_copied(cited.copied, cited.omitted));
    }

    /// Copies the agreement figures.
    fn copy_agreement(&mut self, ctx: &Context, csv: bool) {
        let Some(session) = &mut self.session else { return };
        let text = if csv { session.agreement_csv() } else { session.agreement_text() };
        match text {
            Some(text) => {
                ctx.copy_text(text);
                session.notify(words::figures_copied());
            }
            None => session.notify(words::no_figures()),
        }
    }

    /// Copies the table of the view on the Analyse screen.
    fn copy_table(&mut self, ctx: &Context) {
        let Some(session) = &mut self.session else { return };
        match session.view_table_text() {
            Some(text) => {
                ctx.copy_text(text);
                session.notify(words::table_copied());
            }
            None => session.notify(words::no_table()),
        }
    }

    /// Puts a figure on the clipboard once it is drawn.
    pub(super) fn take_copied_figure(&mut self, ctx: &Context) {
        let Some(pixels) = self.session.as_mut().and_then(Session::take_copied_figure) else { return };
        let size = [pixels.width_px, pixels.height_px];
        ctx.copy_image(ColorImage::from_rgba_premultiplied(size, &pixels.rgba));
    }

    /// Handles Ctrl+C in the text.
    pub(super) fn take_copy(&mut self, ctx: &Context) {
        let copied = ctx.input_mut(|input| {
            let before = input.events.len();
            input.events.retain(|event| !matches!(event, Event::Copy));
            input.events.len() < before
        });
        if copied {
            self.run(CommandId::Copy);
        }
    }
}
