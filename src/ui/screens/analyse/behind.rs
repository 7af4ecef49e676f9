//! From a cell of a view to the passages behind it.

use std::sync::Arc;

use super::table::At;
use crate::requests::Requests;
use crate::words::analyse as words;
use demarche_analysis::bargain::PassageSet;
use demarche_analysis::views::{Table, View};
use demarche_model::Date;
use demarche_session::{AnalyseAction, Behind, ReadingFound};

/// Marks the date of a bin, if the view is over time.
pub(super) fn mark_date(reading: &ReadingFound, bin: Option<usize>, requests: &mut Requests) {
    if let View::Time(view) = &reading.found {
        let days = bin.and_then(|bin| view.bins.get(bin)?.days);
        let date = days.and_then(|days| Date::parse(&days.first.to_string()));
        requests.push(AnalyseAction::MarkDate(date));
    }
}

/// The name of an actor in the network, by its position.
pub(super) fn node_name(reading: &ReadingFound, at: u32) -> Option<String> {
    match &reading.found {
        View::Towards(view) => view.nodes.get(at as usize)?.name.clone(),
        View::Matrix(_)
        | View::Asks(_)
        | View::Actors(_)
        | View::Time(_)
        | View::Codeline(_)
        | View::Movement(_)
        | View::Together(_)
        | View::Follows(_) => None,
    }
}

/// Shows the passages behind a cell; in the list of demands and offers, also marks the one of its row.
pub(super) fn show_cell(reading: &ReadingFound, at: usize, cell: At, requests: &mut Requests) {
    match passages_of(&reading.found.answer().table, cell) {
        Some((title, passages)) => {
            requests.push(AnalyseAction::Show(Behind { title, reading: at, passages }))
        }
        None => requests.push(AnalyseAction::Clear),
    }
    if let View::Asks(view) = &reading.found {
        let asks = view.groups.iter().flat_map(|group| &group.asks);
        if let Some(ask) = asks.clone().nth(cell.row).copied() {
            requests.push(AnalyseAction::MarkAsk { reading: at, ask });
        }
    }
}

/// The passages behind a cell, with a title such as `Estmark × fees`. A cell without any shows the first ones of its row.
pub(super) fn passages_of(table: &Table, at: At) -> Option<(String, Arc<PassageSet>)> {
    let row = table.rows.get(at.row)?;
    let own = row.cells.get(at.column)?.passages.clone();
    let passages = own.or_else(|| row.cells.iter().find_map(|cell| cell.passages.clone()))?;
    let first = row.cells.first().map(|cell| words::value(&cell.value)).unwrap_or_default();
    let column = table.columns.get(at.column).map(|column| column.title.as_str()).unwrap_or_default();
    let title = if at.column == 0 { first } else { format!("{first} × {column}") };
    Some((title, passages))
}

/// The titles of the groups that are closed at the start.
pub(super) fn closed_groups(found: &View) -> Vec<String> {
    match found {
        View::Asks(view) => {
            let closed = view.groups.iter().filter(|group| group.key.is_closed());
            closed.map(|group| group.title.clone()).collect()
        }
        View::Matrix(_)
        | View::Actors(_)
        | View::Time(_)
        | View::Towards(_)
        | View::Codeline(_)
        | View::Movement(_)
        | View::Together(_)
        | View::Follows(_) => Vec::new(),
    }
}
