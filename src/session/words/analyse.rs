//! The Analyse screen.

use std::path::Path;

use demarche_analysis::saved_views::MissingName;
use demarche_io::IoError;
use demarche_io::export::analysis::ViewError;
use demarche_io::export::figure::PictureError;

pub(crate) fn read_only() -> &'static str {
    "This project is read-only"
}

pub(crate) fn no_answer_kind() -> &'static str {
    "The codebook has no kind of link that answers; add one there first"
}

pub(crate) fn passage_of_consensus() -> &'static str {
    "This passage is part of the consensus: an adjudicator can link it"
}

pub(crate) fn passage_of(name: &str) -> String {
    format!("{name}’s passage: {name} or the consensus can link it")
}

pub(crate) fn missing_names(view: &str, missing: &[String]) -> String {
    format!("{view} names what the project no longer has: {}", missing.join("; "))
}

pub(crate) fn missing_name(name: &MissingName) -> String {
    match name {
        MissingName::Category(id) => format!("the category “{id}”"),
        MissingName::Actor(actor) => format!("the actor “{actor}”"),
        MissingName::Attribute(id) => format!("the attribute “{id}”"),
    }
}

pub(crate) fn still_reading() -> &'static str {
    "Passages are still being read; write the report when that is done"
}

pub(crate) fn report_written(path: &Path) -> String {
    format!("Report written to {}", path.display())
}

pub(crate) fn report_not_written(error: &IoError) -> String {
    format!("The report was not written: {error}")
}

pub(crate) fn view_written(path: &Path) -> String {
    format!("View exported to {}", path.display())
}

pub(crate) fn view_not_written(error: &ViewError) -> String {
    format!("The view was not exported: {error}")
}

pub(crate) fn figure_copied() -> &'static str {
    "Figure copied"
}

pub(crate) fn figure_not_copied(error: &PictureError) -> String {
    format!("The figure was not copied: {error}")
}
