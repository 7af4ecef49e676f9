//! What the rows and columns of a table can be.

mod keys;
mod placer;

use smol_str::SmolStr;

use super::Kind;
use crate::bargain::{ActorId, Bin, BinWidth, CategoryIndex, DocumentIndex, IssueId, QuadClass};
use demarche_model::{AnnotatorId, AttributeId, Project, Verdict};

pub(super) use keys::Keys;
pub(super) use placer::Placer;

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
    /// A text, after its place in a list; those that are in none come last.
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
