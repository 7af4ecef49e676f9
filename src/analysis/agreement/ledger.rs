//! Counts that add up over documents.
//!
//! Every measure here is a formula of sums over documents (α_U of sums over pairs of documents, too: units of one fit into
//! gaps of another). So a draw of the bootstrap needs the counts of each document once, and never looks at a unit again.

/// Draws that are summed up at once, so that the processor can do them side by side.
pub(super) const LANES: usize = 8;

/// One number per draw.
pub(super) type Lanes = [f64; LANES];

/// Names a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column(usize);

/// Names a [`Sweep`].
#[derive(Clone, Copy, Debug)]
pub(super) struct SweepId(usize);

/// Counts of some documents, in columns. Documents go by number.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    documents: usize,
    columns: Vec<Vec<(u32, f64)>>,
    sweeps: Vec<Sweep>,
}

/// Units and gaps of a category in the documents, longest first: Σ ℓ² · Σ (ℓ_gap − ℓ + 1) over gaps that are long enough is one
/// run through them.
#[derive(Debug, Default)]
pub(super) struct Sweep(Vec<Piece>);

/// A unit, or as many gaps as `gaps` says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub document: u32,
    /// In characters.
    pub length: f64,
    /// 0 for a unit.
    pub gaps: f64,
}

impl Sweep {
    pub fn new(mut pieces: Vec<Piece>) -> Self {
        // Of one length gaps come first, since the unit fits in.
        pieces.sort_unstable_by(|a, b| b.length.total_cmp(&a.length).then(b.gaps.total_cmp(&a.gaps)));
        Self(pieces)
    }

    fn sum(&self, weights: &[Lanes]) -> Lanes {
        let (mut gaps, mut lengths, mut room) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
        for piece in &self.0 {
            let weight = &weights[piece.document as usize];
            if piece.gaps > 0.0 {
                let reach = piece.gaps * (piece.length + 1.0);
                for lane in 0..LANES {
                    gaps[lane] += weight[lane] * piece.gaps;
                    lengths[lane] += weight[lane] * reach;
                }
            } else {
                let square = piece.length * piece.length;
                for lane in 0..LANES {
                    room[lane] += weight[lane] * square * (lengths[lane] - piece.length * gaps[lane]);
                }
            }
        }
        room
    }
}

impl Ledger {
    /// A ledger of so many documents.
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

    /// Adds to a column. Documents come in order.
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

    /// The sums of all columns, every document counted as often as `weights` says in each lane.
    pub fn sums(&self, weights: &[Lanes]) -> Sums {
        Sums {
            columns: self.columns.iter().map(|column| sum(column, weights)).collect(),
            sweeps: self.sweeps.iter().map(|sweep| sweep.sum(weights)).collect(),
        }
    }

    /// The sums with every document counted once.
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

/// Sums of a ledger, for as many draws as there are lanes.
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

/// The sums of one draw: what formulas read.
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
