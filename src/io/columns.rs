//! The user's choices for columns of tables.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The user's choices for columns of the passages table, by the columns' ids.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Columns(BTreeMap<String, ColumnLook>);

/// The user's choices for a column; empty for the defaults.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct ColumnLook {
    shown: Option<bool>,
    width: Option<f32>,
}

impl Columns {
    /// Returns whether a column is shown, if the user has chosen that.
    pub fn is_shown(&self, column: &str) -> Option<bool> {
        self.0.get(column)?.shown
    }

    /// Returns the width of a column, if the user has chosen one.
    pub fn width(&self, column: &str) -> Option<f32> {
        self.0.get(column)?.width.filter(|width| width.is_finite())
    }

    /// Shows or hides a column.
    pub fn show(&mut self, column: &str, shown: bool) {
        self.0.entry(column.to_owned()).or_default().shown = Some(shown);
    }

    /// Sets the width of a column; `None` for the default.
    pub fn set_width(&mut self, column: &str, width: Option<f32>) {
        self.0.entry(column.to_owned()).or_default().width = width;
    }
}
