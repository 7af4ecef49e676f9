//! How far annotators agree: figures that open their passages.

mod choices;
mod confusion;
mod figures;

use egui::{CentralPanel, Frame, Margin, Panel, RichText, ScrollArea, Ui};

use crate::keys;
use crate::panels::banners;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_analysis::agreement::{FigureTable, figure_tables};
use demarche_model::{AnnotatorId, Project};
use demarche_session::{Action, AgreementResult, Session};

use super::Around;
use crate::commands::{CommandId, CopyCommand};
use crate::requests::Requests;

/// What the screen remembers between frames.
#[derive(Default)]
pub struct AgreementScreen {
    /// What a click on a figure shows.
    click: choices::Click,
    /// Whose figures are shown; `None` for those of all together.
    group: Option<Vec<AnnotatorId>>,
    choices: choices::Choices,
}

impl AgreementScreen {
    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, around: &mut Around<'_>, requests: &mut Requests) {
        let tokens = Tokens::of(ui);
        let mut open = around.settings.left_open;
        let frame =
            Frame::new().fill(tokens.panel).inner_margin(Margin::symmetric(space::M as i8, space::S as i8));
        let left = Panel::left("agreement left").default_size(250.0).size_range(200.0..=460.0).frame(frame);
        left.show_collapsible(ui, &mut open, |ui| {
            self.choices.ui(ui, session, &mut self.click, requests);
        });
        around.settings.left_open = open;
        let page =
            Frame::new().fill(tokens.page).inner_margin(Margin::symmetric(space::L as i8, space::S as i8));
        CentralPanel::default().frame(page).show(ui, |ui| {
            banners::ui(ui, session, requests);
            self.centre(ui, session, requests);
        });
    }

    fn centre(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let desk = session.agreement();
        if session.agreement_annotators().len() < 2 {
            return alone(ui, session);
        }
        let Some(answer) = desk.result() else {
            return waiting(ui, session, requests);
        };
        head(ui, session, answer, requests);
        if answer.agreement.compared.is_empty() {
            ui.add_space(ui.available_height() * 0.2);
            let hint = "A document counts once two of these people have tagged in it or marked it as begun or done. Let \
                        a second person read one of them, or choose other people at the left.";
            return widgets::empty_state(ui, "No document in common", hint);
        }
        let tables = figure_tables(&answer.agreement);
        self.groups(ui, session, answer);
        let group = self.group_shown(answer);
        let shown: Vec<&FigureTable<'_>> = tables.iter().filter(|table| table.annotators == group).collect();
        ScrollArea::both().id_salt("figures").auto_shrink(false).show(ui, |ui| {
            for table in shown {
                ui.scope(|ui| figures::table(ui, session, table, self.click, requests));
            }
            for confusion in &answer.agreement.confusions {
                if [&confusion.first, &confusion.second].into_iter().eq(&group) {
                    ui.scope(|ui| confusion::table(ui, session, &answer.agreement, confusion, requests));
                }
            }
            ui.add_space(space::XL);
        });
    }

    /// Whose figures are shown: those that were chosen, if they are still there.
    fn group_shown(&self, answer: &AgreementResult) -> Vec<AnnotatorId> {
        let all = &answer.agreement.question.annotators;
        let group = self.group.as_ref();
        group.filter(|group| group.iter().all(|who| all.contains(who))).unwrap_or(all).clone()
    }

    /// Of more than two: all together, or two of them.
    fn groups(&mut self, ui: &mut Ui, session: &Session, answer: &AgreementResult) {
        let all = &answer.agreement.question.annotators;
        if all.len() < 3 {
            self.group = None;
            return;
        }
        let shown = self.group_shown(answer);
        ui.horizontal_wrapped(|ui| {
            if widgets::tab(ui, shown == *all, "All together", "α, Fleiss' κ and α_U of all annotators") {
                self.group = None;
            }
            for (place, first) in all.iter().enumerate() {
                for second in &all[place + 1..] {
                    let group = vec![first.clone(), second.clone()];
                    let name = people(session.project(), &group);
                    if widgets::tab(
                        ui,
                        shown == group,
                        &name,
                        "F1, Cohen's κ and the confusion matrix of these two",
                    ) {
                        self.group = Some(group);
                    }
                }
            }
        });
        ui.add_space(space::S);
    }
}

/// The name of an annotator for people.
fn name(project: &Project, id: &AnnotatorId) -> String {
    match project.annotator(id) {
        Some(annotator) => annotator.name.clone(),
        None if id.is_consensus() => "Consensus".to_owned(),
        None => id.to_string(),
    }
}

/// `Ana and Ben`, `Ana, Ben and Eva`.
fn people(project: &Project, ids: &[AnnotatorId]) -> String {
    let names: Vec<String> = ids.iter().map(|id| name(project, id)).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}

/// What the screen says where there is nobody to compare.
fn alone(ui: &mut Ui, session: &Session) {
    ui.add_space(ui.available_height() * 0.25);
    let hint = match session.agreement_candidates().as_slice() {
        [] => "Nobody has tagged anything yet. Tag passages in Annotate, and let a second person tag the same documents in \
               this folder, under a name of their own."
            .to_owned(),
        [one] => format!(
            "Only {} has tagged in this project. Let a second person tag the same documents in this folder under a name of \
             their own, or import their passages (File, Import documents).",
            name(session.project(), one)
        ),
        _ => "Choose two annotators at least, at the left.".to_owned(),
    };
    widgets::empty_state(ui, "Agreement takes two", &hint);
}

/// What the screen says until there are figures.
fn waiting(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    ui.add_space(ui.available_height() * 0.3);
    if session.agreement().progress().is_some() || session.is_reading_layers() {
        ui.vertical_centered(|ui| progress(ui, session, requests));
        return;
    }
    widgets::empty_state(ui, "Nothing is computed", "The computation was cancelled.");
    ui.vertical_centered(|ui| compute_button(ui, "Compute", requests));
}

fn progress(ui: &mut Ui, session: &Session, requests: &mut Requests) {
    let fraction = session.agreement().progress().and_then(|progress| progress.fraction());
    let words = if session.is_reading_layers() { "Reading layers…" } else { "Comparing…" };
    ui.horizontal(|ui| {
        ui.add(egui::Spinner::new().size(14.0));
        let share = fraction.map_or(String::new(), |fraction| format!(" {:.0} %", fraction * 100.0));
        widgets::weak(ui, format!("{words}{share}"));
        if ui.small_button("Cancel").clicked() {
            requests.push(Action::CancelJobs);
        }
    });
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
}

fn compute_button(ui: &mut Ui, name: &str, requests: &mut Requests) {
    let command = CommandId::ComputeAgreement.command();
    let response = ui.button(name).on_hover_text(format!("{} ({})", command.help, keys::shown(command)));
    if response.clicked() {
        requests.push(command.id);
    }
}

/// Who is compared over what, how far the computation is, and what is left out.
fn head(ui: &mut Ui, session: &Session, answer: &AgreementResult, requests: &mut Requests) {
    let tokens = Tokens::of(ui);
    let agreement = &answer.agreement;
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let title = people(session.project(), &agreement.question.annotators);
        ui.label(RichText::new(title).font(strong(size::HEADING)).color(tokens.text));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let csv = ui
                .button("Copy as CSV")
                .on_hover_text("Every figure with its interval and its reason, one a line");
            if csv.clicked() {
                requests.push(CopyCommand::AgreementCsv);
            }
            let copy = ui
                .button("Copy tables")
                .on_hover_text("The tables, cells parted by tabs, for a document or a spreadsheet");
            if copy.clicked() {
                requests.push(CopyCommand::Agreement);
            }
            if session.agreement().progress().is_some() {
                progress(ui, session, requests);
            } else if !session.agreement_is_fresh() {
                compute_button(ui, "Compute again", requests);
                ui.label(RichText::new("Something has changed since.").color(tokens.warning));
            }
        });
    });
    let mut facts = vec![format!(
        "{} that two of them have worked on",
        widgets::plural(agreement.compared.len(), "document")
    )];
    if agreement.left_out > 0 {
        facts.push(format!("{} left out, since fewer have", widgets::count(agreement.left_out)));
    }
    if answer.unread > 0 {
        facts.push(format!("{} without layers, or not read", widgets::count(answer.unread)));
    }
    widgets::weak(ui, facts.join(" · "));
    if answer.hidden > 0 {
        let hidden = widgets::plural(answer.hidden, "document");
        let text = format!(
            "This project is blind: in {hidden} others' passages stay hidden from you until you have marked it as done. \
             They do not count here."
        );
        ui.label(RichText::new(text).size(size::SMALL).color(tokens.warning));
    }
    ui.add_space(space::S);
}
