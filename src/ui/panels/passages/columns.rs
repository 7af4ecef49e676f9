//! Which columns are shown, and how wide.

use egui::Ui;

use crate::theme::space;
use demarche_io::settings::Columns;
use demarche_session::{Column, Session};

/// Narrowest column.
pub(super) const NARROWEST: f32 = 60.0;

/// Narrowest column of passages that widens by itself.
const PASSAGE: f32 = 260.0;

/// Attributes that are shown until somebody chooses others: most codebooks begin with who, towards whom, about what.
const ATTRIBUTES: usize = 3;

/// A column with its place.
pub(super) struct Shown {
    pub column: Column,
    pub title: String,
    /// From the left edge of the table, which may be scrolled away.
    pub left: f32,
    pub width: f32,
}

/// The columns that are shown in a table of this width.
pub(super) fn shown(session: &Session, columns: &Columns, width: f32) -> Vec<Shown> {
    let codebook = session.project().codebook();
    let all = Column::all(codebook).filter(|column| is_shown(session, columns, column));
    let mut shown: Vec<Shown> = all
        .map(|column| Shown {
            title: column.title(codebook).to_owned(),
            width: columns.width(&column.id()).unwrap_or_else(|| usual_width(&column)).max(NARROWEST),
            left: 0.0,
            column,
        })
        .collect();
    let others: f32 = shown.iter().filter(|one| one.column != Column::Passage).map(|one| one.width).sum();
    let mut left = 0.0;
    for one in &mut shown {
        if one.column == Column::Passage && columns.width(&one.column.id()).is_none() {
            one.width = (width - others).max(PASSAGE);
        }
        one.left = left;
        left += one.width;
    }
    shown
}

/// Whether a column is shown: as chosen, else those that most tables need.
pub(super) fn is_shown(session: &Session, columns: &Columns, column: &Column) -> bool {
    columns.is_shown(&column.id()).unwrap_or_else(|| match column {
        Column::Category | Column::Document | Column::Passage => true,
        Column::Date | Column::Note => false,
        Column::Place => session.passage_table().have_places(),
        Column::Annotator => session.project().annotators().len() > 1,
        Column::Attribute(id) => {
            let first = session.project().codebook().attributes.iter().take(ATTRIBUTES);
            first.into_iter().any(|attribute| attribute.id == *id)
        }
    })
}

fn usual_width(column: &Column) -> f32 {
    match column {
        Column::Document | Column::Place => 170.0,
        Column::Passage => PASSAGE,
        Column::Note => 180.0,
        Column::Category => 130.0,
        Column::Date | Column::Annotator => 90.0,
        Column::Attribute(_) => 110.0,
    }
}

/// The list of columns with a tick at those that are shown.
pub(super) fn menu(ui: &mut Ui, session: &Session, columns: &mut Columns) {
    ui.set_min_width(190.0);
    let codebook = session.project().codebook();
    for column in Column::all(codebook) {
        let mut on = is_shown(session, columns, &column);
        // The table is of passages; without them there is nothing to click on.
        let fixed = column == Column::Passage;
        let tick = egui::Checkbox::new(&mut on, column.title(codebook));
        if ui.add_enabled(!fixed, tick).changed() {
            columns.show(&column.id(), on);
        }
    }
    ui.add_space(space::XS);
    ui.separator();
    if ui.button("As at first").on_hover_text("Show the usual columns in their usual widths").clicked() {
        *columns = Columns::default();
        ui.close();
    }
}
