//! Composing the parts of a step, on the thread of the journal.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::folder::FileKey;
use super::super::layer_write::{self, Words, detached_text};
use super::super::project_file::ProjectPart;
use super::super::save::Content;
use super::super::{analysis_notes, anchors, history, review};
use super::step::{LayerChange, Part, Step};
use super::wire::{PartHead, WireKind, step};
use demarche_model::{Detached, DetachedReason, Layer, Project, Review, Span, SpanId};

/// The composer of records. It remembers the journal's `project.ron`, so that a change to it is written as a
/// difference.
#[derive(Default)]
pub(super) struct Composer {
    base: Option<Arc<Project>>,
    project: String,
}

impl Composer {
    /// Returns the payload of a step.
    pub fn compose(&mut self, seq: u64, content: &Step) -> String {
        let mut parts = Vec::new();
        for part in &content.parts {
            self.add(part, &mut parts);
        }
        if let Some((number, entry)) = &content.entry {
            let log = Some((entry.who.clone(), *number));
            parts.push((
                PartHead { log, ..PartHead::new(WireKind::Log, None) },
                history::compose_entry(entry),
            ));
        }
        step(seq, &parts)
    }

    fn add(&mut self, part: &Part, out: &mut Vec<(PartHead, String)>) {
        match part {
            Part::Project { base, to } => self.project(base, to, out),
            Part::Layer(change) => out.push(layer(change)),
            Part::WholeLayer { change, now, before } => {
                out.push(whole_layer(change, now.as_ref(), before.as_ref()));
            }
            Part::Review(key, decisions) => {
                let removed = decisions.iter().filter(|(_, decision)| decision.is_none()).map(|(id, _)| *id);
                let set = decisions.iter().filter_map(|(id, decision)| Some((*id, decision.clone()?)));
                out.push(review_part(key, removed.collect(), Review::of_decisions(set)));
            }
            Part::File(key, content) => out.extend(file(key, content)),
        }
    }

    fn project(&mut self, base: &Arc<Project>, to: &ProjectPart, out: &mut Vec<(PartHead, String)>) {
        if !self.base.as_ref().is_some_and(|last| Arc::ptr_eq(last, base)) {
            self.project = ProjectPart::from_project(base).compose();
            self.base = Some(base.clone());
            out.push((PartHead::new(WireKind::Base, Some(FileKey::Project)), self.project.clone()));
        }
        let text = to.compose();
        let (front, back) = common_ends(&self.project, &text);
        let head = PartHead { front, back, ..PartHead::new(WireKind::Project, Some(FileKey::Project)) };
        out.push((head, text[front..text.len() - back].to_owned()));
        self.project = text;
    }
}

/// Returns the number of bytes that two texts have in common at their starts and at their ends, on character boundaries.
fn common_ends(old: &str, new: &str) -> (usize, usize) {
    let same = |(a, b): &(u8, u8)| a == b;
    let mut front = old.bytes().zip(new.bytes()).take_while(same).count();
    while !new.is_char_boundary(front) || !old.is_char_boundary(front) {
        front -= 1;
    }
    let (old, new) = (&old[front..], &new[front..]);
    let mut back = old.bytes().rev().zip(new.bytes().rev()).take_while(same).count();
    while !new.is_char_boundary(new.len() - back) || !old.is_char_boundary(old.len() - back) {
        back -= 1;
    }
    (front, back)
}

/// Composes the entries of a layer that were set, as a layer file with only those.
fn layer(change: &LayerChange) -> (PartHead, String) {
    let (text, version) = (&change.text.0, change.text.1);
    let mut spans: Vec<Span> =
        change.spans.iter().filter_map(|(_, span)| Some((**span.as_ref()?).clone())).collect();
    let mut head = PartHead::new(WireKind::Layer, Some(FileKey::Layer(change.id.clone())));
    head.removed = change.spans.iter().filter(|(_, span)| span.is_none()).map(|(id, _)| *id).collect();
    head.removed_links = change.links.iter().filter(|(_, link)| link.is_none()).map(|(id, _)| *id).collect();
    head.status = change.status.is_some();
    let mut detached: Vec<Detached> = Vec::new();
    if let Some((layer, dropped)) = &change.detached {
        head.detached = true;
        head.dropped = dropped.iter().map(|record| detached_text(record, version)).collect();
        detached = layer.detached().map(|(_, record)| (**record).clone()).collect();
        // A record that repeats an id is only recognised next to the first one.
        let context =
            repeated(&detached).into_iter().filter(|id| change.spans.iter().all(|(set, _)| set != id));
        let context: Vec<Arc<Span>> = context.filter_map(|id| layer.span(id).cloned()).collect();
        head.context = context.iter().map(|span| span.id).collect();
        spans.extend(context.iter().map(|span| (**span).clone()));
    }
    let links = change.links.values().flatten().map(|link| (**link).clone());
    let (status, unblinded) = change.status.unwrap_or_default();
    let layer = Layer::new(status, spans, links, detached).with_unblinded(unblinded);
    (head, layer_write::compose(&change.id, None, &layer, Words::Text(text), version))
}

fn repeated(detached: &[Detached]) -> BTreeSet<SpanId> {
    let repeats = detached.iter().filter(|record| record.reason == DetachedReason::DuplicateId);
    repeats.filter_map(|record| Some(record.claim.as_ref()?.span.id)).collect()
}

/// Composes a layer of which anything may have changed.
fn whole_layer(
    change: &LayerChange,
    now: Option<&Arc<Layer>>,
    before: Option<&(Arc<Layer>, u32)>,
) -> (PartHead, String) {
    let now = now.cloned().unwrap_or_default();
    let mut head = PartHead::new(WireKind::Layer, Some(FileKey::Layer(change.id.clone())));
    (head.status, head.detached) = (true, true);
    if let Some((old, version)) = before {
        head.removed =
            old.spans_unsorted().map(|span| span.id).filter(|id| now.span(*id).is_none()).collect();
        head.removed_links = old.links().map(|link| link.id).filter(|id| now.link(*id).is_none()).collect();
        head.dropped = old.detached().map(|(_, record)| detached_text(record, *version)).collect();
    }
    let (text, version) = (&change.text.0, change.text.1);
    (head, layer_write::compose(&change.id, None, &now, Words::Text(text), version))
}

fn review_part(key: &FileKey, removed: Vec<SpanId>, review: Review) -> (PartHead, String) {
    let head = PartHead { removed, ..PartHead::new(WireKind::Review, Some(key.clone())) };
    let content = match key {
        FileKey::Review(document, reviewer) => review::compose(document, (reviewer, None), &review),
        _ => String::new(),
    };
    (head, content)
}

/// Composes a whole file. `None` for a file that is not rewritten.
fn file(key: &FileKey, content: &Content) -> Option<(PartHead, String)> {
    let whole = |content: String| Some((PartHead::new(WireKind::File, Some(key.clone())), content));
    match (key, content) {
        (_, Content::Text(text)) => whole(text.as_str().to_owned()),
        (FileKey::Anchors(id), Content::Anchors(anchors, text)) => {
            whole(anchors::compose(&id.document, anchors, text))
        }
        (_, Content::Original(_)) => whole(String::new()),
        (FileKey::AnalysisNotes(_, part), Content::AnalysisNotes(notes, person)) => {
            whole(analysis_notes::compose(notes, *part, *person))
        }
        (FileKey::Review(..), Content::Review(review, _)) => {
            Some(review_part(key, Vec::new(), Review::clone(review)))
        }
        (_, Content::Removed | Content::Nothing) => {
            Some((PartHead::new(WireKind::Gone, Some(key.clone())), String::new()))
        }
        (_, Content::Anchors(..) | Content::Layer(..) | Content::Review(..) | Content::AnalysisNotes(..)) => {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::common_ends;

    #[test]
    fn common_ends_never_overlap_or_cut_a_character() {
        let texts = ["", "a", "aa", "aaa", "aba", "é", "è", "aéb", "aèb", "ab\u{e9}\u{e8}", "ab\u{e9}"];
        for old in texts {
            for new in texts {
                let (front, back) = common_ends(old, new);
                let middle = &new[front..new.len() - back];
                assert_eq!(format!("{}{middle}{}", &old[..front], &old[old.len() - back..]), new);
            }
        }
    }
}
