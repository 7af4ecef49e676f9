//! What is put into the clipboard: words, passages, figures.

use egui::{Context, Event};

use super::App;
use super::commands::{CommandId, CopyCommand};
use super::widgets::{count, plural};

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

    /// The selected words, or those of the picked passage.
    fn copy_words(&self, ctx: &Context, cite: bool) {
        if let Some(words) = self.session.as_ref().and_then(|session| session.text_to_copy(cite)) {
            ctx.copy_text(words);
        }
    }

    /// Passages with their citations: the chosen ones, or what the table shows.
    fn copy_passages(&mut self, ctx: &Context) {
        let Some(session) = &mut self.session else { return };
        let cited = session.cite_passages();
        if cited.copied == 0 {
            return session.notify("No passage to copy: choose some rows of the passages");
        }
        ctx.copy_text(cited.text);
        session.notify(if cited.omitted == 0 {
            format!("Copied with citation: {}", plural(cited.copied, "passage"))
        } else {
            format!(
                "Copied the first {}; {} more are too many for the clipboard. Export them instead",
                plural(cited.copied, "passage"),
                count(cited.omitted)
            )
        });
    }

    /// The figures of agreement.
    fn copy_agreement(&mut self, ctx: &Context, csv: bool) {
        let Some(session) = &mut self.session else { return };
        let text = if csv { session.agreement_csv() } else { session.agreement_text() };
        match text {
            Some(text) => {
                ctx.copy_text(text);
                session.notify("Copied the figures of agreement");
            }
            None => session.notify("Nothing is computed yet"),
        }
    }

    /// Ctrl+C in the text.
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
