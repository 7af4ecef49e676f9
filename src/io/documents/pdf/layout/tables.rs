//! Tables: rows of cells.

use super::columns::{Gap, place};
use super::{Row, Word};

/// Greatest distance of a row that continues the one above, relative to the font size.
const CONTINUES: f32 = 1.45;

/// Returns the cells of a table, row by row. A row without a first cell right below another continues its cells.
pub(in crate::documents::pdf) fn cells(rows: &[Row], gaps: &[Gap]) -> Vec<Vec<Vec<Word>>> {
    let mut table: Vec<(f32, Vec<Vec<Word>>)> = Vec::new();
    for row in rows {
        let mut cells: Vec<Vec<Word>> = vec![Vec::new(); gaps.len() + 1];
        row.words.iter().for_each(|word| cells[place(word, gaps)].push(word.clone()));
        match table.last_mut() {
            Some((base, above)) if continues(&cells, above) && row.base - *base <= row.size * CONTINUES => {
                above.iter_mut().zip(cells).for_each(|(above, cell)| above.extend(cell));
                *base = row.base;
            }
            _ => table.push((row.base, cells)),
        }
    }
    table.into_iter().map(|(_, cells)| cells).collect()
}

fn continues(cells: &[Vec<Word>], above: &[Vec<Word>]) -> bool {
    let is_below = cells.iter().zip(above).all(|(cell, above)| cell.is_empty() || !above.is_empty());
    let is_word = |cell: &Vec<Word>| cell.iter().any(|word| word.text.chars().any(char::is_alphabetic));
    let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    cells.first().is_some_and(Vec::is_empty)
        && is_below
        && filled * 2 <= cells.len()
        && cells.iter().any(is_word)
}
