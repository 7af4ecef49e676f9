//! The filter of the screen: why one is refused, the views that it can name, and its completion.

use demarche_analysis::filter::{BindError, Completion, Filter, FilterError, Views, complete};
use demarche_analysis::renames::{following_views, renamed_filter, renames};
use demarche_model::Edit;
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
        Filter::parse(text)?.bind(&self.project, &self.named_views())?;
        Ok(())
    }

    /// What can be inserted into the text of a filter at a caret, which is counted in characters.
    pub fn complete_filter(&self, text: &str, caret: usize) -> Completion {
        complete(text, caret, &self.project, &self.named_views())
    }

    /// The saved views that a filter of the user can name.
    pub(super) fn named_views(&self) -> Views {
        Views::of(&self.project, Some(&self.me))
    }

    /// An edit together with those with which the user's saved views follow what it gives another name.
    pub(crate) fn with_following_views(&self, edit: Edit) -> Edit {
        let renames = renames(&self.project, &self.me, &edit);
        if renames.is_empty() {
            return edit;
        }
        let mut views = following_views(&self.project, &self.me, &edit, &renames);
        if views.is_empty() {
            return edit;
        }
        match edit {
            Edit::Batch(mut edits) => {
                edits.append(&mut views);
                Edit::Batch(edits)
            }
            edit => Edit::Batch(std::iter::once(edit).chain(views).collect()),
        }
    }

    /// The filter with the names that an edit gives; `None` if it stays the same.
    pub(crate) fn following_filter(&self, edit: &Edit) -> Option<String> {
        let filter = &self.analyse.question.filter;
        if filter.is_empty() {
            return None;
        }
        let renames = renames(&self.project, &self.me, edit);
        (!renames.is_empty()).then(|| renamed_filter(filter, &self.project, &renames))
    }
}
