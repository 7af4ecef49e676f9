//! Banners above the text: errors, conflicts, and what waits for a decision.

use egui::Ui;

use crate::commands::{CommandId, DialogCommand};
use crate::requests::Requests;
use crate::theme::icons as m;
use crate::theme::{Tokens, size, space};
use crate::words::banners as words;
use crate::{keys, widgets};
use demarche_analysis::context::shorten;
use demarche_model::{ConflictKind, Detached, DetachedReason, DocumentId, SpanRef, Status};
use demarche_session::{
    Action, AnnotateAction, DocumentAction, MergeAction, NavigateAction, ProjectAction, Session, Shown, Tone,
};

/// Shows the banners of the project and the open document.
pub fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    if let Some(why) = session.read_only() {
        banner(ui, tokens.warning, m::ICON_LOCK, &why, |ui| {
            if !session.is_identified() && ui.button(words::choose_identity()).clicked() {
                requests.push(CommandId::Identity);
            }
            if session.may_take_over() && ui.button(words::take_over()).clicked() {
                requests.push(ProjectAction::WorkAs { name: session.me().to_string() });
            }
        });
    }
    for fault in session.faults() {
        banner(ui, tokens.error, m::ICON_ERROR, &fault, |ui| {
            if session.save_fault().is_none() {
                return;
            }
            for (name, command) in
                [(words::try_again(), CommandId::Save), (words::save_as(), CommandId::SaveAs)]
            {
                if ui.button(name).on_hover_text(command.command().help).clicked() {
                    requests.push(command);
                }
            }
        });
    }
    for notice in session.notices() {
        let (colour, icon) = match notice.tone {
            Tone::Plain => continue,
            Tone::Lasting => (tokens.accent, m::ICON_HISTORY),
            Tone::Error => (tokens.error, m::ICON_ERROR),
        };
        banner(ui, colour, icon, &keys::in_sentence(ui.ctx(), &notice.text), |ui| {
            if widgets::icon_button(ui, m::ICON_CLOSE, words::dismiss()).clicked() {
                requests.push(Action::DismissNotice(notice.serial));
            }
            if let Some(document) = &notice.reopens
                && ui.button(words::reopen()).on_hover_text(words::reopen_hint()).clicked()
            {
                requests.push(DocumentAction::SetStatus(document.clone(), Status::InProgress));
                requests.push(Action::DismissNotice(notice.serial));
            }
        });
    }
    blind_line(ui, session);
    changed_elsewhere_banner(ui, session, requests);
    sync_conflict_banner(ui, session, requests);
    detached_banners(ui, session, requests);
    if !session.problems().is_empty() && session.document().is_some() {
        let text = words::problems(session.problems().len());
        banner(ui, tokens.warning, m::ICON_WARNING, &text, |ui| {
            if ui.button(words::show()).clicked() {
                requests.push(DialogCommand::Problems);
            }
        });
    }
}

/// Explains why other people's passages are hidden although the user has selected them.
fn blind_line(ui: &mut Ui, session: &Session) {
    let Some(document) = session.document() else { return };
    let others = document.layers.keys().any(|owner| owner != session.me());
    if *session.shown() == Shown::Mine || !others || !session.is_blind_in(document.id()) {
        return;
    }
    ui.horizontal(|ui| {
        let tokens = Tokens::of(ui);
        ui.label(m::ICON_VISIBILITY_OFF.rich_text().size(15.0).color(tokens.text_weak));
        widgets::weak(ui, keys::in_sentence(ui.ctx(), words::blind()));
    });
    ui.add_space(space::XS);
}

/// Shows that a layer of the user was also changed on another machine.
fn changed_elsewhere_banner(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(layer) = session.changed_elsewhere().next() else { return };
    let document = session.project().document(&layer.document);
    let text = words::changed_elsewhere(document.map_or("", |document| &document.meta.title));
    banner(ui, Tokens::of(ui).warning, m::ICON_CALL_MERGE, &text, |ui| {
        if ui.button(words::merge()).on_hover_text(words::merge_layer_hint()).clicked() {
            requests.push(MergeAction::Elsewhere(layer.clone()));
        }
    });
}

/// Shows a conflict copy that a synchronising program has left.
fn sync_conflict_banner(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(copy) = session.conflict_copies().next() else { return };
    let more = session.conflict_copies().count() - 1;
    let text = words::sync_conflict(&copy.display().to_string(), more);
    banner(ui, Tokens::of(ui).warning, m::ICON_CALL_MERGE, &text, |ui| {
        if ui.button(words::merge()).on_hover_text(words::merge_copy_hint()).clicked() {
            requests.push(MergeAction::Copy(copy.to_owned()));
        }
    });
}

/// Shows the user's passages that are not in the text: in doubt, in conflict, or unplaced.
fn detached_banners(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(document) = session.document() else { return };
    let Some(layer) = document.layer(session.me()) else { return };
    in_doubt_banner(ui, session, document.id(), requests);
    let conflict = |detached: &Detached| matches!(detached.reason, DetachedReason::Conflict(_));
    if let Some((key, detached)) = layer.detached().find(|(_, detached)| conflict(detached)) {
        return conflict_banner(ui, session, document.id(), key, detached, requests);
    }
    // Passages in doubt since the text was updated have a banner of their own.
    let mut others = layer.detached().filter(|(_, d)| !matches!(d.reason, DetachedReason::TextChanged(_)));
    let Some((key, detached)) = others.next() else { return };
    let quote = detached.claim.as_ref().map(|claim| shorten(&claim.quote.shown(), 60));
    let text = words::unplaced(1 + others.count(), quote.as_deref());
    banner(ui, Tokens::of(ui).warning, m::ICON_LINK_OFF, &text, |ui| {
        if ui.button(words::remove_it()).clicked() {
            requests.push(AnnotateAction::Discard { document: document.id().clone(), key });
        }
        if ui.button(words::place_it()).on_hover_text(words::place_it_hint()).clicked() {
            requests.push(AnnotateAction::Repair { document: document.id().clone(), key });
        }
    });
}

/// Shows a passage that two copies of the layer have changed in different ways.
fn conflict_banner(
    ui: &mut Ui,
    session: &Session,
    document: &DocumentId,
    key: u32,
    detached: &Detached,
    requests: &mut Requests,
) {
    let Some(claim) = &detached.claim else { return };
    let quote = shorten(&claim.quote.shown(), 50);
    let removed = detached.reason == DetachedReason::Conflict(ConflictKind::Removed);
    let text = if removed {
        words::removed_conflict(&quote)
    } else {
        let category = session.project().codebook().name_of(&claim.span.category).to_owned();
        let values = claim.span.attributes.values().map(ToString::to_string);
        let note = Some(claim.span.note.clone()).filter(|note| !note.is_empty());
        let values: Vec<String> = std::iter::once(category).chain(values).chain(note).collect();
        words::changed_conflict(&quote, &values)
    };
    banner(ui, Tokens::of(ui).warning, m::ICON_CALL_MERGE, &text, |ui| {
        if ui.button(words::keep_this()).on_hover_text(words::keep_this_hint()).clicked() {
            requests.push(AnnotateAction::Discard { document: document.clone(), key });
        }
        let (name, hint) = if removed {
            (words::remove_it(), words::remove_conflict_hint())
        } else {
            (words::use_other(), words::use_other_hint())
        };
        if ui.button(name).on_hover_text(hint).clicked() {
            requests.push(AnnotateAction::Repair { document: document.clone(), key });
        }
        if ui.button(words::show()).on_hover_text(words::show_conflict_hint()).clicked() {
            let at = SpanRef { layer: session.my_layer(document), span: claim.span.id };
            requests.push(NavigateAction::GoTo(at));
        }
    });
}

/// Shows passages whose position is in doubt since the text was updated.
fn in_doubt_banner(ui: &mut Ui, session: &Session, document: &DocumentId, requests: &mut Requests) {
    let count = session.pending_count(document);
    if count == 0 {
        return;
    }
    banner(ui, Tokens::of(ui).warning, m::ICON_RULE, &words::in_doubt(count), |ui| {
        if ui.button(words::resolve()).on_hover_text(words::resolve_hint()).clicked() {
            requests.push(CommandId::PassagesInDoubt);
        }
    });
}

/// Shows a coloured box with an icon and text; `buttons` are shown on the right.
fn banner(
    ui: &mut Ui,
    colour: egui::Color32,
    icon: m::MaterialIcon,
    text: &str,
    buttons: impl FnOnce(&mut Ui),
) {
    let frame = egui::Frame::new()
        .fill(colour.gamma_multiply(0.12))
        .corner_radius(size::RADIUS)
        .inner_margin(space::S);
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(icon.rich_text().size(17.0).color(colour));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                buttons(ui);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(text).wrap());
                });
            });
        });
    });
    ui.add_space(space::XS);
}
