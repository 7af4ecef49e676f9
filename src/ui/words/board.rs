//! The Board screen.

use demarche_analysis::agreement::{APART, FigureValue, PairFigure, PairMeasure, Standing};
use demarche_analysis::board::{CoderWork, DocumentProgress, PAUSE_S};
use demarche_model::{Stamp, Status};
use demarche_session::BoardSort;

use super::agreement::value;
use super::documents::status_name;
use super::grammar::{count, counted, plural};
use super::time::local_moment;

texts! {
    title: "Board",
    my_board: "My work",
    no_documents: "No documents",
    no_documents_hint: "Import documents on the Annotate screen (Ctrl+1).",
    nobody_tags: "Nobody tags in this project yet",
    nobody_tags_hint: "Add annotators in Review → People…",
    not_counted: "Not counted",
    not_counted_hint: "Counting was cancelled. It starts again with the next change.",
    cancel: "Cancel",
    documents: "Documents",
    documents_hint: "What each person has done in each document",
    people: "People",
    people_hint: "Progress and pace of each person, and how well each agrees with the others",
    to_do_hint: "The documents that you have to work on",
    measure: "Measure of agreement",
    recompute: "Recompute",
    recompute_hint: "Measure agreement from the tags as they are now",
    outdated: "Agreement is out of date",
    extra: "extra",
    cell_hint: "Click to open the document with this layer.",
    all_done: "Everything is done",
    all_done_hint: "You are done with all your documents. Compare (Ctrl+2) shows where you and others differ.",
    nothing_assigned: "Nothing is assigned to you",
    nothing_assigned_hint: "A lead assigns documents in Review → People….",
}

/// The progress of a computation.
pub fn counting(fraction: Option<f32>) -> String {
    let share = fraction.map_or(String::new(), |fraction| format!(" {:.0} %", fraction * 100.0));
    format!("Counting…{share}")
}

/// The work of everyone, in a line.
pub fn totals(done: usize, assigned: usize, spans: usize, open: Option<usize>) -> String {
    let done = format!("{} of {} done", count(done), plural(assigned, "reading"));
    let open = open.map(|open| plural(open, "open difference"));
    [Some(done), Some(plural(spans, "passage")), open].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The tab of what the user has to do.
pub fn to_do(left: usize) -> String {
    if left == 0 { "My work".to_owned() } else { format!("My work ({})", count(left)) }
}

/// The name of a measure of pairs.
pub fn measure_name(measure: PairMeasure) -> String {
    format!("{}, {}", measure.measure().name(), measure.unit().name().to_lowercase())
}

/// The explanation of a measure of pairs.
pub fn measure_hint(measure: PairMeasure) -> String {
    format!("{} {}", measure.measure().help(), measure.unit().help())
}

/// The heading of a column that the documents are sorted by.
pub fn column(by: BoardSort) -> &'static str {
    match by {
        BoardSort::Hand | BoardSort::Title => "Document",
        BoardSort::Progress => "Done",
        BoardSort::Differences => "Open",
        BoardSort::Agreement => "Agreement",
    }
}

/// The accessible name of such a heading.
pub fn sort_by(by: BoardSort) -> String {
    format!("Sort by {}", column(by).to_lowercase())
}

/// The tooltip of such a heading.
pub fn column_hint(by: BoardSort) -> &'static str {
    match by {
        BoardSort::Hand | BoardSort::Title => "Sort by title",
        BoardSort::Progress => {
            "People who are done, of those to whom the document is assigned. Click to sort."
        }
        BoardSort::Differences => {
            "Differences that nobody has settled, where at least two have worked. Click to sort."
        }
        BoardSort::Agreement => "Mean agreement of the pairs who have worked on the document. Click to sort.",
    }
}

/// `5 of 10 done`.
pub fn done_of(done: usize, assigned: usize) -> String {
    if assigned == 0 {
        "nothing assigned".to_owned()
    } else {
        format!("{} done", short_done_of(done, assigned))
    }
}

/// `5 of 10`.
pub fn short_done_of(done: usize, assigned: usize) -> String {
    if assigned == 0 { "–".to_owned() } else { format!("{} of {}", count(done), count(assigned)) }
}

/// The progress of a document.
pub fn progress_hint(progress: DocumentProgress) -> String {
    let DocumentProgress { assigned, done, begun } = progress;
    let people = counted(assigned, "person", "people");
    format!("Assigned to {people}: {} done, {} in progress", count(done), count(begun))
}

/// Passages per hour.
pub fn pace(work: &CoderWork) -> String {
    work.pace.spans_per_hour().map_or_else(|| "–".to_owned(), |pace| format!("{} / h", rate(pace)))
}

/// What is left, and how long it takes at this pace.
pub fn left(work: &CoderWork) -> String {
    match work.days_left() {
        Some(days) if work.left() > 0 => format!("{} (about {})", count(work.left()), self::days(days)),
        Some(_) | None => count(work.left()),
    }
}

/// Pace and what is left, in a line.
pub fn pace_and_left(work: &CoderWork) -> String {
    match work.pace.spans_per_hour() {
        Some(_) => format!("{}, {} left", pace(work), count(work.left())),
        None => format!("{} left", count(work.left())),
    }
}

fn rate(rate: f64) -> String {
    if rate < 9.95 { format!("{rate:.1}") } else { format!("{rate:.0}") }
}

fn days(days: f64) -> String {
    plural(days.ceil().max(1.0) as usize, "day")
}

/// How long ago something was, in days or months.
pub fn ago(at: Option<Stamp>, now: Stamp) -> String {
    let Some(at) = at else { return "–".to_owned() };
    match now.0.saturating_sub(at.0).div_euclid(24 * 60 * 60) {
        ..=0 => "today".to_owned(),
        days @ 60.. => format!("{} months ago", days / 30),
        days => format!("{} ago", plural(usize::try_from(days).unwrap_or_default(), "day")),
    }
}

/// A coder's last activity, in a line.
pub fn last_activity(at: Option<Stamp>, now: Stamp) -> String {
    at.map_or_else(|| "nothing tagged yet".to_owned(), |_| format!("active {}", ago(at, now)))
}

/// Whether a document is assigned to somebody.
pub fn assigned(is_assigned: bool) -> &'static str {
    if is_assigned { "Assigned" } else { "Not assigned" }
}

/// When a layer was changed last.
pub fn last_change(at: Option<Stamp>) -> String {
    at.map_or_else(|| "Nothing tagged".to_owned(), |at| format!("Last change {}", local_moment(at)))
}

/// The accessible name of a coder's column or row.
pub fn coder_label(name: &str, work: &CoderWork, now: Stamp) -> String {
    let activity = last_activity(work.last_change, now);
    format!("{name}: {}, {}, {activity}", done_of(work.done, work.assigned), pace_and_left(work))
}

/// What is known of a coder's work, with definitions.
pub fn coder_facts(work: &CoderWork, now: Stamp) -> Vec<String> {
    let passages = plural(work.spans, "passage");
    let mut facts = vec![format!("{}; {passages} in all", done_of(work.done, work.assigned))];
    if let Some(pace) = work.pace.spans_per_hour() {
        let minutes = PAUSE_S / 60;
        let hours = work.pace.worked_s as f64 / 3600.0;
        facts.push(format!(
            "{} passages per hour: those tagged within {minutes} minutes of the step before, over {hours:.1} hours of work",
            rate(pace)
        ));
    }
    if let Some(pace) = work.documents_per_day() {
        facts.push(format!(
            "{} documents done per working day, in {} (days in UTC with tags or changes)",
            rate(pace),
            plural(work.pace.days, "working day")
        ));
    }
    if let Some(days) = work.days_left().filter(|_| work.left() > 0) {
        facts.push(format!("{} left: about {} of work at this pace", count(work.left()), self::days(days)));
    }
    facts.push(match work.last_change {
        Some(at) => format!("Last activity {} ({})", local_moment(at), ago(Some(at), now)),
        None => "Nothing tagged yet".to_owned(),
    });
    facts
}

/// The accessible name of a document's title.
pub fn open_document(title: &str) -> String {
    format!("Open {title}")
}

/// The accessible name of a document's open differences.
pub fn open_differences(title: &str, open: usize) -> String {
    format!("{title}: {}", plural(open, "open difference"))
}

/// The tooltip of open differences.
pub fn open_hint(open: usize) -> String {
    format!("{}. Click to open the document in Compare.", plural(open, "open difference"))
}

/// The accessible name of a document's agreement.
pub fn document_agreement(title: &str, measure: PairMeasure, shown: &str) -> String {
    format!("{title}: {} {shown}", measure_name(measure))
}

/// The tooltip of a document's agreement.
pub fn document_agreement_hint(measure: PairMeasure, found: FigureValue) -> String {
    let here = match found {
        Ok(found) => format!("{found:.4}"),
        Err(why) => format!("undefined: {why}"),
    };
    format!(
        "{}, mean of the pairs who have worked on the document: {here}. Click to open it in Compare.",
        measure_name(measure)
    )
}

/// The work in a cell: `done, 12 passages`.
pub fn cell(status: Status, is_assigned: bool, spans: usize) -> String {
    let status = status_name(status).to_lowercase();
    let assigned = if is_assigned { "" } else { ", not assigned" };
    format!("{status}, {}{assigned}", plural(spans, "passage"))
}

/// The accessible name of a cell.
pub fn cell_label(title: &str, name: &str, what: &str) -> String {
    if title.is_empty() { format!("{name}: {what}") } else { format!("{title}, {name}: {what}") }
}

/// The headings of the table of people, with their tooltips.
pub fn people_columns() -> [(&'static str, &'static str); 8] {
    [
        ("Person", "Everyone who tags"),
        ("Done", "Assigned documents that are done"),
        ("Passages", "Passages in all documents"),
        (
            "Pace",
            "Passages per hour of work. Time between two steps counts as work if it is at most 30 minutes; the first passage after \
             a longer pause does not count.",
        ),
        (
            "Left",
            "Assigned documents that are not done, and the working days that they take at the documents done per working day \
             so far",
        ),
        ("Last active", "The latest tag or change"),
        (
            "Mean",
            "Mean agreement with each of the others. The sign marks means that are at least 0.1 below the median.",
        ),
        (
            "Recent",
            "The same over the last quarter of the documents shared with others, by time (at least three, from six on). The \
             sign marks those at least 0.1 below the rest.",
        ),
    ]
}

/// The mean agreement of a coder.
pub fn mean(standing: &Standing) -> String {
    standing.mean.map_or_else(|| "–".to_owned(), value)
}

/// The recent agreement of a coder, and where it came from.
pub fn course(standing: &Standing) -> String {
    match (standing.recent, standing.earlier) {
        (Some(recent), Some(earlier)) => format!("{} (was {})", value(recent), value(earlier)),
        (Some(recent), None) => value(recent),
        (None, _) => "–".to_owned(),
    }
}

/// The accessible name of a coder's standing.
pub fn standing_label(name: &str, standing: &Standing) -> String {
    let mut label = format!("{name}: mean {}, recent {}", mean(standing), course(standing));
    if standing.stands_apart {
        label += ", differs from the others";
    }
    if standing.has_drifted() {
        label += ", has drifted";
    }
    label
}

/// The tooltip of a coder's standing.
pub fn standing_hint(measure: PairMeasure, standing: &Standing) -> String {
    let mut facts = vec![format!(
        "{}: mean of the figures with {}: {}.",
        measure_name(measure),
        counted(standing.others, "other person", "others"),
        mean(standing)
    )];
    if standing.stands_apart {
        facts.push(format!(
            "It is at least {APART} below the median of all: this person differs from the others."
        ));
    }
    match (standing.recent, standing.earlier) {
        (Some(recent), Some(earlier)) => facts.push(format!(
            "In the {} changed last: {}; in the rest: {}.",
            plural(standing.recent_documents, "document"),
            value(recent),
            value(earlier)
        )),
        (Some(_), None) | (None, _) => {
            facts.push("Too few shared documents to tell the recent ones from the rest.".to_owned());
        }
    }
    if standing.has_drifted() {
        facts.push(format!("That is at least {APART} less: this person may have drifted."));
    }
    facts.join("\n")
}

/// The accessible name of the agreement of two coders.
pub fn pair_label(first: &str, second: &str, shown: &str) -> String {
    format!("{first} and {second}: {shown}")
}

/// The tooltip of the agreement of two coders.
pub fn pair_hint((first, second): (&str, &str), measure: PairMeasure, figure: PairFigure) -> String {
    let here = match figure.value {
        Ok(found) => format!("{found:.4}, from {}", plural(figure.documents, "document")),
        Err(why) => format!("undefined: {why}"),
    };
    format!("{first} and {second}, {}: {here}.\nClick to open this pair in Agreement.", measure_name(measure))
}

/// The button that goes on with a document.
pub fn go_on(title: &str) -> String {
    format!("Go on with {title}")
}

/// How much is left for the user.
pub fn left_and_done(left: usize, done: usize) -> String {
    format!("{} left, {} done", plural(left, "document"), count(done))
}

/// The heading of a section of what the user has to do.
pub fn section(section: usize, documents: usize) -> String {
    let name = match section {
        0 => "Returned",
        1 => "In progress",
        _ => "Not begun",
    };
    format!("{name} ({})", count(documents))
}

/// The accessible name of a row: what a click does, and the remark at its end.
pub fn open_with_remark(title: &str, remark: &str) -> String {
    let open = open_document(title);
    if remark.is_empty() { open } else { format!("{open}, {remark}") }
}

/// The lead who has returned a document, and why.
pub fn returned_by(lead: &str, reason: &str) -> String {
    match reason {
        "" => format!("returned by {lead}"),
        reason => format!("returned by {lead}: {reason}"),
    }
}

/// The number of decisions that the user has not read.
pub fn unread(count: usize) -> String {
    format!("{} to read", counted(count, "decision", "decisions"))
}
