//! Settling differences into the consensus, each time as one step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_analysis::differences::{Cluster, Settlement};
use demarche_analysis::segment;
use demarche_model::{
    AnnotatorId, AttributeId, Attributes, CategoryId, DocumentId, Edit, LayerId, Ranges, SourceSpan, Span,
    SpanId, SpanRef,
};

use super::super::{Session, SessionError};
use super::DocumentComparison;
use super::spans::Draft;

/// How a difference is settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settling {
    /// As the annotator at this position has it, the first being 0; where that one has nothing there, it is left out.
    Adopt(usize),
    /// As each has it: every reading goes into the consensus; those of the same words and category become one.
    AdoptAll,
    /// None of it goes into the consensus.
    Exclude,
    /// It is open again.
    Reopen,
}

impl Session {
    /// Settles the difference at which the user stands, and goes on to the next that is open.
    pub fn settle(&mut self, how: Settling) {
        if let Some(why) = self.adjudication_refusal() {
            return self.notify(why);
        }
        let (Some((compared, at)), Some(id)) = (self.current_difference_in(), self.view.document().cloned())
        else {
            return self.notify("Go to a difference first (N)");
        };
        let Some((cluster, settled)) = compared.passage(at) else { return };
        if how == Settling::Reopen && !settled.is_settled() {
            return self.notify("This difference is open");
        }
        let sources = compared.differences().sources(cluster);
        let mut draft = Draft::new(self);
        draft.reopen(&id, &sources, adopted(settled));
        let label = match how {
            Settling::Reopen => Ok("open a difference again".to_owned()),
            Settling::Exclude => Ok(exclude(&mut draft, &id, sources)),
            Settling::Adopt(number) => adopt(&mut draft, &id, &compared, cluster, number),
            Settling::AdoptAll => adopt_all(&mut draft, &id, &compared, cluster),
        };
        match label {
            Err(why) => self.notify(why.to_string()),
            Ok(label) => {
                let edits = draft.finish();
                if self.edit(label.clone(), Edit::Batch(edits)) {
                    self.settled(at, how, &label);
                }
            }
        }
    }

    /// Says what was done and goes on.
    fn settled(&mut self, at: usize, how: Settling, label: &str) {
        self.refresh_comparison();
        if how == Settling::Reopen {
            self.go_to_difference(at);
            self.notify("Open again. Ctrl+Z settles it as it was");
        } else {
            self.notify(format!("Settled: {label}. R opens it again, Ctrl+Z takes it back"));
            self.next_open_difference_quietly();
        }
    }

    /// Puts all passages into the consensus that everybody agrees on: of the document that is shown, or of all.
    pub fn adopt_agreed(&mut self, everywhere: bool) {
        if let Some(why) = self.adjudication_refusal() {
            return self.notify(why);
        }
        if everywhere && self.is_comparing() {
            self.comparing.resume();
            return self.notify("Documents are still being compared; try again in a moment");
        }
        let documents: Vec<DocumentId> = match everywhere {
            true => self.project.documents().iter().map(|document| document.id().clone()).collect(),
            false => self.view.document().into_iter().cloned().collect(),
        };
        let mut draft = Draft::new(self);
        let mut count = 0;
        for id in &documents {
            let Some(compared) = self.compared(id) else { continue };
            for cluster in agreed(compared) {
                let Some(first) = cluster.spans().next() else { continue };
                let like = Span { note: self.notes_of(compared, cluster), ..Span::clone(first) };
                draft.put(id, &like, compared.differences().sources(cluster), Vec::new());
                count += 1;
            }
        }
        let edits = draft.finish();
        if count == 0 {
            return self.notify("Nothing that all agree on is missing in the consensus");
        }
        let what = crate::words::passages(count);
        if self.edit(format!("take {what} that all agree on"), Edit::Batch(edits)) {
            self.refresh_comparison();
            self.notify(format!("In the consensus now: {what} that all agree on. Ctrl+Z takes them back"));
        }
    }

    /// The notes of all readings, each with whose it is where there are several.
    fn notes_of(&self, compared: &DocumentComparison, cluster: &Cluster) -> String {
        let readings = compared.differences().readings(cluster);
        let notes: Vec<(&AnnotatorId, &str)> = readings
            .map(|(id, span)| (id, span.note.as_str()))
            .filter(|(_, note)| !note.is_empty())
            .collect();
        match notes.as_slice() {
            [(_, note)] => (*note).to_owned(),
            several => {
                let line =
                    |(id, note): &(&AnnotatorId, &str)| format!("{}: {note}", self.project.name_of(id));
                several.iter().map(line).collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// Tags the selected words into the consensus. That settles the difference at which the user stands, if the words lie
    /// there; several may be drawn for one.
    pub(crate) fn tag_consensus(&mut self, category: &CategoryId) {
        if let Some(why) = self.adjudication_refusal() {
            return self.notify(why);
        }
        let Some(text) = self.document().and_then(|document| document.text.clone()) else { return };
        let range = segment::trim(text.as_str(), self.text_selection().range());
        let Some(ranges) = Ranges::one(range) else { return self.retag_consensus(category) };
        let (Some(id), Some(found)) =
            (self.view.document().cloned(), self.project.codebook().category(category).cloned())
        else {
            return;
        };
        if found.retired {
            return self.notify(format!("{} is retired: no new passages are tagged with it", found.name));
        }
        let here = self.current_difference_in();
        let mut like = self.new_span(ranges, category);
        let mut draft = Draft::new(self);
        let mut over = Vec::new();
        if let Some((compared, at)) = &here
            && let Some((cluster, settled)) = compared.passage(*at).filter(|(c, _)| c.cover.overlaps(range))
        {
            over = compared.differences().sources(cluster);
            like.attributes.extend(self.said_by_all(cluster, category));
            if !self.is_drawn(&id, adopted(settled)) {
                draft.reopen(&id, &over, adopted(settled));
            }
        }
        let made = draft.put(&id, &like, Vec::new(), over);
        let edits = draft.finish();
        let label = format!("tag the consensus as {}", found.name);
        let done = self.edit_then(label, Edit::Batch(edits), |session| {
            session.view.select_text(super::super::TextSelection::caret(range.end));
            session.refresh_comparison();
            let layer = LayerId::new(&id, &AnnotatorId::consensus());
            session.select_with_readings(SpanRef { layer, span: made });
        });
        if done {
            self.tagging.remember_category(category);
            self.notify(format!("In the consensus: {}. N goes to the next difference", found.name));
        }
    }

    /// With no words selected, a category's key retags what the consensus has of the difference.
    fn retag_consensus(&mut self, category: &CategoryId) {
        let selected: Vec<SpanRef> =
            self.selected_spans().iter().filter(|at| at.layer.annotator.is_consensus()).cloned().collect();
        if selected.is_empty() {
            return self.notify("Select the words that the consensus shall tag, then press the key");
        }
        self.set_categories(&selected, category);
    }

    /// What all readings say alike, as far as the category has such attributes.
    fn said_by_all(&self, cluster: &Cluster, category: &CategoryId) -> Attributes {
        let differ = cluster.differing_attributes();
        let first = cluster.spans().next().map(|span| span.attributes.clone()).unwrap_or_default();
        let fits = |id: &AttributeId| {
            self.project.codebook().attribute(id).is_some_and(|found| found.applies_to(category))
        };
        first.into_iter().filter(|(id, _)| !differ.contains(id) && fits(id)).collect()
    }

    /// Whether these spans of the consensus were drawn anew, all of them.
    fn is_drawn(&self, document: &DocumentId, spans: &[SpanId]) -> bool {
        let layer = self.project.layer(&LayerId::new(document, &AnnotatorId::consensus()));
        let drawn = |span: &Arc<Span>| span.provenance.as_ref().is_some_and(|p| p.from.is_empty());
        !spans.is_empty() && spans.iter().all(|id| layer.and_then(|l| l.span(*id)).is_some_and(drawn))
    }
}

/// The spans of the consensus that a passage has come to.
fn adopted(settled: &Settlement) -> &[SpanId] {
    match settled {
        Settlement::Adopted(spans) => spans,
        _ => &[],
    }
}

/// Passages that all agree on and that nothing was decided about.
fn agreed(compared: &DocumentComparison) -> impl Iterator<Item = &Cluster> {
    let all = (0..compared.differences().clusters().len()).filter_map(|at| compared.passage(at));
    all.filter(|(cluster, settled)| cluster.kind.is_none() && !settled.is_settled())
        .map(|(cluster, _)| cluster)
}

fn exclude(draft: &mut Draft<'_>, document: &DocumentId, sources: Vec<SourceSpan>) -> String {
    sources.into_iter().for_each(|source| draft.exclude(document, source));
    "leave a passage out of the consensus".to_owned()
}

fn adopt(
    draft: &mut Draft<'_>,
    document: &DocumentId,
    compared: &DocumentComparison,
    cluster: &Cluster,
    number: usize,
) -> Result<String, SessionError> {
    let differences = compared.differences();
    let Some(annotator) = differences.annotators().get(number) else {
        return Err(SessionError::NotCompared(differences.annotators().len()));
    };
    let mut sources = differences.sources(cluster);
    let Some(Some(reading)) = cluster.readings.get(number) else {
        return Ok(exclude(draft, document, sources));
    };
    let is_it = |source: &SourceSpan| source.annotator == *annotator && source.span == reading.id;
    let from = sources.iter().filter(|source| is_it(source)).cloned().collect();
    sources.retain(|source| !is_it(source));
    draft.put(document, reading, from, sources);
    Ok(format!("take the reading of {}", draft.name_of(annotator)))
}

/// A span with whose it is.
type Reading<'a> = (&'a AnnotatorId, &'a Arc<Span>);

fn adopt_all(
    draft: &mut Draft<'_>,
    document: &DocumentId,
    compared: &DocumentComparison,
    cluster: &Cluster,
) -> Result<String, SessionError> {
    let mut alike: BTreeMap<(&CategoryId, &Ranges), Vec<Reading<'_>>> = BTreeMap::new();
    for (annotator, span) in compared.differences().readings(cluster) {
        alike.entry((&span.category, &span.ranges)).or_default().push((annotator, span));
    }
    for readings in alike.values() {
        let Some((_, first)) = readings.first() else { continue };
        let merged = Span { attributes: joined(draft, readings)?, ..Span::clone(first) };
        let source = |(annotator, span): &(&AnnotatorId, &Arc<Span>)| SourceSpan {
            annotator: (*annotator).clone(),
            span: span.id,
        };
        draft.put(document, &merged, readings.iter().map(source).collect(), Vec::new());
    }
    let both = if cluster.spans().count() == 2 { "take both readings" } else { "take every reading" };
    Ok(both.to_owned())
}

/// What the readings say together; of lists everything that is in any of them.
///
/// # Errors
/// They say different things of one attribute.
fn joined(draft: &Draft<'_>, readings: &[Reading<'_>]) -> Result<Attributes, SessionError> {
    let mut out = Attributes::new();
    let mut clash = BTreeSet::new();
    for (id, value) in readings.iter().flat_map(|(_, span)| &span.attributes) {
        match out.get_mut(id) {
            None => {
                out.insert(id.clone(), value.clone());
            }
            Some(known) => {
                if !known.unite(value) {
                    clash.insert(draft.attribute_name(id));
                }
            }
        }
    }
    if clash.is_empty() {
        return Ok(out);
    }
    let attributes = clash.into_iter().collect::<Vec<_>>().join(", ");
    Err(SessionError::ReadingsDiffer { attributes })
}
