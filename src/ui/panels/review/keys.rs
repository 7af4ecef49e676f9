//! Keys of the queue while it has the keyboard focus. Single letters decide, as a reviewer decides on hundreds of passages.

use egui::{Event, EventFilter, Key, Ui};

use super::ReviewPanel;
use crate::commands::{CommandId, FocusCommand};
use crate::requests::{Request, Requests};

impl ReviewPanel {
    /// Handles the keys of this frame.
    pub(super) fn keys(&mut self, ui: &Ui, requests: &mut Requests) {
        if !ui.memory(|memory| memory.has_focus(Self::queue_id())) || egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(Self::queue_id(), filter));
        ui.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Key { key, pressed: true, modifiers, .. } if !modifiers.any() => match request(*key) {
                    Some(request) => {
                        requests.push(request);
                        false
                    }
                    None => true,
                },
                _ => true,
            });
        });
    }
}

/// Returns the request of a key.
fn request(key: Key) -> Option<Request> {
    let command = match key {
        Key::A => CommandId::Accept,
        Key::R => CommandId::Reject,
        Key::D => CommandId::Dispute,
        Key::P => CommandId::Propose,
        Key::C => CommandId::Comment,
        Key::W => CommandId::WithdrawDecision,
        Key::N | Key::J | Key::ArrowDown => CommandId::NextReview,
        Key::B | Key::K | Key::ArrowUp => CommandId::PreviousReview,
        Key::Enter => return Some(FocusCommand::Text.into()),
        _ => return None,
    };
    Some(command.into())
}
