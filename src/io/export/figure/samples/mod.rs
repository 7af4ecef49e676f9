//! Small figures, one of each kind.

mod matrices;
mod places;
mod time;

use demarche_analysis::figure::Scene;
use demarche_analysis::figure::charts::Series;
use demarche_analysis::figure::charts::matrix::BarMatrix;
use demarche_model::Colour;

use matrices::{latest, matrix, together, transitions};
use places::{codeline, network, network_large, portrait};
use time::{movement, positions, time, time_panels};

/// All figures, by name.
pub(super) fn all() -> Vec<(&'static str, Scene)> {
    vec![
        ("matrix", matrix(900.0)),
        ("latest", latest(900.0)),
        ("transitions", transitions(900.0)),
        ("together", together(700.0)),
        ("time", time(860.0)),
        ("time-panels", time_panels(980.0)),
        ("network", network(760.0, 460.0)),
        ("network-large", network_large(900.0, 620.0)),
        ("codeline", codeline(900.0)),
        ("portrait", portrait(760.0)),
        ("movement", movement(900.0)),
        ("positions", positions(620.0)),
        ("empty", BarMatrix::default().scene(300.0)),
    ]
}

/// The roles of the sample.
fn roles() -> Vec<Series> {
    let names =
        ["Demand", "Offer", "Concession", "Commitment", "Acceptance", "Rejection", "Threat", "Justification"];
    let series = names.iter().enumerate().map(|(at, name)| Series::new(*name, Colour::nth(at), at));
    series.chain([Series::light("condition", Colour::nth(0))]).collect()
}
