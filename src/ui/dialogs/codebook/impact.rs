//! The passages that a change of the codebook would touch.

use demarche_model::CategoryId;
use demarche_session::{Impact, Session};

use crate::words::categories as words;

/// The passages of some categories, counted again only when the project has changed.
#[derive(Default)]
pub struct CachedImpact {
    key: Option<(u64, Vec<CategoryId>)>,
    impact: Impact,
}

impl CachedImpact {
    /// Counts the passages of these categories.
    pub fn get(&mut self, session: &Session, categories: &[CategoryId]) -> &Impact {
        let known = self.key.as_ref().is_some_and(|(revision, of)| {
            *revision == session.project().revision() && of.as_slice() == categories
        });
        if !known {
            self.impact = session.impact(categories);
            self.key = Some((session.project().revision(), categories.to_vec()));
        }
        &self.impact
    }

    /// The number of the user's passages among those counted last.
    pub fn mine(&self, session: &Session) -> usize {
        self.impact.spans - count_others(session, &self.impact)
    }
}

/// The number of other annotators' passages.
pub fn count_others(session: &Session, impact: &Impact) -> usize {
    impact.annotators.iter().filter(|(id, _)| id != session.me()).map(|(_, spans)| spans).sum()
}

/// The passages as a sentence.
pub fn describe(session: &Session, impact: &Impact) -> String {
    words::impact(&impact.sentence(session.project()))
}

/// What happens to the files of other annotators; `None` if there are none.
pub fn describe_others(session: &Session, impact: &Impact) -> Option<String> {
    let people = impact.annotators.iter().filter(|(id, _)| id != session.me());
    let names: Vec<&str> = people.map(|(id, _)| session.project().name_of(id)).collect();
    words::others_unchanged(&names)
}
