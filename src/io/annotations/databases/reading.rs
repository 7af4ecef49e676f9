//! Recognition and reading of databases, the same for all programs.

use crate::IoError;
use crate::annotations::importer::Input;
use crate::annotations::refusal::FileFault;
use crate::database::{Layout, MAGIC, ReadTables, Tables, read};
use crate::words::remarks;

/// Returns whether a file is a database that has some of the tables of a program, judging by its first bytes: the statements
/// that created its tables are on its first pages. One table is not enough, since other programs have tables of that name.
pub(super) fn fits(head: &[u8], layout: &Layout) -> bool {
    let is_made = |table: &str| {
        memchr::memmem::find_iter(head, b"CREATE TABLE ").any(|at| {
            let name = &head[at + b"CREATE TABLE ".len()..];
            let name = name.strip_prefix(b"\"").or_else(|| name.strip_prefix(b"`")).unwrap_or(name);
            let rest = name.get(table.len()..).filter(|_| name.starts_with(table.as_bytes()));
            rest.and_then(|rest| rest.first()).is_some_and(|c| !c.is_ascii_alphanumeric() && *c != b'_')
        })
    };
    head.starts_with(MAGIC) && layout.needed.iter().filter(|table| is_made(table)).count() > 1
}

/// Reads the tables of a file, and reports the encoding of texts that are not UTF-8.
pub(super) fn tables(
    input: &Input<'_>,
    layout: &'static Layout,
    remarks: &mut Vec<String>,
) -> Result<Tables, IoError> {
    let Input { path, bytes, encoding, reader } = input;
    let database = ReadTables { path, bytes, encoding: *encoding, reader: *reader };
    let tables = read(&database, layout).map_err(|why| {
        IoError::Problem(input.refused(None, FileFault::Database { program: layout.program, why }))
    })?;
    remarks.extend(tables.encoding.as_ref().map(|encoding| remarks::decoded(encoding, input.path)));
    Ok(tables)
}

/// Returns the number of a row as the line of a record.
pub(super) fn line(id: Option<i64>) -> Option<usize> {
    id.and_then(|id| usize::try_from(id).ok())
}
