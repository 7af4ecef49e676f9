//! Problems of rounds.

use demarche_model::AnnotatorId;

pub(crate) fn of_someone_else(by: &AnnotatorId) -> String {
    format!("the round was frozen by `{by}`, but its folder names someone else; give it its old name again")
}

pub(crate) fn no_time(given: &str) -> String {
    format!("“{given}” is not a time such as 2026-03-14T09:14:00Z")
}

pub(crate) fn not_of_a_round(path: &str) -> String {
    format!("“{path}” is not a file of a round, which has project.ron and layers")
}

pub(crate) fn missing() -> String {
    "this file of a frozen round is missing; restore it from a copy of the project".to_owned()
}

pub(crate) fn changed() -> String {
    "this file is not as it was frozen; a round never changes, so restore it from a copy of the project"
        .to_owned()
}

pub(crate) fn stray() -> String {
    "the file belongs to no frozen round; move it away".to_owned()
}

pub(crate) fn two_rounds() -> String {
    "two machines froze a round under this name; keep one of them here, and merge the other copy with `demarche merge`"
        .to_owned()
}
