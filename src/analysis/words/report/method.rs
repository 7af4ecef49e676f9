//! The method of a report in words.

use super::and;
use crate::words::views::count;

pub(crate) const AND: &str = " and ";
pub(crate) const FILTER: &str = "Filter";
pub(crate) const CODER: &str = "Coder";
pub(crate) const SCALES_HEAD: &str = "Scales";
pub(crate) const NO_FILTER: &str = "none: all passages";
pub(crate) const FINAL: &str =
    "final: in each document the consensus or, without one, the only person who has tagged it";
pub(crate) const EVERYONE: &str = "everyone who has tagged, side by side and never added up";

/// The filter in words and as text.
pub(crate) fn filter(in_words: &str, text: &str) -> String {
    format!("{in_words} ({text})")
}

/// The person who stands in for a consensus that does not exist.
pub(crate) fn stands_in(name: &str) -> String {
    format!("{name}: no document has a consensus, and {name} has tagged most passages")
}

/// The people whose passages count.
pub(crate) fn people(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        several => format!("{}, side by side and never added up", several.join(", ")),
    }
}

pub(crate) const CORPUS_HEAD: &str = "Documents";
pub(crate) const MOVES_HEAD: &str = "Moves";
pub(crate) const ROLES_HEAD: &str = "Roles";
pub(crate) const ACTORS_HEAD: &str = "Actors, targets and issues";
pub(crate) const DATES_HEAD: &str = "Dates and order";
pub(crate) const REPEATS_HEAD: &str = "Repeats";
pub(crate) const SCORES_HEAD: &str = "Scores";
pub(crate) const ASKS_HEAD: &str = "Demands and offers";
pub(crate) const FOLLOWS_HEAD: &str = "Transitions";
pub(crate) const CODERS_HEAD: &str = "Coders";
pub(crate) const TESTS_HEAD: &str = "Tests";
pub(crate) const SOFTWARE_HEAD: &str = "Software";

/// The paragraph of one coder of several.
pub(crate) fn for_coder(name: &str, text: &str) -> String {
    format!("{name}: {text}")
}

/// The size of the corpus.
pub(crate) fn corpus(documents: usize) -> String {
    format!("The corpus has {}.", count(documents, "document"))
}

/// Documents whose text could not be read.
pub(crate) fn unread(documents: usize) -> String {
    format!("{} could not be read and {} not counted.", count(documents, "document"), were(documents))
}

/// Documents without a consensus.
pub(crate) fn undecided(documents: usize) -> String {
    format!(
        "{} by several people without a consensus {} left out.",
        count(documents, "document"),
        were(documents)
    )
}

/// The passages of a person that do not count.
pub(crate) fn not_counted(name: &str, passages: usize) -> String {
    format!("{} of {name}", count(passages, "passage"))
}

/// What does not count.
pub(crate) fn list(not_counted: &[String]) -> String {
    format!("Not counted: {}.", not_counted.join(", "))
}

/// Layers that could not be read.
pub(crate) fn unreadable(layers: usize) -> String {
    format!("The tags of one person in one document could not be read in {}.", count(layers, "case"))
}

/// How many passages are moves.
pub(crate) fn moves(passages: usize, moves: usize) -> String {
    format!(
        "A move is a tagged passage of which the text neither denies nor only imagines that it was made. Of {} that pass the \
         filter, {moves} {} counted as {}.",
        count(passages, "passage"),
        were(moves),
        if moves == 1 { "a move" } else { "moves" }
    )
}

pub(crate) const DENIED_COUNT: &str = "Denied passages are counted.";
pub(crate) const HYPOTHETICAL_COUNT: &str = "Hypothetical passages are counted.";

/// Denied passages that are left out.
pub(crate) fn denied(passages: usize) -> String {
    format!("Excluded as denied: {passages}.")
}

/// Hypothetical passages that are left out.
pub(crate) fn hypothetical(passages: usize) -> String {
    format!("Excluded as hypothetical: {passages}.")
}

/// Moves that depend on something.
pub(crate) fn conditional(moves: usize) -> String {
    format!("{} conditional; figures hatch them.", are(moves, "move"))
}

/// Moves whose place is lost.
pub(crate) fn without_place(moves: usize) -> String {
    format!(
        "The place of {} is lost in the current version of the text: counted, but left out of transitions, co-occurrence and \
         places within documents.",
        count(moves, "move")
    )
}

pub(crate) const NO_ROLES: &str =
    "No category has a bargaining role, so that outcomes, softness and roles are not computed.";

/// A category with its role.
pub(crate) fn role(category: &str, role: &str) -> String {
    format!("{category} ({role})")
}

/// The roles of the categories.
pub(crate) fn roles(roles: &[String]) -> String {
    format!(
        "Each move has the bargaining role of its category: {}. Offers, concessions, commitments and acceptances are soft; \
         demands, threats, rejections and withdrawals are hard.",
        roles.join(", ")
    )
}

/// Moves without a role.
pub(crate) fn without_role(moves: usize) -> String {
    format!("{} no role.", have(moves, "move"))
}

/// Conditions, and what they count as.
pub(crate) fn conditions(conditions: usize, as_demands: bool) -> String {
    let rule = match as_demands {
        true => "counted as demands",
        false => "kept apart: neither hard nor in scores, rates, lists of demands and transitions",
    };
    format!(
        "A demand that is wholly inside an offer or threat of the same actor is a condition of it ({conditions}); conditions \
         are {rule}."
    )
}

/// Recommendations, and what they count as.
pub(crate) fn recommendations(recommendations: usize, as_demands: bool) -> String {
    let rule = if as_demands { "counted as demands" } else { "kept apart in the same way" };
    format!(
        "A demand whose actors are all observers, such as the author of a paper, is a recommendation ({recommendations}); \
         recommendations are {rule}."
    )
}

/// Moves with several values.
pub(crate) fn several_values(moves: usize) -> String {
    format!(
        "{} several actors, targets or issues: counted once in each row and once in totals, so that rows may add up to more \
         than the total.",
        have(moves, "move")
    )
}

/// Collective actors.
pub(crate) fn collectives(number: usize, members: bool) -> String {
    let rule = match members {
        true => "as one move per member, without moves of a member towards itself",
        false => "as actors of their own; the outcomes of demands and offers are decided by their members",
    };
    format!("Collective actors ({number}) count {rule}.")
}

/// Persons who stand for a party.
pub(crate) fn persons(number: usize) -> String {
    match number {
        1 => "1 person is counted as their party.".to_owned(),
        _ => format!("{number} people are counted as their parties."),
    }
}

pub(crate) const NO_ISSUES: &str =
    "No attribute of the codebook means the issue, so that everything is one issue.";

/// Moves that lack a value.
pub(crate) fn not_specified(actor: usize, target: usize, issue: usize) -> String {
    format!(
        "Not specified: the actor of {}, the target of {target}, the issue of {issue}; they have rows and columns of their own.",
        count(actor, "move")
    )
}

/// The dates of moves.
pub(crate) fn dates(has_when: bool) -> String {
    let own = if has_when {
        "its own date where the passage states one, otherwise that of its document"
    } else {
        "the date of its document"
    };
    format!(
        "A move has {own}. Dates are intervals: a year is all its days. Moves are in the order of date, document and place in \
         the text; the order of moves whose dates overlap in different documents is uncertain."
    )
}

/// The bins of figures over time.
pub(crate) fn bins(width: &str) -> String {
    format!("Figures over time are by {}.", width.to_lowercase())
}

/// Reported moves.
pub(crate) fn reported(reported: usize, moves: usize) -> String {
    format!(
        "{reported} of {} {} reported without a date: drawn at the date of the document that reports them, never in certain \
         order, without delay, and no possible answers.",
        count(moves, "move"),
        if reported == 1 { "is" } else { "are" }
    )
}

/// Moves without a date.
pub(crate) fn undated(moves: usize) -> String {
    format!("{} no date and come last.", have(moves, "move"))
}

pub(crate) const REPEATS: &str = "Demands and offers that repeats links connect count once, with the earliest statement; counts of moves count each passage.";
pub(crate) const ALL_DUPLICATES: &str =
    "Moves of the same category, actor, target and issue are each counted.";

/// Asks that are stated several times.
pub(crate) fn chains(chains: usize, statements: usize) -> String {
    let (asks, verb) = if chains == 1 { ("demand or offer", "is") } else { ("demands or offers", "are") };
    format!("{chains} {asks} {verb} stated more than once, in {}.", count(statements, "passage"))
}

/// Repeats that make no chain.
pub(crate) fn ignored_repeats(number: usize) -> String {
    format!(
        "{} between different kinds of move or different actors {} ignored.",
        count(number, "repeat"),
        were(number)
    )
}

pub(crate) const SCORES: &str = "A score is the mean weight of moves, without conditions and recommendations. The weights are those of event data, applied \
     to passages; each is printed on two scales, which disagree on the sign of some moves: a demand is −5.0 on Goldstein's \
     and 0 on PLOVER's. A category has the weight of its first code, otherwise that of the category above it.";

/// Moves without a weight.
pub(crate) fn without_weight(moves: usize, scale: &str) -> String {
    format!("{} no weight on the scale {scale}.", have(moves, "move"))
}

/// The band of scores.
pub(crate) fn band(documents: usize, draws: usize, seed: u64) -> String {
    format!(
        "Bands of scores are the 95 % percentile bootstrap over documents ({draws} draws, seed {seed}), in bins of {documents} \
         documents or more."
    )
}

pub(crate) const ASKS: &str = "Only a linked answer is an answer. The latest answer that decides gives the outcome: agreed by an acceptance, commitment or \
     cooperative act; partly by a concession (to a demand also by an offer), by a conditional agreement, or where only some of \
     those asked agree; refused by a rejection, threat, withdrawal or coercive act; countered by a demand (an offer also by an \
     offer); withdrawn if the asker gives it up; otherwise if no answer decides; open without a linked answer. The filter \
     chooses which demands and offers are listed, never their outcome. A possible answer is a later move of an asked party on \
     the same issue in the next three documents in which it has a move; it has no outcome and is never added to answers. \
     Outcomes say what was agreed to in words; whether it was carried out shows only where deeds are tagged.";
pub(crate) const FOLLOWS: &str = "A move is followed by the next one in the text that does not overlap it. e = row × column / n; z is the adjusted residual, \
     (o − e) / √(e(1 − row/n)(1 − column/n)). Cells with e below 5 are few and never marked; others are marked at |z| ≥ 3.4. \
     With fewer than 300 pairs, roles are folded to hard, soft and reason. It is the order in the text, not of events.";
pub(crate) const TESTS: &str =
    "There are no p-values and no χ² tests, since passages of one document are not independent.";

/// The program.
pub(crate) fn software(version: &str) -> String {
    format!("Demarche {version}. The same project, filter and coder give the same report.")
}

/// How agreement was measured.
pub(crate) fn agreement(documents: usize, draws: usize) -> String {
    format!(
        "Agreement is measured in {} that at least two people have tagged, over all passages, with intervals by the percentile \
         bootstrap over documents ({draws} draws) from ten documents on. Agreement on links is not measured.",
        count(documents, "document")
    )
}

/// The people and documents of ranges.
pub(crate) fn range(names: &[&str], documents: usize) -> String {
    format!(
        "Ranges over coders are of {} in the {} that all of them have tagged; links into other documents are left out there.",
        and(names),
        count(documents, "document")
    )
}

fn were(number: usize) -> &'static str {
    if number == 1 { "was" } else { "were" }
}

/// `1 move is` or `3 moves are`.
fn are(number: usize, noun: &str) -> String {
    format!("{} {}", count(number, noun), if number == 1 { "is" } else { "are" })
}

/// `1 move has` or `3 moves have`.
fn have(number: usize, noun: &str) -> String {
    format!("{} {}", count(number, noun), if number == 1 { "has" } else { "have" })
}
