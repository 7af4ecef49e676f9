//! What an edit has changed, in words: for the history of a project.
//!
//! It is derived from the inverse of the edit, which holds what was there, and from the project, which holds what is
//! there now. So no edit has to describe itself, and undo and redo are described in the same way.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

use super::context::shorten;
use demarche_model::{
    CategoryId, Change, Changed, Decision, Detached, Document, DocumentId, DocumentMeta, Edit, LayerId, Link,
    LinkId, Project, Span, SpanId, Status, Text, Verdict,
};

/// Passages that a step names one by one at most. Of a longer one, such as an import, the history holds how many passages
/// of whom came, went and changed in each document: a line per passage would make the history larger than the project.
pub const NAMED: usize = 1000;

/// Characters of a quote or a note.
const QUOTE: usize = 60;

/// What is other than before, where `inverse` takes back the edit that has led to `now`.
pub fn changes(inverse: &Edit, now: &Project) -> Vec<Change> {
    let mut found = Found::default();
    found.collect(inverse, now);
    let mut out = if found.spans.len() > NAMED {
        found.counted(now)
    } else {
        found.spans.iter().flat_map(|spot| spot.changes(now)).collect()
    };
    out.extend(found.others);
    out
}

#[derive(Default)]
struct Found<'a> {
    /// Spans with what they were before the whole step, in the order of the inverse.
    spans: Vec<Spot<'a>>,
    positions: HashMap<(&'a LayerId, SpanId), usize>,
    others: Vec<Change>,
}

/// A span that a step has touched.
struct Spot<'a> {
    layer: &'a LayerId,
    id: SpanId,
    /// What it was; what it is now, where nothing but the category was changed.
    was: Option<Arc<Span>>,
}

impl<'a> Found<'a> {
    /// Takes in what one edit changed. Every kind of edit is named here, since the history promises every step.
    #[deny(clippy::wildcard_enum_match_arm)]
    fn collect(&mut self, inverse: &'a Edit, now: &Project) {
        let change = match inverse {
            Edit::Batch(edits) => return edits.iter().for_each(|edit| self.collect(edit, now)),
            Edit::SetSpan { layer, id, to } => return self.put(layer, *id, to.clone()),
            Edit::Recode { layer, spans, to, from: _ } => return self.put_recoded(layer, spans, to, now),
            Edit::SetLink { layer, id, to } => of_link(layer, *id, to.as_deref(), now),
            Edit::SetStatus { layer, to } => of_status(layer, *to, now),
            Edit::SetDetached { layer, to, key: _ } => of_detached(layer, to.as_deref()),
            Edit::SetDecision { document, reviewer, span, to } => {
                let new = now.document(document).and_then(|d| d.reviews.get(reviewer)?.decisions.get(span));
                of_decision(document, *span, to.as_deref(), new.map(|decision| &**decision))
            }
            Edit::SetCategory { id, to } => {
                let old = to.as_ref().map(|(_, category)| category.name.clone());
                let new = now.codebook().category(id).map(|category| category.name.clone());
                of_entry(Changed::CategoryDef(id.clone()), old, new)
            }
            Edit::SetAttribute { id, to } => {
                let old = to.as_ref().map(|(_, attribute)| attribute.name.clone());
                let new = now.codebook().attribute(id).map(|attribute| attribute.name.clone());
                of_entry(Changed::AttributeDef(id.clone()), old, new)
            }
            Edit::SetLinkKind { id, to } => {
                let old = to.as_ref().map(|(_, kind)| kind.name.clone());
                let new = now.codebook().link_kind(id).map(|kind| kind.name.clone());
                of_entry(Changed::LinkKindDef(id.clone()), old, new)
            }
            Edit::SetAlias { from, to } => {
                let new = now.codebook().aliases.get(from).map(ToString::to_string);
                of_entry(Changed::Alias(from.clone()), to.as_ref().map(ToString::to_string), new)
            }
            Edit::SetAnnotator { id, to } => {
                let old = to.as_ref().map(|(_, annotator)| annotator.name.clone());
                let new = now.annotator(id).map(|annotator| annotator.name.clone());
                of_entry(Changed::Annotator(id.clone()), old, new)
            }
            Edit::SetName { to } => in_project(Changed::ProjectName, to.clone(), now.name().to_owned()),
            Edit::SetBlind { to } => of_blind(*to, now),
            Edit::SetActors { to } => in_project(Changed::Actors, to.join("; "), now.actors().join("; ")),
            Edit::SetIssues { to } => in_project(Changed::Issues, to.join("; "), now.issues().join("; ")),
            Edit::SetMeta { document, to } => return self.others.extend(of_meta(document, to, now)),
            Edit::InsertDocument { document, at: _ } => {
                in_document(document.id(), Changed::Document, document.meta.title.clone(), String::new())
            }
            Edit::RemoveDocument { document } => {
                let title = now.document(document).map(|document| document.meta.title.clone());
                in_document(document, Changed::Document, String::new(), title.unwrap_or_default())
            }
            Edit::ReplaceText { to } => of_text(to, now),
        };
        self.others.push(change);
    }

    /// Spans that are another category's now, and nothing else.
    fn put_recoded(&mut self, layer: &'a LayerId, spans: &[SpanId], was: &CategoryId, now: &Project) {
        for &id in spans {
            let known = self.positions.get(&(layer, id)).and_then(|at| self.spans.get(*at));
            let is = match known {
                Some(spot) => spot.was.clone(),
                None => now.layer(layer).and_then(|layer| layer.span(id)).cloned(),
            };
            let was = is.map(|span| Arc::new(Span { category: was.clone(), ..(*span).clone() }));
            self.put(layer, id, was);
        }
    }

    /// The inverse of a batch runs backwards, so that the last edit of a span holds what it was at first.
    fn put(&mut self, layer: &'a LayerId, id: SpanId, was: Option<Arc<Span>>) {
        match self.positions.get(&(layer, id)).and_then(|at| self.spans.get_mut(*at)) {
            Some(spot) => spot.was = was,
            None => {
                self.positions.insert((layer, id), self.spans.len());
                self.spans.push(Spot { layer, id, was });
            }
        }
    }

    /// How many spans came, went and changed, by layer.
    fn counted(&self, now: &Project) -> Vec<Change> {
        let mut counts: BTreeMap<&LayerId, [usize; 3]> = BTreeMap::new();
        for spot in &self.spans {
            let of = counts.entry(spot.layer).or_default();
            match (&spot.was, spot.is(now)) {
                (None, Some(_)) => of[0] += 1,
                (Some(_), None) => of[1] += 1,
                (Some(was), Some(is)) if was != is => of[2] += 1,
                _ => {}
            }
        }
        let counts = counts.into_iter().filter(|(_, counts)| counts.iter().sum::<usize>() > 0);
        counts.map(|(layer, counts)| count(layer, counts)).collect()
    }
}

fn count(layer: &LayerId, [came, went, changed]: [usize; 3]) -> Change {
    let before = if went > 0 { format!("{went} removed") } else { String::new() };
    let after = match (came, changed) {
        (0, 0) => String::new(),
        (came, 0) => format!("{came} added"),
        (0, changed) => format!("{changed} changed"),
        (came, changed) => format!("{came} added, {changed} changed"),
    };
    in_layer(layer, Changed::Spans, before, after)
}

impl Spot<'_> {
    fn is<'p>(&self, now: &'p Project) -> Option<&'p Arc<Span>> {
        now.layer(self.layer).and_then(|layer| layer.span(self.id))
    }

    fn changes(&self, now: &Project) -> Vec<Change> {
        let text = now.document(&self.layer.document).and_then(|document| document.text.as_deref());
        let change = |what: Changed, before: String, after: String| Change {
            span: Some(self.id),
            ..in_layer(self.layer, what, before, after)
        };
        let (was, is) = match (self.was.as_deref(), self.is(now)) {
            (Some(was), Some(is)) => (was, is),
            (None, None) => return Vec::new(),
            (was, is) => {
                let said = |span: Option<&Span>| span.map(|span| whole(span, text)).unwrap_or_default();
                return vec![change(Changed::Span, said(was), said(is.map(|span| &**span)))];
            }
        };
        let mut out = Vec::new();
        if was.category != is.category {
            out.push(change(Changed::SpanCategory, was.category.to_string(), is.category.to_string()));
        }
        if was.ranges != is.ranges {
            out.push(change(Changed::Ranges, place(was, text), place(is, text)));
        }
        if was.note != is.note {
            out.push(change(Changed::Note, shorten(&was.note, QUOTE), shorten(&is.note, QUOTE)));
        }
        let names: BTreeSet<_> = was.attributes.keys().chain(is.attributes.keys()).collect();
        for name in names.into_iter().filter(|name| was.attributes.get(*name) != is.attributes.get(*name)) {
            let value = |span: &Span| span.attributes.get(name).map(ToString::to_string).unwrap_or_default();
            out.push(change(Changed::Attribute(name.clone()), value(was), value(is)));
        }
        out
    }
}

fn of_status(layer: &LayerId, old: Status, now: &Project) -> Change {
    let new = now.layer(layer).map(|layer| layer.stored_status()).unwrap_or_default();
    in_layer(layer, Changed::Status, format!("{old:?}"), format!("{new:?}"))
}

fn of_detached(layer: &LayerId, gone: Option<&Detached>) -> Change {
    let said = |detached: &Detached| match &detached.claim {
        // What waits since the text has changed comes from no file.
        Some(claim) if detached.record.is_empty() => shorten(&claim.quote, QUOTE),
        _ => shorten(&detached.record, QUOTE),
    };
    in_layer(layer, Changed::Detached, gone.map(said).unwrap_or_default(), String::new())
}

fn of_blind(old: bool, now: &Project) -> Change {
    let said = |blind: bool| if blind { "blind" } else { "open" }.to_owned();
    in_project(Changed::Blind, said(old), said(now.is_blind()))
}

fn of_meta(id: &DocumentId, old: &DocumentMeta, now: &Project) -> Option<Change> {
    let said = |meta: &DocumentMeta| {
        let date = meta.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
        format!("{}{date}", meta.title)
    };
    let new = now.document(id)?;
    Some(in_document(id, Changed::Meta, said(old), said(&new.meta)))
}

fn of_text(old: &Document, now: &Project) -> Change {
    let said = |meta: &DocumentMeta| {
        let number = meta.versions.current.number;
        format!("version {number}, {} characters", meta.characters)
    };
    let new = now.document(old.id()).map(|document| said(&document.meta));
    in_document(old.id(), Changed::Text, said(&old.meta), new.unwrap_or_default())
}

/// Something of the project that is known by an id, and by a name where it is there.
fn of_entry(what: Changed, old: Option<String>, new: Option<String>) -> Change {
    in_project(what, old.unwrap_or_default(), new.unwrap_or_default())
}

fn in_project(what: Changed, before: String, after: String) -> Change {
    Change::new(what, before, after)
}

fn in_document(id: &DocumentId, what: Changed, before: String, after: String) -> Change {
    Change { document: Some(id.clone()), ..in_project(what, before, after) }
}

fn in_layer(layer: &LayerId, what: Changed, before: String, after: String) -> Change {
    Change {
        document: Some(layer.document.clone()),
        layer: Some(layer.annotator.clone()),
        ..Change::new(what, before, after)
    }
}

fn of_link(layer: &LayerId, id: LinkId, old: Option<&Link>, now: &Project) -> Change {
    let new = now.layer(layer).and_then(|layer| layer.link(id)).map(|link| &**link);
    let said = |link: &Link| format!("{} → {} in {}", link.kind, link.to, link.to_document);
    let mut change =
        in_layer(layer, Changed::Link, old.map(said).unwrap_or_default(), new.map(said).unwrap_or_default());
    change.span = new.or(old).map(|link| link.from);
    change
}

fn of_decision(id: &DocumentId, span: SpanId, old: Option<&Decision>, new: Option<&Decision>) -> Change {
    let said = |decision: &Decision| {
        let verdict = decision.verdict.map(|verdict| match verdict {
            Verdict::Accepted => "accepted".to_owned(),
            Verdict::Rejected => "rejected".to_owned(),
            Verdict::Disputed => "disputed".to_owned(),
        });
        let proposal = decision.proposal.is_some().then(|| "a change proposed".to_owned());
        let comment = decision.comments.last().map(|comment| shorten(&comment.text, QUOTE));
        let parts: Vec<String> = [verdict, proposal, comment].into_iter().flatten().collect();
        parts.join(": ")
    };
    Change {
        document: Some(id.clone()),
        layer: new.or(old).map(|decision| decision.annotator.clone()),
        span: Some(span),
        what: Changed::Decision,
        before: old.map(said).unwrap_or_default(),
        after: new.map(said).unwrap_or_default(),
    }
}

/// A whole span: `threat 120–180 “will suspend the talks”`.
fn whole(span: &Span, text: Option<&Text>) -> String {
    format!("{} {}", span.category, place(span, text))
}

/// Where a span lies, in characters, and its words; without its text, nothing.
fn place(span: &Span, text: Option<&Text>) -> String {
    let Some(text) = text else { return String::new() };
    let mut out = String::new();
    for (index, range) in span.ranges.iter().enumerate().filter(|(_, range)| text.holds(*range)) {
        let gap = if index > 0 { " " } else { "" };
        let _ = write!(out, "{gap}{}–{}", text.char_offset(range.start), text.char_offset(range.end));
    }
    let inside = span.ranges.iter().all(|range| text.holds(range));
    let quote = if inside { shorten(&span.quote(text), QUOTE) } else { String::new() };
    format!("{out} “{quote}”")
}
