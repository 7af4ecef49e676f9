//! Which links start and end at a span, in every document that has been read. An edit costs what it changes, since the
//! links of a layer are compared with what they were.

use std::collections::HashMap;
use std::hash::Hash;

use demarche_model::{DocumentId, LayerId, Link, LinkId, LinkSet, Project, SpanId, SpanRef, Touch};

/// The links of all layers in memory, by the spans at their ends.
#[derive(Default)]
pub struct LinkIndex {
    /// The links of each layer as they were counted last.
    known: HashMap<LayerId, LinkSet>,
    starting: HashMap<SpanRef, Vec<LinkId>>,
    ending: HashMap<(DocumentId, SpanId), Vec<(LayerId, LinkId)>>,
    revision: u64,
}

impl LinkIndex {
    /// Moves on whenever a link has come, gone or changed; never goes back. Derived values are cached under it.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The links that start at a span; they stand in its layer. By id, so the oldest first.
    pub fn starting(&self, at: &SpanRef) -> &[LinkId] {
        self.starting.get(at).map_or(&[], Vec::as_slice)
    }

    /// The links that say they end at this span of a document, with the layers in which they stand.
    pub fn ending(&self, document: &DocumentId, span: SpanId) -> &[(LayerId, LinkId)] {
        self.ending.get(&(document.clone(), span)).map_or(&[], Vec::as_slice)
    }

    /// Follows an edit, given the places it has touched.
    pub(crate) fn follow(&mut self, project: &Project, touched: &[Touch]) {
        for touch in touched {
            if let Touch::Layer(layer, _) = touch {
                self.layer_changed(project, layer);
            }
        }
    }

    /// A document has come into memory.
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
                self.take(layer, old);
            }
            if let Some(new) = change.new {
                self.put(layer, new);
            }
        }
    }

    fn put(&mut self, layer: &LayerId, link: &Link) {
        let from = SpanRef { layer: layer.clone(), span: link.from };
        insert(self.starting.entry(from).or_default(), link.id);
        let end = (link.to_document.clone(), link.to);
        insert(self.ending.entry(end).or_default(), (layer.clone(), link.id));
    }

    fn take(&mut self, layer: &LayerId, link: &Link) {
        remove(&mut self.starting, SpanRef { layer: layer.clone(), span: link.from }, &link.id);
        remove(&mut self.ending, (link.to_document.clone(), link.to), &(layer.clone(), link.id));
    }
}

fn insert<T: Ord>(list: &mut Vec<T>, item: T) {
    if let Err(place) = list.binary_search(&item) {
        list.insert(place, item);
    }
}

fn remove<K: Eq + Hash, T: Ord>(lists: &mut HashMap<K, Vec<T>>, key: K, item: &T) {
    let Some(list) = lists.get_mut(&key) else { return };
    if let Ok(place) = list.binary_search(item) {
        list.remove(place);
    }
    if list.is_empty() {
        lists.remove(&key);
    }
}
