//! Names of kinds, scales and bins.

use crate::bargain::{Bin, BinWidth, DayRange, Precision, Scale};
use crate::views::{Kind, Look};
use demarche_model::MoveRole;

/// A row or column without a value.
pub(crate) fn not_specified() -> String {
    "not specified".to_owned()
}

impl Kind {
    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Role(MoveRole::Demand) => "demand",
            Self::Role(MoveRole::Offer) => "offer",
            Self::Role(MoveRole::Concession) => "concession",
            Self::Role(MoveRole::Commitment) => "commitment",
            Self::Role(MoveRole::Acceptance) => "acceptance",
            Self::Role(MoveRole::Rejection) => "rejection",
            Self::Role(MoveRole::Threat) => "threat",
            Self::Role(MoveRole::Withdrawal) => "withdrawal",
            Self::Role(MoveRole::Reason) => "reason",
            Self::Role(MoveRole::DeedPlus) => "cooperative act",
            Self::Role(MoveRole::DeedMinus) => "coercive act",
            Self::Condition => "condition",
            Self::Recommendation => "recommendation",
            Self::None => "no role",
        }
    }
}

impl Scale {
    /// Its name on axes, with its source.
    pub fn name(self) -> &'static str {
        match self {
            Self::Goldstein => "Goldstein (CAMEO 1.1b3, GDELT)",
            Self::Plover => "PLOVER 2021",
            Self::Sign => "±1 (soft +1, hard −1)",
            Self::Custom => "custom weights",
        }
    }
}

impl BinWidth {
    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Day => "Day",
            Self::Week => "Week",
            Self::Month => "Month",
            Self::Quarter => "Quarter",
            Self::Year => "Year",
            Self::Phase => "Phase",
        }
    }
}

impl Look<'_> {
    /// The name of a bin: `2026-03`, `2026-W10`, `2026-Q1`, the title of a document, or `2026 (day unknown)`.
    pub fn bin_name(&self, bin: Bin) -> String {
        let bins = self.basis.bins;
        match bin {
            Bin::Document(document) => self.document_title(document),
            Bin::Days(days) => days_in_bin(bins.width, days),
            Bin::Phase(at) => bins.phases.get(at).map_or_else(String::new, |phase| phase.name.clone()),
            Bin::NoPhase => "no phase".to_owned(),
            Bin::Coarse(days) => {
                let date = date_text(days);
                match days.precision() {
                    Precision::Day => date,
                    Precision::Month | Precision::Year => format!("{date} ({} unknown)", finer(bins.width)),
                }
            }
            Bin::Undated => "undated".to_owned(),
            Bin::Reported => "reported (date unknown)".to_owned(),
        }
    }
}

/// What is not known of a date that is coarser than a bin.
fn finer(width: BinWidth) -> &'static str {
    match width {
        BinWidth::Document | BinWidth::Day | BinWidth::Phase => "day",
        BinWidth::Week => "week",
        BinWidth::Month => "month",
        BinWidth::Quarter => "quarter",
        BinWidth::Year => "year",
    }
}

fn days_in_bin(width: BinWidth, days: DayRange) -> String {
    let (year, month, _) = days.first.to_civil();
    match width {
        BinWidth::Week => {
            let (year, week) = days.first.iso_week();
            format!("{year:04}-W{week:02}")
        }
        BinWidth::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
        BinWidth::Month => format!("{year:04}-{month:02}"),
        BinWidth::Year => format!("{year:04}"),
        BinWidth::Day | BinWidth::Document | BinWidth::Phase => days.first.to_string(),
    }
}

/// A date as precise as it is known.
pub fn date_text(days: DayRange) -> String {
    let (year, month, _) = days.first.to_civil();
    match days.precision() {
        Precision::Day => days.first.to_string(),
        Precision::Month => format!("{year:04}-{month:02}"),
        Precision::Year => format!("{year:04}"),
    }
}

/// A number with its noun.
pub(crate) fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {}", plural(noun)),
    }
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        Some(stem) => format!("{stem}ies"),
        None if noun.ends_with("ch") => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}
