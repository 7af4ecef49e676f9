//! The numbered parts of a report.

use super::Table;
use crate::figure::Scene;
use crate::views::{Answer, Sentence};
use crate::words::report as words;

/// A table or figure with its caption.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// Its id within the report, such as `categories`.
    pub key: String,
    /// Whether it is a table or a figure.
    pub kind: Numbered,
    /// `Table 3` or `Table 3b`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// Its figures.
    pub scenes: Vec<Scene>,
    /// Its table.
    pub table: Option<Table>,
    /// What it says in a sentence, or what is missing.
    pub sentence: String,
    /// The notes below it.
    pub notes: Vec<String>,
}

/// What is numbered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Numbered {
    /// A table.
    Table,
    /// A table that goes with the one before it.
    SecondTable,
    /// A figure.
    Figure,
}

impl Part {
    /// A part without figures, table and notes.
    pub(crate) fn new(key: &str, kind: Numbered, title: impl Into<String>) -> Self {
        Self {
            key: key.to_owned(),
            kind,
            number: String::new(),
            title: title.into(),
            scenes: Vec::new(),
            table: None,
            sentence: String::new(),
            notes: Vec::new(),
        }
    }

    /// The same part of one coder of several.
    pub(super) fn of_coder(mut self, coder: Option<(&str, &str)>) -> Self {
        if let Some((id, name)) = coder {
            self.key = format!("{}-{id}", self.key);
            self.title = words::of_coder(&self.title, name);
        }
        self
    }

    /// The same part with a table.
    pub(crate) fn with_table(self, table: Table) -> Self {
        Self { table: Some(table), ..self }
    }

    /// The same part with what a view says: its sentence, or what is missing, and its notes.
    pub(super) fn with_answer(mut self, answer: &Answer) -> Self {
        self.sentence = match &answer.missing {
            Some(missing) => words::missing(missing),
            None => answer.sentence.text(),
        };
        self.notes.extend(answer.caption.0.iter().map(Sentence::text));
        self
    }
}

/// Counts tables and figures.
#[derive(Default)]
pub(crate) struct Numbering {
    tables: usize,
    figures: usize,
    second: u8,
}

impl Numbering {
    /// Gives a part its number.
    pub fn number(&mut self, part: &mut Part) {
        part.number = match part.kind {
            Numbered::Table => {
                self.tables += 1;
                self.second = 0;
                words::table(&self.tables.to_string())
            }
            Numbered::SecondTable => {
                self.second += 1;
                let letter = char::from(b'a' + self.second.min(25));
                words::table(&format!("{}{letter}", self.tables))
            }
            Numbered::Figure => {
                self.figures += 1;
                words::figure(self.figures)
            }
        };
    }
}
