//! The current difference: its readings side by side, how it was settled, and the buttons that settle it.

use crate::keymap::Keymap;
use crate::theme::icons::{self as m, MaterialIcon};
use egui::{Align, Layout, RichText, Ui};

use crate::page::dash_of;
use crate::theme::{Tokens, size, space, strong};
use crate::words::compare as words;
use crate::words::time::local_moment;
use crate::{keys, widgets};
use demarche_analysis::differences::{Cluster, Settlement};
use demarche_model::{AnnotatorId, Decision, SpanId, SpanRef};
use demarche_session::{CompareAction, DocumentComparison, NavigateAction, Session, Settling, Shown};

use super::reading::ReadingCards;
use crate::commands::CommandId;
use crate::requests::Requests;

/// Most passages of the consensus shown for a difference.
const ADOPTED: usize = 4;

/// The keys that use a reading, by the position of its annotator in the project.
const KEYS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// Returns the key of a person; `None` from the tenth on.
pub(super) fn key_of(session: &Session, annotator: &AnnotatorId) -> Option<&'static str> {
    KEYS.get(session.coder_position(annotator)?).copied()
}

/// Shows the difference.
pub(super) fn ui(ui: &mut Ui, session: &Session, compared: &DocumentComparison, requests: &mut Requests) {
    head(ui, session, compared, requests);
    let passage = session.current_difference().and_then(|at| compared.passage(at));
    let text = session.document().and_then(|document| document.text.clone());
    let (Some((cluster, settled)), Some(text)) = (passage, text) else {
        let keymap = Keymap::of(ui.ctx());
        let keys = [CommandId::NextDifference, CommandId::UseFirst, CommandId::UseSecond, CommandId::UseAll];
        let [next, first, second, all] = keys.map(|id| keymap.in_words(id));
        let leave_out = keymap.in_words(CommandId::LeaveOut);
        let hint = words::no_difference_hint(&next, [&first, &second, &all], &leave_out);
        return widgets::empty_state(ui, words::no_difference(), &hint);
    };
    buttons(ui, session, compared, cluster, settled, requests);
    ui.add_space(space::XS);
    egui::ScrollArea::vertical().id_salt("difference").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 2.0);
        settlement(ui, session, settled, requests);
        let cards = ReadingCards::new(session, cluster, &text);
        let readings: Vec<_> = compared.differences().annotators().iter().zip(&cluster.readings).collect();
        for pair in readings.chunks(2) {
            ui.columns(2, |columns| {
                for (ui, (annotator, span)) in columns.iter_mut().zip(pair) {
                    let key = key_of(session, annotator).unwrap_or_default();
                    cards.ui(ui, key, annotator, dash_of(session, annotator), span.as_deref());
                }
            });
            ui.add_space(space::XS);
        }
        if session.adjudication_refusal().is_none() {
            widgets::weak(ui, words::new_passage_hint());
        }
    });
}

/// Shows the kind and number of the difference, and the buttons that go to the others.
fn head(ui: &mut Ui, session: &Session, compared: &DocumentComparison, requests: &mut Requests) {
    let rows = session.difference_rows();
    let here = session.current_difference();
    let kind = here.and_then(|at| compared.passage(at)).map(|(cluster, _)| words::kind(cluster.kind));
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        ui.label(RichText::new(kind.unwrap_or(words::differences())).font(strong(size::HEADING)));
        if let Some(position) = rows.iter().position(|row| Some(row.at) == here) {
            widgets::weak(ui, words::number(position, rows.len()));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            for (icon, name, command) in [
                (m::ICON_ARROW_DOWNWARD, words::next(), CommandId::NextDifference),
                (m::ICON_ARROW_UPWARD, words::previous(), CommandId::PreviousDifference),
            ] {
                if widgets::icon_button(ui, icon, &keys::with_shortcut(ui.ctx(), name, command)).clicked() {
                    requests.push(command);
                }
            }
        });
    });
}

/// Shows the buttons that settle the difference.
fn buttons(
    ui: &mut Ui,
    session: &Session,
    compared: &DocumentComparison,
    cluster: &Cluster,
    settled: &Settlement,
    requests: &mut Requests,
) {
    if let Some(why) = session.adjudication_refusal() {
        widgets::weak(ui, words::refusal(why));
        return;
    }
    if !session.text_selection().is_empty() {
        widgets::weak(ui, words::words_selected());
    }
    let settle = |how| CompareAction::Settle(how);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let readings = compared.differences().annotators().iter().zip(&cluster.readings).enumerate();
        for (number, (annotator, reading)) in readings {
            if reading.is_none() || cluster.kind.is_none() && number > 0 {
                continue;
            }
            let text = match cluster.kind {
                None => words::add().to_owned(),
                Some(_) => words::use_version(&super::initials(session, annotator)),
            };
            let hint =
                words::use_version_hint(session.project().name_of(annotator), key_of(session, annotator));
            let button = ui.button((m::ICON_CHECK.rich_text().size(15.0), text));
            if button.on_hover_text(hint).clicked() {
                let how = if cluster.kind.is_none() { Settling::AdoptAll } else { Settling::Adopt(number) };
                requests.push(settle(how));
            }
        }
        let several = cluster.spans().count();
        if several > 1 && cluster.kind.is_some() {
            let text = if several == 2 { words::use_both() } else { words::use_all() };
            let button = ui.button((m::ICON_DONE_ALL.rich_text().size(15.0), text));
            let hint = keys::with_shortcut(ui.ctx(), words::use_all_hint(), CommandId::UseAll);
            if button.on_hover_text(hint).clicked() {
                requests.push(settle(Settling::AdoptAll));
            }
        }
        let leave_out = ui.button((m::ICON_BLOCK.rich_text().size(15.0), words::leave_out()));
        let hint = keys::with_shortcut(ui.ctx(), words::leave_out_hint(), CommandId::LeaveOut);
        if leave_out.on_hover_text(hint).clicked() {
            requests.push(settle(Settling::Exclude));
        }
        if settled.is_settled() {
            let reopen = ui.button((m::ICON_UNDO.rich_text().size(15.0), words::reopen()));
            let hint = keys::with_shortcut(ui.ctx(), words::reopen_hint(), CommandId::ReopenDifference);
            if reopen.on_hover_text(hint).clicked() {
                requests.push(settle(Settling::Reopen));
            }
        }
    });
}

/// Shows how the difference was settled.
fn settlement(ui: &mut Ui, session: &Session, settled: &Settlement, requests: &mut Requests) {
    match settled {
        Settlement::Open => {}
        Settlement::Contradicted(spans) => {
            let colour = Tokens::of(ui).warning;
            ui.label(RichText::new(words::contradicted()).size(size::SMALL).color(colour));
            for span in spans.iter().take(ADOPTED) {
                adopted(ui, session, *span, requests);
            }
            if exclusion(session).is_some() {
                state(ui, m::ICON_BLOCK, &left_out(session));
            }
            ui.add_space(space::XS);
        }
        Settlement::Excluded => {
            state(ui, m::ICON_BLOCK, &left_out(session));
            ui.add_space(space::XS);
        }
        Settlement::Adopted(spans) => {
            for span in spans.iter().take(ADOPTED) {
                adopted(ui, session, *span, requests);
            }
            ui.add_space(space::XS);
        }
    }
}

/// The record of a reading of the current difference that was left out.
fn exclusion(session: &Session) -> Option<&Decision> {
    let is_selected = |span: SpanId| session.selected_spans().iter().any(|at| at.span == span);
    let mut decisions = session.document()?.consensus_decisions();
    decisions.find(|decision| is_selected(decision.span)).map(|decision| &**decision)
}

/// Describes a difference that was left out: by whom, and when.
fn left_out(session: &Session) -> String {
    match exclusion(session).and_then(|decision| decision.comments.first()) {
        Some(comment) => {
            let who = session.project().name_of(&comment.author);
            words::left_out(Some((who, &local_moment(comment.at))))
        }
        None => words::left_out(None),
    }
}

fn state(ui: &mut Ui, icon: MaterialIcon, text: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.label(icon.rich_text().size(15.0).color(tokens.good));
        ui.label(RichText::new(text).size(size::SMALL));
    });
}

/// Shows a passage of the consensus, where it comes from, and the button that edits it.
fn adopted(ui: &mut Ui, session: &Session, span: SpanId, requests: &mut Requests) {
    let Some(document) = session.document() else { return };
    let Some(layer) = document.consensus_layer_of(span) else { return };
    let at = SpanRef { layer, span };
    let Some(found) = session.project().span(&at) else { return };
    let Some(provenance) = &found.provenance else { return };
    let name = session.project().codebook().name_of(&found.category);
    let who = session.project().name_of(&provenance.by);
    let origin = session.describe_provenance(provenance);
    let text = words::in_consensus(name, &origin, who, &local_moment(provenance.at));
    state(ui, m::ICON_CHECK, &text);
    for (who, removed) in session.changed_since(document.id(), provenance) {
        let text = words::changed_since(&who, removed);
        ui.label(RichText::new(text).size(size::SMALL).color(Tokens::of(ui).warning));
    }
    let edit = ui.button(RichText::new(words::edit()).size(size::SMALL));
    if edit.on_hover_text(words::edit_hint()).clicked() {
        requests.push(CommandId::ShowAnnotate);
        requests.push(NavigateAction::Show(Shown::One(AnnotatorId::consensus())));
        requests.push(NavigateAction::GoTo(at));
    }
}
