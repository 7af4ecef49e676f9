//! People whom a file names.

use super::Names;
use super::made::title;
use crate::project::check_file_id;
use demarche_model::{Annotator, AnnotatorId, Colour, slug};

impl Names<'_> {
    /// The annotator that a name means. Does not add them: see [`Self::add_annotator`].
    pub fn annotator(&mut self, given: &str) -> AnnotatorId {
        if let Some((_, id)) = self.last.as_ref().filter(|(name, _)| name == given) {
            return id.clone();
        }
        let id = self.find_annotator(given);
        self.last = Some((given.to_owned(), id.clone()));
        id
    }

    /// As [`Self::annotator`], for a name that seldom comes twice in a row.
    pub fn find_annotator(&self, given: &str) -> AnnotatorId {
        let known = self.project.annotators().iter().chain(&self.people);
        let found = known.clone().find(|a| a.id.as_str() == given).or_else(|| {
            let mut alike = known.clone();
            alike.find(|a| a.name == given)
        });
        // The id becomes the name of a folder, so nothing else may stand in it.
        let made = || {
            let id = slug(given, "annotator");
            if check_file_id(&id).is_ok() { id } else { format!("annotator-{id}") }
        };
        found.map_or_else(|| AnnotatorId::new(made()), |a| a.id.clone())
    }

    /// Adds an annotator whom the project lacks, under the name that was given.
    pub fn add_annotator(&mut self, id: &AnnotatorId, given: &str) {
        let known = id.is_consensus()
            || self.project.annotator(id).is_some()
            || self.people.iter().any(|a| a.id == *id);
        if !known {
            let colour = Colour::nth(self.project.annotators().len() + self.people.len());
            let person = self.persons.iter().find(|person| person.id == given);
            let known = person.map(|person| person.name.clone()).filter(|name| !name.trim().is_empty());
            let plain = || if given == id.as_str() { title(given) } else { given.to_owned() };
            let colour = person.and_then(|person| person.colour).unwrap_or(colour);
            self.people.push(Annotator::new(id.clone(), known.unwrap_or_else(plain), colour));
            self.made.annotators.push(id.clone());
            // Somebody may bear as a name what another one is called here.
            self.last = None;
        }
    }
}
