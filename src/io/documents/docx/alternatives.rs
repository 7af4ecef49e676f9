//! Content that a DOCX has in several versions, for programs of different age (ISO/IEC 29500-3, 7.6): one of them is read.

/// The alternatives at the current position.
#[derive(Default, Debug)]
pub(super) struct Alternatives(Vec<Alternative>);

#[derive(Debug)]
struct Alternative {
    /// Whether a version has been visited.
    taken: bool,
    /// The number of pieces of text before it.
    before: usize,
    /// Whether the version for old programs is being visited after another one, which has no words.
    is_second: bool,
}

impl Alternatives {
    /// Starts content with versions; `pieces` is the number of pieces of text so far.
    pub fn open(&mut self, pieces: usize) {
        self.0.push(Alternative { taken: false, before: pieces, is_second: false });
    }

    /// Returns whether to visit a version for newer programs: the first one.
    pub fn choice(&mut self) -> bool {
        self.0.last_mut().is_some_and(|last| !std::mem::replace(&mut last.taken, true))
    }

    /// Returns whether to visit the version for all other programs: if there is no other one with words.
    pub fn fallback(&mut self, pieces: usize) -> bool {
        let Some(last) = self.0.last_mut() else { return false };
        last.is_second = last.taken;
        !last.taken || pieces == last.before
    }

    /// Returns whether pictures and objects have been counted in another version.
    pub fn are_counted(&self) -> bool {
        self.0.iter().any(|one| one.is_second)
    }

    /// Ends content with versions.
    pub fn close(&mut self) {
        self.0.pop();
    }
}
