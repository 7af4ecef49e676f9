//! What a merge changes, and what it leaves out.

use std::fmt::{Display, Formatter, Result};

use demarche_model::RelationKey;

use crate::merge_project::{CodebookEntry, EntryChange, LeftOut, PersonChange, ProjectChange, Proposal};

impl Display for EntryChange {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        })
    }
}

impl Display for CodebookEntry {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::Category(_) => "category",
            Self::Attribute(_) => "attribute",
            Self::LinkKind(_) => "kind of link",
            Self::Actor(_) => "actor",
            Self::Issue(_) => "issue",
            Self::Relation(RelationKey::Members(_)) => "members of",
            Self::Relation(RelationKey::Party(_)) => "party of",
            Self::Relation(RelationKey::Observer(_)) => "observer",
            Self::Relation(RelationKey::IssueAbove(_)) => "issue above",
        })
    }
}

impl Display for Proposal {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{} “{}” {}", self.entry, self.name, self.change)
    }
}

impl Display for ProjectChange {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Name { from, to } => write!(f, "project renamed from “{from}” to “{to}”"),
            Self::Blind(true) => f.write_str("blind mode turned on"),
            Self::Blind(false) => f.write_str("blind mode turned off"),
            Self::Person { name, change } => match change {
                PersonChange::Added(role) => write!(f, "{name} added as {}", role.name()),
                PersonChange::Removed => write!(f, "{name} removed"),
                PersonChange::Role(role) => write!(f, "role of {name} changed to {}", role.name()),
                PersonChange::Assignment => write!(f, "documents assigned to {name} changed"),
                PersonChange::Profile => write!(f, "name, initials or colour of {name} changed"),
            },
            Self::Document { title, change, .. } => write!(f, "document “{title}” {change}"),
            Self::Codebook { entry, name, change } => write!(f, "{entry} “{name}” {change}"),
        }
    }
}

impl Display for LeftOut {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Change(change) => {
                write!(f, "{change} (a packet can’t change this)")
            }
            Self::OtherLayer { name, title, spans } => {
                write!(f, "{} of {name} in “{title}”: the packet is someone else’s", passages(*spans))
            }
            Self::Decisions(count) => write!(f, "{}: a packet brings no reviews", plural(*count, "decision")),
            Self::NoDocument { title, spans } => {
                let passages = passages(*spans);
                write!(f, "{passages} in “{title}”: the project has no document with this text")
            }
            Self::NoCategory { category, title, spans } => {
                let passages = passages(*spans);
                write!(f, "{passages} in “{title}”: the category “{category}” is proposed but not accepted")
            }
            Self::Links { title, links } => {
                let links = plural(*links, "link");
                write!(f, "{links} in “{title}”: an end or the kind of link is not merged")
            }
        }
    }
}

fn passages(count: usize) -> String {
    plural(count, "passage")
}

fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
