//! The rows of a table in CSV or TSV (RFC 4180). A quote that is never closed belongs to its cell and ends with its line,
//! so that it does not take the following rows with it.

/// A row.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Row {
    /// Its number, from 1, as in a spreadsheet.
    pub number: usize,
    /// Its cells, without quotes.
    pub cells: Vec<String>,
    /// The start of each cell in the row as written.
    starts: Vec<usize>,
    /// The row as written, without its line end.
    written: String,
    /// Whether a quote in it is never closed.
    pub has_open_quote: bool,
}

impl Row {
    /// Returns a cell; empty if the row is too short.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Returns a cell and all that follow it, as written.
    pub fn written_from(&self, column: usize) -> &str {
        self.starts.get(column).map_or("", |start| &self.written[*start..])
    }

    fn is_blank(&self) -> bool {
        self.written.is_empty()
    }
}

/// Returns the rows of a text with LF line ends. Blank lines are no rows.
pub(super) fn rows(text: &str, delimiter: u8) -> Vec<Row> {
    let mut parser = Parser { text, delimiter, at: 0 };
    let mut rows: Vec<Row> = Vec::new();
    while parser.at < text.len() {
        let row = parser.row(rows.len() + 1);
        if !row.is_blank() {
            rows.push(row);
        }
    }
    rows
}

struct Parser<'a> {
    text: &'a str,
    delimiter: u8,
    /// The byte that is read next.
    at: usize,
}

/// The end of a cell.
#[derive(PartialEq, Eq)]
enum End {
    Cell,
    Row,
}

impl Parser<'_> {
    fn row(&mut self, number: usize) -> Row {
        let start = self.at;
        let mut row = Row { number, ..Row::default() };
        loop {
            row.starts.push(self.at - start);
            let quoted = self.quoted(&mut row);
            let (rest, end) = self.plain();
            row.cells.push(quoted + rest);
            if end == End::Row {
                let written = &self.text[start..self.at];
                written.strip_suffix('\n').unwrap_or(written).clone_into(&mut row.written);
                return row;
            }
        }
    }

    /// Reads the quoted part of a cell, if it starts with a quote.
    fn quoted(&mut self, row: &mut Row) -> String {
        let bytes = self.text.as_bytes();
        let mut words = String::new();
        if bytes.get(self.at) != Some(&b'"') {
            return words;
        }
        let mut from = self.at + 1;
        while let Some(quote) = memchr::memchr(b'"', &bytes[from..]).map(|at| from + at) {
            words.push_str(&self.text[from..quote]);
            if bytes.get(quote + 1) == Some(&b'"') {
                words.push('"');
                from = quote + 2;
                continue;
            }
            let ends = bytes.get(quote + 1).is_none_or(|next| [b'\n', self.delimiter].contains(next));
            // A quote inside words does not close a cell over several lines: it opens another cell, and the line end was
            // the end of a row.
            if !ends && words.contains('\n') {
                break;
            }
            self.at = quote + 1;
            return words;
        }
        row.has_open_quote = true;
        String::new()
    }

    /// Reads up to the end of the cell, and skips the delimiter or line end.
    fn plain(&mut self) -> (&str, End) {
        let (text, start) = (self.text, self.at);
        let ends = |byte: &u8| [b'\n', self.delimiter].contains(byte);
        let length = text.as_bytes()[start..].iter().position(ends);
        let end = length.map_or(text.len(), |length| start + length);
        self.at = (end + 1).min(text.len());
        let is_cell = text.as_bytes().get(end) == Some(&self.delimiter);
        (&text[start..end], if is_cell { End::Cell } else { End::Row })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        rows(text, b',').into_iter().map(|row| row.cells).collect()
    }

    fn open(text: &str) -> Vec<usize> {
        rows(text, b',').into_iter().filter(|row| row.has_open_quote).map(|row| row.number).collect()
    }

    #[test]
    fn cells_are_read_with_and_without_quotes() {
        let text = "a,b,\n\n\"one, \"\"two\"\"\n\nthree\",x \"y\",\"\"\n\"a\" b,c";
        let expected = [vec!["a", "b", ""], vec!["one, \"two\"\n\nthree", "x \"y\"", ""], vec!["a b", "c"]];
        assert_eq!(cells(text), expected);
        assert_eq!(open(text), [0; 0]);
        let row = rows("1,\"a\", b\n", b',').remove(0);
        assert_eq!((row.written_from(1), row.written_from(2), row.written_from(3)), ("\"a\", b", " b", ""));
    }

    #[test]
    fn an_open_quote_takes_no_other_row_with_it() {
        let text = "1,\"a \"\"b\"\" c\"\n2,\"open\n3,third\n";
        assert_eq!(cells(text), [vec!["1", "a \"b\" c"], vec!["2", "\"open"], vec!["3", "third"]]);
        assert_eq!(open(text), [2]);
        assert_eq!(open("1,\"open\n2,\"closed\"\n3,\"open\n4,\"closed\", too\n"), [1, 3]);
        assert_eq!(open("\"open, and, more\nx,y\n"), [1]);
    }
}
