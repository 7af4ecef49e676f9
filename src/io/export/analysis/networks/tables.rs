//! Lists of nodes, edges and events, and the matrix of adjacency, as CSV.

use std::collections::HashMap;
use std::io::Write;

use csv::Writer;

use super::super::csv::record;
use super::{colour, edges, node_id, title};
use crate::IoError;
use crate::spreadsheet::guard;
use demarche_analysis::views::{Look, TowardsView};

fn number(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// Writes the actors.
///
/// # Errors
/// `out` fails.
pub fn write_nodes(view: &TowardsView, out: &mut dyn Write) -> Result<(), IoError> {
    let mut writer = Writer::from_writer(out);
    record(&mut writer, ["id", "label", "sent", "received", "color"])?;
    for (place, node) in view.nodes.iter().enumerate() {
        let (sent, received) = (node.sent.len().to_string(), node.received.len().to_string());
        let label = guard(&node.title).into_owned();
        record(&mut writer, [format!("n{place}"), label, sent, received, colour(place).to_string()])?;
    }
    Ok(())
}

/// Writes the pairs of actors.
///
/// # Errors
/// `out` fails.
pub fn write_edges(view: &TowardsView, out: &mut dyn Write) -> Result<(), IoError> {
    let mut writer = Writer::from_writer(out);
    let head = ["source", "target", "from", "to", "weight", "soft", "hard", "softness"];
    record(&mut writer, head.into_iter().chain(["score_mean", "score_sum", "balance"]))?;
    for edge in edges(view) {
        let sum = (!edge.score.weighted.is_empty()).then_some(edge.score.sum);
        let fields = [
            node_id(view, edge.from),
            node_id(view, edge.to),
            guard(title(view, edge.from)).into_owned(),
            guard(title(view, edge.to)).into_owned(),
            edge.moves.len().to_string(),
            edge.soft.len().to_string(),
            edge.hard.len().to_string(),
            number(edge.softness()),
            number(edge.score.mean()),
            number(sum),
            number(edge.balance),
        ];
        record(&mut writer, fields)?;
    }
    Ok(())
}

/// Writes the number of moves from each actor, a row, to each actor, a column.
///
/// # Errors
/// `out` fails.
pub fn write_adjacency(view: &TowardsView, out: &mut dyn Write) -> Result<(), IoError> {
    let mut writer = Writer::from_writer(out);
    let titles = view.nodes.iter().map(|node| guard(&node.title).into_owned());
    record(&mut writer, std::iter::once(String::new()).chain(titles))?;
    for from in &view.nodes {
        let count = |to| view.edge(from.actor, to).map_or(0, |edge| edge.moves.len()).to_string();
        let counts = view.nodes.iter().map(|to| count(to.actor));
        record(&mut writer, std::iter::once(guard(&from.title).into_owned()).chain(counts))?;
    }
    Ok(())
}

/// Writes each move towards somebody, with its weight.
///
/// # Errors
/// `out` fails.
pub fn write_events(look: &Look<'_>, view: &TowardsView, out: &mut dyn Write) -> Result<(), IoError> {
    let mut writer = Writer::from_writer(out);
    record(
        &mut writer,
        ["date", "source", "target", "role", "category", "issue", "weight", "document", "quote"],
    )?;
    let mut events: Vec<_> =
        edges(view).flat_map(|edge| edge.moves.iter().map(move |index| (index, edge))).collect();
    let order = look.basis.moves.in_order(&view.moves);
    let place: HashMap<_, usize> = order.into_iter().zip(0..).collect();
    events.sort_by_key(|(index, _)| place.get(index).copied().unwrap_or(usize::MAX));
    for (index, edge) in events {
        let passage = look.get(index);
        let moves = look.basis.moves;
        let issues: Vec<&str> = moves.issues().names(passage.issues).collect();
        let fields = [
            passage.date().map_or_else(String::new, |days| days.to_string()),
            guard(title(view, edge.from)).into_owned(),
            guard(title(view, edge.to)).into_owned(),
            look.kind(passage).code().unwrap_or_default().to_owned(),
            guard(moves.category_id(passage.category).as_str()).into_owned(),
            guard(&issues.join("; ")).into_owned(),
            number(look.weight(passage)),
            guard(moves.document_id(passage.document).as_str()).into_owned(),
            guard(&look.words(index)).into_owned(),
        ];
        record(&mut writer, fields)?;
    }
    Ok(())
}
