//! Counts by row and column, and their range over several people.

use std::collections::BTreeMap;

use super::table::{Column, ColumnKind, LineKind, Table, Value};

/// Counts by the names of row and column, in order of first appearance.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Grid {
    rows: Vec<String>,
    columns: Vec<String>,
    counts: BTreeMap<(String, String), usize>,
}

impl Grid {
    /// Sets a count.
    pub fn set(&mut self, row: &str, column: &str, count: usize) {
        insert(&mut self.rows, row);
        insert(&mut self.columns, column);
        self.counts.insert((row.to_owned(), column.to_owned()), count);
    }

    /// The names of the rows.
    pub fn rows(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(String::as_str)
    }

    /// The least and the greatest count of each cell. A person without a count has none of it. Rows and columns are in the
    /// order of the lists; those that are in no list come last.
    pub fn range(grids: &[Self], head: &str, [row_list, column_list]: [&[&str]; 2]) -> Table {
        let mut rows = Vec::new();
        let mut columns = Vec::new();
        for grid in grids {
            grid.rows.iter().for_each(|row| insert(&mut rows, row));
            grid.columns.iter().for_each(|column| insert(&mut columns, column));
        }
        sort(&mut rows, row_list);
        sort(&mut columns, column_list);
        let range = |title: &String| Column { title: title.clone(), kind: ColumnKind::Range };
        let mut table = Table::with(std::iter::once(Column::text(head)).chain(columns.iter().map(range)));
        for row in &rows {
            let value = |column: &String| {
                let key = (row.clone(), column.clone());
                let counts = || grids.iter().map(|grid| grid.counts.get(&key).copied().unwrap_or(0));
                Value::Range { low: counts().min().unwrap_or(0), high: counts().max().unwrap_or(0) }
            };
            let values = std::iter::once(Value::text(row)).chain(columns.iter().map(value));
            table.line(LineKind::Body, values);
        }
        table
    }
}

fn insert(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

fn sort(names: &mut [String], list: &[&str]) {
    names.sort_by_key(|name| list.iter().position(|known| known == name).unwrap_or(usize::MAX));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_the_least_and_the_greatest_count() {
        let mut ana = Grid::default();
        ana.set("Threat", "Norvania", 2);
        let mut ben = Grid::default();
        ben.set("Demand", "Norvania", 4);
        ben.set("Threat", "Norvania", 5);
        let table = Grid::range(&[ana, ben], "Category", [&["Demand", "Threat"], &[]]);
        let values: Vec<Vec<Value>> = table.lines.into_iter().map(|line| line.values).collect();
        let row = |name: &str, low, high| vec![Value::text(name), Value::Range { low, high }];
        assert_eq!(values, [row("Demand", 0, 4), row("Threat", 2, 5)]);
    }
}
