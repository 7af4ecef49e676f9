//! Decides which annotators' layers the current user can see, given their filter and blind mode.

use std::sync::Arc;

use super::{Annotator, AnnotatorId, Document, DocumentId, Layer, MemoSubject, Project, Role, Status};

/// The layers that are visible. Everything that shows, counts or exports spans asks this, and nothing else.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Visibility {
    /// The annotators whose layers are wanted; `None` for all.
    pub only: Option<Vec<AnnotatorId>>,
    /// Whether the consensus, which is nobody's coding, is visible only if `only` names it.
    pub people_only: bool,
    /// The user who works blind: they see layers of others only in documents that they have marked as done.
    pub blind: Option<AnnotatorId>,
}

impl Visibility {
    /// True if a layer of `annotator` is visible in a document in which the blind user has this status.
    pub fn shows(&self, annotator: &AnnotatorId, status: Status) -> bool {
        let is_wanted = match &self.only {
            Some(only) => only.contains(&annotator.whole()),
            None => !(self.people_only && annotator.is_consensus()),
        };
        is_wanted && self.permits(annotator, status)
    }

    /// Returns the visible layers of a document.
    pub fn filter<'a>(
        &self,
        layers: impl Iterator<Item = (&'a AnnotatorId, &'a Layer)>,
    ) -> Vec<(&'a AnnotatorId, &'a Layer)> {
        let mut layers: Vec<_> = layers.collect();
        let mine = |me: &AnnotatorId| layers.iter().find(|(owner, _)| *owner == me);
        let status = match &self.blind {
            Some(me) => mine(me).map_or(Status::New, |(_, layer)| layer.status()),
            None => Status::Done,
        };
        layers.retain(|(owner, _)| self.shows(owner, status));
        layers
    }

    /// True if the layer of `annotator` in this document is visible.
    pub fn shows_in(&self, document: &Document, annotator: &AnnotatorId) -> bool {
        self.shows(annotator, self.blind_status(document))
    }

    /// The blind user's status for `document`; `Done` if the user does not work blind.
    pub fn blind_status(&self, document: &Document) -> Status {
        self.blind
            .as_ref()
            .map_or(Status::Done, |me| document.layer(me).map_or(Status::New, |layer| layer.status()))
    }

    fn permits(&self, annotator: &AnnotatorId, status: Status) -> bool {
        self.blind.as_ref().is_none_or(|me| me == annotator || status == Status::Done)
    }
}

impl From<Option<Vec<AnnotatorId>>> for Visibility {
    /// The layers of some annotators, or of all, without blind mode.
    fn from(only: Option<Vec<AnnotatorId>>) -> Self {
        Self { only, people_only: false, blind: None }
    }
}

impl Project {
    /// The role of a person. A person who is not listed counts as an annotator.
    pub fn role(&self, person: &AnnotatorId) -> Role {
        self.annotator(person).map_or(Role::Annotator, |annotator| annotator.role)
    }

    /// True if a person may decide on the consensus. In a project without reviewers, everyone may.
    pub fn may_adjudicate(&self, person: &AnnotatorId) -> bool {
        let has_reviewers = self.annotators.iter().any(|annotator| annotator.role > Role::Annotator);
        !has_reviewers || self.role(person) > Role::Annotator
    }

    /// True if a person sees the layers of others only in documents they have marked as done.
    pub fn works_blind(&self, person: &AnnotatorId) -> bool {
        self.blind && self.role(person) == Role::Annotator
    }

    /// Everything that `person` may see.
    pub fn visibility_for(&self, person: &AnnotatorId) -> Visibility {
        Visibility { only: None, people_only: false, blind: self.works_blind(person).then(|| person.clone()) }
    }

    /// True if `person` may see the layer of `annotator` in a document.
    pub fn may_see(&self, person: &AnnotatorId, document: &DocumentId, annotator: &AnnotatorId) -> bool {
        if !self.works_blind(person) || person == annotator {
            return true;
        }
        self.document(document)
            .is_some_and(|document| self.visibility_for(person).shows_in(document, annotator))
    }

    /// True if `person` may read the memos of `author` on a subject: under the same rules as their layers. Memos on the project
    /// and on categories speak of all documents, so a person who works blind reads only their own.
    pub fn may_read_memo(&self, person: &AnnotatorId, author: &AnnotatorId, subject: &MemoSubject) -> bool {
        match subject {
            MemoSubject::Document(id) => self.may_see(person, id, author),
            MemoSubject::Project | MemoSubject::Category(_) => person == author || !self.works_blind(person),
        }
    }

    /// Returns a copy with only the visible layers, the decisions about them, and visible memos, for everything that exports
    /// a project, and the number of layers left out.
    pub fn restricted_to(&self, visibility: &Visibility) -> (Self, usize) {
        let mut copy = self.clone();
        let mut left_out = 0;
        for document in &mut copy.documents {
            let hidden = document.layers.keys().filter(|owner| !visibility.shows_in(document, owner)).count();
            if hidden == 0 && visibility.only.is_none() && visibility.blind.is_none() {
                continue;
            }
            left_out += hidden;
            hide_others(document, visibility);
        }
        (self.with_visible_memos(copy, visibility), left_out)
    }

    /// A copy of this project without the memos that are not visible.
    fn with_visible_memos(&self, mut copy: Self, visibility: &Visibility) -> Self {
        let is_wanted = |author: &AnnotatorId| {
            visibility.only.as_ref().is_none_or(|only| only.iter().any(|wanted| wanted == author))
        };
        let is_visible = |author: &AnnotatorId, subject: &MemoSubject| {
            let reader = visibility.blind.as_ref();
            is_wanted(author) && reader.is_none_or(|reader| self.may_read_memo(reader, author, subject))
        };
        let all = Arc::make_mut(&mut copy.analysis_notes);
        for (author, notes) in all.iter_mut() {
            if !notes.memos.keys().all(|subject| is_visible(author, subject)) {
                Arc::make_mut(notes).memos.retain(|subject, _| is_visible(author, subject));
            }
        }
        copy
    }

    /// The people to whom a document is assigned.
    pub fn assignees<'a>(&'a self, document: &'a DocumentId) -> impl Iterator<Item = &'a Annotator> {
        self.annotators.iter().filter(|annotator| annotator.is_assigned(document))
    }
}

fn hide_others(document: &mut Arc<Document>, visibility: &Visibility) {
    let document = Arc::make_mut(document);
    let status = visibility.blind_status(document);
    document.layers.retain(|owner, _| visibility.shows(owner, status));
    document.reviews.retain(|_, review| {
        let hides = review.decisions.values().any(|decision| !visibility.shows(&decision.annotator, status));
        if hides {
            let decisions = &mut Arc::make_mut(review).decisions;
            decisions.retain(|_, decision| visibility.shows(&decision.annotator, status));
        }
        !review.decisions.is_empty()
    });
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::super::*;

    /// Ana and Ben have tagged the only document; Cleo reviews. Ben has decided on Ana's span, and Cleo on
    /// Ben's.
    fn project(blind: bool) -> Project {
        let mut document = fixtures::document("d001", "one two");
        for (owner, n) in [("ana", 1), ("ben", 2)] {
            let ranges = Ranges::one(TextRange::new(0, 3)).unwrap();
            let span = Span::new(SpanId(uuid::Uuid::from_u128(n)), "demand".into(), ranges, Stamp(0));
            document.layers.insert(owner.into(), Arc::new(Layer::new(Status::New, [span], [], [])));
        }
        for (reviewer, owner, n) in [("ben", "ana", 1), ("cleo", "ben", 2)] {
            let span = SpanId(uuid::Uuid::from_u128(n));
            let decision = Decision {
                verdict: Some(Verdict::Accepted),
                ..Decision::empty(owner.into(), span, Stamp(0))
            };
            let decisions = BTreeMap::from([(span, Arc::new(decision))]);
            document.reviews.insert(reviewer.into(), Arc::new(Review { decisions }));
        }
        let person = |id: &str, role| Annotator { role, ..Annotator::new(id.into(), id, Colour::nth(0)) };
        let people = [("ana", Role::Annotator), ("ben", Role::Annotator), ("cleo", Role::Reviewer)];
        let people = people.map(|(id, role)| person(id, role)).to_vec();
        let documents = vec![document];
        Project::assemble(String::new(), people, vec![], vec![], Codebook::default(), documents)
            .with_blind(blind)
    }

    fn sees(project: &Project, who: &str, whose: &str) -> bool {
        project.may_see(&who.into(), &"d001".into(), &whose.into())
    }

    #[test]
    fn blind_mode_hides_others_until_done_except_from_reviewers() {
        let mut project = project(true);
        assert!(sees(&project, "ana", "ana") && !sees(&project, "ana", "ben"));
        assert!(sees(&project, "cleo", "ana") && sees(&project, "cleo", "ben"));
        assert!(!sees(&project, "nobody", "ana"), "a person who is not listed is an annotator");
        let layer = LayerId::new(&"d001".into(), &"ana".into());
        let done = project.apply(Edit::SetStatus { layer, to: Status::Done }).unwrap();
        assert!(sees(&project, "ana", "ben") && !sees(&project, "ben", "ana"));
        project.apply(done.inverse).unwrap();
        assert!(!sees(&project, "ana", "ben"));
        let open = project.apply(Edit::SetBlind { to: false }).unwrap();
        assert!(sees(&project, "ana", "ben") && !project.is_blind());
        project.apply(open.inverse).unwrap();
        assert!(project.is_blind() && !sees(&project, "ana", "ben"));
    }

    #[test]
    fn a_restricted_copy_contains_only_what_is_visible() {
        let project = project(true);
        let owners = |project: &Project| {
            let document = &project.documents()[0];
            let names = |ids: Vec<&AnnotatorId>| ids.iter().map(|id| id.to_string()).collect::<Vec<_>>();
            (names(document.layers.keys().collect()), names(document.reviews.keys().collect()))
        };
        let (seen, left_out) = project.restricted_to(&project.visibility_for(&"ana".into()));
        assert_eq!(owners(&seen), (vec!["ana".to_owned()], vec!["ben".to_owned()]));
        assert_eq!(left_out, 1);
        let (seen, left_out) = project.restricted_to(&project.visibility_for(&"cleo".into()));
        assert_eq!((owners(&seen), left_out), (owners(&project), 0));
        let only = Visibility { only: Some(vec!["ben".into()]), ..Visibility::default() };
        assert_eq!(owners(&project.restricted_to(&only).0).0, ["ben"]);
    }
}
