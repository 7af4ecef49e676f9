//! Completion of a filter at the caret: fields, relations, values and distances.

mod candidates;
mod context;

use std::ops::Range;

use demarche_model::Project;

use super::bind::Views;
use context::{Context, Place};

/// Most candidates that are offered.
pub const MAX_CANDIDATES: usize = 50;

/// What can be inserted at the caret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// The part of the text that a candidate replaces, in characters.
    pub replace: Range<usize>,
    /// The candidates, the nearest to what is typed first.
    pub candidates: Vec<Candidate>,
}

/// A text that can be inserted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The text to insert, in quotes where they are needed.
    pub text: String,
    /// The name to show.
    pub label: String,
    /// A short description; may be empty.
    pub about: String,
}

/// Returns what can be inserted at the caret, which is counted in characters.
///
/// # Examples
///
/// ```
/// use demarche_analysis::filter::{Views, complete};
/// use demarche_model::{Codebook, Project};
///
/// let actors = vec!["Estmark".to_owned(), "Skippers’ union".to_owned()];
/// let project = Project::assemble("Talks".into(), vec![], actors, vec![], Codebook::default(), vec![]);
/// let completion = complete("role:demand actor:un", 20, &project, &Views::new());
/// assert_eq!(completion.replace, 18..20);
/// assert_eq!(completion.candidates[0].text, "\"Skippers’ union\"");
/// ```
pub fn complete(text: &str, caret: usize, project: &Project, views: &Views) -> Completion {
    let chars: Vec<char> = text.chars().collect();
    let Context { place, replace } = Context::at(&chars, caret.min(chars.len()));
    let typed: String = chars[replace.start..caret.clamp(replace.start, replace.end)].iter().collect();
    let all = match &place {
        Place::Term => candidates::terms(project),
        Place::Value(field) => candidates::values(field, project, views),
        Place::Distance => candidates::distances(&typed),
    };
    Completion { replace, candidates: candidates::rank(all, &typed) }
}
