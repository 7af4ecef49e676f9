//! Bargaining roles of categories, and the second edition of the codebook.

use std::collections::BTreeSet;

use demarche_analysis::editions::{Adoption, adoption, adoption_edits};
use demarche_analysis::merge_project::CodebookEntry;
use demarche_analysis::roles::role_edits;
use demarche_io::project::editions;
use demarche_model::{CategoryId, OwnRole};

use super::super::Session;
use crate::words::{codebook as words, steps};

impl Session {
    /// Gives categories their roles, in one step.
    pub(super) fn set_roles(&mut self, roles: &[(CategoryId, OwnRole)]) {
        let edits = role_edits(self.project.codebook(), roles);
        if !edits.is_empty() {
            let notice = words::roles_set(edits.len());
            self.change(steps::set_roles(), edits, notice);
        }
    }

    /// What the second edition of the codebook of negotiation would change in the project's.
    pub fn adoption(&self) -> Adoption {
        match editions() {
            Some((first, second)) => adoption(self.project.codebook(), &first.codebook, &second.codebook),
            None => Adoption::OtherCodebook,
        }
    }

    /// Adopts entries of the second edition, in one step.
    pub(super) fn adopt(&mut self, chosen: &BTreeSet<CodebookEntry>) {
        let Adoption::Changes(entries) = self.adoption() else { return };
        let edits = adoption_edits(self.project.codebook(), &entries, chosen);
        if !edits.is_empty() {
            let notice = words::adopted(edits.len());
            self.change(steps::adopt_edition(), edits, notice);
        }
    }
}
