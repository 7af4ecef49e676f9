//! Assignment of documents by a design, and batches that are opened one after another.

use std::collections::BTreeSet;

use demarche_analysis::assignment::{
    AssignmentDesign, AssignmentPlan, DesignError, is_begun, next_batch, seed_from,
};
use demarche_model::{Annotator, DocumentId, Edit};

use crate::Session;
use crate::words::team as words;

impl Session {
    /// The documents that someone has begun. One that is not in memory counts if there is a layer of it on disk.
    pub fn begun_documents(&self) -> BTreeSet<DocumentId> {
        let has_begun = |id: &DocumentId| {
            let mut owners = self.files.listing().annotators(id);
            match self.project.document(id) {
                Some(document) if document.is_loaded() => is_begun(document),
                Some(_) | None => owners.any(|owner| !owner.is_consensus()),
            }
        };
        let ids = self.project.documents().iter().map(|document| document.id());
        ids.filter(|id| has_begun(id)).cloned().collect()
    }

    /// Plans an assignment. Looks at every document: call it when the design or the project has changed.
    ///
    /// # Errors
    /// There is no such design.
    pub fn plan_assignment(&self, design: &AssignmentDesign) -> Result<AssignmentPlan, DesignError> {
        AssignmentPlan::new(&self.project, &self.begun_documents(), design)
    }

    /// A new seed for a design.
    pub fn new_seed(&self) -> u64 {
        seed_from(self.env.new_uuid().as_u128())
    }

    /// Assigns documents by a design, as one step.
    pub(super) fn assign_by_design(&mut self, design: &AssignmentDesign) {
        match self.plan_assignment(design) {
            Err(why) => self.notify_error(words::no_design(why)),
            Ok(plan) => {
                if self.replace_people(&plan.people, plan.step_name()) {
                    self.notify(words::assigned(plan.distributed(), plan.begun));
                }
            }
        }
    }

    /// Opens the next batch of everyone who has one, as one step.
    pub(super) fn open_next_batch(&mut self) {
        match next_batch(&self.project) {
            None => self.notify(words::no_batch()),
            Some(people) => {
                let before = self.project.waiting_batches().len();
                if self.replace_people(&people, words::open_batch().to_owned()) {
                    let opened = before - self.project.waiting_batches().len();
                    self.notify(words::opened_batch(opened, before - opened));
                }
            }
        }
    }

    /// Replaces the entries of people that differ, as one step. Returns whether any did and could be replaced.
    fn replace_people(&mut self, people: &[Annotator], step: String) -> bool {
        if let Some(why) = self.leading_refusal() {
            self.notify_error(why);
            return false;
        }
        let known = self.project.annotators().iter().zip(people).enumerate();
        let changed = known.filter(|(_, (old, new))| old != new);
        let edits = changed
            .map(|(at, (_, new))| Edit::SetAnnotator { id: new.id.clone(), to: Some((at, new.clone())) });
        let edits: Vec<Edit> = edits.collect();
        if edits.is_empty() {
            self.notify(words::assigned_already());
            return false;
        }
        self.edit(step, Edit::Batch(edits))
    }
}
