//! spaCy's Doc in JSON, as written by `Doc.to_json` and read by `Doc.from_json`: a Doc per line.
//!
//! Source: spaCy's documentation, <https://spacy.io/api/doc#to_json>, and its schema of a Doc in JSON. Offsets are characters
//! (code points). spaCy accepts only passages that begin and end with a token; here tokens are words, and other passages are
//! left out and counted.
//!
//! | Demarche | spaCy |
//! |---|---|
//! | passage | in `spans`, in the group named after the annotator; the category is the label |
//! | the same, if one annotator's passages are exported | also in `ents`, the longest first, without overlaps |
//! | several ranges | a span each |
//! | document id, title, date, source | `meta`, which spaCy ignores; under `_` it accepts only declared extensions |
//! | attributes, notes, links, times | not carried |

use std::collections::BTreeMap;
use std::io::Write;

use serde::{Serialize, Serializer};

use super::exporter::{FileExporter, broken};
use super::parts::{About, Signed, characters};
use super::tokens::Tokens;
use super::{Scope, json};
use crate::FormatInfo;
use crate::loss::{ExportLoss, Losses, RangeLoss};
use crate::{IoError, Loss};
use demarche_model::{Document, Text, TextRange, Unfinished};

/// spaCy's JSON.
pub(super) struct Spacy;

impl FileExporter for Spacy {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "spacy",
            title: "spaCy, Docs in JSON, one on each line",
            extension: "jsonl",
            carries: "tokens; passages in a group of spans per annotator, and as entities where nothing overlaps; title, \
                      date, source",
            loses: "passages within a word, several ranges as one passage, attributes, notes, times, links",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let make = |document: &Document, text: &Text, losses: &mut Losses| {
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            losses.add(ExportLoss::Links, scope.count_links(document));
            let tokens = Tokens::new(text);
            let layers = scope.layers(document).into_iter();
            let groups: Vec<Group<'_>> =
                layers.map(|layer| group(scope, text, &tokens, layer, losses)).collect();
            let groups: Vec<Group<'_>> = groups.into_iter().filter(|group| !group.spans.is_empty()).collect();
            let doc = Doc {
                ents: entities(&groups),
                spans: Groups(&groups),
                meta: About::new(document),
                text: text.as_str(),
                tokens: tokens.characters().iter().enumerate().map(Token::new).collect(),
            };
            let mut bytes = json::to_vec(&doc).map_err(|error| broken(error.into()))?;
            bytes.push(b'\n');
            Ok(bytes)
        };
        scope.each_converted(&mut losses, make, |bytes| out.write_all(&bytes).map_err(broken))?;
        Ok(losses.report())
    }
}

/// Returns the passages of an annotator.
struct Group<'a> {
    annotator: &'a str,
    spans: Vec<WireSpan<'a>>,
}

fn group<'a>(
    scope: &'a Scope<'_>,
    text: &Text,
    tokens: &Tokens,
    (annotator, layer): Signed<'a>,
    losses: &mut Losses,
) -> Group<'a> {
    let mut spans = Vec::new();
    for span in scope.spans(layer) {
        losses.add(ExportLoss::AttributeValues, span.attributes.len());
        losses.add(ExportLoss::Notes, usize::from(!span.note.is_empty()));
        let several = span.ranges.count() > 1;
        losses.add(RangeLoss::SplitPassages, usize::from(several));
        for range in span.ranges.iter() {
            let fits = tokens.exactly(range).is_some();
            losses.add(RangeLoss::OffTokenRanges, usize::from(!fits));
            if fits {
                let (start, end) = characters(text, range);
                spans.push(WireSpan { start, end, label: span.category.as_str(), kb_id: "", range });
            }
        }
    }
    Group { annotator: annotator.as_str(), spans }
}

/// Returns the passages of a single annotator that can be entities: the longest first, then the earliest, without overlaps.
fn entities<'a>(groups: &[Group<'a>]) -> Vec<Entity<'a>> {
    let [Group { spans, .. }] = groups else { return Vec::new() };
    let mut order: Vec<&WireSpan<'a>> = spans.iter().collect();
    order.sort_by_key(|span| (std::cmp::Reverse(span.range.len()), span.start));
    let mut taken: BTreeMap<usize, &WireSpan<'a>> = BTreeMap::new();
    for span in order {
        let before = taken.range(..span.end).next_back();
        if before.is_none_or(|(_, before)| before.end <= span.start) {
            taken.insert(span.start, span);
        }
    }
    taken.into_values().map(|span| Entity { start: span.start, end: span.end, label: span.label }).collect()
}

/// A line of the file. The keys by which the format is recognised are first.
#[derive(Serialize)]
struct Doc<'a> {
    ents: Vec<Entity<'a>>,
    spans: Groups<'a>,
    meta: About<'a>,
    text: &'a str,
    tokens: Vec<Token>,
}

struct Groups<'a>(&'a [Group<'a>]);

impl Serialize for Groups<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|group| (group.annotator, &group.spans)))
    }
}

#[derive(Serialize)]
struct Entity<'a> {
    start: usize,
    end: usize,
    label: &'a str,
}

#[derive(Serialize)]
struct WireSpan<'a> {
    start: usize,
    end: usize,
    label: &'a str,
    kb_id: &'static str,
    #[serde(skip)]
    range: TextRange,
}

#[derive(Serialize)]
struct Token {
    id: usize,
    start: usize,
    end: usize,
}

impl Token {
    fn new((id, &(start, end)): (usize, &(usize, usize))) -> Self {
        Self { id, start, end }
    }
}
