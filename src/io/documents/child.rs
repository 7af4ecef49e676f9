//! Reading a file in a separate process with limits on time and memory: the end that starts it. The other end is in
//! [`serving`](super::serving).

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::{ReadDocument, Source, wire};
use demarche_model::{Progress, Unfinished};

/// The name of the subcommand that reads a file.
const SUBCOMMAND: &str = "read-document";
/// Number of bytes that are kept of the error output of a process that crashes.
const LAST_WORDS: u64 = 4096;
/// Interval at which the reader checks whether the work has been stopped.
const TICK: Duration = Duration::from_millis(50);

/// Limits for reading one file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Memory in bytes: the address space of the process, on systems that can limit it (Unix).
    pub memory: u64,
    /// Time for any file, whatever its size.
    pub time: Duration,
    /// Additional time per megabyte.
    pub time_per_megabyte: Duration,
}

impl Default for Limits {
    /// Returns limits of 1 GB, and one minute plus two seconds per megabyte.
    fn default() -> Self {
        Self { memory: 1 << 30, time: Duration::from_secs(60), time_per_megabyte: Duration::from_secs(2) }
    }
}

impl Limits {
    fn time_for(&self, bytes: usize) -> Duration {
        self.time + self.time_per_megabyte * u32::try_from(bytes >> 20).unwrap_or(u32::MAX >> 8)
    }
}

/// The reason why a file is refused: a fault of the file, or the way in which the reading process ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Refused(pub String);

/// What a reading process is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Task {
    /// The documents in the file.
    Read,
    /// A picture of a page.
    Draw {
        /// The index of the page, from 0.
        page: usize,
        /// The width of the picture in pixels.
        width_px: u32,
    },
    /// The text of a PDF, with the places of its words.
    Place,
}

impl Task {
    /// What to do with a file for which the process fails.
    fn advice(self) -> &'static str {
        match self {
            Self::Read => "export its text from the program that created it",
            Self::Draw { .. } | Self::Place => "open the original in its own program",
        }
    }
}

/// A file and what is asked about it.
pub(crate) struct Job<'a> {
    /// What is asked, which the messages name.
    pub task: Task,
    /// The input of the process.
    pub input: &'a [u8],
    /// The size of the file that the process reads, which its time depends on.
    pub size: usize,
    /// The limits of the process.
    pub limits: Limits,
}

/// Reads a file in a process of `program`, which is killed if the work is stopped.
pub(super) fn read(
    program: &Path,
    format: &str,
    source: &Source<'_>,
    limits: Limits,
    progress: &dyn Progress,
) -> Result<Vec<ReadDocument>, Unfinished<Refused>> {
    let mut command = Command::new(program);
    command.arg(SUBCOMMAND).args([with("--format=", format), with("--name=", source.name)]);
    command.args(source.encoding.map(|encoding| with("--encoding=", encoding.name())));
    let job = Job { task: Task::Read, input: source.bytes, size: source.bytes.len(), limits };
    run(command, &job, progress, wire::read)?.map_err(refused)
}

/// Asks a process of `program` for something else than the documents in a PDF file. `parse` reads its output; `None` means
/// that it is incomplete.
pub(super) fn ask<T>(
    program: &Path,
    task: Task,
    bytes: &[u8],
    limits: Limits,
    progress: &dyn Progress,
    parse: impl FnOnce(&[u8]) -> Option<T>,
) -> Result<T, Unfinished<Refused>> {
    let mut command = Command::new(program);
    command.arg(SUBCOMMAND).args([with("--format=", "pdf"), with("--name=", "")]);
    match task {
        Task::Read => {}
        Task::Draw { page, width_px } => {
            command.args([with("--page=", &page.to_string()), with("--width=", &width_px.to_string())]);
        }
        Task::Place => {
            command.arg("--places");
        }
    }
    run(command, &Job { task, input: bytes, size: bytes.len(), limits }, progress, parse)
}

/// Runs a process, and reads its output with `parse`; `None` means that it is incomplete. The process is killed if the work
/// is stopped.
///
/// # Errors
/// The process takes too long or too much memory, or crashes; the work was stopped.
pub(crate) fn run<T>(
    mut command: Command,
    job: &Job<'_>,
    progress: &dyn Progress,
    parse: impl FnOnce(&[u8]) -> Option<T>,
) -> Result<T, Unfinished<Refused>> {
    let limits = job.limits;
    let mut child = start(&mut command, limits)
        .map_err(|error| refused(format!("the process that reads the file can't be started: {error}")))?;
    let deadline = Instant::now() + limits.time_for(job.size);
    let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (sender, receiver) = channel();
    let end = std::thread::scope(|scope| {
        // A process that crashes early closes its end, which is not an error here.
        scope.spawn(move || input.map(|mut input| input.write_all(job.input)));
        let message = scope.spawn(move || {
            let mut message = String::new();
            let errors = errors.map(|errors| errors.take(LAST_WORDS));
            errors.map(|mut errors| errors.read_to_string(&mut message));
            message
        });
        scope.spawn(move || {
            let mut bytes = Vec::new();
            // The output can't be larger than the memory of the process.
            let read = output.map(|output| output.take(limits.memory).read_to_end(&mut bytes));
            let _ = sender.send(read.map(|_| bytes).unwrap_or_default());
        });
        let bytes = loop {
            match receiver.recv_timeout(TICK) {
                Ok(bytes) => break Ok(bytes),
                Err(RecvTimeoutError::Disconnected) => break Ok(Vec::new()),
                Err(RecvTimeoutError::Timeout) if progress.is_stopped() => {
                    break Err(Unfinished::Stopped);
                }
                Err(RecvTimeoutError::Timeout) if Instant::now() >= deadline => {
                    break Err(Unfinished::Failed(too_long(job)));
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        };
        let status = if bytes.is_ok() { ended(&mut child, deadline) } else { None };
        // A process that has ended can't be killed, and need not be.
        let _ = child.kill();
        let _ = child.wait();
        bytes.map(|bytes| (bytes, status, message.join().unwrap_or_default()))
    });
    let (bytes, status, message) = end?;
    parse(&bytes).ok_or_else(|| refused(death(status, &message, job)))
}

fn refused(why: String) -> Unfinished<Refused> {
    Unfinished::Failed(Refused(why))
}

fn start(command: &mut Command, limits: Limits) -> std::io::Result<Child> {
    command.args(["--memory", &limits.memory.to_string()]);
    // Each thread and each arena uses address space; one file needs only one of each.
    command.env("RAYON_NUM_THREADS", "1").env("MALLOC_ARENA_MAX", "2").env("RUST_BACKTRACE", "0");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
}

pub(crate) fn with(option: &str, value: &str) -> OsString {
    OsString::from(format!("{option}{value}"))
}

/// Waits for a process that has closed its output. Returns `None` if it does not end.
fn ended(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(1)),
            _ => return None,
        }
    }
}

fn too_long(job: &Job<'_>) -> Refused {
    let seconds = job.limits.time_for(job.size).as_secs();
    let advice = job.task.advice();
    Refused(match job.task {
        Task::Read | Task::Place => {
            format!("the file could not be read within {seconds} seconds; {advice}")
        }
        Task::Draw { .. } => format!("the page could not be drawn within {seconds} seconds; {advice}"),
    })
}

/// Returns why a process crashed, if that is known, and what to do.
fn death(status: Option<ExitStatus>, message: &str, job: &Job<'_>) -> String {
    let advice = job.task.advice();
    if message.contains("memory allocation") {
        let megabytes = job.limits.memory >> 20;
        return format!(
            "reading the file takes more than {megabytes} MB of memory, the limit for a file; {advice}"
        );
    }
    if message.contains("overflowed its stack") {
        return format!("the parts of the file are nested too deeply; {advice}");
    }
    let status = status.map_or_else(|| "without a status".to_owned(), |status| status.to_string());
    format!("the process that read the file crashed ({status}), without affecting anything else; {advice}")
}
