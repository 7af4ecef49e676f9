//! Rounds of another copy of the project.

use super::super::folder::{FileKey, Folder};
use super::super::limits::limit;
use super::super::round_id::RoundId;
use super::super::source::normal;
use super::{NewRound, Round, Rounds, freeze};
use crate::checksum::sha256;
use crate::disk::steps;
use crate::words::rounds as words;
use crate::{FileTask, IoError, Problem, ProblemKind};

/// The rounds that a merge has taken over from another copy.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TakenOver {
    /// Those that are new here, with the names that they have in the other copy and here.
    pub rounds: Vec<(RoundId, RoundId)>,
    /// Those that can't be read there.
    pub problems: Vec<Problem>,
}

/// Copies the rounds that another copy of the project has and this one lacks. A round whose name is in use here gets the
/// next free number. In a dry run nothing is written.
///
/// # Errors
/// The folders can't be listed, or a round can't be written.
pub fn take_over_rounds(from: &Folder, to: &Folder, dry_run: bool) -> Result<TakenOver, IoError> {
    let (theirs, ours) = (Rounds::read(from)?, Rounds::read(to)?);
    let mut taken = TakenOver { problems: theirs.problems, ..TakenOver::default() };
    for round in theirs.rounds {
        if ours.rounds.iter().any(|known| is_same(known, &round)) {
            continue;
        }
        match files(from, &round) {
            Ok(_) if dry_run => taken.rounds.push((round.id.clone(), round.id)),
            Ok(files) => {
                let Round { id, by, key, at, note, .. } = round;
                let written = freeze::write(to, NewRound { by, key, at, note }, &files)?;
                taken.rounds.push((id, written.id));
            }
            Err(problem) => taken.problems.push(problem),
        }
    }
    Ok(taken)
}

/// Returns whether two rounds are the same, apart from their numbers.
fn is_same(one: &Round, other: &Round) -> bool {
    (&one.by, one.key, one.at, &one.note, &one.files)
        == (&other.by, other.key, other.at, &other.note, &other.files)
}

/// Reads the files of a round, which must be as they were frozen.
fn files(folder: &Folder, round: &Round) -> Result<Vec<(FileKey, String)>, Problem> {
    let read = |file: &super::RoundFile| {
        let text = read_frozen(folder, &round.id, &file.key)?;
        if sha256(text.as_bytes()) != file.sha256 {
            return Err(changed(&round.id, &file.key));
        }
        Ok((file.key.clone(), text))
    };
    round.files.iter().map(read).collect()
}

/// Reads a file of a round, with LF line ends.
pub(super) fn read_frozen(folder: &Folder, id: &RoundId, key: &FileKey) -> Result<String, Problem> {
    let path = id.relative().join(key.relative());
    let failed = |error: crate::disk::DiskError| match error.is_missing() {
        true => {
            Problem { file: path.clone(), line: None, kind: ProblemKind::Missing, message: words::missing() }
        }
        false => {
            let message = folder.failed(FileTask::ReadFile, &path)(error).to_string();
            Problem { file: path.clone(), line: None, kind: ProblemKind::Unreadable, message }
        }
    };
    let bytes = steps::read(folder.disk(), &path, limit(key)).map_err(failed)?;
    normal(bytes, &path)
}

/// Returns the problem of a file that is not as it was frozen.
pub(super) fn changed(id: &RoundId, key: &FileKey) -> Problem {
    let file = id.relative().join(key.relative());
    Problem { file, line: None, kind: ProblemKind::RoundChanged, message: words::changed() }
}
