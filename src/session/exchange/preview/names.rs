//! Names in labelled files that the project lacks, and what is done with them: they are added, stand for others, or are left
//! out with what uses them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use demarche_io::annotations::{NameChoice, NameChoices, NameKind, SpanOwner, UnknownName};
use demarche_io::import::{Files, unknown_names};

use super::Preview;
use crate::{JobKind, Session, WindowRequest};

/// What is done with the names of one list that the project lacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum UnknownNamesChoice {
    /// All are added to the list.
    #[default]
    Add,
    /// Map each to an entry of the list, at first the most similar one.
    Map,
    /// What uses them is left out.
    LeaveOut,
}

/// The names that the project lacks, with what is done with them.
#[derive(Default, Debug)]
pub struct UnknownNamesPreview {
    unknown: Vec<UnknownName>,
    choices: BTreeMap<NameKind, UnknownNamesChoice>,
    /// The entries of names for which the user has changed the proposal.
    targets: BTreeMap<(NameKind, String), NameChoice>,
}

impl UnknownNamesPreview {
    /// Returns whether the project has all names.
    pub fn is_empty(&self) -> bool {
        self.unknown.is_empty()
    }

    /// All names that the project lacks.
    pub fn all(&self) -> &[UnknownName] {
        &self.unknown
    }

    /// The names that one list lacks.
    pub fn of(&self, kind: NameKind) -> impl Iterator<Item = &UnknownName> {
        self.unknown.iter().filter(move |unknown| unknown.kind == kind)
    }

    /// What is done with the names of a list.
    pub fn choice(&self, kind: NameKind) -> UnknownNamesChoice {
        self.choices.get(&kind).copied().unwrap_or_default()
    }

    /// The entry of a name if the names of its list are mapped: at first the most similar entry; a name without one is
    /// added.
    pub fn target(&self, unknown: &UnknownName) -> NameChoice {
        let chosen = self.targets.get(&(unknown.kind, unknown.name.clone()));
        let proposed = || unknown.nearest.as_ref().map(|(id, _)| NameChoice::Map(id.clone()));
        chosen.cloned().or_else(proposed).unwrap_or_default()
    }

    /// What the import does with each name.
    pub(crate) fn name_choices(&self) -> NameChoices {
        let mut choices = NameChoices::default();
        for unknown in &self.unknown {
            let choice = match self.choice(unknown.kind) {
                UnknownNamesChoice::Add => NameChoice::Add,
                UnknownNamesChoice::Map => self.target(unknown),
                UnknownNamesChoice::LeaveOut => NameChoice::LeaveOut,
            };
            choices.set(unknown.kind, unknown.name.clone(), choice);
        }
        choices
    }

    fn choose(&mut self, kind: NameKind, choice: UnknownNamesChoice) {
        self.choices.insert(kind, choice);
    }

    fn choose_target(&mut self, kind: NameKind, name: String, to: NameChoice) {
        self.targets.insert((kind, name), to);
    }
}

impl Session {
    pub(crate) fn choose_names(&mut self, kind: NameKind, choice: UnknownNamesChoice) {
        if let Some(preview) = self.staging.preview_mut() {
            preview.names.choose(kind, choice);
        }
    }

    pub(crate) fn choose_name(&mut self, kind: NameKind, name: String, to: NameChoice) {
        if let Some(preview) = self.staging.preview_mut() {
            preview.names.choose_target(kind, name, to);
        }
    }

    /// Looks for names that the project lacks in the labelled files of a preview.
    pub(crate) fn find_unknown_names(&mut self, serial: u64, labelled: Vec<PathBuf>) {
        if let Some(preview) = self.staging.preview_of(serial) {
            preview.is_checking_names = true;
        }
        self.find_names(labelled, move |session, unknown| {
            if let Some(preview) = session.staging.preview_of(serial) {
                preview.names.unknown = unknown;
                preview.is_checking_names = false;
            }
        });
    }

    /// Imports labelled files; if they have names that the project lacks, after a preview of these.
    pub(crate) fn preview_labelled(&mut self, labelled: Vec<PathBuf>) {
        self.find_names(labelled.clone(), move |session, unknown| {
            if unknown.is_empty() {
                return session.import_files(Files { labelled, ..Files::default() });
            }
            let names = UnknownNamesPreview { unknown, ..UnknownNamesPreview::default() };
            session.staging.open_preview(Preview { labelled, names, ..Preview::default() });
            session.request(WindowRequest::Preview);
        });
    }

    /// Finds the names that the project lacks, on a worker. A file that can't be read has none; the import reports it.
    fn find_names(
        &mut self,
        labelled: Vec<PathBuf>,
        then: impl FnOnce(&mut Self, Vec<UnknownName>) + Send + 'static,
    ) {
        self.read_then(move |session| {
            let (project, me, now) = (session.project.clone(), session.me.clone(), session.env.now());
            let reader = session.env.reader().clone();
            session.jobs.start(JobKind::ReadFiles, move |worker| {
                let owner = SpanOwner::Unsigned(&me);
                let progress = worker.progress();
                let found =
                    worker.compute(|| unknown_names(&project, &labelled, owner, &reader, now, progress));
                Box::new(move |session: &mut Session| then(session, found.unwrap_or_default()))
            });
        });
    }
}
