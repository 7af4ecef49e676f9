//! The thread that writes a journal. A step reaches the operating system at once, so that it survives a crash, and the
//! disk within a second, or as fast as the disk allows, so that it survives a power cut.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use super::super::folder::{FileKey, Folder};
use super::compose::Composer;
use super::file::{JournalFile, Place};
use super::step::Step;
use super::syncer::Syncer;
use super::{frame, wire};
use crate::IoError;
use demarche_model::AnnotatorId;

/// Pause before writing is tried again after it has failed.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// Size of records that are written together, in bytes.
const BATCH_BYTES: usize = 4 << 20;

/// A journal that a thread writes. Dropping it writes what is waiting.
pub struct Journal {
    sender: Sender<Message>,
    thread: Option<JoinHandle<()>>,
    state: Arc<State>,
    /// The number of the last step.
    last: u64,
}

/// A handle with which another thread can make the journal durable.
#[derive(Clone)]
pub struct JournalFlush(Sender<Message>);

enum Message {
    Step(u64, Box<Step>),
    Saved(u64, BTreeSet<FileKey>),
    Discard,
    Flush(Sender<()>),
    Close,
}

/// The state that the thread shares.
#[derive(Default)]
struct State {
    failure: Mutex<Option<String>>,
    /// The journal, if it is in the user's folder.
    outside: Mutex<Option<PathBuf>>,
    /// The number of files that were opened: a thread that syncs an earlier one has nothing to tell.
    opened: AtomicU64,
    bytes: AtomicU64,
}

impl State {
    fn set_failure(&self, failure: Option<String>) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }

    fn set_outside(&self, outside: Option<PathBuf>) {
        *self.outside.lock().unwrap_or_else(PoisonError::into_inner) = outside;
    }
}

impl Journal {
    /// Starts a person's journal. Nothing is written before the first step.
    pub fn start(folder: &Folder, person: &AnnotatorId) -> Self {
        Self::start_at(Place::of(folder, person))
    }

    pub(super) fn start_at(place: Place) -> Self {
        let (sender, receiver) = channel();
        let state = Arc::new(State::default());
        let writer = Writer::new(place, state.clone());
        let thread = Builder::new().name("journal".to_owned()).spawn(move || writer.run(&receiver));
        if let Err(error) = &thread {
            state.set_failure(Some(error.to_string()));
        }
        Self { sender, thread: thread.ok(), state, last: 0 }
    }

    /// Adds a step.
    pub fn add(&mut self, step: Step) {
        self.last += 1;
        self.send(Message::Step(self.last, Box::new(step)));
    }

    /// The number of the last step.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// Records that the project's files hold all steps up to this one, except the files in `except`.
    pub fn saved(&self, until: u64, except: BTreeSet<FileKey>) {
        self.send(Message::Saved(until, except));
    }

    /// Forgets all steps, since the user does not want to keep them.
    pub fn discard(&self) {
        self.send(Message::Discard);
    }

    /// The reason why steps can't be written, if any.
    pub fn failure(&self) -> Option<String> {
        self.state.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The path of the journal if it is in the user's folder, since the project can't be written.
    pub fn outside(&self) -> Option<PathBuf> {
        self.state.outside.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Size of the journal in bytes.
    pub fn bytes(&self) -> u64 {
        self.state.bytes.load(Ordering::Relaxed)
    }

    /// Returns a handle for other threads.
    pub fn flush_handle(&self) -> JournalFlush {
        JournalFlush(self.sender.clone())
    }

    fn send(&self, message: Message) {
        // Without a thread, which `failure` reports, steps are not written.
        let _ = self.sender.send(message);
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.send(Message::Close);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl JournalFlush {
    /// Makes all steps durable. Returns when that is done, or after `patience`.
    pub fn flush(&self, patience: Duration) {
        let (sender, done) = channel();
        if self.0.send(Message::Flush(sender)).is_ok() {
            let _ = done.recv_timeout(patience);
        }
    }
}

struct Writer {
    place: Place,
    state: Arc<State>,
    /// The file in the project if it can't be written any more; `file` continues it in the user's folder.
    earlier: Option<JournalFile>,
    file: Option<JournalFile>,
    /// `None` if the system has no thread to spare.
    syncer: Option<Syncer>,
    composer: Composer,
    /// Records that are not written yet.
    waiting: String,
    /// The number of the last step.
    last: u64,
}

impl Writer {
    fn new(place: Place, state: Arc<State>) -> Self {
        Self {
            place,
            state,
            earlier: None,
            file: None,
            syncer: None,
            composer: Composer::default(),
            waiting: String::new(),
            last: 0,
        }
    }

    fn run(mut self, messages: &Receiver<Message>) {
        loop {
            let message = if self.waiting.is_empty() {
                messages.recv().unwrap_or(Message::Close)
            } else {
                match messages.recv_timeout(RETRY_AFTER) {
                    Ok(message) => message,
                    Err(RecvTimeoutError::Timeout) => {
                        self.write();
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => Message::Close,
                }
            };
            let mut next = Some(message);
            while let Some(message) = next.take() {
                if self.take(message).is_none() {
                    return self.close();
                }
                if self.waiting.len() < BATCH_BYTES {
                    next = messages.try_recv().ok();
                }
            }
            self.write();
        }
    }

    /// Takes a message; `None` if it is the last one.
    fn take(&mut self, message: Message) -> Option<()> {
        match message {
            Message::Step(seq, step) => {
                self.last = seq;
                frame::write(&mut self.waiting, &self.composer.compose(seq, &step));
            }
            Message::Saved(until, except) if until == self.last && except.is_empty() => self.cut(),
            Message::Saved(until, except) => {
                frame::write(&mut self.waiting, &wire::saved(self.last, until, &except));
            }
            Message::Discard => self.cut(),
            Message::Flush(done) => {
                self.write();
                self.flush(done);
            }
            Message::Close => return None,
        }
        Some(())
    }

    /// Writes what is waiting. If that fails, it is tried again later.
    fn write(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        match self.append() {
            Ok(()) => {
                self.waiting.clear();
                self.state.set_failure(None);
                if let Some(syncer) = &self.syncer {
                    syncer.written();
                }
            }
            Err(error) => {
                tracing::warn!("journal not written");
                self.state.set_failure(Some(error.to_string()));
            }
        }
        self.state.bytes.store(self.file.as_ref().map_or(0, JournalFile::length), Ordering::Relaxed);
    }

    /// Appends what is waiting: to the file in the project or, once that fails, to one in the user's folder.
    fn append(&mut self) -> Result<(), IoError> {
        if self.file.is_none() {
            let file = self.place.create()?;
            self.open(file);
        }
        let Err(error) = self.append_to_file() else { return Ok(()) };
        let is_inside = |file: &JournalFile| self.place.path_outside(file).is_none();
        let Some(inside) = self.file.take_if(|file| is_inside(file)) else { return Err(error) };
        let outside = self.place.create_outside();
        match outside {
            Ok(outside) => {
                self.earlier = Some(inside);
                self.open(outside);
                self.append_to_file()
            }
            Err(_) => {
                self.file = Some(inside);
                Err(error)
            }
        }
    }

    fn open(&mut self, file: JournalFile) {
        self.state.set_outside(self.place.path_outside(&file));
        self.state.opened.fetch_add(1, Ordering::SeqCst);
        self.syncer = self.start_syncer(&file);
        self.file = Some(file);
    }

    fn start_syncer(&self, file: &JournalFile) -> Option<Syncer> {
        let (state, number) = (self.state.clone(), self.state.opened.load(Ordering::SeqCst));
        let failed = move |error: IoError| {
            if state.opened.load(Ordering::SeqCst) == number {
                state.set_failure(Some(error.to_string()));
            }
        };
        Syncer::start(self.place.clone(), file.clone(), failed)
    }

    fn append_to_file(&mut self) -> Result<(), IoError> {
        let Some(file) = &mut self.file else { return Ok(()) };
        if file.length() > 0 {
            return file.append(self.waiting.as_bytes());
        }
        let mut whole = String::new();
        frame::write(&mut whole, &wire::owner(self.place.person.as_str(), &self.place.machine));
        whole.push_str(&self.waiting);
        file.append(whole.as_bytes())
    }

    /// Removes all records, which were saved or discarded. If a file can't be cut, a record says so instead.
    fn cut(&mut self) {
        self.waiting.clear();
        self.composer = Composer::default();
        let results = [&mut self.earlier, &mut self.file].map(|file| file.as_mut().map(JournalFile::cut));
        self.state.bytes.store(0, Ordering::Relaxed);
        if results.iter().flatten().any(Result::is_err) {
            return frame::write(&mut self.waiting, &wire::saved(self.last, self.last, &BTreeSet::new()));
        }
        self.state.set_failure(None);
        // The project can be written now.
        if let Some(outside) = self.file.take_if(|file| self.place.path_outside(file).is_some()) {
            outside.close();
            self.state.set_outside(None);
            if let Some(inside) = self.earlier.take() {
                self.open(inside);
            }
        }
    }

    /// Answers once the journal is durable. Only without the other thread do later steps wait for the disk.
    fn flush(&self, done: Sender<()>) {
        match (&self.syncer, &self.file) {
            (Some(syncer), _) => return syncer.flush(done),
            (None, Some(file)) => {
                if let Err(error) = file.sync() {
                    self.state.set_failure(Some(error.to_string()));
                }
            }
            (None, None) => {}
        }
        // The other end may have stopped waiting.
        let _ = done.send(());
    }

    fn close(mut self) {
        self.write();
        self.syncer = None;
        for file in [self.earlier.take(), self.file.take()].into_iter().flatten() {
            if file.length() > 0 {
                let _ = file.sync();
            }
            file.close();
        }
    }
}
