//! Stretches of time into which moves are sorted.

use super::{DayRange, DocumentIndex, Passage};
use crate::summary::Day;

/// The width of the bins of a view over time.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BinWidth {
    /// A bin per document.
    Document,
    /// A day.
    Day,
    /// An ISO 8601 week, from Monday.
    Week,
    /// A calendar month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A calendar year.
    Year,
    /// A named period of the negotiation.
    Phase,
}

impl BinWidth {
    /// All widths, in the order of the interface.
    pub const ALL: [Self; 7] =
        [Self::Document, Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year, Self::Phase];

    /// Its code, in views and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Phase => "phase",
        }
    }

    /// The width with a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|width| width.code() == code)
    }

    /// The calendar period of this width that contains a day; `None` for documents and phases.
    pub fn period(self, day: Day) -> Option<DayRange> {
        let (year, month, _) = day.to_civil();
        match self {
            Self::Document | Self::Phase => None,
            Self::Day => Some(DayRange::day(day)),
            Self::Week => Some(DayRange { first: day.monday(), last: Day(day.monday().0 + 6) }),
            Self::Month => Some(DayRange::month(year, month)),
            Self::Quarter => {
                let first = (month - 1) / 3 * 3 + 1;
                let days = [first, first + 2].map(|month| DayRange::month(year, month));
                Some(DayRange { first: days[0].first, last: days[1].last })
            }
            Self::Year => Some(DayRange::year(year)),
        }
    }
}

/// A named period of the negotiation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phase {
    /// Its name.
    pub name: String,
    /// Its days.
    pub days: DayRange,
}

/// The date of a reported move.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum ReportedAt {
    /// The date of the document that reports it.
    #[default]
    Report,
    /// Unknown.
    Unknown,
}

/// A bin. Bins sort by time; those whose time is uncertain or unknown come last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Bin {
    /// A document.
    Document(DocumentIndex),
    /// A calendar period.
    Days(DayRange),
    /// A phase, by its position in the list.
    Phase(usize),
    /// Days that are in no phase.
    NoPhase,
    /// A date that may be in several bins, such as 2026 among months.
    Coarse(DayRange),
    /// Without a date.
    Undated,
    /// Reported, with an unknown date.
    Reported,
}

/// A way of sorting moves into bins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bins {
    /// The width.
    pub width: BinWidth,
    /// The phases, by their first day.
    pub phases: Vec<Phase>,
    /// The date of reported moves.
    pub reported: ReportedAt,
}

impl Bins {
    /// The bin of a passage.
    pub fn bin(&self, passage: &Passage) -> Bin {
        if passage.is_reported && self.reported == ReportedAt::Unknown {
            return Bin::Reported;
        }
        match passage.order_date {
            _ if self.width == BinWidth::Document => Bin::Document(passage.document),
            Some(days) => self.of_days(days),
            None => Bin::Undated,
        }
    }

    fn of_days(&self, days: DayRange) -> Bin {
        if self.width == BinWidth::Phase {
            let phase = self.phases.iter().position(|phase| phase.days.contains(days));
            let touches = self.phases.iter().any(|phase| phase.days.may_overlap(days));
            let other = if touches { Bin::Coarse(days) } else { Bin::NoPhase };
            return phase.map_or(other, Bin::Phase);
        }
        match self.width.period(days.first) {
            Some(period) if period.contains(days) => Bin::Days(period),
            Some(_) | None => Bin::Coarse(days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_model::Date;

    fn days(text: &str) -> DayRange {
        DayRange::from_date(&Date::parse(text).unwrap())
    }

    fn bins(width: BinWidth, phases: &[(&str, &str)]) -> Bins {
        let phase = |(first, last): &(&str, &str)| Phase {
            name: String::new(),
            days: DayRange { first: days(first).first, last: days(last).last },
        };
        Bins { width, phases: phases.iter().map(phase).collect(), reported: ReportedAt::Report }
    }

    #[test]
    fn a_date_that_is_coarser_than_the_bin_has_a_bin_of_its_own() {
        let month = bins(BinWidth::Month, &[]);
        assert_eq!(month.of_days(days("2026-03-14")), Bin::Days(days("2026-03")));
        assert_eq!(month.of_days(days("2026-03")), Bin::Days(days("2026-03")));
        assert_eq!(month.of_days(days("2026")), Bin::Coarse(days("2026")));
        let week = bins(BinWidth::Week, &[]);
        let monday = DayRange { first: days("2026-03-02").first, last: days("2026-03-08").last };
        assert_eq!(week.of_days(days("2026-03-08")), Bin::Days(monday));
        assert_eq!(week.of_days(days("2026-03")), Bin::Coarse(days("2026-03")));
        let quarter = bins(BinWidth::Quarter, &[]).of_days(days("2026-11"));
        assert_eq!(quarter, Bin::Days(DayRange { first: days("2026-10").first, last: days("2026-12").last }));
    }

    #[test]
    fn phases_hold_what_is_wholly_inside() {
        let phases = bins(BinWidth::Phase, &[("2026-02", "2026-02"), ("2026-03-04", "2026-03-06")]);
        let bin = |text| phases.of_days(days(text));
        assert_eq!(bin("2026-02"), Bin::Phase(0));
        assert_eq!(bin("2026-03-05"), Bin::Phase(1));
        assert_eq!(bin("2026-03"), Bin::Coarse(days("2026-03")));
        assert_eq!(bin("2026-05-01"), Bin::NoPhase);
    }

    #[test]
    fn uncertain_bins_come_last() {
        let all =
            [Bin::Days(days("2026")), Bin::NoPhase, Bin::Coarse(days("2020")), Bin::Undated, Bin::Reported];
        assert!(all.is_sorted());
        for width in BinWidth::ALL {
            assert_eq!(BinWidth::from_code(width.code()), Some(width));
        }
    }
}
