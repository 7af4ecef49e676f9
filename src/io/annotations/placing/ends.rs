//! The spans at which links of other documents end.
//!
//! A link names the span at its end by id, and sometimes the document. A file may leave the document out, or the span
//! may be in another file of the import, or in the project. The files of a large import are placed in parts; the links
//! and ids of each part are kept until all are placed.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use foldhash::{HashMap as FastMap, HashSet as FastSet};

use crate::annotations::{Draft, DraftLink};
use demarche_model::{AnnotatorId, DocumentId, LinkKind, SpanId};

/// The spans that links of other documents may end at, by the ids that the files use for them.
#[derive(Default)]
pub(super) struct Ends {
    /// The ids that links name and their own documents lack.
    wanted: FastSet<String>,
    /// The spans with these ids, each with the number of its file.
    found: FastMap<String, Vec<(usize, Place)>>,
}

/// A document and a span in it.
pub(super) type Place = (DocumentId, SpanId);

/// The ids and links that the parts of an import share, so that links between them can be placed.
#[derive(Debug, Default)]
pub struct BetweenFiles {
    /// The spans by the ids that the files use for them.
    found: FastMap<String, Vec<Place>>,
    /// Links that end in other files.
    pub(super) waiting: Vec<Waiting>,
    /// The ids of spans that were left out.
    pub(super) left_out: FastSet<String>,
}

/// A link that waits for the other files, with what is known of it.
#[derive(Debug)]
pub(super) struct Waiting {
    pub file: PathBuf,
    /// The document in which it starts.
    pub document: DocumentId,
    pub annotator: AnnotatorId,
    pub from: SpanId,
    pub link: DraftLink,
    /// Its kind, if the file defines one.
    pub kind: Option<Arc<LinkKind>>,
}

/// The result of looking for a span by its id alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// The only span with the id.
    At(Place),
    /// Several documents have such a span.
    Ambiguous,
    /// No document has one.
    Nowhere,
}

impl Ends {
    /// Collects the ids that links in these files name and their own documents lack.
    pub fn of<'d>(drafts: impl Iterator<Item = &'d Draft>) -> Self {
        let mut wanted = FastSet::default();
        for draft in drafts.filter(|draft| draft.documents.iter().any(|d| !d.links.is_empty())) {
            let documents = draft.documents.iter();
            let ids = documents.map(|document| {
                let spans = document.spans.iter().filter_map(|span| span.id.as_deref());
                (document.id.as_str(), spans.collect::<FastSet<&str>>())
            });
            let ids: HashMap<&str, FastSet<&str>> = ids.collect();
            for document in &draft.documents {
                for link in &document.links {
                    let named = link.to_document.as_deref().unwrap_or(&document.id);
                    if ids.get(named).is_none_or(|spans| !spans.contains(link.to.as_str())) {
                        wanted.insert(link.to.clone());
                    }
                }
            }
        }
        Self { wanted, found: FastMap::default() }
    }

    /// Returns whether a link wants a span.
    pub fn wants(&self, id: &str) -> bool {
        self.wanted.contains(id)
    }

    /// Records where a span was placed, if a link wants it.
    pub fn record(&mut self, id: &str, file: usize, place: &Place) {
        if self.wants(id) {
            self.found.entry(id.to_owned()).or_default().push((file, place.clone()));
        }
    }

    /// Finds a span in one file.
    pub fn in_file(&self, id: &str, file: usize) -> End {
        let found = self.found.get(id).into_iter().flatten();
        end(found.filter(|(number, _)| *number == file).map(|(_, place)| place))
    }
}

impl BetweenFiles {
    /// Returns whether there are links to place once all files are.
    pub fn has_links(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Adds the links and ids of another part.
    pub fn extend(&mut self, other: Self) {
        for (id, places) in other.found {
            self.found.entry(id).or_default().extend(places);
        }
        self.waiting.extend(other.waiting);
        self.left_out.extend(other.left_out);
    }

    /// Records the place of a span.
    pub(super) fn record(&mut self, id: &str, place: Place) {
        self.found.entry(id.to_owned()).or_default().push(place);
    }

    /// Finds a span in all files.
    pub(super) fn find(&self, id: &str) -> End {
        end(self.found.get(id).into_iter().flatten())
    }
}

fn end<'a>(mut found: impl Iterator<Item = &'a Place>) -> End {
    let Some(first) = found.next() else { return End::Nowhere };
    // The same span may be in several records.
    if found.all(|(_, span)| *span == first.1) { End::At(first.clone()) } else { End::Ambiguous }
}
