//! The only way to standard output and standard error, so that names and contents of other people's files can't control
//! the terminal.
//!
//! Text for people is printed line by line, without control characters. Data is written unchanged, except to a
//! terminal.

use std::fmt;
use std::io::{self, BufWriter, IsTerminal as _, Write};

use super::Failure;
use super::words;
use crate::model::{is_invisible_control, visible, visible_except};

/// Writes a line for people to standard error. A closed standard error stops nothing.
pub(super) fn eprint_status(text: &str) {
    let _ = writeln!(io::stderr(), "{}", visible(text));
}

/// Writes the program's own text to standard error, line by line.
pub(super) fn eprint_lines(text: &str) {
    text.lines().for_each(eprint_status);
}

/// Writes a problem to standard error, under the program's name.
pub(super) fn eprint_problem(problem: impl fmt::Display) {
    eprint_status(&words::message(problem));
}

/// Text for people, written line by line.
pub(super) struct Lines<W>(W);

impl Lines<io::StdoutLock<'static>> {
    /// Returns standard output.
    pub fn stdout() -> Self {
        Self(io::stdout().lock())
    }
}

impl<W: Write> Lines<W> {
    /// Writes a line.
    ///
    /// # Errors
    /// The output can't be written to.
    pub fn line(&mut self, text: impl fmt::Display) -> io::Result<()> {
        writeln!(self.0, "{}", visible(&text.to_string()))
    }

    /// Writes an empty line.
    ///
    /// # Errors
    /// The output can't be written to.
    pub fn blank(&mut self) -> io::Result<()> {
        writeln!(self.0)
    }
}

/// Writes indented JSON to standard output.
///
/// # Errors
/// Standard output can't be written to.
pub(super) fn print_json(json: &impl serde::Serialize) -> Result<(), Failure> {
    // Written in pieces, since the agreement of a hundred annotators takes 150 MB.
    let mut out = EscapedJson(BufWriter::new(io::stdout().lock()));
    serde_json::to_writer_pretty(&mut out, json).map_err(io::Error::from)?;
    writeln!(out.0)?;
    Ok(out.0.flush()?)
}

/// A writer that escapes what a terminal would obey in JSON. It expects whole characters.
struct EscapedJson<W>(W);

impl<W: Write> Write for EscapedJson<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.0.write_all(escaped_json(text).as_bytes())?,
            Err(_) => self.0.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Escapes the characters in strings that JSON allows but terminals obey.
fn escaped_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            // Between strings; inside them, they are escaped already.
            '\n' => out.push(c),
            c if is_invisible_control(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Writes data to standard output: unchanged, or as escaped lines if it is a terminal.
///
/// # Errors
/// Standard output can't be written to, or `data` can't be read.
pub(super) fn write_data(data: &mut dyn io::Read) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if out.is_terminal() {
        copy_visible(data, &mut out)?;
    } else {
        io::copy(data, &mut out)?;
    }
    out.flush()
}

fn copy_visible(data: &mut dyn io::Read, out: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    data.read_to_end(&mut bytes)?;
    out.write_all(visible_except(&String::from_utf8_lossy(&bytes), &['\n', '\t']).as_bytes())
}

/// Prints what is wrong with the command line, or the help it asks for, and exits.
pub(super) fn exit(error: &clap::Error) -> ! {
    let text = error.render().to_string();
    let visible = visible_except(&text, &['\n', '\t']);
    // A file name may have been taken for an option.
    if visible != text {
        let _ = write!(io::stderr(), "{visible}");
        std::process::exit(error.exit_code());
    }
    error.exit()
}

/// Returns whether standard error is a terminal, on which progress can be shown.
pub(super) fn shows_progress() -> bool {
    io::stderr().is_terminal()
}

/// Returns whether standard output is a terminal.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::{Lines, copy_visible, escaped_json};

    #[test]
    fn a_line_is_one_line() {
        let mut lines = Lines(Vec::new());
        lines.line("\u{1b}]0;x\u{7}\n7 spans\u{202e}").unwrap();
        lines.blank().unwrap();
        assert_eq!(String::from_utf8(lines.0).unwrap(), "\\u{1b}]0;x\\u{7}\\n7 spans\\u{202e}\n\n");
    }

    #[test]
    fn escaped_json_is_the_same_value() {
        let value =
            serde_json::json!({ "name": "a\n\u{1b}\u{7f}\u{9b}\u{2028}\u{202e}\u{2066}é", "n": [1, 2] });
        let text = escaped_json(&serde_json::to_string_pretty(&value).unwrap());
        assert!(!text.contains(|c: char| c != '\n' && super::is_invisible_control(c)));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }

    #[test]
    fn data_on_a_terminal_keeps_its_lines_and_tabs() {
        let mut out = Vec::new();
        copy_visible(&mut &b"a\tb\n\x1b[2J\xff"[..], &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a\tb\n\\u{1b}[2J\u{fffd}");
    }
}
