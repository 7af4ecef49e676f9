//! Tables in CSV and TSV, with one document per row: a column of texts, and columns of metadata.

mod columns;
mod rows;

use columns::Columns;
use rows::rows;

pub(crate) use rows::Row;

use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;
use crate::decode::decode;
use crate::loss::{DocumentLoss, Losses};

/// The possible delimiters of cells.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// CSV and TSV.
#[derive(Debug)]
pub(super) struct Table;

impl DocumentFormat for Table {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "csv",
            title: "Table with one text per row (CSV, TSV)",
            extension: "csv",
            carries: "one document per row: text, title, date, author, source; other columns as part of the source",
            loses: "rows without text, other values of more than 200 characters",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv", "tab"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        // The last line may be cut inside a character.
        let whole = head.iter().rposition(|byte| *byte == b'\n').map_or(head, |end| &head[..=end]);
        decode(whole, None).is_ok_and(|decoded| table(&decoded.text).is_some())
    }

    fn holds_several(&self) -> bool {
        true
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        let decoded = decode(source.bytes, source.encoding)?;
        let Found { columns, rows } = table(&decoded.text).ok_or(ReadError::NoTextColumn)?;
        let stem = source.name.rsplit_once('.').map_or(source.name, |(stem, _)| stem);
        let mut documents: Vec<ReadDocument> = Vec::new();
        // What belongs to no document is reported with the first one.
        let mut of_none = Losses::default();
        of_none.extend(decoded.damage.losses());
        of_none.add(DocumentLoss::NoHeader, usize::from(!columns.has_header));
        for (number, row) in (1..).zip(&rows) {
            let mut lost = Losses::default();
            let text = text_of(row, &columns, &mut lost);
            if text.is_empty() {
                of_none.add(DocumentLoss::EmptyRows, 1);
                of_none.join(lost);
                continue;
            }
            let facts = columns.facts(row);
            facts.too_long.into_iter().for_each(|column| lost.add(DocumentLoss::LongValues { column }, 1));
            let first = text.lines().next().unwrap_or_default();
            let title = facts
                .title
                .or_else(|| (first.chars().count() > 120).then(|| format!("{stem}, row {number}")));
            documents.push(ReadDocument {
                text: format!("{text}\n"),
                title,
                date: facts.date,
                author: facts.author,
                source: facts.source,
                anchors: Vec::new(),
                dropped: lost.report(),
                encoding: decoded.encoding.to_owned(),
            });
        }
        let first = documents.first_mut().ok_or(ReadError::Empty("the column of texts is empty"))?;
        first.dropped.append(&mut of_none.report());
        Ok(documents)
    }
}

/// Returns whether a file that was read as one text is a table according to its name, and has several rows.
pub(super) fn is_missed(name: &str, text: &str) -> bool {
    let is_table = name
        .rsplit_once('.')
        .is_some_and(|(_, ending)| Table.endings().iter().any(|known| ending.eq_ignore_ascii_case(known)));
    is_table && text.lines().filter(|line| !line.trim().is_empty()).nth(1).is_some()
}

/// Returns the text of a row. Cells beyond the last column are a part of it if its column is the last one, since a delimiter
/// in the text is then not in quotes.
fn text_of<'a>(row: &'a Row, columns: &Columns, lost: &mut Losses) -> &'a str {
    let number = row.number;
    lost.add(DocumentLoss::OpenQuote { row: number }, usize::from(row.has_open_quote));
    let surplus = row.cells.iter().skip(columns.count()).filter(|cell| !cell.trim().is_empty()).count();
    if surplus > 0 && columns.text + 1 == columns.count() {
        lost.add(DocumentLoss::JoinedCells { row: number }, surplus);
        return row.written_from(columns.text).trim();
    }
    lost.add(DocumentLoss::SurplusCells { row: number }, surplus);
    row.cell(columns.text).trim()
}

/// A table with texts.
struct Found {
    columns: Columns,
    /// The rows below the names of the columns.
    rows: Vec<Row>,
}

/// Returns the rows of a table with LF line ends, whose delimiter is detected.
pub(crate) fn all_rows(text: &str) -> Vec<Row> {
    delimiter(text).map(|delimiter| rows(text, delimiter)).unwrap_or_default()
}

/// Finds the columns of a table; `None` if it has no texts.
fn table(text: &str) -> Option<Found> {
    let mut rows = rows(text, delimiter(text)?);
    let columns = Columns::find(&rows)?;
    if columns.has_header {
        rows.remove(0);
    }
    Some(Found { columns, rows })
}

/// Returns the most frequent delimiter in the first line, outside quotes; a comma for a table with one column.
fn delimiter(text: &str) -> Option<u8> {
    let (mut quoted, mut counts) = (false, [0_usize; 4]);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                for (count, delimiter) in counts.iter_mut().zip(DELIMITERS) {
                    *count += usize::from(byte == delimiter);
                }
            }
            _ => {}
        }
    }
    let best = counts.iter().zip(DELIMITERS).max_by_key(|(count, delimiter)| (**count, *delimiter == b','));
    best.map(|(_, delimiter)| delimiter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotations::mutation::{count, damages};
    use crate::documents::mutation::check;
    use crate::loss::Loss;
    use demarche_model::Date;

    const CSV: &str = "\u{feff}id;Title;date;text;party\r\n1;Talks;2026-03-14 09:00;\"We will; not\r\n\"\"wait\"\".\";Green\r\n\
                       2;;;  ;Red\r\n3;;;Short one.;\r\n";

    fn read(text: &str) -> Result<Vec<ReadDocument>, ReadError> {
        Table.read(&Source { name: "a.csv", bytes: text.as_bytes(), encoding: None })
    }

    #[test]
    fn each_row_is_a_document() {
        let documents = read(CSV).unwrap();
        let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
        assert_eq!(texts, ["We will; not\n\"wait\".\n", "Short one.\n"]);
        assert_eq!(documents[0].title.as_deref(), Some("Talks"));
        assert_eq!(documents[0].date, Date::parse("2026-03-14"));
        assert_eq!(documents[0].source.as_deref(), Some("id: 1; party: Green"));
        assert_eq!(documents[0].dropped, [Loss::new(DocumentLoss::EmptyRows, 1)]);
        assert!(Table.fits(CSV.as_bytes()));
    }

    #[test]
    fn tables_without_texts_are_refused() {
        assert_eq!(read("a,b\n1,2\n"), Err(ReadError::NoTextColumn));
        assert!(!Table.fits(b"x") && !Table.fits(b"EU\tNNP\tI-NP\nrejects\tVBZ\tI-VP\n"));
        let passages = "document,quote,start,end,text\nd001,a,1,2,b\n";
        assert!(!Table.fits(passages.as_bytes()));
    }

    /// Returns the texts, and what is reported with them.
    fn texts(text: &str) -> (Vec<String>, Vec<Loss>) {
        let (mut texts, mut reported) = (Vec::new(), Vec::new());
        for document in read(text).unwrap() {
            texts.push(document.text.trim_end().to_owned());
            reported.extend(document.dropped);
        }
        (texts, reported)
    }

    #[test]
    fn a_table_without_a_column_of_texts_is_said_to_be_one_text() {
        let folder = tempfile::tempdir().unwrap();
        let missed = |name: &str, content: &str, format| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            let reader = crate::documents::Reader::in_process().with_format(format);
            let read = reader.read_all(&[path], &()).unwrap().remove(0).unwrap();
            let lost = Loss::new(DocumentLoss::TableAsOneText, 1);
            (read.len(), read.iter().any(|file| file.document.dropped.contains(&lost)))
        };
        let short = "yes,no\nno,yes\nmaybe,never\n";
        for name in ["a.csv", "a.TSV", "a.tab"] {
            assert_eq!(missed(name, short, None), (1, true), "{name}");
        }
        assert_eq!(missed("one-column.csv", "yes\nno\n", None), (1, true));
        assert_eq!(missed("b.txt", short, None), (1, false));
        assert_eq!(missed("c.csv", short, Some("txt")), (1, false), "as asked for");
        assert_eq!(missed("d.csv", "only one line, with a comma", None), (1, false));
        assert_eq!(missed("e.csv", &format!("text,party\n{short}"), None), (3, false));
    }

    #[test]
    fn cells_beyond_the_last_column_are_joined_or_named() {
        let (found, reported) = texts("text\nWe ask, now, or \"leave\".\n\"The port, they say\"\n");
        assert_eq!(found, ["We ask, now, or \"leave\".", "The port, they say"]);
        assert_eq!(reported, [Loss::new(DocumentLoss::JoinedCells { row: 2 }, 2)]);
        let (found, reported) = texts("id;text\n1;We ask; now\n2;We wait;;\n");
        assert_eq!(found, ["We ask; now", "We wait"]);
        assert_eq!(reported, [Loss::new(DocumentLoss::JoinedCells { row: 2 }, 1)]);
        let (found, reported) = texts("text,id\nWe ask, now,1\n");
        assert_eq!(found, ["We ask"]);
        assert_eq!(reported, [Loss::new(DocumentLoss::SurplusCells { row: 2 }, 1)]);
    }

    #[test]
    fn a_first_row_that_names_nothing_is_a_text() {
        let long = "The delegation demanded that the port be opened before the end of the week, and left.";
        let (found, reported) = texts(&format!("1,\"{long}\"\n2,\"{long} Again.\"\n"));
        assert_eq!(found, [long.to_owned(), format!("{long} Again.")]);
        assert_eq!(reported, [Loss::new(DocumentLoss::NoHeader, 1)]);
        let rows = format!("who,remarks\nAna,\"{long}\"\n");
        assert_eq!(texts(&rows), (vec![long.to_owned()], Vec::new()));
    }

    #[test]
    fn an_open_quote_is_named_and_the_rest_goes_on() {
        let (found, reported) = texts("id,text\n1,\"He said \"\"no\"\"\"\n2,\"open\n3,Third\n4,Fourth\n");
        assert_eq!(found, ["He said \"no\"", "\"open", "Third", "Fourth"]);
        assert_eq!(reported, [Loss::new(DocumentLoss::OpenQuote { row: 3 }, 1)]);
    }

    proptest! {
        #![proptest_config(count(100))]
        #[test]
        fn damaged_tables_do_no_harm(damages in damages()) {
            check(&Table, CSV.as_bytes(), &damages)?;
        }
    }
}
