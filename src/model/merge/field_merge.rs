//! Merges the fields of a record that both sides have changed.

use super::Side;

/// Merges the fields of a record one by one, and collects those that conflict.
pub(super) struct FieldMerge<F> {
    prefer: Side,
    conflicts: Vec<F>,
}

impl<F: PartialEq> FieldMerge<F> {
    /// Prefers a side where both have changed a field.
    pub fn new(prefer: Side) -> Self {
        Self { prefer, conflicts: Vec::new() }
    }

    /// Returns the merged value of a field: that of the side that has changed it.
    pub fn merge<T: PartialEq + Clone>(&mut self, field: F, base: Option<&T>, ours: &T, theirs: &T) -> T {
        if ours == theirs || base == Some(theirs) {
            return ours.clone();
        }
        if base == Some(ours) {
            return theirs.clone();
        }
        if !self.conflicts.contains(&field) {
            self.conflicts.push(field);
        }
        match self.prefer {
            Side::Ours => ours.clone(),
            Side::Theirs => theirs.clone(),
        }
    }

    /// Records that fields conflict with each other.
    pub fn conflict(&mut self, fields: impl IntoIterator<Item = F>) {
        self.conflicts.extend(fields);
    }

    /// True if any field conflicts.
    pub fn has_conflict(&self) -> bool {
        !self.conflicts.is_empty()
    }

    /// Returns the record, with the fields that conflict.
    pub fn finish<T>(self, record: T) -> (T, Vec<F>) {
        (record, self.conflicts)
    }
}
