//! An index of the links that start or end at each span, in all documents that have been read. The cost of an edit
//! follows what it changes: the links of a layer are compared with their previous state.

use std::collections::HashMap;
use std::hash::Hash;

use demarche_model::{DocumentId, LayerId, Link, LinkId, LinkSet, Project, SpanId, SpanRef, Touch};

/// The links of all loaded layers, by the spans at their ends.
#[derive(Default)]
pub struct LinkIndex {
    /// The links of each layer as they were indexed last.
    known: HashMap<LayerId, LinkSet>,
    starting: HashMap<SpanRef, Vec<LinkId>>,
    ending: HashMap<(DocumentId, SpanId), Vec<(LayerId, LinkId)>>,
    revision: u64,
}

impl LinkIndex {
    /// The links of all documents of a project that are in memory.
    pub fn of(project: &Project) -> Self {
        let mut index = Self::default();
        project.documents().iter().for_each(|document| index.document_read(project, document.id()));
        index
    }

    /// Goes up whenever a link is added, removed or changed. Derived values are cached under it.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The links that start at a span, oldest first. They are in its layer.
    pub fn starting(&self, at: &SpanRef) -> &[LinkId] {
        self.starting.get(at).map_or(&[], Vec::as_slice)
    }

    /// The links that end at a span of a document, with their layers.
    pub fn ending(&self, document: &DocumentId, span: SpanId) -> &[(LayerId, LinkId)] {
        self.ending.get(&(document.clone(), span)).map_or(&[], Vec::as_slice)
    }

    /// Updates the index after an edit.
    pub(crate) fn follow(&mut self, project: &Project, touched: &[Touch]) {
        for touch in touched {
            if let Touch::Layer(layer, _) = touch {
                self.layer_changed(project, layer);
            }
        }
    }

    /// Adds the links of a document that was read.
    pub(crate) fn document_read(&mut self, project: &Project, id: &DocumentId) {
        let layers = project.document(id).into_iter().flat_map(|document| document.layers.keys());
        let layers: Vec<LayerId> = layers.map(|annotator| LayerId::new(id, annotator)).collect();
        layers.iter().for_each(|layer| self.layer_changed(project, layer));
    }

    fn layer_changed(&mut self, project: &Project, layer: &LayerId) {
        let now = project.layer(layer).map(|layer| layer.link_set().clone()).unwrap_or_default();
        let before = match now.is_empty() {
            true => self.known.remove(layer),
            false => self.known.insert(layer.clone(), now.clone()),
        };
        let before = before.unwrap_or_default();
        for change in now.changes_since(&before) {
            self.revision += 1;
            if let Some(old) = change.old {
                self.remove(layer, old);
            }
            if let Some(new) = change.new {
                self.insert(layer, new);
            }
        }
    }

    fn insert(&mut self, layer: &LayerId, link: &Link) {
        let from = SpanRef { layer: layer.clone(), span: link.from };
        insert(self.starting.entry(from).or_default(), link.id);
        let end = (link.to_document.clone(), link.to);
        insert(self.ending.entry(end).or_default(), (layer.clone(), link.id));
    }

    fn remove(&mut self, layer: &LayerId, link: &Link) {
        remove(&mut self.starting, SpanRef { layer: layer.clone(), span: link.from }, &link.id);
        remove(&mut self.ending, (link.to_document.clone(), link.to), &(layer.clone(), link.id));
    }
}

fn insert<T: Ord>(list: &mut Vec<T>, item: T) {
    if let Err(position) = list.binary_search(&item) {
        list.insert(position, item);
    }
}

fn remove<K: Eq + Hash, T: Ord>(lists: &mut HashMap<K, Vec<T>>, key: K, item: &T) {
    let Some(list) = lists.get_mut(&key) else { return };
    if let Ok(position) = list.binary_search(item) {
        list.remove(position);
    }
    if list.is_empty() {
        lists.remove(&key);
    }
}
