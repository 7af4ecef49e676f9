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
pub(super) struct Refused(pub String);

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
struct Job<'a> {
    task: Task,
    bytes: &'a [u8],
    limits: Limits,
    /// Arguments in addition to those for limits and task.
    args: Vec<OsString>,
}

/// Reads a file in a process of `program`, which is killed if the work is stopped.
pub(super) fn read(
    program: &Path,
    format: &str,
    source: &Source<'_>,
    limits: Limits,
    progress: &dyn Progress,
) -> Result<Vec<ReadDocument>, Unfinished<Refused>> {
    let mut args = vec![with("--format=", format), with("--name=", source.name)];
    args.extend(source.encoding.map(|encoding| with("--encoding=", encoding.name())));
    let job = Job { task: Task::Read, bytes: source.bytes, limits, args };
    run(program, &job, progress, &wire::read)?.map_err(refused)
}

/// Asks a process of `program` for something else than the documents in a PDF file. `parse` reads its output; `None` means
/// that it is incomplete.
pub(super) fn ask<T>(
    program: &Path,
    task: Task,
    bytes: &[u8],
    limits: Limits,
    progress: &dyn Progress,
    parse: &dyn Fn(&[u8]) -> Option<T>,
) -> Result<T, Unfinished<Refused>> {
    let mut args = vec![with("--format=", "pdf"), with("--name=", "")];
    match task {
        Task::Read => {}
        Task::Draw { page, width_px } => {
            args.extend([with("--page=", &page.to_string()), with("--width=", &width_px.to_string())]);
        }
        Task::Place => args.push("--places".into()),
    }
    run(program, &Job { task, bytes, limits, args }, progress, parse)
}

fn run<T>(
    program: &Path,
    job: &Job<'_>,
    progress: &dyn Progress,
    parse: &dyn Fn(&[u8]) -> Option<T>,
) -> Result<T, Unfinished<Refused>> {
    let mut child = start(program, job)
        .map_err(|error| refused(format!("the process that reads the file can't be started: {error}")))?;
    let limits = job.limits;
    let deadline = Instant::now() + limits.time_for(job.bytes.len());
    let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (sender, receiver) = channel();
    let end = std::thread::scope(|scope| {
        // A process that crashes early closes its end, which is not an error here.
        scope.spawn(move || input.map(|mut input| input.write_all(job.bytes)));
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

fn start(program: &Path, job: &Job<'_>) -> std::io::Result<Child> {
    let mut command = Command::new(program);
    command.args([SUBCOMMAND, "--memory", &job.limits.memory.to_string()]).args(&job.args);
    // Each thread and each arena uses address space; one file needs only one of each.
    command.env("RAYON_NUM_THREADS", "1").env("MALLOC_ARENA_MAX", "2").env("RUST_BACKTRACE", "0");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
}

fn with(option: &str, value: &str) -> OsString {
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
    let seconds = job.limits.time_for(job.bytes.len()).as_secs();
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
