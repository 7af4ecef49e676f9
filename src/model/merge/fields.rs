//! The fields of one record that both sides have changed.

use super::Side;

/// Merges fields one by one, and remembers which clash.
pub(super) struct Fields {
    prefer: Side,
    clashes: Vec<String>,
}

impl Fields {
    /// Prefers a side where both have changed a field.
    pub fn new(prefer: Side) -> Self {
        Self { prefer, clashes: Vec::new() }
    }

    /// A field: as the side has it that has changed it.
    pub fn take<T: PartialEq + Clone>(&mut self, name: &str, base: Option<&T>, ours: &T, theirs: &T) -> T {
        if ours == theirs || base == Some(theirs) {
            return ours.clone();
        }
        if base == Some(ours) {
            return theirs.clone();
        }
        self.clashes.push(name.to_owned());
        match self.prefer {
            Side::Ours => ours.clone(),
            Side::Theirs => theirs.clone(),
        }
    }

    /// Whether any field clashes.
    pub fn clash(&self) -> bool {
        !self.clashes.is_empty()
    }

    /// The record, with the names of the fields that clash.
    pub fn end<T>(self, record: T) -> (T, Vec<String>) {
        (record, self.clashes)
    }
}
