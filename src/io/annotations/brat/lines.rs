//! The reader of the lines in an `.ann` file.

use std::collections::HashMap;

use super::placed::{Passage, Placed};
use crate::annotations::importer::Input;
use crate::annotations::refusal::{LinkFault, RecordFault, Refusal, SpanFault};
use crate::annotations::{DraftLink, DraftSpan, DraftValue};
use crate::export::brat::NOTE;
use crate::loss::{AnnotationLoss, Losses};
use crate::words::remarks;
use crate::{Loss, Problem};
use demarche_analysis::context::shorten;
use demarche_model::Value;

/// The content of an `.ann` file.
pub(super) struct Read {
    pub spans: Vec<DraftSpan>,
    pub links: Vec<DraftLink>,
    pub problems: Vec<Problem>,
    pub losses: Vec<Loss>,
    pub remarks: Vec<String>,
}

/// The thing that an id refers to.
#[derive(Clone, Copy)]
enum Meaning {
    /// The passage with this index.
    Span(usize),
    /// A relation.
    Relation,
}

/// A reader of lines. References between lines are resolved at the end, since they may precede their target.
pub(super) struct Reader<'a> {
    input: &'a Input<'a>,
    ids: HashMap<&'a str, Meaning>,
    spans: Vec<DraftSpan>,
    passages: Vec<Passage<'a>>,
    /// Lines that refer to others: line number, first letter, and what follows the id.
    later: Vec<(usize, u8, &'a str)>,
    events: Vec<(usize, &'a str, &'a str)>,
    links: Vec<DraftLink>,
    /// Lines of notes, by passage.
    notes: HashMap<usize, Vec<String>>,
    problems: Vec<Problem>,
    losses: Losses,
}

impl<'a> Reader<'a> {
    pub fn new(input: &'a Input<'a>) -> Self {
        Self {
            input,
            ids: HashMap::new(),
            spans: Vec::new(),
            passages: Vec::new(),
            later: Vec::new(),
            events: Vec::new(),
            links: Vec::new(),
            notes: HashMap::new(),
            problems: Vec::new(),
            losses: Losses::default(),
        }
    }

    /// Reads the lines of a file.
    pub fn read(&mut self, standoff: &'a str) {
        for (number, line) in (1..).zip(standoff.split('\n')) {
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.trim().is_empty() {
                continue;
            }
            if let Err(why) = self.line(number, line) {
                self.refuse(number, why);
            }
        }
    }

    /// Returns the passages in the order of the file.
    pub fn passages(&self) -> &[Passage<'a>] {
        &self.passages
    }

    fn line(&mut self, number: usize, line: &'a str) -> Result<(), Refusal> {
        let (id, rest) = line.split_once('\t').ok_or(RecordFault::NoTab)?;
        let kind = id.bytes().next().unwrap_or_default();
        match kind {
            b'T' | b'E' | b'R' if self.ids.contains_key(id) => {
                return Err(RecordFault::DuplicateId(shorten(id, 40)).into());
            }
            b'T' => {
                let passage = self.passage(number, rest)?;
                self.ids.insert(id, Meaning::Span(self.spans.len() - 1));
                self.passages.push(passage);
            }
            b'E' => self.events.push((number, id, rest)),
            b'R' => {
                self.ids.insert(id, Meaning::Relation);
                self.later.push((number, kind, rest));
            }
            b'A' | b'M' | b'N' | b'#' => self.later.push((number, kind, rest)),
            b'*' => self.losses.add(AnnotationLoss::Equivalences, 1),
            _ => return Err(RecordFault::UnknownLine(shorten(id, 20)).into()),
        }
        Ok(())
    }

    fn passage(&mut self, line: usize, rest: &'a str) -> Result<Passage<'a>, SpanFault> {
        let (place, words) =
            rest.split_once('\t').map_or((rest, None), |(place, words)| (place, Some(words)));
        let (category, offsets) = place.trim().split_once(' ').ok_or(SpanFault::NoOffsets)?;
        let range = |range: &str| {
            let (start, end) = range.trim().split_once(' ')?;
            Some((start.parse().ok()?, end.trim().parse().ok()?))
        };
        let ranges: Option<Vec<(i64, i64)>> = offsets.split(';').map(range).collect();
        let ranges = ranges.ok_or_else(|| SpanFault::Offsets(shorten(offsets, 40)))?;
        let id = Some(self.spans.len().to_string());
        self.spans.push(DraftSpan {
            line: Some(line),
            id,
            category: category.to_owned(),
            ..DraftSpan::default()
        });
        Ok(Passage { ranges, words: words.filter(|words| !words.trim().is_empty()) })
    }

    /// Returns everything, with offsets in the text.
    pub fn finish(mut self, placed: &Placed, annotator: Option<&str>) -> Read {
        for (span, passage) in self.spans.iter_mut().zip(&self.passages) {
            span.annotator = annotator.map(str::to_owned);
            span.ranges.clone_from(&passage.ranges);
            if !placed.fits(passage) {
                span.quote = passage.words.map(str::to_owned);
            } else if let Some(joined) = placed.joined(&passage.ranges).filter(|_| passage.ranges.len() > 1) {
                span.ranges = joined;
            }
        }
        let remarks = self.triggers();
        for (line, kind, rest) in std::mem::take(&mut self.later) {
            let read = match kind {
                b'R' => self.relation(line, rest),
                b'A' | b'M' => self.attribute(rest),
                _ => self.comment(kind, rest),
            };
            if let Err(why) = read {
                self.refuse(line, why);
            }
        }
        for (at, lines) in std::mem::take(&mut self.notes) {
            self.spans[at].note = lines.join("\n");
        }
        let Self { spans, links, problems, losses, .. } = self;
        Read { spans, links, problems, losses: losses.report(), remarks }
    }

    /// Resolves events to their triggers, all of them first, since roles can refer to events.
    fn triggers(&mut self) -> Vec<String> {
        let events = std::mem::take(&mut self.events);
        let mut taken = HashMap::new();
        let mut known = Vec::new();
        for &(line, id, rest) in &events {
            let mut parts = rest.split_whitespace();
            let trigger = parts.next().and_then(|head| head.split_once(':')).map(|(_, trigger)| trigger);
            match trigger.and_then(|trigger| self.ids.get(trigger)).copied() {
                Some(Meaning::Span(span)) => {
                    let again = taken.insert(span, ()).is_some();
                    self.losses.add(AnnotationLoss::SharedTriggers, usize::from(again));
                    self.ids.insert(id, Meaning::Span(span));
                    known.push((line, span, parts));
                }
                _ => self.refuse(line, SpanFault::NoTrigger),
            }
        }
        let count = known.len();
        for (line, span, roles) in known {
            for role in roles {
                let target = role.split_once(':').and_then(|(role, id)| Some((role, self.ids.get(id)?)));
                match target {
                    Some((role, Meaning::Span(to))) => {
                        // A number distinguishes roles with the same name.
                        let bare = role.trim_end_matches(|c: char| c.is_ascii_digit());
                        let kind = if bare.is_empty() { role } else { bare };
                        self.links.push(link(line, kind, span, *to));
                    }
                    _ => self.refuse(line, LinkFault::Role(shorten(role, 40))),
                }
            }
        }
        if count > 0 { vec![remarks::events_as_triggers(count)] } else { Vec::new() }
    }

    fn relation(&mut self, line: usize, rest: &str) -> Result<(), Refusal> {
        let mut parts = rest.split_whitespace();
        let kind = parts.next().unwrap_or_default();
        let mut ends = parts.map(|part| part.split_once(':').map(|(_, id)| id));
        let (Some(Some(from)), Some(Some(to)), None) = (ends.next(), ends.next(), ends.next()) else {
            return Err(LinkFault::RelationForm.into());
        };
        match (self.ids.get(from), self.ids.get(to)) {
            (Some(Meaning::Span(from)), Some(Meaning::Span(to))) => {
                self.links.push(link(line, kind, *from, *to));
            }
            _ => {
                let (from, to) = (shorten(from, 20), shorten(to, 20));
                return Err(LinkFault::NotPassages { from, to }.into());
            }
        }
        Ok(())
    }

    fn attribute(&mut self, rest: &str) -> Result<(), Refusal> {
        let mut parts = rest.trim().splitn(3, [' ', '\t']);
        let (Some(name), Some(target)) = (parts.next(), parts.next()) else {
            return Err(RecordFault::Attribute.into());
        };
        let value = parts.next().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let Some(at) = self.target(target, AnnotationLoss::RelationAttributes)? else { return Ok(()) };
        let span = &mut self.spans[at];
        let known = span.attributes.iter_mut().find(|(known, _)| known == name);
        match (known, value) {
            (None, None) => span.attributes.push((name.to_owned(), DraftValue::Of(Value::Flag(true)))),
            (None, Some(value)) => span.attributes.push((name.to_owned(), DraftValue::Word(value))),
            (Some((_, DraftValue::Words(words))), Some(value)) => words.push(value),
            (Some((_, known @ DraftValue::Word(_))), Some(value)) => {
                if let DraftValue::Word(first) = known {
                    *known = DraftValue::Words(vec![std::mem::take(first), value]);
                }
            }
            _ => self.losses.add(AnnotationLoss::RepeatedAttributes, 1),
        }
        Ok(())
    }

    /// Reads a comment, or a reference to a database.
    fn comment(&mut self, kind: u8, rest: &str) -> Result<(), Refusal> {
        let (head, words) = rest.split_once('\t').unwrap_or((rest, ""));
        let mut parts = head.split_whitespace();
        let (Some(name), Some(target)) = (parts.next(), parts.next()) else {
            return Err(RecordFault::Note.into());
        };
        let reference = parts.next().unwrap_or_default();
        let Some(at) = self.target(target, AnnotationLoss::RelationNotes)? else { return Ok(()) };
        let mut note = |line: String| self.notes.entry(at).or_default().push(line);
        if kind == b'N' {
            note(format!("{name} {reference} {words}").trim_end().to_owned());
        } else if name == NOTE {
            note(words.to_owned());
        } else {
            let span = &mut self.spans[at];
            match span.attributes.iter_mut().find(|(known, _)| known == name) {
                Some((_, DraftValue::Of(Value::Text(text)))) => append_line(text, words),
                Some(_) => self.losses.add(AnnotationLoss::RepeatedAttributes, 1),
                None => {
                    span.attributes.push((name.to_owned(), DraftValue::Of(Value::Text(words.to_owned()))))
                }
            }
        }
        Ok(())
    }

    /// Returns the passage that a line refers to. If it refers to a relation, the line is lost.
    fn target(&mut self, id: &str, of_relation: AnnotationLoss) -> Result<Option<usize>, Refusal> {
        match self.ids.get(id).copied() {
            Some(Meaning::Span(at)) => Ok(Some(at)),
            Some(Meaning::Relation) => {
                self.losses.add(of_relation, 1);
                Ok(None)
            }
            None => Err(RecordFault::UnknownTarget(shorten(id, 20)).into()),
        }
    }

    fn refuse(&mut self, line: usize, why: impl Into<Refusal>) {
        self.problems.push(self.input.refused(Some(line), why));
    }
}

fn link(line: usize, kind: &str, from: usize, to: usize) -> DraftLink {
    let (from, to) = (from.to_string(), to.to_string());
    DraftLink { line: Some(line), kind: kind.to_owned(), from, to, ..DraftLink::default() }
}

fn append_line(text: &mut String, line: &str) {
    text.push('\n');
    text.push_str(line);
}
