//! What the Analyse screen is asked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use demarche_analysis::bargain::{
    BinWidth, Bins, CoderChoice, Collectives, DayRange, LedgerOptions, Phase, ReportedAt, Scale, Window,
};
use demarche_analysis::filter::FactSettings;
use demarche_analysis::views::{
    AsksOptions, CodelineOptions, FollowsOptions, MatrixOptions, Rules, TimeOptions, TogetherOptions,
    TowardsOptions, ViewOptions, first_width,
};
use demarche_model::{CategoryId, Date, Project, SpanId, ViewKind};

/// What the Analyse screen is asked: a filter, the rules for all views, a view and its options.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct AnalyseQuestion {
    /// The coders whose layers count, unless the filter names them.
    pub coders: CoderChoice,
    /// The filter as text. It has no errors.
    pub filter: String,
    /// The rules for all views.
    pub rules: Rules,
    /// The scale of conflict and cooperation.
    pub scale: Scale,
    /// Weights that differ from those of the scale.
    pub weights: BTreeMap<CategoryId, f64>,
    /// The width of bins; `None` for the one that fits the number of documents.
    pub width: Option<BinWidth>,
    /// The date of reported moves.
    pub reported: ReportedAt,
    /// How far possible answers are looked for.
    pub window: Window,
    /// The date as of which demands and offers are drawn up; `None` for the end of the corpus.
    pub as_of: Option<Date>,
    /// The current view.
    pub view: ViewKind,
    /// The options of each view.
    pub options: OptionsByView,
}

/// The options of each view, so that a view is found as it was left.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct OptionsByView {
    /// Overview matrix.
    pub matrix: MatrixOptions,
    /// Demands and offers.
    pub asks: AsksOptions,
    /// Over time.
    pub time: TimeOptions,
    /// Interactions.
    pub towards: TowardsOptions,
    /// Within documents.
    pub codeline: CodelineOptions,
    /// Co-occurrence.
    pub together: TogetherOptions,
    /// Sequences.
    pub follows: FollowsOptions,
}

impl OptionsByView {
    /// The options of one view.
    pub fn of(&self, kind: ViewKind) -> ViewOptions {
        match kind {
            ViewKind::Matrix => ViewOptions::Matrix(self.matrix.clone()),
            ViewKind::Asks => ViewOptions::Asks(self.asks),
            ViewKind::Actors => ViewOptions::Actors,
            ViewKind::Time => ViewOptions::Time(self.time),
            ViewKind::Towards => ViewOptions::Towards(self.towards),
            ViewKind::Codeline => ViewOptions::Codeline(self.codeline),
            ViewKind::Movement => ViewOptions::Movement,
            ViewKind::Together => ViewOptions::Together(self.together),
            ViewKind::Follows => ViewOptions::Follows(self.follows),
        }
    }
}

impl AnalyseQuestion {
    /// What the ledger is asked, and the settings on which filters depend. Pairs of an ask and a possible answer that were
    /// dismissed are left out.
    pub fn settings(&self, dismissed: Arc<BTreeSet<(SpanId, SpanId)>>) -> FactSettings {
        FactSettings {
            ledger: LedgerOptions {
                counted: self.rules.counted,
                window: self.window,
                as_of: self.as_of.as_ref().map(|date| DayRange::from_date(date).last),
                dismissed,
            },
            has_members: self.rules.collectives == Collectives::Members,
            reported: self.reported,
        }
    }

    /// The bins of time, with the phases of everyone if these are the bins.
    pub fn bins(&self, project: &Project) -> Bins {
        let width = self.width.unwrap_or_else(|| first_width(project.documents().len()));
        let phases = if width == BinWidth::Phase { phases(project) } else { Vec::new() };
        Bins { width, phases, reported: self.reported }
    }

    /// Swaps the rows and columns of the overview matrix. Other views have none.
    pub(super) fn swap_axes(&mut self) {
        if self.view == ViewKind::Matrix {
            let matrix = &mut self.options.matrix;
            std::mem::swap(&mut matrix.rows, &mut matrix.columns);
        }
    }
}

/// The phases in everyone's calendar, the earliest first.
fn phases(project: &Project) -> Vec<Phase> {
    let mut phases = Vec::new();
    for notes in project.analysis_notes().values() {
        for phase in notes.calendar.sorted_phases() {
            let (from, to) = (DayRange::from_date(&phase.from), DayRange::from_date(&phase.to));
            let days = DayRange { first: from.first, last: to.last };
            phases.push(Phase { name: phase.name.clone(), days });
        }
    }
    phases.sort_by_key(|phase| phase.days);
    phases
}
