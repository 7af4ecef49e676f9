//! Setting the bargaining roles of all categories, with proposals for those that have none.

use std::collections::BTreeMap;

use egui::Ui;

use super::role_choice::role_choice;
use super::rows;
use crate::dialogs::{Answer, Outcome, buttons_without_enter, title};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::roles as words;
use demarche_analysis::roles::{RoleReason, proposed_roles};
use demarche_model::{CategoryId, OwnRole};
use demarche_session::{CodebookChange, Session};

/// Width in points of the column of names.
const NAMES: f32 = 220.0;

/// The form for roles.
pub struct RolesForm {
    roles: BTreeMap<CategoryId, OwnRole>,
    reasons: BTreeMap<CategoryId, (OwnRole, RoleReason)>,
}

impl RolesForm {
    /// A form with the roles of the categories, and proposals where they have none.
    pub fn new(session: &Session) -> Self {
        let codebook = session.project().codebook();
        let own = codebook.categories.iter().map(|category| (category.id.clone(), category.own_role()));
        let proposals = proposed_roles(codebook);
        let proposed = proposals.iter().map(|proposal| (proposal.category.clone(), proposal.role));
        let roles = own.chain(proposed).collect();
        let reasons = proposals.into_iter().map(|found| (found.category, (found.role, found.why))).collect();
        Self { roles, reasons }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        title(ui, words::title());
        ui.label(words::intro());
        ui.add_space(space::S);
        self.list(ui, session);
        let codebook = session.project().codebook();
        let is_new = |(id, role): &(&CategoryId, &OwnRole)| {
            codebook.category(id).is_some_and(|category| category.own_role() != **role)
        };
        let changed = self.roles.iter().filter(is_new).map(|(id, role)| (id.clone(), *role));
        let changed: Vec<(CategoryId, OwnRole)> = changed.collect();
        ui.add_space(space::S);
        widgets::weak(ui, words::changes(changed.len()));
        match buttons_without_enter(ui, words::confirm(), !changed.is_empty()) {
            Some(Answer::Confirm) => {
                requests.push(CodebookChange::SetRoles(changed));
                Outcome::Close
            }
            Some(_) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn list(&mut self, ui: &mut Ui, session: &Session) {
        let scroll = egui::ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]);
        scroll.show(ui, |ui| {
            for row in rows(session.project().codebook()) {
                let Some(role) = self.roles.get_mut(row.id()) else { continue };
                let name = row.category.name.as_str();
                ui.horizontal(|ui| {
                    super::name_column(ui, NAMES, row.depth, name);
                    role_choice(ui, &words::role_of(name), role);
                    let why = self.reasons.get(row.id()).filter(|(proposed, _)| proposed == role);
                    if let Some((_, why)) = why {
                        widgets::weak(ui, words::reason(why));
                    }
                });
            }
        });
    }
}
