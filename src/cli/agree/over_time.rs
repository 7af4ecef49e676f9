//! Agreement over time: of one coder with themselves, and over rounds.

use super::super::Failure;
use super::super::common::{Bar, load_round_or_project};
use super::super::words::agreement as words;
use super::super::words::usage;
use crate::analysis::agreement::{CurvePoint, Question, SegmentCache, intra_coder, over_rounds};
use crate::io::project::{Folder, Rounds};
use crate::model::{AnnotatorId, Project};

/// The overall figures of a round.
pub(super) struct RoundFigures {
    /// The id of the round.
    pub round: String,
    /// The figures.
    pub point: CurvePoint,
}

/// Returns a project with what a coder had tagged in an earlier round and has tagged now, as the layers of two annotators,
/// and their ids.
pub(super) fn with_themselves(
    folder: &Folder,
    later: &Project,
    coder: &AnnotatorId,
    since: &str,
) -> Result<(Project, Vec<AnnotatorId>), Failure> {
    let earlier = load_round_or_project(folder, Some(since))?;
    let (project, ids) = intra_coder(&earlier.project, later, coder);
    Ok((project, ids.into()))
}

/// Measures each round of a project, the first one first.
pub(super) fn of_rounds(
    folder: &Folder,
    question: &Question,
    segments: &SegmentCache,
) -> Result<Vec<RoundFigures>, Failure> {
    let rounds = Rounds::read(folder)?.rounds;
    if rounds.is_empty() {
        return Err(Failure::Usage(usage::no_rounds()));
    }
    let mut found = Vec::new();
    for round in rounds {
        let round = round.id.to_string();
        let loaded = load_round_or_project(folder, Some(&round))?;
        let bar = Bar::new(words::progress(), loaded.project.documents().len(), true);
        let points = over_rounds(&[&loaded.project], question, segments, &bar)?;
        found.extend(points.into_iter().map(|point| RoundFigures { round: round.clone(), point }));
    }
    Ok(found)
}
