//! Import of CoNLL columns: a token per line with its tag in the last column, separated by tabs or blanks; a blank line ends a
//! sentence. Source: <https://www.clips.uantwerpen.be/conll2003/ner/>.
//!
//! Reads IOB1, IOB2, BIOES and BILOU, and bare labels. The text is rebuilt from the tokens, with a line per sentence; if the
//! project has a text that differs only in spacing, the passages are placed in it.

mod tags;
mod universal;

#[cfg(test)]
mod tests;

use super::importer::{Importer, Input};
use super::{Draft, DraftDocument, DraftSpan};
use crate::annotations::refusal::{FileFault, RecordFault};
use crate::decode::decode;
use crate::loss::{AnnotationLoss, Losses};
use crate::{IoError, Problem};
use demarche_analysis::context::shorten;
use tags::Tag;

pub(super) use tags::{Decoder, TaggedRun};
pub(super) use universal::ConllU;

/// CoNLL columns.
pub(super) struct Conll;

impl Importer for Conll {
    fn name(&self) -> &'static str {
        "conll"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["conll", "iob", "iob2", "bio", "bioes", "bilou"]
    }

    fn keeps_texts(&self) -> bool {
        false
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let decoded = decode(&input.bytes, None)
            .map_err(|error| IoError::Problem(input.refused(None, FileFault::NotText(error))))?;
        let mut reader = Reader::new(input);
        for (number, line) in (1..).zip(decoded.text.split('\n')) {
            reader.line(number, line.trim_end_matches([' ', '\r']));
        }
        reader.end_document();
        let Reader { documents, problems, columns, .. } = reader;
        let mut losses = Losses::default();
        losses.add(AnnotationLoss::OtherColumns, columns);
        Ok(Draft { documents, problems, losses: losses.report(), ..Draft::default() })
    }
}

/// The token that starts a document.
const START: &str = "-DOCSTART-";

/// A reader of lines as documents.
struct Reader<'a> {
    input: &'a Input<'a>,
    documents: Vec<DraftDocument>,
    problems: Vec<Problem>,
    /// The number of values in columns that are not read.
    columns: usize,
    now: DraftDocument,
    annotator: Option<String>,
    /// The length of the text so far, in characters.
    length: usize,
    /// Whether the next token starts a line.
    fresh: bool,
    /// The last character of the text.
    last: Option<char>,
    tags: Decoder,
}

impl<'a> Reader<'a> {
    fn new(input: &'a Input<'a>) -> Self {
        Self {
            input,
            documents: Vec::new(),
            problems: Vec::new(),
            columns: 0,
            now: DraftDocument { id: input.stem(), rebuilt: true, ..DraftDocument::default() },
            annotator: None,
            length: 0,
            fresh: true,
            last: None,
            tags: Decoder::default(),
        }
    }

    fn line(&mut self, number: usize, line: &str) {
        if line.trim().is_empty() {
            let ended = self.tags.end();
            self.add(ended);
            self.fresh = true;
            return;
        }
        let parts: Vec<&str> = if line.contains('\t') {
            line.split('\t').map(str::trim).collect()
        } else {
            line.split_whitespace().collect()
        };
        let (first, last) = (parts[0], parts[parts.len() - 1]);
        if first == START {
            self.start_document(number, &parts);
        } else if line.starts_with('#') && (parts.len() < 2 || Tag::parse(last).is_none()) {
            // A comment, such as the number of a sentence.
        } else if parts.len() < 2 || first.is_empty() {
            let why = RecordFault::Columns(shorten(line, 40));
            self.problems.push(self.input.refused(Some(number), why));
        } else {
            let has_value = |part: &&&str| !matches!(**part, "" | "_" | "-" | "O" | "-X-");
            self.columns += parts[1..parts.len() - 1].iter().filter(has_value).count();
            self.token(number, first, last);
        }
    }

    /// Starts a document. If Demarche has written it, its id and annotator are in the second and third columns.
    fn start_document(&mut self, number: usize, parts: &[&str]) {
        self.end_document();
        if let [_, id, annotator, "O"] = parts
            && *id != "-X-"
        {
            (*id).clone_into(&mut self.now.id);
            self.now.record = Some((*id).to_owned());
            self.annotator = Some((*annotator).to_owned()).filter(|name| name != "_");
        }
        self.now.line = Some(number);
    }

    fn end_document(&mut self) {
        let ended = self.tags.end();
        self.add(ended);
        let mut done = std::mem::take(&mut self.now);
        (self.length, self.fresh, self.last, self.annotator) = (0, true, None, None);
        if !done.text.is_empty() {
            done.text.push('\n');
            self.documents.push(done);
        }
        let stem = self.input.stem();
        let id =
            if self.documents.is_empty() { stem } else { format!("{stem}-{}", self.documents.len() + 1) };
        self.now = DraftDocument { id, rebuilt: true, ..DraftDocument::default() };
    }

    fn token(&mut self, number: usize, word: &str, tag: &str) {
        if self.fresh && self.length > 0 {
            self.push('\n');
        } else if !self.fresh && parts(self.last, word) {
            self.push(' ');
        }
        self.fresh = false;
        let start = self.length;
        word.chars().for_each(|c| self.push(c));
        let steps = self.tags.token(tag, start, self.length, number);
        self.add(steps);
    }

    fn push(&mut self, c: char) {
        self.now.text.push(c);
        self.length += 1;
        self.last = Some(c);
    }

    /// Adds a passage that has ended.
    fn add(&mut self, ended: Option<TaggedRun>) {
        let Some(TaggedRun { label, start, end, line }) = ended else { return };
        let offset = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
        self.now.spans.push(DraftSpan {
            line: Some(line),
            annotator: self.annotator.clone(),
            category: label,
            ranges: vec![(offset(start), offset(end))],
            ..DraftSpan::default()
        });
    }
}

/// Returns whether a word is preceded by a blank: not before closing marks and not after opening ones.
fn parts(last: Option<char>, word: &str) -> bool {
    let mark = |c: char| !c.is_alphanumeric();
    let closes = word.chars().all(mark)
        && word.starts_with([',', '.', ';', ':', '!', '?', ')', ']', '}', '”', '’', '»', '…', '%']);
    !closes && !last.is_some_and(|c| matches!(c, '(' | '[' | '{' | '“' | '‘' | '«' | '¿' | '¡'))
}
