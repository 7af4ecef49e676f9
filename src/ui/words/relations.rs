//! The relations between actors and issues.

texts! {
    title: "Actors and issues",
    intro: "Which actors belong together, who only comments, and which issues are part of others.",
    actors: "Actors",
    issues: "Issues",
    no_actors: "No actors yet. Add them in the inspector, or in the codebook editor under Links and lists.",
    no_issues: "No issues yet. Add them in the inspector, or in the codebook editor under Links and lists.",
    party: "Party",
    collective: "Collective of …",
    person: "Person of …",
    observer: "Observer",
    observer_hint: "Comments but does not bargain, such as an institute whose recommendations are tagged",
    nothing_above: "None",
    choose_party: "Choose a party",
    confirm: "Apply",
}

/// The combo box with the kind of an actor.
pub fn kind_of(actor: &str) -> String {
    format!("Kind of {actor}")
}

/// The combo box with the party of a person.
pub fn party_of(person: &str) -> String {
    format!("Party of {person}")
}

/// The combo box with the issue above an issue.
pub fn below(issue: &str) -> String {
    format!("Issue above {issue}")
}

/// The issue above another one.
pub fn below_this(issue: &str) -> String {
    format!("below {issue}")
}
