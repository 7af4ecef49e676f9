//! Names of losses.

mod annotations;
mod codebook;
mod documents;
mod export;
mod qda;
mod ranges;
mod read_back;
mod tasks;

use std::borrow::Cow;
use std::fmt;

use super::Noun;
use crate::loss::{Loss, LossKind};

impl Loss {
    /// The name of what was lost, in the number that its count asks for: "picture" of one, "pictures" of two.
    pub fn name(&self) -> Cow<'static, str> {
        noun(&self.kind).of(self.count)
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.name())
    }
}

fn noun(kind: &LossKind) -> Noun {
    match kind {
        LossKind::Document(kind) => kind.noun(),
        LossKind::Annotation(kind) => kind.noun(),
        LossKind::Task(kind) => kind.noun(),
        LossKind::Qda(kind) => kind.noun(),
        LossKind::Export(kind) => kind.noun(),
        LossKind::Range(kind) => kind.noun(),
        LossKind::Codebook(kind) => kind.noun(),
        LossKind::ReadBack(kind) => kind.noun(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_named_as_one() {
        use crate::loss::{DocumentLoss, ExportLoss};
        assert_eq!(Loss::new(DocumentLoss::Pictures, 1).to_string(), "1 picture");
        assert_eq!(Loss::new(ExportLoss::Links, 2).to_string(), "2 links");
    }
}
