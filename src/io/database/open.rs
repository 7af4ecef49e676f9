//! Reading the tables of a database, in the process that may be harmed by it.

use std::path::Path;
use std::time::{Duration, Instant};

use encoding_rs::Encoding;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::{Cell, DatabaseFault, Layout, Table, Tables};
use crate::decode::decode_verbatim;
use crate::limits;
use crate::loss::{DatabaseLoss, Losses};

/// Number of instructions of the SQL machine between two looks at the clock.
const INSTRUCTIONS: i32 = 100_000;
/// The longest time for which SQL may run.
const TIME: Duration = Duration::from_secs(120);
/// Greatest length of an SQL statement, in bytes, also of those in the schema.
const SQL: i32 = 1_000_000;

/// Reads the tables of a layout from a database that nothing changes meanwhile.
///
/// # Errors
/// The database is damaged, has other tables, or is too large.
pub(super) fn tables(
    path: &Path,
    layout: &'static Layout,
    encoding: Option<&'static Encoding>,
) -> Result<Tables, DatabaseFault> {
    let connection = connect(path, layout).map_err(damaged)?;
    let mut reading = Reading { encoding, ..Reading::default() };
    let mut tables = Vec::new();
    for (name, columns) in layout.tables {
        if let Some(found) = reading.table(&connection, name, columns)? {
            tables.push(found);
        }
    }
    let is_found = |needed: &&&str| tables.iter().any(|table: &Table| table.name == **needed);
    if let Some(table) = layout.needed.iter().find(|needed| !is_found(needed)) {
        return Err(DatabaseFault::NoTable { program: layout.program, table });
    }
    let mut tables = Tables { tables, encoding: reading.found, losses: reading.losses.report() };
    (layout.prepare)(&mut tables)?;
    Ok(tables)
}

fn damaged(error: rusqlite::Error) -> DatabaseFault {
    DatabaseFault::Damaged(error.to_string())
}

/// Opens a database in which nothing but `SELECT` on the tables of the layout is allowed.
fn connect(path: &Path, layout: &'static Layout) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(uri(path), flags)?;
    for (option, is_on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
    ] {
        connection.set_db_config(option, is_on)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, i32::try_from(limits::TEXT).unwrap_or(i32::MAX)),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, SQL),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
        (Limit::SQLITE_LIMIT_COLUMN, 500),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, most)?;
    }
    let start = Instant::now();
    connection.progress_handler(INSTRUCTIONS, Some(move || start.elapsed() > TIME))?;
    for pragma in ["temp_store = MEMORY", "mmap_size = 0", "cell_size_check = ON", "query_only = ON"] {
        connection.execute_batch(&format!("PRAGMA {pragma}"))?;
    }
    connection.authorizer(Some(move |context: AuthContext<'_>| may(context.action, layout)))?;
    Ok(connection)
}

/// Returns whether a step of a statement is one of those that this module needs.
fn may(action: AuthAction<'_>, layout: &Layout) -> Authorization {
    let is_allowed = match action {
        AuthAction::Select => true,
        AuthAction::Read { table_name, .. } => {
            layout.tables.iter().any(|(table, _)| table.eq_ignore_ascii_case(table_name))
        }
        AuthAction::Pragma { pragma_name, .. } => matches!(pragma_name, "table_list" | "table_xinfo"),
        _ => false,
    };
    if is_allowed { Authorization::Allow } else { Authorization::Deny }
}

/// Returns the address of a file that is neither locked nor changed, and whose journals are not looked for.
fn uri(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    // A path of Windows begins with the letter of a drive.
    let mut uri = if path.starts_with('/') { "file:" } else { "file:/" }.to_owned();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?immutable=1&mode=ro"
}

/// The reading of a database.
#[derive(Default)]
struct Reading {
    encoding: Option<&'static Encoding>,
    /// The encoding in which a text was found that is not UTF-8.
    found: Option<String>,
    cells: u64,
    bytes: u64,
    losses: Losses,
}

impl Reading {
    /// Reads the wanted columns of a table; `None` if the database does not have it.
    fn table(
        &mut self,
        connection: &Connection,
        name: &str,
        wanted: &[&str],
    ) -> Result<Option<Table>, DatabaseFault> {
        let Some(columns) = columns(connection, name, wanted)? else { return Ok(None) };
        let mut rows = Vec::new();
        if !columns.is_empty() {
            let list: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
            let select = format!("SELECT {} FROM main.\"{name}\" NOT INDEXED", list.join(", "));
            let mut statement = connection.prepare(&select).map_err(damaged)?;
            let mut found = statement.query([]).map_err(damaged)?;
            while let Some(row) = found.next().map_err(damaged)? {
                let mut cells = Vec::with_capacity(columns.len());
                for at in 0..columns.len() {
                    cells.push(self.cell(row.get_ref(at).map_err(damaged)?)?);
                }
                rows.push(cells);
            }
        }
        let columns = columns.into_iter().map(str::to_owned).collect();
        Ok(Some(Table { name: name.to_owned(), columns, rows }))
    }

    fn cell(&mut self, value: ValueRef<'_>) -> Result<Cell, DatabaseFault> {
        let cell = match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Integer(number),
            ValueRef::Real(number) => Cell::Real(number),
            ValueRef::Text(bytes) => self.text(bytes),
            // RQDA and others have stored texts as bytes.
            ValueRef::Blob(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Cell::Text(text.to_owned()),
                Err(_) => {
                    self.losses.add(DatabaseLoss::Bytes, 1);
                    Cell::Null
                }
            },
        };
        self.cells += 1;
        if let Cell::Text(text) = &cell {
            self.bytes += text.len() as u64;
        }
        if self.cells > limits::CELLS || self.bytes > limits::TEXT {
            return Err(too_large());
        }
        Ok(cell)
    }

    /// Decodes a text. SQLite does not check that texts are UTF-8, and R on Windows has stored others.
    fn text(&mut self, bytes: &[u8]) -> Cell {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Cell::Text(text.to_owned());
        }
        match decode_verbatim(bytes, self.encoding) {
            Ok(decoded) => {
                self.losses.extend(decoded.damage.losses());
                self.found.get_or_insert_with(|| decoded.encoding.to_owned());
                Cell::Text(decoded.text)
            }
            Err(_) => {
                self.losses.add(DatabaseLoss::Bytes, 1);
                Cell::Null
            }
        }
    }
}

pub(super) fn too_large() -> DatabaseFault {
    DatabaseFault::TooLarge { cells: limits::CELLS / 1_000_000, megabytes: limits::TEXT >> 20 }
}

/// Returns those of the wanted columns that a table has; `None` if there is no such table.
fn columns<'c>(
    connection: &Connection,
    name: &str,
    wanted: &[&'c str],
) -> Result<Option<Vec<&'c str>>, DatabaseFault> {
    let ask = |pragma: &str, columns: [&str; 2]| -> rusqlite::Result<Vec<(String, String)>> {
        let mut statement = connection.prepare(&format!("PRAGMA main.{pragma}(\"{name}\")"))?;
        let [first, second] = columns;
        let pair = |row: &rusqlite::Row<'_>| {
            let second = match row.get_ref(second)? {
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => String::new(),
            };
            Ok((row.get(first)?, second))
        };
        statement.query_map([], pair)?.collect()
    };
    match ask("table_list", ["name", "type"]).map_err(damaged)?.first() {
        None => return Ok(None),
        Some((_, kind)) if kind != "table" => return Err(DatabaseFault::NotATable(name.to_owned())),
        Some(_) => {}
    }
    let found = ask("table_xinfo", ["name", "hidden"]).map_err(damaged)?;
    let mut columns = Vec::new();
    for wanted in wanted {
        match found.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)) {
            Some((_, hidden)) if hidden == "0" => columns.push(*wanted),
            Some((column, _)) => {
                return Err(DatabaseFault::Computed { table: name.to_owned(), column: column.clone() });
            }
            None => {}
        }
    }
    Ok(Some(columns))
}
