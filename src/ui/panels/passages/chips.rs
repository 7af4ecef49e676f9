//! The filters of the table as buttons that clear them.

use egui::{RichText, Ui};

use crate::theme::{Tokens, size};
use crate::words::passages as words;
use crate::words::time::utc_day;
use demarche_analysis::context::shorten;
use demarche_model::{AnnotatorId, CategoryId, DocumentId, Project};
use demarche_session::{Column, ColumnFilter, PassageFilter, Session};

/// Most values that a chip names; the others are counted.
const NAMED: usize = 2;

/// Shows a chip for each filter except the search field.
pub(super) fn ui(ui: &mut Ui, session: &Session, wanted: &mut PassageFilter) {
    let project = session.project();
    for column in Column::all(project.codebook()) {
        if let Some(text) = text_of(project, wanted, &column)
            && chip(ui, &text)
        {
            wanted.clear(&column);
        }
    }
    // Attributes that were removed from the codebook since the filter was set.
    let known: Vec<Column> = Column::all(project.codebook()).collect();
    let removed: Vec<Column> =
        wanted.columns.keys().filter(|column| !known.contains(column)).cloned().collect();
    for column in removed {
        if chip(ui, column.title(project.codebook())) {
            wanted.clear(&column);
        }
    }
    if wanted.stretch.is_some() && chip(ui, words::part_of_text()) {
        wanted.stretch = None;
    }
    if let Some(set) = &wanted.among
        && chip(ui, &shorten(&set.title, 60))
    {
        wanted.among = None;
    }
    if let Some((from, _)) = wanted.created
        && chip(ui, &words::day_chip(&utc_day(from)))
    {
        wanted.created = None;
    }
}

/// Returns the text of the chip of a column, if the table is filtered by it.
fn text_of(project: &Project, filter: &PassageFilter, column: &Column) -> Option<String> {
    let title = column.title(project.codebook());
    let values = filter.values(column);
    if !values.is_empty() {
        let names: Vec<String> = values.iter().take(NAMED).map(|key| name_of(project, column, key)).collect();
        return Some(words::values_chip(title, &names, values.len().saturating_sub(NAMED)));
    }
    Some(match filter.columns.get(column)? {
        ColumnFilter::Holds(text) => words::contains_chip(title, &shorten(text, 24)),
        ColumnFilter::Between { from, to } => words::range_chip(title, from.trim(), to.trim()),
        ColumnFilter::Among(_) => title.to_owned(),
    })
}

fn name_of(project: &Project, column: &Column, key: &str) -> String {
    if key.is_empty() {
        return words::empty_value(column).to_owned();
    }
    let name = match column {
        Column::Category => project.codebook().name_of(&CategoryId::new(key)).to_owned(),
        Column::Document => {
            project.document(&DocumentId::new(key)).map_or_else(|| key.to_owned(), |d| d.meta.title.clone())
        }
        Column::Annotator => {
            let found = project.annotator(&AnnotatorId::new(key));
            found.map_or_else(|| key.to_owned(), |annotator| annotator.name.clone())
        }
        _ => key.to_owned(),
    };
    shorten(&name, 28)
}

/// Shows a chip, and returns whether it was clicked.
fn chip(ui: &mut Ui, text: &str) -> bool {
    let text = RichText::new(words::chip(text)).size(size::SMALL);
    let button = egui::Button::new(text).fill(Tokens::of(ui).selected).stroke(egui::Stroke::NONE);
    ui.add(button).on_hover_text(words::clear_filter()).clicked()
}
