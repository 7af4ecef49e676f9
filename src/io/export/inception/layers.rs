//! The description of the layers, which INCEpTION imports in *Settings → Layers*.
//!
//! Source: the classes `ExportedAnnotationLayer`, `ExportedAnnotationFeature` and `ExportedTagSet` of INCEpTION,
//! <https://github.com/inception-project/inception>. Fields that have the value a reader assumes anyway are left out.

use serde::Serialize;

use super::{COMMENT, Feature, FeatureKind, Features, LABEL, RELATION, SPAN};
use crate::export::Scope;
use crate::words::export::inception as words;
use demarche_model::{AttributeKind, Codebook};

/// Returns the description of the layers for a scope. `lists` says whether the format holds features with several
/// values; otherwise they are texts.
pub(in crate::export) fn layers(scope: &Scope<'_>, features: &Features, lists: bool) -> String {
    let codebook = scope.project.codebook();
    let mut spans = vec![label(words::CATEGORY, categories(codebook))];
    spans.extend(features.attributes.iter().map(|feature| of_attribute(codebook, feature, lists)));
    spans.extend(features.notes.then(|| LayerFeature::new(COMMENT, words::NOTE, "uima.cas.String")));
    let mut layers = vec![Layer::new(SPAN, "Span", "span", spans)];
    if features.links {
        let relation =
            Layer::new(RELATION, "Relation", "relation", vec![label(words::KIND, kinds(codebook))]);
        layers.push(Layer { attach_type: Some(Named { name: SPAN }), ..relation });
    }
    // Texts and flags can always be serialised.
    serde_json::to_string_pretty(&layers).unwrap_or_default() + "\n"
}

fn label<'a>(description: &'a str, tags: TagSet<'a>) -> LayerFeature<'a> {
    LayerFeature { tag_set: Some(tags), ..LayerFeature::new(LABEL, description, "uima.cas.String") }
}

fn of_attribute<'a>(codebook: &'a Codebook, feature: &'a Feature, lists: bool) -> LayerFeature<'a> {
    let attribute = codebook.attribute(&feature.attribute);
    let description = attribute.map_or("", |attribute| &attribute.definition);
    let kind = match feature.kind {
        FeatureKind::Flag => "uima.cas.Boolean",
        FeatureKind::Number => "uima.cas.Float",
        FeatureKind::List if lists => "uima.cas.StringArray",
        FeatureKind::List | FeatureKind::Text => "uima.cas.String",
    };
    let mut out = LayerFeature::new(&feature.name, description, kind);
    if let Some(attribute) = attribute {
        out.ui_name = &attribute.name;
        let choices = match &attribute.kind {
            AttributeKind::Choice(list) => Some(list),
            AttributeKind::Choices(list) if lists => Some(list),
            _ => None,
        };
        out.tag_set = choices.map(|list| TagSet {
            name: format!("{} ({})", attribute.name, words::TAG_SET),
            tags: list.iter().map(|choice| Tag { name: choice, description: "" }).collect(),
            create_tag: true,
        });
    }
    if kind == "uima.cas.StringArray" {
        out.multi_value_mode = "ARRAY";
    }
    out
}

fn categories(codebook: &Codebook) -> TagSet<'_> {
    let tags = codebook.categories.iter();
    let tags = tags.map(|category| Tag { name: category.id.as_str(), description: &category.definition });
    TagSet {
        name: format!("{} ({})", words::CATEGORIES, words::TAG_SET),
        tags: tags.collect(),
        create_tag: true,
    }
}

fn kinds(codebook: &Codebook) -> TagSet<'_> {
    let tags = codebook.link_kinds.iter();
    let tags = tags.map(|kind| Tag { name: kind.id.as_str(), description: &kind.definition });
    TagSet { name: format!("{} ({})", words::KINDS, words::TAG_SET), tags: tags.collect(), create_tag: true }
}

/// A layer.
#[derive(Serialize)]
struct Layer<'a> {
    name: &'a str,
    #[serde(rename = "uiName")]
    ui_name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    enabled: bool,
    built_in: bool,
    readonly: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    attach_type: Option<Named<'a>>,
    allow_stacking: bool,
    cross_sentence: bool,
    anchoring_mode: &'a str,
    overlap_mode: &'a str,
    validation_mode: &'a str,
    lock_to_token_offset: bool,
    multiple_tokens: bool,
    linked_list_behavior: bool,
    features: Vec<LayerFeature<'a>>,
}

/// A reference to a layer.
#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
}

impl<'a> Layer<'a> {
    /// A layer whose annotations may overlap, stack, and cover parts of words and several sentences.
    fn new(name: &'a str, ui_name: &'a str, kind: &'a str, features: Vec<LayerFeature<'a>>) -> Self {
        Self {
            name,
            ui_name,
            kind,
            enabled: true,
            built_in: false,
            readonly: false,
            attach_type: None,
            allow_stacking: true,
            cross_sentence: true,
            anchoring_mode: "CHARACTERS",
            overlap_mode: "ANY_OVERLAP",
            validation_mode: "NEVER",
            lock_to_token_offset: false,
            multiple_tokens: false,
            linked_list_behavior: false,
            features,
        }
    }
}

/// A feature of a layer.
#[derive(Serialize)]
struct LayerFeature<'a> {
    name: &'a str,
    #[serde(rename = "uiName")]
    ui_name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    description: &'a str,
    enabled: bool,
    visible: bool,
    multi_value_mode: &'a str,
    link_mode: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag_set: Option<TagSet<'a>>,
}

impl<'a> LayerFeature<'a> {
    fn new(name: &'a str, description: &'a str, kind: &'a str) -> Self {
        Self {
            name,
            ui_name: name,
            kind,
            description,
            enabled: true,
            visible: true,
            multi_value_mode: "NONE",
            link_mode: "NONE",
            tag_set: None,
        }
    }
}

/// A tag set: the values that a feature offers.
#[derive(Serialize)]
struct TagSet<'a> {
    name: String,
    /// Whether other values may be typed.
    create_tag: bool,
    tags: Vec<Tag<'a>>,
}

#[derive(Serialize)]
struct Tag<'a> {
    #[serde(rename = "tag_name")]
    name: &'a str,
    #[serde(rename = "tag_description")]
    description: &'a str,
}
