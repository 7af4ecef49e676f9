//! The size limits of files outside projects, in bytes. Those of a project's files are in `project::limits`.

const KB: u64 = 1 << 10;
const MB: u64 = 1 << 20;
const GB: u64 = 1 << 30;

/// A document in any format.
pub(crate) const DOCUMENT: u64 = GB;
/// A text, whether a file or the content of a document: the most that a project holds.
pub(crate) const TEXT: u64 = 512 * MB;
/// A file of labelled spans.
pub(crate) const LABELLED: u64 = GB;
/// What a workbook may unpack to.
pub(crate) const WORKBOOK: u64 = 2 * GB;
/// Values in the tables of a database; a number, not bytes.
pub(crate) const CELLS: u64 = 10_000_000;
/// A configuration or type system next to a file of labelled spans.
pub(crate) const CONFIGURATION: u64 = 16 * MB;
/// A codebook.
pub(crate) const CODEBOOK: u64 = 64 * MB;
/// An export that is read back.
pub(crate) const EXPORT: u64 = 4 * GB;
/// A version of a file that git gives to the merge driver.
pub(crate) const VERSION: u64 = GB;
/// The settings of the program.
pub(crate) const SETTINGS: u64 = 16 * MB;
/// A file of the system, such as the list of mounts.
pub(crate) const SYSTEM: u64 = 16 * MB;
/// A configuration file of git.
pub(crate) const GIT: u64 = 256 * KB;
