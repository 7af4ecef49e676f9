//! Paragraphs: the rows of a column that belong together.

use super::{Row, Word};

/// A gap between rows that ends a paragraph, relative to the usual distance of baselines.
const APART: f32 = 1.3;
/// The same, relative to the font size, whatever is usual.
const FAR: f32 = 2.3;
/// A difference of font sizes that ends a paragraph, relative.
const OTHER_SIZE: f32 = 0.12;
/// Least indent of a first line, relative to the font size.
const INDENT: f32 = 0.7;

/// Rows that belong together.
#[derive(Clone, Debug)]
pub(in crate::documents::pdf) struct Block {
    pub rows: Vec<Row>,
    /// Whether it begins with the mark or number of a list item.
    pub is_item: bool,
}

/// Returns the paragraphs of the rows of one column.
pub(in crate::documents::pdf) fn blocks(rows: Vec<Row>) -> Vec<Block> {
    let column = Column::of(&rows);
    let mut blocks: Vec<Block> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let is_item = is_item(row);
        let starts = at.checked_sub(1).and_then(|above| rows.get(above)).is_none_or(|above| {
            let in_item = blocks.last().is_some_and(|block| block.is_item);
            column.is_end(above, row, rows.get(at + 1), in_item)
        });
        match blocks.last_mut() {
            Some(block) if !starts => block.rows.push(row.clone()),
            _ => blocks.push(Block { rows: vec![row.clone()], is_item }),
        }
    }
    blocks
}

/// The measures of a column.
struct Column {
    left: f32,
    right: f32,
    /// The usual distance of baselines, relative to the font size.
    step: f32,
}

impl Column {
    fn of(rows: &[Row]) -> Self {
        let left = rows.iter().map(Row::left).fold(f32::INFINITY, f32::min);
        let right = rows.iter().map(Row::right).fold(f32::NEG_INFINITY, f32::max);
        let step = |pair: &[Row]| (pair[1].base - pair[0].base) / pair[0].size.max(pair[1].size);
        let mut steps: Vec<f32> =
            rows.windows(2).map(step).filter(|step| (0.7..FAR).contains(step)).collect();
        steps.sort_by(f32::total_cmp);
        // The smaller distances are those inside paragraphs.
        let step = steps.get(steps.len() / 3).copied().unwrap_or(1.3);
        Self { left, right, step }
    }

    /// Returns whether a paragraph ends between two rows.
    fn is_end(&self, above: &Row, row: &Row, next: Option<&Row>, in_item: bool) -> bool {
        let size = above.size.max(row.size);
        let step = (row.base - above.base) / size;
        if (above.size - row.size).abs() > above.size.min(row.size) * OTHER_SIZE {
            return true;
        }
        if step > FAR
            || step > self.step * APART
            || is_item(row) && (in_item || self.is_short(above, row) || step > self.step * 1.1)
        {
            return true;
        }
        let ended = above.words.last().is_some_and(|word| ends_sentence(&word.text));
        let begins = row.words.first().is_some_and(|word| !word.text.starts_with(char::is_lowercase));
        if begins
            && self.is_short(above, row)
            && (ended || self.right - above.right() > (self.right - self.left) * 0.5)
        {
            return true;
        }
        let indent = row.left() - above.left().min(self.left.max(above.left()));
        let returns = next.is_none_or(|next| next.left() < row.left() - size * INDENT * 0.5);
        let is_centred = {
            let off = |row: &Row| (row.left() + row.right()) / 2.0 - (self.left + self.right) / 2.0;
            off(above).abs() < size && off(row).abs() < size && above.left() > self.left + size
        };
        !in_item && !is_centred && begins && returns && indent >= size * INDENT && indent < size * 6.0
    }

    /// Returns whether the first word of a row would have fitted into the one above.
    fn is_short(&self, above: &Row, row: &Row) -> bool {
        let first = row.words.first().map_or(0.0, |word| word.right - word.left);
        self.right - above.right() > first + above.size * 0.6
    }
}

fn ends_sentence(word: &str) -> bool {
    word.trim_end_matches(['"', '”', '’', '»', ')', ']'])
        .ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '؟', '।', '…'])
}

/// Returns whether a row begins with the mark or number of a list item.
fn is_item(row: &Row) -> bool {
    row.words.first().is_some_and(|word| is_mark(word)) && row.words.len() > 1
}

fn is_mark(word: &Word) -> bool {
    let text = word.text.as_str();
    if matches!(
        text,
        "•" | "◦"
            | "▪"
            | "■"
            | "‣"
            | "·"
            | "–"
            | "—"
            | "-"
            | "*"
            | "○"
            | "●"
            | "□"
            | "➢"
            | "✓"
            | "\u{2043}"
    ) {
        return true;
    }
    let inner = text.trim_start_matches('(');
    let Some(inner) = inner.strip_suffix(['.', ')']) else { return false };
    let is_number = inner.len() <= 3 && !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter =
        inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic) && text.ends_with(')');
    let is_roman = text.ends_with(')')
        && !inner.is_empty()
        && inner.len() <= 5
        && inner.bytes().all(|byte| b"ivx".contains(&byte));
    is_number || is_letter || is_roman
}
