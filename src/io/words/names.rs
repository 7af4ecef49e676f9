//! Names in labelled files that the project lacks.

use super::counted;
use crate::annotations::{NameKind, UnknownName};
use crate::{Problem, ProblemKind};
use demarche_analysis::context::shorten;

/// Greatest length of a name in a message, in characters.
const SHOWN: usize = 60;

impl NameKind {
    /// Returns the name of an entry of the list.
    fn noun(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::LinkKind => "kind of link",
            Self::Attribute => "attribute",
            Self::Actor => "actor",
            Self::Issue => "issue",
        }
    }

    /// Returns what uses an entry, counted.
    fn users(self, count: usize) -> String {
        match self {
            Self::LinkKind => counted(count, "link", "links"),
            Self::Category | Self::Attribute | Self::Actor | Self::Issue => {
                counted(count, "passage", "passages")
            }
        }
    }
}

impl UnknownName {
    /// Returns it as a problem of its file, with the most similar name of the project.
    pub fn problem(&self) -> Problem {
        let kind = match self.kind {
            NameKind::Category => ProblemKind::UnknownCategory,
            NameKind::LinkKind => ProblemKind::UnknownLinkKind,
            NameKind::Attribute => ProblemKind::UnknownAttribute,
            NameKind::Actor | NameKind::Issue => ProblemKind::AttributeValue,
        };
        let message = unknown(self);
        Problem { file: self.file.clone(), line: self.line, kind, message }
    }
}

/// A name that the project lacks, and the one that was probably meant.
fn unknown(unknown: &UnknownName) -> String {
    let UnknownName { kind, name, uses, .. } = unknown;
    let used = match uses {
        0 => "which is above another".to_owned(),
        1 => format!("which {} uses", kind.users(1)),
        many => format!("which {} use", kind.users(*many)),
    };
    let meant = match &unknown.nearest {
        Some((id, _)) => format!("; did you mean `{}`?", shorten(id, SHOWN)),
        None => String::new(),
    };
    let record = unknown.record.as_deref().map(|id| format!(" (in the record `{}`)", shorten(id, SHOWN)));
    let name = shorten(name, SHOWN);
    format!("the project has no {} `{name}`, {used}{meant}{}", kind.noun(), record.unwrap_or_default())
}
