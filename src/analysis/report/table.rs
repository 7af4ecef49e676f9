//! Tables of a report.

/// A table.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The lines. Each has a value for every column.
    pub lines: Vec<Line>,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// The kind of its values.
    pub kind: ColumnKind,
}

/// The kind of the values of a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColumnKind {
    /// Texts and quotes.
    Text,
    /// Short texts, such as dates, that stay on one line.
    Short,
    /// Counts and numbers.
    Number,
    /// Counts with their share.
    Share,
    /// Numbers with an interval.
    Interval,
    /// Ranges of numbers.
    Range,
}

/// A line.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Line {
    /// Its kind.
    pub kind: LineKind,
    /// A value for each column.
    pub values: Vec<Value>,
}

/// The kind of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LineKind {
    /// One of many.
    #[default]
    Body,
    /// A sum of others.
    Total,
}

/// A value.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Value {
    /// Nothing: not specified, or undefined.
    #[default]
    None,
    /// A text.
    Text(String),
    /// Words of a document.
    Quote {
        /// The words.
        words: String,
        /// Where they are from, and what else there is to say.
        source: String,
    },
    /// A count.
    Count(usize),
    /// A number, shown with two decimals.
    Number(f64),
    /// A count of so many.
    Share {
        /// The count.
        count: usize,
        /// The whole.
        of: usize,
    },
    /// A number with the bounds of its interval, if there is one.
    Interval {
        /// The number.
        value: f64,
        /// The bounds.
        bounds: Option<(f64, f64)>,
    },
    /// A figure of agreement with the bounds of its interval, if there is one; shown with three decimals.
    Figure {
        /// The figure.
        value: f64,
        /// The bounds.
        bounds: Option<(f64, f64)>,
    },
    /// The least and the greatest of several counts.
    Range {
        /// The least.
        low: usize,
        /// The greatest.
        high: usize,
    },
}

impl Table {
    /// A table with these columns and no lines.
    pub(crate) fn with(columns: impl IntoIterator<Item = Column>) -> Self {
        Self { columns: columns.into_iter().collect(), lines: Vec::new() }
    }

    /// Adds a line.
    pub(crate) fn line(&mut self, kind: LineKind, values: impl IntoIterator<Item = Value>) {
        self.lines.push(Line { kind, values: values.into_iter().collect() });
    }
}

impl Column {
    /// A column of texts.
    pub(crate) fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), kind: ColumnKind::Text }
    }

    /// A column of short texts.
    pub(crate) fn short(title: impl Into<String>) -> Self {
        Self { title: title.into(), kind: ColumnKind::Short }
    }

    /// A column of numbers.
    pub(crate) fn number(title: impl Into<String>) -> Self {
        Self { title: title.into(), kind: ColumnKind::Number }
    }
}

impl Value {
    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// An empty field.
    pub(crate) fn blank() -> Self {
        Self::Text(String::new())
    }

    /// A number, or nothing if it is undefined.
    pub(crate) fn number(number: Option<f64>) -> Self {
        number.map_or(Self::None, Self::Number)
    }

    /// Percent of the whole of a share; `None` for anything else, and of nothing.
    pub fn percent(&self) -> Option<f64> {
        match self {
            Self::Share { count, of } if *of > 0 => Some(100.0 * *count as f64 / *of as f64),
            _ => None,
        }
    }
}
