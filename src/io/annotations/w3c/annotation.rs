//! The bodies, creator and times of an annotation.

use crate::annotations::json::{self, At, Json};
use crate::annotations::{Draft, DraftPerson, DraftSpan, DraftValue};

/// The parts of an annotation other than its target.
pub(super) struct Annotation {
    line: Option<usize>,
    id: Option<String>,
    annotator: Option<String>,
    categories: Vec<String>,
    note: String,
    attributes: Vec<(String, DraftValue)>,
    created: Option<String>,
    modified: Option<String>,
}

/// Purposes and motivations of bodies with categories.
const TAGS: [&str; 2] = ["tagging", "classifying"];

impl Annotation {
    /// Reads an annotation. Annotators and problems are added to the draft.
    pub fn read(at: At<'_>, json: &Json, draft: &mut Draft) -> Self {
        let (mut categories, mut notes) = (Vec::new(), Vec::new());
        let motivation = purpose(json, "motivation").next();
        notes.extend(json::text(json, "bodyValue"));
        for body in items(json.get("body")) {
            let own = purpose(body, "purpose").next();
            let is_tag = own.or(motivation).is_some_and(|purpose| TAGS.contains(&purpose));
            let text = words(body).or_else(|| is_tag.then(|| name(body)).flatten());
            match text {
                Some(text) if is_tag => categories.push(text),
                Some(text) => notes.push(text),
                None => {}
            }
        }
        if categories.is_empty() {
            categories.push(motivation.unwrap_or("annotation").to_owned());
        }
        let problems = &mut draft.problems;
        let attributes = json::attributes(json, "demarche:attributes", |why| problems.push(at.refused(why)));
        Self {
            line: at.line,
            id: iri(json).map(plain_id),
            annotator: items(json.get("creator")).find_map(|creator| person(creator, draft)),
            categories,
            note: notes.join("\n"),
            attributes,
            created: json::time(json, "created"),
            modified: json::time(json, "modified"),
        }
    }

    /// Returns a span per category, all with the same ranges.
    pub fn spans(&self, ranges: Vec<(i64, i64)>, quote: Option<String>) -> impl Iterator<Item = DraftSpan> {
        self.categories.iter().enumerate().map(move |(number, category)| DraftSpan {
            line: self.line,
            id: self.id.clone().filter(|_| number == 0),
            annotator: self.annotator.clone(),
            category: category.clone(),
            ranges: ranges.clone(),
            quote: quote.clone(),
            attributes: self.attributes.clone(),
            note: self.note.clone(),
            created: self.created.clone(),
            modified: self.modified.clone(),
            provenance: None,
        })
    }
}

/// Returns the id of the creator of an annotation, and adds them with their name to the draft.
fn person(creator: &Json, draft: &mut Draft) -> Option<String> {
    let name = json::text(creator, "name");
    let id = json::text(creator, "nickname").or_else(|| name.clone());
    let id = id.or_else(|| iri(creator).map(|id| last_part(id).to_owned()))?;
    if let Some(name) = name.filter(|_| draft.people.iter().all(|person| person.id != id)) {
        draft.people.push(DraftPerson { id: id.clone(), name, colour: None });
    }
    Some(id)
}

/// Returns a value, or each value of a list.
pub(super) fn items<'j, 'a>(json: Option<&'j Json<'a>>) -> impl Iterator<Item = &'j Json<'a>> {
    let several = json.and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let one = json.filter(|json| json.as_array().is_none() && !json.is_null());
    several.iter().chain(one)
}

/// Returns the IRI of a resource: a text, or its id.
pub(super) fn iri<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    json.as_str().or_else(|| json.get("id").or_else(|| json.get("@id"))?.as_str())
}

/// Returns the text of an embedded body.
pub(super) fn words(body: &Json) -> Option<String> {
    let words = body.get("value").or_else(|| body.get("chars"))?.as_str()?;
    (!words.is_empty()).then(|| words.to_owned())
}

/// Returns the name of a body that is a resource: its label, or the last part of its IRI.
fn name(body: &Json) -> Option<String> {
    let resource = body.get("source").unwrap_or(body);
    let label = json::text(resource, "label").or_else(|| json::text(resource, "rdfs:label"));
    label.or_else(|| iri(resource).map(|id| last_part(id).to_owned()))
}

/// Returns the last part of an IRI that is not empty.
fn last_part(iri: &str) -> &str {
    iri.rsplit(['/', '#', ':']).find(|part| !part.is_empty()).unwrap_or(iri)
}

/// Returns the purposes of a body or the motivations of an annotation, without the prefix `oa:`.
pub(super) fn purpose<'a>(json: &'a Json, key: &str) -> impl Iterator<Item = &'a str> {
    items(json.get(key)).filter_map(Json::as_str).map(last_part)
}

/// Returns an id without the prefix of UUIDs.
pub(super) fn plain_id(id: &str) -> String {
    id.strip_prefix("urn:uuid:").unwrap_or(id).to_owned()
}
