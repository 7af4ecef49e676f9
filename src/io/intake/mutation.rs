//! Damages files of every format at random, to see that no reader panics or hangs, and that what it gives holds together.

use proptest::prelude::*;

use super::{DocumentFormat, Source, wire};
use crate::io::import::mutation::{Damage, damaged};

/// Reads a damaged file; whatever comes of it has to be fit to be handed over.
pub(super) fn check(
    format: &dyn DocumentFormat,
    file: &[u8],
    damages: &[Damage],
) -> Result<(), TestCaseError> {
    let bytes = damaged(file, damages);
    let source = Source { name: "file", bytes: &bytes, encoding: None };
    if let Ok(documents) = format.read(&source) {
        prop_assert!(documents.iter().all(|document| !document.text.contains('\r')));
        let mut handed = Vec::new();
        wire::write(&Ok(documents.clone()), &mut handed).unwrap();
        prop_assert_eq!(wire::read(&handed), Some(Ok(documents)));
    }
    Ok(())
}
