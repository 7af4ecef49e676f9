//! The Analyse screen.

use demarche_analysis::views::{CellValue, Missing};
use demarche_model::ViewKind;

use super::grammar::{count, counted, plural};

texts! {
    views: "Views",
    more: "More",
    filter: "Filter",
    filter_hint: "Everything; or for example role:demand actor:Estmark",
    filter_tooltip: "Terms side by side all have to hold; | means or, - means not. Enter applies the filter.",
    clear_filter: "Clear filter",
    counting: "counting…",
    not_counted_yet: "Counting…",
    coders: "Coder",
    final_coder: "Final",
    everyone: "Everyone",
    denied: "Denied",
    denied_hint: "Count passages that say that a move was not made",
    hypothetical: "Hypothetical",
    hypothetical_hint: "Count moves that are only imagined",
    members: "Members",
    members_hint: "Count a move of a collective for each of its members",
    persons: "Persons",
    persons_hint: "Keep persons apart from their party",
    conditions: "Conditions as demands",
    conditions_hint: "Count a demand inside an offer or threat as a demand, too",
    recommendations: "Recommendations as demands",
    recommendations_hint: "Count demands that only observers make as demands, too",
    rows: "Rows",
    columns: "Columns",
    measure: "Measure",
    groups: "Group by",
    bars: "Bars",
    lines: "Lines",
    score: "Score",
    lanes: "Lanes",
    length: "Length",
    sort: "Sort",
    unit: "Together",
    states: "States",
    source: "Follows",
    speaker: "Speaker",
    scale: "Scale",
    bins: "Bins",
    automatic: "automatic",
    passages_hint: "Click a number to see the passages behind it.",
    no_passages: "No passages",
    nothing_tagged: "Nothing is tagged yet",
    nothing_tagged_hint: "Tag passages on the Annotate screen; this screen then explains them.",
    table: "Table",
}

/// The name of a view.
pub fn view(kind: ViewKind) -> &'static str {
    match kind {
        ViewKind::Matrix => "Overview matrix",
        ViewKind::Asks => "Demands and offers",
        ViewKind::Actors => "Actors",
        ViewKind::Time => "Over time",
        ViewKind::Towards => "Interactions",
        ViewKind::Codeline => "Within documents",
        ViewKind::Movement => "Movement",
        ViewKind::Together => "Co-occurrence",
        ViewKind::Follows => "Sequences",
    }
}

/// The question that a view answers.
pub fn view_hint(kind: ViewKind) -> &'static str {
    match kind {
        ViewKind::Matrix => "Who wants and gives what?",
        ViewKind::Asks => "What is still open?",
        ViewKind::Actors => "How soft or hard is each actor?",
        ViewKind::Time => "How do volume and tone change?",
        ViewKind::Towards => "Who addresses whom?",
        ViewKind::Codeline => "Where in the text?",
        ViewKind::Movement => "Who moved, and did the other side follow?",
        ViewKind::Together => "Which categories meet?",
        ViewKind::Follows => "What follows what?",
    }
}

/// The mark after the heading of the sorted column.
pub fn sorted(descending: bool) -> &'static str {
    if descending { " ↓" } else { " ↑" }
}

/// The tooltip of a heading.
pub fn sort_by(column: &str) -> String {
    format!("Sort by {column}")
}

/// The value of a cell. Numbers have up to three decimals.
pub fn value(value: &CellValue) -> String {
    match value {
        CellValue::None => "–".to_owned(),
        CellValue::Text(text) => text.clone(),
        CellValue::Count(number) => count(*number),
        CellValue::Number(number) => {
            let text = format!("{number:.3}");
            let short = text.trim_end_matches('0').trim_end_matches('.');
            short.replace('-', "−")
        }
    }
}

/// The accessible name of a cell.
pub fn cell(column: &str, value: &str) -> String {
    format!("{column}: {value}")
}

/// Number of passages that pass: `129 of 233`.
pub fn passing(passing: usize, all: usize) -> String {
    format!("{} of {}", count(passing), count(all))
}

/// Passages that pass only because their date may be in the range.
pub fn uncertain(number: usize) -> String {
    format!("{} of uncertain date", count(number))
}

/// Documents that are still being read.
pub fn reading(read: usize, all: usize) -> String {
    format!("Read {} of {}", count(read), plural(all, "document"))
}

/// The title of the list of passages behind a number.
pub fn behind(number: usize) -> String {
    plural(number, "passage")
}

/// Documents that several people have tagged, without a consensus.
pub fn undecided(number: usize) -> String {
    format!(
        "{} by several people {} no consensus yet and {} not counted.",
        plural(number, "document"),
        if number == 1 { "has" } else { "have" },
        if number == 1 { "is" } else { "are" }
    )
}

/// The person who stands in for a consensus.
pub fn stand_in(name: &str) -> String {
    format!("There is no consensus yet; {name}'s passages are counted.")
}

/// Passages of a coder that are not counted.
pub fn not_counted(name: &str, number: usize) -> String {
    format!("{name}'s {} {} not counted.", plural(number, "passage"), if number == 1 { "is" } else { "are" })
}

/// Layers that can't be read.
pub fn unreadable(number: usize) -> String {
    format!(
        "{} can't be read and {} not counted.",
        counted(number, "layer", "layers"),
        if number == 1 { "is" } else { "are" }
    )
}

/// What is missing for a view to show anything: a title, and what helps.
pub fn missing(missing: &Missing) -> (String, String) {
    let (title, hint): (String, &str) = match missing {
        Missing::Passages => (nothing_tagged().to_owned(), nothing_tagged_hint()),
        Missing::FilteredOut { all } => (
            format!("0 of {} pass the filter", plural(*all, "passage")),
            "Remove a term of the filter above.",
        ),
        Missing::Roles => (
            "No category has a bargaining role".to_owned(),
            "Give categories a role with Codebook → Set roles….",
        ),
        Missing::Actors { passages } => (
            format!("None of {} has an actor", plural(*passages, "passage")),
            "Fill in the actor of passages in the inspector, or of many at once in the passages table.",
        ),
        Missing::Targets { with_actor } => (
            format!(
                "{} {} an actor, none a target",
                plural(*with_actor, "passage"),
                if *with_actor == 1 { "has" } else { "have" }
            ),
            "Fill in the target of passages in the inspector, or of many at once in the passages table.",
        ),
        Missing::Dates { undated, documents } => (
            format!("{} of {} have no date", count(*undated), plural(*documents, "document")),
            "Give documents a date in their details.",
        ),
        Missing::DatedDocuments { actor, available } => (
            format!("{actor} moves in {}: at least 2 needed", plural(*available, "dated document")),
            "Give more documents a date, or import further rounds.",
        ),
        Missing::OneCategory => {
            ("Only one category: no co-occurrence to show".to_owned(), "Tag passages with another category.")
        }
        Missing::TwoPassages => ("Two passages needed".to_owned(), "Tag another passage."),
    };
    (title, hint.to_owned())
}
