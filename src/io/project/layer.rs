//! Layer files: one annotator's spans and links in one document.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Deserialize;

use super::context::Context;
use super::format::FileKind;
use super::layer_record::{read_claim, read_link};
use super::owner::check_owner;
use super::parse_time;
use super::placing::place_in_current;
use super::raw::{Fault, Raw};
use super::source::Source;
use crate::words::project::{self as words, RecordKind};
use crate::words::quotes;
use crate::{Problem, ProblemKind};
use demarche_model::{
    Claim, Detached, DetachedReason, Layer, Link, Quote, SharedAttributes, Span, SpanId, Stamp, Status,
    TextRange,
};

/// A status as it is written.
#[derive(Deserialize, Clone, Copy)]
pub(super) enum WireStatus {
    New,
    InProgress,
    Done,
}

impl From<WireStatus> for Status {
    fn from(wire: WireStatus) -> Self {
        match wire {
            WireStatus::New => Self::New,
            WireStatus::InProgress => Self::InProgress,
            WireStatus::Done => Self::Done,
        }
    }
}

/// The content of a layer file, with spans and links in the order of the file.
#[derive(Default)]
pub(super) struct LayerRead {
    pub status: Status,
    /// When others' work came into the view of the owner, who worked blind.
    pub unblinded: Option<Stamp>,
    /// The version of the text that the offsets in the file refer to.
    pub text: u32,
    pub spans: Vec<Arc<Span>>,
    /// Links, each with its line.
    pub links: Vec<(Link, usize)>,
    pub detached: Vec<Detached>,
    /// The line of every span whose id could be read, including those that could not be placed.
    pub lines: HashMap<SpanId, usize>,
    /// The quotes of the spans, if they were read without the text.
    pub quotes: HashMap<SpanId, Quote>,
    pub problems: Vec<Problem>,
}

impl LayerRead {
    /// Turns what was read into a layer of the model.
    pub fn into_layer(self) -> Layer {
        // Frees their memory for the index of the layer.
        drop((self.lines, self.quotes));
        let links = self.links.into_iter().map(|(link, _)| link);
        Layer::of_shared(self.status, self.spans, links, self.detached).with_unblinded(self.unblinded)
    }
}

/// Reads a layer file with LF line ends. A record that can't be read or placed is among the detached records, and the
/// reason among the problems.
///
/// # Errors
/// The file as a whole can't be read, and must not be overwritten.
pub(super) fn read(source: &str, context: &Context<'_>) -> Result<LayerRead, Problem> {
    let mut source = Source::new(source, context.file, FileKind::Layer)?;
    check_owner(&mut source, &context.id.document, &context.id.annotator, context.key)?;
    let status = source.optional::<WireStatus>("status")?.map_or(Status::New, Status::from);
    let unblinded = optional_time(&mut source, "unblinded")?;
    let text = source.optional::<u32>("text")?.unwrap_or(1);
    if context.texts.is_some_and(|texts| texts.get(text).is_none()) {
        return Err(source.problem(1, words::missing_version(text, &context.id.document)));
    }
    let shared = SharedAttributes::default();
    let spans = source.list("spans", |raw| {
        let (claim, conflict) = read_claim(raw, text)?;
        if let Some(kind) = conflict {
            return Ok(Err(Box::new((claim, DetachedReason::Conflict(kind)))));
        }
        if context.texts.is_some_and(|texts| texts.get(claim.text).is_none()) {
            return Err(raw.fault(words::missing_version(claim.text, &context.id.document)));
        }
        Ok(match place_in_current(&claim, text, context) {
            Ok((ranges, category)) => {
                // With the text, the words are known; a hundred thousand quotes are not kept until all are read.
                let quote = if context.texts.is_none() { claim.quote } else { Quote::default() };
                let attributes = shared.get(claim.span.attributes);
                Ok((Arc::new(Span { ranges, category, attributes, ..claim.span }), quote))
            }
            Err(reason) => Err(Box::new((claim, reason))),
        })
    })?;
    let links = source.list("links", read_link)?;
    source.finish()?;
    let mut read = LayerRead { status, unblinded, text, ..LayerRead::default() };
    read.spans.reserve(spans.len());
    for (raw, result) in spans {
        read.add_span(raw, result, context);
    }
    let mut seen = HashSet::new();
    for (raw, result) in links {
        let detached = |reason| Detached { reason, ..bare(raw, true) };
        match result {
            Ok(link) if seen.insert(link.id) => read.links.push((link, raw.line)),
            Ok(_) => read.detach(detached(DetachedReason::DuplicateId), raw.line, context),
            Err(fault) => {
                read.detach(detached(DetachedReason::Unreadable(fault.why)), fault.line, context);
            }
        }
    }
    Ok(read)
}

/// Takes a time out of a file and reads it.
fn optional_time(source: &mut Source<'_>, name: &str) -> Result<Option<Stamp>, Problem> {
    let line = source.line_of(name);
    let time: Option<Cow<'_, str>> = source.optional(name)?;
    let time = time.map(|time| parse_time(&time).ok_or_else(|| source.problem(line, words::bad_time(&time))));
    time.transpose()
}

/// A span with its quote, or its claim and why it could not be placed. Small, since all records of a file are in memory at once.
type Placed = Result<(Arc<Span>, Quote), Box<(Claim, DetachedReason)>>;

impl LayerRead {
    fn add_span(&mut self, raw: Raw<'_>, result: Result<Placed, Fault>, context: &Context<'_>) {
        let id = match &result {
            Ok(Ok((span, _))) => span.id,
            // The other copy's version of a span does not claim the id.
            Ok(Err(unplaced)) if matches!(unplaced.1, DetachedReason::Conflict(_)) => {
                let (claim, reason) = (Some(unplaced.0.clone()), unplaced.1.clone());
                return self.detach(Detached { claim, reason, ..bare(raw, false) }, raw.line, context);
            }
            Ok(Err(unplaced)) => unplaced.0.span.id,
            Err(fault) => {
                let reason = DetachedReason::Unreadable(fault.why.clone());
                return self.detach(Detached { reason, ..bare(raw, false) }, fault.line, context);
            }
        };
        let twice = self.lines.contains_key(&id);
        self.lines.entry(id).or_insert(raw.line);
        let (claim, reason) = match result {
            Ok(Ok((span, quote))) if !twice => {
                if context.texts.is_none() {
                    self.quotes.insert(span.id, quote);
                }
                return self.spans.push(span);
            }
            Ok(Err(unplaced)) if !twice => (Some(unplaced.0), unplaced.1),
            Ok(Err(unplaced)) => (Some(unplaced.0), DetachedReason::DuplicateId),
            _ => (read_claim(raw, self.text).ok().map(|(claim, _)| claim), DetachedReason::DuplicateId),
        };
        self.detach(Detached { claim, reason, ..bare(raw, false) }, raw.line, context);
    }

    fn detach(&mut self, detached: Detached, line: usize, context: &Context<'_>) {
        // A record that waits for its owner to follow the new text is not a problem.
        if let Some((kind, message)) = self.describe(&detached, context) {
            self.problems.push(Problem { file: context.file.to_owned(), line: Some(line), kind, message });
        }
        self.detached.push(detached);
    }

    fn describe(&self, detached: &Detached, context: &Context<'_>) -> Option<(ProblemKind, String)> {
        let record = if detached.link { RecordKind::Link } else { RecordKind::Span };
        let claim = detached.claim.as_ref();
        Some(match &detached.reason {
            DetachedReason::TextChanged(_) => return None,
            DetachedReason::Unreadable(why) => (ProblemKind::Malformed, words::unreadable(record, why)),
            DetachedReason::OutsideText => {
                let cover = claim.map_or(TextRange::default(), |c| c.span.ranges.cover());
                let text = claim.and_then(|c| context.texts?.get(c.text));
                let message = words::span_outside(cover, text.map_or(0, |text| text.characters()));
                (ProblemKind::OutsideText, message)
            }
            DetachedReason::OtherQuote(found) => {
                let quote = claim.map(|c| c.quote.clone()).unwrap_or_default();
                (ProblemKind::QuoteMismatch, quotes::other_quote(&quote, found))
            }
            DetachedReason::UnknownCategory => {
                let category = claim.map_or("", |c| c.span.category.as_str());
                (ProblemKind::UnknownCategory, words::unknown_category(category))
            }
            DetachedReason::DuplicateId => {
                let first_line = claim.and_then(|c| self.lines.get(&c.span.id)).copied();
                (ProblemKind::DuplicateId, words::same_id(record, first_line))
            }
            DetachedReason::Conflict(kind) => (ProblemKind::MergeConflict, words::merge_conflict(*kind)),
        })
    }
}

/// Returns a detached record of which only the text is known.
fn bare(raw: Raw<'_>, link: bool) -> Detached {
    let record = raw.text.to_owned();
    Detached { record, claim: None, reason: DetachedReason::DuplicateId, line: raw.line, link }
}
