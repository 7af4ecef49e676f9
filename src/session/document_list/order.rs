//! The order and the filter of the list of documents.

use std::cmp::Ordering;

use demarche_analysis::search::folded;
use demarche_io::place::DocumentSort;
use demarche_model::{Annotator, AnnotatorId, Document, DocumentId, DocumentMeta, DocumentSetId, Status};

use crate::Session;

/// The order of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DocumentOrder {
    /// What decides.
    pub by: DocumentSort,
    /// Whether the last comes first.
    pub descending: bool,
}

/// The documents to list: those that meet every condition.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DocumentFilter {
    /// Words that title, author, source, date, sets or assigned people contain.
    pub text: String,
    /// The set that they are in.
    pub set: Option<SetFilter>,
    /// The person who works on them: they are assigned to them, or have a layer of theirs.
    pub person: Option<AnnotatorId>,
    /// The status, which is that of the person, or the one that the list shows.
    pub status: Option<Status>,
    /// Only what is assigned to the user.
    pub only_mine: bool,
}

impl DocumentFilter {
    /// True if it lets every document through.
    pub fn is_empty(&self) -> bool {
        *self == Self { text: self.text.clone(), ..Self::default() } && self.text.trim().is_empty()
    }
}

/// A condition on the sets of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SetFilter {
    /// It is in this set.
    In(DocumentSetId),
    /// It is in no set.
    InNone,
}

/// The rows of the list, and what they were made from.
#[derive(Default)]
pub(super) struct Rows {
    /// The positions of all documents in the order of the list.
    sorted: Vec<usize>,
    /// Those that pass the filter.
    pub shown: Vec<usize>,
    /// The row of the document at each position.
    pub row_at: Vec<Option<usize>>,
    /// What decides about each document, by position.
    facts: Vec<Facts>,
    of_list: Option<u64>,
    pub is_stale: bool,
}

/// What decides where a document is in the list, apart from its entry in the project file.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Facts {
    passes: bool,
    status: Status,
}

impl Session {
    /// The documents in the order of the list, whatever the filter.
    pub(crate) fn sorted_documents(&self) -> impl DoubleEndedIterator<Item = &DocumentId> + Clone {
        let documents = self.project.documents();
        self.document_list.rows.sorted.iter().filter_map(|&at| documents.get(at)).map(|d| d.id())
    }

    /// Arranges the list again if its order or filter may have another result now, and updates the choice.
    pub(crate) fn arrange_documents(&mut self) {
        let revision = self.project.list_revision();
        if self.document_list.rows.of_list != Some(revision) {
            self.drop_gone_set();
        }
        if self.document_list.rows.is_stale || self.document_list.rows.of_list != Some(revision) {
            let rows = self.arranged();
            self.document_list.rows = rows;
            self.follow_choice();
        }
        self.follow_opened();
    }

    /// Notes that a document may have to move, or to be listed or not.
    pub(crate) fn check_document_row(&mut self, id: &DocumentId) {
        let Some(document) = self.project.document(id) else { return };
        let known = self.project.position(id).and_then(|at| self.document_list.rows.facts.get(at).copied());
        let needs = self.document_list.order.by == DocumentSort::Progress
            || self.document_list.filter.status.is_some()
            || self.document_list.filter.person.is_some();
        if needs && known != Some(Matcher::new(self).facts(self, document)) {
            self.document_list.rows.is_stale = true;
        }
    }

    fn arranged(&self) -> Rows {
        let documents = self.project.documents();
        let matcher = Matcher::new(self);
        let facts: Vec<Facts> = documents.iter().map(|document| matcher.facts(self, document)).collect();
        let sorted = self.sorted(&facts);
        let shown: Vec<usize> =
            sorted.iter().copied().filter(|&at| facts.get(at).is_some_and(|facts| facts.passes)).collect();
        let mut row_at = vec![None; documents.len()];
        for (row, &at) in shown.iter().enumerate() {
            row_at[at] = Some(row);
        }
        Rows { sorted, shown, row_at, facts, of_list: Some(self.project.list_revision()), is_stale: false }
    }

    /// Sorts the documents. What is equal stays in the order of the project.
    fn sorted(&self, facts: &[Facts]) -> Vec<usize> {
        let documents = self.project.documents();
        let mut sorted: Vec<usize> = (0..documents.len()).collect();
        let DocumentOrder { by, descending } = self.document_list.order;
        let directed = |ordering: Ordering| if descending { ordering.reverse() } else { ordering };
        let meta = |at: usize| -> &DocumentMeta { &documents[at].meta };
        match by {
            DocumentSort::Hand => {}
            DocumentSort::Title => {
                let keys: Vec<String> = documents.iter().map(|d| d.meta.title.to_lowercase()).collect();
                sorted.sort_by(|&a, &b| directed(natural_order(&keys[a], &keys[b])));
            }
            DocumentSort::Date => sorted.sort_by(|&a, &b| match (&meta(a).date, &meta(b).date) {
                (Some(a), Some(b)) => directed(a.cmp(b)),
                // Documents without a date come last in both directions.
                (a, b) => b.is_some().cmp(&a.is_some()),
            }),
            DocumentSort::Progress => {
                sorted.sort_by(|&a, &b| directed(rank(facts[a].status).cmp(&rank(facts[b].status))));
            }
        }
        sorted
    }

    /// Lists all sets again if the one of the filter is gone.
    fn drop_gone_set(&mut self) {
        let filter = &mut self.document_list.filter;
        let is_gone = |set: &SetFilter| match set {
            SetFilter::In(id) => !self.project.document_sets().contains_key(id),
            SetFilter::InNone => self.project.document_sets().is_empty(),
        };
        filter.set = filter.set.take().filter(|set| !is_gone(set));
    }
}

/// What is to be done comes first.
fn rank(status: Status) -> u8 {
    match status {
        Status::New => 0,
        Status::InProgress => 1,
        Status::Done => 2,
    }
}

/// The filter, prepared for many documents.
struct Matcher<'a> {
    filter: &'a DocumentFilter,
    words: Vec<String>,
    /// Whose status counts; `None` for the one that the list shows.
    person: Option<AnnotatorId>,
}

impl<'a> Matcher<'a> {
    fn new(session: &'a Session) -> Self {
        let filter = &session.document_list.filter;
        let words = filter.text.split_whitespace().map(folded).collect();
        Self { filter, words, person: filter.person.clone() }
    }

    fn facts(&self, session: &Session, document: &Document) -> Facts {
        let status = match &self.person {
            Some(person) => document.layer(person).map_or(Status::New, |layer| layer.status()),
            None => session.listed_status(document.id()),
        };
        let meta = &document.meta;
        let is_in_set = match &self.filter.set {
            Some(SetFilter::In(set)) => meta.sets.contains(set),
            Some(SetFilter::InNone) => meta.sets.is_empty(),
            None => true,
        };
        let passes = is_in_set
            && self.filter.status.is_none_or(|wanted| wanted == status)
            && (!self.filter.only_mine || session.is_assigned_to_me(&meta.id))
            && self.filter.person.as_ref().is_none_or(|person| works_on(session, person, document))
            && self.has_words(session, meta);
        Facts { passes, status }
    }

    fn has_words(&self, session: &Session, meta: &DocumentMeta) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let sets = meta.sets.iter().filter_map(|set| session.project.document_sets().get(set));
        let people = session.project.annotators().iter().filter(|person| is_listed(person, &meta.id));
        let names = sets.chain(people.map(|person| &person.name)).map(String::as_str);
        let date = meta.date.as_ref().map_or("", |date| date.as_str());
        let fields = [meta.title.as_str(), &meta.author, &meta.source, date];
        let all = folded(&fields.into_iter().chain(names).collect::<Vec<_>>().join("\n"));
        self.words.iter().all(|word| all.contains(word))
    }
}

/// True if a document is assigned to a person by name, or has a layer of theirs, in memory or on disk.
fn works_on(session: &Session, person: &AnnotatorId, document: &Document) -> bool {
    let is_assigned = session.project.annotator(person).is_some_and(|p| is_listed(p, document.id()));
    let is_on_disk = || session.files.listing().annotators(document.id()).any(|owner| owner == person);
    is_assigned || document.layer(person).is_some() || (!document.is_loaded() && is_on_disk())
}

/// Returns whether a document is assigned to a person by name.
fn is_listed(person: &Annotator, document: &DocumentId) -> bool {
    person.documents.listed().is_some_and(|listed| listed.contains(document))
}

/// Compares titles as people do: `Round 2` comes before `Round 10`.
pub(crate) fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (left, right) = (leading_digits(a), leading_digits(b));
        if !left.is_empty() && !right.is_empty() {
            let [x, y] = [left, right].map(|digits| digits.trim_start_matches('0'));
            let ordering = x.len().cmp(&y.len()).then(x.cmp(y));
            if ordering.is_ne() {
                return ordering;
            }
            (a, b) = (&a[left.len()..], &b[right.len()..]);
            continue;
        }
        let (mut first, mut second) = (a.chars(), b.chars());
        match (first.next(), second.next()) {
            (Some(x), Some(y)) if x == y => (a, b) = (first.as_str(), second.as_str()),
            (x, y) => return x.cmp(&y),
        }
    }
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_with_their_numbers() {
        let mut titles = ["round 10", "round 2", "round 02 b", "a", "", "round", "10", "9"];
        titles.sort_by(|a, b| natural_order(a, b));
        assert_eq!(titles, ["", "9", "10", "a", "round", "round 2", "round 02 b", "round 10"]);
    }
}
