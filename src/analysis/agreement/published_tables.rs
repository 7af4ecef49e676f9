//! Tables of published examples, for tests.

/// Number of units to which the first annotator has given the label of the row and the second that of the
/// column.
pub struct Table<const N: usize>(pub [[f64; N]; N]);

impl<const N: usize> Table<N> {
    pub fn units(&self) -> f64 {
        self.0.iter().flatten().sum()
    }

    pub fn agreeing(&self) -> f64 {
        (0..N).map(|label| self.0[label][label]).sum()
    }

    /// Number of times the first and the second annotator have given each label.
    pub fn labels(&self) -> impl Iterator<Item = (f64, f64)> + Clone + '_ {
        (0..N).map(|label| (self.0[label].iter().sum(), self.0.iter().map(|row| row[label]).sum()))
    }
}

/// Artstein & Poesio 2008, example 1: percent agreement .70.
#[test]
fn percent_agreement_of_artstein_and_poesios_example() {
    let table = Table([[20.0, 10.0], [20.0, 50.0]]);
    assert_eq!(super::percent::agreement(table.agreeing(), table.units()), Ok(0.7));
}
