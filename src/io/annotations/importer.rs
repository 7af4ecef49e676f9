//! The trait of import formats for labelled spans.

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use super::cleaning::clean;
use super::draft::Draft;
use super::placing::{anchor_quotes, settle};
use super::refusal::{FileFault, Refusal};
use crate::decode::{DecodeError, Decoded, decode_verbatim, is_clean_utf8};
use crate::disk::{DiskError, outside};
use crate::documents::Reader;
use crate::limits;
use crate::words::remarks;
use crate::{FileTask, FormatInfo, IoError, Problem, ProblemKind};

/// Words that are no format but plain text.
const PLAIN: &[u8] = b"The talks opened at nine.\n";

/// A format from which labelled spans are imported.
pub trait Importer: Sync {
    /// Returns its name on the command line, the same as that of its exporter if there is one.
    fn name(&self) -> &'static str;

    /// Returns what is read of it and what is not; `None` for a format with an exporter, whose description it has.
    fn info(&self) -> Option<FormatInfo> {
        None
    }

    /// Returns the extensions of the files that it reads, in lower case and without the dot.
    fn endings(&self) -> &'static [&'static str];

    /// Returns whether a file with one of these extensions has this format, judging by its first bytes (at most 64 KB).
    /// Several formats may share an extension; the first matching one of [`importers`](super::importers) is used.
    fn fits(&self, _head: &[u8]) -> bool {
        true
    }

    /// Returns whether the first bytes (at most 64 KB) can only be of this format, whatever the ending of the file. By default
    /// that is so if [`fits`](Self::fits) looks at them: it then refuses plain text.
    fn is_sure(&self, head: &[u8]) -> bool {
        self.fits(head) && !self.fits(PLAIN)
    }

    /// Returns whether a ZIP archive that holds files with these paths has this format, whatever its ending.
    fn holds(&self, _paths: &[String]) -> bool {
        false
    }

    /// Returns whether an archive may have this format, judging by all its bytes; asked if its paths or its ending fit.
    fn accepts(&self, _archive: &[u8]) -> bool {
        true
    }

    /// Returns whether a program exports it as a ZIP archive with a file per annotator, which is named after them.
    fn is_by_person(&self) -> bool {
        false
    }

    /// Returns whether texts are kept to the byte. Otherwise they are [rebuilt](super::DraftDocument::rebuilt) from their tokens.
    fn keeps_texts(&self) -> bool {
        true
    }

    /// Returns whether the file is an archive, whose parts the importer decodes.
    fn is_archive(&self) -> bool {
        false
    }

    /// Returns whether the importer takes these bytes as they are, and they are not decoded.
    fn takes_bytes(&self, _bytes: &[u8]) -> bool {
        self.is_archive()
    }

    /// Returns whether the standard of the format states the unit of offsets, and programs keep to it.
    fn states_unit(&self) -> bool {
        true
    }

    /// Returns whether a quote that is once in the text decides against a position, as in its standard.
    fn trusts_quotes(&self) -> bool {
        false
    }

    /// Parses a file, which is UTF-8 unless it is an archive. Offsets are as in the file.
    ///
    /// # Errors
    /// The file as a whole can't be read. Problems with single records are in the draft.
    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError>;

    /// Reads a file: decodes and parses it, and finds out what its offsets count.
    ///
    /// # Errors
    /// The file as a whole can't be read. Problems with single records are in the draft.
    fn read(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let mut draft =
            if self.takes_bytes(&input.bytes) || input.encoding.is_none() && is_clean_utf8(&input.bytes) {
                self.parse(input)?
            } else {
                let decoded = decode_verbatim(&input.bytes, input.encoding)
                    .map_err(|why| IoError::Problem(input.refused(None, FileFault::NotText(why))))?;
                let text = Input { bytes: decoded.text.into_bytes(), ..*input };
                let mut draft = self.parse(&text)?;
                draft.losses.extend(decoded.damage.losses());
                if decoded.encoding != encoding_rs::UTF_8.name() {
                    draft.remarks.push(remarks::decoded(decoded.encoding, input.path));
                }
                draft
            };
        clean(&mut draft);
        let refused = settle(&mut draft, self.states_unit()).into_iter();
        let moved = if self.trusts_quotes() { anchor_quotes(&mut draft) } else { 0 };
        draft.remarks.extend((moved > 0).then(|| remarks::placed_by_quotes(moved)));
        draft.problems.extend(refused.map(|(line, why)| input.refused(line, why)));
        Ok(draft)
    }
}

/// A file that is being read.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// Its path, which is used in problems and to find files next to it.
    pub path: &'a Path,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The encoding that the user has named, for the file and the texts next to it.
    pub encoding: Option<&'static Encoding>,
    /// How databases and workbooks are read, in processes of their own; `None` to read them in this process.
    pub reader: Option<&'a Reader>,
}

impl<'a> Input<'a> {
    /// Returns a file with these bytes, whose encoding is detected.
    pub fn new(path: &'a Path, bytes: Vec<u8>) -> Self {
        Self { path, bytes, encoding: None, reader: None }
    }

    /// Reads a file into memory.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn open(path: &'a Path) -> Result<Self, IoError> {
        let bytes =
            outside::read(path, limits::LABELLED).map_err(IoError::outside(FileTask::ReadFile, path))?;
        Ok(Self::new(path, bytes))
    }

    /// Reads a file of at most `limit` bytes in the folder of this file, without following a link.
    ///
    /// # Errors
    /// It can't be read.
    pub(super) fn read_beside(&self, path: &Path, limit: u64) -> Result<Vec<u8>, DiskError> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        outside::read_below(folder, path, limit)
    }

    /// Decodes a text that belongs to the file, with its line ends and its byte order mark. A text may be empty.
    ///
    /// # Errors
    /// The bytes are not text.
    pub(super) fn decode(&self, bytes: &[u8]) -> Result<Decoded, DecodeError> {
        decode_verbatim(bytes, self.encoding)
    }

    /// Returns a problem of this file.
    pub fn problem(&self, line: Option<usize>, kind: ProblemKind, message: impl Into<String>) -> Problem {
        Problem { file: self.path.to_owned(), line, kind, message: message.into() }
    }

    /// Returns the problem of something that is not imported.
    pub(super) fn refused(&self, line: Option<usize>, why: impl Into<Refusal>) -> Problem {
        let why = why.into();
        self.problem(line, why.kind(), why.to_string())
    }

    /// Returns the path of a file next to this one with another extension.
    pub fn beside(&self, ending: &str) -> PathBuf {
        self.path.with_extension(ending)
    }

    /// Returns the file's name without its extension.
    pub fn stem(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}
