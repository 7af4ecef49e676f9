//! What a change of the codebook would touch, in words.

use demarche_model::CategoryId;
use demarche_session::{Impact, Session};

/// The figures for some categories, counted anew only where the project has changed.
#[derive(Default)]
pub struct Counted {
    of: Option<(u64, Vec<CategoryId>)>,
    impact: Impact,
}

impl Counted {
    /// What is tagged with these categories.
    pub fn of(&mut self, session: &Session, categories: &[CategoryId]) -> &Impact {
        let known = self.of.as_ref().is_some_and(|(revision, of)| {
            *revision == session.project().revision() && of.as_slice() == categories
        });
        if !known {
            self.impact = session.impact(categories);
            self.of = Some((session.project().revision(), categories.to_vec()));
        }
        &self.impact
    }

    /// How many of the spans counted last are the user's.
    pub fn mine(&self, session: &Session) -> usize {
        self.impact.spans - of_others(session, &self.impact)
    }
}

/// How many of the spans are others'.
pub fn of_others(session: &Session, impact: &Impact) -> usize {
    impact.annotators.iter().filter(|(id, _)| id != session.me()).map(|(_, spans)| spans).sum()
}

/// What is touched, as a sentence: `37 passages in 4 documents: 21 of Ana, 16 of Ben.`
pub fn words(session: &Session, impact: &Impact) -> String {
    let sentence = impact.sentence(session.project());
    let mut letters = sentence.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

/// What becomes of the files of others, where they are touched.
pub fn others(session: &Session, impact: &Impact) -> Option<String> {
    let people = impact.annotators.iter().filter(|(id, _)| id != session.me());
    let person = |id| session.project().annotator(id).map_or(id.as_str(), |annotator| &annotator.name);
    let names: Vec<&str> = people.map(|(id, _)| person(id)).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("{one}'s file stays as it is; the codebook remembers the old name.")),
        [more @ .., last] => Some(format!(
            "The files of {} and {last} stay as they are; the codebook remembers the old name.",
            more.join(", ")
        )),
    }
}
