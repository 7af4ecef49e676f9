//! The projects into which an export is read back: several, so that several threads can place spans.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use rayon::prelude::*;
use uuid::Uuid;

use crate::annotations::{Draft, DraftDocument, Fresh, SpanOwner, place_all};
use crate::loss::{Losses, ReadBackLoss};
use crate::{IoError, ProblemKind};
use demarche_model::{AnnotatorId, Project, Stamp};

/// The projects, and the number of records that were refused. All spans of one text are placed in the same project.
pub(super) struct Copies {
    copies: Vec<Copy>,
    losses: Losses,
}

/// A project.
struct Copy {
    project: Project,
    /// The last id that was used.
    last: u128,
}

/// The drafts for one of the projects, each with its file.
type Share = Vec<(PathBuf, Draft)>;

impl Copies {
    /// Creates as many copies of a project as there are threads.
    pub fn new(like: &Project) -> Self {
        let copies = (0..rayon::current_num_threads()).map(|_| Copy { project: like.clone(), last: 0 });
        Self { copies: copies.collect(), losses: Losses::default() }
    }

    /// Places the spans of files. Records that are refused are counted.
    ///
    /// # Errors
    /// A draft can't be placed at all.
    pub fn place(&mut self, drafts: Vec<(PathBuf, Draft)>) -> Result<(), IoError> {
        let copies = std::mem::take(&mut self.copies);
        let mut shares: Vec<(Copy, Share)> = copies.into_iter().map(|copy| (copy, Share::new())).collect();
        for (file, draft) in drafts {
            let parts = spread(draft, shares.len());
            for ((_, share), part) in shares.iter_mut().zip(parts) {
                share.extend(part.map(|part| (file.clone(), part)));
            }
        }
        let placed: Vec<_> = shares.into_par_iter().map(|(copy, share)| copy.add(share)).collect();
        for placed in placed {
            let (copy, refused) = placed?;
            self.copies.push(copy);
            self.losses.add(ReadBackLoss::RefusedRecords, refused);
        }
        Ok(())
    }

    /// Returns the projects and the counts.
    pub fn finish(self) -> (Vec<Project>, Losses) {
        // An export writes the consensus as one layer.
        (self.copies.into_iter().map(|copy| copy.project.with_one_consensus()).collect(), self.losses)
    }
}

impl Copy {
    /// Adds a share to the project, and returns the number of refused records.
    fn add(mut self, share: Share) -> Result<(Self, usize), IoError> {
        let unsigned = AnnotatorId::new("unsigned");
        let last = &mut self.last;
        let mut ids = || {
            *last += 1;
            Uuid::from_u128(*last)
        };
        let fresh = Fresh { ids: &mut ids, now: Stamp(0) };
        let incoming = place_all(&self.project, share, SpanOwner::Unsigned(&unsigned), fresh)?;
        self.project.apply(incoming.edit)?;
        // Values that do not fit their attributes are imported as texts, and compared as such.
        let refused = incoming.problems.iter().filter(|problem| problem.kind != ProblemKind::AttributeValue);
        Ok((self, refused.count()))
    }
}

/// Distributes the documents of a draft by their texts. A draft with links between documents is not split.
fn spread(mut draft: Draft, count: usize) -> Vec<Option<Draft>> {
    let documents = std::mem::take(&mut draft.documents);
    let in_one_piece = documents.iter().any(goes_out);
    let mut parts: Vec<Option<Draft>> = vec![None; count];
    for document in documents {
        let at = if in_one_piece { 0 } else { share_of(&document.text, count) };
        let part = parts[at].get_or_insert_with(|| Draft {
            codebook: draft.codebook.clone(),
            people: draft.people.clone(),
            ..Draft::default()
        });
        part.documents.push(document);
    }
    // What belongs to the file as a whole is kept in one part only.
    if let Some(first) = parts.first_mut() {
        let documents = first.take().map(|part| part.documents).unwrap_or_default();
        *first = Some(Draft { documents, ..draft });
    }
    parts
}

/// Returns whether a link of the document ends in another one.
fn goes_out(document: &DraftDocument) -> bool {
    document.links.iter().filter_map(|link| link.to_document.as_ref()).any(|to| *to != document.id)
}

fn share_of(text: &str, count: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    // The remainder is smaller than the count.
    (hasher.finish() % count as u64) as usize
}
