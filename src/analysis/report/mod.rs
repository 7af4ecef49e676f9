//! The report of an analysis: the tables and figures that papers print, with their method in words.
//!
//! [`compose`] answers with values; the writers of HTML, Markdown and XLSX lay them out. All numbers are those of the
//! [views](crate::views), of [agreement](crate::agreement) and of the [ledger](crate::bargain::Ledger).

mod actors;
mod agreement;
mod categories;
mod codebook;
pub(crate) mod confusions;
mod corpus;
mod grid;
mod issues;
mod material;
mod method;
mod other_views;
mod outcomes;
mod over_time;
mod part;
mod quotes;
mod saved;
mod shared;
mod table;
mod transitions;

use demarche_model::{Progress, Project, Stopped, ViewKind, Visibility};

use crate::bargain::{CoderChoice, Readings};
use crate::filter::{Bound, FactSettings, Filter};
use crate::read_moves::ReadMoves;
use crate::views::Rules;
use crate::words::report as words;
use material::Material;

pub(crate) use part::Numbering;
pub use part::{Numbered, Part};
pub use saved::SavedPart;
pub use table::{Column, ColumnKind, Line, LineKind, Table, Value};

/// What a report is about.
#[derive(Clone, Copy, Debug)]
pub struct ReportRequest<'a> {
    /// The project.
    pub project: &'a Project,
    /// The filter.
    pub filter: &'a Filter,
    /// The filter with its names looked up; `None` if it is empty.
    pub bound: Option<&'a Bound>,
    /// The coders who were asked for.
    pub choice: &'a CoderChoice,
    /// Whose layers count.
    pub readings: &'a Readings,
    /// The moves of these readings.
    pub moves: &'a [ReadMoves],
    /// The settings with which they were read.
    pub settings: &'a FactSettings,
    /// The layers that may be shown.
    pub visible: &'a Visibility,
    /// The rules for all views.
    pub rules: Rules,
    /// The views that the report shows; none for those of every report.
    pub views: &'a [ViewKind],
    /// The saved views that it shows after these.
    pub saved: &'a [SavedPart],
}

/// The views of every report.
const VIEWS: [ViewKind; 6] = [
    ViewKind::Matrix,
    ViewKind::Asks,
    ViewKind::Time,
    ViewKind::Towards,
    ViewKind::Codeline,
    ViewKind::Follows,
];

impl ReportRequest<'_> {
    /// True if the report shows a view.
    fn shows(&self, kind: ViewKind) -> bool {
        if self.views.is_empty() && self.saved.is_empty() {
            VIEWS.contains(&kind)
        } else {
            self.views.contains(&kind)
        }
    }
}

/// A report.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// The name of the project.
    pub title: String,
    /// What it is about: each a name and a text.
    pub facts: Vec<(&'static str, String)>,
    /// How the numbers came about: each a heading and a text.
    pub method: Vec<(&'static str, String)>,
    /// The tables and figures, in order.
    pub parts: Vec<Part>,
    /// The works that the method names.
    pub sources: Vec<&'static str>,
}

/// Composes a report.
///
/// # Errors
/// The work was stopped.
pub fn compose(request: &ReportRequest<'_>, progress: &dyn Progress) -> Result<Report, Stopped> {
    let material = Material::new(request);
    let mut parts = vec![corpus::part(&material), codebook::part(&material)];
    let agreed = agreement::measured(&material, progress)?;
    parts.push(agreement::part(&material, agreed.as_ref()));
    parts.extend(agreed.as_ref().map(|agreed| confusions::part(material.project(), agreed)));
    progress.check()?;
    for read in 0..material.reads.len() {
        parts.extend(parts_of(&material, read));
        progress.check()?;
    }
    for (at, view) in request.saved.iter().enumerate() {
        parts.extend(saved::parts(&material, at, view));
        progress.check()?;
    }
    parts.extend((0..material.reads.len()).map(|read| quotes::part(&material, read)));
    let mut numbering = Numbering::default();
    parts.iter_mut().for_each(|part| numbering.number(part));
    Ok(Report {
        title: request.project.name().to_owned(),
        facts: method::facts(&material),
        method: method::paragraphs(&material, agreed.as_ref()),
        parts,
        sources: words::SOURCES.to_vec(),
    })
}

/// The tables and figures of the views of one reading.
fn parts_of(material: &Material<'_>, read: usize) -> Vec<Part> {
    let shows = |kind| material.request.shows(kind);
    let mut parts = Vec::new();
    if shows(ViewKind::Matrix) {
        parts.extend(categories::parts(material, read));
        parts.extend(issues::parts(material, read));
    }
    if shows(ViewKind::Asks) {
        parts.extend(outcomes::parts(material, read));
    }
    if shows(ViewKind::Actors) {
        parts.push(actors::part(material, read));
    }
    if shows(ViewKind::Follows) {
        parts.push(transitions::part(material, read));
    }
    if shows(ViewKind::Time) {
        parts.extend(over_time::parts(material, read));
    }
    parts.extend(other_views::parts(material, read));
    parts
}
