//! CoNLL-2003: a token a line, in four columns parted by blanks, with IOB2 in the last one; a blank line between sentences.
//! <https://www.clips.uantwerpen.be/conll2003/ner/>
//!
//! There are no offsets: the text is the tokens. The second and third column, parts of speech and phrases, stay `-X- _`.
//! Each document starts with `-DOCSTART- d001 ana O`, once for every annotator who has tagged in it; `_` is nobody.
//!
//! | here | there |
//! |---|---|
//! | passage | `B-threat`, then `I-threat`, over all tokens that it touches |
//! | passage over sentences | the blank line between them is left out |
//! | several pieces | a passage each |
//! | passages over one another | the one that starts first, of two that start together the longer |
//! | attributes, notes, links | lost |

use std::collections::HashMap;
use std::io::Write;

use super::Scope;
use super::exporter::{FileExporter, broken};
use super::words::Words;
use crate::FormatInfo;
use crate::codebook::Names;
use crate::loss::{ExportLoss, Losses, RangeLoss};
use crate::{IoError, Loss};
use demarche_analysis::segment::is_spacing;
use demarche_model::{CategoryId, Layer, Project, Text, TextRange, Unfinished};

/// CoNLL-2003 with IOB2.
pub(super) struct Conll;

impl FileExporter for Conll {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "conll",
            title: "CoNLL-2003 with IOB2, a token a line",
            extension: "conll",
            carries: "tokens and sentences, and on each token the category of one passage; a part for each annotator",
            loses: "spacing, passages over others, bounds inside a token, attributes, notes, links, titles, times, ids",
        }
    }

    fn write(&self, scope: &Scope<'_>, out: &mut dyn Write) -> Result<Vec<Loss>, Unfinished<IoError>> {
        let mut losses = Losses::default();
        let mut labels = Labels::new(scope.project);
        let mut page = String::new();
        scope.each(&mut losses, |document, text, losses| {
            losses.add(ExportLoss::Links, scope.count_links(document));
            losses.add(ExportLoss::Decisions, scope.count_decisions(document));
            losses.add(ExportLoss::DocumentFacts, 1);
            let words = Words::of(text);
            page.clear();
            let layers = scope.layers(document);
            let tagged = layers.iter().filter(|(_, layer)| scope.spans(layer).next().is_some());
            let mut written = false;
            for (annotator, layer) in tagged {
                page.push_str(&format!("-DOCSTART- {} {annotator} O\n", document.id()));
                let tags = tags(scope, layer, &words, losses);
                write(text, &words, &tags, &mut labels, losses, &mut page);
                written = true;
            }
            if !written {
                page.push_str(&format!("-DOCSTART- {} _ O\n", document.id()));
                let tags = vec![None; words.tokens.len()];
                write(text, &words, &tags, &mut labels, losses, &mut page);
            }
            out.write_all(page.as_bytes()).map_err(broken)
        })?;
        Ok(losses.report())
    }
}

/// What categories are called in the last column: their ids, without blanks.
struct Labels {
    names: Names,
    known: HashMap<CategoryId, String>,
}

impl Labels {
    fn new(project: &Project) -> Self {
        let mut labels = Self { names: Names::default(), known: HashMap::new() };
        for category in &project.codebook().categories {
            labels.of(&category.id);
        }
        labels
    }

    fn of(&mut self, id: &CategoryId) -> &str {
        let Self { names, known } = self;
        known.entry(id.clone()).or_insert_with(|| names.free(&id.as_str().replace(is_spacing, "_")))
    }
}

fn write(
    text: &Text,
    words: &Words,
    tags: &[Option<Tag<'_>>],
    labels: &mut Labels,
    losses: &mut Losses,
    page: &mut String,
) {
    let mut starts = words.starts.iter().copied().peekable();
    for (at, (token, tag)) in words.tokens.iter().zip(tags).enumerate() {
        if starts.next_if_eq(&at).is_some() {
            match tag {
                Some(tag) if !tag.first => losses.add(RangeLoss::InnerSentenceEnds, 1),
                _ => page.push('\n'),
            }
        }
        let word = text.slice(*token);
        let mark = match tag {
            None => "O".to_owned(),
            Some(Tag { first, category }) => {
                format!("{}-{}", if *first { 'B' } else { 'I' }, labels.of(category))
            }
        };
        page.push_str(&format!("{word} -X- _ {mark}\n"));
    }
    page.push('\n');
}

/// What a token is tagged as, and whether it is the first of its passage.
#[derive(Clone)]
struct Tag<'a> {
    first: bool,
    category: &'a CategoryId,
}

/// The tags of all tokens.
fn tags<'a>(scope: &Scope<'_>, layer: &'a Layer, words: &Words, losses: &mut Losses) -> Vec<Option<Tag<'a>>> {
    let mut tags = vec![None; words.tokens.len()];
    let spans = layer.spans().filter(|span| scope.has(span));
    for span in spans {
        losses.add(ExportLoss::AttributeValues, span.attributes.len());
        losses.add(ExportLoss::Notes, usize::from(!span.note.is_empty()));
        losses.add(RangeLoss::SplitPassages, usize::from(span.ranges.count() > 1));
        let (mut over, mut moved) = (0, false);
        for range in span.ranges.iter() {
            let touched = words.touched(range);
            let Some(free) = tags.get_mut(touched.clone()).filter(|tags| !tags.is_empty()) else {
                losses.add(RangeLoss::PartsWithoutWords, 1);
                continue;
            };
            if free.iter().any(Option::is_some) {
                over += 1;
                continue;
            }
            let place = TextRange {
                start: words.tokens[touched.start].start,
                end: words.tokens[touched.end - 1].end,
            };
            moved |= place != range;
            free.fill(Some(Tag { first: false, category: &span.category }));
            free[0] = Some(Tag { first: true, category: &span.category });
        }
        losses.add(RangeLoss::OverlappingParts, over);
        losses.add(RangeLoss::MovedPassages, usize::from(moved));
    }
    tags
}
