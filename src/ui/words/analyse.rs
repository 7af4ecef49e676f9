//! The Analyse screen.

use demarche_analysis::bargain::AskKind;
use demarche_analysis::summary::Day;
use demarche_analysis::views::{CellValue, Missing};
use demarche_model::{Date, SavedView, ViewKind};

use super::grammar::{count, counted, plural, quoted};

texts! {
    views: "Views",
    more: "More",
    filter: "Filter",
    filter_hint: "For example role:demand actor:Estmark",
    filter_everything: "Everything  ·  + Filter",
    edit_filter: "+ Filter",
    edit_filter_hint: "Type the filter; names are completed. It applies to Analyse, the passages table and the summary",
    new_since: "New since…",
    since_date: "A date…",
    clear_filter: "Clear filter",
    remove_last_term: "Remove last term",
    counting: "Counting…",
    not_counted_yet: "Counting…",
    coders: "Coder",
    coders_in_filter: "The filter names the coders; remove coder: there to choose here",
    final_coder: "Final",
    everyone: "Everyone",
    rules_hint: "What counts, for all views",
    reset_rules: "Reset all",
    denied_hint: "Count passages that say that a move was not made",
    hypothetical_hint: "Count moves that are only imagined",
    members: "Members of collectives",
    members_hint: "Count a move of a collective for each of its members",
    persons: "Persons apart from their party",
    persons_hint: "List persons by their own name",
    conditions: "Conditions as demands",
    conditions_hint: "Count a demand inside an offer or threat as a demand, too",
    recommendations: "Recommendations as demands",
    recommendations_hint: "Count demands that only observers make as demands, too",
    save: "Save",
    save_view: "Save view",
    save_view_short: "Save…",
    replaces_view: "Replaces your view of this name.",
    views_are_shared: "Everyone who has the project sees your views.",
    saved_views: "Saved views",
    rename: "Rename",
    delete: "Delete",
    view_of_another: "Only its owner can change this view; open it and save it as your own",
    passages_hint: "Click a number, or go there with the arrow keys, to see the passages behind it.",
    no_passages: "No passages",
    nothing_tagged: "Nothing is tagged yet",
    nothing_tagged_hint: "Tag passages on the Annotate screen; this screen then explains them.",
    go_and_tag: "Go and tag",
    dates: "Dates…",
    choose_coder: "Choose a coder",
    filter_refused: "The filter does not fit the project",
    no_ask: "Possible answers",
    no_ask_hint: "Mark a demand or offer in the table to see the moves that may answer it.",
    order_uncertain: "order? It is not certain that this move came later",
    whole_passages: "Whole passages",
    shared_words: "Shared words",
    none_waiting: "No open demand or offer in this list has a possible answer.",
    restore: "Restore",
    dismissed_by_another: "Another person dismissed it; only they can restore it",
    link: "Link",
    dismiss: "Dismiss",
    open: "Open",
    read_only: "This project is read-only",
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
    value_with(value, decimals(value))
}

/// The same with a number of decimals, so that those of a column are below each other.
pub fn value_with(value: &CellValue, decimals: usize) -> String {
    match value {
        CellValue::None => "–".to_owned(),
        CellValue::Text(text) => text.to_string(),
        CellValue::Count(number) => count(*number),
        CellValue::Number(number) => format!("{number:.decimals$}").replace('-', "−"),
    }
}

/// Number of decimals of a value, at most three.
pub fn decimals(value: &CellValue) -> usize {
    match value {
        CellValue::None | CellValue::Text(_) | CellValue::Count(_) => 0,
        CellValue::Number(number) => {
            let text = format!("{number:.3}");
            text.trim_end_matches('0').rsplit_once('.').map_or(0, |(_, decimals)| decimals.len())
        }
    }
}

/// The accessible name of a cell.
pub fn cell(column: &str, value: &str) -> String {
    format!("{column}: {value}")
}

/// A term of the filter with the sign that removes it.
pub fn chip(label: &str) -> String {
    format!("{label}  ×")
}

/// The term for moves from a date on, in the language of the filter.
pub fn since(date: &Date) -> String {
    format!("date:{date}..")
}

/// Moves since the date of the last document.
pub fn since_last_document(date: &Date) -> String {
    format!("The last document ({date})")
}

/// Passages tagged since the day on which the user last looked at the screen.
pub fn since_i_looked(day: &Day) -> String {
    format!("The last time I looked ({day})")
}

/// The term for passages tagged from a day on, in the language of the filter.
pub fn tagged_since(day: &Day) -> String {
    format!("created:{day}..")
}

/// The tooltip of a term of the filter.
pub fn remove_chip(label: &str) -> String {
    format!("{label}: click to remove")
}

/// The button of the rules, with the number that are not as they start.
pub fn rules(changed: usize) -> String {
    match changed {
        0 => "Rules".to_owned(),
        _ => format!("Rules ({changed})"),
    }
}

/// Switch for denied moves, with the number that are left out.
pub fn denied(left_out: usize) -> String {
    counted_too("Denied moves", left_out)
}

/// Switch for hypothetical moves, with the number that are left out.
pub fn hypothetical(left_out: usize) -> String {
    counted_too("Hypothetical moves", left_out)
}

fn counted_too(what: &str, left_out: usize) -> String {
    match left_out {
        0 => what.to_owned(),
        _ => format!("{what} ({} not counted)", count(left_out)),
    }
}

/// The name of a saved view in the list, with a mark if what is shown differs from it.
pub fn saved_view(name: &str, is_changed: bool) -> String {
    if is_changed { format!("{name} *") } else { name.to_owned() }
}

/// The accessible name of a saved view, with what it names that the project does not have.
pub fn saved_view_label(name: &str, missing: &[String]) -> String {
    if missing.is_empty() { name.to_owned() } else { format!("{name}: {}", missing_in_view(missing)) }
}

/// The tooltip of a saved view.
pub fn saved_view_hint(saved: &SavedView, missing: &[String]) -> String {
    let hint = match saved.filter.as_str() {
        "" => view(saved.kind).to_owned(),
        filter => format!("{}: {filter}", view(saved.kind)),
    };
    if missing.is_empty() { hint } else { format!("{hint}\n{}", missing_in_view(missing)) }
}

fn missing_in_view(missing: &[String]) -> String {
    format!("names what the project no longer has: {}", missing.join("; "))
}

/// What is shown while no view is saved.
pub fn no_saved_views(key: &str) -> String {
    format!("None yet. {key} saves what you see.")
}

/// The question before a view is deleted.
pub fn delete_view(name: &str) -> String {
    format!("Delete {}?", quoted(name))
}

/// The heading of a group of rows, with a sign for whether they are shown.
pub fn group(title: &str, number: usize, is_open: bool) -> String {
    format!("{}  {title} ({})", if is_open { "−" } else { "+" }, count(number))
}

/// A demand or offer, as a caption.
pub fn ask(kind: AskKind) -> &'static str {
    match kind {
        AskKind::Demand => "Demand",
        AskKind::Offer => "Offer",
    }
}

/// The caption of the answers of a demand or offer.
pub fn answers(are_linked: bool) -> &'static str {
    if are_linked { "Linked answers" } else { "Possible answers" }
}

/// The title of the possible answers to a demand or offer.
pub fn possible_answers_of(number: usize, kind: AskKind) -> String {
    let ask = this(kind);
    match number {
        0 => format!("No possible answers to {ask}"),
        _ => format!("{} to {ask}", plural(number, "possible answer")),
    }
}

/// The title of the linked answers of a demand or offer.
pub fn linked_answers_of(number: usize, kind: AskKind) -> String {
    format!("{} linked to {}", plural(number, "answer"), this(kind))
}

/// The list of demands and offers that have possible answers.
pub fn possible_answers(asks: usize) -> String {
    format!("Possible answers ({})", count(asks))
}

/// The switch for pairs that were dismissed.
pub fn show_dismissed(number: usize, is_shown: bool) -> String {
    format!("{} dismissed ({})", if is_shown { "Hide" } else { "Show" }, count(number))
}

/// The accessible name of a demand or offer with possible answers.
pub fn waiting(title: &str, answers: usize, quote: &str) -> String {
    format!("{title}, {}: {quote}", plural(answers, "possible answer"))
}

fn this(kind: AskKind) -> &'static str {
    match kind {
        AskKind::Demand => "this demand",
        AskKind::Offer => "this offer",
    }
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
        "{} by several people {} no consensus yet and {} not counted:",
        plural(number, "document"),
        if number == 1 { "has" } else { "have" },
        if number == 1 { "is" } else { "are" }
    )
}

/// The person who stands in for a consensus.
pub fn stand_in(name: &str) -> String {
    format!("There is no consensus yet; {name}’s passages are counted.")
}

/// Passages of a coder that are not counted.
pub fn not_counted(name: &str, number: usize) -> String {
    format!("{name}’s {} {} not counted.", plural(number, "passage"), if number == 1 { "is" } else { "are" })
}

/// Layers that can't be read.
pub fn unreadable(number: usize) -> String {
    format!(
        "{} can't be read and {} not counted.",
        counted(number, "layer", "layers"),
        if number == 1 { "is" } else { "are" }
    )
}

/// Leads to the passages that do not specify an attribute.
pub fn fill_in(attribute: &str) -> String {
    format!("Fill in {}…", attribute)
}

/// The tooltip of [`fill_in`].
pub fn fill_in_hint(passages: usize) -> String {
    format!("Go to the {} without a value; Ctrl+4 leads back", plural(passages, "passage"))
}

/// The title of passages without a value of an attribute.
pub fn without(attribute: &str) -> String {
    format!("No {}", attribute)
}

/// What is missing for a view to show anything: a title, and what helps.
pub fn missing(missing: &Missing, view: ViewKind) -> (String, String) {
    let (title, hint): (String, &str) = match missing {
        Missing::Passages => (nothing_tagged().to_owned(), nothing_tagged_hint()),
        Missing::FilteredOut { all } => (
            format!("0 of {} pass the filter", plural(*all, "passage")),
            "Remove a term of the filter above.",
        ),
        Missing::Roles => (
            match view {
                ViewKind::Asks => "No category has the role demand or offer",
                _ => "No category has a bargaining role",
            }
            .to_owned(),
            "Give categories a role with Codebook → Set roles….",
        ),
        Missing::Actors { passages } => (
            match view {
                ViewKind::Matrix => {
                    format!("None of {} has an actor: rows are documents", plural(*passages, "passage"))
                }
                _ => format!("None of {} has an actor", plural(*passages, "passage")),
            },
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
        Missing::Steps { moves } => (
            format!("None of {} is a concession or acceptance", plural(*moves, "move")),
            "This view follows concessions and acceptances.",
        ),
        Missing::OneCategory => {
            ("Only one category: no co-occurrence to show".to_owned(), "Tag passages with another category.")
        }
        Missing::TwoPassages => ("Two passages needed".to_owned(), "Tag another passage."),
    };
    (title, hint.to_owned())
}
