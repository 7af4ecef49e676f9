//! Copies words, passages and figures to the clipboard.

use egui::{Context, Event};

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
