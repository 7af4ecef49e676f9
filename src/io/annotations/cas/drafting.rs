//! From feature structures to documents, spans and links.

use std::collections::HashMap;

use super::slots::{Fillers, Slots};
use super::{Cas, Held, Spans, Structure};
use crate::annotations::importer::Input;
use crate::annotations::jsonl::attributes_of;
use crate::annotations::refusal::SpanFault;
use crate::annotations::whose::whose;
use crate::annotations::{Draft, DraftDocument, DraftLink, DraftSpan, DraftValue, Unit};
use crate::export::inception::{COMMENT, LABEL, SPAN};
use crate::loss::{AnnotationLoss, Losses};
use crate::project::parse_time;
use demarche_model::Value;

/// Features that hold a category, the likeliest first.
const CATEGORY: [&str; 3] = ["category", "value", "label"];
/// Features that hold a comment on the annotation.
const NOTE: [&str; 2] = ["note", "comment"];
/// Packages of types for linguistic analyses, which are not passages.
const LANGUAGE: [&str; 4] = [
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.",
    "de.tudarmstadt.ukp.dkpro.core.api.transform.",
];
/// Packages of types with facts about the file.
const ABOUT: [&str; 3] =
    ["uima.", "de.tudarmstadt.ukp.dkpro.core.api.metadata.", "de.tudarmstadt.ukp.clarin.webanno.api."];

/// Our passages in earlier versions.
const OURS: &str = "demarche.Passage";
const OUR_DOCUMENT: &str = "demarche.Document";
/// The features of our passages that are not attributes.
const OUR_FEATURES: [&str; 5] = ["identifier", "annotator", "ranges", "created", "modified"];

/// Converts a file into a draft.
pub(super) fn draft(cas: Cas, input: &Input<'_>) -> Draft {
    let mut drafting = Drafting {
        input,
        draft: Draft::default(),
        losses: Losses::default(),
        places: HashMap::new(),
        fillers: Slots::fillers(&cas.structures),
        slots: Slots::default(),
        attributes: HashMap::new(),
    };
    let spoken = cas.structures.iter().find_map(|structure| structure.word("username")).map(str::to_owned);
    let spoken = spoken.or_else(|| whose(input).0);
    for sofa in cas.sofas {
        match sofa.text {
            Some(text) => {
                drafting.places.insert(sofa.id.clone(), drafting.draft.documents.len());
                let (id, line, counting) = (format!("#{}", sofa.id), sofa.line, Unit::Utf16.into());
                drafting.draft.documents.push(DraftDocument {
                    id,
                    line,
                    text,
                    counting,
                    ..DraftDocument::default()
                });
            }
            None => drafting.losses.add(AnnotationLoss::ExternalTexts, 1),
        }
    }
    for structure in &cas.structures {
        drafting.about(structure);
    }
    let (relations, others): (Vec<&Structure>, _) =
        cas.structures.iter().partition(|structure| ends(structure).is_some());
    let others = others.into_iter().filter(|structure| !drafting.fillers.contains_key(&structure.id));
    let others: Vec<&Structure> = others.collect();
    let mut spans = Spans::new();
    for structure in others {
        if let Some(span) = drafting.span(structure, spoken.as_deref()) {
            spans.insert(&structure.id, span);
        }
    }
    for relation in relations {
        drafting.relation(relation, &spans);
    }
    let slots = std::mem::take(&mut drafting.slots);
    slots.link(&drafting.fillers, &spans, &mut drafting.draft.documents, &mut drafting.losses);
    drafting.draft.losses = drafting.losses.report();
    drafting.draft
}

struct Drafting<'a> {
    input: &'a Input<'a>,
    draft: Draft,
    losses: Losses,
    /// The index of the document for each text.
    places: HashMap<String, usize>,
    /// The structures that fill slots, by their ids.
    fillers: Fillers,
    slots: Slots,
    /// The attributes whose features have other names, by feature; from our document.
    attributes: HashMap<String, String>,
}

/// Returns the features with the start and end of a relation.
fn ends(structure: &Structure) -> Option<(&str, &str)> {
    let reference = |name| match structure.get(name) {
        Some(Held::Reference(id)) => Some(id.as_str()),
        _ => None,
    };
    reference("Governor").zip(reference("Dependent"))
}

impl Drafting<'_> {
    /// Reads the facts that a structure states about its text as a whole.
    fn about(&mut self, structure: &Structure) {
        let at = self.places.get(&structure.sofa);
        let Some(document) = at.and_then(|at| self.draft.documents.get_mut(*at)) else { return };
        let word = |name| structure.word(name).map(str::to_owned);
        if structure.kind == OUR_DOCUMENT {
            document.is_settled = true;
            document.id = word("identifier").unwrap_or_else(|| document.id.clone());
            (document.title, document.date, document.source) = (word("title"), word("date"), word("source"));
            let renamed = structure.word("attributes").unwrap_or_default().split(';');
            let renamed = renamed.filter_map(|pair| pair.split_once('='));
            self.attributes.extend(renamed.map(|(name, id)| (name.to_owned(), id.to_owned())));
        } else if structure.local() == "DocumentMetaData" {
            document.title = word("documentTitle").or_else(|| document.title.take());
            document.source = word("documentUri").or_else(|| document.source.take());
        }
    }

    /// Reads a structure as a span, if it is one, and returns which.
    fn span(&mut self, structure: &Structure, spoken: Option<&str>) -> Option<(usize, String)> {
        let is_in = |packages: &[&str]| packages.iter().any(|package| structure.kind.starts_with(package));
        if is_in(&LANGUAGE) {
            self.losses.add(AnnotationLoss::LanguageAnalyses, 1);
            return None;
        }
        if is_in(&ABOUT) || structure.kind == OUR_DOCUMENT {
            return None;
        }
        let Some(at) = self.places.get(&structure.sofa).copied() else {
            self.losses.add(AnnotationLoss::LooseStructures, 1);
            return None;
        };
        let (begin, end) = match structure.range {
            Some((begin, end)) if begin != end => (begin, end),
            _ => {
                self.losses.add(AnnotationLoss::EmptyAnnotations, 1);
                return None;
            }
        };
        let is_ours = structure.kind == SPAN && structure.word("identifier").is_some();
        let span = match structure.kind.as_str() {
            OURS => earlier_span(structure, (begin, end)),
            _ if is_ours => self.our_span(structure, (begin, end)),
            _ => Ok(self.foreign(structure, (begin, end))),
        };
        match span {
            Ok(mut span) => {
                span.annotator = span.annotator.or_else(|| spoken.map(str::to_owned));
                let id = span.id.get_or_insert_with(|| structure.id.clone()).clone();
                self.draft.documents.get_mut(at)?.spans.push(span);
                Some((at, id))
            }
            Err(why) => {
                let why = SpanFault::Passage { id: structure.id.clone(), why: Box::new(why) };
                self.draft.problems.push(self.input.refused(structure.line, why));
                None
            }
        }
    }

    /// Reads an annotation of another program.
    fn foreign(&mut self, structure: &Structure, range: (i64, i64)) -> DraftSpan {
        let category = CATEGORY.iter().find_map(|name| Some((*name, structure.word(name)?)));
        let mut span = DraftSpan {
            line: structure.line,
            id: Some(structure.id.clone()),
            category: category.map_or_else(|| structure.local(), |(_, word)| word).to_owned(),
            ranges: vec![range],
            ..DraftSpan::default()
        };
        for (name, held) in &structure.features {
            if category.is_some_and(|(taken, _)| taken == name) {
                continue;
            }
            if self.slots.take(structure, name, held, &self.fillers) {
                continue;
            }
            let value = match held {
                Held::Word(word) if NOTE.contains(&name.as_str()) && span.note.is_empty() => {
                    span.note.clone_from(word);
                    continue;
                }
                Held::Word(word) if word.trim().is_empty() => continue,
                held => self.value(held),
            };
            let Some(value) = value else { continue };
            span.attributes.push((name.clone(), value));
        }
        span
    }

    /// Reads a passage that Demarche has written.
    fn our_span(&mut self, structure: &Structure, cover: (i64, i64)) -> Result<DraftSpan, SpanFault> {
        let mut span = DraftSpan { line: structure.line, ..DraftSpan::default() };
        for (name, held) in &structure.features {
            match (name.as_str(), held) {
                (LABEL, Held::Word(category)) => span.category.clone_from(category),
                (COMMENT, Held::Word(note)) => span.note.clone_from(note),
                (name, _) if OUR_FEATURES.contains(&name) => {}
                (_, held) => {
                    let name = self.attributes.get(name).unwrap_or(name).clone();
                    span.attributes.extend(self.value(held).map(|value| (name, value)));
                }
            }
        }
        own_features(&mut span, structure, cover)?;
        Ok(span)
    }

    /// Returns the value of a feature. References to other structures are counted and left out.
    fn value(&mut self, held: &Held) -> Option<DraftValue> {
        match held {
            Held::Word(word) => Some(DraftValue::Word(word.clone())),
            Held::Number(number) => Some(DraftValue::Of(Value::Number(*number))),
            Held::Flag(flag) => Some(DraftValue::Of(Value::Flag(*flag))),
            Held::List(list) => Some(DraftValue::Of(Value::Choices(list.iter().map(Into::into).collect()))),
            Held::Reference(_) => {
                self.losses.add(AnnotationLoss::ReferenceFeatures, 1);
                None
            }
        }
    }

    fn relation(&mut self, relation: &Structure, spans: &Spans<'_>) {
        let known = ends(relation).and_then(|(from, to)| spans.get(from).zip(spans.get(to)));
        let Some(((at, from), (there, to))) = known else {
            self.losses.add(AnnotationLoss::UnjoinedLinks, 1);
            return;
        };
        let kind = ["kind", "value", "label"].iter().find_map(|name| relation.word(name));
        let created = relation.word("created").filter(|time| parse_time(time).is_some());
        let to_document = self.draft.documents.get(*there).map(|document| document.id.clone());
        let Some(document) = self.draft.documents.get_mut(*at) else { return };
        document.links.push(DraftLink {
            line: relation.line,
            id: relation.word("identifier").map(str::to_owned),
            kind: kind.unwrap_or_else(|| relation.local()).to_owned(),
            from: from.clone(),
            to: to.clone(),
            to_document,
            created: created.map(str::to_owned),
        });
    }
}

/// Takes the features that only Demarche writes.
fn own_features(span: &mut DraftSpan, structure: &Structure, cover: (i64, i64)) -> Result<(), SpanFault> {
    let word = |name| structure.word(name).map(str::to_owned);
    let time = |name| word(name).filter(|time| parse_time(time).is_some());
    span.ranges = structure.word("ranges").map_or_else(|| Ok(vec![cover]), ranges)?;
    (span.id, span.annotator) = (word("identifier"), word("annotator"));
    (span.created, span.modified) = (time("created"), time("modified"));
    Ok(())
}

/// Reads a passage that an earlier version has written.
fn earlier_span(structure: &Structure, cover: (i64, i64)) -> Result<DraftSpan, SpanFault> {
    let note = match structure.get("note") {
        Some(Held::Word(note)) => note.clone(),
        _ => String::new(),
    };
    let mut span = DraftSpan {
        line: structure.line,
        category: structure.word("category").map(str::to_owned).unwrap_or_default(),
        attributes: structure.word("attributes").map_or_else(|| Ok(Vec::new()), attributes_of)?,
        note,
        ..DraftSpan::default()
    };
    own_features(&mut span, structure, cover)?;
    Ok(span)
}

fn ranges(text: &str) -> Result<Vec<(i64, i64)>, SpanFault> {
    let range = |part: &str| {
        let (begin, end) = part.trim().split_once(' ')?;
        Some((begin.parse().ok()?, end.parse().ok()?))
    };
    let ranges: Option<Vec<(i64, i64)>> = text.split(';').map(range).collect();
    ranges.ok_or(SpanFault::Ranges)
}
