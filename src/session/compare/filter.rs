//! Which differences are listed, and in what order.

use std::collections::BTreeSet;

use demarche_analysis::differences::{Cluster, DifferenceKind, Differences, Settlement};
use demarche_model::{AnnotatorId, CategoryId};

use super::super::Session;

/// Which differences are listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DifferenceFilter {
    /// Of these kinds alone; of all where there are none.
    pub kinds: BTreeSet<DifferenceKind>,
    /// Those that somebody has tagged with this category.
    pub category: Option<CategoryId>,
    /// Those in which this person is not with most of the others.
    pub annotator: Option<AnnotatorId>,
    /// Only those that are not settled.
    pub open: bool,
    /// Passages that all agree on, too.
    pub agreed: bool,
    /// In the order of the text; else by kind.
    pub by_place: bool,
}

impl DifferenceFilter {
    /// Whether a passage of a comparison is listed.
    pub fn lists(&self, of: &Differences, cluster: &Cluster, settled: &Settlement) -> bool {
        let kind = match cluster.kind {
            Some(kind) => self.kinds.is_empty() || self.kinds.contains(&kind),
            None => self.agreed,
        };
        let category =
            self.category.as_ref().is_none_or(|id| cluster.spans().any(|span| span.category == *id));
        let apart = |id: &AnnotatorId| {
            let place = of.annotators().iter().position(|other| other == id);
            place.is_some_and(|place| cluster.kind.is_none() || cluster.is_outlier(place))
        };
        kind && category && self.annotator.as_ref().is_none_or(apart) && !(self.open && settled.is_settled())
    }
}

/// A passage of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DifferenceRow {
    /// Its number in the comparison.
    pub at: usize,
    /// In what its readings differ; `None` where they agree.
    pub kind: Option<DifferenceKind>,
    /// Whether it is settled.
    pub settled: bool,
}

impl Session {
    /// Which differences are listed.
    pub fn difference_filter(&self) -> &DifferenceFilter {
        &self.comparing.filter
    }

    /// Chooses which differences are listed.
    pub(crate) fn filter_differences(&mut self, filter: DifferenceFilter) {
        self.comparing.set_filter(filter);
        self.list_differences();
    }

    /// The differences of the document that is shown, as the filter has them.
    pub fn difference_rows(&self) -> &[DifferenceRow] {
        &self.comparing.rows
    }

    /// Lists the differences anew, if there is something new.
    pub(super) fn list_differences(&mut self) {
        if self.view.document().is_some_and(|id| self.comparing.is_listed(id)) {
            return;
        }
        let mut rows = Vec::new();
        if let Some(compared) = self.comparison() {
            for at in 0..compared.differences().clusters().len() {
                let Some((cluster, settled)) = compared.passage(at) else { continue };
                if self.comparing.filter.lists(compared.differences(), cluster, settled) {
                    rows.push(DifferenceRow { at, kind: cluster.kind, settled: settled.is_settled() });
                }
            }
        }
        if !self.comparing.filter.by_place {
            // Agreed ones last.
            rows.sort_by_key(|row| (row.kind.is_none(), row.kind));
        }
        self.comparing.list(rows, self.view.document().cloned());
    }
}
