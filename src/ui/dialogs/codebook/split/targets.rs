//! The first stage of a split: the category, and the categories to sort its passages into.

use crate::theme::icons as m;
use egui::Ui;

use super::super::{category_combo, impact};
use super::SplitForm;
use crate::dialogs::{Answer, Outcome, buttons_without_enter, title};
use crate::theme::{size, space};
use crate::{widgets, words::categories as words};
use demarche_model::{CategoryId, Codebook};
use demarche_session::Session;

/// The greatest number of targets: one for each digit.
const MAX_TARGETS: usize = 9;

/// A category to sort passages into.
#[derive(Default)]
pub struct Target {
    /// A category of the codebook; `None` for a new one.
    pub existing: Option<CategoryId>,
    /// The name of a new one.
    pub name: String,
}

impl SplitForm {
    pub(super) fn choose_targets(&mut self, ui: &mut Ui, session: &Session) -> Outcome {
        title(ui, words::split_title());
        let codebook = session.project().codebook();
        widgets::caption(ui, words::split_from());
        let has_begun = self.has_work();
        ui.add_enabled_ui(!has_begun, |ui| {
            category_combo(ui, words::split_menu(), codebook, &mut self.from, |_| true)
        });
        ui.add_space(space::XS);
        self.scope_line(ui, session);
        ui.add_space(space::S);
        widgets::caption(ui, words::split_targets());
        self.target_rows(ui, codebook);
        let nothing_mine = self.from.is_some() && self.impact.mine(session) == 0;
        let problem =
            nothing_mine.then_some(words::split_nothing_mine()).or_else(|| self.name_problem(codebook));
        widgets::message_line(ui, problem, None);
        // Missing names are not reported: they only disable the button.
        let is_named = self.from.is_some() && !self.target_names(codebook).iter().any(String::is_empty);
        match buttons_without_enter(ui, words::split_start(), problem.is_none() && is_named) {
            Some(Answer::Confirm) => self.start_sorting(session),
            Some(Answer::Cancel) => return Outcome::Close,
            None => {}
        }
        Outcome::Stay
    }

    /// The names of the targets, in order.
    pub(super) fn target_names(&self, codebook: &Codebook) -> Vec<String> {
        let name = |target: &Target| match &target.existing {
            Some(id) => codebook.name_of(id).to_owned(),
            None => target.name.trim().to_owned(),
        };
        self.targets.iter().map(name).collect()
    }

    /// Shows whose passages will be sorted.
    fn scope_line(&mut self, ui: &mut Ui, session: &Session) {
        let Some(from) = self.from.clone() else {
            widgets::weak(ui, words::split_prompt());
            return;
        };
        let impact = self.impact.get(session, std::slice::from_ref(&from));
        let others = impact::count_others(session, impact);
        widgets::weak(ui, words::split_scope(impact.spans - others, others));
    }

    fn target_rows(&mut self, ui: &mut Ui, codebook: &Codebook) {
        let mut removed = None;
        let several = self.targets.len() > 1;
        for (index, target) in self.targets.iter_mut().enumerate() {
            let removable = several && !self.choices.contains(&Some(index));
            let row =
                |ui: &mut Ui| target_row(ui, index + 1, target, codebook, self.from.as_ref(), removable);
            if ui.push_id(("target", index), |ui| ui.horizontal(row).inner).inner {
                removed = Some(index);
            }
        }
        if let Some(removed) = removed {
            self.targets.remove(removed);
            for choice in self.choices.iter_mut().flatten().filter(|choice| **choice > removed) {
                *choice -= 1;
            }
        }
        let add = egui::Button::new(words::add_target());
        if ui.add_enabled(self.targets.len() < MAX_TARGETS, add).clicked() {
            self.targets.push(Target::default());
        }
    }

    /// Why the names of the targets can't be used.
    fn name_problem(&self, codebook: &Codebook) -> Option<&'static str> {
        self.from.as_ref()?;
        let names = self.target_names(codebook);
        let repeats = |index: usize| !names[index].is_empty() && names[..index].contains(&names[index]);
        let exists = |target: &Target| {
            target.existing.is_none() && codebook.categories.iter().any(|c| c.name == target.name.trim())
        };
        if (0..names.len()).any(repeats) {
            Some(words::same_names())
        } else {
            self.targets.iter().any(exists).then_some(words::name_exists())
        }
    }
}

/// Shows a target; returns whether it is to be removed.
fn target_row(
    ui: &mut Ui,
    number: usize,
    target: &mut Target,
    codebook: &Codebook,
    from: Option<&CategoryId>,
    removable: bool,
) -> bool {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(20.0, size::ROW), egui::Sense::hover());
    let cap = egui::Rect::from_center_size(rect.center(), egui::vec2(16.0, 17.0));
    widgets::key_cap(ui, cap, &number.to_string());
    let existing = target.existing.as_ref();
    let shown = existing.map_or(words::new_category(), |id| codebook.name_of(id)).to_owned();
    widgets::combo(ui, &words::target(number), shown, 180.0, |ui| {
        ui.selectable_value(&mut target.existing, None, words::new_category());
        for category in codebook.categories.iter().filter(|c| Some(&c.id) != from && !c.retired) {
            if widgets::category_item(ui, category).clicked() {
                target.existing = Some(category.id.clone());
                ui.close();
            }
        }
    });
    let width = ui.available_width() - widgets::ICON_BUTTON - space::S;
    ui.add_enabled_ui(target.existing.is_none(), |ui| {
        let hint = if target.existing.is_none() { words::new_category_name() } else { "" };
        widgets::bare_field(ui, &words::target_name(number), &mut target.name, hint, width);
    });
    let button =
        |ui: &mut Ui| widgets::icon_button(ui, m::ICON_CLOSE, &words::remove_target(number)).clicked();
    ui.add_enabled_ui(removable, button).inner
}
