//! What the rows and columns of a table can be.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::titles::attributes;
use super::{Kind, Look};
use crate::bargain::{
    ActorId, Bin, BinWidth, CategoryIndex, DocumentIndex, IssueId, Passage, PassageIndex, QuadClass,
    quad_class,
};
use demarche_model::{AnnotatorId, AttributeId, AttributeKind, Document, Meaning, Project, Verdict};

/// What the rows or columns of a table are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Axis {
    /// Who makes the move.
    Actor,
    /// To whom it is addressed.
    Target,
    /// The person who speaks.
    Speaker,
    /// What it is about.
    Issue,
    /// Its category.
    Category,
    /// Its role.
    Role,
    /// Its quarter of the plane of verbal and material, cooperation and conflict.
    Quad,
    /// Its document.
    Document,
    /// The author of its document.
    Author,
    /// The source of its document.
    Source,
    /// The year of its date.
    Year,
    /// The bin of its date.
    Bin,
    /// The owner of its layer.
    Coder,
    /// The verdicts of reviewers.
    Review,
    /// The value of an attribute.
    Attribute(AttributeId),
}

/// What a row or column holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum GroupKey {
    /// An actor or target.
    Actor(ActorId),
    /// An issue.
    Issue(IssueId),
    /// A category.
    Category(CategoryIndex),
    /// A kind of move.
    Kind(Kind),
    /// A quad class.
    Quad(QuadClass),
    /// A document.
    Document(DocumentIndex),
    /// A year.
    Year(i64),
    /// A bin.
    Bin(Bin),
    /// A coder, after their place in the list of people.
    Coder(usize, AnnotatorId),
    /// A verdict.
    Verdict(Verdict),
    /// A text, after its place in a list.
    Text(usize, SmolStr),
    /// No value.
    NotSpecified,
}

/// A row or column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// What it holds.
    pub key: GroupKey,
    /// Its name in files: the name of an actor or issue, the code of a role, the id of a document. `None` if it is not
    /// specified.
    pub name: Option<String>,
    /// Its heading.
    pub title: String,
}

impl Group {
    /// True if it holds what has no value.
    pub fn is_not_specified(&self) -> bool {
        self.name.is_none()
    }
}

impl Axis {
    /// The axes that need no attribute, in the order of the interface.
    pub const FIXED: [Self; 14] = [
        Self::Actor,
        Self::Target,
        Self::Speaker,
        Self::Issue,
        Self::Category,
        Self::Role,
        Self::Quad,
        Self::Document,
        Self::Author,
        Self::Source,
        Self::Year,
        Self::Bin,
        Self::Coder,
        Self::Review,
    ];

    /// All axes of a project: the fixed ones, then its attributes.
    pub fn all(project: &Project) -> Vec<Self> {
        let attributes = project.codebook().attributes.iter();
        Self::FIXED.into_iter().chain(attributes.map(|def| Self::Attribute(def.id.clone()))).collect()
    }

    /// Its code, in views and on the command line. An attribute is written with `@`.
    pub fn code(&self) -> String {
        let fixed = match self {
            Self::Actor => "actor",
            Self::Target => "target",
            Self::Speaker => "speaker",
            Self::Issue => "issue",
            Self::Category => "category",
            Self::Role => "role",
            Self::Quad => "quad",
            Self::Document => "document",
            Self::Author => "author",
            Self::Source => "source",
            Self::Year => "year",
            Self::Bin => "bin",
            Self::Coder => "coder",
            Self::Review => "review",
            Self::Attribute(id) => return format!("@{id}"),
        };
        fixed.to_owned()
    }

    /// The axis with a code, if the project has it.
    pub fn from_code(code: &str, project: &Project) -> Option<Self> {
        Self::all(project).into_iter().find(|axis| axis.code() == code)
    }

    /// True if all passages of a document have the same place on it.
    pub fn is_of_documents(&self, width: BinWidth) -> bool {
        match self {
            Self::Document | Self::Author | Self::Source => true,
            Self::Bin => width == BinWidth::Document,
            Self::Actor
            | Self::Target
            | Self::Speaker
            | Self::Issue
            | Self::Category
            | Self::Role
            | Self::Quad
            | Self::Year
            | Self::Coder
            | Self::Review
            | Self::Attribute(_) => false,
        }
    }
}

/// Finds the place of passages on an axis.
pub(super) struct Placer<'l, 'a> {
    look: &'l Look<'a>,
    axis: Axis,
    /// The attribute of a speaker, or of an axis of attributes.
    attribute: Option<AttributeId>,
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
        Self { look, axis: axis.clone(), attribute, list, quads, folded }
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
        (!text.is_empty()).then(|| GroupKey::Text(0, text.into()))
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
        let Some(id) = &self.attribute else { return };
        let Some(value) = attributes(self.look, index).and_then(|attributes| attributes.get(id)) else {
            return;
        };
        for text in value.texts().filter(|text| !text.trim().is_empty()) {
            let place =
                self.list.iter().position(|listed| listed.as_str() == text).unwrap_or(self.list.len());
            out.push(GroupKey::Text(place, SmolStr::new(text)));
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

/// The keys of an axis in their order, each with its number.
#[derive(Default)]
pub(super) struct Keys {
    numbers: BTreeMap<GroupKey, u32>,
}

impl Keys {
    /// The number of a key, in the order of first use.
    pub fn number(&mut self, key: &GroupKey) -> u32 {
        if let Some(known) = self.numbers.get(key) {
            return *known;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(key.clone(), next);
        next
    }

    /// The groups in their order, and the place of each number among them.
    pub fn groups(&self, placer: &Placer<'_, '_>) -> (Vec<Group>, Vec<usize>) {
        let mut places = vec![0; self.numbers.len()];
        let order = placer.order(self.numbers.keys().cloned().collect());
        for (place, key) in order.iter().enumerate() {
            if let Some(number) = self.numbers.get(key) {
                places[*number as usize] = place;
            }
        }
        (order.into_iter().map(|key| placer.group(key)).collect(), places)
    }
}

impl Placer<'_, '_> {
    /// Puts keys into the order of codebook and lists. Documents as bins are in the order of time.
    fn order(&self, mut keys: Vec<GroupKey>) -> Vec<GroupKey> {
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
