//! The figures of actors.

use super::counted;
use crate::bargain::PassageSet;
use crate::views::Sentence;

pub(crate) const ACTOR: &str = "Actor";

/// The columns of numbers: their names in data, and their headings.
pub(crate) const COLUMNS: [(&str, &str); 19] = [
    ("moves", "Moves"),
    ("conditions", "Conditions"),
    ("recommendations", "Recommendations"),
    ("soft", "Soft"),
    ("hard", "Hard"),
    ("softness", "Softness"),
    ("concessions", "Concessions"),
    ("concessions_per_round", "Concessions per round"),
    ("yield_share", "Share of yielding answers"),
    ("score_mean", "Mean score"),
    ("score_sum", "Sum of scores"),
    ("demands", "Demands"),
    ("demands_met", "Demands agreed"),
    ("demands_open", "Open demands"),
    ("offers", "Offers"),
    ("offers_met", "Offers accepted"),
    ("offers_open", "Open offers"),
    ("demands_on", "Demands on it"),
    ("offers_to", "Offers to it"),
];

/// The sentence about the actor that concedes most.
pub(crate) fn most(actor: &str, concessions: PassageSet) -> Sentence {
    counted(Sentence::plain(format!("{actor} concedes most often: ")), concessions, "concession").words(".")
}

/// What a round is.
pub(crate) fn rounds(by_phase: bool) -> Sentence {
    let round = if by_phase { "phase" } else { "document" };
    Sentence::plain(format!(
        "softness = (soft − hard) / (soft + hard); a round is a {round} in which the actor has a move"
    ))
}
