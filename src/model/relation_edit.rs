//! Edits of actors, issues and the relations between them.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Applied, Edit, EditError, Project, Relations};

impl Project {
    /// Replaces the relations. Faults that they have or had are no reason to refuse them: they may stay, and return with
    /// undo.
    pub(super) fn set_relations(&mut self, to: Arc<Relations>) -> Result<Applied, EditError> {
        let known = self.relations.faults(&self.actors, &self.issues);
        let is_new = |fault: &_| !known.contains(fault) && !self.former_relation_faults.contains(fault);
        if let Some(fault) = to.faults(&self.actors, &self.issues).into_iter().find(is_new) {
            return Err(EditError::Relation(fault));
        }
        self.former_relation_faults.extend(known);
        let to = std::mem::replace(&mut self.relations, to);
        Ok(self.project_changed(Edit::SetRelations { to }))
    }

    /// Replaces the actors. The relations of those that are gone go with them.
    pub(super) fn set_actors(&mut self, to: Vec<String>) -> Applied {
        let old = std::mem::replace(&mut self.actors, to);
        let gone = gone(&old, &self.actors);
        let kept = self.relations.mapped(|name| kept(&gone, name), |issue| Some(issue.to_owned()));
        self.names_changed(Edit::SetActors { to: old }, kept)
    }

    /// Replaces the issues. The relations of those that are gone go with them.
    pub(super) fn set_issues(&mut self, to: Vec<String>) -> Applied {
        let old = std::mem::replace(&mut self.issues, to);
        let gone = gone(&old, &self.issues);
        let kept = self.relations.mapped(|actor| Some(actor.to_owned()), |name| kept(&gone, name));
        self.names_changed(Edit::SetIssues { to: old }, kept)
    }

    fn names_changed(&mut self, inverse: Edit, relations: Relations) -> Applied {
        if relations == *self.relations {
            return self.project_changed(inverse);
        }
        let to = std::mem::replace(&mut self.relations, Arc::new(relations));
        self.project_changed(Edit::Batch(vec![inverse, Edit::SetRelations { to }]))
    }

    /// Allows the faults in the relations of another copy of the project, so that a merge can bring them in as they are.
    pub(super) fn admit_relations_of(&mut self, other: &Self) {
        self.former_relation_faults.extend(other.relations.faults(&other.actors, &other.issues));
    }
}

/// The names that are no longer in a list. One that never was is not gone.
fn gone(old: &[String], new: &[String]) -> HashSet<String> {
    let new: HashSet<&String> = new.iter().collect();
    old.iter().filter(|name| !new.contains(name)).cloned().collect()
}

fn kept(gone: &HashSet<String>, name: &str) -> Option<String> {
    (!gone.contains(name)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Codebook, RelationFault, RelationKey};

    fn project() -> Project {
        let mut project = Project::new("Talks", Codebook::default());
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let actors = names(&["Both", "Estmark", "Norvania", "Osk"]);
        project.apply(Edit::SetActors { to: actors }).unwrap();
        project.apply(Edit::SetIssues { to: names(&["fees", "berths"]) }).unwrap();
        project
    }

    fn relations() -> Arc<Relations> {
        let mut relations = Relations::default();
        relations.members.insert("Both".into(), ["Estmark".into(), "Norvania".into()].into());
        relations.persons.insert("Osk".into(), "Estmark".into());
        relations.issues_below.insert("berths".into(), "fees".into());
        Arc::new(relations)
    }

    #[test]
    fn an_actor_takes_its_relations_along_and_undo_brings_them_back() {
        let mut project = project();
        project.apply(Edit::SetRelations { to: relations() }).unwrap();
        let before = project.clone();
        let to = vec!["Both".into(), "Norvania".into(), "Osk".into()];
        let applied = project.apply(Edit::SetActors { to }).unwrap();
        assert_eq!(project.relations().members["Both"], ["Norvania".into()].into());
        assert!(project.relations().persons.is_empty());
        let redo = project.apply(applied.inverse).unwrap().inverse;
        assert_eq!((project.actors(), project.relations()), (before.actors(), before.relations()));
        project.apply(redo).unwrap();
        assert!(project.relations().persons.is_empty());
        project.apply(Edit::SetIssues { to: vec!["berths".into()] }).unwrap();
        assert!(project.relations().issues_below.is_empty());
    }

    #[test]
    fn a_fault_is_refused_unless_it_was_there() {
        let fault =
            RelationFault::UnknownActor { at: RelationKey::Observer("Orsa".into()), name: "Orsa".into() };
        let mut wrong = Relations::clone(&relations());
        wrong.observers.insert("Orsa".into());
        let wrong = Arc::new(wrong);
        let mut project = project();
        let refused = project.apply(Edit::SetRelations { to: wrong.clone() });
        assert_eq!(refused, Err(EditError::Relation(fault)));
        let mut read = project.with_relations((*wrong).clone());
        let applied = read.apply(Edit::SetRelations { to: relations() }).unwrap();
        read.apply(applied.inverse).unwrap();
        assert_eq!(*read.relations(), wrong);
    }
}
