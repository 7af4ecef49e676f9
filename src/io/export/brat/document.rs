//! The `.ann` file of one layer.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::NOTE;
use super::fragments::{fragments, is_break, rejoin};
use super::names::{Held, Types};
use crate::codebook::brat::safe_value;
use crate::export::Scope;
use crate::export::scope::infinite_numbers;
use crate::loss::{CodebookLoss, ExportLoss, Losses, RangeLoss};
use demarche_model::{Document, Layer, Span, SpanId, Text, TextRange};

/// Writes the standoff of the chosen spans in a layer.
pub(super) fn compose(
    scope: &Scope<'_>,
    document: &Document,
    text: &Text,
    layer: &Layer,
    types: &Types,
    losses: &mut Losses,
) -> String {
    let mut writer = Standoff {
        out: String::new(),
        text,
        types,
        numbers: HashMap::new(),
        attributes: 0,
        comments: 0,
        losses,
    };
    for span in scope.spans(layer) {
        writer.span(span);
    }
    let mut relations = 0;
    for link in layer.links() {
        let Some(from) = writer.numbers.get(&link.from) else { continue };
        let here = link.to_document == *document.id();
        match writer.numbers.get(&link.to).filter(|_| here) {
            Some(to) => {
                relations += 1;
                let kind = types.link_kind(&link.kind);
                let _ = writeln!(writer.out, "R{relations}\t{kind} Arg1:T{from} Arg2:T{to}");
            }
            None => writer.losses.add(ExportLoss::LinksToOthers, 1),
        }
    }
    writer.out
}

struct Standoff<'a> {
    out: String,
    text: &'a Text,
    types: &'a Types,
    /// The numbers of the spans that are written.
    numbers: HashMap<SpanId, usize>,
    attributes: usize,
    comments: usize,
    losses: &'a mut Losses,
}

impl Standoff<'_> {
    fn span(&mut self, span: &Span) {
        let parts = fragments(&span.ranges, self.text);
        if parts.iter().all(|part| self.text.slice(*part).trim().is_empty()) {
            self.losses.add(RangeLoss::BlankPassages, 1);
            return;
        }
        let same = rejoin(&parts, self.text.as_str()).into_iter().eq(span.ranges.iter());
        self.losses.add(RangeLoss::PassagesOverLineEnds, usize::from(!same));
        let number = self.numbers.len() + 1;
        self.numbers.insert(span.id, number);
        self.text_bound(number, self.types.category(&span.category), &parts);
        self.losses.add(ExportLoss::InfiniteNumbers, infinite_numbers(span));
        for (id, value) in &span.attributes {
            match Held::new(value) {
                Held::Comment(words) => self.comment(number, self.types.text(id), words),
                Held::Flag(true) => self.attribute(number, self.types.attribute(id), ""),
                Held::Flag(false) => self.losses.add(ExportLoss::NegativeFlags, 1),
                Held::Words(words) => {
                    for word in words {
                        let safe = safe_value(&word);
                        let changed = usize::from(safe != word);
                        self.losses.add(CodebookLoss::ChangedValues, changed);
                        self.attribute(number, self.types.attribute(id), &safe);
                    }
                }
            }
        }
        if !span.note.is_empty() {
            self.comment(number, NOTE, &span.note);
        }
    }

    fn text_bound(&mut self, number: usize, category: &str, parts: &[TextRange]) {
        let _ = write!(self.out, "T{number}\t{category}");
        let mut before = ' ';
        for part in parts {
            let (start, end) = (self.text.char_offset(part.start), self.text.char_offset(part.end));
            let _ = write!(self.out, "{before}{start} {end}");
            before = ';';
        }
        before = '\t';
        for part in parts {
            self.out.push(before);
            self.out.push_str(self.text.slice(*part));
            before = ' ';
        }
        self.out.push('\n');
    }

    fn attribute(&mut self, number: usize, name: &str, value: &str) {
        self.attributes += 1;
        let blank = if value.is_empty() { "" } else { " " };
        let _ = writeln!(self.out, "A{}\t{name} T{number}{blank}{value}", self.attributes);
    }

    /// Writes a comment, one per line, since a comment in brat is one line.
    fn comment(&mut self, number: usize, kind: &str, words: &str) {
        // Python, in which brat is written, ends lines at all of these; only the most common one is read back as it was.
        let changed = words.chars().filter(|c| is_break(*c) && *c != '\n').count();
        self.losses.add(ExportLoss::InvalidCharacters, changed);
        for line in words.split(is_break) {
            self.comments += 1;
            let _ = writeln!(self.out, "#{}\t{kind} T{number}\t{line}", self.comments);
        }
    }
}
