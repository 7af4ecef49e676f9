//! The person whom a command acts for, and the people whose layers it writes.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::Failure;
use super::words::usage;
use crate::io::annotations::SpanOwner;
use crate::io::project::Folder;
use crate::io::settings::Local;
use crate::model::{AnnotatorId, Codebook, Edit, PersonKey, PersonMatch, Project};
use crate::session::login_name;

/// The environment variable that names the annotator.
const VARIABLE: &str = "DEMARCHE_ANNOTATOR";

/// Who a command acts for.
#[derive(clap::Args, Debug, Default)]
pub struct Identity {
    /// The annotator: an id or exact name of the project, or a new one. Without it, DEMARCHE_ANNOTATOR, then the person who
    /// last used the project on this machine
    #[arg(long)]
    annotator: Option<String>,
    /// Create the annotator even if the name is close to one of the project
    #[arg(long)]
    new_annotator: bool,
}

/// The person whom a command acts for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Actor {
    /// The author of the step in the history.
    pub id: AnnotatorId,
    /// Their name, if the project does not have them yet.
    pub new_name: Option<String>,
    /// How they were found.
    pub source: Source,
}

/// How the person was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Source {
    /// Named by `--annotator`: all spans are theirs.
    Option,
    /// Named by the environment, or remembered on this machine: spans without an annotator are theirs.
    Default,
    /// Only the login name is known. They write the history, but no layer.
    Login,
}

impl Identity {
    /// Finds the person: `--annotator`, then the environment, then the one remembered on this machine, then the login.
    ///
    /// # Errors
    /// The name is that of nobody and close to a known one, or that of several people.
    pub fn actor(
        &self,
        folder: &Folder,
        project: &Project,
        owners: &BTreeSet<AnnotatorId>,
    ) -> Result<Actor, Failure> {
        if let Some((name, source)) = self.name() {
            return self.named(&name, project, owners, source);
        }
        let remembered = Local::read(folder).annotator.map(AnnotatorId::new);
        if let Some(id) = remembered.filter(|id| project.annotator(id).is_some()) {
            return Ok(Actor { id, new_name: None, source: Source::Default });
        }
        Ok(Actor {
            id: project.free_person_id(&login_name().unwrap_or_else(|| "Me".to_owned())),
            new_name: None,
            source: Source::Login,
        })
    }

    /// The name of the person who creates a project, if any is known.
    ///
    /// # Errors
    /// It can't be a person's name.
    pub fn creator_name(&self) -> Result<Option<String>, Failure> {
        let Some((name, source)) = self.name() else { return Ok(login_name()) };
        let nobody = Project::new("", Codebook::default());
        let named = self.named(&name, &nobody, &BTreeSet::new(), source)?;
        Ok(Some(named.new_name.unwrap_or(name)))
    }

    /// The name in `--annotator`, or else in the environment.
    fn name(&self) -> Option<(String, Source)> {
        let variable = || std::env::var(VARIABLE).ok().filter(|name| !name.trim().is_empty());
        let option = self.annotator.clone().map(|name| (name, Source::Option));
        option.or_else(|| variable().map(|name| (name, Source::Default)))
    }

    /// As [`Self::actor`], for a project that is being created by its only person.
    ///
    /// # Errors
    /// As [`Self::actor`].
    pub fn creator(&self, folder: &Folder, project: &Project) -> Result<Actor, Failure> {
        let actor = self.actor(folder, project, &BTreeSet::new())?;
        Ok(match (actor.source, project.annotators().first()) {
            (Source::Login, Some(me)) => Actor { id: me.id.clone(), new_name: None, source: Source::Default },
            _ => actor,
        })
    }

    /// True if a new person may have a name close to a known one.
    pub fn allows_near(&self) -> bool {
        self.new_annotator
    }

    fn named(
        &self,
        name: &str,
        project: &Project,
        owners: &BTreeSet<AnnotatorId>,
        source: Source,
    ) -> Result<Actor, Failure> {
        let new = || {
            let owners: Vec<AnnotatorId> = owners.iter().cloned().collect();
            let id = project.free_person_id_besides(name, &owners);
            Actor { id, new_name: Some(name.trim().to_owned()), source }
        };
        match project.find_person(name, owners) {
            PersonMatch::Known(id) => Ok(Actor { id, new_name: None, source }),
            PersonMatch::New => Ok(new()),
            PersonMatch::Near(_) if self.new_annotator => Ok(new()),
            PersonMatch::Near(id) => Err(Failure::Usage(usage::near_annotator(name, &id))),
            PersonMatch::Ambiguous(ids) => Err(Failure::Usage(usage::ambiguous_annotator(name, &ids))),
            PersonMatch::Invalid => Err(Failure::Usage(usage::invalid_annotator(name))),
        }
    }
}

impl Actor {
    /// Who owns the spans of an import.
    pub fn owner(&self) -> SpanOwner<'_> {
        match self.source {
            Source::Option => SpanOwner::All(&self.id),
            Source::Default => SpanOwner::Unsigned(&self.id),
            Source::Login => SpanOwner::Named,
        }
    }

    /// The edit that adds the person, if the project does not have them yet.
    pub fn new_person(&self, project: &Project) -> Option<Edit> {
        let name = self.new_name.as_ref()?;
        Some(project.new_person(self.id.clone(), name, PersonKey(Uuid::now_v7())))
    }
}

/// Remembers on this machine that the creator of a project uses it.
pub(super) fn remember(folder: &Folder, project: &Project) {
    let annotator = project.annotators().first().map(|person| person.id.to_string());
    Local { annotator, ..Local::read(folder) }.write(folder);
}
