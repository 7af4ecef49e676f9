//! Review files: one reviewer's decisions in one document.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::compose::{File, Record, joined, string};
use super::format::{FileKind, Format};
use super::format_time;
use super::owner::{check_owner, write_owner};
use super::quote::{WireLongQuote, format_with, read_quote, write_quote};
use super::raw::{Fault, Raw};
use super::source::Source;
use super::wire::{WireValue, read_time, read_uuid, write_value};
use crate::words::project::{self as words, RecordKind};
use crate::{Problem, ProblemKind};
use demarche_model::{
    AnnotatorId, AttributeId, Bounds, CategoryId, Comment, Decision, DocumentId, PersonKey, Proposal, Quote,
    Ranges, Return, Review, SpanId, SpanSnapshot, TextRange, Verdict,
};

#[derive(Deserialize)]
#[serde(rename = "decision", deny_unknown_fields)]
struct WireDecision<'a> {
    annotator: Cow<'a, str>,
    span: Cow<'a, str>,
    verdict: Option<WireVerdict>,
    #[serde(borrow)]
    proposal: Option<WireProposal<'a>>,
    #[serde(borrow)]
    category: Option<Cow<'a, str>>,
    #[serde(borrow)]
    quote: Option<Cow<'a, str>>,
    #[serde(borrow)]
    long_quote: Option<WireLongQuote<'a>>,
    #[serde(borrow, default)]
    comments: Vec<WireComment<'a>>,
    modified: Cow<'a, str>,
    #[serde(borrow)]
    decided_on: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(rename = "comment", deny_unknown_fields)]
struct WireComment<'a> {
    author: Cow<'a, str>,
    at: Cow<'a, str>,
    text: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(rename = "proposal", deny_unknown_fields)]
struct WireProposal<'a> {
    #[serde(borrow)]
    category: Option<Cow<'a, str>>,
    #[serde(default)]
    ranges: Vec<(usize, usize)>,
    #[serde(borrow)]
    quote: Option<Cow<'a, str>>,
    #[serde(borrow)]
    long_quote: Option<WireLongQuote<'a>>,
    #[serde(borrow, default)]
    attributes: BTreeMap<Cow<'a, str>, Option<WireValue>>,
}

#[derive(Deserialize, Clone, Copy)]
enum WireVerdict {
    Accepted,
    Rejected,
    Disputed,
}

#[derive(Deserialize)]
#[serde(rename = "return", deny_unknown_fields)]
struct WireReturn<'a> {
    annotator: Cow<'a, str>,
    at: Cow<'a, str>,
    #[serde(default)]
    reason: Cow<'a, str>,
}

/// A reviewer, with the key of the person who writes the file, if known.
type Owner<'a> = (&'a AnnotatorId, Option<PersonKey>);

/// Reads a review file. If there are problems, the file must not be overwritten: unlike a layer, a review can't keep
/// records that can't be read.
///
/// # Errors
/// The file as a whole can't be read.
pub(super) fn read(
    source: &str,
    file: &Path,
    document: &DocumentId,
    (reviewer, key): Owner<'_>,
) -> Result<(Review, Vec<Problem>), Problem> {
    let mut source = Source::new(source, file, FileKind::Review)?;
    check_owner(&mut source, document, reviewer, key)?;
    let decisions = source.list("decisions", read_decision)?;
    let returns = source.list("returns", read_return)?;
    source.finish()?;
    let mut review = Review::default();
    let mut problems = Vec::new();
    for (_, result) in returns {
        match result {
            Ok((annotator, made)) => drop(review.returns.insert(annotator, Arc::new(made))),
            Err(fault) => {
                let message = words::unreadable(RecordKind::Return, &fault.why);
                let (file, line) = (file.to_owned(), Some(fault.line));
                problems.push(Problem { file, line, kind: ProblemKind::Malformed, message });
            }
        }
    }
    for (raw, result) in decisions {
        let mut report = |line, kind, message| {
            problems.push(Problem { file: file.to_owned(), line: Some(line), kind, message });
        };
        match result {
            Ok(decision) if review.decisions.contains_key(&decision.span) => {
                report(raw.line, ProblemKind::DuplicateId, words::second_decision());
            }
            Ok(decision) => {
                review.decisions.insert(decision.span, Arc::new(decision));
            }
            Err(fault) => {
                let message = words::unreadable(RecordKind::Decision, &fault.why);
                report(fault.line, ProblemKind::Malformed, message);
            }
        }
    }
    Ok((review, problems))
}

pub(super) fn read_decision(raw: Raw<'_>) -> Result<Decision, Fault> {
    let wire: WireDecision<'_> = raw.parse()?;
    let comment = |wire: WireComment<'_>| {
        Ok(Comment {
            author: AnnotatorId::new(wire.author),
            at: read_time(raw, &wire.at)?,
            text: wire.text.into_owned(),
        })
    };
    let quote = read_quote(raw, wire.quote, wire.long_quote)?.unwrap_or_default();
    Ok(Decision {
        annotator: AnnotatorId::new(wire.annotator),
        span: SpanId(read_uuid(raw, &wire.span)?),
        verdict: wire.verdict.map(|verdict| match verdict {
            WireVerdict::Accepted => Verdict::Accepted,
            WireVerdict::Rejected => Verdict::Rejected,
            WireVerdict::Disputed => Verdict::Disputed,
        }),
        proposal: wire.proposal.map(|proposal| read_proposal(raw, proposal)).transpose()?,
        about: wire.category.map(|category| SpanSnapshot { category: CategoryId::new(category), quote }),
        comments: wire.comments.into_iter().map(comment).collect::<Result<_, Fault>>()?,
        modified: read_time(raw, &wire.modified)?,
        decided_on: wire.decided_on.map(|time| read_time(raw, &time)).transpose()?,
    })
}

fn read_proposal(raw: Raw<'_>, wire: WireProposal<'_>) -> Result<Proposal, Fault> {
    let mut ranges = Vec::with_capacity(wire.ranges.len());
    for (start, end) in wire.ranges {
        if start >= end {
            return Err(raw.fault(words::empty_range(start, end)));
        }
        ranges.push(TextRange { start, end });
    }
    let quote = read_quote(raw, wire.quote, wire.long_quote)?.unwrap_or_default();
    Ok(Proposal {
        category: wire.category.map(CategoryId::new),
        bounds: Ranges::new(ranges).map(|characters| Bounds { characters, quote }),
        attributes: wire
            .attributes
            .into_iter()
            .map(|(id, value)| (AttributeId::new(id), value.map(Into::into)))
            .collect(),
    })
}

/// Reads the return of a document to a coder.
pub(super) fn read_return(raw: Raw<'_>) -> Result<(AnnotatorId, Return), Fault> {
    let wire: WireReturn<'_> = raw.parse()?;
    let made = Return { at: read_time(raw, &wire.at)?, reason: wire.reason.into_owned() };
    Ok((AnnotatorId::new(wire.annotator), made))
}

/// Writes the return of a document to a coder.
pub(super) fn write_return(out: &mut String, annotator: &AnnotatorId, made: &Return) {
    Record::new(out)
        .text("annotator", annotator.as_str())
        .text("at", &format_time(made.at))
        .text_if_any("reason", &made.reason)
        .end();
}

/// Returns the text of a review file, with decisions in the order of their spans' ids.
pub(super) fn compose(document: &DocumentId, (reviewer, key): Owner<'_>, review: &Review) -> String {
    let lowest = format_with(key, review.decisions.values().any(|decision| has_long_quote(decision)));
    let format = match review.decisions.values().any(|decision| decision.decided_on.is_some()) {
        true => Format::WITH_DECIDED_ON,
        false if review.returns.is_empty() => lowest,
        false => Format::REVIEW_WITH_RETURNS,
    };
    let mut file = File::new(format);
    write_owner(&mut file, document, reviewer, key);
    file.list("decisions", review.decisions.values(), |out, decision| write_decision(out, decision));
    if !review.returns.is_empty() {
        file.list("returns", &review.returns, |out, (annotator, made)| write_return(out, annotator, made));
    }
    file.finish()
}

/// Writes a decision.
pub(super) fn write_decision(out: &mut String, decision: &Decision) {
    let mut record = Record::new(out);
    record.text("annotator", decision.annotator.as_str());
    let _ = write!(record.field("span"), "\"{}\"", decision.span);
    if let Some(verdict) = decision.verdict {
        record.field("verdict").push_str(match verdict {
            Verdict::Accepted => "Accepted",
            Verdict::Rejected => "Rejected",
            Verdict::Disputed => "Disputed",
        });
    }
    if let Some(proposal) = &decision.proposal {
        write_proposal(record.field("proposal"), proposal);
    }
    if let Some(about) = &decision.about {
        record.text("category", about.category.as_str());
        write_quote(&mut record, &about.quote);
    }
    if !decision.comments.is_empty() {
        joined(record.field("comments"), ['[', ']'], &decision.comments, |out, comment| {
            Record::new(out)
                .text("author", comment.author.as_str())
                .text("at", &format_time(comment.at))
                .text("text", &comment.text)
                .end();
        });
    }
    record.text("modified", &format_time(decision.modified));
    if let Some(seen) = decision.decided_on {
        record.text("decided_on", &format_time(seen));
    }
    record.end();
}

fn has_long_quote(decision: &Decision) -> bool {
    let bounds = decision.proposal.as_ref().and_then(|proposal| proposal.bounds.as_ref());
    let quotes = [decision.about.as_ref().map(|about| &about.quote), bounds.map(|bounds| &bounds.quote)];
    quotes.into_iter().flatten().any(Quote::is_long)
}

fn write_proposal(out: &mut String, proposal: &Proposal) {
    let mut record = Record::new(out);
    if let Some(category) = &proposal.category {
        record.text("category", category.as_str());
    }
    if let Some(bounds) = &proposal.bounds {
        joined(record.field("ranges"), ['[', ']'], bounds.characters.iter(), |out, range| {
            let _ = write!(out, "({}, {})", range.start, range.end);
        });
        write_quote(&mut record, &bounds.quote);
    }
    if !proposal.attributes.is_empty() {
        joined(record.field("attributes"), ['{', '}'], &proposal.attributes, |out, (id, value)| {
            string(out, id.as_str());
            out.push_str(": ");
            match value {
                Some(value) => write_value(out, value),
                None => out.push_str("None"),
            }
        });
    }
    record.end();
}
