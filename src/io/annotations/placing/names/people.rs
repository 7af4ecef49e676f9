//! Annotators in a file.

use std::collections::BTreeSet;

use foldhash::HashSet as FastSet;

use super::Names;
use crate::annotations::{DraftDocument, DraftSpan};
use demarche_model::{Annotator, AnnotatorId, Colour, check_file_id, is_slug, readable, slug};

impl Names<'_> {
    /// Assigns an id to every annotator named in these documents. Names that are ids come first, so that the order of the
    /// spans does not decide which annotator gets which id.
    pub(super) fn meet_people(&mut self, documents: &[DraftDocument]) {
        let spans = documents.iter().flat_map(|document| &document.spans);
        let names: FastSet<&str> = spans.flat_map(names_in).filter(|name| !name.trim().is_empty()).collect();
        let names: BTreeSet<&str> = names.into_iter().collect();
        let (ids, others): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| is_slug(name));
        for name in ids.into_iter().chain(others) {
            self.annotator(name.trim());
        }
    }

    /// Returns the annotator with a name: by id, then by exact name, otherwise a new one. Does not add them: see
    /// [`Self::add_annotator`].
    pub fn annotator(&mut self, given: &str) -> AnnotatorId {
        if let Some((_, id)) = self.last.as_ref().filter(|(name, _)| name == given) {
            return id.clone();
        }
        let id = match self.annotators.get(given) {
            Some(id) => id.clone(),
            None => {
                let id = self.known_annotator(given).unwrap_or_else(|| self.free_annotator(given));
                self.annotators.insert(given.to_owned(), id.clone());
                id
            }
        };
        self.last = Some((given.to_owned(), id.clone()));
        id
    }

    fn known_annotator(&self, given: &str) -> Option<AnnotatorId> {
        if given == AnnotatorId::consensus().as_str() {
            return Some(AnnotatorId::consensus());
        }
        let people = self.project.annotators();
        let found = people.iter().find(|person| person.id.as_str() == given);
        let found = found.or_else(|| people.iter().find(|person| person.name == given));
        let again = || {
            let id = AnnotatorId::new(slug(given, ""));
            let name = self.display_name(given);
            people.iter().find(|person| person.id == id && person.name == name)
        };
        found.or_else(again).map(|person| person.id.clone())
    }

    /// Returns an id that is not in use in the project or the file.
    fn free_annotator(&self, given: &str) -> AnnotatorId {
        let assigned: Vec<AnnotatorId> = self.annotators.values().cloned().collect();
        // An owner of layers who is not listed in the project is known only by id.
        let unlisted = AnnotatorId::new(given);
        let owned = self.project.documents().iter().any(|document| document.layers.contains_key(&unlisted));
        if owned && check_file_id(given).is_ok() && !assigned.contains(&unlisted) {
            return unlisted;
        }
        self.project.free_person_id_besides(given, &assigned)
    }

    /// Returns the display name of a new annotator: as defined in the file, or derived from the name in the spans. Unless
    /// that name is also the id, it stays as it is: the next import has to find the annotator by it.
    fn display_name(&self, given: &str) -> String {
        let person = self.persons.iter().find(|person| person.id == given);
        match person.map(|person| person.name.clone()).filter(|name| !name.trim().is_empty()) {
            Some(name) => name,
            None if is_slug(given) => readable(given),
            None => given.to_owned(),
        }
    }

    /// Adds an annotator that the project lacks, under the given name.
    pub fn add_annotator(&mut self, id: &AnnotatorId, given: &str) {
        let known = id.is_consensus()
            || self.project.annotator(id).is_some()
            || self.people.iter().any(|person| person.id == *id);
        if !known {
            let person = self.persons.iter().find(|person| person.id == given);
            let colour = person.and_then(|person| person.colour);
            let at = self.project.annotators().len() + self.people.len();
            let colour = colour.unwrap_or_else(|| Colour::nth(at));
            self.people.push(Annotator::new(id.clone(), self.display_name(given), colour));
            self.additions.annotators.push(id.clone());
        }
    }
}

/// Returns the annotators named in a span and in its provenance.
fn names_in(span: &DraftSpan) -> impl Iterator<Item = &str> {
    let origin = span.provenance.as_ref();
    let sources = origin.into_iter().flat_map(|origin| origin.from.iter().chain(&origin.over));
    let by = origin.map(|origin| origin.by.as_str());
    span.annotator.as_deref().into_iter().chain(by).chain(sources.map(|(annotator, _)| annotator.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotations::{NameChoices, UnknownNames};
    use demarche_model::{Codebook, Project};

    #[test]
    fn an_id_stays_the_same_however_long_it_is() {
        let project = Project::new("Talks", Codebook::default());
        let choices = NameChoices::default();
        let mut names = Names::new(&project, &choices, UnknownNames::default());
        let id = "the-delegation-of-the-republic-of-norvan";
        assert_eq!(names.annotator(&format!("{id}-2")).as_str(), format!("{id}-2"));
        assert_eq!(names.annotator(id).as_str(), id);
    }
}
