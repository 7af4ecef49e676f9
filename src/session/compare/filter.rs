//! Filtering and sorting the list of differences.

use std::collections::BTreeSet;

use demarche_analysis::differences::{Cluster, DifferenceKind, Differences, Settlement};
use demarche_model::{AnnotatorId, CategoryId};

use super::super::Session;

/// A filter for differences, with their order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DifferenceFilter {
    /// Only these kinds; all if empty.
    pub kinds: BTreeSet<DifferenceKind>,
    /// Only those in which an annotator has used this category.
    pub category: Option<CategoryId>,
    /// Only those in which this annotator differs from most of the others.
    pub annotator: Option<AnnotatorId>,
    /// Only those that are not settled.
    pub open: bool,
    /// Also passages that all agree on.
    pub agreed: bool,
    /// In the order of the text, rather than by kind.
    pub by_place: bool,
}

impl DifferenceFilter {
    /// Returns whether a passage of a comparison is listed.
    pub fn lists(&self, differences: &Differences, cluster: &Cluster, settled: &Settlement) -> bool {
        let kind = match cluster.kind {
            Some(kind) => self.kinds.is_empty() || self.kinds.contains(&kind),
            None => self.agreed,
        };
        let category =
            self.category.as_ref().is_none_or(|id| cluster.spans().any(|span| span.category == *id));
        let is_outlier = |id: &AnnotatorId| {
            let position = differences.annotators().iter().position(|other| other == id);
            position.is_some_and(|position| cluster.kind.is_none() || cluster.is_outlier(position))
        };
        kind && category
            && self.annotator.as_ref().is_none_or(is_outlier)
            && !(self.open && settled.is_settled())
    }
}

/// A passage of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DifferenceRow {
    /// Its index in the comparison.
    pub at: usize,
    /// The kind of difference; `None` if the readings agree.
    pub kind: Option<DifferenceKind>,
    /// Whether it is settled.
    pub settled: bool,
}

impl Session {
    /// The filter of the list of differences.
    pub fn difference_filter(&self) -> &DifferenceFilter {
        &self.comparing.filter
    }

    /// Filters the list of differences.
    pub(crate) fn filter_differences(&mut self, filter: DifferenceFilter) {
        self.comparing.set_filter(filter);
        self.list_differences();
    }

    /// The differences of the open document that match the filter.
    pub fn difference_rows(&self) -> &[DifferenceRow] {
        &self.comparing.rows
    }

    /// Updates the list of differences if it is outdated.
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
