//! Values in the audit log: spans, links, decisions and documents in words.

use std::fmt::Write as _;

use demarche_model::{
    AnswerPair, Decision, Detached, DocumentId, DocumentMeta, Link, NegotiationPhase, Project, ProjectEvent,
    RelationKey, Relations, Span, Stamp, Status, Text, Verdict,
};

use crate::context::shorten;

/// Longest quote, note or comment, in characters.
const QUOTE_CHARS: usize = 60;

/// The most documents that one change lists.
const LISTED: usize = 20;

/// A span: `threat 120–180 “will suspend the talks”`.
pub(crate) fn span(span: &Span, text: Option<&Text>) -> String {
    format!("{} {}", span.category, ranges(span, text))
}

/// The ranges of a span, in characters, and its quote; empty without the text.
pub(crate) fn ranges(span: &Span, text: Option<&Text>) -> String {
    let Some(text) = text else { return String::new() };
    let mut out = String::new();
    for (index, range) in span.ranges.iter().enumerate().filter(|(_, range)| text.holds(*range)) {
        let gap = if index > 0 { " " } else { "" };
        let _ = write!(out, "{gap}{}–{}", text.char_offset(range.start), text.char_offset(range.end));
    }
    let inside = span.ranges.iter().all(|range| text.holds(range));
    let quote = if inside { note(&span.quote(text)) } else { String::new() };
    format!("{out} “{quote}”")
}

/// A note, shortened.
pub(crate) fn note(text: &str) -> String {
    shorten(text, QUOTE_CHARS)
}

/// The spans of a layer that were removed, if any.
pub(crate) fn removed_spans(removed: usize) -> String {
    if removed > 0 { format!("{removed} removed") } else { String::new() }
}

/// The spans of a layer that were added and changed.
pub(crate) fn new_spans(added: usize, changed: usize) -> String {
    match (added, changed) {
        (0, 0) => String::new(),
        (added, 0) => format!("{added} added"),
        (0, changed) => format!("{changed} changed"),
        (added, changed) => format!("{added} added, {changed} changed"),
    }
}

/// The status of a layer.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::New => "New",
        Status::InProgress => "InProgress",
        Status::Done => "Done",
    }
}

/// A record that could not be placed.
pub(crate) fn detached(detached: &Detached) -> String {
    match &detached.claim {
        // A record that was detached because the text has changed comes from no file.
        Some(claim) if detached.record.is_empty() => note(&claim.quote.shown()),
        _ => note(&detached.record),
    }
}

/// Blind mode.
pub(crate) fn blind(blind: bool) -> &'static str {
    if blind { "blind" } else { "open" }
}

/// An entry of the relations between actors and issues; `None` if they do not have it.
pub(crate) fn relation(relations: &Relations, key: &RelationKey) -> Option<String> {
    Some(match key {
        RelationKey::Members(name) => {
            let members: Vec<&str> = relations.members.get(name)?.iter().map(String::as_str).collect();
            format!("{name} = {}", members.join(" + "))
        }
        RelationKey::Party(name) => format!("{name} of {}", relations.persons.get(name)?),
        RelationKey::Observer(name) => format!("{} observes", relations.observers.get(name)?),
        RelationKey::IssueAbove(name) => format!("{name} below {}", relations.issues_below.get(name)?),
    })
}

/// The title of a document, and its date.
pub(crate) fn title(meta: &DocumentMeta) -> String {
    let date = meta.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    format!("{}{date}", meta.title)
}

/// The titles of documents, of which only the first are listed.
pub(crate) fn titles(documents: &[DocumentId], project: &Project) -> String {
    let title = |id: &DocumentId| project.document(id).map(|document| document.meta.title.clone());
    let listed = documents.iter().take(LISTED).map(|id| title(id).unwrap_or_else(|| id.to_string()));
    with_rest(listed.collect(), documents.len())
}

/// The places of documents in the list, of which only the first are listed.
pub(crate) fn places(documents: &[(usize, DocumentId)]) -> String {
    let listed = documents.iter().take(LISTED).map(|(at, id)| format!("{id} {}", at + 1));
    with_rest(listed.collect(), documents.len())
}

fn with_rest(listed: Vec<String>, count: usize) -> String {
    let rest = count - listed.len();
    let listed = listed.join("; ");
    if rest > 0 { format!("{listed}; {rest} more") } else { listed }
}

/// The version and length of a text.
pub(crate) fn text_version(meta: &DocumentMeta) -> String {
    format!("version {}, {} characters", meta.versions.current.number, meta.characters)
}

/// A link.
pub(crate) fn link(link: &Link) -> String {
    format!("{} → {} in {}", link.kind, link.to, link.to_document)
}

/// A document that was returned to its coder.
pub(crate) fn returned(reason: &str) -> String {
    if reason.is_empty() { "returned".to_owned() } else { format!("returned: {reason}") }
}

/// A layer whose owner worked blind until others' work came into view.
pub(crate) fn unblinded(since: Option<Stamp>) -> String {
    if since.is_some() { "saw the work of others".to_owned() } else { String::new() }
}

/// A decision: verdict, proposal and last comment.
pub(crate) fn decision(decision: &Decision) -> String {
    let verdict = decision.verdict.map(|verdict| match verdict {
        Verdict::Accepted => "accepted".to_owned(),
        Verdict::Rejected => "rejected".to_owned(),
        Verdict::Disputed => "disputed".to_owned(),
    });
    let proposal = decision.proposal.is_some().then(|| "a change proposed".to_owned());
    let comment = decision.comments.last().map(|comment| note(&comment.text));
    let parts: Vec<String> = [verdict, proposal, comment].into_iter().flatten().collect();
    parts.join(": ")
}

/// An event of a calendar.
pub(crate) fn event(event: &ProjectEvent) -> String {
    format!("{}: {}", event.date, event.label)
}

/// A phase of a calendar.
pub(crate) fn phase(phase: &NegotiationPhase) -> String {
    format!("{}: {} to {}", phase.name, phase.from, phase.to)
}

/// A passage that asks and one that is no answer to it.
pub(crate) fn pair(pair: &AnswerPair) -> String {
    format!("{} → {}", pair.ask, pair.answer)
}
