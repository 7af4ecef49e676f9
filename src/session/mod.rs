//! The application without pixels: what is open, what is selected, commands, history, jobs, saving.
//!
//! Panels read the session and push [`Action`]s; [`Session::perform`] carries them out. Every change of the project goes
//! through [`Session::edit`], and from there through `Project::apply`.

mod action;
mod agreement;
mod annotate;
mod ask;
mod codebook;
pub mod commands;
mod compare;
mod disk;
mod env;
mod error;
mod exchange;
mod history;
mod jobs;
mod notice;
mod passages;
mod perform;
mod reading;
mod review;
mod team;
mod view;

use std::sync::Arc;

use demarche_analysis::summary::{ProjectSummary, Totals};
use demarche_io::Problem;
use demarche_io::project::{Folder, Holder, Listing, Lock, format_time};
use demarche_model::{
    AnnotatorId, Applied, CategoryId, Document, DocumentId, Edit, Layer, LayerId, Project, Span, SpanRef,
    Touch,
};

pub use action::Action;
pub use agreement::{AgreementChoice, AgreementDesk, AgreementWish, Answered};
pub use annotate::attributes::Common;
pub use annotate::links::{LinkDraft, LinkEnd, OtherEnd};
pub use annotate::occurrences::{Scope, count_occurrences};
pub use annotate::several::Chosen;
pub use ask::{Ask, PanelId, TextSize, ThemeChoice};
pub use codebook::{CodebookChange, Fate, Impact};
pub use compare::{CompareAction, Compared, DifferenceFilter, DifferenceRow, Settling, Tally};
pub use disk::merge_project::Merging;
pub use disk::open::{first_project, fresh_project, user_name};
pub use disk::saving::SaveState;
pub use env::{Env, Work};
pub use error::SessionError;
pub use exchange::preview::{Candidate, Found, FoundDocument, Preview, PreviewWish};
pub use exchange::transfer::{ExportRequest, Report};
pub use exchange::update::{Excerpt, Incoming, NewText, TextUpdate, Waiting, compare, read_file};
pub use history::audit_log::concerns;
pub use history::undo::{History, Place, Step};
pub use jobs::{JobProgress, Jobs};
pub use notice::{Notice, Tone};
pub use passages::{
    Arrangement, Column, ColumnKind, Key, Limit, Line, Passage, PassageFilter, PassageSet, Passages, Row,
    Sort, ValueCount,
};
pub use reading::citation::Cited;
pub use reading::find::{Find, FoundRow};
pub use reading::outline::{Outline, OutlineEntry};
pub use reading::screen::Screen;
pub use review::{InboxEntry, ReviewAction, ReviewFilter, ReviewState, Reviewing};
pub use team::people::{Workload, distribute};
pub use view::{Reveal, Selection, Shown};

/// Seconds from the last change to saving by itself.
pub const AUTOSAVE_AFTER_S: i64 = 2;

/// An open project and everything the user does with it.
pub struct Session {
    project: Project,
    folder: Folder,
    listing: Listing,
    me: AnnotatorId,
    access: Access,
    place: Place,
    picked_before: Option<SpanRef>,
    chosen: Chosen,
    said: Vec<SpanRef>,
    shown: Shown,
    screen: Screen,
    comparing: compare::Comparing,
    reveal: Reveal,
    history: History,
    saving: disk::saving::Saving,
    live: disk::live::Live,
    merging: Option<Merging>,
    jobs: Jobs,
    env: Env,
    problems: Vec<Problem>,
    reading: reading::documents::Reading,
    stats: ProjectSummary,
    passages: Passages,
    review: review::Reviewing,
    links: annotate::link_index::LinkIndex,
    linking: annotate::links::Linking,
    table_serial: u64,
    find: Find,
    agreement: AgreementDesk,
    notices: Vec<Notice>,
    notice_serial: u64,
    asks: Vec<Ask>,
    report: Option<Report>,
    log: history::audit_log::Log,
    preview: Option<Preview>,
    preview_serial: u64,
    keeps_originals: bool,
    text_update: Option<Arc<TextUpdate>>,
    last_category: Option<CategoryId>,
}

/// Whether the project may be changed here.
pub enum Access {
    /// It may; the lock of the one who works here is held.
    Write(Lock),
    /// Somebody works as this person in another Demarche.
    HeldBy(Holder),
    /// The folder can't be written; the text says why.
    Unwritable(String),
}

impl Session {
    /// The project as it is now.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Where it lies.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Who works here.
    pub fn me(&self) -> &AnnotatorId {
        &self.me
    }

    /// Why the project can only be read, if so: a sentence for the banner.
    pub fn read_only(&self) -> Option<String> {
        match &self.access {
            Access::Write(_) => None,
            Access::HeldBy(holder) => {
                // `2026-11-28 09:14 UTC`: to the minute, and not as machines write it.
                let since = format_time(holder.since).replace('T', " ");
                let since = format!("{} UTC", since.get(..16).unwrap_or(&since));
                let who = self.annotator_name(&self.me);
                Some(format!(
                    "Read-only: somebody works as {who} in another Demarche on {}, since {since}. Close it there, or \
                     choose another annotator here.",
                    holder.host
                ))
            }
            Access::Unwritable(why) => Some(format!("Read-only: this folder can't be written ({why}).")),
        }
    }

    /// Where the user is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The document that is shown.
    pub fn document(&self) -> Option<&Arc<Document>> {
        self.project.document(self.place.document.as_ref()?)
    }

    /// Caret and selection in the document that is shown.
    pub fn selection(&self) -> Selection {
        self.place.selection
    }

    /// The place of the span that is picked.
    pub fn picked(&self) -> Option<&SpanRef> {
        self.place.picked.as_ref()
    }

    /// The span that is picked.
    pub fn picked_span(&self) -> Option<&Arc<Span>> {
        self.project.span(self.picked()?)
    }

    /// The user's own span in this document that was picked before words were selected, and that these can be added to.
    pub fn extendable(&self) -> Option<&SpanRef> {
        let at = self.picked().or(self.picked_before.as_ref())?;
        let here =
            self.place.document.as_ref() == Some(&at.layer.document) && self.writes(&at.layer.annotator);
        (here && self.project.span(at).is_some()).then_some(at)
    }

    /// Whose layers are shown and counted.
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// Whether a layer of this annotator is shown and counted.
    pub fn shows(&self, annotator: &AnnotatorId) -> bool {
        if self.screen == Screen::Compare {
            return annotator.is_consensus() || self.compared_people().contains(annotator);
        }
        match &self.shown {
            Shown::Mine => annotator == &self.me,
            Shown::Everyone => true,
            Shown::One(one) => annotator == one,
        }
    }

    /// The layers of a document that are shown, in the order of their annotators' ids.
    pub fn layers<'a>(
        &'a self,
        document: &'a Document,
    ) -> impl Iterator<Item = (&'a AnnotatorId, &'a Arc<Layer>)> {
        let sight = self.sight();
        let status = sight.status(document);
        document.layers.iter().filter(move |(annotator, _)| sight.sees(annotator, status))
    }

    /// What the view shall bring into sight.
    pub fn reveal(&self) -> Reveal {
        self.reveal
    }

    /// What was done and undone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What runs in the background.
    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// What is wrong in the project's files, as far as they have been read.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Counts per document, live.
    pub fn stats(&self) -> &ProjectSummary {
        &self.stats
    }

    /// Counts over the whole project, live.
    pub fn totals(&self) -> &Totals {
        self.stats.totals()
    }

    /// The rows of the passages table.
    pub fn passages(&self) -> &Passages {
        &self.passages
    }

    /// The search in the text.
    pub fn find(&self) -> &Find {
        &self.find
    }

    /// The category that "tag again" uses.
    pub fn last_category(&self) -> Option<&CategoryId> {
        self.last_category.as_ref()
    }

    /// Clock and ids.
    pub fn env(&self) -> &Env {
        &self.env
    }

    /// What the user is to be told, oldest first.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Takes a notice away.
    pub fn dismiss_notice(&mut self, serial: u64) {
        self.notices.retain(|notice| notice.serial != serial);
    }

    /// Tells the user something in passing.
    pub fn notify(&mut self, text: impl Into<String>) {
        self.notices.retain(|notice| notice.tone != Tone::Plain);
        self.push_notice(Tone::Plain, text.into());
    }

    /// Tells the user that something failed.
    pub fn notify_error(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.notices.retain(|notice| notice.text != text);
        self.push_notice(Tone::Error, text);
    }

    fn push_notice(&mut self, tone: Tone, text: String) {
        self.notice_serial += 1;
        self.notices.push(Notice { tone, text, at: self.env.now(), serial: self.notice_serial });
    }

    /// Asks the window for something that only it can do.
    pub fn ask(&mut self, ask: Ask) {
        self.asks.push(ask);
    }

    /// Hands over what the window has been asked for.
    pub fn take_asks(&mut self) -> Vec<Ask> {
        std::mem::take(&mut self.asks)
    }

    /// The report of the latest import or export, until it is dismissed.
    pub fn report(&self) -> Option<&Report> {
        self.report.as_ref()
    }

    /// Takes the report away.
    pub fn dismiss_report(&mut self) {
        self.report = None;
    }

    /// The layer in which the user tags in a document.
    pub fn my_layer(&self, document: &DocumentId) -> LayerId {
        LayerId::new(document, &self.me)
    }

    /// Changes the project as one step that can be undone. A failure is told to the user. Says whether it worked.
    pub fn edit(&mut self, label: impl Into<String>, edit: Edit) -> bool {
        let before = self.place.clone();
        self.edit_from(label, edit, before)
    }

    fn edit_from(&mut self, label: impl Into<String>, edit: Edit, before: Place) -> bool {
        if let Some(why) = self.read_only() {
            self.notify_error(why);
            return false;
        }
        match self.project.apply(edit) {
            Ok(applied) => {
                self.took_effect(&applied);
                let after = self.place.clone();
                let label = label.into();
                self.record(&label, &applied.inverse);
                self.history.push(Step { label, edit: applied.inverse, before, after });
                true
            }
            Err(error) => {
                self.notify_error(format!("Not done: {error}."));
                false
            }
        }
    }

    /// Lets the step just done end where the user is now.
    fn step_ends_here(&mut self) {
        let place = self.place.clone();
        if let Some(mut step) = self.history.take_done() {
            step.after = place;
            self.history.put_done(step);
        }
    }

    /// Takes the latest step back.
    pub fn undo(&mut self) {
        let Some(step) = self.history.take_done() else { return self.notify("Nothing to undo") };
        let Some(inverse) = self.turn("undo", &step) else { return };
        self.restore(step.before.clone());
        self.notify(format!("Undone: {}", step.label));
        self.history.put_undone(Step { edit: inverse, ..step });
    }

    /// Brings the step back that was taken back last.
    pub fn redo(&mut self) {
        let Some(step) = self.history.take_undone() else { return self.notify("Nothing to redo") };
        let Some(inverse) = self.turn("redo", &step) else { return };
        self.restore(step.after.clone());
        self.notify(format!("Done again: {}", step.label));
        self.history.put_done(Step { edit: inverse, ..step });
    }

    fn turn(&mut self, way: &str, step: &Step) -> Option<Edit> {
        match self.project.apply(step.edit.clone()) {
            Ok(applied) => {
                self.took_effect(&applied);
                self.record(&format!("{way}: {}", step.label), &applied.inverse);
                Some(applied.inverse)
            }
            Err(error) => {
                self.notify_error(format!("\"{}\" can't be undone or redone: {error}.", step.label));
                None
            }
        }
    }

    /// Tells everybody who derives something from the project what has changed, and saving what has to be written.
    fn took_effect(&mut self, applied: &Applied) {
        self.saving.note(&applied.touched, self.env.now());
        self.follow(&applied.touched);
    }

    /// Tells everybody who derives something from the project what has changed.
    fn follow(&mut self, touched: &[Touch]) {
        self.stats.update(&self.project, touched);
        self.passages.follow(&self.project, touched);
        self.links.follow(&self.project, touched);
        self.follow_sight(touched);
        self.comparing.follow(touched);
        self.sort_passages();
        self.follow_review(touched);
        self.mend_place();
        self.refresh_comparison();
        self.texts_changed(touched);
    }

    /// Leaves no document shown and no span picked that is not there any more.
    fn mend_place(&mut self) {
        if self.place.document.as_ref().is_some_and(|id| self.project.document(id).is_none()) {
            self.place = Place::default();
        }
        if self.picked().is_some_and(|at| self.project.span(at).is_none() || !self.may_see_span(at)) {
            self.place.picked = None;
        }
        self.mend_linking();
    }
}
