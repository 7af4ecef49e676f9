//! Who the user is.

use demarche_analysis::context::shorten;

texts! {
    title: "Who are you?",
    confirm: "Continue",
    someone_new: "Someone new",
    name: "Your name",
    you: "You",
    ambiguous: "Several people have this name; choose one above.",
    reserved: "This name is reserved for adjudication; type another.",
}

/// What the answer is used for.
pub fn hint(project: &str) -> String {
    format!(
        "Your passages in “{}” are saved under your name. This machine remembers it for this project.",
        shorten(project, 80)
    )
}

/// A typed name that someone in the project has.
pub fn known(name: &str) -> String {
    format!("{name} is already in this project; continue if that is you.")
}

/// A typed name that may be a typo.
pub fn near(typed: &str, known: &str) -> String {
    format!("“{typed}” is close to {known}, who is already in this project.")
}

/// The button for the person whom a typed name resembles.
pub fn i_am(known: &str) -> String {
    format!("I am {known}")
}

/// The button for a new person in spite of the resemblance.
pub fn add_anyway(typed: &str) -> String {
    format!("Add {typed} as someone new")
}
