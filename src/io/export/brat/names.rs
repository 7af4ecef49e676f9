//! The names in brat of the types in a project.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use smol_str::SmolStr;

use super::{NOTE, id_lines};
use crate::codebook::brat::{Configuration, configure, safe_name};
use crate::export::Scope;
use crate::loss::{CodebookLoss, Losses};
use crate::project::Preset;
use demarche_model::{
    AttributeDef, AttributeId, AttributeKind, Category, CategoryId, Codebook, Colour, LinkKind, LinkKindId,
    Value,
};

/// The configuration for a scope, with the names of its types.
pub(super) struct Types {
    /// The two files.
    pub conf: Configuration,
    /// The types of comments for attributes with free text.
    texts: HashMap<AttributeId, String>,
}

impl Types {
    /// Creates the configuration for a scope: the codebook, and what its passages use beyond it.
    pub fn new(scope: &Scope<'_>, losses: &mut Losses) -> Self {
        let used = Used::by(scope);
        let mut conf = configure(&Preset {
            id: String::new(),
            name: scope.project.name().to_owned(),
            description: String::new(),
            codebook: used.codebook(scope),
        });
        // These are carried as texts.
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

    /// Returns the lines of `annotation.conf` with the ids that differ from their types.
    pub fn ids(&self) -> String {
        let categories = self.conf.categories.iter().map(|(id, name)| (name.as_str(), id.as_str()));
        let kinds = self.conf.link_kinds.iter().map(|(id, name)| (name.as_str(), id.as_str()));
        let attributes = self.conf.attributes.iter().chain(&self.texts);
        let attributes = attributes.map(|(id, name)| (name.as_str(), id.as_str()));
        id_lines(categories.chain(kinds).chain(attributes))
    }

    /// Returns the type of a category.
    pub fn category(&self, id: &CategoryId) -> &str {
        self.conf.categories.get(id).map_or("_", String::as_str)
    }

    /// Returns the type of a link.
    pub fn link_kind(&self, id: &LinkKindId) -> &str {
        self.conf.link_kinds.get(id).map_or("_", String::as_str)
    }

    /// Returns the type of an attribute that is not free text.
    pub fn attribute(&self, id: &AttributeId) -> &str {
        self.conf.attributes.get(id).map_or("_", String::as_str)
    }

    /// Returns the type of comments for an attribute with free text.
    pub fn text(&self, id: &AttributeId) -> &str {
        self.texts.get(id).map_or("_", String::as_str)
    }
}

/// The form of a value in brat.
pub(super) enum Held<'a> {
    /// A comment.
    Comment(&'a str),
    /// An attribute without a value, if it is true.
    Flag(bool),
    /// An attribute with a value, once for each choice.
    Words(Vec<Cow<'a, str>>),
}

impl<'a> Held<'a> {
    /// Returns the form of `value` in brat.
    pub fn new(value: &'a Value) -> Self {
        match value {
            Value::Text(text) => Self::Comment(text),
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Choice(_) | Value::Choices(_) | Value::Number(_) | Value::Date(_) => {
                Self::Words(value.texts().collect())
            }
        }
    }
}

/// The categories, links and attributes that the passages of a scope use.
#[derive(Default)]
struct Used {
    categories: BTreeSet<CategoryId>,
    link_kinds: BTreeSet<LinkKindId>,
    /// The choices of each attribute; none for those that are only yes or no.
    words: BTreeMap<AttributeId, BTreeSet<String>>,
    texts: BTreeSet<AttributeId>,
}

impl Used {
    fn by(scope: &Scope<'_>) -> Self {
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
        match Held::new(value) {
            Held::Comment(_) => drop(self.texts.insert(id.clone())),
            Held::Flag(_) => drop(self.words.entry(id.clone()).or_default()),
            Held::Words(words) => {
                self.words.entry(id.clone()).or_default().extend(words.into_iter().map(Cow::into_owned));
            }
        }
    }

    /// Returns the codebook with attributes as brat supports them, and with everything that it lacks.
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
                codebook.link_kinds.push(Arc::new(LinkKind::new(id, name, "")));
            }
        }
        for id in self.words.keys() {
            if codebook.attributes.iter().all(|attribute| attribute.id != *id) {
                let plain = AttributeDef::new(id.clone(), id.as_str(), AttributeKind::Text);
                codebook.attributes.push(Arc::new(plain));
            }
        }
        for attribute in &mut codebook.attributes {
            let kind = self.kind(attribute, scope);
            Arc::make_mut(attribute).kind = kind;
        }
        codebook
    }

    /// Returns the kind of an attribute if brat supports it: yes or no, or a list of choices.
    fn kind(&self, attribute: &AttributeDef, scope: &Scope<'_>) -> AttributeKind {
        let listed: Vec<&str> = attribute.kind.choices(scope.project).collect();
        let used = self.words.get(&attribute.id);
        let more = used.into_iter().flatten().map(String::as_str).filter(|word| !listed.contains(word));
        let all: Vec<SmolStr> = listed.iter().copied().chain(more).map(SmolStr::new).collect();
        let is_flag = attribute.kind == AttributeKind::Flag || used.is_some();
        if all.is_empty() && is_flag { AttributeKind::Flag } else { AttributeKind::Choice(all) }
    }
}
