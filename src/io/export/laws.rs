//! The law of all formats that can be imported: a project without the features that a format lacks is read back the same.

use std::collections::HashSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::brat::is_break;
use super::random_full;
use super::sentences::Sentences;
use super::tokens::Tokens;
use super::{Scope, export_to_path, exporter, exporters};
use crate::codebook::brat::safe_value;
use crate::loss::ReadBackLoss;
use demarche_analysis::segment::is_spacing;
use demarche_model::{Document, DocumentId, Layer, Link, Project, Ranges, Span, Text, TextRange, Value};

/// The distance that links may span.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Nowhere,
    /// To passages of the same annotator in the same document.
    Layer,
    Document,
    Project,
}

/// The features of a format.
struct Has {
    several_ranges: bool,
    attributes: bool,
    notes: bool,
    links: Reach,
}

/// Returns the features of a format, as listed by `demarche formats`.
fn has(format: &str) -> Has {
    let all = |links| Has { several_ranges: true, attributes: true, notes: true, links };
    match format {
        "jsonl" | "w3c" | "qdpx" => all(Reach::Project),
        "cas-json" => all(Reach::Document),
        "cas-xmi" | "brat" | "label-studio" | "prodigy" => all(Reach::Layer),
        "webanno-tsv" => Has { several_ranges: false, ..all(Reach::Layer) },
        "doccano" => Has { several_ranges: false, attributes: false, notes: false, links: Reach::Layer },
        "spacy" | "conll" => {
            Has { several_ranges: false, attributes: false, notes: false, links: Reach::Nowhere }
        }
        other => panic!("say what {other} has"),
    }
}

/// Returns whether a format can represent the ranges of a passage; `before` are the earlier ones in its layer.
fn can_stand(format: &str, text: &Text, span: &Span, before: &[Span]) -> bool {
    let range = span.ranges.cover();
    let slice = |range: TextRange| text.slice(range);
    match format {
        "spacy" => Tokens::new(text).exactly(range).is_some(),
        "webanno-tsv" => {
            let words = slice(range);
            !words.starts_with(is_spacing) && !words.ends_with(is_spacing)
        }
        "conll" => {
            let words = Sentences::new(text);
            let touched = words.touched(range);
            let fits = !touched.is_empty()
                && words.tokens[touched.start].start == range.start
                && words.tokens[touched.end - 1].end == range.end;
            fits && before.iter().all(|other| !other.ranges.overlaps(range))
        }
        "brat" => {
            let parts: Vec<TextRange> = span.ranges.iter().collect();
            let gaps = parts.windows(2).map(|two| slice(TextRange::new(two[0].end, two[1].start)));
            parts.iter().all(|part| !slice(*part).contains(is_break) && !slice(*part).trim().is_empty())
                && gaps.into_iter().all(|gap| !gap.chars().all(is_break))
        }
        _ => true,
    }
}

/// Returns whether a format can represent a value.
fn can_hold(format: &str, value: &Value) -> bool {
    let words: Vec<&str> = match value {
        Value::Choice(word) => vec![word],
        Value::Choices(words) => words.iter().map(|word| word.as_str()).collect(),
        Value::Flag(flag) => return *flag || format != "brat",
        Value::Text(text) => return !(matches!(format, "brat" | "webanno-tsv") && text.trim().is_empty()),
        Value::Number(_) | Value::Date(_) => return true,
    };
    match format {
        "brat" => words.iter().all(|word| safe_value(word) == *word && !word.is_empty()),
        "webanno-tsv" => words.iter().all(|word| word.trim() == *word && !word.is_empty()),
        _ => true,
    }
}

/// Returns a project without the features that the format lacks.
fn fitted(format: &str, project: &Project) -> Project {
    let has = has(format);
    let documents = project.documents().iter().map(|document| {
        let mut fitted = Document::new(document.meta.clone(), document.text.clone().unwrap());
        for (annotator, layer) in &document.layers {
            let spans = spans(format, &has, document, layer);
            let kept: HashSet<_> = spans.iter().map(|span| span.id).collect();
            let links = layer.links().filter(|link| kept.contains(&link.from));
            let links = links.filter(|link| reaches(has.links, project, document.id(), layer, link));
            let links: Vec<Link> = links.map(|link| Link::clone(link)).collect();
            let layer = layer.with_contents(spans, links, []);
            fitted.layers.insert(annotator.clone(), Arc::new(layer));
        }
        fitted
    });
    let mut documents: Vec<Document> = documents.collect();
    // A link to a removed passage is removed as well.
    let there: HashSet<_> = documents
        .iter()
        .flat_map(|document| document.layers.values().flat_map(|layer| layer.spans().map(|span| span.id)))
        .collect();
    for layer in documents.iter_mut().flat_map(|document| document.layers.values_mut()) {
        let links = layer.links().filter(|link| there.contains(&link.to)).map(|link| Link::clone(link));
        let spans = layer.spans().map(|span| Span::clone(span));
        *layer = Arc::new(layer.with_contents(spans, links, []));
    }
    Project::assemble(
        project.name().to_owned(),
        project.annotators().to_vec(),
        project.actors().to_vec(),
        project.issues().to_vec(),
        project.codebook().as_ref().clone(),
        documents,
    )
}

fn spans(format: &str, has: &Has, document: &Document, layer: &Layer) -> Vec<Span> {
    let (text, mut out, mut seen) = (document.text.as_ref().unwrap(), Vec::new(), HashSet::new());
    for span in layer.spans() {
        let mut span = Span::clone(span);
        if !has.several_ranges {
            let first = span.ranges.iter().next().unwrap();
            span.ranges = Ranges::one(first).unwrap();
        }
        span.attributes.retain(|_, value| has.attributes && can_hold(format, value));
        if !has.notes {
            span.note.clear();
        }
        let new = seen.insert((span.category.clone(), span.ranges.clone()));
        if new && can_stand(format, text, &span, &out) {
            out.push(span);
        }
    }
    out
}

fn reaches(reach: Reach, project: &Project, document: &DocumentId, layer: &Layer, link: &Link) -> bool {
    match reach {
        Reach::Nowhere => false,
        Reach::Layer => link.to_document == *document && layer.span(link.to).is_some(),
        Reach::Document => link.to_document == *document,
        Reach::Project => project.document(&link.to_document).is_some(),
    }
}

fn comes_back_the_same(format: &str, project: &Project) {
    let folder = tempfile::tempdir().unwrap();
    let project = fitted(format, project);
    let path = folder.path().join("x").with_extension(exporter(format).unwrap().info().extension);
    let scope = Scope::everything(&project);
    let back = export_to_path(exporter(format).unwrap(), &scope, &path).unwrap().read_back.unwrap();
    let (found, all) = back.links.unwrap();
    assert_eq!((back.spans.0, found), (back.spans.1, all), "{format}: {:?}", back.differences);
    let differences = back.differences.into_iter();
    // An empty project has no codebook that says what is a number.
    let differences = differences.filter(|loss| {
        !matches!(format, "brat" | "webanno-tsv") || loss.kind != ReadBackLoss::ValueKinds.into()
    });
    assert_eq!(differences.collect::<Vec<_>>(), [], "{format}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn a_project_that_a_format_can_carry_is_read_back_unchanged(project in random_full::project()) {
        for exporter in exporters().iter().filter(|exporter| exporter.imports()) {
            comes_back_the_same(exporter.info().name, &project);
        }
    }

    #[test]
    fn whatever_is_missing_was_reported_as_a_loss(project in random_full::project()) {
        let folder = tempfile::tempdir().unwrap();
        for (number, exporter) in exporters().iter().enumerate() {
            // The name of the file says nothing about its format.
            let path = folder.path().join(format!("export {number}"));
            let exported = export_to_path(*exporter, &Scope::everything(&project), &path).unwrap();
            prop_assert!(exported.is_whole(), "{exporter:?}: {exported:?}");
        }
    }
}
