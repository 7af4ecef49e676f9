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
    let mut out = EscapedJson::stdout();
    serde_json::to_writer_pretty(&mut out, json).map_err(io::Error::from)?;
    Ok(end(out)?)
}

/// Writes JSON to standard output, with each entry of the lists of an object on one line: a list of half a million figures
/// takes 200 MB that way, and twice as much if each of their fields has a line.
///
/// # Errors
/// Standard output can't be written to.
pub(super) fn print_json_rows(json: &impl serde::Serialize) -> Result<(), Failure> {
    let mut out = EscapedJson::stdout();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, RowFormatter::default());
    json.serialize(&mut serializer).map_err(io::Error::from)?;
    Ok(end(out)?)
}

fn end(mut out: JsonOutput) -> io::Result<()> {
    writeln!(out)?;
    out.flush()
}

/// The depth at which rows are: in a list in an object.
const ROW_DEPTH: usize = 2;

/// Indents objects and lists down to the rows of the lists, which are a line each.
#[derive(Default)]
struct RowFormatter {
    depth: usize,
    /// Whether the object or list that was ended last, or the one that has just begun, has entries.
    has_value: bool,
}

impl RowFormatter {
    fn begin<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        out.write_all(bracket)
    }

    fn end<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.has_value && self.depth < ROW_DEPTH {
            self.new_line(out)?;
        }
        out.write_all(bracket)
    }

    fn entry<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        match (self.depth <= ROW_DEPTH, first) {
            (true, true) => self.new_line(out),
            (true, false) => {
                out.write_all(b",")?;
                self.new_line(out)
            }
            (false, true) => Ok(()),
            (false, false) => out.write_all(b", "),
        }
    }

    fn new_line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| out.write_all(b"  "))
    }
}

impl serde_json::ser::Formatter for RowFormatter {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.entry(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.entry(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

/// Size of the pieces in which JSON is escaped and written, in bytes.
const PIECE: usize = 1 << 16;

/// Collects what is written in pieces. A piece ends where a write ended, so that it consists of whole characters.
type JsonOutput = BufWriter<EscapedJson<io::StdoutLock<'static>>>;

/// A writer that escapes what a terminal would obey in JSON. It expects whole characters.
struct EscapedJson<W>(W);

impl EscapedJson<io::StdoutLock<'static>> {
    fn stdout() -> JsonOutput {
        BufWriter::with_capacity(PIECE, Self(io::stdout().lock()))
    }
}

impl<W: Write> Write for EscapedJson<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.bytes().all(is_plain) => self.0.write_all(escaped_json(text).as_bytes())?,
            Ok(_) | Err(_) => self.0.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Returns whether a byte is a character by itself that no terminal obeys, or a line end between strings.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'\n' | b' '..=b'~')
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
