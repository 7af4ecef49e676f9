//! The fields of one record that both sides have changed.

use super::Side;

/// Merges the fields of a record one by one, and collects those that clash.
pub(super) struct Fields<F> {
    prefer: Side,
    clashes: Vec<F>,
}

impl<F> Fields<F> {
    /// Takes the value of `prefer` where both sides have changed a field.
    pub fn new(prefer: Side) -> Self {
        Self { prefer, clashes: Vec::new() }
    }

    /// The merged value of a field: that of the side that changed it.
    pub fn take<T: PartialEq + Clone>(&mut self, field: F, base: Option<&T>, ours: &T, theirs: &T) -> T {
        if ours == theirs || base == Some(theirs) {
            return ours.clone();
        }
        if base == Some(ours) {
            return theirs.clone();
        }
        self.clashes.push(field);
        match self.prefer {
            Side::Ours => ours.clone(),
            Side::Theirs => theirs.clone(),
        }
    }

    /// Whether any field clashes.
    pub fn clash(&self) -> bool {
        !self.clashes.is_empty()
    }

    /// The record, with the fields that clash.
    pub fn end<T>(self, record: T) -> (T, Vec<F>) {
        (record, self.clashes)
    }
}
