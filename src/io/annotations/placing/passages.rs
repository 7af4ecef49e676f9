//! Identity of passages.
//!
//! Two passages are the same only if their category, ranges, attributes, note and links are equal. Actor and target are
//! attributes, so two demands in one sentence are two passages.

use demarche_model::{Attributes, CategoryId, Ranges, Span, SpanId};

use foldhash::HashMap as FastMap;
use smallvec::SmallVec;
use std::sync::Arc;

/// The passages of a layer, existing and new, by category and ranges.
#[derive(Default)]
pub(super) struct Passages(FastMap<(CategoryId, Ranges), SmallVec<[Passage; 1]>>);

/// An existing or new passage.
struct Passage {
    span: Arc<Span>,
    /// The number of links that start from it.
    outgoing: usize,
    /// The last record that was matched with it.
    record: Option<Record>,
}

/// A record of a file.
#[derive(Clone, Copy)]
pub(super) struct Record {
    /// The number of the file.
    pub file: usize,
    /// The number of links in the file that start from the record.
    pub outgoing: usize,
    /// Whether a link in the file starts from or leads to the record.
    pub linked: bool,
}

/// The match of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sameness {
    /// A passage of the project or of an earlier file.
    Known(SpanId),
    /// An earlier record of the same file.
    Repeated(SpanId),
    /// None: the record is a new passage.
    New,
}

/// The content of a record that is compared, besides its links.
pub(super) struct Content<'a> {
    /// Category and ranges.
    pub place: &'a (CategoryId, Ranges),
    pub attributes: &'a Attributes,
    pub note: &'a str,
    /// Its id, if that is the id of a span.
    pub id: Option<SpanId>,
}

impl Passages {
    /// Adds an existing passage, or a new one with its record.
    pub fn add(&mut self, span: Arc<Span>, outgoing: usize, record: Option<Record>) {
        let place = (span.category.clone(), span.ranges.clone());
        self.0.entry(place).or_default().push(Passage { span, outgoing, record });
    }

    /// Finds the passage for a record. Each passage matches one record per file, so that equal records with different
    /// links remain separate. A record may have fewer links than its passage, since some formats lose them, but not
    /// more.
    pub fn find(&mut self, content: &Content<'_>, record: Record) -> Sameness {
        let Some(passages) = self.0.get_mut(content.place) else { return Sameness::New };
        let same = |passage: &Passage| {
            same_values(&passage.span.attributes, content.attributes) && passage.span.note == content.note
        };
        let mut equal: SmallVec<[&mut Passage; 2]> = passages.iter_mut().filter(|p| same(p)).collect();
        let repeats = |passage: &&mut Passage| {
            passage.record.is_some_and(|other| other.file == record.file && !other.linked && !record.linked)
        };
        if let Some(repeated) = equal.iter().find(|passage| repeats(passage)) {
            return Sameness::Repeated(repeated.span.id);
        }
        equal.retain(|passage| {
            let is_free = passage.record.is_none_or(|other| other.file != record.file);
            is_free && record.outgoing <= passage.outgoing
        });
        equal.sort_by_key(|passage| passage.outgoing);
        let named = equal.iter().position(|passage| Some(passage.span.id) == content.id);
        match equal.get_mut(named.unwrap_or_default()) {
            Some(known) => {
                known.record = Some(record);
                Sameness::Known(known.span.id)
            }
            None => Sameness::New,
        }
    }
}

/// Returns whether two spans have the same values.
fn same_values(a: &Attributes, b: &Attributes) -> bool {
    let pairs = || a.iter().zip(b);
    a.len() == b.len()
        && pairs().all(|((id, value), (other, known))| id == other && value.is_written_like(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_model::{Stamp, TextRange};
    use uuid::Uuid;

    fn span(id: u128, note: &str) -> Arc<Span> {
        let range = TextRange { start: 0, end: 4 };
        Arc::new(Span {
            id: SpanId(Uuid::from_u128(id)),
            category: "demand".into(),
            ranges: Ranges::new([range]).unwrap(),
            attributes: Attributes::default(),
            note: note.to_owned(),
            created: Stamp(0),
            modified: Stamp(0),
            provenance: None,
        })
    }

    fn find(passages: &mut Passages, note: &str, record: Record) -> Sameness {
        let span = span(0, note);
        let place = (span.category.clone(), span.ranges.clone());
        let content = Content { place: &place, attributes: &span.attributes, note, id: None };
        passages.find(&content, record)
    }

    #[test]
    fn a_passage_is_the_same_only_if_every_field_is() {
        let plain = Record { file: 1, outgoing: 0, linked: false };
        let mut passages = Passages::default();
        passages.add(span(1, "x"), 0, None);
        assert_eq!(find(&mut passages, "y", plain), Sameness::New);
        let linked = Record { outgoing: 1, linked: true, ..plain };
        assert_eq!(find(&mut passages, "x", linked), Sameness::New);
        let one = SpanId(Uuid::from_u128(1));
        assert_eq!(find(&mut passages, "x", plain), Sameness::Known(one));
        assert_eq!(find(&mut passages, "x", plain), Sameness::Repeated(one));
        assert_eq!(find(&mut passages, "x", Record { linked: true, ..plain }), Sameness::New);
        assert_eq!(find(&mut passages, "x", Record { file: 2, ..plain }), Sameness::Known(one));
    }
}
