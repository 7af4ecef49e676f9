//! The filters of columns as terms of the filter of the window, and back.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use demarche_analysis::bargain::DayRange;
use demarche_analysis::filter::{Chips, Condition, Field, Filter, Keyword, Term, Value};
use demarche_analysis::summary::Day;
use demarche_model::{AttributeKind, Date, Project};

use super::column::{Column, ColumnKind};
use super::filter::{ColumnFilter, PassageFilter};

/// Returns a filter in which the terms of columns that differ between two column filters are replaced. Other terms stay.
pub(super) fn narrowed(filter: &str, project: &Project, from: &PassageFilter, to: &PassageFilter) -> String {
    let mut chips = Filter::parse(filter).map(Chips::from).unwrap_or_default();
    for (column, field) in fields(project) {
        let (before, after) = (from.facet(&column), to.facet(&column));
        if before != after {
            set(&mut chips, &field, after.and_then(|facet| term(project, &column, &field, &facet)));
        }
    }
    if from.created != to.created {
        let day = |day: Day| Term::field(Field::Created, Value::word(day.to_string()));
        set(&mut chips, &Field::Created, to.created.map(day));
    }
    chips.filter().to_string()
}

/// Returns a filter without the terms of a column.
pub(super) fn without(filter: &str, column: &Column) -> String {
    let mut chips = Filter::parse(filter).map(Chips::from).unwrap_or_default();
    if let Some(field) = field(column) {
        set(&mut chips, &field, None);
    }
    chips.filter().to_string()
}

/// Returns what the columns of the table show of a filter.
pub(super) fn columns(filter: &str, project: &Project) -> PassageFilter {
    let chips = Filter::parse(filter).map(Chips::from).unwrap_or_default();
    let mut columns = PassageFilter::default();
    for (column, field) in fields(project) {
        let conditions: Vec<Condition> =
            chips.iter().filter_map(|chip| condition(chip.term(), &field)).collect();
        if let [only] = conditions.as_slice()
            && let Some(facet) = facet(project, &column, only)
        {
            match facet {
                ColumnFilter::Among(values) => columns.set_values(&column, values),
                ColumnFilter::Holds(_) | ColumnFilter::Between { .. } => {
                    columns.set_column_filter(&column, facet);
                }
            }
        }
    }
    let created = chips.iter().find_map(|chip| condition(chip.term(), &Field::Created));
    let created = created.and_then(|condition| match condition.values() {
        [day] => Date::parse(day.text()).map(|date| DayRange::from_date(&date)),
        _ => None,
    });
    columns.created = created.filter(|days| days.first == days.last).map(|days| days.first);
    columns
}

/// The columns that have a field in filters.
fn fields(project: &Project) -> impl Iterator<Item = (Column, Field)> {
    Column::all(project.codebook()).filter_map(|column| {
        let field = field(&column)?;
        Some((column, field))
    })
}

fn field(column: &Column) -> Option<Field> {
    Some(match column {
        Column::Category => Field::Category,
        Column::Document => Field::Document,
        Column::Date => Field::Date,
        Column::Passage => Field::Text,
        Column::Attribute(id) => Field::Attribute(SmolStr::new(id.as_str())),
        Column::Note => Field::Note,
        Column::Annotator => Field::Coder,
        Column::Place => return None,
    })
}

/// The condition that a term consists of, if it is about a field.
fn condition(term: Term, field: &Field) -> Option<Condition> {
    match term {
        Term::Field(condition) if condition.field() == field => Some(condition),
        Term::Field(_) | Term::Any | Term::Not(_) | Term::Group(_) | Term::Related(..) => None,
    }
}

/// Replaces the terms of a field by one, or removes them.
fn set(chips: &mut Chips, field: &Field, term: Option<Term>) {
    let known = chips.iter().enumerate().filter(|(_, chip)| condition(chip.term(), field).is_some());
    let known: Vec<usize> = known.map(|(at, _)| at).collect();
    let kept = usize::from(term.is_some());
    known.iter().skip(kept).rev().for_each(|at| chips.remove(*at));
    match (term, known.first()) {
        (Some(term), Some(at)) => chips.replace(*at, term),
        (Some(term), None) => chips.add(term),
        (None, _) => {}
    }
}

fn term(project: &Project, column: &Column, field: &Field, facet: &ColumnFilter) -> Option<Term> {
    let value = |value: Value| Term::field(field.clone(), value);
    match facet {
        ColumnFilter::Holds(text) if text.trim().is_empty() => None,
        ColumnFilter::Holds(text) => Some(value(Value::quoted(text.as_str()))),
        ColumnFilter::Between { from, to } => {
            let ends = [from, to].map(|end| bound(project, column, end.trim()).unwrap_or_default());
            let [from, to] = ends;
            (!from.is_empty() || !to.is_empty()).then(|| value(Value::word(format!("{from}..{to}"))))
        }
        ColumnFilter::Among(keys) => {
            let mut values = keys.iter().map(|key| value_of(project, column, key));
            let first = values.next()?;
            Some(Term::Field(Condition::new(field.clone(), first, values)))
        }
    }
}

/// An end of a range, if it is a date or a number as the column needs it.
fn bound<'a>(project: &Project, column: &Column, end: &'a str) -> Option<&'a str> {
    let is_number = match column {
        Column::Attribute(id) => {
            project.codebook().attribute(id).is_some_and(|attribute| attribute.kind == AttributeKind::Number)
        }
        _ => false,
    };
    let fits =
        if is_number { end.parse::<f64>().is_ok_and(f64::is_finite) } else { Date::parse(end).is_some() };
    fits.then_some(end)
}

/// A value with a key. A category does not include those below it, which have rows of their own in the list.
fn value_of(project: &Project, column: &Column, key: &str) -> Value {
    if key.is_empty() {
        return Value::word(Keyword::None.word());
    }
    let has_children = || {
        let parents = project.codebook().categories.iter().filter_map(|category| category.parent.as_ref());
        parents.into_iter().any(|parent| parent.as_str() == key)
    };
    Value::name(key).with_exact(*column == Column::Category && has_children())
}

/// What a column shows of a condition, if it can.
fn facet(project: &Project, column: &Column, condition: &Condition) -> Option<ColumnFilter> {
    let one = || match condition.values() {
        [value] if !value.is_exact() && !value.is_prefix() && value.keyword().is_none() => Some(value.text()),
        _ => None,
    };
    match column.kind(project.codebook()) {
        ColumnKind::Text => Some(ColumnFilter::Holds(one()?.to_owned())),
        ColumnKind::Range => {
            let (from, to) = one()?.split_once("..")?;
            Some(ColumnFilter::Between { from: from.to_owned(), to: to.to_owned() })
        }
        ColumnKind::List => {
            let keys = condition.values().iter().map(|value| key_of(project, column, value));
            Some(ColumnFilter::Among(keys.collect::<Option<BTreeSet<SmolStr>>>()?))
        }
    }
}

/// The key of a value in the list of a column.
fn key_of(project: &Project, column: &Column, value: &Value) -> Option<SmolStr> {
    match value.keyword() {
        Some(Keyword::None) => return Some(SmolStr::default()),
        Some(Keyword::Any) => return None,
        None if value.is_prefix() => return None,
        None => {}
    }
    let wanted = value.text().to_lowercase();
    let is = |name: &str| name.to_lowercase() == wanted;
    match column {
        Column::Category => {
            let mut all = project.codebook().categories.iter();
            all.find(|category| is(category.id.as_str()) || is(&category.name))
                .map(|category| SmolStr::new(category.id.as_str()))
        }
        Column::Document => {
            let mut all = project.documents().iter();
            all.find(|document| is(document.id().as_str()) || is(&document.meta.title))
                .map(|document| SmolStr::new(document.id().as_str()))
        }
        Column::Annotator => {
            let mut all = project.coders().into_iter();
            all.find(|id| is(id.as_str()) || is(project.name_of(id))).map(|id| SmolStr::new(id.as_str()))
        }
        Column::Attribute(_) => Some(SmolStr::new(value.text())),
        Column::Date | Column::Place | Column::Passage | Column::Note => None,
    }
}

impl PassageFilter {
    /// What a column is filtered by.
    fn facet(&self, column: &Column) -> Option<ColumnFilter> {
        let values = self.values(column);
        if values.is_empty() {
            self.columns.get(column).filter(|filter| !filter.is_open()).cloned()
        } else {
            Some(ColumnFilter::Among(values))
        }
    }
}
