//! The order of the rows of a table, and their groups.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use demarche_analysis::views::{Cell, CellValue, Table};

/// A line of the table as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Line {
    /// The heading of a group.
    Group {
        /// Its title.
        title: String,
        /// Number of its rows.
        count: usize,
        /// Whether its rows are shown.
        is_open: bool,
    },
    /// A row, by its position in the table.
    Row(usize),
}

/// The lines in the table's own order: under their groups, of which some are closed.
pub(super) fn grouped(table: &Table, is_closed: impl Fn(&str) -> bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut rows = table.rows.iter().enumerate().peekable();
    while let Some((first, row)) = rows.next() {
        let mut members = vec![first];
        while let Some((at, _)) = rows.next_if(|(_, next)| next.group == row.group) {
            members.push(at);
        }
        let is_open = row.group.as_deref().is_none_or(|title| !is_closed(title));
        if let Some(title) = &row.group {
            lines.push(Line::Group { title: title.to_string(), count: members.len(), is_open });
        }
        if is_open {
            lines.extend(members.into_iter().map(Line::Row));
        }
    }
    lines
}

/// The rows sorted by a column, without groups. `closed` are the groups whose rows are left out.
pub(super) fn sorted(table: &Table, column: usize, descending: bool, closed: &BTreeSet<&str>) -> Vec<Line> {
    let is_shown =
        |row: &usize| !table.rows[*row].group.as_deref().is_some_and(|group| closed.contains(group));
    let mut rows: Vec<usize> = (0..table.rows.len()).filter(is_shown).collect();
    rows.sort_by(|&a, &b| {
        let cell = |row: usize| table.rows[row].cells.get(column);
        let order = compare(cell(a), cell(b));
        if descending { order.reverse() } else { order }
    });
    rows.into_iter().map(Line::Row).collect()
}

/// Compares two cells: numbers before texts, and nothing last.
fn compare(a: Option<&Cell>, b: Option<&Cell>) -> Ordering {
    let number = |cell: Option<&Cell>| match cell.map(|cell| &cell.value) {
        Some(CellValue::Count(count)) => Some(*count as f64),
        Some(CellValue::Number(number)) => Some(*number),
        Some(CellValue::Text(_) | CellValue::None) | None => None,
    };
    let text = |cell: Option<&Cell>| match cell.map(|cell| &cell.value) {
        Some(CellValue::Text(text)) => Some(text.to_lowercase()),
        Some(CellValue::Count(_) | CellValue::Number(_) | CellValue::None) | None => None,
    };
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => match (text(a), text(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (a, b) => b.is_some().cmp(&a.is_some()),
        },
    }
}

#[cfg(test)]
mod tests {
    use demarche_analysis::views::{Column, ColumnKind, Row};

    use super::*;

    fn table() -> Table {
        let row = |group: &str, name: &str, count: usize| Row {
            group: Some(group.into()),
            cells: vec![Cell::text(name), Cell { value: CellValue::Count(count), passages: None }],
        };
        let column = |title: &str, kind| Column { name: title.into(), title: title.into(), kind };
        Table {
            columns: vec![column("name", ColumnKind::Text), column("n", ColumnKind::Number)],
            rows: vec![row("a", "x", 2), row("a", "y", 9), row("conditions", "z", 5)],
        }
    }

    #[test]
    fn rows_follow_their_group_unless_it_is_closed() {
        let lines = grouped(&table(), |title| title == "conditions");
        let group = |title: &str, count, is_open| Line::Group { title: title.into(), count, is_open };
        assert_eq!(lines, [group("a", 2, true), Line::Row(0), Line::Row(1), group("conditions", 1, false)]);
    }

    #[test]
    fn sorting_dissolves_groups_and_leaves_closed_ones_out() {
        let all = sorted(&table(), 1, true, &BTreeSet::new());
        assert_eq!(all, [Line::Row(1), Line::Row(2), Line::Row(0)]);
        let open = sorted(&table(), 1, false, &BTreeSet::from(["conditions"]));
        assert_eq!(open, [Line::Row(0), Line::Row(1)]);
    }
}
