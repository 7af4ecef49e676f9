//! Messages of the session: notices, the report of the latest import or export, and requests to the window.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use demarche_model::{DocumentId, Stamp};

use crate::Session;
use crate::request::WindowRequest;

/// Seconds that a plain notice stays.
const PLAIN_NOTICE_S: i64 = 8;

/// Number of notices that can be read again.
const PAST: usize = 50;

/// A short message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// What kind of message it is.
    pub tone: Tone,
    /// One sentence.
    pub text: String,
    /// When it came up.
    pub at: Stamp,
    /// Goes up with every notice.
    pub serial: u64,
    /// The number of changes after the step that it reports, if the user can undo that from the notice.
    pub(crate) undoes: Option<u64>,
    /// The document that the user can reopen from the notice.
    pub reopens: Option<DocumentId>,
}

/// The kind of a notice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Something worked, or there was nothing to do.
    Plain,
    /// Something that the user should know about their work; stays until it is dismissed.
    Lasting,
    /// Something failed; stays until it is dismissed.
    Error,
}

/// The result of an import or export, and what it could not carry.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// What was done: "3 documents imported".
    pub title: String,
    /// What could not be carried, one thing a line.
    pub lines: Vec<(Tone, String)>,
    /// The file that was written, if one was.
    pub path: Option<PathBuf>,
}

/// Messages that wait for the user or the window.
#[derive(Default)]
pub(crate) struct Outbox {
    notices: Vec<Notice>,
    /// The latest notices, whether they are still shown or not, oldest first.
    past: VecDeque<Notice>,
    last_serial: u64,
    requests: VecDeque<WindowRequest>,
    report: Option<Report>,
    printed: Option<PathBuf>,
}

impl Outbox {
    /// Notices, oldest first.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Adds a plain notice in place of the one before.
    pub fn notify(&mut self, text: String, now: Stamp) {
        self.notices.retain(|notice| notice.tone != Tone::Plain);
        self.push(Tone::Plain, text, now);
    }

    /// Adds a plain notice from which the user can undo the latest step. `changes` counts the steps so far.
    fn notify_undoable(&mut self, text: String, changes: u64, now: Stamp) {
        self.notify(text, now);
        if let Some(notice) = self.notices.last_mut() {
            notice.undoes = Some(changes);
        }
    }

    /// Adds a notice that stays.
    pub fn notify_lasting(&mut self, text: String, now: Stamp) {
        self.withdraw(&text);
        self.push(Tone::Lasting, text, now);
    }

    /// Adds an error. One that is shown already moves to the end.
    pub fn notify_error(&mut self, text: String, now: Stamp) {
        self.withdraw(&text);
        self.push(Tone::Error, text, now);
    }

    /// Adds an error after which the user can reopen a document.
    fn notify_reopening(&mut self, text: String, document: DocumentId, now: Stamp) {
        self.notify_error(text, now);
        if let Some(notice) = self.notices.last_mut() {
            notice.reopens = Some(document);
        }
    }

    fn push(&mut self, tone: Tone, text: String, now: Stamp) {
        self.last_serial += 1;
        let notice = Notice { tone, text, at: now, serial: self.last_serial, undoes: None, reopens: None };
        if self.past.len() == PAST {
            self.past.pop_front();
        }
        self.past.push_back(notice.clone());
        self.notices.push(notice);
    }

    /// Removes a notice that the user has read.
    pub fn dismiss(&mut self, serial: u64) {
        self.notices.retain(|notice| notice.serial != serial);
    }

    /// Removes a notice that no longer holds.
    pub fn withdraw(&mut self, text: &str) {
        self.notices.retain(|notice| notice.text != text);
    }

    /// Removes plain notices that have been shown for long enough.
    pub fn expire(&mut self, now: Stamp) {
        // The clock may have been set back.
        let is_new = |notice: &Notice| (0..PLAIN_NOTICE_S).contains(&(now.0 - notice.at.0));
        self.notices.retain(|notice| notice.tone != Tone::Plain || is_new(notice));
    }

    /// Adds a request to the window.
    pub fn request(&mut self, request: WindowRequest) {
        self.requests.push_back(request);
    }

    /// Hands over the first request to the window, if it can be shown now.
    pub fn take_request(&mut self, can_show: impl FnOnce(WindowRequest) -> bool) -> Option<WindowRequest> {
        self.requests.pop_front_if(|request| can_show(*request))
    }

    /// The page that waits to be opened.
    pub fn printed(&self) -> Option<&Path> {
        self.printed.as_deref()
    }

    /// Sets the page that waits to be opened.
    pub fn set_printed(&mut self, path: PathBuf) {
        self.printed = Some(path);
    }

    /// The report that is open.
    pub fn report(&self) -> Option<&Report> {
        self.report.as_ref()
    }

    /// Shows a report in place of the one before.
    pub fn show_report(&mut self, report: Report) {
        self.report = Some(report);
    }

    /// Adds to the report that is open: files of one import are reported together. Returns whether one is.
    pub fn extend_report(&mut self, new: &Report) -> bool {
        let Some(report) = &mut self.report else { return false };
        report.title = format!("{}. {}", report.title, new.title);
        report.lines.extend(new.lines.iter().cloned());
        true
    }

    /// Adds a line to the report, if one is open.
    pub fn add_to_report(&mut self, tone: Tone, line: String) {
        if let Some(report) = &mut self.report {
            report.lines.push((tone, line));
        }
    }

    /// Closes the report.
    pub fn dismiss_report(&mut self) {
        self.report = None;
    }
}

impl Session {
    /// Notices, oldest first.
    pub fn notices(&self) -> &[Notice] {
        self.outbox.notices()
    }

    /// The latest notices, also those that are no longer shown, newest first.
    pub fn past_notices(&self) -> impl ExactSizeIterator<Item = &Notice> {
        self.outbox.past.iter().rev()
    }

    /// Removes a notice.
    pub fn dismiss_notice(&mut self, serial: u64) {
        self.outbox.dismiss(serial);
    }

    /// Tells the user something in passing.
    pub fn notify(&mut self, text: impl Into<String>) {
        self.outbox.notify(text.into(), self.env.now());
    }

    /// Tells the user about the latest step, which they can undo from the notice.
    pub(crate) fn notify_undoable(&mut self, text: impl Into<String>) {
        self.outbox.notify_undoable(text.into(), self.undo_stack.changes(), self.env.now());
    }

    /// Returns whether undo takes back what a notice reports: nothing has changed since.
    pub fn is_undoable(&self, notice: &Notice) -> bool {
        notice.undoes == Some(self.undo_stack.changes()) && self.undo_stack.undo_label().is_some()
    }

    /// Shows the user something about their work that they should not miss.
    pub(crate) fn notify_lasting(&mut self, text: impl Into<String>) {
        self.outbox.notify_lasting(text.into(), self.env.now());
    }

    /// Tells the user that something failed.
    pub fn notify_error(&mut self, text: impl Into<String>) {
        self.outbox.notify_error(text.into(), self.env.now());
    }

    /// Tells the user that a document is marked as done, and lets them reopen it from the notice.
    pub(crate) fn notify_reopening(&mut self, text: String, document: DocumentId) {
        self.outbox.notify_reopening(text, document, self.env.now());
    }

    /// Asks the window to show something.
    pub(crate) fn request(&mut self, request: WindowRequest) {
        self.outbox.request(request);
    }

    /// Takes what the window has been asked for first, if it can be shown now.
    pub fn take_request(&mut self, can_show: impl FnOnce(WindowRequest) -> bool) -> Option<WindowRequest> {
        self.outbox.take_request(can_show)
    }

    /// Shows a report in place of the one before.
    pub(crate) fn show_report(&mut self, report: Report) {
        self.outbox.show_report(report);
        self.request(WindowRequest::Report);
    }

    /// Adds to the report that is open, or shows a new one.
    pub(crate) fn add_report(&mut self, report: Report) {
        if !self.outbox.extend_report(&report) {
            self.show_report(report);
        }
    }

    /// The report of the latest import or export, until it is dismissed.
    pub fn report(&self) -> Option<&Report> {
        self.outbox.report()
    }

    /// Removes the report.
    pub fn dismiss_report(&mut self) {
        self.outbox.dismiss_report();
    }
}
