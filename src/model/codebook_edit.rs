//! Edits of the codebook, and the edits of spans that follow from them.

use std::sync::Arc;

use super::edit::replace_in_list;
use super::file_id::is_blank;
use super::text_range::cover;
use super::{
    Applied, AttributeDef, AttributeId, Category, CategoryId, Codebook, Edit, EditError, LayerId, LinkKind,
    LinkKindId, Meaning, Project, SpanId, TextRange, Touch,
};

impl Project {
    pub(super) fn set_category(
        &mut self,
        id: CategoryId,
        to: Option<(usize, Arc<Category>)>,
    ) -> Result<Applied, EditError> {
        match &to {
            Some((_, category)) if category.id != id => return Err(EditError::IdMismatch(id.to_string())),
            Some(_) if is_blank(id.as_str()) => return Err(EditError::EmptyId),
            Some((_, category)) => {
                let is_new = self.codebook.category(&id).is_none();
                if is_new && self.codebook.aliases.contains_key(&id) {
                    return Err(EditError::AliasAndCategory(id));
                }
                self.check_parents(category)?;
            }
            None if self.tags_something(&id) => return Err(EditError::CategoryInUse(id)),
            None => {
                let mut aliases = self.codebook.aliases.iter();
                if let Some((from, to)) = aliases.find(|(_, to)| **to == id) {
                    return Err(EditError::AliasTarget { from: from.clone(), to: to.clone() });
                }
            }
        }
        let old = replace_in_list(&mut self.codebook_mut().categories, |c| c.id == id, to)
            .ok_or_else(|| EditError::Missing(id.to_string()))?;
        Ok(self.project_changed(Edit::SetCategory { id, to: old }))
    }

    fn check_parents(&self, category: &Category) -> Result<(), EditError> {
        let mut parent = category.parent.as_ref();
        let known = self.codebook.by_id();
        for _ in 0..=self.codebook.categories.len() {
            match parent {
                None => return Ok(()),
                Some(id) if *id == category.id => break,
                Some(id) => parent = known.get(id).and_then(|above| above.parent.as_ref()),
            }
        }
        Err(EditError::ParentCycle(category.id.clone()))
    }

    fn tags_something(&self, id: &CategoryId) -> bool {
        let mut layers = self.documents.iter().flat_map(|d| d.layers.values());
        layers.any(|layer| layer.spans_unsorted().any(|span| &span.category == id))
    }

    pub(super) fn set_attribute(
        &mut self,
        id: AttributeId,
        to: Option<(usize, Arc<AttributeDef>)>,
    ) -> Result<Applied, EditError> {
        if to.as_ref().is_some_and(|(_, attribute)| attribute.id != id) {
            return Err(EditError::IdMismatch(id.to_string()));
        }
        if to.is_some() && is_blank(id.as_str()) {
            return Err(EditError::EmptyId);
        }
        if let Some((_, attribute)) = &to {
            self.check_meanings(attribute)?;
        }
        let old = replace_in_list(&mut self.codebook_mut().attributes, |a| a.id == id, to)
            .ok_or_else(|| EditError::Missing(id.to_string()))?;
        let misfits = old.iter().flat_map(|(_, attribute)| attribute.misfits());
        self.former_misfits.extend(misfits.map(|meaning| (id.clone(), meaning.clone())));
        Ok(self.project_changed(Edit::SetAttribute { id, to: old }))
    }

    /// Checks that the meanings of an attribute fit its kind. Those that do not fit it already may stay, and those that did
    /// not may return with undo.
    fn check_meanings(&self, attribute: &AttributeDef) -> Result<(), EditError> {
        let old = self.codebook.attribute(&attribute.id);
        let is_known = |meaning: &Meaning| {
            old.is_some_and(|old| old.misfits().any(|misfit| misfit == meaning))
                || self.former_misfits.contains(&(attribute.id.clone(), meaning.clone()))
        };
        match attribute.misfits().find(|meaning| !is_known(meaning)) {
            Some(meaning) => {
                Err(EditError::Meaning { name: attribute.name.clone(), meaning: meaning.clone() })
            }
            None => Ok(()),
        }
    }

    pub(super) fn set_link_kind(
        &mut self,
        id: LinkKindId,
        to: Option<(usize, Arc<LinkKind>)>,
    ) -> Result<Applied, EditError> {
        if to.as_ref().is_some_and(|(_, kind)| kind.id != id) {
            return Err(EditError::IdMismatch(id.to_string()));
        }
        if to.is_some() && is_blank(id.as_str()) {
            return Err(EditError::EmptyId);
        }
        let old = replace_in_list(&mut self.codebook_mut().link_kinds, |k| k.id == id, to)
            .ok_or_else(|| EditError::Missing(id.to_string()))?;
        Ok(self.project_changed(Edit::SetLinkKind { id, to: old }))
    }

    pub(super) fn set_alias(
        &mut self,
        from: CategoryId,
        to: Option<CategoryId>,
    ) -> Result<Applied, EditError> {
        let aliases = &self.codebook.aliases;
        match &to {
            None if !aliases.contains_key(&from) => return Err(EditError::Missing(from.to_string())),
            None => {}
            Some(_) if self.codebook.category(&from).is_some() => {
                return Err(EditError::AliasAndCategory(from));
            }
            Some(_) if is_blank(from.as_str()) => return Err(EditError::EmptyId),
            Some(to) => {
                if *to == from || self.codebook.alias_chain(to).any(|id| *id == from) {
                    return Err(EditError::AliasCycle(from));
                }
                if self.codebook.resolve(to).is_none() {
                    return Err(EditError::NoCategory(to.clone()));
                }
            }
        }
        let aliases = &mut self.codebook_mut().aliases;
        let old = match to {
            Some(to) => aliases.insert(from.clone(), to),
            None => aliases.remove(&from),
        };
        Ok(self.project_changed(Edit::SetAlias { from, to: old }))
    }

    pub(super) fn recode(
        &mut self,
        layer: LayerId,
        spans: Vec<SpanId>,
        from: CategoryId,
        to: CategoryId,
    ) -> Result<Applied, EditError> {
        let document =
            self.document(&layer.document).ok_or_else(|| EditError::NoDocument(layer.document.clone()))?;
        if !document.is_loaded() {
            return Err(EditError::NotLoaded(layer.document));
        }
        if self.codebook.category(&to).is_none() {
            return Err(EditError::NoCategory(to));
        }
        let mut covered = None;
        for &id in &spans {
            let span = document.layer(&layer.annotator).and_then(|layer| layer.span(id));
            let span = span.ok_or_else(|| EditError::Missing(id.to_string()))?;
            if span.category != from {
                return Err(EditError::CategoryMismatch { span: id, category: from });
            }
            covered = Some(cover(covered, Some(span.ranges.cover())));
        }
        if !spans.is_empty() {
            self.with_layer(&layer, |layer| layer.recode(&spans, &to));
        }
        Ok(Applied {
            inverse: Edit::Recode { layer: layer.clone(), spans, from: to, to: from },
            touched: covered.map(|range: TextRange| Touch::Recoded(layer, range)).into_iter().collect(),
        })
    }

    fn codebook_mut(&mut self) -> &mut Codebook {
        Arc::make_mut(&mut self.codebook)
    }
}

#[cfg(test)]
mod tests;
