//! The report: headings, captions and the method.

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
pub(crate) const AND: &str = " and ";

pub(crate) const CORPUS_NOTE: &str = "Moves are those that count here: of the coder, passing the filter.";
pub(crate) const CODEBOOK_NOTE: &str =
    "Examples are the first move of each category that counts here. A role or weight that a category lacks is that of the \
     category above it.";
pub(crate) const AGREEMENT_NOTE: &str =
    "Over all passages, whatever the filter. Passages are those of all coders together. α_U compares characters, α and κ \
     sentences.";
pub(crate) const NO_AGREEMENT: &str = "Fewer than two people have tagged the same document: agreement is not measured.";
pub(crate) const NO_CONFUSIONS: &str = "No passage has two categories by two coders.";
pub(crate) const CONFUSIONS_NOTE: &str =
    "Passages of two coders are matched by overlap, one to one. Passages that only one coder has tagged are no confusion. \
     Quotes are the passages of the coder in the first column.";
pub(crate) const LATEST_NOTE: &str = "The latest demand, offer or concession, without conditions and recommendations.";
pub(crate) const SCORE_NOTE: &str =
    "Mean weight of the moves of a bin, above for Goldstein, below for PLOVER; n is below the axis. A hollow point has fewer \
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

/// A scale with its source.
pub(crate) fn scale(name: &str, source: &str) -> String {
    format!("{name}: {source}")
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

pub(crate) const FILTER: &str = "Filter";
pub(crate) const CODER: &str = "Coder";
pub(crate) const SCALES_HEAD: &str = "Scales";
pub(crate) const NO_FILTER: &str = "none: all passages";
pub(crate) const FINAL: &str = "final: in each document the consensus or, without one, the only person who has tagged it";
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

pub(crate) const NO_ROLES: &str = "No category has a bargaining role, so that outcomes, softness and roles are not computed.";

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
    format!("{} counted {rule}.", are(number, "collective actor"))
}

/// Persons who stand for a party.
pub(crate) fn persons(number: usize) -> String {
    match number {
        1 => "1 person is counted as their party.".to_owned(),
        _ => format!("{number} people are counted as their parties."),
    }
}

pub(crate) const NO_ISSUES: &str = "No attribute of the codebook means the issue, so that everything is one issue.";

/// Moves that lack a value.
pub(crate) fn not_specified(actor: usize, target: usize, issue: usize) -> String {
    format!(
        "Not specified: the actor of {}, the target of {target}, the issue of {issue}; they have rows and columns of their own.",
        count(actor, "move")
    )
}

/// The dates of moves.
pub(crate) fn dates(has_when: bool) -> String {
    let own = if has_when { "its own date where the passage states one, otherwise that of its document" } else { "the date of its document" };
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

pub(crate) const REPEATS: &str =
    "Demands and offers that repeats links connect count once, with the earliest statement; counts of moves count each passage.";
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

pub(crate) const SCORES: &str =
    "A score is the mean weight of moves, without conditions and recommendations. The weights are those of event data, applied \
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

pub(crate) const ASKS: &str =
    "Only a linked answer is an answer. The latest answer that decides gives the outcome: agreed by an acceptance, commitment or \
     cooperative act; partly by a concession (to a demand also by an offer), by a conditional agreement, or where only some of \
     those asked agree; refused by a rejection, threat, withdrawal or coercive act; countered by a demand (an offer also by an \
     offer); withdrawn if the asker gives it up; otherwise if no answer decides; open without a linked answer. The filter \
     chooses which demands and offers are listed, never their outcome. A possible answer is a later move of an asked party on \
     the same issue in the next three documents in which it has a move; it has no outcome and is never added to answers. \
     Outcomes say what was agreed to in words; whether it was carried out shows only where deeds are tagged.";
pub(crate) const FOLLOWS: &str =
    "A move is followed by the next one in the text that does not overlap it. e = row × column / n; z is the adjusted residual, \
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
