//! The meaning of the columns of a table, by their names and contents.

use super::rows::Row;
use demarche_model::Date;

/// Names of the column with the texts, the most likely ones first.
const TEXT: [&str; 24] = [
    "text",
    "fulltext",
    "content",
    "body",
    "speech",
    "transcript",
    "statement",
    "article",
    "document",
    "message",
    "utterance",
    "abstract",
    "post",
    "tweet",
    "comment",
    "answer",
    "response",
    "paragraph",
    "description",
    "texto",
    "texte",
    "inhalt",
    "contenu",
    "tekst",
];
const TITLE: [&str; 6] = ["title", "headline", "heading", "subject", "titel", "titre"];
const DATE: [&str; 9] =
    ["date", "day", "published", "publicationdate", "createdat", "created", "datum", "fecha", "year"];
const AUTHOR: [&str; 7] = ["author", "speaker", "by", "from", "writer", "autor", "auteur"];
const SOURCE: [&str; 8] = ["source", "url", "link", "publisher", "outlet", "newspaper", "quelle", "address"];
/// Least mean length of the cells in a column of texts without a known name, in characters.
const LONG: usize = 60;
/// Number of rows that are examined for it.
const ROWS: usize = 50;
/// Greatest length of the name of a column, in characters.
const NAME: usize = 40;
/// Greatest length of a value in another column that is kept, in characters.
const VALUE: usize = 200;

/// The columns of a table, by their meaning.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Columns {
    /// Whether the first row names them.
    pub has_header: bool,
    names: Vec<String>,
    pub text: usize,
    title: Option<usize>,
    date: Option<usize>,
    author: Option<usize>,
    source: Option<usize>,
}

/// The metadata in a row.
#[derive(Default, Debug)]
pub(super) struct Facts {
    pub title: Option<String>,
    pub date: Option<Date>,
    pub author: Option<String>,
    pub source: Option<String>,
    /// Columns with a value that is too long to be kept.
    pub too_long: Vec<String>,
}

impl Columns {
    /// Detects the columns of a table by its first row; `None` if there is no column of texts, or if the table is of
    /// another kind.
    pub fn find(rows: &[Row]) -> Option<Self> {
        let (first, below) = rows.split_first()?;
        let plain: Vec<String> = first.cells.iter().map(|name| plain(name)).collect();
        if is_of_another_kind(&plain) {
            return None;
        }
        let named =
            |known: &[&str]| known.iter().find_map(|name| plain.iter().position(|column| column == name));
        let text = named(&TEXT).filter(|text| below.iter().any(|row| !row.cell(*text).is_empty()));
        let is_known =
            [&TEXT[..], &TITLE, &DATE, &AUTHOR, &SOURCE].iter().any(|known| named(known).is_some());
        let has_header = is_known || !first.cells.iter().any(|cell| is_value(cell));
        let rows = if has_header { below } else { rows };
        let text = text.or_else(|| longest(plain.len(), rows).filter(|_| plain.len() > 1))?;
        let other = |known: &[&str]| named(known).filter(|column| *column != text);
        let names = match has_header {
            true => first.cells.clone(),
            false => (1..=plain.len()).map(|number| format!("column {number}")).collect(),
        };
        Some(Self {
            has_header,
            names,
            text,
            title: other(&TITLE),
            date: other(&DATE),
            author: other(&AUTHOR),
            source: other(&SOURCE),
        })
    }

    /// Returns the number of columns.
    pub fn count(&self) -> usize {
        self.names.len()
    }

    /// Returns the metadata in a row.
    pub fn facts(&self, row: &Row) -> Facts {
        let get = |column: Option<usize>| {
            let value = row.cell(column?).split_whitespace().collect::<Vec<_>>().join(" ");
            (!value.is_empty()).then_some(value)
        };
        let mut facts = Facts {
            title: get(self.title),
            author: get(self.author),
            source: get(self.source),
            ..Facts::default()
        };
        facts.date = get(self.date).and_then(|date| date_of(&date));
        let mut rest: Vec<String> = facts.source.iter().cloned().collect();
        for (place, name) in self.names.iter().enumerate() {
            let place = Some(place);
            let has_meaning = [Some(self.text), self.title, self.author, self.source].contains(&place)
                || place == self.date && facts.date.is_some();
            match get(place).filter(|_| !has_meaning) {
                Some(value) if value.chars().count() > VALUE => facts.too_long.push(name.clone()),
                Some(value) => rest.push(format!("{}: {value}", name.trim())),
                None => {}
            }
        }
        facts.source = (!rest.is_empty()).then(|| rest.join("; "));
        facts
    }
}

/// Returns a name without differences in case and punctuation.
fn plain(name: &str) -> String {
    name.trim_matches('\u{feff}')
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns whether a table is a list of passages or a codebook, which are imported in other ways.
fn is_of_another_kind(names: &[String]) -> bool {
    let has = |name: &str| names.iter().any(|column| column == name);
    let codebook =
        has("name") && (has("definition") || has("colour") || has("color") || has("hotkey") || has("parent"));
    let passages = has("quote") && has("start") && has("end");
    codebook || passages
}

/// Returns whether a cell of the first row is no name of a column: a number, a date, a sentence or a long text.
fn is_value(cell: &str) -> bool {
    let cell = cell.trim();
    let is_sentence = cell.contains(' ') && cell.ends_with(['.', '!', '…', '。', '"', '”', '»']);
    let is_fact = cell.parse::<f64>().is_ok() || date_of(cell).is_some();
    is_fact || is_sentence || cell.chars().count() > NAME || cell.contains('\n')
}

/// Returns the column with the longest cells, if they are long.
fn longest(columns: usize, rows: &[Row]) -> Option<usize> {
    let rows = &rows[..rows.len().min(ROWS)];
    let mean = |column: usize| {
        let length: usize = rows.iter().map(|row| row.cell(column).chars().count()).sum();
        length / rows.len().max(1)
    };
    (0..columns)
        .map(|column| (mean(column), column))
        .filter(|(mean, _)| *mean >= LONG)
        .max()
        .map(|(_, column)| column)
}

/// Parses a date in a table: ISO 8601, optionally with a time, or with dots and the day first. Dates with slashes are
/// ambiguous.
fn date_of(text: &str) -> Option<Date> {
    let iso = Date::parse(text).or_else(|| Date::parse(text.get(..10)?));
    iso.or_else(|| {
        let mut parts = text.split('.').map(|part| part.trim().parse::<u32>().ok());
        let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
        (1000..=9999).contains(&year).then(|| Date::parse(&format!("{year}-{month:02}-{day:02}")))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Row {
        super::super::rows::rows(&cells.join("\t"), b'\t').remove(0)
    }

    #[test]
    fn columns_are_found_by_name_or_by_length() {
        let found = |names: &[&str], cells: &[&str]| Columns::find(&[row(names), row(cells)]).map(|c| c.text);
        assert_eq!(found(&["id", "Full Text"], &["1", "a"]), Some(1));
        assert_eq!(found(&["text"], &["a"]), Some(0));
        assert_eq!(found(&["a", "b"], &["x", &"word ".repeat(20)]), Some(1));
        assert_eq!(found(&["a"], &[&"word ".repeat(20)]), None);
        assert_eq!(found(&["id", "name", "definition", "text"], &["1", "a", "b", "c"]), None);
        assert_eq!(found(&["text", "quote", "start", "end"], &["a", "b", "1", "2"]), None);
    }

    #[test]
    fn other_columns_become_facts() {
        let names = row(&["date", "Speaker", "url", "party", "text", "long"]);
        let long = "x".repeat(VALUE + 1);
        let cells = row(&["14.3.2026", " Ana  Ruiz ", "https://a.example", "Green", "We wait.", &long]);
        let facts = Columns::find(&[names.clone(), cells.clone()]).unwrap().facts(&cells);
        assert_eq!((facts.date, facts.author.as_deref()), (Date::parse("2026-03-14"), Some("Ana Ruiz")));
        assert_eq!(facts.source.as_deref(), Some("https://a.example; party: Green"));
        assert_eq!(facts.too_long, ["long"]);
        let cells = row(&["3/4/2026", "", "", "", "We wait."]);
        let facts = Columns::find(&[names.clone(), cells.clone()]).unwrap().facts(&cells);
        assert_eq!((facts.date, facts.source.as_deref()), (None, Some("date: 3/4/2026")));
    }
}
