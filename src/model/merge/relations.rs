//! Merges the relations between actors and issues, entry by entry.

use std::collections::{BTreeMap, BTreeSet};

use super::maps::{entries, merge_sets, merge_whole};
use super::project::ProjectMerge;
use super::{ConflictKey, RelationField, three_way};
use crate::words::merge::describe_members;
use crate::{Project, RelationKey, Relations};

impl ProjectMerge<'_> {
    /// Merges the relations of three copies of a project.
    pub fn relations(&mut self, base: &Project, ours: &Project, theirs: &Project) -> Relations {
        let sides = [&*base.relations, &*ours.relations, &*theirs.relations];
        let members = self.members(sides.map(|side| &side.members));
        let persons = sides.map(|side| &side.persons);
        let persons = self.names(persons, RelationField::Party, RelationKey::Party);
        let issues = sides.map(|side| &side.issues_below);
        let issues_below = self.names(issues, RelationField::IssueAbove, RelationKey::IssueAbove);
        let [b, o, t] = sides.map(|side| &side.observers);
        Relations { members, persons, observers: merge_sets(Some(b), o, t), issues_below }
    }

    fn members(
        &mut self,
        sides: [&BTreeMap<String, BTreeSet<String>>; 3],
    ) -> BTreeMap<String, BTreeSet<String>> {
        let mut merged = BTreeMap::new();
        for (name, [b, o, t]) in entries(sides) {
            // Members that both sides have added do not conflict.
            let outcome = three_way(b, o, t, |b, o, t, _| (merge_sets(b, o, t), Vec::new()));
            let at = || ConflictKey::Relation(RelationKey::Members(name.clone()));
            let members =
                self.resolve(outcome, RelationField::Members, at, |members, _| describe_members(members));
            merged.extend(members.map(|members| (name.clone(), members)));
        }
        merged
    }

    fn names(
        &mut self,
        sides: [&BTreeMap<String, String>; 3],
        field: RelationField,
        key: fn(String) -> RelationKey,
    ) -> BTreeMap<String, String> {
        let mut merged = BTreeMap::new();
        for (name, values) in entries(sides) {
            let outcome = merge_whole(values, field);
            let at = || ConflictKey::Relation(key(name.clone()));
            let to = self.resolve(outcome, field, at, |to, _| to.clone());
            merged.extend(to.map(|to| (name.clone(), to)));
        }
        merged
    }
}

#[cfg(test)]
mod tests {
    use crate::merge::{merge_projects, project_edits};
    use crate::{Codebook, Document, Edit, Project, Relations};

    fn project(members: &[&str], party: Option<&str>) -> Project {
        let mut project = Project::new("Talks", Codebook::default());
        let actors = ["Both", "Estmark", "Norvania", "Osk"].map(str::to_owned);
        project.apply(Edit::SetActors { to: actors.into() }).unwrap();
        let mut relations = Relations::default();
        let members = members.iter().map(|name| (*name).to_owned()).collect();
        relations.members.insert("Both".to_owned(), members);
        relations.persons.extend(party.map(|party| ("Osk".to_owned(), party.to_owned())));
        project.apply(Edit::SetRelations { to: relations.into() }).unwrap();
        project
    }

    #[test]
    fn merged_relations_are_applied_by_edits() {
        let base = project(&["Estmark"], Some("Estmark"));
        let ours = project(&["Estmark", "Norvania"], Some("Estmark"));
        let mut theirs = project(&["Estmark", "Osk"], None);
        let actors = theirs.actors().iter().filter(|name| *name != "Norvania").cloned().collect();
        theirs.apply(Edit::SetActors { to: actors }).unwrap();
        let merged = merge_projects(Some(&base), &ours, &theirs);
        assert!(merged.conflicts.is_empty());
        let relations = merged.value.relations();
        assert_eq!(relations.members["Both"], ["Estmark", "Norvania", "Osk"].map(str::to_owned).into());
        assert!(relations.persons.is_empty());
        assert_eq!(merged.value.actors(), ["Both", "Estmark", "Osk", "Norvania"]);
        for side in [ours, theirs] {
            let mut now = side.clone();
            let edits = project_edits(&side, &merged.value, |meta| Document::unloaded(meta.clone()).into());
            let undo = now.apply(Edit::Batch(edits)).unwrap().inverse;
            assert_eq!((now.relations(), now.actors()), (relations, merged.value.actors()));
            now.apply(undo).unwrap();
            assert_eq!((now.relations(), now.actors()), (side.relations(), side.actors()));
        }
    }
}
