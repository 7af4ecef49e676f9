//! Quotes with citations.

use super::material::{Material, ScaleOf, quote};
use super::table::{Column, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::bargain::PassageIndex;
use crate::views::Look;
use crate::words::report as words;
use demarche_model::CategoryId;

/// Length of a quote, in characters.
const CHARACTERS: usize = 300;

/// The first, the middle and the last move of each category, by date.
pub(super) fn part(material: &Material<'_>, read: usize) -> Part {
    let look = material.look(read, ScaleOf::Goldstein);
    let [number, category, parties, quote] = words::QUOTES;
    let columns =
        [Column::number(number), Column::text(category), Column::text(parties), Column::text(quote)];
    let mut table = Table::with(columns);
    for category in &material.project().codebook().categories {
        for index in chosen(&look, &category.id) {
            let number = table.lines.len() + 1;
            table.line(LineKind::Body, line(&look, number, &category.name, index));
        }
    }
    let mut part = Part::new("quotes", Numbered::Table, words::QUOTES_TITLE).with_table(table);
    part.notes.push(words::QUOTES_NOTE.to_owned());
    part.of_coder(material.coder(read))
}

fn chosen(look: &Look<'_>, category: &CategoryId) -> Vec<PassageIndex> {
    let is = |(index, passage): (PassageIndex, &crate::bargain::Passage)| {
        let has = look.basis.moves.category_id(passage.category) == category && !passage.has_no_place;
        has.then_some(index)
    };
    let mut moves: Vec<PassageIndex> = look.moves().filter_map(is).collect();
    look.basis.moves.sort(&mut moves);
    let Some(last) = moves.len().checked_sub(1) else { return Vec::new() };
    let mut places = vec![0, last / 2, last];
    places.dedup();
    places.into_iter().map(|place| moves[place]).collect()
}

fn line(look: &Look<'_>, number: usize, category: &str, index: PassageIndex) -> [Value; 4] {
    let [words, source] = quote(look, index, CHARACTERS);
    let passage = look.get(index);
    let parties = words::parties(&look.names(passage.actors), &look.names(passage.targets));
    let quote = Value::Quote { words, source };
    [Value::Count(number), Value::text(category), Value::text(parties), quote]
}
