//! The lists of actors and issues, and the relations between them.

use std::collections::HashSet;

use demarche_analysis::renames::{kept, successor};
use demarche_model::{Edit, Relations};

use super::super::Session;
use crate::words::{codebook as words, steps};

impl Session {
    /// Replaces the list of actors. The relations of a renamed actor follow it.
    pub(super) fn set_actors(&mut self, to: Vec<String>) {
        let (old, to) = (self.project.actors(), tidy(to));
        let Some((added, removed)) = difference(old, &to) else { return };
        let issue = |name: &str| Some(name.to_owned());
        let relations = self.project.relations();
        let followed = relations.mapped(|name| successor(name, old, &to), issue);
        let is_renamed = followed != relations.mapped(|name| kept(name, old, &to), issue);
        let followed = is_renamed.then(|| Edit::SetRelations { to: followed.into() });
        let edits = [Edit::SetActors { to }].into_iter().chain(followed).collect();
        self.change(steps::change_actors(), edits, words::actors_changed(added, removed));
    }

    /// Replaces the list of issues. The relations of a renamed issue follow it.
    pub(super) fn set_issues(&mut self, to: Vec<String>) {
        let (old, to) = (self.project.issues(), tidy(to));
        let Some((added, removed)) = difference(old, &to) else { return };
        let actor = |name: &str| Some(name.to_owned());
        let relations = self.project.relations();
        let followed = relations.mapped(actor, |name| successor(name, old, &to));
        let is_renamed = followed != relations.mapped(actor, |name| kept(name, old, &to));
        let followed = is_renamed.then(|| Edit::SetRelations { to: followed.into() });
        let edits = [Edit::SetIssues { to }].into_iter().chain(followed).collect();
        self.change(steps::change_issues(), edits, words::issues_changed(added, removed));
    }

    /// Replaces the relations between actors and issues.
    pub(super) fn set_relations(&mut self, to: Relations) {
        if **self.project.relations() != to {
            let edit = Edit::SetRelations { to: to.into() };
            self.change(steps::change_relations(), vec![edit], words::relations_changed().to_owned());
        }
    }
}

/// Trims names and removes empty and repeated ones.
fn tidy(names: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    let trimmed = names.iter().map(|name| name.trim().to_owned());
    trimmed.filter(|name| !name.is_empty() && seen.insert(name.clone())).collect()
}

/// The numbers of names added and removed; `None` if the lists are equal.
fn difference(old: &[String], new: &[String]) -> Option<(usize, usize)> {
    if old == new {
        return None;
    }
    let added = new.iter().filter(|name| !old.contains(name)).count();
    let removed = old.iter().filter(|name| !new.contains(name)).count();
    Some((added, removed))
}
