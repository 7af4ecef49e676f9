//! Settling differences into the consensus, each time as one step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_analysis::differences::{Cluster, Settlement};
use demarche_analysis::segment;
use demarche_model::{
    AnnotatorId, AttributeId, Attributes, Basis, CategoryId, DocumentId, Edit, Project, Ranges, SourceSpan,
    Span, SpanId, SpanRef,
};

use super::super::{Session, SessionError, TextSelection};
use super::DocumentComparison;
use super::spans::{Adjudicator, Draft};
use crate::annotate::sight::Intent;
use crate::words::{annotate, compare as words, steps};

/// A way to settle a difference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settling {
    /// Adopts the reading of an annotator, by index. If they have tagged nothing there, the passage is left out.
    Adopt(usize),
    /// Adopts all readings; those with the same words and category become one span.
    AdoptAll,
    /// Leaves the passage out of the consensus.
    Exclude,
    /// Reopens the difference.
    Reopen,
}

impl Session {
    /// Settles the current difference, and goes to the next open one.
    pub fn settle(&mut self, how: Settling) {
        if let Some(why) = self.adjudication_refusal() {
            return self.notify(why);
        }
        let (Some((compared, at)), Some(id)) = (self.current_difference_in(), self.view.document().cloned())
        else {
            return self.notify(words::no_current_difference());
        };
        let Some((cluster, settled)) = compared.passage(at) else { return };
        if how == Settling::Reopen && *settled == Settlement::Open {
            return self.notify(words::difference_is_open());
        }
        let sources = compared.differences().sources(cluster);
        let mut draft = Draft::new(self.adjudicator());
        draft.reopen(&id, &sources, settled.adopted());
        let label = match how {
            Settling::Reopen => Ok(steps::reopen().to_owned()),
            Settling::Exclude => Ok(exclude(&mut draft, &id, sources)),
            Settling::Adopt(number) => adopt(&mut draft, &id, &compared, cluster, number),
            Settling::AdoptAll => adopt_all(&mut draft, &id, &compared, cluster),
        };
        match label {
            Err(why) => self.notify(why.to_string()),
            Ok(label) => {
                let edits = draft.finish();
                if edits.is_empty() {
                    return self.notify(words::decided_by_others());
                }
                if self.edit(label.clone(), Edit::Batch(edits)) {
                    self.settled(at, how, &label);
                }
            }
        }
    }

    /// Settles the current difference with the reading of the person at this position of the project. Tells the user if
    /// they have none here.
    pub fn use_reading_of(&mut self, position: usize) {
        let Some(person) = self.coders().get(position).cloned() else {
            return self.notify(words::no_such_person(position + 1));
        };
        let Some((compared, at)) = self.current_difference_in() else {
            return self.notify(words::no_current_difference());
        };
        let here = compared.differences().annotators().iter().position(|other| *other == person);
        let reading = here.filter(|here| {
            let passage = compared.passage(at);
            passage.is_some_and(|(cluster, _)| cluster.readings.get(*here).is_some_and(Option::is_some))
        });
        let name = self.project.name_of(&person);
        match (reading, here) {
            (Some(here), _) => self.settle(Settling::Adopt(here)),
            (None, Some(_)) => self.notify(words::no_reading(name)),
            (None, None) if self.compared_people().contains(&person) => {
                self.notify(words::has_not_worked(name))
            }
            (None, None) => self.notify(words::is_not_compared(name)),
        }
    }

    /// Notifies the user that a difference was settled, and goes to the next open one.
    fn settled(&mut self, at: usize, how: Settling, label: &str) {
        self.refresh_comparison();
        if how == Settling::Reopen {
            self.go_to_difference(at);
            self.notify(words::reopened());
        } else {
            self.notify(words::settled(label));
            self.next_open_difference_quietly();
        }
    }

    /// Adds the passages that all agree on to the consensus, in the open document or in all.
    pub fn adopt_agreed(&mut self, everywhere: bool) {
        if let Some(why) = self.adjudication_refusal() {
            return self.notify(why);
        }
        if everywhere && self.is_comparing() {
            self.comparing.resume();
            return self.notify(words::still_comparing());
        }
        let documents: Vec<DocumentId> = match everywhere {
            true => self.project.documents().iter().map(|document| document.id().clone()).collect(),
            false => self.view.document().into_iter().cloned().collect(),
        };
        let mut draft = Draft::new(self.adjudicator());
        let mut count = 0;
        for id in &documents {
            let Some(compared) = self.compared(id) else { continue };
            for cluster in agreed(compared) {
                let Some(first) = cluster.spans().next() else { continue };
                let readings = compared.differences().readings(cluster);
                let note = joined_notes(&self.project, readings.map(|(who, span)| (who, &**span)));
                let like = Span { note, ..Span::clone(first) };
                let sources = compared.differences().sources(cluster);
                draft.add(id, &like, sources, Vec::new(), Basis::Compared);
                count += 1;
            }
        }
        let edits = draft.finish();
        if count == 0 {
            return self.notify(words::nothing_to_adopt());
        }
        if self.edit(steps::adopt_agreed(count), Edit::Batch(edits)) {
            self.refresh_comparison();
            self.notify(words::adopted(count));
        }
    }

    pub(super) fn adjudicator(&self) -> Adjudicator<'_> {
        Adjudicator { project: &self.project, me: &self.me, env: &self.env, links: &self.links }
    }

    /// Tags the selected words in the consensus. If they overlap the current difference, that settles it; several such
    /// passages may settle one difference.
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
            return self.notify(annotate::retired(&found.name));
        }
        if !self.sees_selection(Intent::Tag(category)) {
            return;
        }
        let here = self.current_difference_in();
        let mut like = self.new_span(ranges, category);
        let mut draft = Draft::new(self.adjudicator());
        let mut over = Vec::new();
        if let Some((compared, at)) = &here
            && let Some((cluster, settled)) = compared.passage(*at).filter(|(c, _)| c.cover.overlaps(range))
        {
            over = compared.differences().sources(cluster);
            like.attributes.extend(self.common_attributes(cluster, category));
            if !self.are_new(&id, settled.adopted()) {
                draft.reopen(&id, &over, settled.adopted());
            }
        }
        let added = draft.add(&id, &like, Vec::new(), over, Basis::Compared);
        let edits = draft.finish();
        let done = self.edit_then(steps::tag_consensus(&found.name), Edit::Batch(edits), |session| {
            session.view.select_text(TextSelection::caret(range.end));
            session.refresh_comparison();
            if let Some(layer) = session.document().and_then(|now| now.consensus_layer_of(added)) {
                session.select_with_readings(SpanRef { layer, span: added });
            }
        });
        if done {
            self.tagging.remember_category(category);
            self.notify(words::tagged(&found.name));
        }
    }

    /// Retags the selected spans of the consensus.
    fn retag_consensus(&mut self, category: &CategoryId) {
        let selected: Vec<SpanRef> =
            self.selected_spans().iter().filter(|at| at.layer.annotator.is_consensus()).cloned().collect();
        if selected.is_empty() {
            return self.notify(words::select_for_consensus());
        }
        if self.sees_spans(&selected, Intent::Retag(category)) {
            self.set_categories(&selected, category);
        }
    }

    /// The attributes that all readings share and that apply to the category.
    fn common_attributes(&self, cluster: &Cluster, category: &CategoryId) -> Attributes {
        let differ = cluster.differing_attributes();
        let first = cluster.spans().next().map(|span| span.attributes.clone()).unwrap_or_default();
        let fits = |id: &AttributeId| {
            self.project.codebook().attribute(id).is_some_and(|found| found.applies_to(category))
        };
        first.into_iter().filter(|(id, _)| !differ.contains(id) && fits(id)).collect()
    }

    /// Returns whether all these spans of the consensus are new ones, made from no reading.
    fn are_new(&self, document: &DocumentId, spans: &[SpanId]) -> bool {
        let document = self.project.document(document);
        let layers = || document.into_iter().flat_map(|document| document.consensus_layers());
        let is_new = |span: &Arc<Span>| span.provenance.as_ref().is_some_and(|p| p.from.is_empty());
        !spans.is_empty()
            && spans.iter().all(|id| layers().find_map(|(_, l)| l.span(*id)).is_some_and(is_new))
    }
}

/// The notes of readings; if there are several, each after its annotator's name.
pub(super) fn joined_notes<'a>(
    project: &Project,
    readings: impl Iterator<Item = (&'a AnnotatorId, &'a Span)>,
) -> String {
    let notes: Vec<(&AnnotatorId, &str)> =
        readings.map(|(id, span)| (id, span.note.as_str())).filter(|(_, note)| !note.is_empty()).collect();
    match notes.as_slice() {
        [(_, note)] => (*note).to_owned(),
        several => {
            let line = |(id, note): &(&AnnotatorId, &str)| format!("{}: {note}", project.name_of(id));
            several.iter().map(line).collect::<Vec<_>>().join("\n")
        }
    }
}

/// Passages that all agree on and that are not settled.
fn agreed(compared: &DocumentComparison) -> impl Iterator<Item = &Cluster> {
    let all = (0..compared.differences().clusters().len()).filter_map(|at| compared.passage(at));
    all.filter(|(cluster, settled)| cluster.kind.is_none() && **settled == Settlement::Open)
        .map(|(cluster, _)| cluster)
}

fn exclude(draft: &mut Draft<'_>, document: &DocumentId, sources: Vec<SourceSpan>) -> String {
    sources.into_iter().for_each(|source| draft.exclude(document, source));
    steps::exclude().to_owned()
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
    let Some(Some(reading)) = cluster.readings.get(number) else {
        return Ok(exclude(draft, document, differences.sources(cluster)));
    };
    let (from, over) = differences.sources_by_equality(cluster, reading);
    draft.add(document, reading, from, over, Basis::Compared);
    Ok(steps::adopt(&draft.name_of(annotator)))
}

/// A span with its annotator.
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
        let from = readings.iter().map(source).collect();
        draft.add(document, &merged, from, Vec::new(), Basis::Compared);
    }
    Ok(steps::adopt_all(cluster.spans().count()).to_owned())
}

/// The attributes of all readings together; lists are united.
///
/// # Errors
/// If an attribute has different values.
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
