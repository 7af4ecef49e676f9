//! What an edit gives another name, and the saved views that follow.

use std::sync::Arc;

use demarche_model::{AnnotatorId, Edit, NotesEntry, NotesPart, Project, SavedView};

use crate::filter::{Filter, Rename, Renamed};

/// Returns what an edit of a project gives another name. `me` is the person whose saved views a filter prefers by name.
pub fn renames(project: &Project, me: &AnnotatorId, edit: &Edit) -> Vec<Rename> {
    let one = |what, from: &str, to: &str| {
        let rename = Rename { what, from: from.to_owned(), to: to.to_owned() };
        Vec::from_iter((from != to).then_some(rename))
    };
    match edit {
        Edit::Batch(edits) => edits.iter().flat_map(|edit| renames(project, me, edit)).collect(),
        Edit::SetActors { to } => of_list(Renamed::Actor, project.actors(), to),
        Edit::SetIssues { to } => of_list(Renamed::Issue, project.issues(), to),
        Edit::SetCategory { id, to: Some((_, category)) } => match project.codebook().category(id) {
            Some(before) => one(Renamed::Category, &before.name, &category.name),
            None => Vec::new(),
        },
        Edit::SetMeta { document, to } => match project.document(document) {
            Some(before) => one(Renamed::Document, &before.meta.title, &to.title),
            None => Vec::new(),
        },
        Edit::SetDocumentSet { id, to: Some(name) } => match project.document_sets().get(id) {
            Some(before) => one(Renamed::Set, before, name),
            None => Vec::new(),
        },
        Edit::SetNotesEntry { owner, to: NotesEntry::View(id, Some(view)) } if owner == me => {
            let notes = project.analysis_notes_of(owner);
            match notes.and_then(|notes| notes.views.get(id)) {
                Some(before) => one(Renamed::View, &before.name, &view.name),
                None => Vec::new(),
            }
        }
        Edit::SetSpan { .. }
        | Edit::SetLink { .. }
        | Edit::SetStatus { .. }
        | Edit::SetUnblinded { .. }
        | Edit::SetDetached { .. }
        | Edit::SetDecision { .. }
        | Edit::SetReturn { .. }
        | Edit::SetCategory { .. }
        | Edit::SetAttribute { .. }
        | Edit::SetLinkKind { .. }
        | Edit::SetAlias { .. }
        | Edit::Recode { .. }
        | Edit::SetAnnotator { .. }
        | Edit::InsertDocument { .. }
        | Edit::ReplaceText { .. }
        | Edit::RemoveDocument { .. }
        | Edit::MoveDocuments { .. }
        | Edit::SetDocumentSet { .. }
        | Edit::SetMembers { .. }
        | Edit::SetName { .. }
        | Edit::SetBlind { .. }
        | Edit::SetRelations { .. }
        | Edit::SetNotesEntry { .. } => Vec::new(),
    }
}

/// The entries of a list of names that get another one.
fn of_list(what: Renamed, old: &[String], new: &[String]) -> Vec<Rename> {
    let pairs = old.iter().filter_map(|name| Some((name, successor(name, old, new)?)));
    let changed = pairs.filter(|(from, to)| *from != to);
    changed.map(|(from, to)| Rename { what, from: from.clone(), to }).collect()
}

/// The name that follows a name of the old list; `None` if it is gone. In lists of the same length, a new name in the place
/// of one that is gone is its new spelling.
pub fn successor(name: &str, old: &[String], new: &[String]) -> Option<String> {
    let renamed = || {
        let at = old.iter().position(|known| known == name).filter(|_| old.len() == new.len())?;
        new.get(at).filter(|name| !old.contains(name)).cloned()
    };
    kept(name, old, new).or_else(renamed)
}

/// A name that is still in the list, or that never was.
pub fn kept(name: &str, old: &[String], new: &[String]) -> Option<String> {
    let has = |list: &[String]| list.iter().any(|known| known == name);
    (has(new) || !has(old)).then(|| name.to_owned())
}

/// Returns the edits with which a person's saved views follow new names, given the project before the change and the edit
/// that makes it. A view that this edit sets is left as it sets it.
pub fn following_views(project: &Project, owner: &AnnotatorId, edit: &Edit, renames: &[Rename]) -> Vec<Edit> {
    let notes = project.analysis_notes_of(owner);
    let views = notes.into_iter().flat_map(|notes| notes.views.values());
    let is_readable = |view: &SavedView| !project.has_unreadable_notes(owner, NotesPart::View(view.id));
    let others = views.filter(|view| !sets(edit, owner, view) && is_readable(view));
    let followed = others.map(|view| (view, renamed_view(view, project, renames)));
    let changed = followed.filter(|(view, followed)| ***view != *followed);
    let set = |(_, followed): (_, SavedView)| Edit::SetNotesEntry {
        owner: owner.clone(),
        to: NotesEntry::View(followed.id, Some(Arc::new(followed))),
    };
    changed.map(set).collect()
}

/// The text of a filter with new names; the same if it can't be read.
pub fn renamed_filter(filter: &str, project: &Project, renames: &[Rename]) -> String {
    match Filter::parse(filter) {
        Ok(parsed) => {
            let renamed = parsed.renamed(project, renames);
            if renamed == parsed { filter.to_owned() } else { renamed.to_string() }
        }
        Err(_) => filter.to_owned(),
    }
}

fn sets(edit: &Edit, owner: &AnnotatorId, view: &SavedView) -> bool {
    match edit {
        Edit::Batch(edits) => edits.iter().any(|edit| sets(edit, owner, view)),
        Edit::SetNotesEntry { owner: of, to: NotesEntry::View(id, _) } => of == owner && *id == view.id,
        _ => false,
    }
}

fn renamed_view(view: &SavedView, project: &Project, renames: &[Rename]) -> SavedView {
    let actors = || renames.iter().filter(|rename| rename.what == Renamed::Actor);
    let name = |name: &String| {
        let found = actors().find(|rename| rename.from == *name);
        found.map_or_else(|| name.clone(), |rename| rename.to.clone())
    };
    SavedView {
        filter: renamed_filter(&view.filter, project, renames),
        nodes: view.nodes.iter().map(|(actor, place)| (name(actor), *place)).collect(),
        ..view.clone()
    }
}

#[cfg(test)]
mod tests {
    use demarche_model::{
        AttributeDef, AttributeKind, Category, Codebook, Colour, NodePlace, ViewId, ViewKind,
    };
    use uuid::Uuid;

    use super::*;

    /// A project with a view of Ana whose filter names things in several places.
    fn example(filter: &str) -> (Project, AnnotatorId) {
        let demand = Arc::new(Category::new("d1".into(), "Demand", Colour::nth(0)));
        let speaker = AttributeDef::new("speaker".into(), "Speaker", AttributeKind::Actor);
        let codebook =
            Codebook { categories: vec![demand], attributes: vec![speaker.into()], ..Codebook::default() };
        let mut project = Project::new("Talks", codebook);
        let actors = ["Estmark", "Norvania"].map(String::from).to_vec();
        project.apply(Edit::SetActors { to: actors }).unwrap();
        project.apply(Edit::SetIssues { to: vec!["fees".into()] }).unwrap();
        let view = SavedView {
            filter: filter.to_owned(),
            nodes: [("Estmark".to_owned(), NodePlace::default())].into(),
            ..SavedView::new(ViewId(Uuid::nil()), "Fees", ViewKind::Towards)
        };
        let ana = AnnotatorId::new("ana");
        let to = NotesEntry::View(view.id, Some(Arc::new(view)));
        project.apply(Edit::SetNotesEntry { owner: ana.clone(), to }).unwrap();
        (project, ana)
    }

    fn followed(filter: &str, edit: &Edit) -> Option<Arc<SavedView>> {
        let (project, ana) = example(filter);
        let renames = renames(&project, &ana, edit);
        match following_views(&project, &ana, edit, &renames).pop() {
            Some(Edit::SetNotesEntry { to: NotesEntry::View(_, view), .. }) => view,
            None => None,
            Some(other) => panic!("{other:?}"),
        }
    }

    fn actors(names: [&str; 2]) -> Edit {
        Edit::SetActors { to: names.map(String::from).to_vec() }
    }

    #[test]
    fn filters_and_places_follow_actors() {
        let filter =
            "actor:estmark,Norvania -near(target:Estmark; 1 paragraph) | @speaker:Estmark Estmark actor:Est*";
        let view = followed(filter, &actors(["Estmark Union", "Norvania"])).unwrap();
        let expected = "actor:\"Estmark Union\",Norvania -near(target:\"Estmark Union\"; 1 paragraph) | \
                        @speaker:\"Estmark Union\" Estmark actor:Est*";
        assert_eq!(view.filter, expected);
        assert_eq!(view.nodes.keys().collect::<Vec<_>>(), ["Estmark Union"]);
        // Another order is no new name, and two names that change places are none either.
        assert_eq!(followed(filter, &actors(["Norvania", "Estmark"])), None);
    }

    #[test]
    fn filters_follow_issues_and_categories_by_name() {
        let issues = Edit::SetIssues { to: vec!["none".into()] };
        assert_eq!(followed("issue:fees,none", &issues).unwrap().filter, "issue:\"none\",none");
        let claim = Category::new("d1".into(), "Claim", Colour::nth(0));
        let edit = Edit::SetCategory { id: "d1".into(), to: Some((0, claim.into())) };
        assert_eq!(followed("category:=Demand,d1", &edit).unwrap().filter, "category:=Claim,d1");
        assert_eq!(followed("category:d1 \"Demand", &edit), None);
    }
}
