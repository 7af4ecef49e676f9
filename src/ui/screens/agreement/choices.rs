//! The choice of what is compared: annotators, units, categories and documents.

use std::collections::BTreeSet;

use egui::{CollapsingHeader, RichText, ScrollArea, Ui};

use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::agreement as words;
use demarche_analysis::agreement::{Statuses, Unit};
use demarche_analysis::search::folded;
use demarche_model::{AnnotatorId, CategoryId, DocumentId};
use demarche_session::{AgreementAction, AgreementChoice, Session};

use super::super::rounds;
use super::name;
use crate::requests::Requests;

/// Number of documents from which the list has a search field.
const SEARCH_FROM: usize = 13;

/// The passages that a click on a figure shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Click {
    /// All its passages, in the table.
    #[default]
    Passages,
    /// Those on which the annotators disagree, in the table.
    Differences,
    /// Those on which the annotators disagree, on the Compare screen.
    Compare,
}

/// The state of the lists between frames.
#[derive(Default)]
pub(super) struct Choices {
    search: String,
}

impl Choices {
    /// Shows the choices.
    pub(super) fn ui(&mut self, ui: &mut Ui, session: &Session, click: &mut Click, requests: &mut Requests) {
        let choice = session.agreement().choice();
        let mut wanted = choice.clone();
        ScrollArea::vertical().id_salt("agreement choices").auto_shrink(false).show(ui, |ui| {
            rounds::choice(ui, session, requests);
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
        widgets::heading(ui, words::documents(), |_| {});
        let found = session.agreement().result().is_some_and(|result| result.agreement.done_only);
        let mut done_only = match wanted.statuses {
            Statuses::DoneOnceUsed => found,
            Statuses::Done => true,
            Statuses::All => false,
        };
        if ui.checkbox(&mut done_only, words::done_only()).on_hover_text(words::done_only_hint()).changed() {
            wanted.statuses = if done_only { Statuses::Done } else { Statuses::All };
        }
        let all = session.project().documents();
        let selected = wanted.documents.as_ref().map_or(all.len(), BTreeSet::len);
        let title = words::selected(selected, all.len());
        CollapsingHeader::new(title).id_salt("documents of agreement").show(ui, |ui| {
            if all.len() >= SEARCH_FROM {
                let field = egui::TextEdit::singleline(&mut self.search).hint_text(words::find_hint());
                ui.add(field.desired_width(f32::INFINITY));
            }
            let search = folded(&self.search);
            let found: Vec<(&DocumentId, &str)> = all
                .iter()
                .map(|document| (document.id(), document.meta.title.as_str()))
                .filter(|(_, title)| search.is_empty() || folded(title).contains(&search))
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
    widgets::heading(ui, words::annotators(), |_| {});
    let mut known = session.agreement_candidates();
    let mut selected = session.agreement_annotators();
    known.extend(selected.iter().filter(|id| !known.contains(id)).cloned().collect::<Vec<_>>());
    if known.is_empty() {
        widgets::weak(ui, words::no_annotators());
    }
    let before = selected.clone();
    list(ui, known.len(), |ui, at| {
        let id = &known[at];
        let mut on = selected.contains(id);
        if ui.checkbox(&mut on, name(session.project(), id)).changed() {
            selected = known
                .iter()
                .filter(|other| if *other == id { on } else { selected.contains(other) })
                .cloned()
                .collect();
        }
    });
    if selected != before {
        let everyone: Vec<AnnotatorId> = known.iter().filter(|id| !id.is_consensus()).cloned().collect();
        wanted.annotators = (selected != everyone).then_some(selected);
    }
    ui.add_space(space::S);
}

fn units(ui: &mut Ui, wanted: &mut AgreementChoice) {
    widgets::heading(ui, words::units(), |_| {});
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
    widgets::heading(ui, words::click(), |_| {});
    ui.radio_value(click, Click::Passages, words::click_passages())
        .on_hover_text(words::click_passages_hint());
    ui.radio_value(click, Click::Differences, words::click_differences())
        .on_hover_text(words::click_differences_hint());
    ui.radio_value(click, Click::Compare, words::click_compare()).on_hover_text(words::click_compare_hint());
    ui.add_space(space::S);
}

fn categories(ui: &mut Ui, session: &Session, wanted: &mut AgreementChoice) {
    widgets::heading(ui, words::categories(), |_| {});
    let all = &session.project().codebook().categories;
    let selected = wanted.categories.as_ref().map_or(all.len(), BTreeSet::len);
    ui.checkbox(&mut wanted.parents, words::parents()).on_hover_text(words::parents_hint());
    let title = words::selected(selected, all.len());
    CollapsingHeader::new(title).id_salt("categories of agreement").show(ui, |ui| {
        all_or_none(ui, &mut wanted.categories);
        list(ui, all.len(), |ui, at| {
            let category = &all[at];
            let everything =
                || all.iter().map(|category| category.id.clone()).collect::<BTreeSet<CategoryId>>();
            member(ui, &category.name, category.id.clone(), &mut wanted.categories, everything);
        });
    });
    ui.add_space(space::S);
}

/// Shows those of a number of checkboxes that are in view.
fn list(ui: &mut Ui, count: usize, row: impl FnMut(&mut Ui, usize)) {
    let height = ui.spacing().interact_size.y + ui.spacing().item_spacing.y;
    widgets::visible_rows(ui, height, count, row);
}

/// Shows buttons that select everything or nothing. `None` selects everything.
fn all_or_none<T: Ord>(ui: &mut Ui, selected: &mut Option<BTreeSet<T>>) {
    ui.horizontal(|ui| {
        if ui.small_button(words::select_all()).clicked() {
            *selected = None;
        }
        if ui.small_button(words::select_none()).clicked() {
            *selected = Some(BTreeSet::new());
        }
    });
}

/// Shows a checkbox that adds an item to the selected ones or removes it.
fn member<T: Ord + Clone>(
    ui: &mut Ui,
    title: &str,
    id: T,
    selected: &mut Option<BTreeSet<T>>,
    everything: impl Fn() -> BTreeSet<T>,
) {
    let mut on = selected.as_ref().is_none_or(|selected| selected.contains(&id));
    let colour = Tokens::of(ui).text;
    let shown = demarche_analysis::context::shorten(title, 34);
    let response = ui.checkbox(&mut on, RichText::new(shown).color(colour)).on_hover_text(title);
    if !response.changed() {
        return;
    }
    let mut set = selected.take().unwrap_or_else(&everything);
    if on {
        set.insert(id);
    } else {
        set.remove(&id);
    }
    *selected = Some(set).filter(|set| *set != everything());
}
