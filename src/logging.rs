//! The log: a file in the user's data folder, for finding out later what went wrong.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use demarche_io::settings::log_file;
use demarche_model::{visible, visible_except};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Chooses what is logged, such as `debug` or `demarche_io=trace,warn`. Without it, warnings and errors are.
const VARIABLE: &str = "DEMARCHE_LOG";

/// Length from which the log is put aside as `demarche.log.old`, in bytes.
const LONGEST: u64 = 4 << 20;

/// Starts logging to [`log_file`]. The file is created with the first line; where it can't be, there is no log.
pub fn start() {
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::WARN.into()).with_env_var(VARIABLE);
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter.from_env_lossy()).with_ansi(false);
    // A second start, as in tests, keeps the first log.
    if subscriber.with_writer(Mutex::new(Log::new(log_file()))).try_init().is_ok() {
        log_panics();
    }
}

/// Logs every panic, and prints it as usual except for characters that control the terminal, since it may quote a text.
fn log_panics() {
    panic::set_hook(Box::new(move |info| {
        tracing::error!("{info}");
        let mut report = info.to_string();
        let backtrace = Backtrace::capture();
        if backtrace.status() == BacktraceStatus::Captured {
            report.push_str(&format!("\n{backtrace}"));
        }
        let _ = writeln!(io::stderr(), "{}", visible_except(&report, &['\n']));
    }));
}

/// A file that is opened for the first line.
struct Log {
    path: PathBuf,
    file: Option<File>,
}

impl Log {
    fn new(path: PathBuf) -> Self {
        Self { path, file: None }
    }
}

impl Write for Log {
    /// Writes an event, which arrives in one piece, as one line: other people's words must neither control the terminal
    /// that shows the log, nor look like another event.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let file = match self.file.take() {
            Some(file) => file,
            None => open(&self.path)?,
        };
        let text = String::from_utf8_lossy(event);
        let (text, end) = text.strip_suffix('\n').map_or((&*text, ""), |text| (text, "\n"));
        write!(self.file.insert(file), "{}{end}", visible(text))?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), File::flush)
    }
}

/// Opens the log for appending, after putting a long one aside.
fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if fs::metadata(path).is_ok_and(|meta| meta.len() > LONGEST) {
        fs::rename(path, path.with_extension("log.old"))?;
    }
    OpenOptions::new().create(true).append(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Log};
    use std::fs;
    use std::io::Write;

    #[test]
    fn an_event_is_one_line_without_control_characters() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("demarche.log");
        let mut log = Log::new(path.clone());
        log.write_all(b"can't open a\x1b[2J\n2026 ERROR b\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "can't open a\\u{1b}[2J\\n2026 ERROR b\n");
    }

    #[test]
    fn a_log_appears_with_its_first_line_and_a_long_one_is_put_aside() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("data").join("demarche.log");
        let mut log = Log::new(path.clone());
        assert!(!path.exists());
        log.write_all(b"first\n").unwrap();
        fs::File::options().write(true).open(&path).unwrap().set_len(LONGEST + 1).unwrap();
        Log::new(path.clone()).write_all(b"second\n").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second\n");

        assert_eq!(fs::metadata(path.with_extension("log.old")).unwrap().len(), LONGEST + 1);
    }
}
