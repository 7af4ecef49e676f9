//! Finds the rows or columns of passages.

use std::collections::BTreeSet;
use std::sync::Arc;

use smol_str::SmolStr;

use super::{Axis, Group, GroupKey};
use crate::bargain::{AttributeColumn, Bin, IssueId, Passage, PassageIndex, QuadClass, quad_class};
use crate::views::{Kind, Look};
use demarche_model::{AttributeKind, Document, Meaning, Project, Verdict};

/// The place in a list of texts that are not in it.
pub(super) const UNLISTED: usize = usize::MAX;

/// Finds the place of passages on an axis.
pub(in crate::views) struct Placer<'l, 'a> {
    look: &'l Look<'a>,
    axis: Axis,
    /// The values of speakers, or of an axis of attributes.
    column: Option<Arc<AttributeColumn>>,
    /// The places of listed values.
    list: Vec<SmolStr>,
    quads: Vec<Option<QuadClass>>,
    /// Issues in which those below them are folded.
    folded: Vec<IssueId>,
}

impl<'l, 'a> Placer<'l, 'a> {
    pub fn new(look: &'l Look<'a>, axis: &Axis, folded: &BTreeSet<String>) -> Self {
        let codebook = look.basis.project.codebook();
        let attribute = match axis {
            Axis::Speaker => codebook.meaning(&Meaning::Speaker).map(|(def, _)| def.id.clone()),
            Axis::Attribute(id) => Some(id.clone()),
            _ => None,
        };
        let kind = attribute.as_ref().and_then(|id| codebook.attribute(id)).map(|def| &def.kind);
        let list = kind.map_or_else(Vec::new, |kind| listed(kind, look.basis.project));
        let category = |id| codebook.category(id).and_then(|category| quad_class(codebook, category));
        let quads = match axis {
            Axis::Quad => look.basis.moves.categories().map(|(_, id)| category(id)).collect(),
            _ => Vec::new(),
        };
        let folded = folded.iter().filter_map(|name| look.basis.moves.issues().find(name)).collect();
        let column = attribute.map(|id| look.basis.moves.column(look.basis.project, &id));
        Self { look, axis: axis.clone(), column, list, quads, folded }
    }

    /// Adds the places of a passage: one for each of its values, or [`GroupKey::NotSpecified`].
    pub fn keys(&self, index: PassageIndex, passage: &Passage, out: &mut Vec<GroupKey>) {
        out.clear();
        match &self.axis {
            Axis::Actor => out.extend(self.look.actors(passage).iter().copied().map(GroupKey::Actor)),
            Axis::Target => out.extend(self.look.targets(passage).iter().copied().map(GroupKey::Actor)),
            Axis::Issue => self.issues(passage, out),
            Axis::Category => out.push(GroupKey::Category(passage.category)),
            Axis::Role => out.push(GroupKey::Kind(self.look.kind(passage))),
            Axis::Quad => out.extend(self.quads[passage.category.get()].map(GroupKey::Quad)),
            Axis::Document => out.push(GroupKey::Document(passage.document)),
            Axis::Author => out.extend(self.meta(passage, |document| &document.meta.author)),
            Axis::Source => out.extend(self.meta(passage, |document| &document.meta.source)),
            Axis::Year => out.extend(year(passage).map(GroupKey::Year)),
            Axis::Bin => out.push(GroupKey::Bin(self.look.bin(passage))),
            Axis::Coder => out.push(self.coder(passage)),
            Axis::Review => self.verdicts(passage, out),
            Axis::Speaker | Axis::Attribute(_) => self.values(index, out),
        }
        if matches!(out.as_slice(), [] | [GroupKey::Kind(Kind::None)]) {
            *out = vec![GroupKey::NotSpecified];
        }
    }

    /// The number of what decides the places of a passage, where it is one of a few things that many passages share.
    pub(super) fn source(&self, index: PassageIndex, passage: &Passage) -> Option<usize> {
        match self.axis {
            Axis::Actor => Some(self.look.actor_set(passage).get()),
            Axis::Target => Some(self.look.target_set(passage).get()),
            Axis::Issue => Some(passage.issues.get()),
            Axis::Category | Axis::Quad => Some(passage.category.get()),
            Axis::Role => Some(self.look.kind(passage).place()),
            Axis::Document | Axis::Author | Axis::Source => Some(passage.document.get()),
            Axis::Coder => Some(passage.owner.get()),
            Axis::Speaker | Axis::Attribute(_) => self.column.as_ref().map(|column| column.number(index)),
            Axis::Year | Axis::Bin | Axis::Review => None,
        }
    }

    fn issues(&self, passage: &Passage, out: &mut Vec<GroupKey>) {
        let issues = self.look.basis.moves.issues();
        for id in issues.members(passage.issues) {
            let above = issues.chain(*id).iter().rev().find(|above| self.folded.contains(above));
            let key = GroupKey::Issue(*above.unwrap_or(id));
            if !out.contains(&key) {
                out.push(key);
            }
        }
    }

    fn meta(&self, passage: &Passage, of: impl Fn(&Document) -> &String) -> Option<GroupKey> {
        let text = of(self.look.document(passage.document)?).trim();
        (!text.is_empty()).then(|| GroupKey::Text(UNLISTED, text.into()))
    }

    fn coder(&self, passage: &Passage) -> GroupKey {
        let coder = self.look.basis.moves.owner(passage.owner).whole();
        let people = self.look.basis.project.annotators();
        let place = people.iter().position(|person| person.id == coder).unwrap_or(people.len());
        GroupKey::Coder(place, coder)
    }

    /// The present verdicts of all reviewers, each once.
    fn verdicts(&self, passage: &Passage, out: &mut Vec<GroupKey>) {
        let Some(document) = self.look.document(passage.document) else { return };
        let owner = self.look.basis.moves.owner(passage.owner);
        let decisions = document.decisions(passage.span).filter(|(_, decision)| decision.annotator == *owner);
        let verdicts: BTreeSet<Verdict> = decisions.filter_map(|(_, decision)| decision.verdict).collect();
        out.extend(verdicts.into_iter().map(GroupKey::Verdict));
    }

    fn values(&self, index: PassageIndex, out: &mut Vec<GroupKey>) {
        let Some(column) = &self.column else { return };
        for text in column.texts(column.number(index)) {
            let place = self.list.iter().position(|listed| listed == text).unwrap_or(UNLISTED);
            out.push(GroupKey::Text(place, text.clone()));
        }
    }

    /// The row or column of a key.
    pub fn group(&self, key: GroupKey) -> Group {
        let name = self.name(&key);
        let title = self.title(&key, name.as_deref());
        Group { key, name, title }
    }

    fn name(&self, key: &GroupKey) -> Option<String> {
        let moves = self.look.basis.moves;
        Some(match key {
            GroupKey::Actor(id) => moves.actors().name(*id).to_owned(),
            GroupKey::Issue(id) => moves.issues().name(*id).to_owned(),
            GroupKey::Category(category) => moves.category_id(*category).to_string(),
            GroupKey::Kind(kind) => return kind.code().map(str::to_owned),
            GroupKey::Quad(quad) => quad.code().to_owned(),
            GroupKey::Document(document) | GroupKey::Bin(Bin::Document(document)) => {
                moves.document_id(*document).to_string()
            }
            GroupKey::Year(year) => year.to_string(),
            GroupKey::Bin(bin) => self.look.bin_name(*bin),
            GroupKey::Coder(_, coder) => coder.to_string(),
            GroupKey::Verdict(verdict) => verdict_code(*verdict).to_owned(),
            GroupKey::Text(_, text) => text.to_string(),
            GroupKey::NotSpecified => return None,
        })
    }

    fn title(&self, key: &GroupKey, name: Option<&str>) -> String {
        let moves = self.look.basis.moves;
        let project = self.look.basis.project;
        match key {
            GroupKey::Category(category) => {
                project.codebook().name_of(moves.category_id(*category)).to_owned()
            }
            GroupKey::Kind(kind) => kind.name().to_owned(),
            GroupKey::Document(document) | GroupKey::Bin(Bin::Document(document)) => {
                self.look.document_title(*document)
            }
            GroupKey::Coder(_, coder) => project.name_of(coder).to_owned(),
            GroupKey::Actor(_)
            | GroupKey::Issue(_)
            | GroupKey::Quad(_)
            | GroupKey::Year(_)
            | GroupKey::Bin(_)
            | GroupKey::Verdict(_)
            | GroupKey::Text(..)
            | GroupKey::NotSpecified => name.map_or_else(crate::words::views::not_specified, str::to_owned),
        }
    }
}

impl Placer<'_, '_> {
    /// Puts keys into the order of codebook and lists. Documents as bins are in the order of time.
    pub(super) fn order(&self, mut keys: Vec<GroupKey>) -> Vec<GroupKey> {
        keys.sort_by_cached_key(|key| {
            let by_date = match key {
                GroupKey::Bin(Bin::Document(document)) => Some(self.look.document_order(*document)),
                _ => None,
            };
            // Bins that are no documents come after those that are.
            (by_date.is_none(), by_date, key.clone())
        });
        keys
    }
}

fn year(passage: &Passage) -> Option<i64> {
    let days = passage.date()?;
    let (first, last) = (days.first.to_civil().0, days.last.to_civil().0);
    (first == last).then_some(first)
}

/// The code of a verdict, in files and filters.
fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted => "accepted",
        Verdict::Rejected => "rejected",
        Verdict::Disputed => "disputed",
    }
}

/// The values that an attribute lists.
fn listed(kind: &AttributeKind, project: &Project) -> Vec<SmolStr> {
    let names = |names: &[String]| names.iter().map(SmolStr::new).collect();
    match kind {
        AttributeKind::Choice(list) | AttributeKind::Choices(list) => list.clone(),
        AttributeKind::Actor | AttributeKind::Actors => names(project.actors()),
        AttributeKind::Issue => names(project.issues()),
        AttributeKind::Text | AttributeKind::Number | AttributeKind::Flag | AttributeKind::Date => Vec::new(),
    }
}
