//! The keys of categories.

use egui::{Context, Event, Key};

use demarche_session::AnnotateAction;

use super::App;

impl App {
    /// Shift with a category's key tags the picked passage a second time. The key is taken by its place where the
    /// layout puts another sign there.
    pub(super) fn take_second_tags(&mut self, ctx: &Context) {
        let Some(session) = &mut self.session else { return };
        let mut found = None;
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else {
                    return true;
                };
                if !modifiers.matches_exact(egui::Modifiers::SHIFT) {
                    return true;
                }
                let hotkey = hotkey_of(physical_key.unwrap_or(*key)).or_else(|| hotkey_of(*key));
                let category = hotkey.and_then(|key| session.project().codebook().by_hotkey(key));
                found = category.map(|category| category.id.clone()).or(found.take());
                category.is_none()
            });
            if found.is_some() {
                input.events.retain(|event| !matches!(event, Event::Text(_)));
            }
        });
        if let Some(category) = found {
            session.perform(AnnotateAction::TagAlso(category));
        }
    }
}

fn hotkey_of(key: Key) -> Option<char> {
    let mut name = key.name().chars();
    match (name.next(), name.next()) {
        (Some(only), None) if only.is_ascii_alphanumeric() && only != '0' => Some(only.to_ascii_lowercase()),
        _ => None,
    }
}
