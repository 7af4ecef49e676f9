//! Banners above the text: what is wrong, what waits for a decision, what is under way.

use crate::theme::icons as m;
use egui::Ui;

use crate::commands::{CommandId, DialogCommand};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_model::{ConflictKind, Detached, DetachedReason, DocumentId, SpanRef};
use demarche_session::{
    Action, AnnotateAction, LinkAction, MergeAction, NavigateAction, Session, Shown, Tone,
};

/// Banners: read-only, errors, records that could not be placed.
pub fn ui(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    if let Some(why) = session.read_only() {
        banner(ui, tokens.warning, m::ICON_LOCK, &why, |_| {});
    }
    for notice in session.notices().iter().filter(|notice| notice.tone == Tone::Error) {
        banner(ui, tokens.error, m::ICON_ERROR, &notice.text, |ui| {
            if widgets::icon_button(ui, m::ICON_CLOSE, "Dismiss").clicked() {
                requests.push(Action::DismissNotice(notice.serial));
            }
        });
    }
    blind_line(ui, session);
    elsewhere_banners(ui, session, requests);
    linking_banner(ui, session, requests);
    detached_banner(ui, session, requests);
    if !session.problems().is_empty() && session.document().is_some() {
        let text = format!(
            "{} found in this project's files.",
            widgets::plural(session.problems().len(), "problem")
        );
        banner(ui, tokens.warning, m::ICON_WARNING, &text, |ui| {
            if ui.button("Show").clicked() {
                requests.push(DialogCommand::Problems);
            }
        });
    }
}

/// Why others' passages are not shown, where the user has asked for them.
fn blind_line(ui: &mut Ui, session: &Session) {
    let Some(document) = session.document() else { return };
    let others = document.layers.keys().any(|owner| owner != session.me());
    if *session.shown() == Shown::Mine || !others || !session.is_blind_in(document.id()) {
        return;
    }
    ui.horizontal(|ui| {
        let tokens = Tokens::of(ui);
        ui.label(m::ICON_VISIBILITY_OFF.rich_text().size(15.0).color(tokens.text_weak));
        let text =
            "Blind: what others have tagged here is shown once you mark the document as done (Ctrl+Enter).";
        widgets::weak(ui, text);
    });
    ui.add_space(space::XS);
}

/// Files that somebody else has changed while they were being changed here, and what can be done about it.
fn elsewhere_banners(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let colour = Tokens::of(ui).warning;
    if let Some(layer) = session.changed_elsewhere().next() {
        let text = format!(
            "Your passages in “{}” were changed on another machine, too. They are saved here when the two are merged.",
            session.project().document(&layer.document).map_or("", |document| &document.meta.title)
        );
        banner(ui, colour, m::ICON_CALL_MERGE, &text, |ui| {
            let merge =
                ui.button("Merge").on_hover_text("Put both together, passage by passage; can be undone");
            if merge.clicked() {
                requests.push(MergeAction::Elsewhere(layer.clone()));
            }
        });
    }
    if let Some(copy) = session.conflict_copies().next() {
        let count = session.conflict_copies().count();
        let more = if count > 1 { format!(" ({} more)", count - 1) } else { String::new() };
        let text = format!(
            "A synchronising program has put a second version beside a file: {}{more}.",
            copy.display()
        );
        banner(ui, colour, m::ICON_CALL_MERGE, &text, |ui| {
            let hint = "Take in what it holds, field by field, and move it to the trash; can be undone";
            if ui.button("Merge").on_hover_text(hint).clicked() {
                requests.push(MergeAction::Copy(copy.to_owned()));
            }
        });
    }
}

/// From where a link is being made, and how to go on.
fn linking_banner(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(at) = session.link_start() else { return };
    let away = session.view_state().document.as_ref() != Some(&at.layer.document);
    let title = session.project().document(&at.layer.document).map(|document| document.meta.title.as_str());
    let place = title.filter(|_| away).map_or(String::new(), |title| format!(" in {title}"));
    let text = format!(
        "Linking from {}{place}. Pick the other passage, then Ctrl+M; Escape ends.",
        session.span_name(at)
    );
    banner(ui, Tokens::of(ui).accent, m::ICON_LINK, &text, |ui| {
        if widgets::icon_button(ui, m::ICON_CLOSE, "Make no link (Escape)").clicked() {
            requests.push(LinkAction::Cancel);
        }
        if ui.button("Go back").on_hover_text("Show the passage from which the link starts").clicked() {
            requests.push(NavigateAction::GoTo(at.clone()));
        }
    });
}

fn detached_banner(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let Some(document) = session.document() else { return };
    let Some(layer) = document.layer(session.me()) else { return };
    waiting_banner(ui, session, document.id(), requests);
    let conflict = |detached: &Detached| matches!(detached.reason, DetachedReason::Conflict(_));
    if let Some((key, detached)) = layer.detached().find(|(_, detached)| conflict(detached)) {
        return conflict_banner(ui, session, document.id(), key, detached, requests);
    }
    // What waits since the text has changed has a banner of its own.
    let mut others = layer.detached().filter(|(_, d)| !matches!(d.reason, DetachedReason::TextChanged(_)));
    let Some((key, detached)) = others.next() else { return };
    let count = 1 + others.count();
    let quote = detached
        .claim
        .as_ref()
        .map(|claim| format!(" First: “{}”.", demarche_analysis::context::shorten(&claim.quote, 60)));
    let text = format!(
        "{} of yours could not be placed in this text; they are kept as they are.{}",
        widgets::plural(count, "passage"),
        quote.unwrap_or_default()
    );
    banner(ui, Tokens::of(ui).warning, m::ICON_LINK_OFF, &text, |ui| {
        if ui.button("Remove it").clicked() {
            requests.push(AnnotateAction::Discard { document: document.id().clone(), key });
        }
        let place = ui.button("Place it").on_hover_text("Put it where its words stand; can be undone");
        if place.clicked() {
            requests.push(AnnotateAction::Repair { document: document.id().clone(), key });
        }
    });
}

/// A passage that two copies of the layer have changed, each in its own way, and what can become of it.
fn conflict_banner(
    ui: &mut Ui,
    session: &Session,
    document: &DocumentId,
    key: u32,
    detached: &Detached,
    requests: &mut Requests,
) {
    let Some(claim) = &detached.claim else { return };
    let quote = demarche_analysis::context::shorten(&claim.quote, 50);
    let removed = detached.reason == DetachedReason::Conflict(ConflictKind::Removed);
    let text = if removed {
        format!("Merged: “{quote}” was changed in one copy and removed in the other.")
    } else {
        let category = session.project().codebook().name_of(&claim.span.category).to_owned();
        let values = claim.span.attributes.values().map(ToString::to_string);
        let note = Some(claim.span.note.clone()).filter(|note| !note.is_empty());
        let says: Vec<String> = std::iter::once(category).chain(values).chain(note).collect();
        format!(
            "Merged: two copies differ on this passage. The other one says “{quote}”: {}.",
            says.join(", ")
        )
    };
    banner(ui, Tokens::of(ui).warning, m::ICON_CALL_MERGE, &text, |ui| {
        if ui.button("Keep this").on_hover_text("Keep the passage as it is; can be undone").clicked() {
            requests.push(AnnotateAction::Discard { document: document.clone(), key });
        }
        let (name, hint) = if removed {
            ("Remove it", "Remove the passage and its links; can be undone")
        } else {
            ("Take the other", "Make the passage what the other copy says; can be undone")
        };
        if ui.button(name).on_hover_text(hint).clicked() {
            requests.push(AnnotateAction::Repair { document: document.clone(), key });
        }
        let at = SpanRef { layer: session.my_layer(document), span: claim.span.id };
        if ui.button("Show").on_hover_text("Go to the passage").clicked() {
            requests.push(NavigateAction::GoTo(at));
        }
    });
}

/// Passages whose place is in doubt since the text has changed.
fn waiting_banner(ui: &mut Ui, session: &Session, document: &DocumentId, requests: &mut Requests) {
    let count = session.pending_count(document);
    if count == 0 {
        return;
    }
    let text = format!(
        "{} of yours {} in doubt since the text has changed; the old words are kept.",
        widgets::plural(count, "passage"),
        if count == 1 { "is" } else { "are" }
    );
    banner(ui, Tokens::of(ui).warning, m::ICON_RULE, &text, |ui| {
        if ui.button("Decide…").on_hover_text("Accept, correct or remove them one by one").clicked() {
            requests.push(CommandId::PassagesInDoubt);
        }
    });
}

fn banner(
    ui: &mut Ui,
    colour: egui::Color32,
    icon: crate::theme::icons::MaterialIcon,
    text: &str,
    right: impl FnOnce(&mut Ui),
) {
    let frame = egui::Frame::new()
        .fill(colour.gamma_multiply(0.12))
        .corner_radius(size::RADIUS)
        .inner_margin(space::S);
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(icon.rich_text().size(17.0).color(colour));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                right(ui);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(text).wrap());
                });
            });
        });
    });
    ui.add_space(space::XS);
}
