//! The font that documents are set in, which the system may have to be asked for.

use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{Context, FontData};

use super::theme::{ReadingFont, install_fonts_with, installed_font};
use demarche_io::settings::{TextLook, Typeface};

/// The font that documents are set in.
#[derive(Default)]
pub(super) struct DocumentFont {
    shown: Option<(Typeface, String)>,
    /// The answer of the thread that looks for an installed font.
    answer: Option<Receiver<Option<FontData>>>,
}

impl DocumentFont {
    /// Sets documents in the font that was chosen. An installed one is looked for first.
    pub fn choose(&mut self, look: &TextLook, ctx: &Context) {
        let wanted = (look.typeface, look.font_name.clone());
        if self.shown.as_ref() == Some(&wanted) {
            return;
        }
        self.answer = None;
        let font = match look.typeface {
            Typeface::Serif => ReadingFont::Serif,
            Typeface::Sans => ReadingFont::Sans,
            Typeface::Mono => ReadingFont::Mono,
            Typeface::Installed => {
                self.answer = find(look.font_name.clone(), ctx.clone());
                ReadingFont::Serif
            }
        };
        // Until it is found, an installed font is that of the program if nothing is shown yet, or the one before.
        if look.typeface != Typeface::Installed || self.shown.is_none() {
            install_fonts_with(ctx, font);
        }
        self.shown = Some(wanted);
    }

    /// Takes in the font that was looked for. Returns the name of one that is not installed. To be called after the text
    /// was shown, since the font is there from the next pass on.
    pub fn take(&mut self, ctx: &Context) -> Option<String> {
        let found = match self.answer.as_ref()?.try_recv() {
            Ok(found) => found,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => None,
        };
        self.answer = None;
        let is_missing = found.is_none();
        install_fonts_with(ctx, found.map_or(ReadingFont::Serif, ReadingFont::Installed));
        ctx.request_repaint();
        self.shown
            .as_ref()
            .filter(|_| is_missing)
            .map(|(_, name)| name.clone())
            .filter(|name| !name.is_empty())
    }
}

/// Looks for an installed font on a thread.
fn find(name: String, ctx: Context) -> Option<Receiver<Option<FontData>>> {
    let (send, receive) = channel();
    let work = move || {
        // The window may have chosen another font by now.
        let _ = send.send(installed_font(&name));
        ctx.request_repaint();
    };
    std::thread::Builder::new().name("find font".to_owned()).spawn(work).ok()?;
    Some(receive)
}
