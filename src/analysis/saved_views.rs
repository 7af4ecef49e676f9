//! The names of categories and actors in saved views.

use std::sync::Arc;

use demarche_model::{AnnotatorId, CategoryId, Edit, NotesEntry, Project, SavedView};

/// A name in a saved view that the project does not have.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MissingName {
    /// A category.
    Category(CategoryId),
    /// An actor.
    Actor(String),
}

/// Returns the names among the weights and nodes of a view that a project does not have. An old id of a category that became
/// another one is not missing.
pub fn missing_names(view: &SavedView, project: &Project) -> Vec<MissingName> {
    let is_gone = |id: &&CategoryId| project.codebook().resolve(id).is_none();
    let categories = view.weights.keys().filter(is_gone).cloned().map(MissingName::Category);
    let is_unknown = |name: &&String| !project.actors().contains(name);
    let actors = view.nodes.keys().filter(is_unknown).cloned().map(MissingName::Actor);
    categories.chain(actors).collect()
}

/// Returns the edits with which a person's saved views follow actors that get new names. `successor` returns the name that
/// follows a name, which may be the same; `None` if it is gone, which leaves the view as it is.
pub fn rename_actors(
    project: &Project,
    owner: &AnnotatorId,
    successor: impl Fn(&str) -> Option<String>,
) -> Vec<Edit> {
    let notes = project.analysis_notes_of(owner);
    let views = notes.into_iter().flat_map(|notes| notes.views.values());
    let followed = views.map(|view| (view, with_actors(view, &successor)));
    let changed = followed.filter(|(view, followed)| ***view != *followed);
    let edit = |(_, followed): (_, SavedView)| Edit::SetNotesEntry {
        owner: owner.clone(),
        to: NotesEntry::View(followed.id, Some(Arc::new(followed))),
    };
    changed.map(edit).collect()
}

fn with_actors(view: &SavedView, successor: impl Fn(&str) -> Option<String>) -> SavedView {
    let name = |name: &String| successor(name).unwrap_or_else(|| name.clone());
    let nodes = view.nodes.iter().map(|(actor, place)| (name(actor), *place)).collect();
    SavedView { nodes, ..view.clone() }
}

#[cfg(test)]
mod tests {
    use demarche_model::{Category, Codebook, Colour, NodePlace, ViewId, ViewKind};
    use uuid::Uuid;

    use super::*;

    /// A view with weights and nodes that the project has in part.
    fn example() -> (Project, SavedView) {
        let demand = Arc::new(Category::new("demand".into(), "Demand", Colour::nth(0)));
        let mut codebook = Codebook { categories: vec![demand], ..Codebook::default() };
        codebook.aliases.insert("claim".into(), "demand".into());
        let mut project = Project::new("Talks", codebook);
        project.apply(Edit::SetActors { to: vec!["Estmark".into()] }).unwrap();
        let weights = [("demand", 1.0), ("claim", 2.0), ("threat", 3.0)];
        let view = SavedView {
            weights: weights.map(|(id, weight)| (id.into(), weight)).into(),
            nodes: ["Estmark", "Norvania"].map(|name| (name.to_owned(), NodePlace::default())).into(),
            ..SavedView::new(ViewId(Uuid::nil()), "Fees", ViewKind::Towards)
        };
        (project, view)
    }

    #[test]
    fn a_view_names_what_is_missing() {
        let (project, view) = example();
        let missing = [MissingName::Category("threat".into()), MissingName::Actor("Norvania".into())];
        assert_eq!(missing_names(&view, &project), missing);
    }

    #[test]
    fn places_follow_actors_with_new_names() {
        let (mut project, view) = example();
        let ana = AnnotatorId::new("ana");
        let to = NotesEntry::View(view.id, Some(Arc::new(view)));
        project.apply(Edit::SetNotesEntry { owner: ana.clone(), to }).unwrap();
        let successor = |name: &str| (name != "Norvania").then(|| name.replace("Estmark", "Estmark Union"));
        let edits = rename_actors(&project, &ana, successor);
        project.apply(Edit::Batch(edits)).unwrap();
        let view = project.analysis_notes_of(&ana).unwrap().views.values().next().unwrap().clone();
        assert_eq!(view.nodes.keys().collect::<Vec<_>>(), ["Estmark Union", "Norvania"]);
        assert_eq!(rename_actors(&project, &ana, |name| Some(name.to_owned())), []);
        assert_eq!(rename_actors(&project, &"ben".into(), |_| None), []);
    }
}
