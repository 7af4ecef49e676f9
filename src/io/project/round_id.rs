//! The names of rounds.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use demarche_model::{AnnotatorId, check_file_id};

/// The folder with a folder for each round.
pub(super) const ROUNDS: &str = "rounds";

/// The file of a round that is about the round itself.
pub(super) const HEAD: &str = "round.ron";

/// The folder with the texts, which rounds share with the project.
pub(super) const TEXTS: &str = "documents";

/// The name of a round and of its folder, such as `r1-ana`: a number, and the person who froze it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RoundId {
    pub(super) number: u32,
    pub(super) by: AnnotatorId,
}

impl fmt::Display for RoundId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "r{}-{}", self.number, self.by)
    }
}

/// A text that is not the name of a round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotARound;

impl FromStr for RoundId {
    type Err = NotARound;

    /// Accepts only the form in which names are written, so that two folders are never one round.
    fn from_str(name: &str) -> Result<Self, NotARound> {
        let (number, by) = name.strip_prefix('r').and_then(|rest| rest.split_once('-')).ok_or(NotARound)?;
        let parsed: u32 = number.parse().map_err(|_| NotARound)?;
        let is_plain = parsed > 0 && parsed.to_string() == number && check_file_id(by).is_ok();
        is_plain.then(|| Self { number: parsed, by: AnnotatorId::new(by) }).ok_or(NotARound)
    }
}

impl RoundId {
    /// Returns its number among the rounds of the project.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the folder relative to the project's.
    pub(super) fn relative(&self) -> PathBuf {
        Path::new(ROUNDS).join(self.to_string())
    }
}
