//! The difference at which the user stands: its readings side by side, what has become of it, and how to settle it.

use crate::theme::icons as m;
use egui::{Align, Layout, RichText, Ui};

use crate::page::lines;
use crate::panels::status::local_moment;
use crate::textview::Dash;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_analysis::differences::{Cluster, DifferenceKind, Settlement};
use demarche_model::{AnnotatorId, LayerId, SpanId, SpanRef};
use demarche_session::{CompareAction, DocumentComparison, NavigateAction, Session, Settling, Shown};

use super::reading::Beside;
use crate::commands::CommandId;
use crate::requests::Requests;

/// The keys that take a reading.
const KEYS: [&str; 4] = ["1", "2", "3", "4"];

/// Shows the difference.
pub(super) fn ui(ui: &mut Ui, session: &Session, compared: &DocumentComparison, requests: &mut Requests) {
    head(ui, session, compared, requests);
    let passage = session.current_difference().and_then(|at| compared.passage(at));
    let text = session.document().and_then(|document| document.text.clone());
    let (Some((cluster, settled)), Some(text)) = (passage, text) else {
        return widgets::empty_state(
            ui,
            "No difference is picked",
            "Press N for the next one, or click one in the list or in the text. Then 1 or 2 takes a reading, E both, L none.",
        );
    };
    buttons(ui, session, compared, cluster, settled, requests);
    ui.add_space(space::XS);
    egui::ScrollArea::vertical().id_salt("difference").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 2.0);
        became(ui, session, settled, requests);
        let beside = Beside::new(session, cluster, &text);
        let lines = lines(session);
        let dash =
            |id: &AnnotatorId| lines.iter().find(|(other, _)| other == id).map_or(Dash::Solid, |line| line.1);
        let readings: Vec<_> =
            compared.differences().annotators().iter().zip(&cluster.readings).enumerate().collect();
        for pair in readings.chunks(2) {
            ui.columns(2, |columns| {
                for (ui, (number, (annotator, span))) in columns.iter_mut().zip(pair) {
                    let key = KEYS.get(*number).copied().unwrap_or_default();
                    beside.ui(ui, key, annotator, dash(annotator), span.as_deref());
                }
            });
            ui.add_space(space::XS);
        }
        if session.adjudication_refusal().is_none() {
            widgets::weak(
                ui,
                "Or select words in the text and press the key of a category: that is drawn anew.",
            );
        }
    });
}

/// Which difference it is, and the way to the others.
fn head(ui: &mut Ui, session: &Session, compared: &DocumentComparison, requests: &mut Requests) {
    let rows = session.difference_rows();
    let here = session.current_difference();
    let kind = here
        .and_then(|at| compared.passage(at))
        .map(|(cluster, _)| cluster.kind.map_or("Agreed", DifferenceKind::name));
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        ui.label(RichText::new(kind.unwrap_or("Differences")).font(strong(size::HEADING)));
        if let Some(place) = rows.iter().position(|row| Some(row.at) == here) {
            widgets::weak(ui, format!("{} of {}", place + 1, widgets::count(rows.len())));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            if widgets::icon_button(ui, m::ICON_ARROW_DOWNWARD, "Next difference (N)").clicked() {
                requests.push(CommandId::NextDifference);
            }
            if widgets::icon_button(ui, m::ICON_ARROW_UPWARD, "Previous difference (P)").clicked() {
                requests.push(CommandId::PreviousDifference);
            }
        });
    });
}

fn buttons(
    ui: &mut Ui,
    session: &Session,
    compared: &DocumentComparison,
    cluster: &Cluster,
    settled: &Settlement,
    requests: &mut Requests,
) {
    if let Some(why) = session.adjudication_refusal() {
        widgets::weak(ui, format!("{why}."));
        return;
    }
    let settle = |how| CompareAction::Settle(how);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let readings = compared.differences().annotators().iter().zip(&cluster.readings).enumerate();
        for (number, (annotator, reading)) in readings {
            let key = KEYS.get(number).map_or(String::new(), |key| format!(" ({key})"));
            let name = session.project().name_of(annotator);
            let short = super::initials(session, annotator);
            if reading.is_none() || cluster.kind.is_none() && number > 0 {
                continue;
            }
            let text = if cluster.kind.is_none() { "Take it".to_owned() } else { format!("Take {short}") };
            let hint = format!("Put the reading of {name} into the consensus{key}");
            let button = ui.button((m::ICON_CHECK.rich_text().size(15.0), text));
            if button.on_hover_text(hint).clicked() {
                let how = if cluster.kind.is_none() { Settling::AdoptAll } else { Settling::Adopt(number) };
                requests.push(settle(how));
            }
        }
        let several = cluster.spans().count();
        if several > 1 && cluster.kind.is_some() {
            let text = if several == 2 { "Both" } else { "All" };
            let button = ui.button((m::ICON_DONE_ALL.rich_text().size(15.0), text));
            if button.on_hover_text("Put every reading into the consensus (E)").clicked() {
                requests.push(settle(Settling::AdoptAll));
            }
        }
        let leave = ui.button((m::ICON_BLOCK.rich_text().size(15.0), "Leave out"));
        if leave.on_hover_text("Put nothing of this into the consensus (L)").clicked() {
            requests.push(settle(Settling::Exclude));
        }
        if settled.is_settled() {
            let again = ui.button((m::ICON_UNDO.rich_text().size(15.0), "Open again"));
            if again.on_hover_text("Take back what was decided (R)").clicked() {
                requests.push(settle(Settling::Reopen));
            }
        }
    });
}

/// What has become of it.
fn became(ui: &mut Ui, session: &Session, settled: &Settlement, requests: &mut Requests) {
    match settled {
        Settlement::Open => {}
        Settlement::Excluded => {
            state(ui, m::ICON_BLOCK, &left_out(session));
            ui.add_space(space::XS);
        }
        Settlement::Adopted(spans) => {
            for span in spans.iter().take(4) {
                taken(ui, session, *span, requests);
            }
            ui.add_space(space::XS);
        }
    }
}

/// Who left it out, and when.
fn left_out(session: &Session) -> String {
    let review = session.document().and_then(|document| document.reviews.get(&AnnotatorId::consensus()));
    let at = session.selected_spans().iter().find_map(|at| review?.decisions.get(&at.span));
    let said = at.and_then(|decision| decision.comments.first());
    match said {
        Some(said) => {
            let who = session.project().name_of(&said.author);
            format!("Left out of the consensus by {who}, {}", local_moment(said.at))
        }
        None => "Left out of the consensus".to_owned(),
    }
}

fn state(ui: &mut Ui, icon: crate::theme::icons::MaterialIcon, text: &str) {
    let tokens = Tokens::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        ui.label(icon.rich_text().size(15.0).color(tokens.good));
        ui.label(RichText::new(text).size(size::SMALL));
    });
}

/// What the consensus has, where it comes from, and the way to change it.
fn taken(ui: &mut Ui, session: &Session, span: SpanId, requests: &mut Requests) {
    let Some(document) = session.document() else { return };
    let at = SpanRef { layer: LayerId::new(document.id(), &AnnotatorId::consensus()), span };
    let Some(found) = session.project().span(&at) else { return };
    let Some(provenance) = &found.provenance else { return };
    let name = session.project().codebook().name_of(&found.category);
    let who = session.project().name_of(&provenance.by);
    let text = format!(
        "In the consensus as {name}. {}; {who}, {}",
        session.describe_provenance(provenance),
        local_moment(provenance.at)
    );
    state(ui, m::ICON_CHECK, &text);
    for (whose, gone) in session.changed_since(document.id(), provenance) {
        let what = if gone { "has removed" } else { "has changed" };
        let colour = Tokens::of(ui).warning;
        ui.label(
            RichText::new(format!("{whose} {what} the passage since then.")).size(size::SMALL).color(colour),
        );
    }
    let edit = ui.button(RichText::new("Change it…").size(size::SMALL));
    if edit
        .on_hover_text(
            "Show this passage of the consensus on the Annotate screen, to change what is said of it",
        )
        .clicked()
    {
        requests.push(CommandId::ShowAnnotate);
        requests.push(NavigateAction::Show(Shown::One(AnnotatorId::consensus())));
        requests.push(NavigateAction::GoTo(at));
    }
}
