//! The process that reads a file with limits: the end that does the work. The other end is in [`child`](super::child).

use std::io::{Read, Write};

use super::child::Task;
use super::{Source, format_named, pages, wire};

/// Stack size of a reader in bytes; trees that may be nested without limit are dropped on it.
const STACK: usize = 64 << 20;

/// What a reading process is started for.
#[derive(Clone, Copy, Debug)]
pub struct Served<'a> {
    /// The name of the file, without the folder.
    pub name: &'a str,
    /// The name of its format.
    pub format: &'a str,
    /// The encoding that the user has chosen.
    pub encoding: Option<&'a str>,
    /// What is asked about it.
    pub task: Task,
    /// The limit of memory in bytes.
    pub memory: u64,
}

/// Serves as the reading process: reads the file on `input`, and writes the result to `out` for
/// [`Reader`](super::Reader). First limits the memory of the whole process, for good.
///
/// # Errors
/// The format does not exist, the limit can't be set, or `input` or `out` fails.
pub fn serve(served: Served<'_>, input: &mut dyn Read, out: &mut dyn Write) -> std::io::Result<()> {
    let Served { name, format: format_name, encoding, task, memory } = served;
    let format =
        format_named(format_name).ok_or_else(|| std::io::Error::other(format!("no format {format_name}")))?;
    limit(memory)?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let encoding = encoding.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let source = Source { name, bytes: &bytes, encoding };
    let written = deep(|| {
        let mut written = Vec::new();
        match task {
            Task::Read => wire::write(&format.read(&source).map_err(|error| error.to_string()), &mut written),
            Task::Draw { page, width_px } => pages::write_page(source.bytes, page, width_px, &mut written),
            Task::Place => pages::write_places(source.bytes, &mut written),
        }
        .map(|()| written)
    })??;
    out.write_all(&written)?;
    out.flush()
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
