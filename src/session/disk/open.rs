//! Opening and creating projects, and changing the user.

use std::path::{Path, PathBuf};

use demarche_analysis::search::Query;
use demarche_analysis::summary::ProjectSummary;
use demarche_io::project::{self, Folder, Preset};
use demarche_io::sample;
use demarche_io::settings::{Local, Settings, packets_folder, sample_folder};
use demarche_model::{Annotator, AnnotatorId, Codebook, Colour, Edit, PersonKey, Project, slug};

use super::files::Files;
use crate::words::{steps, team as words};
use crate::{Access, Env, Find, Jobs, PassageTable, Session, SessionError, Shown, UndoStack};

impl Session {
    /// Opens a project folder or packet. It is read-only if the folder can't be written, or if the user is at work in
    /// another Demarche.
    ///
    /// # Errors
    /// If there is no project, or its `project.ron` can't be read.
    pub fn open(path: &Path, env: Env) -> Result<Self, SessionError> {
        // A packet has to be unpacked first.
        let unpacked =
            project::is_packet(path).then(|| project::unpack(path, &packets_folder())).transpose()?;
        let folder = Folder::named_by(unpacked.as_deref().unwrap_or(path));
        let mut opened = project::open(&folder)?;
        opened.problems.extend(project::newer_history(&folder));
        let me = local_annotator(&folder, &opened.project);
        let access = Access::take(&folder, &me, &env);
        let files = Files::new(folder, opened.listing, opened.problems);
        Ok(Self::opened(opened.project, files, me, access, env))
    }

    /// A session with a project that was opened.
    pub(crate) fn opened(project: Project, files: Files, me: AnnotatorId, access: Access, env: Env) -> Self {
        let mut session = Self::with(project, files, me, access, env);
        session.start();
        tracing::info!(
            documents = session.project.documents().len(),
            problems = session.files.problems().len(),
            read_only = session.read_only().is_some(),
            "project opened"
        );
        session
    }

    /// Creates a project in a new folder and opens it.
    ///
    /// # Errors
    /// If the folder already contains a project, or can't be written.
    pub fn create(path: &Path, name: &str, preset: &Preset, env: Env) -> Result<Self, SessionError> {
        let folder = Folder::new(path);
        project::create(&folder, &new_project(name, preset.codebook.clone(), env.new_person_key()))?;
        project::write_git_attributes(&folder)?;
        Self::open(path, env)
    }

    fn with(project: Project, files: Files, me: AnnotatorId, access: Access, env: Env) -> Self {
        Self {
            project,
            files,
            me,
            access,
            view: Default::default(),
            tagging: Default::default(),
            comparing: Default::default(),
            undo_stack: UndoStack::default(),
            saving: Default::default(),
            live: Default::default(),
            merging: None,
            jobs: Jobs::new(env.clone()),
            env,
            reading: Default::default(),
            stats: ProjectSummary::new(&Project::default(), None),
            passages: PassageTable::default(),
            review: Default::default(),
            links: Default::default(),
            linking: Default::default(),
            agreement: crate::AgreementState::default(),
            find: Find::default(),
            outbox: Default::default(),
            audit_log: Default::default(),
            staging: Default::default(),
        }
    }

    /// Opens the document that was open last, and starts to read the layers.
    fn start(&mut self) {
        let now = self.env.now();
        if self.read_only().is_none() {
            self.saving.person_joined(&self.me, now);
        }
        self.watch();
        let local = Local::read(self.files.folder());
        let last = local.document.and_then(|id| self.project.document(&id.as_str().into()));
        let first = last.or_else(|| self.project.documents().first()).map(|d| d.id().clone());
        let is_unknown = self.project.annotator(&self.me).is_none() && !self.project.annotators().is_empty();
        self.restart_review();
        self.show(if is_unknown { Shown::Everyone } else { Shown::Mine });
        if let Some(id) = first {
            self.open_document(&id);
        }
        self.read_layers();
    }

    /// Remembers the user and the open document, on this machine only.
    pub fn save_local_state(&self) {
        if self.read_only().is_none() {
            let document = self.view.document().map(|id| id.to_string());
            let mut local = Local::read(self.files.folder());
            local.annotator = Some(self.me.to_string());
            local.document = document;
            let seen = self.seen_to_remember();
            if seen.is_empty() {
                local.seen.remove(self.me.as_str());
            } else {
                local.seen.insert(self.me.to_string(), seen);
            }
            local.write(self.files.folder());
        }
    }

    pub(crate) fn set_name(&mut self, name: String) {
        let name = name.trim();
        if !name.is_empty() && name != self.project.name() {
            self.edit(steps::rename_project(), Edit::SetName { to: name.to_owned() });
        }
    }

    /// Changes the user; a new name is added to the project's annotators.
    pub fn work_as(&mut self, name: &str) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        if let (Access::Damaged, Some(why)) = (&self.access, self.read_only()) {
            return self.notify_error(why);
        }
        if AnnotatorId::new(slug(name, "me")).is_consensus() {
            return self.notify(words::consensus_is_reserved());
        }
        let known = self.project.annotators().iter().find(|a| a.name == name || a.id.as_str() == name);
        let id = known.map(|a| a.id.clone());
        let at = self.project.annotators().len();
        let fresh = id.is_none().then(|| annotator_named(name, at, self.env.new_person_key()));
        let Some(id) = id.or_else(|| fresh.as_ref().map(|fresh| fresh.id.clone())) else { return };
        if !self.take_lock_of(&id) {
            return;
        }
        if let Some(fresh) = fresh
            && !self.edit(steps::add_person(name), Edit::SetAnnotator { id, to: Some((at, fresh)) })
        {
            return;
        }
        let now = self.env.now();
        self.saving.person_joined(&self.me, now);
        self.restart_review();
        self.show(self.view.shown().clone());
        self.save_local_state();
        self.notify(words::working_as(name));
    }

    /// Takes the lock of another person, and releases the previous one. Returns whether it worked.
    fn take_lock_of(&mut self, id: &AnnotatorId) -> bool {
        if *id == self.me && matches!(self.access, Access::Write(_)) {
            return true;
        }
        match Access::take(self.files.folder(), id, &self.env) {
            Access::HeldBy(holder) if matches!(self.access, Access::Write(_)) => {
                self.notify_error(words::name_in_use(&self.annotator_name(id), &holder.host));
                return false;
            }
            access => self.access = access,
        }
        self.saving.person_left(&self.me);
        self.me = id.clone();
        true
    }

    /// The selected words as a search query.
    pub fn selected_words(&self) -> Option<Query> {
        let text = self.document()?.text.clone()?;
        let selected = match self.current_span() {
            Some(span) if self.text_selection().is_empty() => span.quote(&text),
            _ => text.slice(self.text_selection().range()).to_owned(),
        };
        let pattern = selected.split_whitespace().collect::<Vec<_>>().join(" ");
        (!pattern.is_empty() && pattern.len() <= 400)
            .then(|| Query { whole_words: true, ..Query::words(pattern) })
    }
}

/// An empty project with the user as its annotator, under this key.
pub fn new_project(name: &str, codebook: Codebook, key: PersonKey) -> Project {
    let annotator = annotator_named(&user_name(), 0, key);
    Project::assemble(name.to_owned(), vec![annotator], Vec::new(), Vec::new(), codebook, Vec::new())
}

/// The name of the system's user.
pub fn user_name() -> String {
    let names = ["USER", "USERNAME", "LOGNAME"].iter().filter_map(|name| std::env::var(name).ok());
    let name = names.map(|name| name.trim().to_owned()).find(|name| !name.is_empty());
    name.map_or_else(|| "Me".to_owned(), |name| display_name(&name))
}

fn display_name(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn annotator_named(name: &str, position: usize, key: PersonKey) -> Annotator {
    Annotator::new(AnnotatorId::new(slug(name, "me")), name, Colour::nth(position)).with_key(key)
}

/// The user of a project on this machine: the annotator chosen before, or the one with the name of the system's user.
pub(crate) fn local_annotator(folder: &Folder, project: &Project) -> AnnotatorId {
    let chosen = Local::read(folder).annotator.map(AnnotatorId::new);
    let user = AnnotatorId::new(slug(&user_name(), "me"));
    chosen.filter(|id| project.annotator(id).is_some()).unwrap_or(user)
}

impl Session {
    /// Opens a working copy of the sample project in a folder, and creates it if there is none.
    ///
    /// # Errors
    /// If it can't be written or read.
    pub fn open_sample(folder: &Path, env: Env) -> Result<Self, SessionError> {
        create_sample(folder)?;
        Self::open(folder, env)
    }
}

/// The project to open first: the named one, or the last one that still exists, or a working copy of the sample.
///
/// # Errors
/// If the working copy can't be written.
pub fn first_project(named: Option<PathBuf>, settings: &Settings) -> Result<PathBuf, SessionError> {
    let last = || settings.recent.iter().find(|path| project::is_project(path)).cloned();
    match named.or_else(last) {
        Some(path) => Ok(path),
        None => {
            let folder = sample_folder();
            create_sample(&folder)?;
            Ok(folder)
        }
    }
}

fn create_sample(folder: &Path) -> Result<(), SessionError> {
    if !project::is_project(folder) {
        sample::write(folder)?;
        let local = Local { annotator: Some(sample::SAMPLE_ANNOTATOR.to_owned()), ..Local::default() };
        local.write(&Folder::new(folder));
    }
    Ok(())
}
