//! People, memos, times, and what a database knows about its documents and cases.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDateTime;

use crate::annotations::{DraftDocument, DraftMemo, DraftPerson, DraftSubject};
use crate::loss::{DatabaseLoss, Losses, QdaLoss};
use crate::project::parse_time;
use demarche_analysis::context::shorten;
use demarche_model::Date;

/// Returns the times that the programs write as RFC 3339. They are in the time zone of the person who worked, which no
/// program records; they are taken as UTC. A time that can't be read is counted.
pub(super) fn time(text: Option<String>, losses: &mut Losses) -> Option<String> {
    let text = text?;
    if parse_time(&text).is_some() {
        return Some(text);
    }
    // That of SQLite and Python, and that of R in English.
    let forms = ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%a %b %e %H:%M:%S %Y"];
    let read = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok());
    losses.add(DatabaseLoss::Times, usize::from(read.is_none()));
    read.map(|time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// The people of a database, by the names that it uses.
#[derive(Default)]
pub(super) struct People(BTreeSet<String>);

impl People {
    /// Adds a person, and returns their name.
    pub fn add(&mut self, name: Option<String>) -> Option<String> {
        self.0.extend(name.clone());
        name
    }

    /// Returns all people.
    pub fn finish(self) -> Vec<DraftPerson> {
        let person = |name: String| DraftPerson { id: name.clone(), name, colour: None };
        self.0.into_iter().map(person).collect()
    }
}

/// Returns a memo; `None` if it has no words.
pub(super) fn memo(
    subject: DraftSubject,
    text: Option<String>,
    author: Option<String>,
    modified: Option<String>,
) -> Option<DraftMemo> {
    Some(DraftMemo { subject, author, text: text?, modified })
}

/// Greatest number of sets and values of documents. A case with its values can be in every document, so that a small file
/// could say more than fits into memory.
const MOST: usize = 1_000_000;
/// Greatest length of a name in characters.
const NAME: usize = 200;
/// Greatest number of bytes of all of them.
const BYTES: usize = 64 << 20;

/// What a database says about each document besides its text: the sets that it is in, and values of its own variables.
#[derive(Default)]
pub(super) struct Facts {
    sets: HashMap<i64, BTreeSet<String>>,
    values: BTreeMap<i64, Vec<Value>>,
    count: usize,
    /// The bytes of all values.
    bytes: usize,
    /// The number of those that are left out since there are too many.
    left_out: usize,
}

/// A value of a variable of the database.
struct Value {
    name: String,
    value: String,
    owner: Option<String>,
}

impl Facts {
    /// Puts a document into a set.
    pub fn join(&mut self, document: i64, set: &str) {
        if self.has_room(set.len().min(NAME)) {
            self.sets.entry(document).or_default().insert(shorten(set, NAME));
        }
    }

    /// Adds the value of a variable, and who has set it.
    pub fn value(&mut self, document: i64, name: &str, value: &str, owner: Option<&String>) {
        if self.has_room(value.len()) {
            let (name, value, owner) = (shorten(name, NAME), value.to_owned(), owner.cloned());
            self.values.entry(document).or_default().push(Value { name, value, owner });
        }
    }

    fn has_room(&mut self, bytes: usize) -> bool {
        self.count += 1;
        self.bytes += bytes;
        let has_room = self.count <= MOST && self.bytes <= BYTES;
        self.left_out += usize::from(!has_room);
        has_room
    }

    /// Adds the facts to a document: a date, author and source to its own fields, and others to a memo with a line for each
    /// value, since a document has no variables of its own.
    pub fn tell(&mut self, id: i64, document: &mut DraftDocument, memos: &mut Vec<DraftMemo>) {
        document.sets = self.sets.remove(&id).unwrap_or_default().into_iter().collect();
        let mut rest: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
        for Value { name, value, owner } in self.values.remove(&id).unwrap_or_default() {
            let field = match name.to_lowercase().as_str() {
                "date" if Date::parse(&value).is_some() => Some(&mut document.date),
                "author" | "speaker" => Some(&mut document.author),
                "source" => Some(&mut document.source),
                _ => None,
            };
            match field.filter(|field| field.is_none()) {
                Some(field) => *field = Some(value),
                None => rest.entry(owner).or_default().push(format!("{name}: {value}")),
            }
        }
        memos.extend(rest.into_iter().map(|(author, lines)| DraftMemo {
            subject: DraftSubject::Document(document.id.clone()),
            author,
            text: lines.join("\n"),
            modified: None,
        }));
    }

    /// Counts the values and sets of documents that are not there, and those that are too many.
    pub fn finish(self, losses: &mut Losses) {
        let sets: usize = self.sets.values().map(BTreeSet::len).sum();
        let values: usize = self.values.values().map(Vec::len).sum();
        losses.add(DatabaseLoss::Dangling, sets + values);
        losses.add(QdaLoss::VariableValues, self.left_out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_all_programs_are_read_and_others_counted() {
        let mut losses = Losses::default();
        let mut read = |text: &str| time(Some(text.to_owned()), &mut losses);
        let same = Some("2026-03-04T05:06:07Z".to_owned());
        for text in ["2026-03-04 05:06:07", "2026-03-04 05:06:07.891011", "Wed Mar  4 05:06:07 2026"] {
            assert_eq!(read(text), same, "{text}");
        }
        assert_eq!(read("2026-03-04T05:06:07+09:00").as_deref(), Some("2026-03-04T05:06:07+09:00"));
        assert_eq!(read("mer. mars 4"), None);
        assert_eq!(losses.report(), [crate::Loss::new(DatabaseLoss::Times, 1)]);
        assert_eq!(time(None, &mut Losses::default()), None);
    }
}
