//! GEXF 1.3.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use super::{colour, edges, node_id};
use crate::IoError;
use crate::export::exporter::broken;
use crate::xml::escaped_value;
use demarche_analysis::bargain::DayRange;
use demarche_analysis::views::{Look, TowardsView};
use demarche_model::Colour;

/// Writes the network of a view, with an edge for each pair of actors, role and date.
///
/// # Errors
/// `out` fails.
pub fn write_gexf(look: &Look<'_>, view: &TowardsView, out: &mut dyn Write) -> Result<(), IoError> {
    out.write_all(compose(look, view).as_bytes()).map_err(broken)
}

fn compose(look: &Look<'_>, view: &TowardsView) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n  \
         <graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\">\n    \
         <attributes class=\"edge\"><attribute id=\"0\" title=\"role\" type=\"string\"/>\
         <attribute id=\"1\" title=\"score\" type=\"double\"/></attributes>\n    <nodes>\n",
    );
    for (place, node) in view.nodes.iter().enumerate() {
        let label = escaped_value(&node.title);
        let (red, green, blue) = rgb(place);
        // Writing to a `String` can't fail.
        let _ = writeln!(
            text,
            "      <node id=\"n{place}\" label=\"{label}\"><viz:color r=\"{red}\" g=\"{green}\" b=\"{blue}\"/></node>"
        );
    }
    text.push_str("    </nodes>\n    <edges>\n");
    for (number, event) in events(look, view).iter().enumerate() {
        let Event { from, to, role, days, count, score } = event;
        let _ = write!(
            text,
            "      <edge id=\"e{number}\" kind=\"{role}\" source=\"{from}\" target=\"{to}\" weight=\"{count}\""
        );
        if let Some(days) = days {
            let _ = write!(text, " start=\"{}\" end=\"{}\"", days.first, days.last);
        }
        let _ = write!(text, "><attvalues><attvalue for=\"0\" value=\"{role}\"/>");
        if let Some(score) = score {
            let _ = write!(text, "<attvalue for=\"1\" value=\"{score}\"/>");
        }
        text.push_str("</attvalues></edge>\n");
    }
    text.push_str("    </edges>\n  </graph>\n</gexf>\n");
    text
}

fn rgb(place: usize) -> (u8, u8, u8) {
    let Colour([red, green, blue]) = colour(place);
    (red, green, blue)
}

/// The moves of one pair, role and date.
struct Event {
    from: String,
    to: String,
    role: &'static str,
    days: Option<DayRange>,
    count: usize,
    /// Mean weight.
    score: Option<f64>,
}

fn events(look: &Look<'_>, view: &TowardsView) -> Vec<Event> {
    let mut events = Vec::new();
    for edge in edges(view) {
        let mut by_role: BTreeMap<(bool, Option<DayRange>, _), Vec<_>> = BTreeMap::new();
        for index in edge.moves.iter() {
            let passage = look.get(index);
            let days = passage.order_date;
            by_role.entry((days.is_none(), days, look.kind(passage))).or_default().push(index);
        }
        events.extend(by_role.into_iter().map(|((_, days, kind), moves)| Event {
            from: node_id(view, edge.from),
            to: node_id(view, edge.to),
            role: kind.code().unwrap_or("none"),
            days,
            count: moves.len(),
            score: look.score(moves.into_iter()).mean(),
        }));
    }
    events
}
