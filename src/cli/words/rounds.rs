//! Frozen rounds.

use super::plural;
use crate::analysis::coder_work::CoderWork;
use crate::io::project::{Round, format_time};
use crate::model::{AnnotatorId, LeftOut, Project};

/// The label of the progress bar.
pub fn freezing() -> &'static str {
    "freezing"
}

/// When a person's work last changed, and what is not done.
pub fn work(name: &str, work: &CoderWork) -> String {
    let changed = match work.last_change {
        Some(at) => format!("last change {}", format_time(at)),
        None => "nothing tagged".to_owned(),
    };
    let mut parts = vec![changed, format!("{} done", work.done)];
    if !work.in_progress.is_empty() {
        parts.push(format!("{} in progress", work.in_progress.len()));
    }
    if !work.not_begun.is_empty() {
        parts.push(format!("{} not begun", work.not_begun.len()));
    }
    format!("{name}: {}", parts.join(", "))
}

/// Why a person can't freeze a round, if they can't.
pub fn freezing_refusal(project: &Project, who: &AnnotatorId) -> Option<&'static str> {
    (!project.may_adjudicate(who)).then_some("only a lead or a reviewer can freeze a round in this project")
}

/// A new round.
pub fn frozen(round: &Round) -> String {
    format!(
        "froze round {} with {}; measure it with --round {}",
        round.id,
        plural(round.layers().count(), "layer"),
        round.id
    )
}

/// Rounds taken over from another copy, with their names there and here.
pub fn taken_over(there: &str, here: &str) -> String {
    if there == here {
        format!("round {here} taken over")
    } else {
        format!("round {there} taken over as {here}")
    }
}

/// The round that figures are of.
pub fn figures_of(round: &Round) -> String {
    let note = if round.note.is_empty() { String::new() } else { format!(" ({})", round.note) };
    format!("round {}{note}, frozen by {} at {}", round.id, round.by, format_time(round.at))
}

/// What a round keeps and its figures leave out.
pub fn after_unblinding(left_out: LeftOut) -> String {
    let LeftOut { spans, links } = left_out;
    let what = match links {
        0 => plural(spans, "span"),
        links => format!("{} and {}", plural(spans, "span"), plural(links, "link")),
    };
    format!("{what} left out: added or changed after their owners saw the work of others")
}

/// A name that is not that of a round.
pub fn unknown_round<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    super::usage::unknown("round", given, known)
}
