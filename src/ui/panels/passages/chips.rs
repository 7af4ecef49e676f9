//! What the table is filtered by, each with a way to take it off.

use egui::{RichText, Ui};

use crate::theme::{Tokens, size};
use demarche_analysis::context::shorten;
use demarche_model::{AnnotatorId, CategoryId, DocumentId, Project, Stamp};
use demarche_session::{Column, ColumnFilter, PassageFilter, Session};

/// Values that a chip names; more are counted.
const NAMED: usize = 2;

/// Shows a chip for everything that is filtered by, the words apart.
pub(super) fn ui(ui: &mut Ui, session: &Session, wanted: &mut PassageFilter) {
    let project = session.project();
    for column in Column::all(project.codebook()) {
        if let Some(text) = text_of(project, wanted, &column)
            && chip(ui, &text)
        {
            wanted.clear(&column);
        }
    }
    // Attributes that the codebook had when the filter was made.
    let known: Vec<Column> = Column::all(project.codebook()).collect();
    let gone: Vec<Column> = wanted.columns.keys().filter(|column| !known.contains(column)).cloned().collect();
    for column in gone {
        if chip(ui, column.title(project.codebook())) {
            wanted.clear(&column);
        }
    }
    if wanted.stretch.is_some() && chip(ui, "one part of the text") {
        wanted.stretch = None;
    }
    if let Some(set) = &wanted.among
        && chip(ui, &shorten(&set.title, 60))
    {
        wanted.among = None;
    }
    if let Some((from, _)) = wanted.created
        && chip(ui, &format!("tagged on {}", day(from)))
    {
        wanted.created = None;
    }
}

fn text_of(project: &Project, filter: &PassageFilter, column: &Column) -> Option<String> {
    let title = column.title(project.codebook());
    let values = filter.values(column);
    if !values.is_empty() {
        let mut names: Vec<String> =
            values.iter().take(NAMED).map(|key| name_of(project, column, key)).collect();
        if values.len() > NAMED {
            names.push(format!("{} more", values.len() - NAMED));
        }
        return Some(format!("{title}: {}", names.join(", ")));
    }
    Some(match filter.columns.get(column)? {
        ColumnFilter::Holds(words) => format!("{title}: “{}”", shorten(words, 24)),
        ColumnFilter::Between { from, to } => match (from.trim(), to.trim()) {
            (from, "") => format!("{title} from {from}"),
            ("", to) => format!("{title} to {to}"),
            (from, to) => format!("{title} {from} – {to}"),
        },
        ColumnFilter::Among(_) => title.to_owned(),
    })
}

fn name_of(project: &Project, column: &Column, key: &str) -> String {
    if key.is_empty() {
        return column.empty_label().to_owned();
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

fn chip(ui: &mut Ui, text: &str) -> bool {
    let text = RichText::new(format!("{text}  ×")).size(size::SMALL);
    let button = egui::Button::new(text).fill(Tokens::of(ui).chosen).stroke(egui::Stroke::NONE);
    ui.add(button).on_hover_text("Take this filter off").clicked()
}

fn day(at: Stamp) -> String {
    let moment = chrono::DateTime::from_timestamp(at.0, 0).unwrap_or_default();
    moment.format("%-d %b %Y").to_string()
}
