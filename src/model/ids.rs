//! Identifiers. String ids are chosen by people and used in file names; ids of spans and links are UUIDs.

use std::fmt;

use smol_str::SmolStr;
use uuid::Uuid;

macro_rules! string_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(SmolStr);

        impl $name {
            /// Wraps an id as written in a file.
            pub fn new(name: impl AsRef<str>) -> Self {
                Self(SmolStr::new(name))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0.as_str())
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self::new(name)
            }
        }
    )+};
}

string_id! {
    /// A document of the project, such as `d7k3qm` or, if it is older, `d001`; also the stem of its files.
    DocumentId,
    /// A category of the codebook, such as `threat`.
    CategoryId,
    /// A person (or `consensus`) who owns layers, such as `ana`; also the name of a folder.
    AnnotatorId,
    /// An attribute of the codebook, such as `actor`.
    AttributeId,
    /// A kind of link of the codebook, such as `responds-to`.
    LinkKindId,
    /// A set of documents, such as `round-one`.
    DocumentSetId,
}

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

uuid_id! {
    /// A span: UUID v7, never reused.
    SpanId,
    /// A link between two spans: UUID v7, never reused.
    LinkId,
    /// A person, whatever their id: UUID v7, given once. Two people whose ids happen to be the same have different keys.
    PersonKey,
    /// A saved view: UUID v7, never reused.
    ViewId,
    /// An event of a calendar: UUID v7, never reused.
    EventId,
    /// A phase of a calendar: UUID v7, never reused.
    PhaseId,
}

/// The id of the consensus, whose layers adjudication writes.
const CONSENSUS: &str = "consensus";

/// The separator between [`CONSENSUS`] and an adjudicator: no id of a person contains it.
const OF: char = '/';

impl AnnotatorId {
    /// The consensus as a whole: not a person. Owns what no adjudicator has a file of their own for, since it was imported
    /// or comes from an older project.
    pub fn consensus() -> Self {
        Self::new(CONSENSUS)
    }

    /// The part of the consensus that one adjudicator decided. No one else writes it.
    ///
    /// ```
    /// use demarche_model::AnnotatorId;
    ///
    /// let lena = AnnotatorId::new("lena");
    /// let decided = AnnotatorId::consensus_of(&lena);
    /// assert!(decided.is_consensus());
    /// assert_eq!((decided.adjudicator(), decided.whole()), (Some(lena), AnnotatorId::consensus()));
    /// ```
    pub fn consensus_of(adjudicator: &Self) -> Self {
        Self::new(format!("{CONSENSUS}{OF}{adjudicator}"))
    }

    /// The adjudicator who decided this part of the consensus; `None` for a person, and for the consensus as a whole.
    pub fn adjudicator(&self) -> Option<Self> {
        self.as_str().strip_prefix(CONSENSUS)?.strip_prefix(OF).map(Self::new)
    }

    /// The person whose Demarche writes the layers of this owner. The consensus as a whole has no such person.
    pub fn writer(&self) -> Self {
        self.adjudicator().unwrap_or_else(|| self.clone())
    }

    /// The owner as it is chosen and counted: every part of the consensus is the consensus.
    pub fn whole(&self) -> Self {
        if self.is_consensus() { Self::consensus() } else { self.clone() }
    }

    /// No one: the user of a project before they have said who they are. Can't be the id of a person, whose ids name files.
    pub fn nobody() -> Self {
        Self::new("")
    }

    /// True for the consensus, whole or in part, which is not a person.
    pub fn is_consensus(&self) -> bool {
        self.as_str() == CONSENSUS || self.adjudicator().is_some()
    }
}

/// The number of ids that [`DocumentId::from_bits`] makes: six digits of base 36.
const DOCUMENT_IDS: u64 = 36_u64.pow(6);

impl DocumentId {
    /// The id of these random bits: `d` and six lower-case letters or digits, such as `d7k3qm`.
    pub fn from_bits(bits: u64) -> Self {
        let mut rest = bits % DOCUMENT_IDS;
        let mut id = [b'd'; 7];
        for place in id.iter_mut().skip(1).rev() {
            let digit = u8::try_from(rest % 36).unwrap_or_default();
            *place = if digit < 10 { b'0' + digit } else { b'a' + digit - 10 };
            rest /= 36;
        }
        Self::new(String::from_utf8_lossy(&id))
    }
}

/// One annotator's spans in one document: the unit of ownership, and one file on disk.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LayerId {
    /// The annotated document.
    pub document: DocumentId,
    /// The owner of the layer, and the only one who writes it.
    pub annotator: AnnotatorId,
}

impl LayerId {
    /// The layer of `annotator` in `document`.
    pub fn new(document: &DocumentId, annotator: &AnnotatorId) -> Self {
        Self { document: document.clone(), annotator: annotator.clone() }
    }
}

/// A reference to a span anywhere in the project.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SpanRef {
    /// The layer that contains it.
    pub layer: LayerId,
    /// The span within the layer.
    pub span: SpanId,
}

/// A moment: seconds since 1970-01-01 00:00 UTC. The model has no clock; callers pass stamps in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Stamp(pub i64);
