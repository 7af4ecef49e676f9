//! Settling differences by a rule.

use super::plural;
use crate::analysis::differences::BulkCount;
use crate::model::Annotator;

/// A threshold that is none.
pub fn wrong_votes() -> &'static str {
    "give a number such as 3, or a share such as 2/3 or 60%"
}

/// Why it has to be said who decides.
pub fn who_decides(people: &[Annotator]) -> String {
    let people: Vec<String> =
        people.iter().map(|person| format!("{} ({})", person.id, person.name)).collect();
    format!("say who decides with --annotator; the project has: {}", people.join(", "))
}

/// Why a person may not change the consensus.
pub fn not_an_adjudicator(name: &str) -> String {
    format!("{name} is an annotator; in this project only reviewers and leads edit the consensus")
}

/// What a rule settles, line by line.
pub fn count(count: BulkCount, is_dry_run: bool) -> Vec<String> {
    let verb = if is_dry_run { "would take" } else { "took" };
    let single = match count.single {
        0 => String::new(),
        single => format!(", {single} of them read by one person alone"),
    };
    let mut lines = vec![format!("{verb} {} into the consensus{single}", plural(count.taken, "span"))];
    if count.left_out > 0 {
        let verb = if is_dry_run { "would leave" } else { "left" };
        lines.push(format!("{verb} {} out of the consensus", plural(count.left_out, "passage")));
    }
    let open = [
        (count.ties, "a tie"),
        (count.short, "too few votes"),
        (count.untagged, "untagged or rejected; --leave-out leaves them out"),
        (count.silent, "not decided by the rule"),
    ];
    let open = open.into_iter().filter(|(passages, _)| *passages > 0);
    lines.extend(open.map(|(passages, why)| format!("{} still open: {why}", plural(passages, "passage"))));
    if count.settled > 0 {
        lines.push(format!("{} settled before, unchanged", plural(count.settled, "passage")));
    }
    if count.unfinished > 0 {
        lines.push(format!("{} not included, as not done", plural(count.unfinished, "document")));
    }
    lines
}
