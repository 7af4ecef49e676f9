//! Reading a database in a separate process: both ends of it.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use encoding_rs::Encoding;

use super::{DatabaseFault, Layout, Tables, open, wire};
use crate::disk::outside;
use crate::documents::{Job, Reader, Task, deep, limit, run, with};
use demarche_model::Unfinished;

/// The name of the subcommand that reads a database.
const SUBCOMMAND: &str = "read-database";
/// The first bytes of a journal of changes that were not finished. A journal that is done with begins with zeros.
const JOURNAL: &[u8] = b"\xD9\xD5\x05\xF9\x20\xA1\x63\xD7";

/// A database to read.
#[derive(Debug)]
pub(crate) struct ReadTables<'a> {
    /// Its file, beside which there may be journals.
    pub path: &'a Path,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The encoding of texts that are not UTF-8.
    pub encoding: Option<&'static Encoding>,
    /// How foreign files are read; `None` to read it in this process.
    pub reader: Option<&'a Reader>,
}

/// Reads the tables of a layout from a copy of a database, so that nobody changes it meanwhile and nothing is written
/// beside it.
///
/// # Errors
/// The database is damaged, has other tables, is too large, or has changes in a journal.
pub(crate) fn read(database: &ReadTables<'_>, layout: &'static Layout) -> Result<Tables, DatabaseFault> {
    if let Some(journal) = unsaved(database.path) {
        return Err(DatabaseFault::Unsaved(journal));
    }
    let not_copied = |error: std::io::Error| DatabaseFault::NotCopied(error.to_string());
    let folder = outside::temporary_folder(None).map_err(not_copied)?;
    let copy = folder.path().join("copy");
    outside::write(&copy, database.bytes).map_err(not_copied)?;
    let Some((program, limits)) = database.reader.and_then(Reader::process) else {
        return open::tables(&copy, layout, database.encoding);
    };
    let mut command = Command::new(program);
    command.args([SUBCOMMAND, "--format", layout.name]);
    if let Some(encoding) = database.encoding {
        command.arg(with("--encoding=", encoding.name()));
    }
    command.arg("--file").arg(&copy);
    let refused = |error| match error {
        Unfinished::Failed(crate::documents::Refused(why)) => DatabaseFault::Refused(why),
        Unfinished::Stopped => DatabaseFault::Refused(String::new()),
    };
    let job = Job { task: Task::Read, input: &[], size: database.bytes.len(), limits };
    let read = run(command, &job, &(), wire::read).map_err(refused)?;
    read.map_err(DatabaseFault::Refused)
}

/// Returns the name of a file beside a database that has changes which the database lacks: its write-ahead log, while
/// another program has it open, or the journal of a program that crashed.
fn unsaved(path: &Path) -> Option<String> {
    let beside = |ending: &str| {
        let mut name = OsString::from(path.as_os_str());
        name.push(ending);
        name
    };
    let starts = |name: &OsString, with: &[u8]| {
        let length = with.len().max(1) as u64;
        outside::head(Path::new(name), length).is_ok_and(|head| !head.is_empty() && head.starts_with(with))
    };
    let (log, journal) = (beside("-wal"), beside("-journal"));
    let found =
        if starts(&log, b"") { Some(log) } else { Some(journal).filter(|name| starts(name, JOURNAL)) };
    let name = Path::new(found.as_ref()?).file_name()?;
    Some(name.to_string_lossy().into_owned())
}

/// Serves as the reading process: reads the database at `file` in the format with this name, and writes the result to
/// `out`. First limits the memory of the whole process, for good.
///
/// # Errors
/// The format does not exist, the limit can't be set, or `out` fails.
pub fn serve(
    format: &str,
    file: &Path,
    encoding: Option<&str>,
    memory: u64,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let layout = Layout::named(format).ok_or_else(|| std::io::Error::other(format!("no format {format}")))?;
    limit(memory)?;
    let encoding = encoding.and_then(|label| Encoding::for_label(label.as_bytes()));
    let read = deep(|| open::tables(file, layout, encoding))?;
    wire::write(&read.map_err(|error| error.to_string()), out)
}
