//! A filter in words, and descriptions of its fields, relations and values.

use demarche_model::{
    AnnotatorId, CategoryId, Date, DocumentId, DocumentSetId, MoveRole, Project, Status, Verdict,
};

use crate::bargain::AskState;
use crate::filter::{Condition, Field, Filter, Is, Keyword, Property, Relation, Term, Value, Word};

impl Filter {
    /// The filter in words, for chips and captions, with the names that the project has for ids.
    ///
    /// ```
    /// use demarche_analysis::filter::Filter;
    /// use demarche_model::{Codebook, Project};
    ///
    /// let project = Project::new("Talks", Codebook::default());
    /// let filter = Filter::parse("-actor:Estmark date:2026-02..2026-03").unwrap();
    /// assert_eq!(filter.in_words(&project), "not actor: Estmark, date: Feb–Mar 2026");
    /// ```
    pub fn in_words(&self, project: &Project) -> String {
        let terms = |terms: &Vec<Term>| match terms.as_slice() {
            [] => EVERYTHING.to_owned(),
            terms => join(terms.iter().map(|term| term.in_words(project)), ", "),
        };
        join(self.alternatives().iter().map(terms), "; or ")
    }
}

const EVERYTHING: &str = "all passages";

impl Term {
    /// The term in words.
    pub fn in_words(&self, project: &Project) -> String {
        match self {
            Self::Any => EVERYTHING.to_owned(),
            Self::Not(term) => format!("not {}", term.in_words(project)),
            Self::Group(filter) => format!("({})", filter.in_words(project)),
            Self::Field(condition) => condition_in_words(condition, project),
            Self::Related(relation, other) => {
                let within = relation.distance().map(|distance| format!(" within {distance}"));
                let within = within.unwrap_or_default();
                format!("{}{within} ({})", relation.verb(), other.in_words(project))
            }
        }
    }
}

fn condition_in_words(condition: &Condition, project: &Project) -> String {
    let field = condition.field();
    let values = condition.values().iter().map(|value| value_in_words(field, value, project));
    let values = join(values, " or ");
    match field {
        Field::Is => format!("is {values}"),
        Field::Text => format!("contains {values}"),
        Field::Note => format!("note contains {values}"),
        Field::Attribute(id) => {
            let def = project.codebook().attributes.iter().find(|def| def.id.as_str() == id);
            format!("{}: {values}", def.map_or(id.as_str(), |def| &def.name))
        }
        Field::Category
        | Field::Role
        | Field::Actor
        | Field::Target
        | Field::Issue
        | Field::Document
        | Field::Set
        | Field::Author
        | Field::Source
        | Field::Coder
        | Field::Date
        | Field::When
        | Field::Created
        | Field::Review
        | Field::Status
        | Field::Ask
        | Field::Words
        | Field::Characters
        | Field::View => format!("{field}: {values}"),
    }
}

fn value_in_words(field: &Field, value: &Value, project: &Project) -> String {
    if let Some(keyword) = value.keyword() {
        return keyword.about().to_owned();
    }
    let text = value.text();
    let name = match field {
        Field::Category => project.codebook().name_of(&CategoryId::new(text)).to_owned(),
        Field::Document => {
            let known = project.document(&DocumentId::new(text));
            known.map_or(text, |document| document.meta.title.as_str()).to_owned()
        }
        Field::Set => {
            let known = project.document_sets().get(&DocumentSetId::new(text));
            known.map_or(text, String::as_str).to_owned()
        }
        Field::Coder => project.name_of(&AnnotatorId::new(text)).to_owned(),
        Field::Text | Field::Note => format!("“{text}”"),
        Field::Date | Field::When | Field::Created => dates_in_words(text),
        Field::Words | Field::Characters => numbers_in_words(text),
        Field::Role
        | Field::Actor
        | Field::Target
        | Field::Issue
        | Field::Author
        | Field::Source
        | Field::Review
        | Field::Status
        | Field::Ask
        | Field::Is
        | Field::View
        | Field::Attribute(_) => text.to_owned(),
    };
    let ending = if value.is_prefix() { "…" } else { "" };
    let limit = if value.is_exact() { "only " } else { "" };
    format!("{limit}{name}{ending}")
}

fn numbers_in_words(text: &str) -> String {
    match text.split_once("..") {
        Some(("", last)) => format!("at most {last}"),
        Some((first, "")) => format!("at least {first}"),
        Some((first, last)) => format!("{first}–{last}"),
        None => text.to_owned(),
    }
}

/// A date or a range of dates: `Feb–Mar 2026`, `from 14 Mar 2026`.
fn dates_in_words(text: &str) -> String {
    let (first, last) = match text.split_once("..") {
        Some(("", last)) => return format!("until {}", date_in_words(last)),
        Some((first, "")) => return format!("from {}", date_in_words(first)),
        Some(range) => range,
        None => return date_in_words(text),
    };
    let (from, to) = (date_in_words(first), date_in_words(last));
    let is_in_one_year = first.len() == 7 && last.len() == 7 && first.get(..4) == last.get(..4);
    match from.split_once(' ') {
        Some((month, _)) if is_in_one_year => format!("{month}–{to}"),
        Some(_) | None => format!("{from} – {to}"),
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A complete or partial date: `14 Mar 2026`. Anything else stays as it is.
fn date_in_words(text: &str) -> String {
    let Some(date) = Date::parse(text) else { return text.to_owned() };
    let mut parts = date.as_str().split('-');
    let year = parts.next().unwrap_or_default();
    let month = parts.next().and_then(|month| month.parse::<usize>().ok());
    let month = month.and_then(|month| MONTHS.get(month.checked_sub(1)?));
    match (month, parts.next()) {
        (Some(month), Some(day)) => format!("{} {month} {year}", day.trim_start_matches('0')),
        (Some(month), None) => format!("{month} {year}"),
        (None, _) => year.to_owned(),
    }
}

fn join(parts: impl Iterator<Item = String>, separator: &str) -> String {
    parts.collect::<Vec<_>>().join(separator)
}

impl Field {
    /// A description in a few words.
    pub fn about(&self) -> &'static str {
        match self {
            Self::Category => "category, or one above it",
            Self::Role => "role in the bargaining",
            Self::Actor => "who acts",
            Self::Target => "towards whom",
            Self::Issue => "about what, or an issue above it",
            Self::Document => "document, by title or id",
            Self::Set => "set that the document is in",
            Self::Author => "author of the document",
            Self::Source => "source of the document",
            Self::Coder => "whose passages are read",
            Self::Date => "date of the move, or of its document",
            Self::When => "date that the passage gives",
            Self::Created => "day on which it was tagged",
            Self::Review => "verdict of a reviewer",
            Self::Status => "coder's progress in the document",
            Self::Ask => "what became of a demand or an offer",
            Self::Is => "a property that it has",
            Self::Text => "words that it contains",
            Self::Note => "words that its note contains",
            Self::Words => "length in words",
            Self::Characters => "length in characters",
            Self::View => "a saved view",
            Self::Attribute(_) => "attribute of the codebook",
        }
    }
}

impl Relation {
    /// A description in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Overlaps => "shares a character with another passage",
            Self::Inside => "is wholly inside another passage",
            Self::Contains => "wholly contains another passage",
            Self::Exact => "has the same bounds as another passage",
            Self::Near(_) => "is in one paragraph with another passage, or within a distance",
            Self::Before(_) => "is followed by another passage",
            Self::After(_) => "is preceded by another passage",
            Self::SameSentence => "is in one sentence with another passage",
            Self::SameParagraph => "is in one paragraph with another passage",
            Self::SameDocument => "is in one document with another passage",
            Self::Answers => "answers another passage, by a link",
            Self::AnsweredBy => "is answered by another passage, by a link",
            Self::Linked => "has a link with another passage",
        }
    }

    /// The relation as the verb of a sentence about a passage and another one.
    fn verb(self) -> &'static str {
        match self {
            Self::Overlaps => "overlaps",
            Self::Inside => "is inside",
            Self::Contains => "contains",
            Self::Exact => "has the same bounds as",
            Self::Near(_) => "is near",
            Self::Before(_) => "is followed by",
            Self::After(_) => "is preceded by",
            Self::SameSentence => "is in a sentence with",
            Self::SameParagraph => "is in a paragraph with",
            Self::SameDocument => "is in a document with",
            Self::Answers => "answers",
            Self::AnsweredBy => "is answered by",
            Self::Linked => "is linked with",
        }
    }
}

impl Keyword {
    /// Its meaning in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::None => "not specified",
            Self::Any => "specified",
        }
    }
}

impl Word {
    /// Its meaning in a few words.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Self::Role(role) => about_role(role),
            Self::Ask(state) => about_ask(state),
            Self::Verdict(Verdict::Accepted) => "should stay as it is",
            Self::Verdict(Verdict::Rejected) => "should be removed",
            Self::Verdict(Verdict::Disputed) => "needs discussion",
            Self::Status(Status::New) => "not started",
            Self::Status(Status::InProgress) => "in progress",
            Self::Status(Status::Done) => "done",
            Self::Is(Is::Property(property)) => property.about(),
            Self::Is(Is::Linked) => "an end of a link",
            Self::Flag(true) => "yes",
            Self::Flag(false) => "no",
            Self::FinalCoders => "the consensus, or the only person who tagged the document",
            Self::AllCoders => "everyone side by side",
        }
    }
}

fn about_role(role: MoveRole) -> &'static str {
    match role {
        MoveRole::Demand => "asks for something",
        MoveRole::Offer => "offers something",
        MoveRole::Concession => "gives something up",
        MoveRole::Commitment => "binds the speaker",
        MoveRole::Acceptance => "agrees",
        MoveRole::Rejection => "refuses",
        MoveRole::Threat => "announces harm",
        MoveRole::Withdrawal => "takes an earlier move back",
        MoveRole::Reason => "gives a reason",
        MoveRole::DeedPlus => "a cooperative act",
        MoveRole::DeedMinus => "a coercive act",
    }
}

fn about_ask(state: AskState) -> &'static str {
    match state {
        AskState::Open => "no linked answer",
        AskState::Met => "agreed or accepted",
        AskState::Half => "agreed in part",
        AskState::Refused => "refused",
        AskState::Countered => "answered with another demand or offer",
        AskState::Dropped => "withdrawn by the asker",
        AskState::Otherwise => "answered, but not decided",
    }
}

impl Property {
    /// Its meaning in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Move => "neither denied nor hypothetical",
            Self::Ask => "a demand or an offer",
            Self::Condition => "a demand inside an offer or a threat of the same actor",
            Self::Recommendation => "a demand of observers",
            Self::Conditional => "depends on something",
            Self::Denied => "reported as not made",
            Self::Hypothetical => "only imagined",
            Self::Reported => "an earlier move without a date",
            Self::Repeat => "repeats an earlier passage",
            Self::Unsure => "its place in the order of time is uncertain",
            Self::Suggested => "accepted from a suggestion",
        }
    }
}
