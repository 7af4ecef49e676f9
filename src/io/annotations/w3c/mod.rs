//! W3C Web Annotations in JSON-LD, from our export and from other programs (Web Annotation Data Model, 2017).
//!
//! The text is seldom in the file. It is taken from a target or source that is embedded with its `value`, as in our
//! export, or from a file with a relative path. By the standard, offsets are in characters; programs in browsers use
//! UTF-16 units. The quotes show which, see [`settle`](super::placing::settle).

mod annotation;
mod item;
mod selectors;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use rayon::prelude::*;

use super::importer::{Importer, Input};
use super::json::{self, At, Json};
use super::{Draft, DraftDocument, DraftLink};
use crate::IoError;
use crate::annotations::refusal::{FileFault, LinkFault};
use crate::decode::Decoded;
use crate::loss::{AnnotationLoss, Losses, TaskLoss};
use annotation::Annotation;
use item::{Item, Link, Says, Target, Text};
use selectors::Finder;

/// W3C Web Annotations in JSON-LD.
pub(super) struct W3c;

/// Part of the context in every such file.
const CONTEXT: &[u8] = b"w3.org/ns/anno";

/// Greatest size of a text next to the file, in bytes.
const TEXT: u64 = 64 << 20;

impl Importer for W3c {
    fn name(&self) -> &'static str {
        "w3c"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["jsonld", "json"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        json::is_like(head) && head.windows(CONTEXT.len()).any(|part| part == CONTEXT)
    }

    fn states_unit(&self) -> bool {
        false
    }

    fn trusts_quotes(&self) -> bool {
        true
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft = Draft::default();
        let mut all = read_items(input, &mut draft);
        let mut reader = Reader {
            input,
            draft,
            losses: Losses::default(),
            texts: HashMap::new(),
            missing: BTreeMap::new(),
        };
        for item in &mut all {
            std::mem::take(&mut item.texts).into_iter().for_each(|text| reader.text(text));
        }
        let mut finder = Finder::default();
        let mut links = Vec::new();
        for Item { line, number, says, .. } in all {
            let at = At::new(input, line, number);
            match says {
                Says::Of(annotation, targets) => reader.annotation(at, &annotation, targets, &mut finder),
                Says::Link(link) => links.push((at, link)),
            }
        }
        reader.links(links);
        Ok(reader.finish())
    }
}

/// Reads the annotations of a file. Annotators and problems are added to the draft.
fn read_items(input: &Input<'_>, draft: &mut Draft) -> Vec<Item> {
    let records = json::records_of(input, &["items", "first", "@graph"]);
    // Usually each record is one annotation, so their numbers are the same.
    let one = |(number, line, bytes): &json::Record<'_>, draft: &mut Draft| {
        let mut found = Vec::new();
        collect(json::parse(bytes).ok()?, *line, &mut found);
        let [(line, json)] = &found[..] else { return None };
        Some(Item::read(At::new(input, *line, *number), json, draft))
    };
    let some = |records: &&[json::Record<'_>]| {
        let mut draft = Draft::default();
        let items: Option<Vec<Item>> = records.iter().map(|record| one(record, &mut draft)).collect();
        items.map(|items| (items, draft))
    };
    let portions: Vec<&[json::Record<'_>]> = records.chunks(PORTION).collect();
    let read: Option<Vec<_>> = portions.par_iter().map(some).collect();
    let Some(read) = read else {
        let mut all = Vec::new();
        json::values(input, draft).into_iter().for_each(|(line, json)| collect(json, line, &mut all));
        return (1..)
            .zip(&all)
            .map(|(n, (line, json))| Item::read(At::new(input, *line, n), json, draft))
            .collect();
    };
    let mut all = Vec::with_capacity(records.len());
    for (items, part) in read {
        json::join(draft, part);
        all.extend(items);
    }
    all
}

/// Number of annotations that a thread reads at a time.
const PORTION: usize = 256;

/// Collects annotations from collections, pages, graphs and lists. Deep nesting is refused by the JSON parser.
fn collect<'a>(json: Json<'a>, line: Option<usize>, all: &mut Vec<(Option<usize>, Json<'a>)>) {
    match json {
        Json::Array(list) => list.into_iter().for_each(|item| collect(item, line, all)),
        Json::Object(mut fields) => {
            let inner = ["items", "first", "@graph"].iter().find_map(|key| fields.remove(key));
            match inner {
                Some(inner) => collect(inner, line, all),
                None if fields.get("target").is_some() => all.push((line, Json::Object(fields))),
                None => {}
            }
        }
        _ => {}
    }
}

struct Reader<'a> {
    input: &'a Input<'a>,
    draft: Draft,
    losses: Losses,
    /// The index of the document of each source; `None` if its text is missing.
    texts: HashMap<String, Option<usize>>,
    /// The number of annotations of each source whose text is missing.
    missing: BTreeMap<String, usize>,
}

/// The ranges of an annotation in one document, in the order of its targets.
#[derive(Default)]
struct TargetRanges {
    ranges: Vec<(i64, i64)>,
    /// The quote of each range that has one.
    quotes: Vec<String>,
}

impl Reader<'_> {
    /// Adds a text that is embedded in a target.
    fn text(&mut self, Text { id, text, title, date, source }: Text) {
        if !self.texts.contains_key(&id) {
            let document = self.document(&id, text);
            (document.title, document.date, document.source) = (title, date, source);
        }
    }

    fn document(&mut self, id: &str, text: String) -> &mut DraftDocument {
        let at = self.draft.documents.len();
        self.texts.insert(id.to_owned(), Some(at));
        self.draft.documents.push(DraftDocument {
            id: id.to_owned(),
            record: Some(id.to_owned()),
            text,
            ..DraftDocument::default()
        });
        &mut self.draft.documents[at]
    }

    /// Returns the document of a source, and reads its file if necessary.
    fn source(&mut self, id: &str) -> Option<usize> {
        if let Some(known) = self.texts.get(id) {
            return *known;
        }
        match text_beside(self.input, id) {
            Some(Decoded { text, damage, .. }) => {
                self.losses.extend(damage.losses());
                let document = self.document(id, text);
                document.file_name = Some(id.into());
            }
            None => {
                self.texts.insert(id.to_owned(), None);
            }
        }
        self.texts[id]
    }

    fn annotation(&mut self, at: At<'_>, annotation: &Annotation, targets: Vec<Target>, finder: &mut Finder) {
        let mut by_document: BTreeMap<usize, TargetRanges> = BTreeMap::new();
        for target in targets {
            let (source, selectors) = match target {
                Target::Part(source, selectors) => (source, selectors),
                Target::Whole(id, has_value) => {
                    let is_text = has_value && id.is_some_and(|id| self.texts.contains_key(&id));
                    self.losses.add(TaskLoss::ResourceAnnotations, usize::from(!is_text));
                    continue;
                }
            };
            let Some(document) = self.source(&source) else {
                *self.missing.entry(source).or_default() += 1;
                continue;
            };
            match finder.find(&self.draft.documents[document].text, &selectors) {
                Ok((range, quote)) => {
                    let found = by_document.entry(document).or_default();
                    found.ranges.push(range);
                    found.quotes.extend(quote);
                }
                Err(why) => self.draft.problems.push(at.refused(why)),
            }
        }
        for (document, TargetRanges { ranges, quotes }) in by_document {
            let quote = (quotes.len() == ranges.len()).then(|| quotes.join(" "));
            let spans = annotation.spans(ranges, quote);
            self.draft.documents[document].spans.extend(spans);
        }
    }

    /// Adds links, which lead from the target to the body.
    fn links(&mut self, all: Vec<(At<'_>, Link)>) {
        let mut known: HashMap<String, usize> = HashMap::new();
        if !all.is_empty() {
            for (at, document) in self.draft.documents.iter().enumerate() {
                known.extend(document.spans.iter().filter_map(|span| Some((span.id.clone()?, at))));
            }
        }
        for (at, Link { id, kind, from, to, created }) in all {
            let (Some(from), Some(to)) = (from, to) else {
                self.losses.add(AnnotationLoss::UnjoinedLinks, 1);
                continue;
            };
            let (Some(&document), Some(&there)) = (known.get(&from), known.get(&to)) else {
                self.draft.problems.push(at.refused(LinkFault::LinkEnds));
                continue;
            };
            let to_document = Some(self.draft.documents[there].id.clone());
            let link = DraftLink { line: at.line, id, kind, from, to, to_document, created };
            self.draft.documents[document].links.push(link);
        }
    }

    fn finish(mut self) -> Draft {
        for (source, count) in std::mem::take(&mut self.missing) {
            let source_name = demarche_analysis::context::shorten(&source, 80);
            let why = match source.is_empty() {
                true => FileFault::NoSource { count, text: format!("{}.txt", self.input.stem()) },
                false => FileFault::SourceMissing { source_name, count },
            };
            self.draft.problems.push(self.input.refused(None, why));
        }
        self.draft.losses = self.losses.report();
        self.draft
    }
}

/// Reads the file with a relative path inside the folder of the annotations.
fn text_beside(input: &Input<'_>, source: &str) -> Option<Decoded> {
    let named = format!("{}.txt", input.stem());
    let source = if source.is_empty() { &named } else { source };
    let source = Path::new(source.strip_prefix("./").unwrap_or(source));
    input.decode(&input.read_beside(source, TEXT).ok()?).ok()
}
