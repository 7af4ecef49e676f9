//! A passage as the analysis sees it.

use std::cmp::Reverse;

use super::{ActorSetId, DayRange, IssueSetId};
use demarche_model::{MoveRole, Ranges, SpanId};

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
        pub struct $name(pub(super) u32);

        impl $name {
            /// The index as a number, for columns of one's own.
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

index! {
    /// A passage of [`Moves`](super::Moves). It keeps its index as long as it exists.
    PassageIndex,
    /// The position of a document in the project's list.
    DocumentIndex,
    /// A category of [`Moves`](super::Moves).
    CategoryIndex,
    /// An owner of layers of [`Moves`](super::Moves).
    OwnerIndex,
}

/// A passage of the chosen layers. It need not be a move; see [`Counted`](super::Counted).
#[derive(Clone, PartialEq, Debug)]
pub struct Passage {
    /// The span.
    pub span: SpanId,
    /// Its document.
    pub document: DocumentIndex,
    /// The owner of its layer.
    pub owner: OwnerIndex,
    /// Its position in the text, in bytes. Meaningless if it [has no place](Self::has_no_place).
    pub ranges: Ranges,
    /// Its category, by the id that is current.
    pub category: CategoryIndex,
    /// The role of its category.
    pub role: Option<MoveRole>,
    /// Who makes the move; a person counts as their party. Without an actor, the party of the speaker.
    pub actors: ActorSetId,
    /// The same, with persons by their own name.
    pub persons: ActorSetId,
    /// To whom it is addressed; a person counts as their party.
    pub targets: ActorSetId,
    /// The same, with persons by their own name.
    pub target_persons: ActorSetId,
    /// What it is about.
    pub issues: IssueSetId,
    /// The date that the passage itself carries.
    pub when: Option<DayRange>,
    /// The date by which it is put in order: its own, or that of its document.
    pub order_date: Option<DayRange>,
    /// True if the text says that the move was not made.
    pub is_denied: bool,
    /// True if the move is only imagined.
    pub is_hypothetical: bool,
    /// True if it depends on something.
    pub is_conditional: bool,
    /// True if the text reports an earlier move without saying when it was made, so that its date is unknown.
    pub is_reported: bool,
    /// True for a demand inside an offer or threat of the same actor.
    pub is_condition: bool,
    /// True for a demand whose actors are all observers.
    pub is_recommendation: bool,
    /// True if it refers to a version of the text in which its place is lost.
    pub has_no_place: bool,
}

/// The key by which passages are put in order.
pub(super) type OrderKey = (bool, Option<DayRange>, DocumentIndex, usize, Reverse<usize>, SpanId);

impl Passage {
    /// The date of the move, if it is known.
    pub fn date(&self) -> Option<DayRange> {
        if self.is_reported { None } else { self.order_date }
    }

    /// The key by which passages are put in order: the first and last day that the date can mean, the place of the document
    /// in the list, the place in the text, the longest first, and the id. Undated documents come after all dated ones, and a
    /// reported move has the place of its document.
    pub(super) fn order(&self) -> OrderKey {
        let (start, end) = self.place();
        (self.order_date.is_none(), self.order_date, self.document, start, Reverse(end), self.span)
    }

    /// The key of its place in the text. Passages without a place come last.
    pub(super) fn text_order(&self) -> (usize, Reverse<usize>, SpanId) {
        let (start, end) = self.place();
        (start, Reverse(end), self.span)
    }

    fn place(&self) -> (usize, usize) {
        if self.has_no_place { (usize::MAX, usize::MAX) } else { (self.ranges.start(), self.ranges.end()) }
    }

    /// True if it is uncertain which of two moves was made first: they are of different documents and may have been made on
    /// the same day, or a move is undated or reported.
    pub fn is_order_uncertain(&self, other: &Self) -> bool {
        match (self.date(), other.date()) {
            (Some(one), Some(two)) => self.document != other.document && one.may_overlap(two),
            (None, _) | (_, None) => true,
        }
    }

    /// True if both contain a common character.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.document == other.document
            && !self.has_no_place
            && !other.has_no_place
            && self.ranges.iter().any(|range| other.ranges.overlaps(range))
    }

    /// True if every range is inside a range of `other`. Equal ranges are.
    pub fn is_inside(&self, other: &Self) -> bool {
        let have_places = !self.has_no_place && !other.has_no_place;
        self.document == other.document && have_places && are_inside(&self.ranges, &other.ranges)
    }
}

/// True if every range is inside one of `outer`. Equal ranges are.
pub(super) fn are_inside(ranges: &Ranges, outer: &Ranges) -> bool {
    ranges.iter().all(|range| outer.iter().any(|outer| outer.start <= range.start && range.end <= outer.end))
}
