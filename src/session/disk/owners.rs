//! Whose files are written in this session.

use std::collections::BTreeSet;

use demarche_model::{AnnotatorId, LayerId, Touch};

/// The people and layers whose files are written here.
///
/// Every file has one writer. So when categories are merged, the files of others are left alone, and an alias makes them
/// mean the same as the layers in memory. But a file that this session has written, or may write at any moment, must
/// follow: otherwise, undo would leave the new category in a file written in between, without an alias to explain it. That
/// applies to everyone who has been the user since the project was opened, and to layers that an import has changed. The
/// same applies when a document's text is updated: layers of others keep referring to the previous version. Once a layer
/// has been written here, its file always follows the memory, whatever is done and undone.
#[derive(Default)]
pub(crate) struct Owners {
    /// Everyone who has been the user since the project was opened.
    here: BTreeSet<AnnotatorId>,
    /// Those of them who have changed something.
    busy: BTreeSet<AnnotatorId>,
    /// Layers of others that were changed, other than by a change of the codebook.
    changed: BTreeSet<LayerId>,
    /// Layers of others in which spans may have another category than in their files.
    behind: BTreeSet<LayerId>,
}

impl Owners {
    /// Returns whether the file of a change has to be written.
    pub(crate) fn writes(&mut self, touch: &Touch) -> bool {
        match touch {
            Touch::Layer(layer, _) => {
                if self.here.contains(&layer.annotator.writer()) {
                    self.busy.insert(layer.annotator.writer());
                } else {
                    self.changed.insert(layer.clone());
                }
                true
            }
            Touch::Recoded(layer, _) => {
                let here = self.here.contains(&layer.annotator.writer());
                let ours = here || self.changed.contains(layer);
                if here {
                    // The file gets the new category, so undo has to write it again.
                    self.busy.insert(layer.annotator.writer());
                } else if !ours {
                    self.behind.insert(layer.clone());
                }
                ours
            }
            Touch::Realigned(layer) => {
                self.here.contains(&layer.annotator.writer()) || self.changed.contains(layer)
            }
            Touch::AnalysisNotes(owner, _) => {
                if self.here.contains(owner) {
                    self.busy.insert(owner.clone());
                }
                true
            }
            Touch::Project | Touch::Text(_) | Touch::Anchors(_) | Touch::Original(..) | Touch::Review(..) => {
                true
            }
        }
    }

    /// Records that a person is the user now. Returns their layers that have to be written.
    pub(crate) fn person_joined(&mut self, annotator: &AnnotatorId) -> Vec<LayerId> {
        self.here.insert(annotator.clone());
        let (theirs, others) = std::mem::take(&mut self.behind)
            .into_iter()
            .partition(|layer| layer.annotator.writer() == *annotator);
        self.behind = others;
        let theirs: BTreeSet<LayerId> = theirs;
        theirs.into_iter().collect()
    }

    /// Records that a person is no longer the user. If they have changed nothing, their files are those of others again.
    pub(crate) fn person_left(&mut self, annotator: &AnnotatorId) {
        if !self.busy.contains(annotator) {
            self.here.remove(annotator);
        }
    }

    /// Returns whether a layer is written here.
    pub(crate) fn is_ours(&self, layer: &LayerId) -> bool {
        self.works_here(&layer.annotator.writer()) || self.changed.contains(layer)
    }

    /// Returns whether a person is or has been the user in this session.
    pub(crate) fn works_here(&self, annotator: &AnnotatorId) -> bool {
        self.here.contains(annotator)
    }
}
