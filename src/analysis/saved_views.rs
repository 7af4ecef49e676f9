//! The names of categories and actors in saved views.

use demarche_model::{AttributeId, CategoryId, Project, SavedView};

/// A name in a saved view that the project does not have.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MissingName {
    /// A category.
    Category(CategoryId),
    /// An actor.
    Actor(String),
    /// The attribute of its rows or columns.
    Attribute(AttributeId),
}

/// Returns the names among the weights, nodes, rows and columns of a view that a project does not have. An old id of a category that became
/// another one is not missing.
pub fn missing_names(view: &SavedView, project: &Project) -> Vec<MissingName> {
    let is_gone = |id: &&CategoryId| project.codebook().resolve(id).is_none();
    let categories = view.weights.keys().filter(is_gone).cloned().map(MissingName::Category);
    let is_unknown = |name: &&String| !project.actors().contains(name);
    let actors = view.nodes.keys().filter(is_unknown).cloned().map(MissingName::Actor);
    let axes = [&view.rows, &view.columns].into_iter().flatten();
    let attributes = axes.filter_map(|axis| axis.strip_prefix('@')).map(AttributeId::new);
    let unknown = attributes.filter(|id| project.codebook().attribute(id).is_none());
    categories.chain(actors).chain(unknown.map(MissingName::Attribute)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use demarche_model::{Category, Codebook, Colour, Edit, NodePlace, ViewId, ViewKind};
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
            rows: Some("actor".into()),
            columns: Some("@voice".into()),
            ..SavedView::new(ViewId(Uuid::nil()), "Fees", ViewKind::Towards)
        };
        (project, view)
    }

    #[test]
    fn a_view_names_what_is_missing() {
        let (project, view) = example();
        let missing = [
            MissingName::Category("threat".into()),
            MissingName::Actor("Norvania".into()),
            MissingName::Attribute("voice".into()),
        ];
        assert_eq!(missing_names(&view, &project), missing);
    }
}
