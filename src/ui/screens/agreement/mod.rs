//! The Agreement screen: figures of agreement between annotators. Clicking a figure shows its passages.

mod arranged;
mod choices;
mod confusion;
mod documents;
mod figures;
mod groups;
mod over_rounds;
mod pairs;
mod points;

use egui::{CentralPanel, Frame, Margin, Panel, RichText, ScrollArea, Ui};

use crate::keys;
use crate::panels::banners;
use crate::sides::{self, Side};
use crate::theme::{Tokens, size, space, strong};
use crate::widgets::{self, Along};
use crate::words::{agreement as words, grammar};
use demarche_analysis::later_changes::LaterChange;
use demarche_model::{AnnotatorId, Project};
use demarche_session::{Action, AgreementAction, AgreementResult, Session};

use super::Around;
use crate::commands::{CommandId, CopyCommand};
use crate::requests::Requests;
use groups::GroupFigures;

/// The greatest number of annotators named in the heading.
const NAMED: usize = 6;

/// Width of the explanation of a table of categories, in points.
const EXPLANATION: f32 = 760.0;
/// Width of the explanation of a table of pairs or documents, in points.
const EXPLANATION_ASIDE: f32 = 560.0;
/// Size of the spinner, in points.
const SPINNER: f32 = 14.0;

/// The state of the screen between frames.
#[derive(Default)]
pub struct AgreementScreen {
    /// The passages that a click on a figure shows.
    click: choices::Click,
    groups: groups::Groups,
    choices: choices::Choices,
}

impl AgreementScreen {
    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, around: &mut Around<'_>, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let mut open = around.settings.left_open;
        let frame =
            Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(space::M as i8, space::S as i8));
        let sides = around.divide(ui.available_width(), sides::AGREEMENT, false);
        if sides.has(Side::Left) || !open {
            let widths = sides.left.unwrap_or(sides::AGREEMENT.left);
            widgets::panel_size(ui, "agreement left", Along::Width, 250.0, widths);
            let left = Panel::left("agreement left").size_range(widths).frame(frame);
            left.show_collapsible(ui, &mut open, |ui| {
                self.choices.ui(ui, session, &mut self.click, requests);
            });
            around.settings.left_open = open;
        }
        let page =
            Frame::new().fill(tokens.page).inner_margin(Margin::symmetric(space::L as i8, space::S as i8));
        CentralPanel::default().frame(page).show(ui, |ui| {
            banners::ui(ui, session, requests);
            self.centre(ui, session, requests);
        });
    }

    fn centre(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        if session.agreement_annotators().len() < 2 {
            return too_few(ui, session);
        }
        let Some(result) = session.agreement().result() else {
            return waiting(ui, session, requests);
        };
        head(ui, session, result, requests);
        if result.agreement.compared.is_empty() {
            ui.add_space(ui.available_height() * 0.2);
            return widgets::empty_state(ui, words::no_common_document(), words::no_common_document_hint());
        }
        self.groups.ui(ui, session, result);
        let click = self.click;
        let shown = self.groups.shown(result);
        let width = ui.available_width();
        ScrollArea::both().id_salt("figures").auto_shrink(false).show(ui, |ui| {
            if width < shown_width(&shown) + space::XL + aside_width(result) {
                tables(ui, width, session, result, &shown, click, requests);
                aside(ui, session, result, &shown, requests);
            } else {
                ui.horizontal_top(|ui| {
                    ui.vertical(|ui| tables(ui, 0.0, session, result, &shown, click, requests));
                    ui.add_space(space::XL);
                    ui.vertical(|ui| aside(ui, session, result, &shown, requests));
                });
            }
            ui.add_space(space::XL);
        });
    }
}

/// Shows the tables of categories in as many columns as fit into `room` points, and below them the confusion matrices.
fn tables(
    ui: &mut Ui,
    room: f32,
    session: &Session,
    result: &AgreementResult,
    shown: &GroupFigures<'_>,
    click: choices::Click,
    requests: &mut Requests,
) {
    let columns = figures::columns(shown.tables, room);
    ui.horizontal_top(|ui| {
        for (column, width) in columns {
            ui.vertical(|ui| {
                ui.set_max_width(width);
                for table in column {
                    ui.scope(|ui| figures::table(ui, session, table, click, requests));
                }
            });
            ui.add_space(space::XL);
        }
    });
    for confusion in shown.confusions {
        ui.scope(|ui| confusion::table(ui, session, &result.agreement, confusion, requests));
    }
}

/// Shows the tables of pairs and documents: next to the others if there is room, and below them otherwise.
fn aside(
    ui: &mut Ui,
    session: &Session,
    result: &AgreementResult,
    shown: &GroupFigures<'_>,
    requests: &mut Requests,
) {
    for matrix in shown.pairs {
        ui.scope(|ui| pairs::table(ui, session, result, matrix));
    }
    if shown.is_all {
        ui.scope(|ui| documents::table(ui, session, result, requests));
        ui.scope(|ui| over_rounds::ui(ui, session, requests));
    }
}

/// Returns the width that the tables of categories take, and their explanations.
fn shown_width(shown: &GroupFigures<'_>) -> f32 {
    let tables = shown.tables.iter().map(figures::width).fold(EXPLANATION, f32::max);
    shown.confusions.iter().fold(tables, |width, confusion| width.max(confusion::width(confusion)))
}

/// Returns the width that the tables of pairs and documents take, and their explanations.
fn aside_width(result: &AgreementResult) -> f32 {
    let people = pairs::width(result.agreement.question.annotators.len());
    people.max(documents::width(&result.agreement)).max(EXPLANATION_ASIDE)
}

/// Returns the name of an annotator or of the consensus.
fn name(project: &Project, id: &AnnotatorId) -> String {
    match project.annotator(id) {
        Some(annotator) => annotator.name.clone(),
        None if id.is_consensus() => words::consensus().to_owned(),
        None => id.to_string(),
    }
}

/// Returns the names of annotators: `Ana, Ben and Eva`.
fn people(project: &Project, ids: &[AnnotatorId]) -> String {
    let names: Vec<String> = ids.iter().map(|id| name(project, id)).collect();
    grammar::list(&names)
}

/// Shows that agreement needs two annotators.
fn too_few(ui: &mut Ui, session: &Session) {
    ui.add_space(ui.available_height() * 0.25);
    let hint = match session.agreement_candidates().as_slice() {
        [] => words::no_tags_hint().to_owned(),
        [one] => words::one_annotator(&name(session.project(), one)),
        _ => words::select_two().to_owned(),
    };
    widgets::empty_state(ui, words::two_needed(), &hint);
}

/// Says which layers count, and who is missing where: a line, with the documents on hover.
fn absences(ui: &mut Ui, session: &Session, result: &AgreementResult) {
    let agreement = &result.agreement;
    let missing = agreement.absences.iter().filter(|absences| !absences.is_empty());
    let shown: Vec<String> = missing
        .take(NAMED)
        .map(|absences| words::missing(&name(session.project(), &absences.annotator), absences))
        .collect();
    if agreement.done_only || !shown.is_empty() {
        widgets::weak(ui, words::layers_counted(agreement.done_only, &shown));
    }
}

/// Shows the progress until there are figures.
fn waiting(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    ui.add_space(ui.available_height() * 0.3);
    if session.agreement().progress().is_some() || session.is_reading_layers() {
        ui.vertical_centered(|ui| {
            ui.add(egui::Spinner::new().size(SPINNER));
            widgets::weak(ui, progress(ui, session));
            if ui.button(words::cancel()).clicked() {
                requests.push(Action::CancelJobs);
            }
        });
        return;
    }
    widgets::empty_state(ui, words::not_computed(), words::not_computed_hint());
    ui.vertical_centered(|ui| compute_button(ui, words::compute(), requests));
}

/// Returns the progress, and shows it again soon.
fn progress(ui: &Ui, session: &Session) -> String {
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
    let fraction = session.agreement().progress().and_then(|progress| progress.fraction());
    words::progress(session.is_reading_layers(), fraction)
}

fn compute_button(ui: &mut Ui, name: &str, requests: &mut Requests) {
    let command = CommandId::ComputeAgreement;
    let hint = keys::with_shortcut(ui.ctx(), command.command().help, command);
    if ui.button(name).on_hover_text(hint).clicked() {
        requests.push(command);
    }
}

/// Shows the annotators, the documents that count and those that don't, and the buttons.
fn head(ui: &mut Ui, session: &Session, result: &AgreementResult, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let agreement = &result.agreement;
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let all = &agreement.question.annotators;
        let named = all.len() <= NAMED;
        let title =
            if named { people(session.project(), all) } else { words::annotators_compared(all.len()) };
        let title = ui.label(RichText::new(title).font(strong(size::HEADING)).color(tokens.text));
        if !named {
            title.on_hover_ui(|ui| drop(ui.label(people(session.project(), all))));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let report = CommandId::AgreementReport.command();
            if ui.button(words::report()).on_hover_text(report.help).clicked() {
                requests.push(report.id);
            }
            for (name, hint, command) in [
                (words::copy_csv(), words::copy_csv_hint(), CopyCommand::AgreementCsv),
                (words::copy_tables(), words::copy_tables_hint(), CopyCommand::Agreement),
            ] {
                if ui.button(name).on_hover_text(hint).clicked() {
                    requests.push(command);
                }
            }
            if session.agreement().progress().is_some() {
                // From right to left, as the buttons next to it.
                if ui.button(words::cancel()).clicked() {
                    requests.push(Action::CancelJobs);
                }
                widgets::weak(ui, progress(ui, session));
                ui.add(egui::Spinner::new().size(SPINNER));
            } else if !session.agreement_is_fresh() {
                compute_button(ui, words::recompute(), requests);
                ui.label(RichText::new(words::outdated()).color(tokens.warning));
            }
        });
    });
    let annotators = agreement.question.annotators.len();
    let (compared, excluded) = (agreement.compared.len(), agreement.left_out);
    widgets::weak(ui, words::documents_compared(annotators, compared, excluded, result.unread));
    absences(ui, session, result);
    if result.hidden > 0 {
        let text = words::hidden(result.hidden);
        ui.label(RichText::new(text).size(size::SMALL).color(tokens.warning));
    }
    later_changes(ui, session, requests);
    ui.add_space(space::S);
}

/// Shows how many passages were changed late; each number lists them.
fn later_changes(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let count = |why| session.later_changes(why).unwrap_or(0);
    let found = LaterChange::ALL.map(|why| (why, count(why)));
    if found.iter().all(|(_, count)| *count == 0) {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        widgets::weak(ui, words::changed_later());
        for (why, count) in found.into_iter().filter(|(_, count)| *count > 0) {
            let link = ui.link(RichText::new(words::later(why, count)).size(size::SMALL));
            if link.on_hover_text(words::later_hint(why)).clicked() {
                requests.push(AgreementAction::ShowLaterChanges(why));
            }
        }
    });
}
