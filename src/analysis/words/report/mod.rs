//! The report: headings, captions and the method.

pub(crate) mod method;

use super::views::count;
use crate::agreement::Undefined;
use crate::bargain::AskState;
use crate::views::Missing;

pub(crate) const CORPUS_TITLE: &str = "The corpus";
pub(crate) const CODEBOOK_TITLE: &str = "The codebook, with an example of each category";
pub(crate) const AGREEMENT_TITLE: &str = "Agreement of coders, by category";
pub(crate) const CONFUSIONS_TITLE: &str = "The most frequent confusions of categories";
pub(crate) const CATEGORIES_TITLE: &str = "Categories by actor";
pub(crate) const ISSUES_TITLE: &str = "Moves by actor and issue";
pub(crate) const LATEST_TITLE: &str = "The latest words of each actor on each issue";
pub(crate) const OUTCOMES_TITLE: &str = "Outcomes of demands and offers";
pub(crate) const ACTORS_TITLE: &str = "Figures per actor";
pub(crate) const TRANSITIONS_TITLE: &str = "Transitions between moves";
pub(crate) const QUOTES_TITLE: &str = "Quotes";
pub(crate) const BARS_TITLE: &str = "Moves over time";
pub(crate) const SCORE_TITLE: &str = "Score over time, on both scales";
pub(crate) const INTERACTIONS_TITLE: &str = "Interactions";
pub(crate) const CODELINE_TITLE: &str = "Moves within documents";
pub(crate) const MOVEMENT_TITLE: &str = "Movement";
pub(crate) const TOGETHER_TITLE: &str = "Co-occurrence";

pub(crate) const CORPUS: [&str; 4] = ["Document", "Date", "Author, source", "Tagged by"];
pub(crate) const CODEBOOK: [&str; 3] = ["Category", "Definition", "Role"];
pub(crate) const SCALES: [&str; 2] = ["Goldstein", "PLOVER 2021"];
pub(crate) const CONFUSIONS: [&str; 2] = ["Passages", "Quotes"];
pub(crate) const CONFUSED: [&str; 2] = ["Category", "Instead of"];
pub(crate) const LATEST: [&str; 5] = ["Actor", "Issue", "Role", "Date", "Words"];
pub(crate) const ACTORS: [&str; 8] = [
    "Moves",
    "Soft",
    "Hard",
    "Softness",
    "Concessions per document",
    "Share of yielding answers",
    "Mean, Goldstein",
    "Mean, PLOVER 2021",
];
pub(crate) const TRANSITION: [&str; 2] = ["From", "To"];
pub(crate) const TRANSITIONS: [&str; 3] = ["Seen", "Expected (e)", "z"];
pub(crate) const BINS: [&str; 2] = ["Bin", "Moves"];
pub(crate) const PAIR: [&str; 2] = ["From", "To"];
pub(crate) const PAIRS: [&str; 6] =
    ["Moves", "Soft", "Hard", "Balance", "Mean, Goldstein", "Mean, PLOVER 2021"];
pub(crate) const QUOTES: [&str; 4] = ["No.", "Category", "Actor → target", "Quote"];

pub(crate) const ACTOR: &str = "Actor";
pub(crate) const ALL: &str = "All";
pub(crate) const ALL_MOVES: &str = "All moves";
pub(crate) const CATEGORY: &str = "Category";
pub(crate) const DYAD: &str = "Asker → asked";
pub(crate) const EXAMPLE: &str = "Example";
pub(crate) const FEW: &str = "few";
pub(crate) const MARKED: &str = "marked";
pub(crate) const MOVES: &str = "Moves";
pub(crate) const N: &str = "n";
pub(crate) const OF_CODEBOOK: &str = "from the codebook";
pub(crate) const PASSAGES: &str = "Passages";
pub(crate) const WITH_CANDIDATES: &str = "open, with possible answers";
pub(crate) const WORDS: &str = "Words";

pub(crate) const CORPUS_NOTE: &str = "Moves are those that count here: of the coder, passing the filter.";
pub(crate) const CODEBOOK_NOTE: &str = "Examples are the first move of each category that counts here. A role or weight that a category lacks is that of the \
     category above it.";
pub(crate) const AGREEMENT_NOTE: &str = "Over all passages, whatever the filter. Passages are those of all coders together. α_U compares characters, α and κ \
     sentences.";
pub(crate) const NO_AGREEMENT: &str =
    "Fewer than two people have tagged the same document: agreement is not measured.";
pub(crate) const NO_CONFUSIONS: &str = "No passage has two categories by two coders.";
pub(crate) const CONFUSIONS_NOTE: &str = "Passages of two coders are matched by overlap, one to one. Passages that only one coder has tagged are no confusion. \
     Quotes are the passages of the coder in the first column.";
pub(crate) const LATEST_NOTE: &str =
    "The latest demand, offer or concession, without conditions and recommendations.";
pub(crate) const NO_LATEST: &str = "No demand, offer or concession has an actor.";
pub(crate) const SCORE_NOTE: &str = "Mean weight of the moves of a bin, above for Goldstein, below for PLOVER; n is below the axis. A hollow point has fewer \
     than 3 moves.";
pub(crate) const QUOTES_NOTE: &str = "The first, the middle and the last move of each category, by date.";

/// The number of a table.
pub(crate) fn table(number: &str) -> String {
    format!("Table {number}")
}

/// The number of a figure.
pub(crate) fn figure(number: usize) -> String {
    format!("Figure {number}")
}

/// The title of a part of one coder.
pub(crate) fn of_coder(title: &str, name: &str) -> String {
    format!("{title} · {name}")
}

/// The title of a range over coders.
pub(crate) fn range_of(title: &str) -> String {
    format!("{title}: range over coders")
}

/// The people and documents of a range.
pub(crate) fn range_over(names: &[&str], documents: usize) -> String {
    format!(
        "The least and the greatest count of {}, in the {} that all of them have tagged, and in these only.",
        and(names),
        count(documents, "document")
    )
}

/// The heading of the moves of a coder.
pub(crate) fn moves_of(name: &str) -> String {
    format!("Moves ({name})")
}

/// The line of all documents.
pub(crate) fn documents(number: usize) -> String {
    count(number, "document")
}

/// A category that is no longer used.
pub(crate) fn retired(name: &str) -> String {
    format!("{name} (retired)")
}

/// What a category includes.
pub(crate) fn include(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("Include: {text}") }
}

/// What a category excludes.
pub(crate) fn exclude(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("Exclude: {text}") }
}

/// The documents that were compared.
pub(crate) fn compared(names: &[&str], compared: usize, left_out: usize) -> String {
    let documents = count(compared, "document");
    format!("{}, in {documents}; {left_out} left out, which fewer than two of them have tagged.", and(names))
}

/// The heading of a measure.
pub(crate) fn measure(name: &str, unit: &str) -> String {
    format!("{name} ({})", unit.to_lowercase())
}

/// The reason why a figure is missing.
pub(crate) fn undefined(why: &Undefined) -> String {
    format!("–: {why}")
}

/// The intervals of agreement.
pub(crate) fn intervals(draws: usize) -> String {
    format!("In brackets the 95 % percentile bootstrap over documents ({draws} draws, fixed seed).")
}

/// A category with the coder who gave it.
pub(crate) fn given_by(category: &str, coder: &str) -> String {
    format!("{category} ({coder})")
}

/// A source, and how many moves were earlier.
pub(crate) fn and_earlier(source: &str, earlier: usize) -> String {
    format!("{source}; +{earlier} earlier")
}

/// The heading of an outcome.
pub(crate) fn state(state: AskState) -> &'static str {
    match state {
        AskState::Met => "agreed",
        AskState::Half => "partly",
        AskState::Refused => "refused",
        AskState::Countered => "countered",
        AskState::Dropped => "withdrawn by the asker",
        AskState::Otherwise => "other answer",
        AskState::Open => "open",
    }
}

/// The demands or offers of a group.
pub(crate) fn asks_of(kind: &str, group: &str) -> String {
    format!("{kind}s: {group}")
}

/// All demands or all offers.
pub(crate) fn all_asks(kind: &str) -> String {
    format!("All {}s", kind.to_lowercase())
}

/// The asks that are not in the table.
pub(crate) fn derived(conditions: usize, recommendations: usize) -> String {
    format!(
        "not in the table: {}, {} of observers",
        count(conditions, "condition"),
        count(recommendations, "recommendation")
    )
}

/// How many answers each person has linked.
pub(crate) fn links_by(people: &[(&str, usize)]) -> String {
    let people: Vec<String> = people.iter().map(|(name, links)| format!("{name} {links}")).collect();
    format!("answer links by: {}; agreement on links not measured", people.join(", "))
}

/// Who makes a move to whom.
pub(crate) fn parties(actors: &str, targets: &str) -> String {
    format!("{actors} → {targets}")
}

/// What is missing for a view to show anything.
pub(crate) fn missing(missing: &Missing) -> String {
    match missing {
        Missing::Passages => "Nothing is tagged.".to_owned(),
        Missing::FilteredOut { all } => format!("0 of {} pass the filter.", count(*all, "passage")),
        Missing::Roles => "No category has a bargaining role.".to_owned(),
        Missing::Actors { passages } => format!("None of {} has an actor.", count(*passages, "passage")),
        Missing::Targets { with_actor } => {
            format!("None of {} with an actor has a target.", count(*with_actor, "passage"))
        }
        Missing::Dates { undated, documents } => {
            format!("{undated} of {} have no date.", count(*documents, "document"))
        }
        Missing::DatedDocuments { actor, available } => {
            format!("{actor} moves in {}: at least 2 needed.", count(*available, "dated document"))
        }
        Missing::OneCategory => "Only one category is in use.".to_owned(),
        Missing::TwoPassages => "Fewer than two moves.".to_owned(),
    }
}

pub(crate) const SOURCES: [&str; 8] = [
    "Allison, P. D. & Liker, J. K. (1982). Psychological Bulletin 91 (z).",
    "Efron, B. & Tibshirani, R. (1993). An Introduction to the Bootstrap.",
    "Goldstein, J. S. (1992). Journal of Conflict Resolution 36 (weights as in GDELT's copy for CAMEO 1.1b3).",
    "Haberman, S. J. (1973). Biometrics 29 (adjusted residual).",
    "Krippendorff, K. (2004). Content Analysis; Quality & Quantity 38 (α, α_U).",
    "Cohen, J. (1960). Educational and Psychological Measurement 20 (κ).",
    "Open Event Data Alliance (2021). PLOVER. CC BY-SA 4.0; sign of ACCUSE corrected.",
    "Demarche, docs/ANALYSIS.md (definitions of all figures).",
];

/// Names in a list: `Ana and Ben`, `Ana, Ben and Cleo`.
fn and(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The title of a saved view.
pub(crate) fn saved_view(name: &str) -> String {
    format!("Saved view: {name}")
}

/// The filter of a saved view.
pub(crate) fn filtered_by(filter: &str) -> String {
    format!("Filter: {filter}")
}
