//! Import of projects that other programs keep in SQLite: QualCoder, Taguette, RQDA and Discourse Network Analyzer.
//! `crate::database` reads their tables in a separate process; here they become drafts.

mod codes;
mod dna;
mod notes;
mod qualcoder;
mod rqda;
mod taguette;
#[cfg(test)]
pub(crate) mod tests;

pub(super) use dna::Dna;
pub(super) use qualcoder::QualCoder;
pub(super) use rqda::Rqda;
pub(super) use taguette::Taguette;

use super::importer::Input;
use super::refusal::FileFault;
use crate::IoError;
use crate::database::{Layout, MAGIC, ReadTables, Tables, read};
use crate::words::remarks;

/// Returns whether a file is a database that has one of the tables of a program, judging by its first bytes: the statements
/// that created its tables are on its first pages.
fn fits(head: &[u8], layout: &Layout) -> bool {
    let is_made = |table: &str| {
        memchr::memmem::find_iter(head, b"CREATE TABLE ").any(|at| {
            let name = &head[at + b"CREATE TABLE ".len()..];
            let name = name.strip_prefix(b"\"").or_else(|| name.strip_prefix(b"`")).unwrap_or(name);
            let rest = name.get(table.len()..).filter(|_| name.starts_with(table.as_bytes()));
            rest.and_then(|rest| rest.first()).is_some_and(|c| !c.is_ascii_alphanumeric() && *c != b'_')
        })
    };
    head.starts_with(MAGIC) && layout.needed[1..].iter().any(|table| is_made(table))
}

/// Reads the tables of a file, and reports the encoding of texts that are not UTF-8.
fn tables(input: &Input<'_>, layout: &'static Layout, remarks: &mut Vec<String>) -> Result<Tables, IoError> {
    let Input { path, bytes, encoding, reader } = input;
    let database = ReadTables { path, bytes, encoding: *encoding, reader: *reader };
    let tables = read(&database, layout).map_err(|why| {
        IoError::Problem(input.refused(None, FileFault::Database { program: layout.program, why }))
    })?;
    remarks.extend(tables.encoding.as_ref().map(|encoding| remarks::decoded(encoding, input.path)));
    Ok(tables)
}

/// Returns the number of a row as the line of a record.
fn line(id: Option<i64>) -> Option<usize> {
    id.and_then(|id| usize::try_from(id).ok())
}
