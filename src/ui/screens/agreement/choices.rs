//! What is compared: people, units, categories, documents.

use std::collections::BTreeSet;

use egui::{CollapsingHeader, RichText, ScrollArea, Ui};

use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_analysis::agreement::Unit;
use demarche_model::{AnnotatorId, CategoryId, DocumentId};
use demarche_session::{AgreementAction, AgreementChoice, Session};

use super::name;
use crate::requests::Requests;

/// Documents from which on the list has a field to search it.
const MANY: usize = 12;

/// What a click on a figure shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Click {
    /// All its passages, in the table.
    #[default]
    Passages,
    /// Those that annotators do not agree about, in the table.
    Differences,
    /// These on the Compare screen.
    Compare,
}

/// What the lists remember between frames.
#[derive(Default)]
pub(super) struct Choices {
    search: String,
}

impl Choices {
    /// Shows what can be chosen.
    pub(super) fn ui(&mut self, ui: &mut Ui, session: &Session, click: &mut Click, requests: &mut Requests) {
        let choice = session.agreement().choice();
        let mut wanted = choice.clone();
        ScrollArea::vertical().id_salt("agreement choices").auto_shrink(false).show(ui, |ui| {
            annotators(ui, session, &mut wanted);
            units(ui, &mut wanted);
            clicks(ui, click);
            categories(ui, session, &mut wanted);
            self.documents(ui, session, &mut wanted);
        });
        if wanted != *choice {
            requests.push(AgreementAction::SetChoice(wanted));
        }
    }

    fn documents(&mut self, ui: &mut Ui, session: &Session, wanted: &mut AgreementChoice) {
        widgets::heading(ui, "Documents", |_| {});
        ui.checkbox(&mut wanted.done_only, "Only where marked as done")
            .on_hover_text("A document counts only with those who have marked it as done");
        let all = session.project().documents();
        let chosen = wanted.documents.as_ref().map_or(all.len(), BTreeSet::len);
        let title = format!("{} of {} chosen", widgets::count(chosen), widgets::count(all.len()));
        CollapsingHeader::new(title).id_salt("documents of agreement").show(ui, |ui| {
            if all.len() > MANY {
                let field = egui::TextEdit::singleline(&mut self.search).hint_text("find…");
                ui.add(field.desired_width(f32::INFINITY));
            }
            let search = self.search.to_lowercase();
            let found: Vec<(&DocumentId, &str)> = all
                .iter()
                .map(|document| (document.id(), document.meta.title.as_str()))
                .filter(|(_, title)| search.is_empty() || title.to_lowercase().contains(&search))
                .collect();
            all_or_none(ui, &mut wanted.documents);
            let rows =
                ScrollArea::vertical().id_salt("documents").max_height(240.0).auto_shrink([false, true]);
            rows.show_rows(ui, size::ROW, found.len(), |ui, rows| {
                for (id, title) in found.iter().take(rows.end).skip(rows.start) {
                    let everything = || all.iter().map(|document| document.id().clone()).collect();
                    member(ui, title, (*id).clone(), &mut wanted.documents, everything);
                }
            });
        });
    }
}

fn annotators(ui: &mut Ui, session: &Session, wanted: &mut AgreementChoice) {
    widgets::heading(ui, "Annotators", |_| {});
    let mut known = session.agreement_candidates();
    let mut chosen = session.agreement_annotators();
    known.extend(chosen.iter().filter(|id| !known.contains(id)).cloned().collect::<Vec<_>>());
    if known.is_empty() {
        widgets::weak(ui, "Nobody has tagged anything yet.");
    }
    let before = chosen.clone();
    for id in &known {
        let mut on = chosen.contains(id);
        if ui.checkbox(&mut on, name(session.project(), id)).changed() {
            chosen = known
                .iter()
                .filter(|other| if *other == id { on } else { chosen.contains(other) })
                .cloned()
                .collect();
        }
    }
    if chosen != before {
        let everybody: Vec<AnnotatorId> = known.iter().filter(|id| !id.is_consensus()).cloned().collect();
        wanted.annotators = (chosen != everybody).then_some(chosen);
    }
    ui.add_space(space::S);
}

fn units(ui: &mut Ui, wanted: &mut AgreementChoice) {
    widgets::heading(ui, "Units", |_| {});
    for unit in Unit::ALL {
        let mut on = wanted.units.contains(&unit);
        let response = ui.checkbox(&mut on, unit.name()).on_hover_text(unit.help());
        if response.changed() && on {
            wanted.units.insert(unit);
        } else if response.changed() {
            wanted.units.remove(&unit);
        }
    }
    ui.add_space(space::S);
}

fn clicks(ui: &mut Ui, click: &mut Click) {
    widgets::heading(ui, "A click on a figure shows", |_| {});
    ui.radio_value(click, Click::Passages, "all its passages")
        .on_hover_text("Everything that the figure was computed from");
    ui.radio_value(click, Click::Differences, "only the differences")
        .on_hover_text("The passages that the annotators do not agree about");
    ui.radio_value(click, Click::Compare, "the differences in Compare").on_hover_text(
        "The differences of these annotators side by side, document by document, where they can be settled",
    );
    ui.add_space(space::S);
}

fn categories(ui: &mut Ui, session: &Session, wanted: &mut AgreementChoice) {
    widgets::heading(ui, "Categories", |_| {});
    let all = &session.project().codebook().categories;
    let chosen = wanted.categories.as_ref().map_or(all.len(), BTreeSet::len);
    let title = format!("{} of {} chosen", widgets::count(chosen), widgets::count(all.len()));
    CollapsingHeader::new(title).id_salt("categories of agreement").show(ui, |ui| {
        all_or_none(ui, &mut wanted.categories);
        for category in all {
            let everything =
                || all.iter().map(|category| category.id.clone()).collect::<BTreeSet<CategoryId>>();
            member(ui, &category.name, category.id.clone(), &mut wanted.categories, everything);
        }
    });
    ui.add_space(space::S);
}

/// Chooses everything or nothing.
fn all_or_none<T: Ord>(ui: &mut Ui, chosen: &mut Option<BTreeSet<T>>) {
    ui.horizontal(|ui| {
        if ui.small_button("All").clicked() {
            *chosen = None;
        }
        if ui.small_button("None").clicked() {
            *chosen = Some(BTreeSet::new());
        }
    });
}

/// A box that takes something into a choice or out of it.
fn member<T: Ord + Clone>(
    ui: &mut Ui,
    title: &str,
    id: T,
    chosen: &mut Option<BTreeSet<T>>,
    everything: impl Fn() -> BTreeSet<T>,
) {
    let mut on = chosen.as_ref().is_none_or(|chosen| chosen.contains(&id));
    let colour = Tokens::of(ui).text;
    let shown = demarche_analysis::context::shorten(title, 34);
    let response = ui.checkbox(&mut on, RichText::new(shown).color(colour)).on_hover_text(title);
    if !response.changed() {
        return;
    }
    let mut set = chosen.take().unwrap_or_else(&everything);
    if on {
        set.insert(id);
    } else {
        set.remove(&id);
    }
    *chosen = Some(set).filter(|set| *set != everything());
}
