//! What a report is computed from.

use std::collections::BTreeMap;

use super::ReportRequest;
use super::shared::Shared;
use crate::bargain::{Bins, PassageIndex, Reading, ReportedAt, Scale, Weights};
use crate::citation::reference;
use crate::context::one_line;
use crate::read_moves::ReadMoves;
use crate::views::{Basis, Look, Sizes, first_width};
use demarche_model::Project;

/// What a report is computed from.
pub(super) struct Material<'a> {
    pub request: &'a ReportRequest<'a>,
    pub reads: Vec<Read>,
    /// The documents that several people have tagged.
    pub shared: Option<Shared>,
    pub sizes: Sizes,
    weights: [Weights; 2],
    bins: Bins,
}

/// The moves of one reading, with the id and name of the coder if there are several.
pub(super) struct Read {
    pub coder: Option<(String, String)>,
    pub read: ReadMoves,
}

/// The scales of a report.
#[derive(Clone, Copy)]
pub(super) enum ScaleOf {
    Goldstein,
    Plover,
}

impl<'a> Material<'a> {
    /// What a request asks for.
    pub fn new(request: &'a ReportRequest<'a>) -> Self {
        let project = request.project;
        let several = request.readings.all.len() > 1;
        let read = |(reading, read): (&Reading, &ReadMoves)| Read {
            coder: reading
                .coder
                .as_ref()
                .filter(|_| several)
                .map(|coder| (coder.to_string(), project.name_of(coder).to_owned())),
            read: read.clone(),
        };
        let weights = |scale| Weights::new(project.codebook(), scale, &BTreeMap::new());
        Self {
            request,
            reads: request.readings.all.iter().zip(request.moves).map(read).collect(),
            shared: Shared::of(request),
            sizes: Sizes::of(project),
            weights: [Scale::Goldstein, Scale::Plover].map(weights),
            bins: Bins {
                width: first_width(project.documents().len()),
                phases: Vec::new(),
                reported: ReportedAt::default(),
            },
        }
    }

    /// The project.
    pub fn project(&self) -> &'a Project {
        self.request.project
    }

    /// What a reading shows, with scores on a scale.
    pub fn look(&self, read: usize, scale: ScaleOf) -> Look<'_> {
        let read = &self.reads[read].read;
        self.look_at(self.request.project, read, &self.sizes, scale)
    }

    /// What the people show in the documents that they share.
    pub fn shared_looks<'s>(&'s self, shared: &'s Shared) -> Vec<Look<'s>> {
        let look = |read| self.look_at(&shared.project, read, &shared.sizes, ScaleOf::Goldstein);
        shared.reads.iter().map(look).collect()
    }

    fn look_at<'s>(
        &'s self,
        project: &'s Project,
        read: &'s ReadMoves,
        sizes: &'s Sizes,
        scale: ScaleOf,
    ) -> Look<'s> {
        let basis = Basis {
            project,
            moves: &read.moves,
            ledger: &read.ledger,
            weights: self.weights(scale),
            bins: &self.bins,
            sizes,
        };
        Look::new(basis, self.request.rules, read.selected.as_ref())
    }

    /// The weights on a scale.
    pub fn weights(&self, scale: ScaleOf) -> &Weights {
        match scale {
            ScaleOf::Goldstein => &self.weights[0],
            ScaleOf::Plover => &self.weights[1],
        }
    }

    /// The coder of a reading, if there are several: the id and the name.
    pub fn coder(&self, read: usize) -> Option<(&str, &str)> {
        self.reads[read].coder.as_ref().map(|(id, name)| (id.as_str(), name.as_str()))
    }
}

/// The words of a passage on one line, and where they are from.
pub(super) fn quote(look: &Look<'_>, index: PassageIndex, characters: usize) -> [String; 2] {
    [one_line(&look.quote(index, characters)), source(look, index)]
}

/// Where the words of a passage are from.
pub(super) fn source(look: &Look<'_>, index: PassageIndex) -> String {
    let passage = look.get(index);
    let source = look.document(passage.document).map(|document| reference(document, passage.ranges.cover()));
    source.unwrap_or_default()
}
