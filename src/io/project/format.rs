//! The formats of the files in a project. Each kind of file counts its own: a new field raises the format of that kind by
//! one. A file is written in the lowest format that holds its content, so that an older Demarche reads it as long as it can.

use std::fmt;

/// A kind of file in a project.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum FileKind {
    Project,
    Layer,
    Review,
    Anchors,
    History,
    UndoLog,
    /// A codebook on its own.
    Codebook,
    /// The owner of a packet.
    Packet,
    /// A saved view.
    View,
    Calendar,
    /// Dismissed pairs.
    Dismissed,
    Memos,
    /// What a round says about itself.
    Round,
}

/// The format of a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Format(pub u32);

impl Format {
    /// The first format of every kind of file.
    pub const FIRST: Self = Self(1);
    /// The format of a `project.ron` with keys of people and checksums of texts.
    pub const WITH_KEYS_AND_CHECKSUMS: Self = Self(2);
    /// The format of a `project.ron` with relations between actors and issues, with the unit or meaning of an attribute, with
    /// attributes of several actors, or with kinds of link that answer.
    pub const WITH_RELATIONS_AND_MEANINGS: Self = Self(3);
    /// The format of a `project.ron` with sets of documents.
    pub const WITH_DOCUMENT_SETS: Self = Self(4);
    /// The format of a `project.ron` with a person to whom no document is assigned, or with batches that are not open yet.
    pub const WITH_BATCHES: Self = Self(5);
    /// The format of an undo log with the same as the fifth of `project.ron`.
    pub const WITH_BATCHES_IN_STEPS: Self = Self(4);
    /// The format of an undo log with steps that change sets of documents or the order of documents.
    pub const WITH_SETS_AND_MOVES: Self = Self(3);
    /// The format of an undo log with steps that add passages of the consensus that rest on the reading of one person.
    pub const WITH_SINGLE_CODING_STEPS: Self = Self(4);
    /// The format of a codebook or an undo log with the same as the third of `project.ron`.
    pub const WITH_MEANINGS: Self = Self(2);
    /// The format of a layer or review with the key of the person who writes it, or with abridged quotes.
    pub const WITH_KEYS_AND_LONG_QUOTES: Self = Self(2);
    /// The format of an undo log with a step that returns a document.
    pub const WITH_RETURNS: Self = Self(4);
    /// The format of a review with returns of its document.
    pub const REVIEW_WITH_RETURNS: Self = Self(3);
    /// The format of a layer of the consensus with passages that rest on the reading of one person alone.
    pub const WITH_SINGLE_CODING: Self = Self(3);
    /// The format of a layer whose owner, who worked blind, has seen the work of others.
    pub const WITH_UNBLINDING: Self = Self(4);
    /// The format of a review with decisions that say what they decided on.
    pub const WITH_DECIDED_ON: Self = Self(4);
    /// The format of an undo log with steps that hold what the fourth of layers or of reviews does.
    pub const WITH_MARKS_IN_STEPS: Self = Self(5);
    /// The format of analysis notes with the key of the person who writes them.
    pub const WITH_KEY: Self = Self(2);
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FileKind {
    /// Returns the newest format that can be read.
    pub const fn newest(self) -> Format {
        match self {
            Self::Project => Format::WITH_BATCHES,
            Self::UndoLog => Format::WITH_MARKS_IN_STEPS,
            Self::Codebook => Format::WITH_MEANINGS,
            Self::Layer => Format::WITH_UNBLINDING,
            Self::Review => Format::WITH_DECIDED_ON,
            Self::View | Self::Calendar | Self::Dismissed | Self::Memos => Format::WITH_KEY,
            Self::Anchors | Self::History | Self::Packet | Self::Round => Format::FIRST,
        }
    }

    /// Returns whether a format can be read.
    pub fn can_read(self, format: Format) -> bool {
        (Format::FIRST..=self.newest()).contains(&format)
    }

    /// Returns whether a file in a newer format is read without the fields that are unknown. Only `project.ron` is, since
    /// nothing else in a project can be opened without it; it is not written then.
    pub const fn is_read_if_newer(self) -> bool {
        matches!(self, Self::Project)
    }
}
