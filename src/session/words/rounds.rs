//! Frozen rounds.

use demarche_io::IoError;
use demarche_io::project::{Round, RoundId, format_time};

use super::counted;
use demarche_model::LeftOut;

pub(crate) fn not_a_lead() -> &'static str {
    "Only a lead or a reviewer can freeze a round in this project"
}

pub(crate) fn save_first() -> &'static str {
    "No round was frozen, since your latest changes are not saved; save them, then freeze the round"
}

pub(crate) fn frozen(round: &Round) -> String {
    let layers = counted(round.layers().count(), "layer", "layers");
    format!("Round {} is frozen, with {layers}. Agreement and Compare can show it", round.id)
}

pub(crate) fn not_frozen(error: &IoError) -> String {
    format!("No round was frozen: {error}")
}

pub(crate) fn not_logged(error: &IoError) -> String {
    format!("The round is frozen, but the history does not say so: {error}")
}

/// The reason why nothing can be changed in a round.
pub(crate) fn read_only(id: &RoundId, round: Option<&Round>) -> String {
    let when =
        round.map_or(String::new(), |round| format!(", frozen by {} at {}", round.by, format_time(round.at)));
    format!("This is round {id}{when}. It can be read and measured, but never changes")
}

/// The reason, and what the round leaves out.
pub(crate) fn with_left_out(why: &str, LeftOut { spans, links }: LeftOut) -> String {
    let passages = counted(spans, "passage is", "passages are");
    let links = counted(links, "link", "links");
    match spans {
        0 => why.to_owned(),
        _ => format!(
            "{why}. {passages} left out, with {links}: added or changed after their owners saw the work of others"
        ),
    }
}

/// The name of the step, as the command line names it, too.
pub(crate) fn freeze_round(id: &str) -> String {
    format!("freeze round {id}")
}
