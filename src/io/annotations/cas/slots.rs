//! Slots: features that refer to structures with a role and a target, as in INCEpTION's features of type link.

use std::collections::HashMap;

use super::{Held, Spans, Structure};
use crate::annotations::{DraftDocument, DraftLink};
use crate::loss::{AnnotationLoss, Losses};

/// The role, if there is one, and the id of the target of structures that fill slots, by their ids.
pub(super) type Fillers = HashMap<String, (Option<String>, String)>;

/// The slots of a file.
#[derive(Default)]
pub(super) struct Slots(Vec<Slot>);

/// A slot of a passage.
struct Slot {
    line: Option<usize>,
    /// The id of the structure that has it.
    host: String,
    feature: String,
    /// The id of the structure that fills it.
    filler: String,
}

impl Slots {
    /// Finds the structures that fill slots: outside of any text, and with a target.
    pub fn fillers(structures: &[Structure]) -> Fillers {
        let filler = |structure: &Structure| {
            if structure.range.is_some() || !structure.sofa.is_empty() || structure.id.is_empty() {
                return None;
            }
            let target = match structure.get("target")? {
                Held::Reference(id) | Held::Word(id) => id.clone(),
                Held::Number(_) | Held::Flag(_) | Held::List(_) => return None,
            };
            Some((structure.id.clone(), (structure.word("role").map(str::to_owned), target)))
        };
        structures.iter().filter_map(filler).collect()
    }

    /// Takes the value of a feature if it refers to structures that fill slots. Returns whether it does.
    pub fn take(&mut self, host: &Structure, feature: &str, held: &Held, fillers: &Fillers) -> bool {
        if fillers.is_empty() {
            return false;
        }
        let ids: Vec<&str> = match held {
            Held::Word(ids) | Held::Reference(ids) => ids.split_whitespace().collect(),
            Held::List(ids) => ids.iter().map(String::as_str).collect(),
            Held::Number(_) | Held::Flag(_) => return false,
        };
        if ids.is_empty() || !ids.iter().all(|id| fillers.contains_key(*id)) {
            return false;
        }
        self.0.extend(ids.into_iter().map(|filler| Slot {
            line: host.line,
            host: host.id.clone(),
            feature: feature.to_owned(),
            filler: filler.to_owned(),
        }));
        true
    }

    /// Adds the slots as links from the passage that has them to their targets, named after the role or the feature.
    pub fn link(
        self,
        fillers: &Fillers,
        spans: &Spans<'_>,
        documents: &mut [DraftDocument],
        losses: &mut Losses,
    ) {
        for Slot { line, host, feature, filler } in self.0 {
            let (role, target) = &fillers[&filler];
            let Some(((at, from), (there, to))) = spans.get(host.as_str()).zip(spans.get(target.as_str()))
            else {
                losses.add(AnnotationLoss::Slots, 1);
                continue;
            };
            let to_document = documents.get(*there).map(|document| document.id.clone());
            let Some(document) = documents.get_mut(*at) else { continue };
            document.links.push(DraftLink {
                line,
                kind: role.clone().unwrap_or(feature),
                from: from.clone(),
                to: to.clone(),
                to_document,
                ..DraftLink::default()
            });
        }
    }
}
