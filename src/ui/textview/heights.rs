//! Heights of all blocks, with prefix sums and lookups in O(log n), so that neither the scroll bar nor a jump has to
//! walk the document.

/// Heights in points, with a Fenwick tree of their sums.
#[derive(Debug, Default, Clone)]
pub struct Heights {
    values: Vec<f32>,
    /// `tree[i - 1]` is the sum of the `i & -i` values that end with value `i - 1`.
    tree: Vec<f64>,
}

impl Heights {
    /// Builds the tree. O(n).
    pub fn new(values: Vec<f32>) -> Self {
        let mut tree: Vec<f64> = values.iter().copied().map(f64::from).collect();
        for i in 1..=tree.len() {
            let up = i + lowest_bit(i);
            if up <= tree.len() {
                tree[up - 1] += tree[i - 1];
            }
        }
        Self { values, tree }
    }

    /// Returns whether there is no block.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the height of a block; 0 beyond the last.
    pub fn get(&self, index: usize) -> f32 {
        self.values.get(index).copied().unwrap_or(0.0)
    }

    /// Replaces the height of a block.
    pub fn set(&mut self, index: usize, height: f32) {
        let Some(value) = self.values.get_mut(index) else { return };
        let change = f64::from(height) - f64::from(*value);
        if change == 0.0 {
            return;
        }
        *value = height;
        let mut i = index + 1;
        while let Some(cell) = self.tree.get_mut(i - 1) {
            *cell += change;
            i += lowest_bit(i);
        }
    }

    /// Returns the sum of the heights before block `index`.
    pub fn before(&self, index: usize) -> f64 {
        let mut i = index.min(self.tree.len());
        let mut sum = 0.0;
        while i > 0 {
            sum += self.tree[i - 1];
            i -= lowest_bit(i);
        }
        sum
    }

    /// Returns the sum of all heights.
    pub fn total(&self) -> f64 {
        self.before(self.tree.len())
    }

    /// Returns the block at `y` points from the top, and the distance of `y` from that block's top. Clamped to the
    /// first and last block.
    pub fn find(&self, y: f64) -> (usize, f64) {
        let mut index = 0;
        let mut left = y.max(0.0);
        let mut step = self.tree.len().checked_next_power_of_two().unwrap_or(0);
        while step > 0 {
            if let Some(&sum) = self.tree.get(index + step - 1).filter(|&&sum| sum <= left) {
                left -= sum;
                index += step;
            }
            step /= 2;
        }
        match self.values.last() {
            Some(&last) if index >= self.values.len() => (self.values.len() - 1, f64::from(last)),
            _ => (index, left),
        }
    }
}

fn lowest_bit(i: usize) -> usize {
    i & i.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::Heights;
    use proptest::prelude::*;

    #[test]
    fn an_empty_list_has_no_height() {
        let none = Heights::new(Vec::new());
        assert_eq!(none.total(), 0.0);
        assert_eq!(none.find(10.0), (0, 10.0));
        assert_eq!(none.get(3), 0.0);
    }

    #[test]
    fn positions_are_clamped_to_the_ends() {
        let two = Heights::new(vec![10.0, 20.0]);
        assert_eq!(two.find(-5.0), (0, 0.0));
        assert_eq!(two.find(10.0), (1, 0.0));
        assert_eq!(two.find(99.0), (1, 20.0));
    }

    proptest! {
        #[test]
        fn sums_agree_with_adding_up(
            mut values in prop::collection::vec(1u16..500, 1..300),
            changes in prop::collection::vec((0usize..300, 1u16..500), 0..50),
            at in 0.0f64..1.0,
        ) {
            let mut heights = Heights::new(values.iter().map(|&v| f32::from(v)).collect());
            for (i, v) in changes {
                heights.set(i, f32::from(v));
                if let Some(value) = values.get_mut(i) { *value = v; }
            }
            let sum = |n: usize| values[..n].iter().map(|&v| f64::from(v)).sum::<f64>();
            for i in 0..=values.len() {
                prop_assert_eq!(heights.before(i), sum(i));
            }
            let y = (heights.total() * at).floor();
            let (block, rest) = heights.find(y);
            prop_assert_eq!(heights.before(block) + rest, y);
            prop_assert!(rest < f64::from(values[block]));
        }
    }
}
