//! The columns of lists of coded segments, by their names in the languages of the programs.

use super::grid::{Grid, GridRow};

/// Number of rows in which the names of columns are looked for, since some programs write a title above them.
const ABOVE: usize = 10;

/// Names that only lists of coded passages have. MAXQDA: Segment; ATLAS.ti: Quotation Content; NVivo: Coded Text.
pub(super) const SEGMENT: [&str; 8] = [
    "segment",
    "codedsegment",
    "segmento",
    "quotationcontent",
    "zitatinhalt",
    "codedtext",
    "referencetext",
    "quotation",
];
pub(super) const CODE: [&str; 10] =
    ["code", "codes", "código", "códigos", "codesystem", "node", "nodes", "kode", "codename", "codepath"];
const DOCUMENT: [&str; 14] = [
    "documentname",
    "document",
    "dokumentname",
    "dokument",
    "nombredeldocumento",
    "documento",
    "nomdudocument",
    "file",
    "filename",
    "files",
    "source",
    "sourcename",
    "sources",
    "documents",
];
const BEGIN: [&str; 8] =
    ["begin", "beginning", "start", "anfang", "inicio", "début", "reference", "referenz"];
const WEIGHT: [&str; 6] = ["weight", "weightscore", "gewicht", "gewichtung", "peso", "poids"];
const AUTHOR: [&str; 8] =
    ["createdby", "codedby", "coder", "author", "erstelltvon", "creadopor", "crééepar", "créépar"];
const CREATED: [&str; 6] = ["created", "createdon", "creationdate", "erstellt", "creado", "créé"];
const COMMENT: [&str; 7] =
    ["comment", "comments", "kommentar", "kommentare", "comentario", "commentaire", "codingcomment"];

/// The columns of a list of coded segments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Columns {
    /// The index of the row with their names.
    pub header: usize,
    pub segment: usize,
    pub code: usize,
    /// Whether a cell names several codes, one per line.
    pub has_several: bool,
    pub document: Option<usize>,
    pub begin: Option<usize>,
    pub weight: Option<usize>,
    pub author: Option<usize>,
    pub created: Option<usize>,
    pub comment: Option<usize>,
}

impl Columns {
    /// Finds the columns of a table; `None` if it is no list of coded segments.
    pub fn find(grid: &Grid) -> Option<Self> {
        let named = grid.rows.iter().take(ABOVE).enumerate();
        named.filter_map(|(header, row)| Self::of(header, row)).next()
    }

    fn of(header: usize, row: &GridRow) -> Option<Self> {
        let names: Vec<String> = row.cells().iter().map(|name| plain(name)).collect();
        let find =
            |known: &[&str]| known.iter().find_map(|name| names.iter().position(|column| column == name));
        let (segment, code) = (find(&SEGMENT)?, find(&CODE)?);
        Some(Self {
            header,
            segment,
            code,
            has_several: ["codes", "códigos", "nodes"].contains(&names[code].as_str()),
            document: find(&DOCUMENT),
            begin: find(&BEGIN),
            weight: find(&WEIGHT),
            author: find(&AUTHOR),
            created: find(&CREATED),
            comment: find(&COMMENT),
        })
    }

    /// Returns whether a column is read.
    pub fn has(&self, column: usize) -> bool {
        let others = [self.document, self.begin, self.weight, self.author, self.created, self.comment];
        [self.segment, self.code].contains(&column) || others.contains(&Some(column))
    }
}

/// Returns a name without differences in case and punctuation.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
