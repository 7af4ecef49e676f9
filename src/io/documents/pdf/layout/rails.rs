//! Line numbers: numbers that run down one position beside the lines of a text.

use super::Row;

/// Least number of numbers on a page.
const LEAST: usize = 5;
/// Number of numbers on a page beyond which they are not line numbers.
const MOST: usize = 500;
/// Least percentage of the rows between the first and the last number that a rail of all lines has to number.
const SHARE: usize = 80;
/// Least percentage of the numbers that have to follow their predecessors.
const IN_ORDER: usize = 80;
/// Least distance between a number and its line, relative to the font size.
const APART: f32 = 0.6;
/// A gap inside lines that shows a table, relative to the font size.
const CELLS: f32 = 2.5;

/// A number at the edge of a row.
struct Mark {
    row: usize,
    value: u32,
    /// Its left edge, if it is aligned to the left, or its right one.
    edges: (f32, f32),
}

/// Removes line numbers in the left and right margins. Returns how many.
pub(in crate::documents::pdf) fn remove(rows: &mut Vec<Row>) -> usize {
    let mut removed = 0;
    for is_left in [true, false] {
        let marks = rail(rows, is_left);
        removed += marks.len();
        for row in marks {
            let words = &mut rows[row].words;
            if is_left {
                words.remove(0);
            } else {
                words.pop();
            }
        }
        rows.retain(|row| !row.words.is_empty());
    }
    removed
}

/// Returns the rows whose first or last word is a line number.
fn rail(rows: &[Row], is_left: bool) -> Vec<usize> {
    let marks: Vec<Mark> = rows.iter().enumerate().filter_map(|(at, row)| mark(at, row, is_left)).collect();
    let mut best: Vec<usize> = Vec::new();
    if marks.len() > MOST {
        return best;
    }
    for by_left in [true, false] {
        for first in &marks {
            let edge = |mark: &Mark| if by_left { mark.edges.0 } else { mark.edges.1 };
            let near = |mark: &&Mark| (edge(mark) - edge(first)).abs() <= rows[mark.row].size * 0.4;
            let aligned: Vec<&Mark> = marks.iter().filter(near).collect();
            if aligned.len() > best.len() && is_rail(rows, &aligned, is_left) {
                best = aligned.iter().map(|mark| mark.row).collect();
            }
        }
    }
    best
}

fn mark(at: usize, row: &Row, is_left: bool) -> Option<Mark> {
    let word = if is_left { row.words.first() } else { row.words.last() }?;
    let is_number = word.text.len() <= 4 && word.text.bytes().all(|byte| byte.is_ascii_digit());
    let value = word.text.parse().ok().filter(|_| is_number)?;
    let beside = if is_left {
        row.words.get(1)
    } else {
        row.words.len().checked_sub(2).and_then(|at| row.words.get(at))
    };
    let gap = beside.map_or(f32::INFINITY, |beside| (beside.left - word.right).max(word.left - beside.right));
    (gap >= row.size * APART).then_some(Mark { row: at, value, edges: (word.left, word.right) })
}

fn is_rail(rows: &[Row], marks: &[&Mark], is_left: bool) -> bool {
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return false };
    if marks.len() < LEAST {
        return false;
    }
    let steps: Vec<u32> =
        marks.windows(2).filter_map(|pair| pair[1].value.checked_sub(pair[0].value)).collect();
    let step = [1, 2, 5, 10].into_iter().find(|step| {
        steps.iter().filter(|found| *found == step).count() * 100 >= (marks.len() - 1) * IN_ORDER
    });
    let Some(step) = step else { return false };
    // The text is on one side of all numbers.
    let inner = marks
        .iter()
        .map(|mark| if is_left { mark.edges.1 } else { -mark.edges.0 })
        .fold(f32::NEG_INFINITY, f32::max);
    let numbered: Vec<usize> = marks.iter().map(|mark| mark.row).collect();
    let span = &rows[first.row..=last.row];
    let is_beside = |row: &Row| {
        let words = row.words.iter().filter(|word| word.text.chars().any(char::is_alphabetic));
        words.map(|word| if is_left { word.left } else { -word.right }).all(|edge| edge >= inner)
    };
    let beside = span.iter().filter(|row| is_beside(row)).count();
    let is_table = |row: &&Row| {
        let inside = if is_left {
            row.words.get(1..)
        } else {
            row.words.len().checked_sub(1).and_then(|end| row.words.get(..end))
        };
        inside.unwrap_or_default().windows(2).any(|pair| pair[1].left - pair[0].right > row.size * CELLS)
    };
    let tables = numbered.iter().map(|row| &rows[*row]).filter(is_table).count();
    let text = numbered.iter().filter(|row| rows[**row].words.len() >= 4).count();
    let covered = span.len() * 100 / usize::try_from(step).unwrap_or(1);
    beside * 100 >= span.len() * 90
        && marks.len() * 10_000 >= covered * SHARE
        && tables * 3 <= numbered.len()
        && text * 3 >= numbered.len()
        && span.len() * 2 >= rows.len()
}
