//! The order of the documents.

use std::cmp::Reverse;

use super::{CodelineSort, CodelineView, Line};
use crate::views::Look;
use crate::views::statistics::cosine;

pub(super) fn sort(look: &Look<'_>, view: &mut CodelineView) {
    let by_date = |line: &Line| (look.document_order(line.document), line.document);
    view.lines.sort_by_cached_key(by_date);
    match view.options.sort {
        CodelineSort::Date => {}
        CodelineSort::Length => view.lines.sort_by_key(|line| Reverse(line.characters)),
        CodelineSort::Similarity => {
            let lines = std::mem::take(&mut view.lines);
            view.lines = by_similarity(look, lines);
        }
    }
}

/// Starts with the first document and goes on with the one that is most like the last.
fn by_similarity(look: &Look<'_>, lines: Vec<Line>) -> Vec<Line> {
    let (with, without): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| !line.marks.is_empty());
    let mut waiting: Vec<(Vec<f64>, Line)> =
        with.into_iter().map(|line| (category_shares(look, &line), line)).collect();
    let mut sorted = Vec::with_capacity(waiting.len());
    let mut at = 0;
    while at < waiting.len() {
        let (shares, line) = waiting.remove(at);
        sorted.push(line);
        let like = |(other, _): &(Vec<f64>, Line)| cosine(&shares, other).unwrap_or(0.0);
        let likes = waiting.iter().map(like).enumerate();
        // Of two that are as much like it, the earlier.
        at = likes.rev().max_by(|(_, one), (_, two)| one.total_cmp(two)).map_or(0, |(place, _)| place);
    }
    sorted.into_iter().chain(without).collect()
}

/// The share of each category among the moves of a document.
fn category_shares(look: &Look<'_>, line: &Line) -> Vec<f64> {
    let mut shares = vec![0.0; look.basis.moves.categories().len()];
    let moves = line.moves();
    for index in moves.iter() {
        shares[look.get(index).category.get()] += 1.0 / moves.len() as f64;
    }
    shares
}
