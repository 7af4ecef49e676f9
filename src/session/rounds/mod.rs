//! Rounds: freezing what everybody has coded, and opening a round, which is a project that can only be read.

use std::path::{Path, PathBuf};

use demarche_io::IoError;
use demarche_io::project::{NewRound, Round, RoundId, Rounds, append_history, freeze_round};
use demarche_model::{LeftOut, LogEntry, Unfinished};

use super::{JobKind, Screen, Session, WindowRequest};
use crate::words::rounds as words;

/// Freezes a round, or opens one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RoundAction {
    /// Keeps what everybody has coded up to now; the note says what the round is.
    Freeze { note: String },
    /// Opens a round in place of the project, or the project again.
    Show(Option<RoundId>),
}

/// The state of rounds in the window.
#[derive(Default)]
pub(crate) struct RoundsState {
    /// The rounds of the project, once they have been listed.
    listed: Option<Rounds>,
    /// Whether a job lists them.
    is_listing: bool,
    /// The screen on which they were listed last.
    listed_on: Option<Screen>,
    /// The note of the round that is frozen once everything is saved.
    waiting: Option<String>,
    /// What the open round leaves out of the documents that were read.
    left_out: LeftOut,
    /// The project or round that the window is to open.
    to_open: Option<PathBuf>,
}

impl Session {
    /// The rounds of the project, by number, as far as they have been listed.
    pub fn rounds(&self) -> &[Round] {
        self.rounds.listed.as_ref().map_or(&[], |listed| &listed.rounds)
    }

    /// The round that is open in place of the project.
    pub fn open_round(&self) -> Option<&RoundId> {
        self.files.folder().round_id()
    }

    /// What the open round keeps and leaves out, in the documents that were read.
    pub fn left_out(&self) -> LeftOut {
        self.rounds.left_out
    }

    /// Counts what was left out of a document of a round.
    pub(crate) fn count_left_out(&mut self, left_out: LeftOut) {
        self.rounds.left_out += left_out;
    }

    /// The project or round that the window is to open.
    pub fn round_to_open(&self) -> Option<&Path> {
        self.rounds.to_open.as_deref()
    }

    /// The reason why the user can't freeze a round, if there is one.
    pub fn freezing_refusal(&self) -> Option<String> {
        let role = (!self.project.may_adjudicate(&self.me)).then(|| words::not_a_lead().to_owned());
        self.read_only().or(role)
    }

    #[deny(clippy::wildcard_enum_match_arm)]
    pub(super) fn perform_round(&mut self, action: RoundAction) {
        match action {
            RoundAction::Freeze { note } => self.freeze(note),
            RoundAction::Show(round) => self.open_instead(round.as_ref()),
        }
    }

    fn open_instead(&mut self, round: Option<&RoundId>) {
        let project = self.files.folder().without_round();
        let folder = match round {
            Some(round) => project.round(round),
            None => project,
        };
        if folder != *self.files.folder() {
            self.rounds.to_open = Some(folder.root().to_owned());
            self.request(WindowRequest::Round);
        }
    }

    /// Freezes a round once all work of the user is on disk.
    fn freeze(&mut self, note: String) {
        match self.freezing_refusal() {
            Some(why) => self.notify_error(why),
            None => self.rounds.waiting = Some(note),
        }
        if self.has_unsaved() {
            self.save();
        }
        self.freeze_when_saved();
    }

    fn freeze_when_saved(&mut self) {
        if self.has_unsaved() || !self.saving.is_idle() {
            // What can't be saved would be missing from the round.
            if self.save_fault().is_some() && self.rounds.waiting.take().is_some() {
                self.notify_error(words::save_first());
            }
            return;
        }
        let Some(note) = self.rounds.waiting.take() else { return };
        let folder = self.files.folder().clone();
        let (by, at) = (self.me.clone(), self.env.now());
        let new =
            NewRound { key: self.project.key_of(&by), by: by.clone(), at, note: note.trim().to_owned() };
        self.jobs.start(JobKind::FreezeRound, move |worker| {
            let frozen = freeze_round(&folder, new, worker.progress());
            let step = |round: &Round| LogEntry {
                at,
                who: by.clone(),
                step: words::freeze_round(&round.id.to_string()),
                changes: Vec::new(),
            };
            let logged = frozen.as_ref().map_or(Ok(()), |round| append_history(&folder, &[step(round)]));
            Box::new(move |session: &mut Session| session.was_frozen(frozen, logged))
        });
    }

    fn was_frozen(&mut self, frozen: Result<Round, Unfinished<IoError>>, logged: Result<(), IoError>) {
        match frozen {
            Ok(round) => self.notify_lasting(words::frozen(&round)),
            Err(Unfinished::Stopped) => {}
            Err(Unfinished::Failed(error)) => self.notify_error(words::not_frozen(&error)),
        }
        if let Err(error) = logged {
            self.notify_error(words::not_logged(&error));
        }
        self.list_rounds();
    }

    /// Lists the rounds on a worker. Opening a project does not.
    fn list_rounds(&mut self) {
        if std::mem::replace(&mut self.rounds.is_listing, true) {
            return;
        }
        let folder = self.files.folder().without_round();
        self.jobs.start(JobKind::ListRounds, move |_| {
            let listed = Rounds::read(&folder).unwrap_or_default();
            Box::new(move |session: &mut Session| {
                session.rounds.listed = Some(listed);
                session.rounds.is_listing = false;
            })
        });
    }

    /// Lets the listing of rounds start again after it has failed.
    pub(super) fn give_up_listing_rounds(&mut self) {
        self.rounds.is_listing = false;
    }

    /// Freezes the round that waits, and lists the rounds when a screen that offers them is shown. Called once per frame.
    pub(super) fn tick_rounds(&mut self) {
        if self.rounds.waiting.is_some() {
            self.freeze_when_saved();
        }
        let screen = self.view.screen();
        let offers_rounds = matches!(screen, Screen::Agreement | Screen::Compare);
        if self.rounds.listed_on.replace(screen) != Some(screen) && offers_rounds {
            self.list_rounds();
        }
    }
}
