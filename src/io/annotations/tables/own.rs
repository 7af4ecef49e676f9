//! Import of Demarche's own tables (`export::csv`, `export::tsv`, `export::xlsx`), which a person has corrected in a
//! spreadsheet: each row changes the passage with its id. See `placing::corrections`.

use super::grid::{self, Grid, GridRow, grids};
use super::{coded, columns, peek};
use crate::FormatInfo;
use crate::IoError;
use crate::annotations::importer::{Importer, Input};
use crate::annotations::refusal::FileFault;
use crate::annotations::{Draft, DraftCorrection};
use crate::export::move_columns::MOVE_COLUMNS;

/// Columns of a table in CSV that are no attributes.
const CSV: [&str; 20] = [
    "document",
    "title",
    "date",
    "source",
    "annotator",
    "category",
    "category_name",
    "parent",
    "start",
    "end",
    "ranges",
    "quote",
    "context_before",
    "context_after",
    "note",
    "created",
    "modified",
    "span",
    "page",
    "heading",
];

/// Columns of a sheet that are no attributes, without differences in case and punctuation.
const SHEET: [&str; 21] = [
    "document",
    "date",
    "annotator",
    "category",
    "under",
    "before",
    "passage",
    "after",
    "note",
    "source",
    "start",
    "end",
    "ranges",
    "created",
    "changed",
    "documentid",
    "categoryid",
    "annotatorid",
    "passageid",
    "page",
    "heading",
];

/// Demarche's own CSV and TSV.
pub(in crate::annotations) struct DemarcheCsv;

impl Importer for DemarcheCsv {
    fn name(&self) -> &'static str {
        "demarche-csv"
    }

    fn info(&self) -> Option<FormatInfo> {
        Some(FormatInfo {
            name: self.name(),
            title: "Corrected table of Demarche",
            extension: "csv",
            carries: "corrected categories, values and notes of the user's own passages, by id",
            loses: "new and deleted rows, other columns",
        })
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        Layout::of_csv(&grid::of_text(&String::from_utf8_lossy(head))).is_some()
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let grids = grids(input)?;
        Ok(grids
            .iter()
            .find_map(|grid| Some(Layout::of_csv(grid)?.draft(grid)))
            .unwrap_or_else(|| none(input)))
    }
}

/// Demarche's own workbook.
pub(in crate::annotations) struct DemarcheXlsx;

impl Importer for DemarcheXlsx {
    fn name(&self) -> &'static str {
        "demarche-xlsx"
    }

    fn info(&self) -> Option<FormatInfo> {
        Some(FormatInfo {
            name: self.name(),
            title: "Corrected workbook of Demarche",
            extension: "xlsx",
            carries: "corrected categories, values and notes of the user's own passages, by id",
            loses: "new and deleted rows, other columns",
        })
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsx"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        grid::is_workbook(head)
    }

    fn is_sure(&self, _head: &[u8]) -> bool {
        false
    }

    fn holds(&self, paths: &[String]) -> bool {
        peek::is_workbook(paths)
    }

    fn accepts(&self, archive: &[u8]) -> bool {
        peek::has_names(archive, &[&["passageid"]])
    }

    fn is_archive(&self) -> bool {
        true
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let grids = grids(input)?;
        let own = grids.iter().find_map(|grid| Some(Layout::of_sheet(grid)?.draft(grid)));
        // Which of the two a workbook is can be seen only in its cells.
        Ok(own.unwrap_or_else(|| coded::draft(input, &grids)))
    }
}

/// The draft of a table that is not Demarche's.
fn none(input: &Input<'_>) -> Draft {
    Draft { problems: vec![input.refused(None, FileFault::NoPassages)], ..Draft::default() }
}

/// The columns of a table.
struct Layout {
    span: usize,
    category: Option<usize>,
    category_name: Option<usize>,
    quote: Option<usize>,
    note: Option<usize>,
    modified: Option<usize>,
    /// The attributes by id or name.
    attributes: Vec<(usize, String)>,
}

impl Layout {
    /// Finds the columns of a table in CSV, whatever their order.
    fn of_csv(grid: &Grid) -> Option<Self> {
        let names: Vec<&str> = grid.rows.first()?.cells().iter().map(|name| name.trim()).collect();
        let find = |name: &str| names.iter().position(|column| *column == name);
        let attribute = |(at, name): (usize, &&str)| {
            let name = name.strip_prefix('\'').unwrap_or(name);
            let own = name.strip_prefix("attribute_").filter(|own| CSV.contains(own)).unwrap_or(name);
            let is_attribute = !name.is_empty() && (own != name || !CSV.contains(&name));
            is_attribute.then(|| (at, own.to_owned()))
        };
        find("category").or_else(|| find("quote"))?;
        let span = find("span")?;
        let is_derived = |(at, name): &(usize, &&str)| *at > span && MOVE_COLUMNS.contains(*name);
        Some(Self {
            span,
            category: find("category"),
            category_name: find("category_name"),
            quote: find("quote"),
            note: find("note"),
            modified: find("modified"),
            attributes: names
                .iter()
                .enumerate()
                .filter(|column| !is_derived(column))
                .filter_map(attribute)
                .collect(),
        })
    }

    /// Finds the columns of a sheet. An attribute may have the name of another column: those are before or after it.
    fn of_sheet(grid: &Grid) -> Option<Self> {
        let names: Vec<String> = grid.rows.first()?.cells().iter().map(|name| columns::plain(name)).collect();
        let first = |name: &str| names.iter().position(|column| column == name);
        let last = |name: &str| names.iter().rposition(|column| column == name);
        let (after, note) = (first("after"), last("note"));
        let between = after.map_or(0, |after| after + 1)..note.or(last("source")).unwrap_or(0);
        let span = last("passageid")?;
        let cells = grid.rows.first()?.cells();
        let is_attribute = |at: &usize| {
            let is_own =
                SHEET.contains(&&*names[*at]) || *at > span && MOVE_COLUMNS.contains(&cells[*at].trim());
            between.contains(at) || !is_own && !names[*at].is_empty()
        };
        Some(Self {
            span,
            category: last("categoryid"),
            category_name: first("category"),
            quote: first("passage"),
            note,
            modified: last("changed"),
            attributes: (0..names.len())
                .filter(is_attribute)
                .map(|at| (at, cells[at].trim().to_owned()))
                .collect(),
        })
    }

    fn draft(&self, grid: &Grid) -> Draft {
        let corrections = grid.rows.iter().skip(1).map(|row| self.correction(row)).collect();
        Draft { corrections, ..Draft::default() }
    }

    fn correction(&self, row: &GridRow) -> DraftCorrection {
        let cell = |column: Option<usize>| column.map(|column| row.cell(column).to_owned());
        DraftCorrection {
            line: Some(row.number),
            id: row.cell(self.span).trim().to_owned(),
            category: cell(self.category),
            category_name: cell(self.category_name),
            quote: cell(self.quote),
            note: cell(self.note),
            values: self
                .attributes
                .iter()
                .map(|(at, name)| (name.clone(), row.cell(*at).to_owned()))
                .collect(),
            modified: cell(self.modified),
        }
    }
}
