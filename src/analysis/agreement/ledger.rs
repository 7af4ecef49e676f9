//! Counts that add up over documents.
//!
//! Every measure here is a formula of sums over documents (α_U also of sums over pairs of documents, since
//! the units of one fit into the gaps of another). A draw of the bootstrap therefore needs the counts of each
//! document once, and never looks at a unit again.

/// Number of draws summed at once, so that the processor can vectorise them.
pub(super) const LANES: usize = 8;

/// One number per draw.
pub(super) type Lanes = [f64; LANES];

/// Index of a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column(usize);

/// Index of a [`Sweep`].
#[derive(Clone, Copy, Debug)]
pub(super) struct SweepId(usize);

/// Counts in columns. Documents are given by index.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    documents: usize,
    columns: Vec<Vec<(u32, f64)>>,
    sweeps: Vec<Sweep>,
}

/// Units and gaps of a category in all documents, longest first. Σ ℓ² · Σ (ℓ_gap − ℓ + 1) over the gaps that
/// are long enough takes a single pass.
#[derive(Debug, Default)]
pub(super) struct Sweep(Vec<SweepItem>);

/// A unit, or a number of gaps of the same length.
#[derive(Clone, Copy, Debug)]
pub(super) struct SweepItem {
    pub document: u32,
    /// Length in characters.
    pub length: f64,
    /// Number of gaps; 0 for a unit.
    pub gaps: f64,
}

impl Sweep {
    pub fn new(mut items: Vec<SweepItem>) -> Self {
        // Gaps come before units of the same length, since the unit fits in.
        items.sort_unstable_by(|a, b| b.length.total_cmp(&a.length).then(b.gaps.total_cmp(&a.gaps)));
        Self(items)
    }

    /// Sums up all items, whatever their documents.
    pub fn total(mut self) -> f64 {
        self.0.iter_mut().for_each(|item| item.document = 0);
        self.sum(&[[1.0; LANES]])[0]
    }

    fn sum(&self, weights: &[Lanes]) -> Lanes {
        let (mut gaps, mut lengths, mut room) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        for item in &self.0 {
            let weight = &weights[item.document as usize];
            if item.gaps > 0.0 {
                let reach = item.gaps * (item.length + 1.0);
                for lane in 0..LANES {
                    gaps[lane] += weight[lane] * item.gaps;
                    lengths[lane] += weight[lane] * reach;
                }
            } else {
                let square = item.length * item.length;
                for lane in 0..LANES {
                    room[lane] += weight[lane] * square * (lengths[lane] - item.length * gaps[lane]);
                }
            }
        }
        room
    }
}

impl Ledger {
    /// A ledger of this many documents.
    pub fn new(documents: usize) -> Self {
        Self { documents, ..Self::default() }
    }

    pub fn documents(&self) -> usize {
        self.documents
    }

    pub fn column(&mut self) -> Column {
        self.columns.push(Vec::new());
        Column(self.columns.len() - 1)
    }

    /// Adds to a column. Documents must be added in order.
    pub fn add(&mut self, column: Column, document: usize, value: f64) {
        let column = &mut self.columns[column.0];
        match column.last_mut() {
            Some((last, sum)) if *last as usize == document => *sum += value,
            _ if value != 0.0 => column.push((document as u32, value)),
            _ => {}
        }
    }

    pub fn sweep(&mut self, sweep: Sweep) -> SweepId {
        self.sweeps.push(sweep);
        SweepId(self.sweeps.len() - 1)
    }

    /// Sums all columns, with each document weighted by `weights` in each lane.
    pub fn sums(&self, weights: &[Lanes]) -> Sums {
        Sums {
            columns: self.columns.iter().map(|column| sum(column, weights)).collect(),
            sweeps: self.sweeps.iter().map(|sweep| sweep.sum(weights)).collect(),
        }
    }

    /// Sums all columns, with every document counted once.
    pub fn totals(&self) -> Sums {
        self.sums(&vec![[1.0; LANES]; self.documents])
    }
}

fn sum(column: &[(u32, f64)], weights: &[Lanes]) -> Lanes {
    let mut sums = [0.0; LANES];
    for (document, value) in column {
        let weight = &weights[*document as usize];
        for lane in 0..LANES {
            sums[lane] += value * weight[lane];
        }
    }
    sums
}

/// The sums of a ledger, one draw per lane.
pub(super) struct Sums {
    columns: Vec<Lanes>,
    sweeps: Vec<Lanes>,
}

impl Sums {
    /// The sums of one draw.
    pub fn lane(&self, lane: usize) -> Draw<'_> {
        Draw { sums: self, lane }
    }
}

/// The sums of one draw, as formulas read them.
#[derive(Clone, Copy)]
pub(super) struct Draw<'a> {
    sums: &'a Sums,
    lane: usize,
}

impl Draw<'_> {
    pub fn get(&self, column: Column) -> f64 {
        self.sums.columns[column.0][self.lane]
    }

    pub fn room(&self, sweep: SweepId) -> f64 {
        self.sums.sweeps[sweep.0][self.lane]
    }
}
