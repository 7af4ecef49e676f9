//! Descriptive statistics of tables. There are no p-values: passages of one document are not independent.

/// The count that a cell would have if rows and columns had nothing to do with each other; `None` in an empty table.
pub fn expected(row: usize, column: usize, all: usize) -> Option<f64> {
    (all > 0).then(|| row as f64 * column as f64 / all as f64)
}

/// The adjusted residual z of a cell (Haberman 1973): (o − e) / √(e (1 − row/n) (1 − column/n)). `None` where it is undefined.
///
/// ```
/// use demarche_analysis::views::adjusted_residual;
///
/// let z = adjusted_residual(8, 19, 15, 107).unwrap();
/// assert!((z - 3.88).abs() < 0.02);
/// assert_eq!(adjusted_residual(3, 3, 2, 3), None);
/// ```
pub fn adjusted_residual(observed: usize, row: usize, column: usize, all: usize) -> Option<f64> {
    let expected = expected(row, column, all)?;
    let share = |part: usize| 1.0 - part as f64 / all as f64;
    let variance = expected * share(row) * share(column);
    (variance > 0.0).then(|| (observed as f64 - expected) / variance.sqrt())
}

/// Yule's Q of a cell in the table folded to 2 × 2: (ad − bc) / (ad + bc).
pub fn yule_q(observed: usize, row: usize, column: usize, all: usize) -> Option<f64> {
    let [a, b, c, d] = folded(observed, row, column, all)?;
    let sum = a * d + b * c;
    (sum > 0.0).then(|| (a * d - b * c) / sum)
}

/// The φ coefficient of two properties of units: how many units have both, the first, the second, and how many there are.
pub fn phi(both: usize, one: usize, two: usize, all: usize) -> Option<f64> {
    let [a, b, c, d] = folded(both, one, two, all)?;
    let product = (a + b) * (c + d) * (a + c) * (b + d);
    (product > 0.0).then(|| (a * d - b * c) / product.sqrt())
}

fn folded(observed: usize, row: usize, column: usize, all: usize) -> Option<[f64; 4]> {
    let b = row.checked_sub(observed)?;
    let c = column.checked_sub(observed)?;
    let d = (all + observed).checked_sub(row + column)?;
    Some([observed, b, c, d].map(|count| count as f64))
}

/// Cramér's V of a table of counts: √(χ² / (n · min(r − 1, c − 1))), over rows and columns that are not empty. `None` if only
/// one row or column is left.
pub fn cramers_v(table: &[Vec<usize>]) -> Option<f64> {
    let rows: Vec<usize> = table.iter().map(|row| row.iter().sum()).collect();
    let width = table.first().map_or(0, Vec::len);
    let columns: Vec<usize> = (0..width).map(|at| table.iter().map(|row| row[at]).sum()).collect();
    let all: usize = rows.iter().sum();
    let used = |sums: &[usize]| sums.iter().filter(|sum| **sum > 0).count();
    let least = used(&rows).min(used(&columns)).checked_sub(1).filter(|least| *least > 0)?;
    let mut chi_squared = 0.0;
    for (row, cells) in rows.iter().zip(table) {
        for (column, observed) in columns.iter().zip(cells) {
            if let Some(expected) = expected(*row, *column, all).filter(|expected| *expected > 0.0) {
                chi_squared += (*observed as f64 - expected).powi(2) / expected;
            }
        }
    }
    Some((chi_squared / (all as f64 * least as f64)).sqrt())
}

/// The cosine of the angle between two lists of shares; `None` if one of them is all zero.
pub fn cosine(one: &[f64], two: &[f64]) -> Option<f64> {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let lengths = dot(one, one) * dot(two, two);
    (lengths > 0.0).then(|| dot(one, two) / lengths.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_a_table_of_two_by_two() {
        // Both 20, first 30, second 40, of 100.
        let close = |value: Option<f64>, wanted: f64| (value.unwrap() - wanted).abs() < 1e-9;
        assert!(close(expected(30, 40, 100), 12.0));
        assert!(close(
            phi(20, 30, 40, 100),
            (20.0 * 50.0 - 10.0 * 20.0) / (30.0f64 * 70.0 * 40.0 * 60.0).sqrt()
        ));
        assert!(close(yule_q(20, 30, 40, 100), 800.0 / 1200.0));
        // In a table of 2 × 2, V is the amount of φ, and z is φ times the root of n.
        assert!(close(cramers_v(&[vec![20, 10], vec![20, 50]]), phi(20, 30, 40, 100).unwrap()));
        assert!(close(adjusted_residual(20, 30, 40, 100), 10.0 * phi(20, 30, 40, 100).unwrap()));
    }

    /// Computed by hand from e = row · column / n, z = (o − e) / √(e (1 − row/n) (1 − column/n)) and Q = (ad − bc) / (ad + bc).
    #[test]
    fn measures_of_a_table_of_three_by_three() {
        let table = [[10, 5, 5], [4, 16, 0], [6, 9, 45]];
        let (rows, columns) = ([20, 20, 60], [20, 30, 50]);
        let close = |value: Option<f64>, wanted: f64| (value.unwrap() - wanted).abs() < 1e-9;
        let cells = [
            ((0, 0), 4.0, 6.0 / 1.6, 600.0 / 800.0),
            ((1, 2), 10.0, -5.0, -1.0),
            ((2, 2), 30.0, 15.0 / 6f64.sqrt(), 1500.0 / 1650.0),
        ];
        for ((row, column), e, z, q) in cells {
            let (of_row, of_column, seen) = (rows[row], columns[column], table[row][column]);
            assert!(close(expected(of_row, of_column, 100), e));
            assert!(close(adjusted_residual(seen, of_row, of_column, 100), z));
            assert!(close(yule_q(seen, of_row, of_column, 100), q));
        }
        // χ² is 9 + 1/6 + 2.5 + 0 + 100/6 + 10 + 3 + 4.5 + 7.5.
        let chi_squared = 36.5 + 101.0 / 6.0;
        assert!(close(cramers_v(&table.map(Vec::from)), (chi_squared / 200.0f64).sqrt()));
    }

    #[test]
    fn nothing_is_computed_from_nothing() {
        assert_eq!(cramers_v(&[]), None);
        assert_eq!(cramers_v(&[vec![1, 2, 3], vec![0, 0, 0]]), None);
        assert_eq!(expected(0, 0, 0), None);
        assert_eq!(cosine(&[0.0, 0.0], &[1.0, 0.0]), None);
        assert_eq!(cosine(&[2.0, 0.0], &[1.0, 0.0]), Some(1.0));
    }
}
