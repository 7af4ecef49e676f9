//! Names of outcomes, scales and stretches of time.

use crate::bargain::{AskKind, AskState, Bin, BinWidth, Bins, DayRange, QuadClass, Scale, Weights, Window};

impl AskKind {
    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Demand => "Demand",
            Self::Offer => "Offer",
        }
    }
}

impl AskState {
    /// Its name in the interface. A demand is agreed to, an offer is accepted.
    pub fn name(self, kind: AskKind) -> &'static str {
        match (self, kind) {
            (Self::Met, AskKind::Demand) => "agreed",
            (Self::Met, AskKind::Offer) => "accepted",
            (Self::Half, _) => "partly",
            (Self::Refused, _) => "refused",
            (Self::Countered, _) => "countered",
            (Self::Dropped, _) => "withdrawn by the asker",
            (Self::Otherwise, _) => "other answer",
            (Self::Open, _) => "open",
        }
    }

    /// An explanation in one sentence.
    pub fn help(self) -> &'static str {
        match self {
            Self::Met => {
                "The latest linked answer agrees in words; whether it was carried out shows only where deeds are tagged."
            }
            Self::Half => {
                "The latest linked answer agrees in part or on a condition, or only some of those asked have agreed."
            }
            Self::Refused => {
                "The latest linked answer is a rejection, a threat, a withdrawal or a coercive act."
            }
            Self::Countered => "The latest linked answer is a demand or, to an offer, another offer.",
            Self::Dropped => "The asker has given it up.",
            Self::Otherwise => "Answers are linked, but none of them decides.",
            Self::Open => "No answer is linked.",
        }
    }
}

impl Scale {
    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::Goldstein => "Goldstein",
            Self::Plover => "PLOVER 2021",
            Self::Sign => "±1",
            Self::Custom => "Custom",
        }
    }

    /// Its source, for captions and reports.
    pub fn source(self) -> &'static str {
        match self {
            Self::Goldstein => "Goldstein (CAMEO 1.1b3, GDELT); weights of event data, applied to passages",
            Self::Plover => {
                "PLOVER, © 2021 Open Event Data Alliance, CC BY-SA 4.0, sign of ACCUSE corrected; weights of event data, \
                 applied to passages"
            }
            Self::Sign => "+1 for soft moves, −1 for hard moves",
            Self::Custom => "weights of this view",
        }
    }
}

impl Weights {
    /// The name of the scale, with the number of changed weights: `Goldstein, changed (2)`.
    pub fn name(&self) -> String {
        match self.changed() {
            0 => self.scale().name().to_owned(),
            changed => format!("{}, changed ({changed})", self.scale().name()),
        }
    }
}

impl QuadClass {
    /// Its name in the interface.
    pub fn name(self) -> &'static str {
        match self {
            Self::VerbalCooperation => "Verbal cooperation",
            Self::MaterialCooperation => "Material cooperation",
            Self::VerbalConflict => "Verbal conflict",
            Self::MaterialConflict => "Material conflict",
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

impl Bins {
    /// The label of a bin; `title` is that of the document, if the bin is one.
    pub fn label(&self, bin: Bin, title: &str) -> String {
        match bin {
            Bin::Document(_) => title.to_owned(),
            Bin::Days(days) => self.period(days),
            Bin::Phase(at) => self.phases.get(at).map(|phase| phase.name.clone()).unwrap_or_default(),
            Bin::NoPhase => "in no phase".to_owned(),
            Bin::Coarse(days) => format!("{days} (day unknown)"),
            Bin::Undated => "undated".to_owned(),
            Bin::Reported => "reported (date unknown)".to_owned(),
        }
    }

    fn period(&self, days: DayRange) -> String {
        let (year, month, _) = days.first.to_civil();
        match self.width {
            BinWidth::Week => {
                let (year, week) = days.first.iso_week();
                format!("{year}-W{week:02}")
            }
            BinWidth::Quarter => format!("{year} Q{}", (month - 1) / 3 + 1),
            BinWidth::Document | BinWidth::Day | BinWidth::Month | BinWidth::Year | BinWidth::Phase => {
                days.to_string()
            }
        }
    }
}

impl Window {
    /// Its name in the interface.
    pub fn name(self) -> String {
        match self {
            Self::Documents(1) => "the next document".to_owned(),
            Self::Documents(count) => format!("the next {count} documents"),
            Self::Days(1) => "1 day".to_owned(),
            Self::Days(days) => format!("{days} days"),
            Self::All => "all later moves".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bargain::ReportedAt;
    use demarche_model::Date;

    #[test]
    fn bins_are_labelled_by_their_width() {
        let label = |width, date: &str| {
            let days = DayRange::from_date(&Date::parse(date).unwrap());
            let bins = Bins { width, phases: Vec::new(), reported: ReportedAt::Report };
            let bin = width.period(days.first).filter(|period| period.contains(days));
            bins.label(bin.map_or(Bin::Coarse(days), Bin::Days), "")
        };
        assert_eq!(label(BinWidth::Week, "2027-01-03"), "2026-W53");
        assert_eq!(label(BinWidth::Quarter, "2026-11-05"), "2026 Q4");
        assert_eq!(label(BinWidth::Month, "2026-11-05"), "2026-11");
        assert_eq!(label(BinWidth::Day, "2026-11-05"), "2026-11-05");
        assert_eq!(label(BinWidth::Month, "2026"), "2026 (day unknown)");
    }
}
