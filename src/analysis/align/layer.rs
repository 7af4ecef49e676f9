//! What becomes of a whole layer when its document gets another text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Alignment, Fate};
use demarche_model::{
    Claim, Detached, DetachedReason, Layer, Likeness, Ranges, Span, Steps, Stopped, Text, TextRange,
};

/// How many passages came to what end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// At the same place.
    pub exact: usize,
    /// At another place, with the same words.
    pub moved: usize,
    /// To be looked at.
    pub fuzzy: usize,
    /// Not found.
    pub lost: usize,
}

impl Counts {
    /// All of them.
    pub fn total(self) -> usize {
        self.exact + self.moved + self.fuzzy + self.lost
    }

    /// Those that somebody has to decide on.
    pub fn open(self) -> usize {
        self.fuzzy + self.lost
    }

    fn add(&mut self, fate: &Fate) {
        match fate {
            Fate::Exact => self.exact += 1,
            Fate::Moved(_) => self.moved += 1,
            Fate::Fuzzy(_) => self.fuzzy += 1,
            Fate::Lost => self.lost += 1,
        }
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.exact += other.exact;
        self.moved += other.moved;
        self.fuzzy += other.fuzzy;
        self.lost += other.lost;
    }
}

/// The new text, compared with the one that a document has and with those before it that passages still wait in.
#[derive(Debug)]
pub struct Comparison {
    /// The number of the text that the document has.
    pub current: u32,
    /// By the number of the old text.
    pub alignments: BTreeMap<u32, Arc<Alignment>>,
}

impl Comparison {
    /// A layer as it lies in the new text: what is exact or moved in its place, the rest as records that wait for their
    /// owner. Nothing is left out; what waited before and is found now is in its place again. Each passage
    /// is a step.
    ///
    /// # Errors
    /// The work was stopped.
    pub fn carry(&self, layer: &Layer, steps: &Steps<'_>) -> Result<(Layer, Counts), Stopped> {
        let mut counts = Counts::default();
        let (mut spans, mut detached) = (Vec::with_capacity(layer.len()), Vec::new());
        let Some(alignment) = self.alignments.get(&self.current) else {
            return Ok((layer.clone(), counts));
        };
        for span in layer.spans() {
            steps.advance()?;
            let fate = alignment.fate(&span.ranges);
            counts.add(&fate);
            match placed(span, &fate) {
                Ok(span) => spans.push(span),
                Err(likeness) => detached.push(waiting(span, alignment.old(), self.current, likeness)),
            }
        }
        for (_, old) in layer.detached() {
            steps.advance()?;
            match self.carry_waiting(layer, old, &mut counts) {
                Ok(span) => spans.push(span),
                Err(record) => detached.push(*record),
            }
        }
        let links = layer.links().map(|link| (**link).clone());
        Ok((Layer::new(layer.stored_status(), spans, links, detached), counts))
    }

    /// A record that could not be placed: in its place, if it waited for its words to be found and they are; else as it
    /// waits on.
    fn carry_waiting(
        &self,
        layer: &Layer,
        old: &Detached,
        counts: &mut Counts,
    ) -> Result<Span, Box<Detached>> {
        let Some((claim, ranges, fate)) = self.fate_of(old) else { return Err(Box::new(old.clone())) };
        counts.add(&fate);
        match placed(&Span { ranges, ..claim.span.clone() }, &fate) {
            Ok(span) if layer.span(span.id).is_none() => Ok(span),
            Ok(_) => Err(Box::new(old.clone())),
            Err(likeness) => {
                Err(Box::new(Detached { reason: DetachedReason::TextChanged(likeness), ..old.clone() }))
            }
        }
    }

    /// What becomes of a record that waits for its owner, and where it lay, in bytes of the text that it counts; `None` where
    /// it waits for another reason.
    fn fate_of<'a>(&self, detached: &'a Detached) -> Option<(&'a Claim, Ranges, Fate)> {
        let claim = detached.claim.as_ref()?;
        if !matches!(detached.reason, DetachedReason::TextChanged(_)) {
            return None;
        }
        let alignment = self.alignments.get(&claim.text)?;
        let ranges = in_bytes(alignment.old(), &claim.span.ranges)?;
        let fate = alignment.fate(&ranges);
        Some((claim, ranges, fate))
    }
}

/// The span at its place in the new text; `Err` where there is none for sure.
fn placed(span: &Span, fate: &Fate) -> Result<Span, Option<Likeness>> {
    match fate {
        Fate::Exact => Ok(span.clone()),
        Fate::Moved(ranges) => Ok(Span { ranges: ranges.clone(), ..span.clone() }),
        Fate::Fuzzy(likeness) => Err(Some(likeness.clone())),
        Fate::Lost => Err(None),
    }
}

/// A span as a record that waits for its owner.
fn waiting(span: &Span, text: &Text, version: u32, likeness: Option<Likeness>) -> Detached {
    let characters = |range: TextRange| TextRange {
        start: text.char_offset(range.start),
        end: text.char_offset(range.end),
    };
    let in_characters = Ranges::new(span.ranges.iter().map(characters));
    let quote = span.quote(text);
    let ranges = in_characters.unwrap_or_else(|| span.ranges.clone());
    Detached {
        record: String::new(),
        claim: Some(Claim { span: Span { ranges, ..span.clone() }, quote, text: version }),
        reason: DetachedReason::TextChanged(likeness),
        line: 0,
        link: false,
    }
}

/// Ranges that count characters of a text as ranges that count bytes. `None` where they lie outside.
pub fn in_bytes(text: &Text, ranges: &Ranges) -> Option<Ranges> {
    let bytes = |range: TextRange| {
        Some(TextRange { start: text.byte_offset(range.start)?, end: text.byte_offset(range.end)? })
    };
    let ranges: Option<Vec<TextRange>> = ranges.iter().map(bytes).collect();
    ranges.and_then(Ranges::new)
}
