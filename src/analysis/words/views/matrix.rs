//! The overview matrix.

use super::count;
use crate::bargain::PassageSet;
use crate::views::{Axis, Measure, Sentence};

pub(crate) const TOTAL: &str = "total";

impl Axis {
    /// Its name in the interface; that of an attribute is its own.
    pub fn name(&self) -> String {
        let name = match self {
            Self::Actor => "Actor",
            Self::Target => "Target",
            Self::Speaker => "Speaker",
            Self::Issue => "Issue",
            Self::Category => "Category",
            Self::Role => "Role",
            Self::Quad => "Quad class",
            Self::Document => "Document",
            Self::Author => "Author",
            Self::Source => "Source",
            Self::Year => "Year",
            Self::Bin => "Time",
            Self::Coder => "Coder",
            Self::Review => "Review",
            Self::Attribute(id) => id.as_str(),
        };
        name.to_owned()
    }
}

impl Measure {
    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Moves => "Moves",
            Self::Passages => "Passages",
            Self::Documents => "Documents",
            Self::Characters => "Characters",
            Self::PerThousandWords => "Moves per 1,000 words",
            Self::OfRow => "% of row",
            Self::OfColumn => "% of column",
            Self::OfTotal => "% of total",
            Self::ScoreMean => "Score, mean",
            Self::ScoreSum => "Score, sum",
            Self::DemandsAgreed => "Demands agreed",
            Self::OffersAccepted => "Offers accepted",
            Self::OpenDemands => "Open demands",
            Self::OpenOffers => "Open offers",
            Self::Expected => "Expected moves",
            Self::Residual => "Adjusted residual",
            Self::LatestWords => "Latest words",
        }
    }
}

/// A number of demands, with those to whom they are addressed and that are open.
pub(crate) struct Demands {
    pub actor: String,
    pub demands: PassageSet,
    pub asked: Option<(String, PassageSet)>,
    pub open: PassageSet,
}

/// The sentence about the demands of one actor.
pub(crate) fn demands(demands: Demands) -> Sentence {
    let number = demands.demands.len();
    let mut sentence = Sentence::plain(format!("{} makes ", demands.actor))
        .passages(count(number, "demand"), demands.demands);
    if let Some((asked, passages)) = demands.asked {
        let share = share(passages.len(), number);
        sentence = sentence.words(", ").passages(share, passages).words(format!(" of {asked}"));
    }
    let open = demands.open.len();
    let verb = if open == 1 { "is" } else { "are" };
    sentence = sentence.words("; ");
    sentence.passages(share(open, number), demands.open).words(format!(" {verb} open."))
}

fn share(part: usize, all: usize) -> String {
    match part {
        0 => "none".to_owned(),
        _ if part == all && all > 1 => format!("all {all}"),
        _ => part.to_string(),
    }
}

/// The sentence about the row with most moves.
pub(crate) fn most(all: PassageSet, noun: &str, row: &str, passages: PassageSet) -> Sentence {
    let text = count(all.len(), noun);
    let number = passages.len().to_string();
    Sentence::default()
        .passages(text, all)
        .words(", most of them in the row ")
        .words(format!("{row}: "))
        .passages(number, passages)
        .words(".")
}

/// Values that count in several rows or columns.
pub(crate) fn several(passages: PassageSet, what: &str) -> Sentence {
    let text = count(passages.len(), "move");
    Sentence::default().passages(text, passages).words(format!(" with several values: {what} add up to more"))
}

/// Hidden rows.
pub(crate) fn hidden(rows: usize) -> Sentence {
    Sentence::plain(format!("{} with fewer moves hidden; totals and shares include them", count(rows, "row")))
}

/// The strength of the association.
pub(crate) fn cramers_v(value: f64) -> Sentence {
    let value = format!("{value:.2}");
    Sentence::plain(format!("Cramér’s V {value}, descriptive; passages of one document are not independent"))
}

/// The words of a cell of latest words.
pub(crate) fn latest(role: &str, date: Option<&str>, words: &str, earlier: usize) -> String {
    let date = date.map_or_else(String::new, |date| format!(" {date}"));
    let earlier = if earlier > 0 { format!(" +{earlier} earlier") } else { String::new() };
    format!("{role}{date}: “{words}”{earlier}")
}
