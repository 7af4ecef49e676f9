//! The clipboard: words and passages out, texts in.

use egui::{Context, Event};

use super::App;
use super::widgets::{count, plural};
use demarche_session::{ExchangeAction, Session};

impl App {
    /// Puts passages with their citations into the clipboard: the chosen ones, or what the table shows.
    pub(super) fn copy_passages(&mut self, ctx: &Context) {
        let Some(session) = &mut self.session else { return };
        let cited = session.cite_passages();
        if cited.copied == 0 {
            return session.notify("No passage to copy: choose some rows of the passages");
        }
        ctx.copy_text(cited.text);
        session.notify(if cited.left_out == 0 {
            format!("Copied with citation: {}", plural(cited.copied, "passage"))
        } else {
            format!(
                "Copied the first {}; {} more are too many for the clipboard. Export them instead",
                plural(cited.copied, "passage"),
                count(cited.left_out)
            )
        });
    }

    /// Puts the figures of agreement into the clipboard.
    pub(super) fn copy_agreement(&mut self, ctx: &Context, csv: bool) {
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

    pub(super) fn take_pasted(&mut self, ctx: &Context) {
        if ctx.text_edit_focused() || self.dialog.is_some() {
            return;
        }
        let pasted = ctx.input_mut(|input| {
            let at = input.events.iter().position(|event| matches!(event, Event::Paste(_)))?;
            Some(input.events.remove(at))
        });
        let (Some(Event::Paste(text)), Some(session)) = (pasted, &mut self.session) else { return };
        // The system takes Ctrl+Shift+V for a paste too, so that it never comes as a key.
        if std::mem::take(&mut self.pasting) || ctx.input(|input| input.modifiers.shift) {
            self.act(ExchangeAction::ImportText(text).into());
        } else {
            session.notify("Texts are not changed here; Ctrl+Shift+V makes a document of the clipboard");
        }
    }

    /// Ctrl+C in the text.
    pub(super) fn take_copy(&mut self, ctx: &Context) {
        let copied = ctx.input_mut(|input| {
            let before = input.events.len();
            input.events.retain(|event| !matches!(event, Event::Copy));
            input.events.len() < before
        });
        if copied && let Some(session) = &mut self.session {
            session.run("edit.copy");
        }
    }
}

/// Puts the selected words, or those of the picked passage, into the clipboard.
pub(super) fn copy(ctx: &Context, session: &Session, cite: bool) {
    if let Some(words) = session.words_to_copy(cite) {
        ctx.copy_text(words);
    }
}
