//! What keys do while the queue has the keyboard: there single letters decide, since a reviewer does hundreds.

use egui::{Event, EventFilter, Key, Ui};

use demarche_session::{Action, Ask};

use super::ReviewPanel;
use crate::requests::Requests;

impl ReviewPanel {
    /// Takes the keys of this frame.
    pub(super) fn keys(&mut self, ui: &Ui, requests: &mut Requests) {
        if !ui.memory(|memory| memory.has_focus(Self::queue_id())) || egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(Self::queue_id(), filter));
        ui.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Key { key, pressed: true, modifiers, .. } if !modifiers.any() => match action(*key) {
                    Some(action) => {
                        requests.push(action);
                        false
                    }
                    None => true,
                },
                _ => true,
            });
        });
    }
}

fn action(key: Key) -> Option<Action> {
    let command = match key {
        Key::A => "review.accept",
        Key::R => "review.reject",
        Key::D => "review.dispute",
        Key::P => "review.propose",
        Key::C => "review.comment",
        Key::W => "review.withdraw",
        Key::N | Key::J | Key::ArrowDown => "review.next",
        Key::B | Key::K | Key::ArrowUp => "review.previous",
        Key::Enter => return Some(Action::Ask(Ask::FocusText)),
        _ => return None,
    };
    Some(Action::Run(command))
}
