//! The check of what spans, links and decisions name: values, attributes, kinds of link, other spans.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::folder::{FileKey, Folder};
use super::layer::LayerRead;
use super::limits;
use super::source::line_of;
use crate::disk::steps;
use crate::words::{
    analysis_notes as notes_words, check as words, codebook as codebook_words, project as project_words,
};
use crate::{Problem, ProblemKind};
use demarche_analysis::filter::{Filter, Views};
use demarche_analysis::saved_views::missing_names;
use demarche_model::{
    AnnotatorId, Changed, Decision, DocumentId, LogEntry, NotesPart, Project, Proposal, Review, SavedView,
    SpanId, ValueFault, Verdict,
};

/// A review with its document and reviewer.
pub(super) type ReviewOf = (DocumentId, AnnotatorId, Review);

/// Returns the problems of the values and links in a layer. `lists` has the codebook, actors and issues.
pub(super) fn layer_entries(file: &Path, layer: &LayerRead, lists: &Project) -> Vec<Problem> {
    let mut found = Vec::new();
    for span in &layer.spans {
        let line = layer.lines.get(&span.id).copied();
        let wrong = lists.wrong_values(&span.attributes);
        found.extend(wrong.iter().map(|fault| value_problem(file, line, fault)));
    }
    for (link, line) in &layer.links {
        if lists.codebook().link_kind(&link.kind).is_none() {
            let (kind, message) = (ProblemKind::UnknownLinkKind, words::unknown_link_kind(&link.kind));
            found.push(Problem { file: file.to_owned(), line: Some(*line), kind, message });
        }
    }
    found
}

fn value_problem(file: &Path, line: Option<usize>, fault: &ValueFault) -> Problem {
    let kind = match fault {
        ValueFault::NoAttribute(_) => ProblemKind::UnknownAttribute,
        ValueFault::WrongKind { .. } | ValueFault::Unlisted { .. } => ProblemKind::AttributeValue,
    };
    Problem { file: file.to_owned(), line, kind, message: codebook_words::wrong_value(fault) }
}

/// Returns the problems of what reviews propose.
pub(super) fn proposals(reviews: &[ReviewOf], lists: &Project) -> Vec<Problem> {
    let mut found = Vec::new();
    for (document, reviewer, review) in reviews {
        let file = FileKey::Review(document.clone(), reviewer.clone()).relative();
        let all = review.decisions.values().filter_map(|decision| decision.proposal.as_ref());
        all.for_each(|proposal| found.extend(proposal_problems(&file, proposal, lists)));
    }
    found
}

fn proposal_problems(file: &Path, proposal: &Proposal, lists: &Project) -> Vec<Problem> {
    let category = proposal.category.as_ref().filter(|id| lists.codebook().resolve(id).is_none());
    let category = category.map(|id| Problem {
        file: file.to_owned(),
        line: None,
        kind: ProblemKind::UnknownCategory,
        message: project_words::unknown_category(id.as_str()),
    });
    let values = proposal.attributes.iter().filter_map(|(id, value)| Some((id, value.as_ref()?)));
    let wrong = values.filter_map(|(id, value)| lists.check_value(id, value).err());
    category.into_iter().chain(wrong.map(|fault| value_problem(file, None, &fault))).collect()
}

/// Returns the problems of saved views that name what the project does not have, in their filter or elsewhere.
pub(super) fn names_missing_in_views(folder: &Folder, noted: &Project, lists: &Project) -> Vec<Problem> {
    let mut found = Vec::new();
    for (owner, notes) in noted.analysis_notes().iter() {
        let views = Views::of(noted, Some(owner));
        for (id, view) in &notes.views {
            let file = FileKey::AnalysisNotes(owner.clone(), NotesPart::View(*id)).relative();
            found.extend(missing_names(view, lists).into_iter().map(|name| Problem {
                file: file.clone(),
                line: None,
                kind: ProblemKind::MissingName,
                message: notes_words::missing_name(&name, &view.name),
            }));
            if let Some(message) = filter_fault(view, lists, &views) {
                // It has just been read.
                let text = steps::read(folder.disk(), &file, limits::ANY).unwrap_or_default();
                let line = line_of(&String::from_utf8_lossy(&text), "filter");
                found.push(Problem { file, line, kind: ProblemKind::MissingName, message });
            }
        }
    }
    found
}

/// The first name in the filter of a view that the project does not have, or what else is wrong with it.
fn filter_fault(view: &SavedView, lists: &Project, views: &Views) -> Option<String> {
    if view.filter.trim().is_empty() {
        return None;
    }
    match Filter::parse(&view.filter) {
        Ok(filter) => {
            filter.bind(lists, views).err().map(|error| notes_words::unfit_filter(&view.name, &error))
        }
        Err(error) => Some(notes_words::unreadable_filter(&view.name, &error)),
    }
}

/// Returns the memos on documents and categories that the project does not have. They are kept: what was written about a
/// text or a category is not part of it, and the person who removed that can't write the author's file.
pub(super) fn orphaned_memos(noted: &Project, lists: &Project) -> Vec<Problem> {
    let mut found = Vec::new();
    for (owner, notes) in noted.analysis_notes().iter() {
        let orphans = notes.memos.keys().filter(|subject| !lists.has_subject(subject));
        found.extend(orphans.map(|subject| Problem {
            file: FileKey::AnalysisNotes(owner.clone(), NotesPart::Memos).relative(),
            line: None,
            kind: ProblemKind::Orphan,
            message: notes_words::orphaned_memo(subject),
        }));
    }
    found
}

/// Returns the decisions on spans that do not exist. A span that someone has rejected, or that its owner has removed, is
/// expected to be gone; spans of documents that could not be read as a whole are `unknown`.
pub(super) fn decisions_on_nothing(
    reviews: &[ReviewOf],
    exists: impl Fn(SpanId, &DocumentId) -> bool,
    unknown: &HashSet<DocumentId>,
    steps: &[LogEntry],
) -> Vec<Problem> {
    let (removed, all) =
        (Removed::of(steps), || reviews.iter().flat_map(|(.., review)| review.decisions.values()));
    let rejected = all().filter(|decision| decision.verdict == Some(Verdict::Rejected));
    let rejected: HashSet<SpanId> = rejected.map(|decision| decision.span).collect();
    let mut found = Vec::new();
    for (document, reviewer, review) in reviews.iter().filter(|(document, ..)| !unknown.contains(document)) {
        let file: PathBuf = FileKey::Review(document.clone(), reviewer.clone()).relative();
        for decision in review.decisions.values() {
            let is_expected = exists(decision.span, document)
                || rejected.contains(&decision.span)
                || removed.has(decision, document);
            if !is_expected {
                let message = words::decision_on_nothing(decision.span, &decision.annotator);
                let kind = ProblemKind::DanglingDecision;
                found.push(Problem { file: file.clone(), line: None, kind, message });
            }
        }
    }
    found
}

/// The spans that the history knows, and the layers of which it only counts changes.
struct Removed<'a> {
    spans: HashSet<SpanId>,
    counted: HashSet<(&'a DocumentId, &'a AnnotatorId)>,
}

impl<'a> Removed<'a> {
    fn of(steps: &'a [LogEntry]) -> Self {
        let changes = || steps.iter().flat_map(|step| &step.changes);
        let spans = changes().filter(|change| change.what == Changed::Span);
        let counted = changes().filter(|change| change.what == Changed::Spans);
        Self {
            spans: spans.filter_map(|change| change.span).collect(),
            counted: counted
                .filter_map(|change| change.document.as_ref().zip(change.layer.as_ref()))
                .collect(),
        }
    }

    /// Returns whether the span of a decision may have been removed by its owner.
    fn has(&self, decision: &Decision, document: &DocumentId) -> bool {
        self.spans.contains(&decision.span) || self.counted.contains(&(document, &decision.annotator))
    }
}
