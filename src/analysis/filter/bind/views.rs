//! The saved views that a filter can name.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use demarche_model::{AnnotatorId, Project, SavedView};

/// The saved views that a filter can name, ignoring case.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Views(BTreeMap<String, Named>);

/// What a name refers to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::filter) enum Named {
    /// A view, by the text of its filter.
    One(String),
    /// Views of several people, by their names.
    Several(Vec<SmolStr>),
}

impl Views {
    /// No views.
    pub fn new() -> Self {
        Self::default()
    }

    /// The saved views of everyone in a project. A name that several people use refers to the view of `user`, if one of
    /// them is theirs; without a user it is ambiguous, so that output does not depend on who runs the program.
    pub fn of(project: &Project, user: Option<&AnnotatorId>) -> Self {
        let named = by_name(project).into_values().map(|views| {
            let mine = views.iter().find(|(owner, _)| Some(*owner) == user);
            let name = views.first().map_or_else(String::new, |(_, view)| view.name.clone());
            match (mine, views.as_slice()) {
                (Some((_, view)), _) | (None, [(_, view)]) => {
                    (view.name.clone(), Named::One(view.filter.clone()))
                }
                (None, _) => (name, Named::Several(owners(project, &views))),
            }
        });
        Self(named.collect())
    }

    pub(in crate::filter) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(in crate::filter) fn get(&self, name: &str) -> Option<&Named> {
        self.0.get(name)
    }

    /// The names that refer to one view, with its filter.
    pub(in crate::filter) fn filters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter_map(|(name, named)| match named {
            Named::One(filter) => Some((name.as_str(), filter.as_str())),
            Named::Several(_) => None,
        })
    }
}

/// Each name once, with the text of its filter.
impl FromIterator<(String, String)> for Views {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(views: I) -> Self {
        Self(views.into_iter().map(|(name, filter)| (name, Named::One(filter))).collect())
    }
}

/// The views of a project by name in lower case, with their owners.
fn by_name(project: &Project) -> BTreeMap<String, Vec<(&AnnotatorId, &SavedView)>> {
    let mut named: BTreeMap<String, Vec<(&AnnotatorId, &SavedView)>> = BTreeMap::new();
    for (owner, notes) in project.analysis_notes().iter() {
        for view in notes.views.values() {
            named.entry(view.name.to_lowercase()).or_default().push((owner, view));
        }
    }
    named
}

/// The people who own some views, each once.
fn owners(project: &Project, views: &[(&AnnotatorId, &SavedView)]) -> Vec<SmolStr> {
    let mut owners: Vec<SmolStr> =
        views.iter().map(|(owner, _)| SmolStr::new(project.name_of(owner))).collect();
    owners.dedup();
    owners
}

/// A saved view, by name, for a command that shows it.
///
/// # Errors
/// Several people have a view of this name: their names.
pub fn saved_view<'p>(project: &'p Project, name: &str) -> Result<Option<&'p SavedView>, Vec<SmolStr>> {
    let views = by_name(project).remove(&name.trim().to_lowercase()).unwrap_or_default();
    match views.as_slice() {
        [] => Ok(None),
        [(_, view)] => Ok(Some(view)),
        several => Err(owners(project, several)),
    }
}
