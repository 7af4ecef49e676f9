//! The way from moves without a value to the inspector, where it is filled in.

use egui::{Link, RichText, TextWrapMode, Ui};

use super::sentence;
use crate::commands::CommandId;
use crate::keys;
use crate::requests::Requests;
use crate::theme::{Tokens, size};
use crate::words::analyse as words;
use demarche_model::{AttributeId, Meaning};
use demarche_session::{AnalyseAction, Behind, ListedPassages, ReadingFound, Session, Unspecified};

/// Shows a link for each attribute that some moves of a reading do not specify.
pub(super) fn links(
    ui: &mut Ui,
    session: &Session,
    at: usize,
    reading: &ReadingFound,
    requests: &mut Requests,
) {
    // A link is not split between two lines.
    ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
    for unspecified in &reading.unspecified {
        let text = words::fill_in(name(session, &unspecified.attribute));
        sentence::separator(ui, &text);
        let hint = words::fill_in_hint(unspecified.passages.len());
        let hint = keys::in_sentence(ui.ctx(), &hint);
        let link = Link::new(RichText::new(text).size(size::SMALL).color(Tokens::of(ui).accent));
        if ui.add(link).on_hover_text(hint).clicked() {
            start(session, at, unspecified, requests);
        }
    }
}

/// Shows a button for what none of the listed passages specifies.
pub(super) fn of_listed(ui: &mut Ui, session: &Session, listed: &ListedPassages, requests: &mut Requests) {
    let Some(attribute) = &listed.unspecified else { return };
    let key = keys::display(ui.ctx(), CommandId::FillIn);
    let button = egui::Button::new(words::fill_in(name(session, attribute))).shortcut_text(key);
    if ui.add(button).on_hover_text(CommandId::FillIn.command().help).clicked() {
        requests.push(CommandId::FillIn);
    }
}

/// Shows a button for what few moves specify.
pub(super) fn button(
    ui: &mut Ui,
    session: &Session,
    (at, reading): (usize, &ReadingFound),
    meaning: &Meaning,
    requests: &mut Requests,
) {
    let Some((def, _)) = session.project().codebook().meaning(meaning) else { return };
    let unspecified = reading.unspecified.iter().find(|one| one.attribute == def.id);
    let Some(unspecified) = unspecified else { return };
    if ui.button(words::fill_in(&def.name)).clicked() {
        start(session, at, unspecified, requests);
    }
}

/// Lists the moves without a value, and goes to the first one to fill it in.
pub(super) fn start(session: &Session, reading: usize, unspecified: &Unspecified, requests: &mut Requests) {
    let title = words::without(name(session, &unspecified.attribute));
    let passages = unspecified.passages.clone();
    requests.push(AnalyseAction::Show(Behind { title, reading, passages }));
    requests.push(CommandId::FillIn);
}

fn name<'a>(session: &'a Session, attribute: &'a AttributeId) -> &'a str {
    let known = session.project().codebook().attribute(attribute);
    known.map_or(attribute.as_str(), |known| known.name.as_str())
}
