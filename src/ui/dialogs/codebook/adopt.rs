//! Adopting entries of the second edition of the codebook of negotiation.

use std::collections::BTreeSet;

use egui::Ui;

use crate::dialogs::{Answer, Outcome, buttons_without_enter, title};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::roles as words;
use demarche_analysis::editions::{AdoptedEntry, Adoption};
use demarche_analysis::merge_project::CodebookEntry;
use demarche_session::{CodebookChange, Session};

/// The form for an adoption.
pub struct AdoptForm {
    found: Adoption,
    chosen: BTreeSet<CodebookEntry>,
}

impl AdoptForm {
    /// A form with everything that the second edition changes, all of it ticked.
    pub fn new(session: &Session) -> Self {
        let found = session.adoption();
        let chosen = entries(&found).iter().map(|entry| entry.entry.clone()).collect();
        Self { found, chosen }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, requests: &mut Requests) -> Outcome {
        title(ui, words::adopt_title());
        let entries = entries(&self.found);
        match &self.found {
            Adoption::OtherCodebook => widgets::weak(ui, words::adopt_other()),
            Adoption::Changes(entries) if entries.is_empty() => widgets::weak(ui, words::adopt_nothing()),
            Adoption::Changes(_) => ui.label(words::adopt_intro()),
        };
        ui.add_space(space::S);
        let all = entries.len();
        if all > 0 {
            ticks(ui, entries, &mut self.chosen);
        }
        match buttons_without_enter(ui, words::adopt_confirm(), !self.chosen.is_empty()) {
            Some(Answer::Confirm) => {
                requests.push(CodebookChange::Adopt(std::mem::take(&mut self.chosen)));
                Outcome::Close
            }
            Some(_) => Outcome::Close,
            None => Outcome::Stay,
        }
    }
}

fn entries(found: &Adoption) -> &[AdoptedEntry] {
    match found {
        Adoption::OtherCodebook => &[],
        Adoption::Changes(entries) => entries,
    }
}

fn ticks(ui: &mut Ui, entries: &[AdoptedEntry], chosen: &mut BTreeSet<CodebookEntry>) {
    let mut all = chosen.len() == entries.len();
    if ui.checkbox(&mut all, words::adopt_all()).changed() {
        let every = entries.iter().map(|entry| entry.entry.clone());
        *chosen = if all { every.collect() } else { BTreeSet::new() };
    }
    ui.separator();
    let scroll = egui::ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]);
    scroll.show(ui, |ui| {
        for entry in entries {
            let mut ticked = chosen.contains(&entry.entry);
            if ui.checkbox(&mut ticked, words::adopted(entry)).changed() {
                if ticked {
                    chosen.insert(entry.entry.clone());
                } else {
                    chosen.remove(&entry.entry);
                }
            }
        }
    });
}
