//! Reading a file in a separate process with limits on time and memory: both ends of it.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::{ReadDocument, Source, served, wire};
use demarche_model::{Progress, Unfinished};

/// The name of the subcommand that reads a file.
const SUBCOMMAND: &str = "read-document";
/// Stack size of a reader in bytes; trees that may be nested without limit are dropped on it.
const STACK: usize = 64 << 20;
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

/// Reads a file in a process of `program`, which is killed if the work is stopped.
pub(super) fn read(
    program: &Path,
    format: &str,
    source: &Source<'_>,
    limits: Limits,
    progress: &dyn Progress,
) -> Result<Vec<ReadDocument>, Unfinished<Refused>> {
    let mut command = Command::new(program);
    command.args([SUBCOMMAND, "--format", format]).arg(with("--name=", source.name));
    if let Some(encoding) = source.encoding {
        command.arg(with("--encoding=", encoding.name()));
    }
    run(command, source.bytes, source.bytes.len(), limits, progress, wire::read)?.map_err(refused)
}

/// Runs a process with `input` as its input, and reads its output with `wire`. The time depends on the size of the file that
/// the process reads. It is killed if the work is stopped.
///
/// # Errors
/// The process takes too long or too much memory, or crashes; the work was stopped.
pub(crate) fn run<T>(
    mut command: Command,
    input: &[u8],
    size: usize,
    limits: Limits,
    progress: &dyn Progress,
    wire: impl FnOnce(&[u8]) -> Option<T>,
) -> Result<T, Unfinished<Refused>> {
    let mut child = start(&mut command, limits)
        .map_err(|error| refused(format!("the process that reads the file can't be started: {error}")))?;
    let deadline = Instant::now() + limits.time_for(size);
    let bytes = input;
    let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (sender, receiver) = channel();
    let end = std::thread::scope(|scope| {
        // A process that crashes early closes its end, which is not an error here.
        scope.spawn(move || input.map(|mut input| input.write_all(bytes)));
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
                    break Err(Unfinished::Failed(too_long(size, limits)));
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
    wire(&bytes).ok_or_else(|| refused(death(status, &message, limits)))
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

/// Returns an option with a value, which may begin with a hyphen.
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

fn too_long(size: usize, limits: Limits) -> Refused {
    let seconds = limits.time_for(size).as_secs();
    Refused(format!(
        "the file could not be read within {seconds} seconds; export its text from the program that created it"
    ))
}

/// Returns why a process crashed, if that is known, and what to do.
fn death(status: Option<ExitStatus>, message: &str, limits: Limits) -> String {
    const ADVICE: &str = "export its text from the program that created it";
    if message.contains("memory allocation") {
        let megabytes = limits.memory >> 20;
        return format!(
            "reading the file takes more than {megabytes} MB of memory, the limit for a file; {ADVICE}"
        );
    }
    if message.contains("overflowed its stack") {
        return format!("the parts of the file are nested too deeply; {ADVICE}");
    }
    let status = status.map_or_else(|| "without a status".to_owned(), |status| status.to_string());
    format!("the process that read the file crashed ({status}), without affecting anything else; {ADVICE}")
}

/// Serves as the reading process: reads the file on `input` in the format with this name, and writes the result to
/// `out` for [`Reader`](super::Reader). First limits the memory of the whole process, for good.
///
/// # Errors
/// The format does not exist, the limit can't be set, or `input` or `out` fails.
pub fn serve(
    name: &str,
    format_name: &str,
    encoding: Option<&str>,
    memory: u64,
    input: &mut dyn Read,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let format =
        served(format_name).ok_or_else(|| std::io::Error::other(format!("no format {format_name}")))?;
    limit(memory)?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let encoding = encoding.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let read = deep(|| format.read(&Source { name, bytes: &bytes, encoding }))?;
    wire::write(&read.map_err(|error| error.to_string()), out)
}

/// Does work on a stack that is large enough for deep trees.
///
/// # Errors
/// There is no memory for the stack, or the work panics.
pub(crate) fn deep<T: Send>(work: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    std::thread::scope(|scope| {
        let reading = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        reading.join().map_err(|_| std::io::Error::other("the reader panicked"))
    })
}

/// Limits the resources of this process: memory, size of written files, core dumps.
#[cfg(unix)]
pub(crate) fn limit(memory: u64) -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let to = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::Fsize, to(0))?;
    #[cfg(not(target_os = "haiku"))]
    setrlimit(Resource::Core, to(0))?;
    // macOS refuses a limit below the memory that is already mapped, and ignores one above it.
    #[cfg(not(any(target_os = "openbsd", target_os = "macos")))]
    setrlimit(Resource::As, to(memory))?;
    #[cfg(any(target_os = "openbsd", target_os = "macos"))]
    setrlimit(Resource::Data, to(memory))?;
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn limit(_memory: u64) -> std::io::Result<()> {
    Ok(())
}
