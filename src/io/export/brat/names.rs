//! What brat calls the things of a project.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::NOTE;
use crate::codebook::brat::{Configuration, configure, safe_name};
use crate::export::Scope;
use crate::loss::{CodebookLoss, Losses};
use crate::project::Preset;
use demarche_model::{
    AttributeDef, AttributeId, AttributeKind, Category, CategoryId, Codebook, Colour, LinkKind, LinkKindId,
    Value,
};

/// The configuration of a scope, with the names of its types.
pub(super) struct Types {
    /// The two files.
    pub conf: Configuration,
    /// The types of comments that hold attributes of free text.
    texts: HashMap<AttributeId, String>,
}

impl Types {
    /// Configures brat for what is in the scope: the codebook, and what passages have beyond it.
    pub fn new(scope: &Scope<'_>, losses: &mut Losses) -> Self {
        let used = Used::of(scope);
        let mut conf = configure(&Preset {
            id: String::new(),
            name: scope.project.name().to_owned(),
            description: String::new(),
            codebook: used.codebook(scope),
        });
        // Those are carried as texts.
        losses.extend(std::mem::take(&mut conf.losses));
        losses.carried(CodebookLoss::OtherAttributes);
        conf.names.free(NOTE);
        let texts = used.texts.into_iter().map(|id| {
            let name = conf.names.free(&safe_name(id.as_str()));
            (id, name)
        });
        let texts = texts.collect();
        Self { conf, texts }
    }

    /// The type of a category.
    pub fn category(&self, id: &CategoryId) -> &str {
        self.conf.categories.get(id).map_or("_", String::as_str)
    }

    /// The type of a link.
    pub fn link_kind(&self, id: &LinkKindId) -> &str {
        self.conf.link_kinds.get(id).map_or("_", String::as_str)
    }

    /// The type of an attribute that is not free text.
    pub fn attribute(&self, id: &AttributeId) -> &str {
        self.conf.attributes.get(id).map_or("_", String::as_str)
    }

    /// The type of comments that hold an attribute of free text.
    pub fn text(&self, id: &AttributeId) -> &str {
        self.texts.get(id).map_or("_", String::as_str)
    }
}

/// A value as words; `None` for one that is written otherwise.
pub(super) fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Choice(choice) => vec![choice.to_string()],
        Value::Choices(choices) => choices.iter().map(ToString::to_string).collect(),
        Value::Number(number) => vec![number.to_string()],
        Value::Date(date) => vec![date.to_string()],
        Value::Flag(_) | Value::Text(_) => Vec::new(),
    }
}

/// What the passages of a scope have.
#[derive(Default)]
struct Used {
    categories: BTreeSet<CategoryId>,
    link_kinds: BTreeSet<LinkKindId>,
    /// Words that attributes have, none for those that are but yes or no.
    words: BTreeMap<AttributeId, BTreeSet<String>>,
    texts: BTreeSet<AttributeId>,
}

impl Used {
    fn of(scope: &Scope<'_>) -> Self {
        let mut used = Self::default();
        for document in scope.documents() {
            for (_, layer) in scope.layers(document) {
                for span in scope.spans(layer) {
                    if !used.categories.contains(&span.category) {
                        used.categories.insert(span.category.clone());
                    }
                    span.attributes.iter().for_each(|(id, value)| used.add(id, value));
                }
                used.link_kinds.extend(layer.links().map(|link| link.kind.clone()));
            }
        }
        used
    }

    fn add(&mut self, id: &AttributeId, value: &Value) {
        if let Value::Text(_) = value {
            self.texts.insert(id.clone());
        } else {
            self.words.entry(id.clone()).or_default().extend(words(value));
        }
    }

    /// The codebook of the project with attributes as brat has them, and with all that it lacks.
    fn codebook(&self, scope: &Scope<'_>) -> Codebook {
        let mut codebook = Codebook::clone(scope.project.codebook());
        for id in &self.categories {
            if codebook.category(id).is_none() {
                let at = codebook.categories.len();
                codebook.categories.push(Arc::new(Category::new(id.clone(), id.as_str(), Colour::nth(at))));
            }
        }
        for id in &self.link_kinds {
            if codebook.link_kinds.iter().all(|kind| kind.id != *id) {
                let (id, name) = (id.clone(), id.to_string());
                codebook.link_kinds.push(Arc::new(LinkKind { id, name, definition: String::new() }));
            }
        }
        for id in self.words.keys() {
            if codebook.attributes.iter().all(|attribute| attribute.id != *id) {
                codebook.attributes.push(Arc::new(plain(id)));
            }
        }
        for attribute in &mut codebook.attributes {
            let kind = self.kind(attribute, scope);
            Arc::make_mut(attribute).kind = kind;
        }
        codebook
    }

    /// An attribute's kind as far as brat has it: yes or no, or a list of words.
    fn kind(&self, attribute: &AttributeDef, scope: &Scope<'_>) -> AttributeKind {
        let listed: Vec<String> = match &attribute.kind {
            AttributeKind::Choice(list) | AttributeKind::Choices(list) => {
                list.iter().map(ToString::to_string).collect()
            }
            AttributeKind::Actor => scope.project.actors().to_vec(),
            AttributeKind::Issue => scope.project.issues().to_vec(),
            _ => Vec::new(),
        };
        let used = self.words.get(&attribute.id);
        let more = used.into_iter().flatten().filter(|word| !listed.contains(word));
        let all: Vec<_> = listed.iter().chain(more).map(|word| word.as_str().into()).collect();
        match &attribute.kind {
            AttributeKind::Flag if all.is_empty() => AttributeKind::Flag,
            _ if all.is_empty() && used.is_some() => AttributeKind::Flag,
            _ => AttributeKind::Choice(all),
        }
    }
}

fn plain(id: &AttributeId) -> AttributeDef {
    AttributeDef {
        id: id.clone(),
        name: id.to_string(),
        kind: AttributeKind::Text,
        categories: Vec::new(),
        default: None,
        hotkey: None,
        definition: String::new(),
    }
}
