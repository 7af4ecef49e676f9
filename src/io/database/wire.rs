//! The output of the reading process: tables in a compact form, which the other side reads within the same limits, since the
//! process may have been taken over by the file.

use std::io::Write;

use serde::{Deserialize, Serialize};

use super::{Cell, Table, Tables};
use crate::limits;
use crate::loss::{Loss, LossKind};

/// Greatest length of the first line in bytes.
const HEAD: usize = 1 << 20;

/// The first line.
#[derive(Serialize, Deserialize, Debug)]
enum Head {
    /// The tables; their values follow, row by row.
    Tables { tables: Vec<Shape>, encoding: Option<String>, losses: Vec<(LossKind, usize)> },
    /// The reason why there are none.
    Refused(String),
}

/// A table without its values.
#[derive(Serialize, Deserialize, Debug)]
struct Shape {
    name: String,
    columns: Vec<String>,
    rows: usize,
}

/// Writes the tables, or the reason why there are none.
///
/// # Errors
/// The reader has closed the stream.
pub(super) fn write(read: &Result<Tables, String>, out: &mut dyn Write) -> std::io::Result<()> {
    let shape = |table: &Table| Shape {
        name: table.name.clone(),
        columns: table.columns.clone(),
        rows: table.rows.len(),
    };
    let head = match read {
        Ok(read) => Head::Tables {
            tables: read.tables.iter().map(shape).collect(),
            encoding: read.encoding.clone(),
            losses: read.losses.iter().map(|loss| (loss.kind.clone(), loss.count)).collect(),
        },
        Err(why) => Head::Refused(why.clone()),
    };
    let mut out = std::io::BufWriter::new(out);
    serde_json::to_writer(&mut out, &head)?;
    out.write_all(b"\n")?;
    for cell in read.iter().flat_map(|read| &read.tables).flat_map(|table| table.rows.iter().flatten()) {
        match cell {
            Cell::Null => out.write_all(&[0])?,
            Cell::Integer(number) => {
                out.write_all(&[1])?;
                out.write_all(&number.to_le_bytes())?;
            }
            Cell::Real(number) => {
                out.write_all(&[2])?;
                out.write_all(&number.to_le_bytes())?;
            }
            Cell::Text(text) => {
                out.write_all(&[3])?;
                out.write_all(&(text.len() as u64).to_le_bytes())?;
                out.write_all(text.as_bytes())?;
            }
        }
    }
    out.flush()
}

/// Reads the output of [`write`]; `None` if it is incomplete, malformed or beyond the limits.
pub(super) fn read(bytes: &[u8]) -> Option<Result<Tables, String>> {
    let end = memchr::memchr(b'\n', bytes.get(..bytes.len().min(HEAD))?)?;
    let (shapes, encoding, losses) = match serde_json::from_slice(&bytes[..end]).ok()? {
        Head::Refused(why) => return Some(Err(why)),
        Head::Tables { tables, encoding, losses } => (tables, encoding, losses),
    };
    let mut rest = &bytes[end + 1..];
    let mut left = limits::CELLS;
    let mut tables = Vec::new();
    for shape in shapes {
        let mut rows = Vec::new();
        // A row without columns takes no bytes, so its number would not be limited.
        let count = if shape.columns.is_empty() { 0 } else { shape.rows };
        for _ in 0..count {
            left = left.checked_sub(shape.columns.len() as u64)?;
            let row: Option<Vec<Cell>> = shape.columns.iter().map(|_| cell(&mut rest)).collect();
            rows.push(row?);
        }
        tables.push(Table { name: shape.name, columns: shape.columns, rows });
    }
    let losses = losses.into_iter().map(|(kind, count)| Loss { kind, count }).collect();
    rest.is_empty().then_some(Ok(Tables { tables, encoding, losses }))
}

fn cell(rest: &mut &[u8]) -> Option<Cell> {
    match take(rest, 1)? {
        [0] => Some(Cell::Null),
        [1] => Some(Cell::Integer(i64::from_le_bytes(take(rest, 8)?.try_into().ok()?))),
        [2] => Some(Cell::Real(f64::from_le_bytes(take(rest, 8)?.try_into().ok()?))),
        [3] => {
            let length = u64::from_le_bytes(take(rest, 8)?.try_into().ok()?);
            let text = take(rest, usize::try_from(length).ok()?)?;
            Some(Cell::Text(std::str::from_utf8(text).ok()?.to_owned()))
        }
        _ => None,
    }
}

fn take<'b>(rest: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, after) = rest.split_at_checked(count)?;
    *rest = after;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::DatabaseLoss;

    fn tables() -> Tables {
        let cells = [Cell::Null, Cell::Integer(-7), Cell::Real(2.5), Cell::Text("👩\n".to_owned())];
        let columns = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let table = Table { name: "one".to_owned(), columns, rows: vec![cells.to_vec(), cells.to_vec()] };
        let empty = Table { name: "two".to_owned(), ..Table::default() };
        Tables {
            tables: vec![table, empty],
            encoding: Some("windows-1252".to_owned()),
            losses: vec![Loss::new(DatabaseLoss::Bytes, 2)],
        }
    }

    fn written(read: &Result<Tables, String>) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(read, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn tables_are_read_back() {
        for handed in [Ok(tables()), Ok(Tables::default()), Err("why\nnot".to_owned())] {
            assert_eq!(read(&written(&handed)), Some(handed));
        }
    }

    #[test]
    fn incomplete_or_endless_output_is_refused() {
        let whole = written(&Ok(tables()));
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), None, "{end}");
        }
        let rows = format!(
            r#"{{"Tables":{{"tables":[{{"name":"a","columns":["b"],"rows":{}}}],"encoding":null,"losses":[]}}}}"#,
            u64::MAX
        );
        let mut many = rows.into_bytes();
        many.push(b'\n');
        many.extend([0; 1000]);
        assert_eq!(read(&many), None);
    }
}
