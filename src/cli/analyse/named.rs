//! Views by the name that a command gives them: one of the program's, or a saved one.

use crate::analysis::filter::saved_view;
use crate::analysis::saved_views::missing_names;
use crate::cli::Failure;
use crate::cli::terminal::eprint_status;
use crate::cli::words::{analyse as words, usage};
use crate::model::{Project, SavedView, ViewKind, nearest};

/// A view that was named.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) enum NamedView<'p> {
    /// A view as it starts.
    Kind(ViewKind),
    /// A saved view of anyone.
    Saved(&'p SavedView),
}

impl<'p> NamedView<'p> {
    /// The view with a name, ignoring case for saved ones. Says on standard error if a saved view names something that the
    /// project does not have.
    ///
    /// # Errors
    /// Nothing has this name, or saved views of several people have it.
    pub fn of(project: &'p Project, name: &str) -> Result<Self, Failure> {
        if let Some(kind) = ViewKind::from_code(name) {
            return Ok(Self::Kind(kind));
        }
        match saved_view(project, name) {
            Ok(Some(view)) => {
                if !missing_names(view, project).is_empty() {
                    eprint_status(&words::missing_names(&view.name));
                }
                Ok(Self::Saved(view))
            }
            Ok(None) => Err(unknown(project, name)),
            Err(owners) => Err(Failure::Usage(words::ambiguous_view(name, &owners))),
        }
    }

    /// The kind of view.
    pub fn kind(self) -> ViewKind {
        match self {
            Self::Kind(kind) => kind,
            Self::Saved(view) => view.kind,
        }
    }
}

fn unknown(project: &Project, name: &str) -> Failure {
    let saved = project.analysis_notes().values().flat_map(|notes| notes.views.values());
    let saved: Vec<&str> = saved.map(|view| view.name.as_str()).collect();
    let names = || ViewKind::ALL.iter().map(|kind| kind.code()).chain(saved.iter().copied());
    Failure::Usage(usage::unknown_near("view", name, nearest(name, names()), names()))
}
