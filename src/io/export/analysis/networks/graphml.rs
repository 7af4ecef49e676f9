//! GraphML 1.0.

use std::fmt::Write as _;
use std::io::Write;

use super::{colour, edges, node_id};
use crate::IoError;
use crate::export::exporter::broken;
use crate::xml::escaped;
use demarche_analysis::views::TowardsView;

/// The keys: id, subject, name and type.
const KEYS: [[&str; 4]; 9] = [
    ["label", "node", "label", "string"],
    ["moves", "node", "moves", "int"],
    ["received", "node", "received", "int"],
    ["colour", "node", "color", "string"],
    ["weight", "edge", "weight", "double"],
    ["soft", "edge", "soft", "int"],
    ["hard", "edge", "hard", "int"],
    ["score", "edge", "score", "double"],
    ["score_sum", "edge", "score_sum", "double"],
];

/// Writes the network of a view.
///
/// # Errors
/// `out` fails.
pub fn write_graphml(view: &TowardsView, out: &mut dyn Write) -> Result<(), IoError> {
    out.write_all(compose(view).as_bytes()).map_err(broken)
}

fn compose(view: &TowardsView) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    // Writing to a `String` can't fail.
    for [id, subject, name, kind] in KEYS {
        let _ = writeln!(
            text,
            "  <key id=\"{id}\" for=\"{subject}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
        );
    }
    text.push_str("  <graph id=\"G\" edgedefault=\"directed\">\n");
    for (place, node) in view.nodes.iter().enumerate() {
        let _ = write!(text, "    <node id=\"n{place}\">");
        data(&mut text, "label", &escaped(&node.title));
        data(&mut text, "moves", &node.sent.len());
        data(&mut text, "received", &node.received.len());
        data(&mut text, "colour", &colour(place));
        text.push_str("</node>\n");
    }
    for edge in edges(view) {
        let (from, to) = (node_id(view, edge.from), node_id(view, edge.to));
        let _ = write!(text, "    <edge source=\"{from}\" target=\"{to}\">");
        data(&mut text, "weight", &edge.moves.len());
        data(&mut text, "soft", &edge.soft.len());
        data(&mut text, "hard", &edge.hard.len());
        if let Some(mean) = edge.score.mean() {
            data(&mut text, "score", &mean);
            data(&mut text, "score_sum", &edge.score.sum);
        }
        text.push_str("</edge>\n");
    }
    text.push_str("  </graph>\n</graphml>\n");
    text
}

fn data(text: &mut String, key: &str, value: &dyn std::fmt::Display) {
    let _ = write!(text, "<data key=\"{key}\">{value}</data>");
}
