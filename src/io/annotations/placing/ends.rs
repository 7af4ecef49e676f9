//! The spans at which links of other documents end.
//!
//! A link names the span at its end by id, and sometimes the document. A file may leave the document out, or the span may be
//! in another file of the import, or in the project.

use std::collections::HashMap;
use std::path::PathBuf;

use foldhash::{HashMap as FastMap, HashSet as FastSet};

use super::Whereabouts;
use crate::annotations::{Draft, DraftLink};
use demarche_model::{AnnotatorId, SpanId};

/// The spans that links of other documents may end at, by the ids that the files use for them.
#[derive(Default)]
pub(super) struct Ends {
    /// The ids that links name and their own documents lack.
    wanted: FastSet<String>,
    /// The spans with these ids, each with the number of its file.
    found: FastMap<String, Vec<(usize, Whereabouts)>>,
}

/// A link that waits for the other files, with what is known of it.
pub(super) struct Waiting {
    pub file: PathBuf,
    /// The index of the document in which it starts.
    pub at: usize,
    pub annotator: AnnotatorId,
    pub from: SpanId,
    pub link: DraftLink,
}

/// The result of looking for a span by its id alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// The only span with the id.
    At(Whereabouts),
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

    /// Records where a span was placed, if a link wants it.
    pub fn record(&mut self, id: &str, file: usize, place: &Whereabouts) {
        if self.wanted.contains(id) {
            self.found.entry(id.to_owned()).or_default().push((file, place.clone()));
        }
    }

    /// Finds a span in one file.
    pub fn in_file(&self, id: &str, file: usize) -> End {
        end(self.found.get(id).into_iter().flatten().filter(|(number, _)| *number == file))
    }

    /// Finds a span in all files.
    pub fn anywhere(&self, id: &str) -> End {
        end(self.found.get(id).into_iter().flatten())
    }
}

fn end<'a>(mut found: impl Iterator<Item = &'a (usize, Whereabouts)>) -> End {
    let Some((_, first)) = found.next() else { return End::Nowhere };
    // The same span may be in several records.
    if found.all(|(_, other)| other.2 == first.2) { End::At(first.clone()) } else { End::Ambiguous }
}
