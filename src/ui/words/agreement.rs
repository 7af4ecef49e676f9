//! The Agreement screen.

use demarche_analysis::agreement::{Absences, Figure, NoInterval, Rows, Undefined, Unit};
use demarche_analysis::later_changes::LaterChange;

use super::grammar::{count, counted, plural};

texts! {
    annotators: "Annotators",
    no_annotators: "No one has tagged anything yet.",
    units: "Units",
    click: "Clicking a figure shows",
    click_passages: "All its passages",
    click_passages_hint: "Everything that the figure was computed from",
    click_differences: "Only the differences",
    click_differences_hint: "The passages on which the annotators disagree",
    click_compare: "The differences in Compare",
    click_compare_hint: "The differences of these annotators side by side, document by document, where they can be settled",
    categories: "Categories",
    documents: "Documents",
    done_only: "Only documents marked as done",
    done_only_hint: "Count a document only for annotators who have marked it as done. On by itself once a coder has \
                     marked one.",
    parents: "Count as the category above",
    parents_hint: "Compare the categories at the top of the codebook: a passage counts as the one at the top of its branch",
    find_hint: "Find…",
    select_all: "All",
    select_none: "None",

    all_annotators: "All annotators",
    all_annotators_hint: "α, Fleiss' κ and α_U of all annotators",
    pair_hint: "F1, Cohen's κ and the confusion matrix of these two",
    first_annotator: "First annotator",
    second_annotator: "Second annotator",
    consensus: "Consensus",

    two_needed: "Agreement needs two annotators",
    no_tags_hint: "No one has tagged anything yet. Tag passages on the Annotate screen, and ask a second person to tag the \
                  same documents in this folder, under their own name.",
    select_two: "Select at least two annotators on the left.",
    no_common_document: "No common documents",
    no_common_document_hint: "A document counts once two of these people have tagged in it, started it or marked it as \
                              done. Ask a second person to read one of them, or select other people on the left.",
    not_computed: "No figures yet",
    not_computed_hint: "The computation was cancelled.",
    compute: "Compute",
    recompute: "Recompute",
    outdated: "The project has changed since.",
    cancel: "Cancel",
    report: "Report…",
    copy_csv: "Copy as CSV",
    copy_csv_hint: "Copy every figure with its interval or the reason why there is none, one per line",
    copy_tables: "Copy tables",
    copy_tables_hint: "Copy the tables, tab-separated, for a document or a spreadsheet",

    changed_later: "Passages changed",

    sample_size: "n",
    sample_size_hint: "Sample size",
    links_hint: "Links between passages that both have tagged with the same category; each kind by itself, and all together.",
    attributes_hint: "The values of passages that both have tagged with the same category and filled in; blanks are \
                      missing values.",

    each_pair_hint: "A person with a low mean stands apart",
    mean: "mean",
    each_document: "Each document",
    over_rounds: "Over rounds",
    over_rounds_hint: "The overall figures of each frozen round, and of the work that is open",
    no_rounds: "No round is frozen yet. Freeze one after each training (Review → Freeze round…): the figures of the rounds \
                are then shown here side by side, and each person can be compared with themselves.",
    now: "Now",
    with_themselves: "Each person with themselves",
    with_themselves_hint: "What they had tagged in a round, against what they have tagged now",
    since: "Earlier round",
    nobody_twice: "No one has worked on the same document in both.",
    each_document_hint: "The overall figures of each document, from all pairs of annotators",

    confusion: "Confusion matrix",
    nothing_tagged: "Neither has tagged anything in these documents.",
    nothing: "nothing",
}

/// The number of selected items in a list.
pub fn selected(selected: usize, all: usize) -> String {
    format!("{} of {} selected", count(selected), count(all))
}

/// The number of annotators, where there are too many to name.
pub fn annotators_compared(number: usize) -> String {
    plural(number, "annotator")
}

/// A project in which only one person has tagged.
pub fn one_annotator(name: &str) -> String {
    format!(
        "Only {name} has tagged in this project. Ask a second person to tag the same documents in this folder under their \
         own name, or import their passages (File → Import documents…)."
    )
}

/// The progress of a computation, in per cent.
pub fn progress(reading: bool, fraction: Option<f32>) -> String {
    let share = fraction.map_or(String::new(), |fraction| format!(" {:.0} %", fraction * 100.0));
    format!("{}{share}", if reading { "Reading layers…" } else { "Comparing…" })
}

/// The documents behind the figures: how many count, how many were excluded, and how many are unread.
pub fn documents_compared(annotators: usize, documents: usize, excluded: usize, unread: usize) -> String {
    let by = if annotators == 2 { "both" } else { "at least two" };
    let mut facts = vec![format!("{} annotated by {by}", plural(documents, "document"))];
    if excluded > 0 {
        facts.push(format!("{} excluded", count(excluded)));
    }
    if unread > 0 {
        facts.push(format!("{} without layers, or not read", count(unread)));
    }
    facts.join("; ")
}

/// Documents in which blind mode hides passages.
pub fn hidden(documents: usize) -> String {
    let them = if documents == 1 { "it" } else { "them" };
    format!(
        "Blind mode: other people's passages in {} stay hidden until you mark {them} as done. They are not counted here.",
        plural(documents, "document")
    )
}

/// Which layers count, and who is missing where.
pub fn layers_counted(done_only: bool, missing: &[String]) -> String {
    let rule = done_only.then(|| "Only documents marked as done count.".to_owned());
    let missing = (!missing.is_empty()).then(|| format!("Missing: {}.", missing.join("; ")));
    rule.into_iter().chain(missing).collect::<Vec<_>>().join(" ")
}

/// The documents in which a person is missing.
pub fn missing(name: &str, absences: &Absences) -> String {
    let counts = [
        (absences.not_begun.len(), "not begun"),
        (absences.not_done.len(), "not done"),
        (absences.unreadable.len(), "unreadable"),
    ];
    let facts = counts.iter().filter(|(number, _)| *number > 0);
    let facts: Vec<String> = facts.map(|(number, what)| format!("{} {what}", count(*number))).collect();
    format!("{name} in {} ({})", plural(total(&counts), "document"), facts.join(", "))
}

fn total(counts: &[(usize, &str)]) -> usize {
    counts.iter().map(|(number, _)| number).sum()
}

/// The heading of a table that compares a person with the consensus.
pub fn against_consensus(name: &str) -> String {
    format!("{name} against the consensus")
}

/// The heading of the table of pairs.
pub fn each_pair(measure: &str, unit: &str) -> String {
    format!("Each pair: {measure}, {}", unit.to_lowercase())
}

/// A round whose files can't be read.
pub fn unreadable_round(round: &str) -> String {
    format!("{round} (unreadable)")
}

/// The round that people are compared with.
pub fn since_round(round: &str) -> String {
    format!("Since {round}")
}

/// A pair of annotators, or a document and a measure.
pub fn pair(first: &str, second: &str) -> String {
    format!("{first}, {second}")
}

/// The mean of an annotator's figures.
pub fn mean_of(name: &str) -> String {
    format!("{name}, mean with the others")
}

/// The accessible name of a figure.
pub fn of_cell(about: &str, value: &str) -> String {
    format!("{about}: {value}")
}

/// The reason why a figure is undefined.
pub fn undefined_in(about: &str, why: Undefined) -> String {
    format!("{about}. Undefined: {why}.")
}

/// A number of passages that were changed late, after “Passages changed”.
pub fn later(why: LaterChange, passages: usize) -> String {
    let after = match why {
        LaterChange::AfterDone => "after Done",
        LaterChange::AfterUnblinding => "after others' work was in view",
        LaterChange::AfterReview => "after review",
    };
    format!("{after}: {}", count(passages))
}

/// How it is known that passages were changed late.
pub fn later_hint(why: LaterChange) -> &'static str {
    match why {
        LaterChange::AfterDone => {
            "Tagged or changed since the document was first marked as done, as the history tells. Click to list them"
        }
        LaterChange::AfterUnblinding => {
            "Tagged or changed by people who worked blind after they could see others' passages in the document. Rounds leave \
             them out. Click to list them"
        }
        LaterChange::AfterReview => "Changed since a reviewer decided on them. Click to list them",
    }
}

/// The documents of a table, and an explanation.
pub fn table_hint(rows_are: Rows, unit: Unit, documents: usize) -> String {
    let hint = match rows_are {
        Rows::Categories => unit.help(),
        Rows::Attributes => attributes_hint(),
        Rows::Links => links_hint(),
    };
    format!("{} · {hint}", plural(documents, "document"))
}

/// The sample size of a row, with what is counted.
pub fn sample(rows_are: Rows, unit: Unit, number: usize) -> String {
    match (rows_are, unit) {
        (Rows::Links, _) => counted(number, "link", "links of both annotators"),
        (Rows::Attributes, _) => {
            counted(number, "pair of passages filled in by both", "pairs of passages filled in by both")
        }
        (Rows::Categories, Unit::Span) => counted(number, "passage", "passages of both annotators"),
        (Rows::Categories, Unit::Character) => {
            counted(number, "tagged stretch of all annotators", "tagged stretches of all annotators")
        }
        (Rows::Categories, Unit::Sentence) => plural(number, "sentence"),
        (Rows::Categories, Unit::Token) => plural(number, "token"),
        (Rows::Categories, Unit::Document) => plural(number, "document"),
    }
}

/// A value with two digits, as journals print them, and a proper minus sign.
pub fn value(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text.replace('-', "−") }
}

/// A confidence interval.
pub fn interval(low: f64, high: f64) -> String {
    format!("{} – {}", value(low), value(high))
}

/// The accessible name of a figure.
pub fn figure_label(figure: &Figure, subject: &str) -> String {
    let value = match figure.value {
        Ok(number) => value(number),
        Err(why) => format!("undefined: {why}"),
    };
    format!("{}, {}, {subject}: {value}", figure.measure.name(), figure.unit.name())
}

/// The mark of an undefined figure; the letter leads to the reason.
pub fn undefined_mark(letter: char) -> String {
    format!("– {letter}")
}

/// The reason why figures are undefined.
pub fn undefined(letter: char, reason: Undefined) -> String {
    format!("– {letter}  {reason}")
}

/// The reason why a table has no intervals.
pub fn no_intervals(reason: NoInterval) -> String {
    format!("No intervals: {reason}.")
}

/// The tooltip of a figure: its measure, value and interval.
pub fn figure_hint(figure: &Figure) -> String {
    let here = match figure.value {
        Ok(value) => format!("Here: {value:.4}, from {}.", plural(figure.documents, "document")),
        Err(why) => format!("Undefined here: {why}."),
    };
    let interval = match (figure.value, figure.interval) {
        (Ok(_), Ok((low, high))) => {
            format!(" 95 % confidence interval: {low:.3} to {high:.3} (2,000 resamples of the documents).")
        }
        (Ok(_), Err(why)) if why != NoInterval::NotDrawn => format!(" No interval: {why}."),
        _ => String::new(),
    };
    format!("{}\n\n{here}{interval}\n\nClick to show its passages.", figure.measure.help())
}

/// The explanation of a confusion matrix.
pub fn confusion_hint(rows: &str, columns: &str) -> String {
    format!(
        "Rows: {rows}. Columns: {columns}. Passages are matched by overlap, one to one; click a cell to show its passages."
    )
}

/// A row or column of a confusion matrix.
pub fn tagged_by(annotator: &str, category: &str) -> String {
    format!("{annotator}: {category}")
}

/// The passages of a cell: those that both have tagged alike.
pub fn both(category: &str) -> String {
    format!("both {category}")
}

/// The passages of a cell, by what each of the two has tagged.
pub fn each(first: &str, first_category: &str, second: &str, second_category: &str) -> String {
    format!("{first} {first_category}, {second} {second_category}")
}

/// The accessible name of a cell.
pub fn cell(counted: &str, number: usize) -> String {
    format!("{counted}: {}", count(number))
}

/// The tooltip of a cell.
pub fn cell_hint(counted: &str, number: usize) -> String {
    format!("{counted}: {}. Click to show them.", plural(number, "passage"))
}
