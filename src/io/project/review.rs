//! Review files: one reviewer's decisions in one document.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::compose::{File, Record, joined};
use super::format_time;
use super::layer::{check_owner, read_time, read_uuid};
use super::source::{Fault, Raw, Source};
use crate::io::{Problem, ProblemKind};
use crate::model::{AnnotatorId, Comment, Decision, DocumentId, Review, SpanId, Verdict};

#[derive(Deserialize)]
#[serde(rename = "decision", deny_unknown_fields)]
struct WireDecision<'a> {
    annotator: Cow<'a, str>,
    span: Cow<'a, str>,
    verdict: WireVerdict,
    #[serde(borrow, default)]
    comments: Vec<WireComment<'a>>,
    modified: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(rename = "comment", deny_unknown_fields)]
struct WireComment<'a> {
    author: Cow<'a, str>,
    at: Cow<'a, str>,
    text: Cow<'a, str>,
}

#[derive(Deserialize, Clone, Copy)]
enum WireVerdict {
    Accepted,
    Rejected,
    Disputed,
}

/// Reads a review file. Where there are problems, the decisions that could be read come with them, and the file must
/// not be overwritten: unlike a layer, a review has no place for records that can't be read.
///
/// # Errors
/// The file as a whole can't be read.
pub(super) fn read(
    source: &str,
    file: &Path,
    document: &DocumentId,
    reviewer: &AnnotatorId,
) -> Result<(Review, Vec<Problem>), Problem> {
    let mut source = Source::new(source, file)?;
    check_owner(&mut source, document, reviewer)?;
    let decisions = source.list("decisions", read_decision)?;
    source.finish()?;
    let mut review = Review::default();
    let mut problems = Vec::new();
    for (raw, result) in decisions {
        let mut report = |line, kind, message| {
            problems.push(Problem { file: file.to_owned(), line: Some(line), kind, message });
        };
        match result {
            Ok(decision) if review.decisions.contains_key(&decision.span) => {
                let message = "a decision on this span stands above; remove one of them".to_owned();
                report(raw.line, ProblemKind::DuplicateId, message);
            }
            Ok(decision) => {
                review.decisions.insert(decision.span, Arc::new(decision));
            }
            Err(fault) => {
                let message =
                    format!("the decision can't be read: {}; mend the line or remove it", fault.why);
                report(fault.line, ProblemKind::Malformed, message);
            }
        }
    }
    Ok((review, problems))
}

fn read_decision(raw: Raw<'_>) -> Result<Decision, Fault> {
    let wire: WireDecision<'_> = raw.parse()?;
    let comment = |wire: WireComment<'_>| {
        Ok(Comment {
            author: AnnotatorId::new(wire.author),
            at: read_time(raw, &wire.at)?,
            text: wire.text.into_owned(),
        })
    };
    Ok(Decision {
        annotator: AnnotatorId::new(wire.annotator),
        span: SpanId(read_uuid(raw, &wire.span)?),
        verdict: match wire.verdict {
            WireVerdict::Accepted => Verdict::Accepted,
            WireVerdict::Rejected => Verdict::Rejected,
            WireVerdict::Disputed => Verdict::Disputed,
        },
        comments: wire.comments.into_iter().map(comment).collect::<Result<_, Fault>>()?,
        modified: read_time(raw, &wire.modified)?,
    })
}

/// The text of a review file: decisions by the id of their span.
pub(super) fn compose(document: &DocumentId, reviewer: &AnnotatorId, review: &Review) -> String {
    let mut file = File::new();
    file.text("document", document.as_str());
    file.text("annotator", reviewer.as_str());
    file.list("decisions", review.decisions.values(), |out, decision| {
        let mut record = Record::new(out);
        record.text("annotator", decision.annotator.as_str());
        let _ = write!(record.field("span"), "\"{}\"", decision.span);
        record.field("verdict").push_str(match decision.verdict {
            Verdict::Accepted => "Accepted",
            Verdict::Rejected => "Rejected",
            Verdict::Disputed => "Disputed",
        });
        if !decision.comments.is_empty() {
            joined(record.field("comments"), ['[', ']'], &decision.comments, |out, comment| {
                Record::new(out)
                    .text("author", comment.author.as_str())
                    .text("at", &format_time(comment.at))
                    .text("text", &comment.text)
                    .end();
            });
        }
        record.text("modified", &format_time(decision.modified)).end();
    });
    file.finish()
}
