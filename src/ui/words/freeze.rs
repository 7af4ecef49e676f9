//! Rounds: freezing one, and choosing one to look at.

use demarche_analysis::coder_work::CoderWork;
use demarche_io::project::Round;
use demarche_model::{Project, Stamp};

use super::grammar::plural;
use super::time::local_moment;

texts! {
    title: "Freeze round",
    hint: "A round keeps the passages of every coder and the codebook as they are now. Everyone can go on working: the round, \
           and the agreement in it, never change. The consensus is not part of it.",
    reading: "Passages are still being read…",
    coder: "Coder",
    last_change: "Last change",
    done: "Done",
    not_done: "Not done",
    note: "What this round is",
    note_hint: "For example: after the training",
    confirm: "Freeze round",
    choice: "Round",
    today: "Work of today",
    choice_hint: "Look at the work of today, or at a frozen round, which can only be read",
}

/// When a coder last changed something.
pub fn changed(at: Option<Stamp>) -> String {
    at.map_or_else(|| "nothing tagged".to_owned(), local_moment)
}

/// A number of documents.
pub fn count(documents: usize) -> String {
    super::grammar::count(documents)
}

/// What a coder has not done.
pub fn left(work: &CoderWork) -> String {
    let mut parts = Vec::new();
    if !work.in_progress.is_empty() {
        parts.push(format!("{} in progress", super::grammar::count(work.in_progress.len())));
    }
    if !work.not_begun.is_empty() {
        parts.push(format!("{} not begun", super::grammar::count(work.not_begun.len())));
    }
    if parts.is_empty() { "–".to_owned() } else { parts.join(", ") }
}

/// The most documents that a tooltip names.
const NAMED: usize = 12;

/// The titles of the documents that a coder has not done.
pub fn open_documents(project: &Project, work: &CoderWork) -> String {
    let all = work.in_progress.iter().chain(&work.not_begun);
    let titles = all.filter_map(|id| project.document(id)).map(|document| document.meta.title.clone());
    let mut titles: Vec<String> = titles.collect();
    let more = titles.len().saturating_sub(NAMED);
    titles.truncate(NAMED);
    if more > 0 {
        titles.push(format!("and {}", plural(more, "other")));
    }
    titles.join("\n")
}

/// A round in a list: `r1-ana · 21 Nov 2026 09:14 · after the training`.
pub fn round(round: &Round) -> String {
    let mut parts = vec![round.id.to_string(), local_moment(round.at)];
    if !round.note.is_empty() {
        parts.push(round.note.clone());
    }
    parts.join(" · ")
}
