//! Relations between passages, and distances.

/// A relation between a passage and another one, as seen from the first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Relation {
    /// Both have a character in common.
    Overlaps,
    /// All its ranges are within those of the other.
    Inside,
    /// All ranges of the other are within its own.
    Contains,
    /// Both have the same ranges.
    Exact,
    /// It is before, after or across the other, at most this far away; without a distance in the same paragraph.
    Near(Option<Distance>),
    /// It ends before the other starts, at most this far away.
    Before(Option<Distance>),
    /// It starts after the other ends, at most this far away.
    After(Option<Distance>),
    /// A sentence contains parts of both.
    SameSentence,
    /// A paragraph contains parts of both.
    SameParagraph,
    /// Both are in one document.
    SameDocument,
    /// It answers the other, by a link.
    Answers,
    /// The other answers it, by a link.
    AnsweredBy,
    /// A link connects both, in either direction.
    Linked,
}

impl Relation {
    /// All relations, without distances, in the order of the help page.
    pub const ALL: [Self; 13] = [
        Self::Overlaps,
        Self::Inside,
        Self::Contains,
        Self::Exact,
        Self::Near(None),
        Self::Before(None),
        Self::After(None),
        Self::SameSentence,
        Self::SameParagraph,
        Self::SameDocument,
        Self::Answers,
        Self::AnsweredBy,
        Self::Linked,
    ];

    /// Its name in a filter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overlaps => "overlaps",
            Self::Inside => "inside",
            Self::Contains => "contains",
            Self::Exact => "exact",
            Self::Near(_) => "near",
            Self::Before(_) => "before",
            Self::After(_) => "after",
            Self::SameSentence => "same-sentence",
            Self::SameParagraph => "same-paragraph",
            Self::SameDocument => "same-document",
            Self::Answers => "answers",
            Self::AnsweredBy => "answered-by",
            Self::Linked => "linked",
        }
    }

    /// True if links decide, and the other passage may be in any visible layer.
    pub fn is_link(self) -> bool {
        match self {
            Self::Answers | Self::AnsweredBy | Self::Linked => true,
            Self::Overlaps
            | Self::Inside
            | Self::Contains
            | Self::Exact
            | Self::Near(_)
            | Self::Before(_)
            | Self::After(_)
            | Self::SameSentence
            | Self::SameParagraph
            | Self::SameDocument => false,
        }
    }

    /// The greatest distance, if it was given.
    pub fn distance(mut self) -> Option<Distance> {
        *self.distance_mut()?
    }

    /// The same relation within a distance; `None` for a relation to which distance means nothing.
    pub fn within(mut self, distance: Distance) -> Option<Self> {
        *self.distance_mut()? = Some(distance);
        Some(self)
    }

    /// The distance, for a relation that can have one.
    fn distance_mut(&mut self) -> Option<&mut Option<Distance>> {
        match self {
            Self::Near(distance) | Self::Before(distance) | Self::After(distance) => Some(distance),
            Self::Overlaps
            | Self::Inside
            | Self::Contains
            | Self::Exact
            | Self::SameSentence
            | Self::SameParagraph
            | Self::SameDocument
            | Self::Answers
            | Self::AnsweredBy
            | Self::Linked => None,
        }
    }
}

/// A number of units between two passages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Distance {
    /// The greatest number of units. 0 words are adjacent words; 0 sentences or paragraphs are the same one.
    pub count: u32,
    /// The unit.
    pub unit: Unit,
}

/// A unit of distance.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Unit {
    /// A Unicode scalar value.
    Character,
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// A paragraph that is not blank.
    Paragraph,
}

impl Unit {
    /// All units, the smallest first.
    pub const ALL: [Self; 4] = [Self::Character, Self::Word, Self::Sentence, Self::Paragraph];

    /// Its name in a filter, for one of them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Character => "character",
            Self::Word => "word",
            Self::Sentence => "sentence",
            Self::Paragraph => "paragraph",
        }
    }
}
