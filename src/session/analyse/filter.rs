//! The filter of the screen: why one is refused, the views that it can name, and its completion.

use std::collections::BTreeMap;

use demarche_analysis::filter::{BindError, Completion, Filter, FilterError, Views, complete};
use demarche_model::{AnnotatorId, Project, SavedView};
use thiserror::Error;

use crate::Session;

/// The reason why a filter is not applied.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum FilterRefusal {
    /// Its text can't be read.
    #[error(transparent)]
    Unreadable(#[from] FilterError),
    /// It does not fit the project.
    #[error(transparent)]
    Unfit(#[from] BindError),
}

impl Session {
    /// Checks the text of a filter against the project.
    ///
    /// # Errors
    /// The text can't be read, or names something that the project does not have.
    pub fn check_filter(&self, text: &str) -> Result<(), FilterRefusal> {
        Filter::parse(text)?.bind(&self.project, &named_filters(&self.project, &self.me))?;
        Ok(())
    }

    /// What can be inserted into the text of a filter at a caret, which is counted in characters.
    pub fn complete_filter(&self, text: &str, caret: usize) -> Completion {
        complete(text, caret, &self.project, &named_filters(&self.project, &self.me))
    }
}

/// The filters of saved views by name: the user's, and those of others whose name only one view has.
pub(super) fn named_filters(project: &Project, me: &AnnotatorId) -> Views {
    let mut named: BTreeMap<String, Vec<(bool, &SavedView)>> = BTreeMap::new();
    for (owner, notes) in project.analysis_notes().iter() {
        for view in notes.views.values() {
            named.entry(view.name.to_lowercase()).or_default().push((owner == me, view));
        }
    }
    let one = |views: Vec<(bool, &SavedView)>| {
        let mine = views.iter().find(|(is_mine, _)| *is_mine);
        let (_, view) = mine.or(views.first().filter(|_| views.len() == 1))?;
        Some((view.name.clone(), view.filter.clone()))
    };
    named.into_values().filter_map(one).collect()
}
