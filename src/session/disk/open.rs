//! Opening and creating projects.

use std::path::{Path, PathBuf};

use demarche_analysis::search::Query;
use demarche_analysis::summary::ProjectSummary;
use demarche_io::place::Place;
use demarche_io::project::{self, Folder, Opened, Preset, Recovered, Watch};
use demarche_io::sample;
use demarche_io::settings::{Local, Settings, packets_folder};
use demarche_model::{Annotator, AnnotatorId, Codebook, Colour, Edit, PersonKey, Project, Stamp};

use super::files::Files;
use crate::analysis_notes::memos::ResolvedMemos;
use crate::team::coders::Coders;
use crate::team::identity::{remember, remembered};
use crate::words::steps;
use crate::{Access, Env, Find, Jobs, PassageTable, Session, SessionError, Shown, UndoStack, WindowRequest};

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
        Self::open_folder(Folder::named_by(unpacked.as_deref().unwrap_or(path)), env)
    }

    /// Opens a project on any disk, as [`Session::open`] does.
    ///
    /// # Errors
    /// As for [`Session::open`].
    #[doc(hidden)]
    pub fn open_folder(folder: Folder, env: Env) -> Result<Self, SessionError> {
        let watch = watch(&folder, &env);
        let mut opened = project::open(&folder)?;
        let mut recovered = Recovered::default();
        let (me, access) = match remembered(&folder, &opened.project) {
            Some(me) if folder.round_id().is_some() => (me, Access::of_round(&folder)),
            Some(me) => {
                let (access, found) = Access::take(&folder, &me, &env);
                recovered = found;
                (me, access)
            }
            None => (AnnotatorId::nobody(), Access::Unidentified),
        };
        let has_finished = matches!(&access, Access::Write(lock) if lock.has_finished_others());
        if has_finished || !recovered.files.is_empty() {
            opened = project::open(&folder)?;
        }
        opened.problems.extend(project::newer_history(&folder));
        let mut session = Self::opened(folder, opened, me, access, env, watch);
        session.recall_undo_stack();
        session.report_recovered(recovered);
        Ok(session)
    }

    /// Creates the session of a project that was read while its folder was watched.
    pub(crate) fn opened(
        folder: Folder,
        opened: Opened,
        me: AnnotatorId,
        access: Access,
        env: Env,
        watch: Watch,
    ) -> Self {
        let files = Files::new(folder, opened.listing, opened.problems);
        let mut session = Self::with(opened.project, files, me, access, env);
        opened.hashes.into_iter().for_each(|(key, hash)| session.live.saw(key, Some(hash)));
        session.start(watch);
        tracing::info!(
            documents = session.project.documents().len(),
            problems = session.files.problems().len(),
            read_only = session.read_only().is_some(),
            "project opened"
        );
        session
    }

    /// Creates a project of this person in a new folder, and opens it.
    ///
    /// # Errors
    /// If the folder already contains a project, or can't be written.
    pub fn create(
        path: &Path,
        name: &str,
        preset: &Preset,
        creator: &str,
        env: Env,
    ) -> Result<Self, SessionError> {
        let folder = Folder::new(path);
        let creator = Some(creator.trim()).filter(|name| !name.is_empty());
        let project = new_project(name, preset.codebook.clone(), creator, env.new_person_key());
        project::create(&folder, &project)?;
        project::write_git_attributes(&folder)?;
        if let Some(creator) = project.annotators().first() {
            remember(&folder, &creator.id);
        }
        Self::open(path, env)
    }

    fn with(project: Project, files: Files, me: AnnotatorId, access: Access, env: Env) -> Self {
        Self {
            coders: Coders::new(&project, files.listing()),
            memos: ResolvedMemos::new(&project),
            project,
            files,
            me,
            access,
            view: Default::default(),
            tagging: Default::default(),
            comparing: Default::default(),
            undo_stack: UndoStack::default(),
            undo_logging: Default::default(),
            saving: Default::default(),
            journaling: Default::default(),
            clock: Default::default(),
            live: Default::default(),
            merging: None,
            jobs: Jobs::new(env.clone()),
            env,
            earlier: Default::default(),
            reading: Default::default(),
            places: Default::default(),
            marks: Default::default(),
            original_pages: Default::default(),
            is_sample: false,
            stats: ProjectSummary::new(&Project::default(), None),
            document_list: Default::default(),
            passages: PassageTable::default(),
            review: Default::default(),
            links: Default::default(),
            linking: Default::default(),
            agreement: crate::AgreementState::default(),
            rounds: Default::default(),
            unblinding: Default::default(),
            returns: Default::default(),
            board: crate::BoardState::default(),
            analyse: crate::AnalyseState::default(),
            filtering: Default::default(),
            find: Find::default(),
            outbox: Default::default(),
            audit_log: Default::default(),
            staging: Default::default(),
        }
    }

    /// Opens the document that was open last, and starts to read the layers.
    fn start(&mut self, watch: Watch) {
        let now = self.env.monotonic();
        if self.may_write() {
            self.saving.person_joined(&self.me, now);
        }
        self.live.start(self.project.clone(), watch);
        let local = Local::read(self.files.folder());
        self.analyse.set_looked_before(local.analysed.get(self.me.as_str()).map(|at| Stamp(*at)));
        self.is_sample = local.sample;
        let last = local.document.and_then(|id| self.project.document(&id.as_str().into()));
        let first = last.or_else(|| self.project.documents().first()).map(|d| d.id().clone());
        self.restart_review();
        if self.is_identified() {
            // Someone who looks after the work of others has none of their own to count.
            self.show(if self.oversees() { Shown::Everyone } else { Shown::Mine });
        } else {
            self.show(Shown::Everyone);
            if !matches!(self.access, Access::Damaged) {
                self.request(WindowRequest::Identity);
            }
        }
        self.return_to_place(Place::read(self.files.folder()));
        self.read_bookmarks();
        if let Some(id) = first {
            self.open_document(&id);
            self.return_beside();
        }
        self.read_layers();
    }

    /// Remembers the user, the open document and the place in it, on this machine only.
    pub fn save_local_state(&self) {
        if self.may_write() {
            self.write_local_state(self.files.folder());
        }
    }

    /// Remembers the user and their place for the project in a folder, which may be a copy of this one.
    pub(crate) fn write_local_state(&self, folder: &Folder) {
        let mut local = Local::read(self.files.folder());
        if self.is_identified() {
            local.annotator = Some(self.me.to_string());
        }
        local.document = self.view.document().map(|id| id.to_string());
        let seen = self.seen_to_remember();
        if seen.is_empty() {
            local.seen.remove(self.me.as_str());
        } else {
            local.seen.insert(self.me.to_string(), seen);
        }
        if let Some(looked) = self.analyse.looked_now() {
            local.analysed.insert(self.me.to_string(), looked.0);
        }
        local.write(folder);
        self.write_place(folder);
        self.write_bookmarks(folder);
    }

    pub(crate) fn set_name(&mut self, name: String) {
        let name = name.trim();
        if !name.is_empty() && name != self.project.name() {
            self.edit(steps::rename_project(), Edit::SetName { to: name.to_owned() });
        }
    }

    /// The selected words as a search query.
    pub fn selected_words(&self) -> Option<Query> {
        let text = self.document()?.text.clone()?;
        let selected = match self.current_span() {
            Some(span) if self.focused_pane().selection().is_empty() => span.quote(&text),
            _ => self.shown_words()?,
        };
        let pattern = selected.split_whitespace().collect::<Vec<_>>().join(" ");
        (!pattern.is_empty() && pattern.len() <= 400)
            .then(|| Query { whole_words: true, ..Query::words(pattern) })
    }
}

/// Starts to follow a project, before it is read.
pub(crate) fn watch(folder: &Folder, env: &Env) -> Watch {
    let env = env.clone();
    Watch::start(folder, move || env.wake())
}

/// An empty project with its creator as its annotator, under this key. A creator without a name gets an id of their own, so
/// that two of them never share one.
pub fn new_project(name: &str, codebook: Codebook, creator: Option<&str>, key: PersonKey) -> Project {
    let empty = Project::new(name, codebook);
    let codebook = (**empty.codebook()).clone();
    let id = match creator {
        Some(creator) => empty.free_person_id(creator),
        None => unnamed_id(key),
    };
    let annotator = Annotator::new(id, creator.unwrap_or(UNNAMED), Colour::nth(0)).with_key(key);
    Project::assemble(name.to_owned(), vec![annotator], Vec::new(), Vec::new(), codebook, Vec::new())
}

/// The name of a person who has given none.
const UNNAMED: &str = "Me";

/// An id from the random end of a key.
fn unnamed_id(key: PersonKey) -> AnnotatorId {
    let digits = key.0.simple().to_string();
    let random = digits.get(digits.len() - 6..).unwrap_or_default();
    AnnotatorId::new(format!("me-{random}"))
}

/// The login name of the system's user, with a capital.
pub fn login_name() -> Option<String> {
    let names = ["USER", "USERNAME", "LOGNAME"].iter().filter_map(|name| std::env::var(name).ok());
    let name = names.map(|name| name.trim().to_owned()).find(|name| !name.is_empty());
    name.map(|name| display_name(&name))
}

fn display_name(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
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

/// The project to open first: the named one, or the last one that still exists. Without either, the start page is shown.
pub fn first_project(named: Option<PathBuf>, settings: &Settings) -> Option<PathBuf> {
    let last = || settings.recent.iter().map(|recent| &recent.path).find(|path| project::is_project(path));
    named.or_else(|| last().cloned())
}

fn create_sample(folder: &Path) -> Result<(), SessionError> {
    if !project::is_project(folder) {
        sample::write(folder)?;
    }
    // Also for a copy that was made on another machine, or by a Demarche that remembered the user elsewhere.
    let folder = Folder::new(folder);
    let local = Local::read(&folder);
    if local.annotator.is_none() || !local.sample {
        let annotator = local.annotator.or_else(|| Some(sample::SAMPLE_ANNOTATOR.to_owned()));
        Local { annotator, sample: true, ..local }.write(&folder);
    }
    Ok(())
}
