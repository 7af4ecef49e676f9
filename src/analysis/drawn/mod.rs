//! The figures of views: charts filled with the numbers of a view, and the passages behind what can be clicked.
//!
//! A figure is made where a view is computed. Its scene depends on the width that there is for it, and is drawn later.

mod codeline;
mod colours;
mod matrix;
mod movement;
mod network;
mod pairs;
#[cfg(test)]
mod tests;
mod time;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::bargain::PassageSet;
use crate::figure::charts::codeline::Codeline;
use crate::figure::charts::latest::LatestWords;
use crate::figure::charts::matrix::BarMatrix;
use crate::figure::charts::movement::Movement;
use crate::figure::charts::network::Network;
use crate::figure::charts::numbers::NumberMatrix;
use crate::figure::charts::timeline::Timeline;
use crate::figure::{CellKey, Scene};
use crate::views::{Look, View};

/// Height of a network on a page, as a share of its width.
const PAGE_HEIGHT: f32 = 0.7;

/// The figure of a view.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawn {
    /// The chart.
    pub chart: Chart,
    behind: BTreeMap<CellKey, Arc<PassageSet>>,
}

/// A chart with its data.
#[derive(Clone, PartialEq, Debug)]
pub enum Chart {
    /// A matrix of bars by role.
    Bars(BarMatrix),
    /// A matrix of numbers.
    Numbers(NumberMatrix),
    /// A matrix of words.
    Latest(LatestWords),
    /// Bars and scores over time.
    Time(Timeline),
    /// Who addresses whom.
    Network(Network),
    /// Passages within documents.
    Codeline(Codeline),
    /// Steps of actors over time.
    Movement(Movement),
}

impl View {
    /// The figure of the view; `None` for lists of demands and of actors, which are tables.
    pub fn drawn(&self, look: &Look<'_>) -> Option<Drawn> {
        match self {
            Self::Matrix(view) => Some(Drawn::matrix(view, look)),
            Self::Asks(_) | Self::Actors(_) => None,
            Self::Time(view) => Some(Drawn::time(view, look)),
            Self::Towards(view) => Some(Drawn::network(view, look)),
            Self::Codeline(view) => Some(Drawn::codeline(view, look)),
            Self::Movement(view) => Drawn::movement(view, look),
            Self::Together(view) => Some(Drawn::together(view, look)),
            Self::Follows(view) => Some(Drawn::follows(view)),
        }
    }

    /// Draws the figure for a page of a given width.
    pub fn figure(&self, look: &Look<'_>, width_pt: f32) -> Option<Scene> {
        self.drawn(look).map(|drawn| drawn.scene(width_pt, width_pt * PAGE_HEIGHT))
    }
}

impl Drawn {
    /// Draws the figure in a given size. Only a network depends on the height.
    pub fn scene(&self, width_pt: f32, height_pt: f32) -> Scene {
        match &self.chart {
            Chart::Bars(chart) => chart.scene(width_pt),
            Chart::Numbers(chart) => chart.scene(width_pt),
            Chart::Latest(chart) => chart.scene(width_pt),
            Chart::Time(chart) => chart.scene(width_pt),
            Chart::Network(chart) => chart.scene(width_pt, height_pt),
            Chart::Codeline(chart) => chart.scene(width_pt),
            Chart::Movement(chart) => chart.scene(width_pt),
        }
    }

    /// The passages behind a cell.
    pub fn behind(&self, key: CellKey) -> Option<&Arc<PassageSet>> {
        self.behind.get(&key)
    }
}

/// The passages behind the cells of a figure, while it is being made.
#[derive(Default)]
struct Cells(BTreeMap<CellKey, Arc<PassageSet>>);

impl Cells {
    fn add(&mut self, key: CellKey, passages: impl Into<Arc<PassageSet>>) {
        self.0.insert(key, passages.into());
    }

    fn into_figure(self, chart: Chart) -> Drawn {
        Drawn { chart, behind: self.0 }
    }
}
