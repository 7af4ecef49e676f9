//! Corrections: rows of a table that Demarche has written and a person has changed in a spreadsheet.
//!
//! A cell counts as changed only if the export would not write it for the passage as it is now, whatever the spreadsheet
//! has made of it. A row with anything wrong changes nothing.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use uuid::Uuid;

use super::Placer;
use super::folding::fold;
use crate::annotations::refusal::CorrectionFault;
use crate::annotations::{DraftCorrection, SpanOwner};
use crate::loss::AnnotationLoss;
use crate::project::{format_time, parse_time};
use crate::spreadsheet::{CELL, guard, held};
use crate::words::remarks;
use demarche_analysis::context::shorten;
use demarche_model::{
    AnnotatorId, AttributeDef, CategoryId, Codebook, Document, DocumentId, Edit, LayerId, Span, SpanId,
    Stamp, Value,
};

/// Greatest length of words and values that are shown, in characters.
const SHOWN: usize = 60;

/// A passage that a corrected table changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correction {
    /// The file.
    pub file: PathBuf,
    /// The row, from 1.
    pub line: Option<usize>,
    /// The document.
    pub document: DocumentId,
    /// The passage.
    pub span: SpanId,
    /// Its words, cut if they are long.
    pub quote: String,
    /// What changes, at least one thing.
    pub changes: Vec<Change>,
}

/// What changes, with the value before and after it.
pub type Change = (Changed, String, String);

/// What a correction changes, with the value before and after it, empty for none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Changed {
    /// The category, by name.
    Category,
    /// The value of the attribute with this name.
    Value(String),
    /// The note.
    Note,
}

/// A passage of the project.
type Known<'a> = (&'a Arc<Document>, &'a AnnotatorId, &'a Arc<Span>);

impl Placer<'_, '_> {
    /// Applies the rows of a table, each to the passage with its id.
    pub(super) fn correct(&mut self, rows: Vec<DraftCorrection>) {
        if rows.is_empty() {
            return;
        }
        let project = self.project;
        let mut spans: HashMap<SpanId, Known<'_>> = HashMap::new();
        for document in project.documents() {
            for (owner, layer) in &document.layers {
                spans.extend(layer.spans().map(|span| (span.id, (document, owner, span))));
            }
        }
        let (mut first, mut contradicted) = (HashMap::new(), HashMap::new());
        for row in rows.iter().filter(|row| !row.id.trim().is_empty()) {
            let earlier: &DraftCorrection = first.entry(row.id.trim()).or_insert(row);
            if !is_same(earlier, row) {
                contradicted.insert(row.id.trim(), earlier.line.unwrap_or_default());
            }
        }
        let (mut unchanged, mut repeated) = (0, 0);
        for row in &rows {
            let is_repeated = first.get(row.id.trim()).is_some_and(|known| !std::ptr::eq(*known, row));
            if let Some(earlier) = contradicted.get(row.id.trim()) {
                self.refuse(row.line, CorrectionFault::TwoRows { first: *earlier });
            } else if is_repeated {
                repeated += 1;
            } else {
                match self.corrected_by(row, &spans) {
                    Ok(None) => unchanged += 1,
                    Ok(Some((correction, edit))) => {
                        self.corrections.push(correction);
                        self.corrected.push(edit);
                    }
                    Err(why) => self.refuse(row.line, why),
                }
            }
        }
        self.counts.2 += unchanged;
        self.losses.add(AnnotationLoss::UnreadColumns, self.unread_columns(&rows));
        if repeated > 0 {
            self.remarks.push(remarks::repeated_rows(repeated));
        }
    }

    /// Returns the number of columns with anything in them that belong to no attribute.
    fn unread_columns(&self, rows: &[DraftCorrection]) -> usize {
        let cells = rows.iter().flat_map(|row| &row.values);
        let filled: BTreeSet<&str> =
            cells.filter(|(_, cell)| !cell.trim().is_empty()).map(|(name, _)| name.as_str()).collect();
        filled.into_iter().filter(|name| attribute_of(self.project.codebook(), name).is_none()).count()
    }

    /// Returns what a row changes; `None` for nothing.
    fn corrected_by(
        &self,
        row: &DraftCorrection,
        spans: &HashMap<SpanId, Known<'_>>,
    ) -> Result<Option<(Correction, Edit)>, CorrectionFault> {
        if row.id.trim().is_empty() {
            return Err(CorrectionFault::NoId);
        }
        let me = match self.owner {
            SpanOwner::All(id) | SpanOwner::Unsigned(id) => Some(id),
            SpanOwner::Named => None,
        };
        let id = Uuid::parse_str(row.id.trim()).ok().map(SpanId);
        let known = id.and_then(|id| spans.get(&id));
        let visible = known.filter(|(document, owner, _)| {
            me.is_none_or(|me| self.project.may_see(me, document.id(), owner))
        });
        let (document, owner, span) =
            visible.ok_or_else(|| CorrectionFault::UnknownId(shorten(row.id.trim(), 40)))?;
        let (changes, to) = self.changes(row, document, span)?;
        if changes.is_empty() {
            return Ok(None);
        }
        if me != Some(owner) {
            return Err(CorrectionFault::Others((*owner).clone()));
        }
        let written = row.modified.as_deref().and_then(parse_time);
        if let Some(written) = written.filter(|written| *written != span.modified) {
            return Err(newer(span.modified, written));
        }
        let layer = LayerId::new(document.id(), owner);
        let to = Arc::new(Span { modified: self.fresh.now, ..to });
        let quote = document.text.as_ref().map_or_else(String::new, |text| span.quote(text));
        let correction = Correction {
            file: self.file.clone(),
            line: row.line,
            document: document.id().clone(),
            span: span.id,
            quote: shorten(&quote, SHOWN),
            changes,
        };
        Ok(Some((correction, Edit::SetSpan { layer, id: span.id, to: Some(to) })))
    }

    /// Returns what a row changes in a passage, and the passage after that.
    fn changes(
        &self,
        row: &DraftCorrection,
        document: &Document,
        span: &Span,
    ) -> Result<(Vec<Change>, Span), CorrectionFault> {
        let text = document.text.as_ref().ok_or(CorrectionFault::Unread)?;
        let quote = span.quote(text);
        let is_other =
            |cell: &&String| !cell.trim().is_empty() && fold(unguarded(cell)) != fold(held(&quote));
        // Of a long passage, an export may show a part alone.
        let is_short = quote.chars().count() <= 10_000;
        if let Some(other) = row.quote.as_ref().filter(is_other).filter(|_| is_short) {
            return Err(CorrectionFault::OtherWords(shorten(other.trim(), SHOWN)));
        }
        let mut to = span.clone();
        let mut changes = Vec::new();
        let codebook = self.project.codebook();
        if let Some(category) = self.category_of(row, span)?
            && category != span.category
        {
            let name = |id: &CategoryId| codebook.name_of(id).to_owned();
            changes.push((Changed::Category, name(&span.category), name(&category)));
            to.category = category;
        }
        for (name, cell) in &row.values {
            // Other columns with anything in them are counted for the whole table.
            let Some(attribute) = attribute_of(codebook, name) else { continue };
            let before = span.attributes.get(&attribute.id);
            let Some(after) = self.value(attribute, before, cell)? else { continue };
            let shown = |value: Option<&Value>| {
                value.map_or_else(String::new, |value| shorten(&value.data_text(), SHOWN))
            };
            changes.push((Changed::Value(attribute.name.clone()), shown(before), shown(after.as_ref())));
            match after {
                Some(value) => _ = to.attributes.insert(attribute.id.clone(), value),
                None => _ = to.attributes.remove(&attribute.id),
            }
        }
        if let Some(note) = row.note.as_deref().filter(|note| !is_written(&span.note, note)) {
            check_cut(note)?;
            to.note = unguarded(&lines(note)).to_owned();
            changes.push((Changed::Note, shorten(&span.note, SHOWN), shorten(&to.note, SHOWN)));
        }
        Ok((changes, to))
    }

    /// Returns the category that a row names: by the cell that differs from what the passage has.
    fn category_of(&self, row: &DraftCorrection, span: &Span) -> Result<Option<CategoryId>, CorrectionFault> {
        let codebook = self.project.codebook();
        let now = codebook.name_of(&span.category);
        let id =
            row.category.as_deref().map(str::trim).filter(|cell| !is_written(span.category.as_str(), cell));
        let name = row.category_name.as_deref().map(str::trim).filter(|cell| !is_written(now, cell));
        let find = |cell: &str| {
            let cell = unguarded(cell);
            let known = codebook.resolve(&cell.into()).or_else(|| {
                let mut named = codebook.categories.iter().filter(|category| category.name == cell);
                named.next().filter(|_| named.next().is_none())
            });
            let found = known.filter(|_| !cell.is_empty());
            found
                .map(|category| category.id.clone())
                .ok_or_else(|| CorrectionFault::Category(shorten(cell, SHOWN)))
        };
        match (id.map(find).transpose()?, name.map(find).transpose()?) {
            (Some(id), Some(name)) if id != name => Err(CorrectionFault::TwoCategories),
            (id, name) => Ok(id.or(name)),
        }
    }

    /// Returns the value that a cell gives an attribute, which may be none; `None` if it does not change.
    fn value(
        &self,
        attribute: &AttributeDef,
        before: Option<&Value>,
        cell: &str,
    ) -> Result<Option<Option<Value>>, CorrectionFault> {
        // A workbook has commas between the entries of a list.
        let written = before.map_or_else(Default::default, |value| [value.data_text(), value.text()]);
        if written.iter().any(|written| is_written(written, cell)) {
            return Ok(None);
        }
        check_cut(cell)?;
        let cell = lines(cell);
        let cell = unguarded(&cell).trim();
        if cell.is_empty() {
            return Ok(Some(None));
        }
        let fault =
            || CorrectionFault::Value { attribute: attribute.name.clone(), value: shorten(cell, SHOWN) };
        let fits = |value: &Value| attribute.check(value, self.project).is_ok();
        let parsed = |cell: &str| attribute.kind.parse(&spelt(attribute, cell)).filter(fits);
        let after = parsed(cell).or_else(|| parsed(&cell.replace(',', ";"))).ok_or_else(fault)?;
        let is_same = match (before.and_then(Value::as_number), after.as_number()) {
            // A spreadsheet keeps 15 digits.
            (Some(before), Some(after)) => (before - after).abs() <= before.abs() * 1e-14,
            _ => before.is_some_and(|before| before.is_written_like(&after)),
        };
        Ok((!is_same).then_some(Some(after)))
    }
}

/// Returns the attribute with this id or name.
fn attribute_of<'a>(codebook: &'a Codebook, name: &str) -> Option<&'a AttributeDef> {
    let attributes = &codebook.attributes;
    let by_id = attributes.iter().find(|attribute| attribute.id.as_str() == name);
    by_id.or_else(|| attributes.iter().find(|attribute| attribute.name == name)).map(AsRef::as_ref)
}

/// Returns whether two rows say the same.
fn is_same(a: &DraftCorrection, b: &DraftCorrection) -> bool {
    DraftCorrection { line: None, ..a.clone() } == DraftCorrection { line: None, ..b.clone() }
}

/// Returns the fault of a row that was written before the passage was last changed.
fn newer(now: Stamp, written: Stamp) -> CorrectionFault {
    CorrectionFault::Newer { now: format_time(now).to_string(), written: format_time(written).to_string() }
}

/// Returns whether a cell is what an export writes for a text, whatever a spreadsheet does with it: it may cut the end, and
/// drop the guard.
fn is_written(text: &str, cell: &str) -> bool {
    let (text, cell) = (lines(text), lines(cell));
    text.trim() == cell.trim() || held(&text) == cell || held(&guard(&text)) == cell
}

/// Returns a text with LF line ends.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Returns a cell without the guard that an export puts before a formula.
fn unguarded(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'').filter(|bare| guard(bare).len() != bare.len());
    bare.unwrap_or(cell)
}

/// Refuses a cell that a spreadsheet may have cut.
fn check_cut(cell: &str) -> Result<(), CorrectionFault> {
    if cell.encode_utf16().count() >= CELL { Err(CorrectionFault::Cut) } else { Ok(()) }
}

/// Returns a cell as an export would spell it: dates with the year first, and flags in English.
fn spelt(attribute: &AttributeDef, cell: &str) -> String {
    use demarche_model::AttributeKind as Kind;
    match &attribute.kind {
        Kind::Date => date(cell).unwrap_or_else(|| cell.to_owned()),
        Kind::Flag => match cell.to_lowercase().as_str() {
            "wahr" | "vrai" | "verdadero" | "vero" | "1" => "true".to_owned(),
            "falsch" | "faux" | "falso" | "0" => "false".to_owned(),
            other => other.to_owned(),
        },
        Kind::Choice(_)
        | Kind::Choices(_)
        | Kind::Actor
        | Kind::Actors
        | Kind::Issue
        | Kind::Text
        | Kind::Number => cell.to_owned(),
    }
}

/// Returns a date with dots, day first, or with a time, as a date of ISO 8601. With slashes, it could be of either order.
fn date(cell: &str) -> Option<String> {
    if let Some((day, _)) = cell.split_once('T') {
        return Some(day.to_owned());
    }
    let mut parts = cell.split('.').map(|part| part.trim().parse::<u32>().ok());
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    (1000..=9999).contains(&year).then(|| format!("{year}-{month:02}-{day:02}"))
}
