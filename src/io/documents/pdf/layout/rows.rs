//! Rows of words, from glyphs in any order.

use smol_str::{SmolStr, SmolStrBuilder};

use super::direction::{is_mark, is_right_to_left, upright};
use super::frames::{Placed, is_east_asian};
use super::{Row, Word};

/// Greatest difference of baselines in one row, relative to the font size.
const SAME: f32 = 0.22;
/// Least gap between words, relative to the font size.
const GAP: f32 = 0.12;
/// Greatest distance of a glyph that is painted twice, relative to the font size: along the line, and across.
const TWICE: (f32, f32) = (0.11, 0.22);
/// Greatest size of a raised or lowered mark, relative to that of the line.
const SMALL: f32 = 0.85;

/// Number of runs of a line that another one is compared with.
const NEAR: usize = 50;
/// Number of runs in a line beyond which marks are not looked for.
const MOST: usize = 400;

/// Glyphs that follow each other on one baseline in the order of the file.
struct Run {
    glyphs: Vec<Placed>,
    base: f32,
    size: f32,
    is_raised: bool,
}

impl Run {
    fn left(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.left).fold(f32::INFINITY, f32::min)
    }

    fn right(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.right).fold(f32::NEG_INFINITY, f32::max)
    }
}

/// Returns the rows of glyphs from top to bottom.
pub(in crate::documents::pdf) fn rows(glyphs: Vec<Placed>) -> Vec<Row> {
    let mut runs = runs(glyphs);
    runs.sort_by(|one, other| one.base.total_cmp(&other.base));
    let mut lines: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let fits = |line: &&mut Vec<Run>| {
            line.iter().rev().take(NEAR).any(|there| {
                (there.base - run.base).abs() <= there.size.min(run.size) * SAME
                    && there.size.max(run.size) < there.size.min(run.size) * 3.0
            })
        };
        match lines.iter_mut().rev().take(4).find(fits) {
            Some(line) => line.push(run),
            None => lines.push(vec![run]),
        }
    }
    attach_marks(&mut lines);
    let rows = lines.into_iter().map(|line| words(line)).filter(|words| !words.is_empty());
    let mut rows: Vec<Row> = rows.map(Row::of).collect();
    rows.sort_by(|one, other| one.base.total_cmp(&other.base));
    rows
}

/// Returns runs of glyphs in the order of the file. Marks that are painted over a letter join it.
fn runs(glyphs: Vec<Placed>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for glyph in glyphs {
        if let Some(run) = runs.last_mut()
            && let Some(last) = run.glyphs.last_mut()
        {
            let middle = (glyph.left + glyph.right) / 2.0;
            let is_over = (last.left..last.right).contains(&middle);
            if glyph.text.chars().all(is_mark) && (is_over || (last.left..=last.right).contains(&glyph.left))
            {
                last.text = SmolStr::from_iter(last.text.chars().chain(glyph.text.chars()));
                continue;
            }
            let gap = glyph.left - last.right;
            if (glyph.base - run.base).abs() <= run.size * 0.03
                && (glyph.size - run.size).abs() <= run.size * 0.05
                && (-run.size * 0.5..run.size * 0.35).contains(&gap)
            {
                run.glyphs.push(glyph);
                continue;
            }
        }
        let (base, size) = (glyph.base, glyph.size);
        runs.push(Run { glyphs: vec![glyph], base, size, is_raised: false });
    }
    runs
}

/// Moves raised and lowered marks to the line of the letters that they touch.
fn attach_marks(lines: &mut Vec<Vec<Run>>) {
    let extents = |line: &[Run]| -> Vec<(f32, f32, f32, f32)> {
        line.iter().map(|run| (run.left(), run.right(), run.base, run.size)).collect()
    };
    let all: Vec<_> = lines.iter().map(|line| extents(line)).collect();
    let mut moves: Vec<(usize, usize, usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.len() <= MOST) {
        for (index, run) in line.iter().enumerate().filter(|(_, run)| run.glyphs.len() <= 12) {
            let (left, right) = (run.left(), run.right());
            let near = (at.saturating_sub(4)..lines.len().min(at + 5)).filter(|near| *near != at);
            let touched = near.filter(|near| {
                all[*near].iter().take(MOST).any(|&(from, to, base, size)| {
                    let up = (base - run.base) / size;
                    let is_beside = left - to < size * 0.3 && to - left < size * 0.5
                        || from - right < size * 0.15 && from - right > -size * 0.3;
                    run.size <= size * SMALL && (-0.35..0.75).contains(&up) && is_beside
                })
            });
            let nearest = touched.min_by(|one, other| {
                let apart = |line: &usize| (all[*line][0].2 - run.base).abs();
                apart(one).total_cmp(&apart(other))
            });
            moves.extend(nearest.map(|to| (at, index, to)));
        }
    }
    // A line that is itself moved can't take marks.
    let moved: Vec<(usize, usize)> = moves.iter().map(|(from, index, _)| (*from, *index)).collect();
    for (from, index, to) in moves.into_iter().rev() {
        if (0..lines[to].len()).all(|there| moved.contains(&(to, there))) {
            continue;
        }
        let base = all[to].iter().map(|extent| extent.2).fold(f32::NEG_INFINITY, f32::max);
        let mut run = lines[from].remove(index);
        run.is_raised = run.base < base - run.size * 0.15;
        lines[to].push(run);
    }
    lines.retain(|line| !line.is_empty());
}

/// Returns the words of a line from left to right.
fn words(line: Vec<Run>) -> Vec<Word> {
    let mut glyphs: Vec<(Placed, bool)> = Vec::new();
    for run in line {
        let is_raised = run.is_raised;
        glyphs.extend(run.glyphs.into_iter().map(|glyph| (glyph, is_raised)));
    }
    glyphs.sort_by(|(one, _), (other, _)| one.left.total_cmp(&other.left));
    let glyphs = painted_once(glyphs);
    let gap = gap_of(&glyphs);
    let mut words: Vec<Word> = Vec::new();
    let mut open: Vec<(Placed, bool)> = Vec::new();
    let mut is_glued = false;
    let mut end = f32::NEG_INFINITY;
    for (glyph, is_raised) in glyphs {
        let is_space = glyph.text.chars().all(char::is_whitespace);
        let size = open.last().map_or(glyph.size, |(last, _)| last.size.max(glyph.size));
        let is_apart = !open.is_empty() && glyph.left - end > needed(&open, &glyph, gap) * size;
        let is_mark = !open.is_empty() && open.last().is_some_and(|(_, last)| *last != is_raised);
        if is_space || is_apart || is_mark {
            words.extend(word(&open, is_glued));
            open.clear();
            end = f32::NEG_INFINITY;
            is_glued = is_mark && !is_space && !is_apart;
        }
        if !is_space {
            end = end.max(glyph.right);
            open.push((glyph, is_raised));
        }
    }
    words.extend(word(&open, is_glued));
    words
}

/// Returns the least gap before a glyph that ends a word, relative to the font size.
fn needed(open: &[(Placed, bool)], glyph: &Placed, gap: f32) -> f32 {
    let is_wide = |text: &str| text.chars().all(is_east_asian);
    let both = open.last().is_some_and(|(last, _)| is_wide(&last.text)) && is_wide(&glyph.text);
    if both { gap.max(0.6) } else { gap }
}

/// Returns glyphs without those that are painted a second time, for bold type or a shadow.
fn painted_once(glyphs: Vec<(Placed, bool)>) -> Vec<(Placed, bool)> {
    let mut kept: Vec<(Placed, bool)> = Vec::with_capacity(glyphs.len());
    for (glyph, is_raised) in glyphs {
        let is_twice = kept.iter().rev().take(4).any(|(there, _)| {
            there.text == glyph.text
                && (there.left - glyph.left).abs()
                    <= (glyph.size * TWICE.0).min((glyph.right - glyph.left) * 0.4)
                && (there.base - glyph.base).abs() <= glyph.size * TWICE.1
                && (there.size - glyph.size).abs() <= glyph.size * 0.2
        });
        if !is_twice {
            kept.push((glyph, is_raised));
        }
    }
    kept
}

/// Returns the least gap between words, relative to the font size: more in a line with spaced letters.
fn gap_of(glyphs: &[(Placed, bool)]) -> f32 {
    let is_letter = |glyph: &Placed| glyph.text.chars().all(char::is_alphabetic);
    let letters = glyphs.windows(2).filter(|pair| pair.iter().all(|(glyph, _)| is_letter(glyph)));
    let mut gaps: Vec<f32> = letters
        .filter_map(|pair| match pair {
            [(one, _), (next, _)] => Some((next.left - one.right) / one.size.max(next.size)),
            _ => None,
        })
        .collect();
    gaps.sort_by(f32::total_cmp);
    match gaps.get(gaps.len() / 2) {
        // Single glyphs far apart are a table rather than spaced letters.
        Some(usual) if gaps.len() >= 3 && (0.02..0.35).contains(usual) => GAP + usual * 1.3,
        _ => GAP,
    }
}

fn word(glyphs: &[(Placed, bool)], is_glued: bool) -> Option<Word> {
    let (first, is_raised) = glyphs.first()?;
    let left = glyphs.iter().map(|(glyph, _)| glyph.left).fold(f32::INFINITY, f32::min);
    let right = glyphs.iter().map(|(glyph, _)| glyph.right).fold(f32::NEG_INFINITY, f32::max);
    let size = glyphs.iter().map(|(glyph, _)| glyph.size).fold(0.0, f32::max);
    let mut builder = SmolStrBuilder::new();
    glyphs.iter().for_each(|(glyph, _)| builder.push_str(&glyph.text));
    let mut text = builder.finish();
    if text.chars().any(is_right_to_left) {
        text = upright(glyphs.iter().map(|(glyph, _)| glyph.text.as_str()));
    }
    let is_note = *is_raised && text.chars().all(|c| !c.is_alphabetic());
    // The number of a note is a word of its own.
    let is_glued = is_glued && !is_note;
    Some(Word { text, left, right, base: first.base, size, is_glued, is_raised: *is_raised })
}

/// Returns whether many words of rows overlap others, so that their order is doubtful.
pub(in crate::documents::pdf) fn is_garbled(rows: &[Row]) -> bool {
    const LEAST: usize = 10;
    let words: usize = rows.iter().map(|row| row.words.len()).sum();
    let over = |pair: &[Word]| match pair {
        [one, next] => usize::from(one.right - next.left > one.size.min(next.size) * 0.4),
        _ => 0,
    };
    let overlaps: usize = rows.iter().flat_map(|row| row.words.windows(2)).map(over).sum();
    overlaps >= LEAST && overlaps * 10 >= words
}
