//! Reading several documents in parallel.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::child::{self, Limits, Refused};
use super::cleaning::clean;
use super::{DocumentFormat, ReadDocument, ReadError, Source, format_of, other_format_of, table, workbook};
use crate::checksum::sha256;
use crate::decode::DecodeError;
use crate::disk::steps::FIRST_READ;
use crate::disk::{DiskError, outside, steps};
use crate::head::HEAD;
use crate::limits;
use crate::loss::DocumentLoss;
use crate::words::disk as words;
use crate::{Loss, Problem, ProblemKind};
use demarche_model::{Origin, Progress, Steps, Stopped, Unfinished};

/// A document that was read from a file.
#[derive(Clone, PartialEq, Debug)]
pub struct FileDocument {
    /// The document.
    pub document: ReadDocument,
    /// The file it was read from. If a file contains several documents, the checksum is that of the document.
    pub origin: Origin,
}

/// The result of reading a file.
pub type FileResult = Result<Vec<FileDocument>, Problem>;

/// A reader of files in all formats of documents.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// The program that reads files in separate processes; `None` to read them in this process.
    program: Option<PathBuf>,
    limits: Limits,
    format: Option<&'static str>,
    encoding: Option<&'static Encoding>,
}

impl Reader {
    /// Returns a reader that works in this process, where a malicious file can harm it; for tests.
    pub fn in_process() -> Self {
        Self::default()
    }

    /// Returns a reader that starts processes of `program`, which must be Demarche.
    pub fn of(program: PathBuf) -> Self {
        Self { program: Some(program), ..Self::default() }
    }

    /// Returns a reader that starts processes of the running program.
    pub fn of_this_program() -> Self {
        // If the system can't tell, starting a process fails with a message about it.
        Self::of(std::env::current_exe().unwrap_or_else(|_| PathBuf::from("demarche")))
    }

    /// The program that reads files in separate processes, if any.
    pub(super) fn program(&self) -> Option<&Path> {
        self.program.as_deref()
    }

    /// The limits for one file.
    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// Sets other limits.
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Sets the format of all files, by its name; `None` to detect it.
    pub fn with_format(self, format: Option<&'static str>) -> Self {
        Self { format, ..self }
    }

    /// Sets the encoding of files that do not state their own.
    pub fn with_encoding(self, encoding: Option<&'static Encoding>) -> Self {
        Self { encoding, ..self }
    }

    /// Returns the program that reads files in processes of its own, and their limits; `None` to read them in this process.
    pub(crate) fn process(&self) -> Option<(&Path, Limits)> {
        self.program.as_deref().map(|program| (program, self.limits))
    }

    /// Reads files in parallel, as many at a time as there are processors, and returns the results in the order of the
    /// paths. Progress is counted in files.
    ///
    /// # Errors
    /// The reading was stopped.
    pub fn read_all(&self, paths: &[PathBuf], progress: &dyn Progress) -> Result<Vec<FileResult>, Stopped> {
        let steps = Steps::new(progress, paths.len());
        let read = |path: &PathBuf| steps.run(|| self.read_one(path, progress))?;
        match waiting_threads(paths.len()) {
            Some(threads) => threads.install(|| paths.par_iter().with_max_len(1).map(read).collect()),
            None => paths.iter().map(read).collect(),
        }
    }

    /// Reads a file.
    fn read_one(&self, path: &Path, progress: &dyn Progress) -> Result<FileResult, Stopped> {
        let refuse = |message: String| {
            Err(Problem { file: path.to_owned(), line: None, kind: ProblemKind::NotImported, message })
        };
        let (format, bytes) = match self.open(path) {
            Ok(opened) => opened,
            Err(why) => return Ok(refuse(why)),
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let source = Source { name: &name, bytes: &bytes, encoding: self.encoding };
        match self.parse(format, &source, progress) {
            Ok(documents) if documents.iter().any(|read| read.text.len() as u64 > limits::TEXT) => {
                Ok(refuse(words::too_large(limits::TEXT)))
            }
            Ok(mut documents) if self.format.is_none() && format.is_text() && !format.holds_several() => {
                for document in &mut documents {
                    let is_missed = table::is_missed(&name, &document.text);
                    document.dropped.extend(is_missed.then(|| Loss::new(DocumentLoss::TableAsOneText, 1)));
                }
                Ok(cleaned(with_origins(documents, &source, format), format).or_else(refuse))
            }
            Ok(documents) => Ok(cleaned(with_origins(documents, &source, format), format).or_else(refuse)),
            Err(Unfinished::Failed(Refused(why))) => Ok(refuse(why)),
            Err(Unfinished::Stopped) => Err(Stopped),
        }
    }

    /// Reads the sheets of a workbook, in the form of [`workbook`].
    ///
    /// # Errors
    /// Returns why it can't be read.
    pub(crate) fn sheets(&self, name: &str, bytes: &[u8]) -> Result<Vec<ReadDocument>, String> {
        let source = Source { name, bytes, encoding: None };
        self.parse(&workbook::Workbook, &source, &()).map_err(|error| match error {
            Unfinished::Failed(Refused(why)) => why,
            Unfinished::Stopped => Stopped.to_string(),
        })
    }

    /// Parses a file, in a separate process unless it is the text itself.
    fn parse(
        &self,
        format: &'static dyn DocumentFormat,
        source: &Source<'_>,
        progress: &dyn Progress,
    ) -> Result<Vec<ReadDocument>, Unfinished<Refused>> {
        match &self.program {
            Some(program) if !format.is_text() => {
                child::read(program, format.info().name, source, self.limits, progress)
            }
            _ => format.read(source).map_err(|error| Unfinished::Failed(Refused(error.to_string()))),
        }
    }

    fn open(&self, path: &Path) -> Result<(&'static dyn DocumentFormat, Vec<u8>), String> {
        let unread = |error: DiskError| match error {
            DiskError::System(error) => format!("the file can't be read: {error}"),
            other @ (DiskError::Special { .. } | DiskError::TooLarge { .. } | DiskError::Gone) => {
                words::why_unread(&other)
            }
        };
        let mut file = outside::open(path, limits::DOCUMENT).map_err(unread)?;
        let mut bytes = Vec::with_capacity(FIRST_READ);
        file.by_ref().take(HEAD as u64).read_to_end(&mut bytes).map_err(|error| unread(error.into()))?;
        let named = self.format.and_then(super::format);
        if let Some(other) = other_format_of(path, &bytes).filter(|_| named.is_none()) {
            return Err(ReadError::OtherFormat(other).to_string());
        }
        let format = named.unwrap_or_else(|| format_of(path, &bytes));
        if bytes.len() == HEAD {
            bytes.append(&mut steps::read_all(file, limits::DOCUMENT).map_err(unread)?);
        }
        if format.is_text() && bytes.len() as u64 > limits::TEXT {
            return Err(words::too_large(limits::TEXT));
        }
        Ok((format, bytes))
    }
}

/// Returns separate threads for work that mostly waits for other processes, so that computing threads are not blocked.
/// `None` if one thread is enough or no more are available.
fn waiting_threads(files: usize) -> Option<ThreadPool> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(files);
    if threads < 2 {
        return None;
    }
    ThreadPoolBuilder::new().num_threads(threads).build().ok()
}

/// Returns documents with their origins. Each of several documents in one file has its own checksum over everything
/// that was read of it, so that a table with one more row yields one more document; the same row a second time is
/// another document.
fn with_origins(
    documents: Vec<ReadDocument>,
    source: &Source<'_>,
    format: &dyn DocumentFormat,
) -> Vec<FileDocument> {
    let mut earlier = std::collections::BTreeMap::<String, usize>::new();
    let whole = sha256(source.bytes);
    let with_origin = |document: ReadDocument| {
        let sha256 = if format.holds_several() {
            let sum = sum_of(&document);
            let count = earlier.entry(sum.clone()).and_modify(|count| *count += 1).or_insert(0);
            if *count == 0 { sum } else { sha256(format!("{sum} {count}").as_bytes()) }
        } else {
            whole.clone()
        };
        let origin = Origin {
            file_name: source.name.to_owned(),
            sha256,
            encoding: document.encoding.clone(),
            file_sha256: if format.holds_several() { whole.clone() } else { String::new() },
            ..Origin::default()
        };
        FileDocument { document, origin }
    };
    documents.into_iter().map(with_origin).collect()
}

/// Cleans documents. Their checksums are those of what was read, so that a document is recognised whatever is cleaned from
/// it.
fn cleaned(mut files: Vec<FileDocument>, format: &dyn DocumentFormat) -> Result<Vec<FileDocument>, String> {
    files.iter_mut().for_each(|file| clean(&mut file.document, format.is_text()));
    let read = files.len();
    files.retain(|file| !file.document.text.trim().is_empty());
    let empty = read - files.len();
    let Some(first) = files.first_mut() else { return Err(DecodeError::Empty.to_string()) };
    first.document.dropped.extend((empty > 0).then(|| Loss::new(DocumentLoss::EmptyRows, empty)));
    Ok(files)
}

fn sum_of(document: &ReadDocument) -> String {
    let date = document.date.as_ref().map(|date| date.as_str());
    let facts = [document.title.as_deref(), date, document.author.as_deref(), document.source.as_deref()];
    let facts = facts.map(|fact| fact.unwrap_or_default()).join("\0");
    sha256(format!("{facts}\0{}", document.text).as_bytes())
}
