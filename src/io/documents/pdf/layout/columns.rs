//! Columns: a group of rows is cut where a gap runs down several of them.

use super::{Row, Word};

/// Least number of rows with words on both sides of a gap between columns.
const ROWS: usize = 3;
/// Least width of such a gap, relative to the font size.
const GUTTER: f32 = 0.85;
/// Least number of letters in a row of a column of text, on average.
const LETTERS: usize = 13;
/// Least number of words in a row of a column of text, on average, times ten.
const WORDS: usize = 24;
/// Number of rows beyond which columns are not searched for.
const MOST: usize = 400;
/// Number of words beyond which columns are not searched for.
const MOST_WORDS: usize = 20_000;
/// Greatest depth of columns in columns.
const DEPTH: usize = 6;
/// Least distance above rows at the end of columns that do not belong to them, relative to the usual distance.
const APART: f32 = 1.7;

/// A part of a group, in reading order.
#[derive(Clone, Debug)]
pub(in crate::documents::pdf) enum Region {
    /// Rows of one column.
    Text(Vec<Row>),
    /// Rows of cells with the gaps between them.
    Table(Vec<Row>, Vec<Gap>),
}

/// A range of horizontal positions without words.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::documents::pdf) struct Gap {
    pub from: f32,
    pub to: f32,
}

/// Consecutive rows with gaps between columns.
struct Band {
    from: usize,
    to: usize,
    gaps: Vec<Gap>,
}

/// Returns the regions of rows in reading order.
pub(in crate::documents::pdf) fn regions(rows: Vec<Row>) -> Vec<Region> {
    let mut out = Vec::new();
    cut(rows, DEPTH, &mut out);
    out
}

fn cut(mut rows: Vec<Row>, depth: usize, out: &mut Vec<Region>) {
    if rows.is_empty() {
        return;
    }
    let words: usize = rows.iter().map(|row| row.words.len()).sum();
    let band = if depth > 0 && rows.len() <= MOST && words <= MOST_WORDS { band(&rows) } else { None };
    let Some(band) = band else {
        out.push(Region::Text(rows));
        return;
    };
    let below = rows.split_off(band.to);
    let inside = rows.split_off(band.from);
    cut(rows, depth, out);
    match kind(&inside, &band.gaps) {
        Content::Columns => {
            for column in strips(&inside, &band.gaps) {
                cut(column, depth - 1, out);
            }
        }
        Content::Cells => out.push(Region::Table(inside, band.gaps)),
        Content::Lines => out.push(Region::Text(inside)),
    }
    cut(below, depth, out);
}

/// What the columns of a band are.
enum Content {
    /// Columns of text, to be read one after the other.
    Columns,
    /// The cells of a table, to be read row by row.
    Cells,
    /// Lines with a number or name in front.
    Lines,
}

fn kind(rows: &[Row], gaps: &[Gap]) -> Content {
    let strips = strips(rows, gaps);
    let is_text = |rows: &Vec<Row>| {
        let letters: usize = rows.iter().map(Row::letters).sum();
        let words: usize = rows.iter().map(|row| row.words.len()).sum();
        let is_wide = row_is_unspaced(rows);
        letters >= rows.len() * if is_wide { LETTERS / 2 } else { LETTERS }
            && (words * 10 >= rows.len() * WORDS || is_wide)
    };
    if strips.iter().all(is_text) {
        return Content::Columns;
    }
    if let [front, text] = strips.as_slice()
        && is_text(text)
        && (front.len() * 2 <= text.len() || front.iter().all(|row| row.letters() <= 5))
    {
        return Content::Lines;
    }
    Content::Cells
}

/// Returns whether most letters are of a script without spaces.
fn row_is_unspaced(rows: &[Row]) -> bool {
    let letters = || rows.iter().flat_map(|row| &row.words).flat_map(|word| word.text.chars());
    letters().filter(|c| super::frames::is_east_asian(*c)).count() * 2 > letters().count()
}

/// Returns the rows of each column.
fn strips(rows: &[Row], gaps: &[Gap]) -> Vec<Vec<Row>> {
    let mut strips: Vec<Vec<Row>> = vec![Vec::new(); gaps.len() + 1];
    for row in rows {
        let mut parts: Vec<Vec<Word>> = vec![Vec::new(); gaps.len() + 1];
        row.words.iter().for_each(|word| parts[place(word, gaps)].push(word.clone()));
        for (strip, words) in strips.iter_mut().zip(parts) {
            if !words.is_empty() {
                strip.push(Row::of(words));
            }
        }
    }
    strips.retain(|strip| !strip.is_empty());
    strips
}

/// Returns the column of a word.
pub(in crate::documents::pdf) fn place(word: &Word, gaps: &[Gap]) -> usize {
    let middle = (word.left + word.right) / 2.0;
    gaps.iter().filter(|gap| (gap.from + gap.to) / 2.0 < middle).count()
}

/// Returns the rows with the longest gap between columns.
fn band(rows: &[Row]) -> Option<Band> {
    let mut sizes: Vec<f32> = rows.iter().map(|row| row.size).collect();
    sizes.sort_by(f32::total_cmp);
    let least = sizes[sizes.len() / 2] * GUTTER;
    let gaps: Vec<Vec<Gap>> = rows.iter().map(|row| gaps_of(row, least)).collect();
    let mut best: Option<Band> = None;
    for from in 0..rows.len() {
        let longest = best.as_ref().map_or(0, |best| best.to - best.from);
        if rows.len() - from <= longest {
            break;
        }
        // A row with words on one side only shows nothing as the first one.
        if gaps[from].len() < 3 {
            continue;
        }
        let found = longest_from(rows, &gaps, from, least);
        if found.as_ref().is_some_and(|found| found.to - found.from > longest) {
            best = found;
        }
    }
    best.map(|best| with_upper_rows(best, rows)).map(|best| trimmed(best, rows))
}

/// Returns the gaps of a row, with those at its sides.
fn gaps_of(row: &Row, least: f32) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut from = f32::NEG_INFINITY;
    for word in &row.words {
        if word.left - from >= least {
            gaps.push(Gap { from, to: word.left });
        }
        from = from.max(word.right);
    }
    gaps.push(Gap { from, to: f32::INFINITY });
    gaps
}

fn longest_from(rows: &[Row], gaps: &[Vec<Gap>], from: usize, least: f32) -> Option<Band> {
    let mut common = gaps[from].clone();
    let mut found = None;
    for to in from + 1..rows.len() {
        common = crossed(&common, &gaps[to], least);
        if common.len() < 3 {
            break;
        }
        if to + 1 - from >= ROWS {
            let band = &rows[from..=to];
            let valid: Vec<Gap> = common.iter().copied().filter(|gap| is_between(band, *gap)).collect();
            if valid.is_empty() {
                continue;
            }
            found = Some(Band { from, to: to + 1, gaps: valid });
        }
    }
    found
}

fn crossed(one: &[Gap], other: &[Gap], least: f32) -> Vec<Gap> {
    let mut out = Vec::new();
    let (mut a, mut b) = (0, 0);
    while let (Some(x), Some(y)) = (one.get(a), other.get(b)) {
        let gap = Gap { from: x.from.max(y.from), to: x.to.min(y.to) };
        if gap.to - gap.from >= least {
            out.push(gap);
        }
        if x.to < y.to { a += 1 } else { b += 1 }
    }
    out
}

fn is_between(rows: &[Row], gap: Gap) -> bool {
    if !gap.from.is_finite() || !gap.to.is_finite() {
        return false;
    }
    let left = rows.iter().filter(|row| row.words.first().is_some_and(|word| word.right <= gap.from)).count();
    let right = rows.iter().filter(|row| row.words.last().is_some_and(|word| word.left >= gap.to)).count();
    left.min(right) >= ROWS
}

/// Returns a band with the rows above it whose words are all on one side of its gaps.
fn with_upper_rows(band: Band, rows: &[Row]) -> Band {
    let is_clear = |row: &Row| {
        band.gaps.iter().all(|gap| {
            row.words.iter().all(|word| {
                word.right <= gap.to && word.left >= gap.from || word.right <= gap.from || word.left >= gap.to
            })
        })
    };
    let above = rows[..band.from].iter().rev().take_while(|row| is_clear(row)).count();
    // A heading above the columns is read first anyway; other lines only belong to a column on the right.
    let outer = band.gaps.first().map_or(f32::INFINITY, |gap| gap.to);
    let first = (band.from - above..band.from).find(|at| rows[*at].left() >= outer).unwrap_or(band.from);
    Band { from: first, ..band }
}

/// Returns a band without rows at its end that are set apart and on one side only.
fn trimmed(band: Band, rows: &[Row]) -> Band {
    let inside = &rows[band.from..band.to];
    let mut steps: Vec<f32> =
        inside.windows(2).map(|pair| pair[1].base - pair[0].base).filter(|step| *step > 0.5).collect();
    steps.sort_by(f32::total_cmp);
    let usual = steps.get(steps.len() / 2).copied().unwrap_or(f32::INFINITY);
    let has_both = |row: &Row| {
        band.gaps.iter().any(|gap| {
            row.words.first().is_some_and(|word| word.right <= gap.from)
                && row.words.last().is_some_and(|word| word.left >= gap.to)
        })
    };
    let last = inside.iter().rposition(has_both).unwrap_or(inside.len() - 1);
    let apart = (last + 1..inside.len()).find(|at| inside[*at].base - inside[at - 1].base > usual * APART);
    Band { to: apart.map_or(band.to, |at| band.from + at), ..band }
}
