//! Import of coded segments: the tables that MAXQDA ("Retrieved segments"), ATLAS.ti ("Quotations") and NVivo (coding
//! references) export as XLSX or CSV. They have the words of each passage, but no text and no offsets that could be used, so
//! the passages are found by their words in documents of the project.
//!
//! Sources: the manuals of MAXQDA 24 ("Export retrieved segments"), ATLAS.ti 24 ("Quotation reports") and NVivo 15.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::{CODE, Columns, SEGMENT};
use super::grid::{self, Grid, GridRow, grids};
use super::peek;
use crate::FormatInfo;
use crate::IoError;
use crate::annotations::importer::{Importer, Input};
use crate::annotations::refusal::FileFault;
use crate::annotations::{Draft, DraftDocument, DraftSpan, DraftValue, PlaceHint, Quoted};
use crate::loss::{AnnotationLoss, Losses};
use crate::project::parse_time;
use demarche_model::{Category, CategoryId, Codebook, Colour, Value};

/// Tables of coded segments.
pub(in crate::annotations) struct CodedSegments;

impl Importer for CodedSegments {
    fn name(&self) -> &'static str {
        "coded-segments"
    }

    fn info(&self) -> Option<FormatInfo> {
        Some(FormatInfo {
            name: self.name(),
            title: "Coded segments of MAXQDA, ATLAS.ti and NVivo",
            extension: "xlsx",
            carries: "passages, codes with those above them, coder, comment, weight, time; found by their words in documents of the project",
            loses: "segments that are not in the texts or at several places, other columns",
        })
    }

    fn endings(&self) -> &'static [&'static str] {
        &["xlsx", "csv", "tsv"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        // The last row may be cut inside a character.
        grid::is_workbook(head) || Columns::find(&grid::of_text(&String::from_utf8_lossy(head))).is_some()
    }

    fn is_sure(&self, head: &[u8]) -> bool {
        !grid::is_workbook(head) && self.fits(head)
    }

    fn holds(&self, paths: &[String]) -> bool {
        peek::is_workbook(paths)
    }

    fn accepts(&self, archive: &[u8]) -> bool {
        peek::has_names(archive, &[&SEGMENT, &CODE])
    }

    fn takes_bytes(&self, bytes: &[u8]) -> bool {
        grid::is_workbook(bytes)
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        Ok(draft(input, &grids(input)?))
    }
}

/// Reads the tables of a file; those without coded segments are left out if there are others.
pub(super) fn draft(input: &Input<'_>, grids: &[Grid]) -> Draft {
    let found: Vec<(&Grid, Columns)> =
        grids.iter().filter_map(|grid| Some((grid, Columns::find(grid)?))).collect();
    let mut draft = Draft::default();
    if found.is_empty() {
        draft.problems.push(input.refused(None, FileFault::NoPassages));
        return draft;
    }
    let mut losses = Losses::default();
    let mut rows = Rows::default();
    for (grid, columns) in found {
        let below = &grid.rows[columns.header + 1..];
        let others = grid.rows[columns.header].cells().len();
        let is_lost = |column: &usize| {
            !columns.has(*column) && below.iter().any(|row| !row.cell(*column).trim().is_empty())
        };
        losses.add(AnnotationLoss::UnreadColumns, (0..others).filter(is_lost).count());
        below.iter().for_each(|row| rows.add(row, &columns));
    }
    draft.losses = losses.report();
    let names = names(&rows.codes);
    draft.codebook = Codebook { categories: categories(&names), ..Codebook::default() };
    draft.documents = rows.documents(&names);
    draft
}

/// The path of a code from the top.
type Path = Vec<String>;

/// A passage with its code, and what is known of its place.
type CodedRow = (Path, DraftSpan, PlaceHint);

/// The rows of a file, by document.
#[derive(Default)]
struct Rows {
    documents: Vec<(String, Vec<CodedRow>)>,
    codes: Vec<Path>,
}

impl Rows {
    fn add(&mut self, row: &GridRow, columns: &Columns) {
        let cell = |column: Option<usize>| column.map_or("", |column| row.cell(column)).trim();
        let segment = row.cell(columns.segment);
        let codes = codes(cell(Some(columns.code)), columns.has_several);
        if segment.trim().is_empty() && codes.is_empty() {
            return;
        }
        let span = DraftSpan {
            line: Some(row.number),
            annotator: Some(cell(columns.author)).filter(|name| !name.is_empty()).map(str::to_owned),
            quote: Some(segment.to_owned()),
            attributes: weight(cell(columns.weight)).into_iter().collect(),
            note: cell(columns.comment).to_owned(),
            created: time(cell(columns.created)),
            ..DraftSpan::default()
        };
        let begin = cell(columns.begin).split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty());
        let hint = PlaceHint { paragraph: begin.and_then(|part| part.parse().ok()), ..PlaceHint::default() };
        let document = cell(columns.document);
        let at = self.documents.iter().position(|(name, _)| name == document).unwrap_or_else(|| {
            self.documents.push((document.to_owned(), Vec::new()));
            self.documents.len() - 1
        });
        // A row without a code is refused with its line.
        let codes = if codes.is_empty() { vec![Path::new()] } else { codes };
        for code in codes {
            self.documents[at].1.push((code.clone(), span.clone(), hint.clone()));
            if !code.is_empty() && !self.codes.contains(&code) {
                self.codes.push(code);
            }
        }
    }

    fn documents(self, names: &BTreeMap<Path, String>) -> Vec<DraftDocument> {
        let document = |(name, rows): (String, Vec<CodedRow>)| {
            let (mut spans, mut hints) = (Vec::new(), Vec::new());
            for (code, span, hint) in rows {
                let category = names.get(&code).cloned().unwrap_or_default();
                spans.push(DraftSpan { category, ..span });
                hints.push(hint);
            }
            let quoted = Quoted { names: vec![name.clone()], hints };
            DraftDocument { id: name, quoted: Some(quoted), spans, ..DraftDocument::default() }
        };
        self.documents.into_iter().map(document).collect()
    }
}

/// Returns the codes in a cell: one per line if there are several.
fn codes(cell: &str, has_several: bool) -> Vec<Path> {
    let lines: Vec<&str> = if has_several { cell.lines().collect() } else { vec![cell] };
    lines.into_iter().map(path).filter(|path| !path.is_empty()).collect()
}

/// Returns the path of a code: `A\B` as MAXQDA and NVivo write it, or `A > B`. NVivo begins with the name of its folder.
fn path(code: &str) -> Path {
    let is_nvivo = ["Codes\\\\", "Nodes\\\\"].iter().any(|folder| code.starts_with(folder));
    let parts = code.split('\\').flat_map(|part| part.split(" > "));
    let parts = parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned);
    parts.skip(usize::from(is_nvivo)).collect()
}

/// Returns a name for each code and those above it: its own, or the whole path if several codes have that.
fn names(codes: &[Path]) -> BTreeMap<Path, String> {
    let mut paths: Vec<Path> = Vec::new();
    for code in codes {
        for length in 1..=code.len() {
            let part = code[..length].to_vec();
            if !paths.contains(&part) {
                paths.push(part);
            }
        }
    }
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    paths.iter().filter_map(|path| path.last()).for_each(|name| *uses.entry(name).or_default() += 1);
    let name = |path: &Path| match path.last() {
        Some(name) if uses.get(name.as_str()) == Some(&1) => name.clone(),
        _ => path.join(" > "),
    };
    paths.iter().map(|path| (path.clone(), name(path))).collect()
}

fn categories(names: &BTreeMap<Path, String>) -> Vec<Arc<Category>> {
    let category = |(at, (path, id)): (usize, (&Path, &String))| {
        let name = path.last().cloned().unwrap_or_default();
        let above = names.get(&path[..path.len() - 1]).map(|id| CategoryId::new(id.as_str()));
        let mut category = Category::new(CategoryId::new(id.as_str()), name, Colour::nth(at));
        category.parent = above;
        Arc::new(category)
    };
    names.iter().enumerate().map(category).collect()
}

/// Returns the weight of a segment; 0 is what MAXQDA writes for none.
fn weight(cell: &str) -> Option<(String, DraftValue)> {
    let weight =
        cell.replace(',', ".").parse::<f64>().ok().filter(|weight| *weight != 0.0 && weight.is_finite())?;
    Some(("weight".to_owned(), DraftValue::Of(Value::Number(weight))))
}

/// Returns a time in ISO 8601, or with dots and the day first, as RFC 3339; its zone is not known.
fn time(cell: &str) -> Option<String> {
    let cell = cell.trim();
    if parse_time(cell).is_some() {
        return Some(cell.to_owned());
    }
    let (day, rest) = cell.split_once([' ', 'T']).unwrap_or((cell, ""));
    let mut parts = day.split('.').map(|part| part.parse::<u32>().ok());
    let day = match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten()) {
        (Some(day), Some(month), Some(year)) => format!("{year:04}-{month:02}-{day:02}"),
        _ => day.to_owned(),
    };
    let rest = match rest.matches(':').count() {
        0 => "00:00:00".to_owned(),
        1 => format!("{rest}:00"),
        _ => rest.to_owned(),
    };
    Some(format!("{day}T{rest}Z")).filter(|time| parse_time(time).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_paths() {
        let parts = |code| path(code).join("|");
        assert_eq!(parts("Demand\\Money > Fees"), "Demand|Money|Fees");
        assert_eq!(parts("Codes\\\\Demand\\Money"), "Demand|Money");
        assert_eq!(parts(" a/b: c "), "a/b: c");
        assert_eq!(codes("One\nTwo\n", true).len(), 2);
        let names = names(&[path("A\\X"), path("B\\X"), path("B\\Y")]);
        let names: Vec<&str> = names.values().map(String::as_str).collect();
        assert_eq!(names, ["A", "A > X", "B", "B > X", "Y"]);
    }

    #[test]
    fn times_are_read() {
        assert_eq!(time("14.03.2026 13:11").as_deref(), Some("2026-03-14T13:11:00Z"));
        assert_eq!(time("2026-03-14T13:11:05").as_deref(), Some("2026-03-14T13:11:05Z"));
        assert_eq!(time("3/4/2026 1:11 PM"), None);
    }
}
