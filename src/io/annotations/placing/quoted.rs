//! Passages of a file without texts, which are found by their words in documents of the project.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::Placer;
use super::folding::{Folded, fold};
use super::offsets::Offsets;
use crate::IoError;
use crate::annotations::refusal::SpanFault;
use crate::annotations::{Counting, DraftDocument, DraftSpan, PlaceHint, Quoted};
use crate::loss::PlacingLoss;
use crate::spreadsheet::CELL;
use crate::words::remarks;
use demarche_analysis::context::shorten;
use demarche_model::{Document, DocumentId, Text};

/// Greatest number of bytes that are searched for the passages of one document.
const SEARCHED: u64 = 64 << 30;
/// Greatest number of places of the same words that are compared.
const PLACES: usize = 1_000;
/// Number of bytes around a place that are compared with the words before and after it.
const CONTEXT: usize = 256;

/// A text that is searched.
struct Searched {
    id: DocumentId,
    text: Arc<Text>,
    folded: Arc<Folded>,
}

/// A place of words: the number of a text, and bytes of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Place {
    text: usize,
    start: usize,
    end: usize,
}

/// The folded texts of the project, each made when it is first searched.
pub(super) type FoldedTexts = HashMap<DocumentId, Arc<Folded>>;

impl Placer<'_, '_> {
    /// Finds the spans of a document whose text is not in the file, and places those with one place.
    pub(super) fn quoted(&mut self, document: DraftDocument, quoted: Quoted) -> Result<(), IoError> {
        let texts = self.searched(&quoted.names, document.spans.len());
        let DraftDocument { id, spans, line, .. } = document;
        let mut hints = quoted.hints;
        hints.resize(spans.len(), PlaceHint::default());
        let size: usize = texts.iter().map(|text| text.folded.text.len()).sum();
        let most = SEARCHED / size.max(1) as u64;
        let find = |(at, span): (usize, &DraftSpan)| match (at as u64) < most {
            true => places(span, &texts),
            false => Err(SpanFault::TooManyWords),
        };
        let found: Vec<Result<Vec<Place>, SpanFault>> = spans.par_iter().enumerate().map(find).collect();
        let chosen = choose(&spans, &hints, found, &texts);
        let mut by_text: BTreeMap<usize, Vec<DraftSpan>> = BTreeMap::new();
        for (mut span, place) in spans.into_iter().zip(chosen) {
            match place {
                Ok(Place { text, start, end }) => {
                    let whole = |at| i64::try_from(texts[text].text.char_offset(at)).unwrap_or(-1);
                    span.ranges = vec![(whole(start), whole(end))];
                    // Its words are there, but for what was folded.
                    span.quote = None;
                    by_text.entry(text).or_default().push(span);
                }
                Err(why) => {
                    let is_ambiguous = matches!(why, SpanFault::SeveralPlaces { .. });
                    self.losses.add(PlacingLoss::AmbiguousPassages, usize::from(is_ambiguous));
                    self.refuse_record(span.line.or(line), span.id.as_deref(), why);
                }
            }
        }
        for (text, spans) in by_text {
            let Searched { id: here, text, .. } = &texts[text];
            let Some(target) = self.targets.of(here) else { continue };
            let (_, offsets) = Offsets::new(text.as_str().to_owned(), Counting::default());
            self.fill(
                target,
                &offsets,
                DraftDocument { id: id.clone(), line, spans, ..DraftDocument::default() },
            )?;
        }
        Ok(())
    }

    /// Returns the documents with one of these names, or all if there is none.
    fn searched(&mut self, names: &[String], spans: usize) -> Vec<Searched> {
        let wanted: Vec<String> =
            names.iter().map(|name| name_of(name)).filter(|name| !name.is_empty()).collect();
        let project = self.project;
        let is_meant = |document: &&Arc<Document>| is_called(document, &wanted);
        let mut documents: Vec<&Arc<Document>> = project.documents().iter().filter(is_meant).collect();
        if documents.is_empty() {
            if let Some(name) = names.first().filter(|_| !wanted.is_empty()) {
                self.remarks.push(remarks::no_such_document(&shorten(name, 60), spans));
            }
            documents = project.documents().iter().collect();
        }
        let mut searched = Vec::new();
        for document in documents {
            let Some(text) = document.text.clone() else { continue };
            let folded = self.folded.entry(document.id().clone());
            let folded = folded.or_insert_with(|| Arc::new(Folded::of(text.as_str()))).clone();
            searched.push(Searched { id: document.id().clone(), text, folded });
        }
        searched
    }
}

/// Returns whether a document has one of these folded names: its id, title, file with or without its ending, or source.
fn is_called(document: &Document, names: &[String]) -> bool {
    let meta = &document.meta;
    let file = &meta.origin.file_name;
    let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
    let own = [document.id().as_str(), &meta.title, file, stem, &meta.source].map(name_of);
    let bare = |name: &String| name.rsplit_once('.').map(|(stem, _)| stem.to_owned());
    names.iter().any(|name| own.contains(name) || bare(name).is_some_and(|bare| own.contains(&bare)))
}

/// Returns a name without differences in case and white space, and without the scheme of an address.
fn name_of(name: &str) -> String {
    let name = fold(name).to_lowercase();
    let bare = name.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    bare.trim_end_matches('/').to_owned()
}

/// Returns all places of the words of a span.
fn places(span: &DraftSpan, texts: &[Searched]) -> Result<Vec<Place>, SpanFault> {
    let quote = span.quote.as_deref().unwrap_or_default();
    let shown = || shorten(quote.trim(), 60);
    if quote.encode_utf16().take(CELL).count() == CELL {
        return Err(SpanFault::CutWords(shown()));
    }
    let words = fold(quote);
    if words.is_empty() {
        return Err(SpanFault::EmptySpan);
    }
    let mut places = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let starts = memchr::memmem::find_iter(text.folded.text.as_bytes(), words.as_bytes());
        let range = |start| text.folded.range(start, start + words.len());
        let found = starts.filter_map(range).map(|(start, end)| Place { text: number, start, end });
        places.extend(found.take(PLACES - places.len()));
    }
    if places.is_empty() { Err(SpanFault::WordsMissing(shown())) } else { Ok(places) }
}

/// Returns the place of each span: the only one, or the one that its context, its paragraph or its order among equal
/// passages tells.
fn choose(
    spans: &[DraftSpan],
    hints: &[PlaceHint],
    found: Vec<Result<Vec<Place>, SpanFault>>,
    texts: &[Searched],
) -> Vec<Result<Place, SpanFault>> {
    let mut same: HashMap<(&str, Option<&str>, Option<&str>), usize> = HashMap::new();
    let key = |span: &DraftSpan| -> (String, Option<String>, Option<String>) {
        (span.category.clone(), span.annotator.clone(), span.quote.clone())
    };
    for span in spans {
        *same.entry((&span.category, span.annotator.as_deref(), span.quote.as_deref())).or_default() += 1;
    }
    let mut used: HashMap<(String, Option<String>, Option<String>), usize> = HashMap::new();
    let mut chosen = Vec::with_capacity(spans.len());
    for ((span, hint), found) in spans.iter().zip(hints).zip(found) {
        let places = match found {
            Ok(places) => places,
            Err(why) => {
                chosen.push(Err(why));
                continue;
            }
        };
        let rows = same.get(&(&*span.category, span.annotator.as_deref(), span.quote.as_deref())).copied();
        let number = used.entry(key(span)).or_default();
        let in_order = (rows == Some(places.len()) && places.len() < PLACES).then(|| places[*number]);
        *number += 1;
        let only = (places.len() == 1).then(|| places[0]);
        let place =
            only.or_else(|| by_context(&places, hint, texts)).or_else(|| by_paragraph(&places, hint, texts));
        let fault = || SpanFault::SeveralPlaces {
            words: shorten(span.quote.as_deref().unwrap_or_default().trim(), 60),
            places: places.len(),
        };
        chosen.push(place.or(in_order).ok_or_else(fault));
    }
    chosen
}

/// Returns the place whose surroundings agree best with the words before and after it, if there is only one.
fn by_context(places: &[Place], hint: &PlaceHint, texts: &[Searched]) -> Option<Place> {
    let (before, after) = (Folded::of(&hint.before).text, Folded::of(&hint.after).text);
    if before.trim().is_empty() && after.trim().is_empty() {
        return None;
    }
    let score = |place: &Place| {
        let text = texts[place.text].text.as_str();
        let start = text.floor_char_boundary(place.start.saturating_sub(CONTEXT));
        let end = text.floor_char_boundary(place.end + CONTEXT);
        let (left, right) =
            (Folded::of(&text[start..place.start]).text, Folded::of(&text[place.end..end]).text);
        let ends = left.chars().rev().zip(before.chars().rev()).take_while(|(a, b)| a == b).count();
        ends + right.chars().zip(after.chars()).take_while(|(a, b)| a == b).count()
    };
    let scores: Vec<usize> = places.iter().map(score).collect();
    let best = *scores.iter().max()?;
    let mut with_best = places.iter().zip(&scores).filter(|(_, score)| **score == best);
    let (place, _) = with_best.next()?;
    (best > 0 && with_best.next().is_none()).then_some(*place)
}

/// Returns the only place that starts in a paragraph with this number, whether empty lines are counted or not.
fn by_paragraph(places: &[Place], hint: &PlaceHint, texts: &[Searched]) -> Option<Place> {
    let paragraph = hint.paragraph?;
    let is_there = |place: &&Place| {
        let before = &texts[place.text].text.as_str()[..place.start];
        let full = before.lines().filter(|line| !line.trim().is_empty()).count();
        let is_inside = before.rsplit('\n').next().is_some_and(|line| !line.trim().is_empty());
        let all = before.matches('\n').count() + 1;
        all == paragraph || full + usize::from(!is_inside) == paragraph
    };
    let mut there = places.iter().filter(is_there);
    there.next().copied().filter(|_| there.next().is_none())
}
