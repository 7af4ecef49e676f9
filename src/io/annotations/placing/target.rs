//! The documents in which an import places spans.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use foldhash::HashMap as FastMap;

use super::passages::Passages;
use super::spacing;
use crate::annotations::DraftDocument;
use demarche_model::{
    Anchor, Anchors, AnnotatorId, Date, Document, DocumentId, DocumentMeta, Edit, Layer, LayerId, Link,
    LinkKindId, Origin, Project, Span, SpanId, Text, Versions,
};

/// Greatest length of a title that is taken from a text, in characters.
const TITLE: usize = 80;
/// Number of bytes that are hashed at the start, middle and end of a text.
const SAMPLE: usize = 256;

/// A document of the project, or a new one.
pub(super) struct Target {
    pub id: DocumentId,
    pub text: Arc<Text>,
    /// Set if the document is new.
    new: Option<DocumentMeta>,
    anchors: Arc<Anchors>,
    layers: BTreeMap<AnnotatorId, LayerAdditions>,
}

/// The additions to a layer.
#[derive(Default)]
pub(super) struct LayerAdditions {
    /// Existing spans of the layer, and those that the import adds to it.
    pub passages: Passages,
    pub spans: Vec<Arc<Span>>,
    /// Existing and new links, and whether each is new.
    pub links_present: FastMap<(LinkKindId, SpanId, SpanId), bool>,
    pub links: Vec<Arc<Link>>,
}

impl LayerAdditions {
    fn over<'l>(layers: impl Iterator<Item = &'l Arc<Layer>>) -> Self {
        let mut additions = Self::default();
        for layer in layers {
            let mut outgoing: FastMap<SpanId, usize> = FastMap::default();
            layer.links().for_each(|link| *outgoing.entry(link.from).or_default() += 1);
            for span in layer.spans() {
                let outgoing = outgoing.get(&span.id).copied().unwrap_or_default();
                additions.passages.add(span.clone(), outgoing, None);
            }
            additions.links_present.extend(layer.links().map(|l| ((l.kind.clone(), l.from, l.to), false)));
        }
        additions
    }
}

impl Target {
    /// Returns whether the import adds the document to the project.
    pub fn is_new(&self) -> bool {
        self.new.is_some()
    }

    /// Sets the anchors of a new text, unless they have been set.
    pub fn name_places(&mut self, anchors: Vec<Anchor>) {
        if self.new.is_some() && self.anchors.is_empty() {
            self.anchors = Arc::new(Anchors::new(anchors));
        }
    }

    /// Returns the additions to the layer of an annotator. A passage of the consensus counts as existing if any
    /// adjudicator has it.
    pub fn layer(&mut self, project: &Project, annotator: &AnnotatorId) -> &mut LayerAdditions {
        let layers = || project.document(&self.id).into_iter().flat_map(|document| &document.layers);
        let is_same = |owner: &AnnotatorId| owner.whole() == annotator.whole();
        let here = || layers().filter(|(owner, _)| is_same(owner)).map(|(_, layer)| layer);
        self.layers.entry(annotator.clone()).or_insert_with(|| LayerAdditions::over(here()))
    }
}

/// The target documents, by their text.
pub(super) struct Targets<'a> {
    project: &'a Project,
    /// By hash of the text: indices in `all`, or documents of the project that have not been looked up yet.
    by_text: HashMap<u64, Vec<Holder>>,
    all: Vec<Target>,
    /// The same by hash of the text without spacing; computed when it is first needed.
    unspaced: Option<HashMap<u64, Vec<Holder>>>,
    /// The ids of new documents.
    given: HashSet<DocumentId>,
    /// The record of the file that each document was matched with.
    claims: HashMap<usize, Claim>,
}

/// The id and title of a record, which distinguish records with the same text.
#[derive(PartialEq, Eq)]
struct Claim {
    record: Option<String>,
    title: Option<String>,
}

impl Claim {
    fn of(draft: &DraftDocument) -> Self {
        Self { record: draft.record.clone(), title: draft.title.clone() }
    }

    fn is_anonymous(&self) -> bool {
        self.record.is_none() && self.title.is_none()
    }
}

#[derive(Clone, Copy)]
enum Holder {
    Project(usize),
    Target(usize),
}

impl<'a> Targets<'a> {
    /// Collects the texts of a project.
    pub fn new(project: &'a Project) -> Self {
        let mut by_text: HashMap<u64, Vec<Holder>> = HashMap::new();
        for (at, document) in project.documents().iter().enumerate() {
            if let Some(text) = &document.text {
                by_text.entry(hash(text.as_str())).or_default().push(Holder::Project(at));
            }
        }
        Self {
            project,
            by_text,
            all: Vec::new(),
            unspaced: None,
            given: HashSet::new(),
            claims: HashMap::new(),
        }
    }

    /// Starts with the records of another file.
    pub fn next_file(&mut self) {
        self.claims.clear();
    }

    /// Returns the document with exactly the text of a record, and whether it repeats an earlier record of the file. Of
    /// several, it is the one for a record with the same id and title, then the one with the id of the record, then the first
    /// one. Two records are the same document only if their ids and titles are the same, or if neither has any.
    pub fn find(&mut self, text: &str, draft: &DraftDocument) -> Option<(usize, bool)> {
        let holders = self.by_text.get(&hash(text)).cloned().unwrap_or_default();
        let fits = holders.into_iter().filter(|holder| self.text(*holder) == Some(text));
        let fits: Vec<Holder> = fits.collect();
        let claim = Claim::of(draft);
        let claimed = |holder: &&Holder| match **holder {
            Holder::Project(_) => None,
            Holder::Target(at) => self.claims.get(&at),
        };
        let again = fits.iter().find(|holder| claimed(holder) == Some(&claim));
        let free: Vec<&Holder> = fits.iter().filter(|holder| claimed(holder).is_none()).collect();
        let named = free.iter().find(|holder| self.names(***holder).0 == draft.id);
        let titled = || free.iter().find(|holder| draft.title.as_deref() == Some(self.names(***holder).1));
        let first = || if claim.is_anonymous() { fits.first() } else { free.first().copied() };
        let found = *again.or(named.or_else(titled).copied()).or_else(first)?;
        let at = match found {
            Holder::Target(at) => at,
            Holder::Project(at) => self.take(at)?,
        };
        let repeated = claim.is_anonymous() && self.claims.contains_key(&at);
        self.claims.entry(at).or_insert(claim);
        Some((at, repeated))
    }

    /// Returns the id and title of a document.
    fn names(&self, holder: Holder) -> (&str, &str) {
        match holder {
            Holder::Project(at) => {
                let document = &self.project.documents()[at];
                (document.id().as_str(), &document.meta.title)
            }
            Holder::Target(at) => {
                let target = &self.all[at];
                let meta = target.new.as_ref().or_else(|| Some(&self.project.document(&target.id)?.meta));
                (target.id.as_str(), meta.map_or("", |meta| meta.title.as_str()))
            }
        }
    }

    /// Returns the text, existing or new, that differs from this one only in spacing. If there are several, that of the
    /// project's document `id`, or else the first.
    pub fn respaced(&mut self, text: &str, id: &str) -> Option<Arc<Text>> {
        let project = self.project;
        // In most cases it was exported from this project, and the search through all texts can be skipped.
        let own = project.document(&DocumentId::new(id)).and_then(|document| document.text.clone());
        if own.as_ref().is_some_and(|own| spacing::same(own.as_str(), text)) {
            return own;
        }
        let unspaced = self.unspaced.get_or_insert_with(|| {
            let mut all: HashMap<u64, Vec<Holder>> = HashMap::new();
            for (at, document) in project.documents().iter().enumerate() {
                if let Some(text) = &document.text {
                    all.entry(spacing::hash(text.as_str())).or_default().push(Holder::Project(at));
                }
            }
            all
        });
        let holders = unspaced.get(&spacing::hash(text)).cloned().unwrap_or_default();
        let alike = |holder: &Holder| self.text(*holder).is_some_and(|there| spacing::same(there, text));
        let fits: Vec<Holder> = holders.into_iter().filter(alike).collect();
        match *fits.first()? {
            Holder::Project(at) => project.documents()[at].text.clone(),
            Holder::Target(at) => Some(self.all[at].text.clone()),
        }
    }

    fn text(&self, holder: Holder) -> Option<&str> {
        match holder {
            Holder::Project(at) => self.project.documents()[at].text.as_ref().map(|text| text.as_str()),
            Holder::Target(at) => Some(self.all[at].text.as_str()),
        }
    }

    /// Returns the target with an id, or makes a target of the project's document with that id.
    pub fn of(&mut self, id: &DocumentId) -> Option<usize> {
        let known = self.all.iter().position(|target| target.id == *id);
        known.or_else(|| self.take(self.project.documents().iter().position(|document| document.id() == id)?))
    }

    /// Adds a document of the project as a target, once.
    fn take(&mut self, at: usize) -> Option<usize> {
        let document = &self.project.documents()[at];
        if let Some(known) = self.all.iter().position(|target| target.id == *document.id()) {
            return Some(known);
        }
        let text = document.text.clone()?;
        let anchors = document.anchors.clone();
        let id = document.id().clone();
        self.all.push(Target { id, text, new: None, anchors, layers: BTreeMap::new() });
        for holder in self.by_text.get_mut(&hash(self.all[self.all.len() - 1].text.as_str()))? {
            if matches!(holder, Holder::Project(place) if *place == at) {
                *holder = Holder::Target(self.all.len() - 1);
            }
        }
        Some(self.all.len() - 1)
    }

    /// Adds a new document, with an id made from `ids`. `sha256` is the checksum of the text in the file.
    pub fn add(
        &mut self,
        text: String,
        draft: &DraftDocument,
        file: &Path,
        sha256: &str,
        ids: &mut dyn FnMut() -> Uuid,
    ) -> usize {
        let id = self.project.new_document_id(ids, &self.given);
        self.given.insert(id.clone());
        let text = Arc::new(Text::new(text));
        let meta = DocumentMeta {
            id: id.clone(),
            title: title(draft, text.as_str(), &id),
            date: draft.date.as_deref().and_then(Date::parse),
            author: draft.author.clone().unwrap_or_default(),
            source: draft.source.clone().unwrap_or_default(),
            origin: Origin {
                file_name: draft
                    .file_name
                    .as_deref()
                    .unwrap_or(file)
                    .file_name()
                    .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
                sha256: sha256.to_owned(),
                encoding: "UTF-8".to_owned(),
                ..Origin::default()
            },
            characters: text.characters(),
            versions: Versions::first(crate::sha256(text.as_str().as_bytes())),
            sets: Default::default(),
        };
        let holder = Holder::Target(self.all.len());
        if let Some(unspaced) = &mut self.unspaced {
            unspaced.entry(spacing::hash(text.as_str())).or_default().push(holder);
        }
        self.by_text.entry(hash(text.as_str())).or_default().push(holder);
        let anchors = Arc::default();
        self.all.push(Target { id, text, new: Some(meta), anchors, layers: BTreeMap::new() });
        self.claims.insert(self.all.len() - 1, Claim::of(draft));
        self.all.len() - 1
    }

    /// Returns a target document.
    pub fn get(&mut self, at: usize) -> &mut Target {
        &mut self.all[at]
    }

    /// Returns the edits that add documents, then spans, then links; and the new documents.
    pub fn finish(self) -> (Vec<Edit>, Vec<DocumentId>) {
        let mut edits = Vec::new();
        let mut links = Vec::new();
        let mut new = Vec::new();
        let mut at = self.project.documents().len();
        for target in self.all {
            if let Some(meta) = target.new {
                let document = Arc::new(Document::new(meta, target.text).with_anchors(target.anchors));
                edits.push(Edit::InsertDocument { at, document });
                new.push(target.id.clone());
                at += 1;
            }
            for (annotator, additions) in target.layers {
                let layer = LayerId::new(&target.id, &annotator);
                let spans = additions.spans.into_iter();
                edits.extend(spans.map(|s| Edit::SetSpan { layer: layer.clone(), id: s.id, to: Some(s) }));
                let from = additions.links.into_iter();
                links.extend(from.map(|l| Edit::SetLink { layer: layer.clone(), id: l.id, to: Some(l) }));
            }
        }
        edits.append(&mut links);
        (edits, new)
    }
}

/// Returns a hash of the length and three parts of a text, since texts are many, and those with the same hash are compared.
fn hash(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut hasher = DefaultHasher::new();
    bytes.len().hash(&mut hasher);
    for start in [0, bytes.len() / 2, bytes.len().saturating_sub(SAMPLE)] {
        bytes[start..bytes.len().min(start + SAMPLE)].hash(&mut hasher);
    }
    hasher.finish()
}

/// Returns the given title, or the first line that is not empty, or the id.
fn title(draft: &DraftDocument, text: &str, id: &DocumentId) -> String {
    let given = draft.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    match given {
        Some(given) => given.to_owned(),
        None => first_line(text).unwrap_or_else(|| id.to_string()),
    }
}

/// Returns the title of a text without one: its first line that is not empty, cut if it is long.
pub(crate) fn first_line(text: &str) -> Option<String> {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(first.chars().take(TITLE).collect())
}
