//! The visible columns and their widths.

use egui::Ui;

use crate::theme::space;
use crate::words::passages as words;
use demarche_io::settings::Columns;
use demarche_session::{Column, Session};

/// Least width of a column, in points.
pub(super) const NARROWEST: f32 = 60.0;

/// Least width of the column of passages while its width is automatic, in points.
const PASSAGE: f32 = 260.0;

/// Number of attributes shown by default: most codebooks begin with actor, target and issue.
const ATTRIBUTES: usize = 3;

/// A visible column with its position.
pub(super) struct VisibleColumn {
    pub column: Column,
    pub title: String,
    /// Distance from the left edge of the table in points, before scrolling.
    pub left: f32,
    /// Width in points.
    pub width: f32,
}

/// Returns the visible columns of a table of this width.
pub(super) fn visible(session: &Session, columns: &Columns, width: f32) -> Vec<VisibleColumn> {
    let codebook = session.project().codebook();
    let all = Column::all(codebook).filter(|column| is_shown(session, columns, column));
    let mut visible: Vec<VisibleColumn> = all
        .map(|column| VisibleColumn {
            title: column.title(codebook).to_owned(),
            width: columns.width(&column.id()).unwrap_or_else(|| default_width(&column)).max(NARROWEST),
            left: 0.0,
            column,
        })
        .collect();
    let others: f32 = visible.iter().filter(|one| one.column != Column::Passage).map(|one| one.width).sum();
    let mut left = 0.0;
    for one in &mut visible {
        if one.column == Column::Passage && columns.width(&one.column.id()).is_none() {
            one.width = (width - others).max(PASSAGE);
        }
        one.left = left;
        left += one.width;
    }
    visible
}

/// Returns whether a column is shown: as the user has set it, or by default.
pub(super) fn is_shown(session: &Session, columns: &Columns, column: &Column) -> bool {
    columns.is_shown(&column.id()).unwrap_or_else(|| match column {
        Column::Category | Column::Document | Column::Passage => true,
        Column::Date | Column::Note => false,
        Column::Place => session.passage_table().have_places(),
        Column::Annotator => session.coders().len() > 1,
        Column::Attribute(id) => {
            let first = session.project().codebook().attributes.iter().take(ATTRIBUTES);
            first.into_iter().any(|attribute| attribute.id == *id)
        }
    })
}

fn default_width(column: &Column) -> f32 {
    match column {
        Column::Document | Column::Place => 170.0,
        Column::Passage => PASSAGE,
        Column::Note => 180.0,
        Column::Category => 130.0,
        Column::Date | Column::Annotator => 90.0,
        Column::Attribute(_) => 110.0,
    }
}

/// Shows the list of columns, with a tick for the visible ones.
pub(super) fn menu(ui: &mut Ui, session: &Session, columns: &mut Columns) {
    ui.set_min_width(190.0);
    let codebook = session.project().codebook();
    for column in Column::all(codebook) {
        let mut on = is_shown(session, columns, &column);
        // Rows can't be recognised without the column of passages.
        let fixed = column == Column::Passage;
        let tick = egui::Checkbox::new(&mut on, column.title(codebook));
        if ui.add_enabled(!fixed, tick).changed() {
            columns.show(&column.id(), on);
        }
    }
    ui.add_space(space::XS);
    ui.separator();
    if ui.button(words::reset_columns()).on_hover_text(words::reset_columns_hint()).clicked() {
        *columns = Columns::default();
        ui.close();
    }
}
