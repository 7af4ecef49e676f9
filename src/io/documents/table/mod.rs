//! Tables in CSV and TSV, with one document per row: a column of texts, and columns of metadata.

mod columns;

use columns::Columns;

use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;
use crate::decode::decode;
use crate::loss::{DocumentLoss, Loss, Losses};

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
        let (columns, rows) = table(&decoded.text).ok_or(ReadError::NoTextColumn)?;
        let stem = source.name.rsplit_once('.').map_or(source.name, |(stem, _)| stem);
        let (mut documents, mut empty): (Vec<ReadDocument>, usize) = (Vec::new(), 0);
        for (number, row) in rows.iter().enumerate() {
            let text = row.get(columns.text).map_or("", |text| text.trim());
            if text.is_empty() {
                empty += 1;
                continue;
            }
            let facts = columns.facts(row);
            let mut lost = Losses::default();
            facts.too_long.into_iter().for_each(|column| lost.add(DocumentLoss::LongValues { column }, 1));
            let first = text.lines().next().unwrap_or_default();
            let title = facts
                .title
                .or_else(|| (first.chars().count() > 120).then(|| format!("{stem}, row {}", number + 1)));
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
        if empty > 0 {
            first.dropped.push(Loss::new(DocumentLoss::EmptyRows, empty));
        }
        Ok(documents)
    }
}

/// Returns the columns and rows of a table; `None` if it has no texts.
fn table(text: &str) -> Option<(Columns, Vec<Vec<String>>)> {
    let delimiter = delimiter(text)?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows =
        reader.records().map_while(Result::ok).map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>());
    let names = rows.next()?;
    let rows: Vec<Vec<String>> = rows.collect();
    Columns::find(&names, &rows).map(|columns| (columns, rows))
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
        assert_eq!(documents[0].dropped[0].count, 1);
        assert!(Table.fits(CSV.as_bytes()));
    }

    #[test]
    fn tables_without_texts_are_refused() {
        assert_eq!(read("a,b\n1,2\n"), Err(ReadError::NoTextColumn));
        assert!(!Table.fits(b"x") && !Table.fits(b"EU\tNNP\tI-NP\nrejects\tVBZ\tI-VP\n"));
        let passages = "document,quote,start,end,text\nd001,a,1,2,b\n";
        assert!(!Table.fits(passages.as_bytes()));
    }

    proptest! {
        #![proptest_config(count(100))]
        #[test]
        fn damaged_tables_do_no_harm(damages in damages()) {
            check(&Table, CSV.as_bytes(), &damages)?;
        }
    }
}
