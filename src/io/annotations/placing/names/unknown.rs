//! Names in a file that the project lacks, and what to do about them.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use demarche_model::{Project, nearest};

/// A list of the project that a file names entries of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameKind {
    /// The categories.
    Category,
    /// The kinds of link.
    LinkKind,
    /// The attributes.
    Attribute,
    /// The actors.
    Actor,
    /// The issues.
    Issue,
}

impl NameKind {
    /// All lists, in the order of reports.
    pub const ALL: [Self; 5] = [Self::Category, Self::LinkKind, Self::Attribute, Self::Actor, Self::Issue];

    /// Returns whether the project has an entry with this id.
    pub(super) fn has(self, project: &Project, id: &str) -> bool {
        let codebook = project.codebook();
        match self {
            Self::Category => codebook.category(&id.into()).is_some(),
            Self::LinkKind => codebook.link_kind(&id.into()).is_some(),
            Self::Attribute => codebook.attribute(&id.into()).is_some(),
            Self::Actor => project.actors().iter().any(|actor| actor == id),
            Self::Issue => project.issues().iter().any(|issue| issue == id),
        }
    }

    /// Returns the entries that an unknown name can stand for, each with its id and its name. Retired categories are left
    /// out.
    pub fn entries(self, project: &Project) -> Vec<(String, String)> {
        let codebook = project.codebook();
        let pair = |id: &str, name: &str| (id.to_owned(), name.to_owned());
        match self {
            Self::Category => {
                let open = codebook.categories.iter().filter(|category| !category.retired);
                open.map(|category| pair(category.id.as_str(), &category.name)).collect()
            }
            Self::LinkKind => {
                codebook.link_kinds.iter().map(|kind| pair(kind.id.as_str(), &kind.name)).collect()
            }
            Self::Attribute => codebook.attributes.iter().map(|a| pair(a.id.as_str(), &a.name)).collect(),
            Self::Actor => project.actors().iter().map(|actor| pair(actor, actor)).collect(),
            Self::Issue => project.issues().iter().map(|issue| pair(issue, issue)).collect(),
        }
    }
}

/// A name in a file that the project lacks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownName {
    /// The list that lacks it.
    pub kind: NameKind,
    /// The name, which is the id that a new entry gets.
    pub name: String,
    /// The file and line of its first use.
    pub file: PathBuf,
    /// The line, from 1, if it is known.
    pub line: Option<usize>,
    /// The id of the record, if the line is not known.
    pub record: Option<String>,
    /// The number of passages or links that use it; 0 for a category above one that is used.
    pub uses: usize,
    /// The id and the name of the entry of the project that is most similar, if one is.
    pub nearest: Option<(String, String)>,
}

/// What an import does with a name that the project lacks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum NameChoice {
    /// It is added to the list.
    #[default]
    Add,
    /// Map it to the entry with this id.
    Map(String),
    /// What uses it is left out: the passages of a category, the links of a kind, the values of an attribute, an actor or an
    /// issue.
    LeaveOut,
}

/// What an import does with each name that the project lacks. Names without a choice are added.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NameChoices(BTreeMap<(NameKind, String), NameChoice>);

impl NameChoices {
    /// Chooses what to do with a name.
    pub fn set(&mut self, kind: NameKind, name: impl Into<String>, choice: NameChoice) {
        self.0.insert((kind, name.into()), choice);
    }

    /// Returns what to do with a name.
    pub fn of(&self, kind: NameKind, name: &str) -> NameChoice {
        if self.0.is_empty() {
            return NameChoice::Add;
        }
        self.0.get(&(kind, name.to_owned())).cloned().unwrap_or_default()
    }
}

/// The position of a record in the files of an import.
#[derive(Clone, Copy)]
pub(in super::super) struct At<'a> {
    /// Its line, if it is known.
    pub line: Option<usize>,
    /// Its own id, if it has one.
    pub record: Option<&'a str>,
}

/// The unknown names that were met so far, in the order of their first uses.
#[derive(Clone, Default, Debug)]
pub struct UnknownNames {
    all: Vec<UnknownName>,
    positions: HashMap<(NameKind, String), usize>,
}

impl UnknownNames {
    /// Returns whether a name was met.
    pub(super) fn has(&self, kind: NameKind, name: &str) -> bool {
        !self.all.is_empty() && self.positions.contains_key(&(kind, name.to_owned()))
    }

    /// Records a name that the project lacks, and `uses` of it.
    pub(super) fn meet(&mut self, kind: NameKind, name: &str, uses: usize, file: &Path, at: At<'_>) {
        let key = (kind, name.to_owned());
        if let Some(&position) = self.positions.get(&key) {
            self.all[position].uses += uses;
            return;
        }
        let record = at.record.filter(|_| at.line.is_none()).map(str::to_owned);
        let (file, name) = (file.to_owned(), name.to_owned());
        self.positions.insert(key, self.all.len());
        self.all.push(UnknownName { kind, name, file, line: at.line, record, uses, nearest: None });
    }

    /// Returns the names by kind, each with the most similar entry of the project.
    pub fn finish(self, project: &Project) -> Vec<UnknownName> {
        let mut all = self.all;
        all.sort_by_key(|unknown| unknown.kind);
        for kind in NameKind::ALL {
            let entries = kind.entries(project);
            for unknown in all.iter_mut().filter(|unknown| unknown.kind == kind) {
                let names = entries.iter().flat_map(|(id, name)| [id.as_str(), name.as_str()]);
                let found = nearest(&unknown.name, names);
                let is_found =
                    |(id, name): &&(String, String)| found.is_some_and(|found| found == id || found == name);
                unknown.nearest = entries.iter().find(is_found).cloned();
            }
        }
        all
    }
}
