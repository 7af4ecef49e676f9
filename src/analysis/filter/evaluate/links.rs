//! The links between the passages of all visible layers.

use foldhash::{HashMap as FastMap, HashMapExt, HashSet as FastSet};
use smallvec::SmallVec;

use demarche_model::{AnnotatorId, Document, Layer, LinkKindId, Project, SpanId, Visibility};

use super::super::ast::Relation;

/// A passage that is an end of a link.
#[derive(Clone, Copy)]
pub(super) struct LinkEnd<'a> {
    pub document: &'a Document,
    pub owner: &'a AnnotatorId,
    pub span: SpanId,
}

/// The other end of a link, as seen from one end.
struct Arrow<'a> {
    /// The layer of this end.
    owner: &'a AnnotatorId,
    document: &'a Document,
    to: LinkEnd<'a>,
    /// True if this end is where the link starts.
    is_start: bool,
    /// True if the end where the link starts answers the other.
    is_answer: bool,
}

/// The links of all visible layers, by the span of either end.
pub(super) struct Links<'a>(FastMap<SpanId, SmallVec<[Arrow<'a>; 1]>>);

impl<'a> Links<'a> {
    /// The links whose two ends are in visible layers of loaded documents.
    pub fn new(project: &'a Project, visible: &Visibility) -> Self {
        let kinds = project.codebook().link_kinds.iter();
        let answers: FastSet<&LinkKindId> =
            kinds.filter(|kind| kind.is_answer()).map(|kind| &kind.id).collect();
        let mut links = Self(FastMap::new());
        for document in project.documents() {
            for (owner, layer) in visible_layers(document, visible) {
                for link in layer.links().filter(|link| layer.span(link.from).is_some()) {
                    let from = LinkEnd { document, owner, span: link.from };
                    let Some(target) = project.document(&link.to_document) else { continue };
                    let is_answer = answers.contains(&link.kind);
                    let holders = visible_layers(target, visible);
                    for (owner, _) in holders.filter(|(_, layer)| layer.span(link.to).is_some()) {
                        links.add(from, LinkEnd { document: target, owner, span: link.to }, is_answer);
                    }
                }
            }
        }
        links
    }

    fn add(&mut self, from: LinkEnd<'a>, to: LinkEnd<'a>, is_answer: bool) {
        let arrow = |near: LinkEnd<'a>, far, is_start| Arrow {
            owner: near.owner,
            document: near.document,
            to: far,
            is_start,
            is_answer,
        };
        self.0.entry(from.span).or_default().push(arrow(from, to, true));
        self.0.entry(to.span).or_default().push(arrow(to, from, false));
    }

    /// The passages to which links of a relation lead from a passage of an owner, or of the consensus as a whole; not the
    /// passage itself. None for a relation of ranges.
    pub fn ends<'l>(
        &'l self,
        relation: Relation,
        document: &'l Document,
        owner: &'l AnnotatorId,
        span: SpanId,
    ) -> impl Iterator<Item = LinkEnd<'a>> + 'l {
        let fits = move |arrow: &&Arrow<'a>| match relation {
            Relation::Answers => arrow.is_answer && arrow.is_start,
            Relation::AnsweredBy => arrow.is_answer && !arrow.is_start,
            Relation::Linked => true,
            Relation::Overlaps
            | Relation::Inside
            | Relation::Contains
            | Relation::Exact
            | Relation::Near(_)
            | Relation::Before(_)
            | Relation::After(_)
            | Relation::SameSentence
            | Relation::SameParagraph
            | Relation::SameDocument => false,
        };
        let is_here = move |document_: &Document, owner_: &AnnotatorId| {
            document_.id() == document.id() && owner_.whole() == *owner
        };
        let arrows = self.0.get(&span).into_iter().flatten().filter(fits);
        let arrows = arrows.filter(move |arrow| is_here(arrow.document, arrow.owner));
        let others =
            arrows.filter(move |arrow| arrow.to.span != span || !is_here(arrow.to.document, arrow.to.owner));
        others.map(|arrow| arrow.to)
    }
}

/// The layers of a loaded document that are visible.
fn visible_layers<'a>(
    document: &'a Document,
    visible: &Visibility,
) -> impl Iterator<Item = (&'a AnnotatorId, &'a Layer)> {
    let layers = document.layers.iter().map(|(owner, layer)| (owner, &**layer));
    visible.filter(layers).into_iter()
}
