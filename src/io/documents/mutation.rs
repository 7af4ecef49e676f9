//! Random damage to files of every format: no reader may panic or hang, and its results must be consistent. With
//! `MUTATIONS` set and `--nocapture`, each reader reports every file that has taken it longer than all before.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{DocumentFormat, Source, wire};
use crate::annotations::mutation::{Damage, damaged};

/// The longest time that a small file may take, even on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

static SLOWEST: Mutex<BTreeMap<&str, Duration>> = Mutex::new(BTreeMap::new());

fn note(format: &'static str, took: Duration) {
    let mut slowest = SLOWEST.lock().unwrap_or_else(PoisonError::into_inner);
    let slowest = slowest.entry(format).or_default();
    if took > *slowest && std::env::var_os("MUTATIONS").is_some() {
        *slowest = took;
        eprintln!("{format}: slowest so far {took:?}");
    }
}

/// Reads a damaged file, and checks that the result can be passed between processes.
pub(super) fn check(
    format: &dyn DocumentFormat,
    file: &[u8],
    damages: &[Damage],
) -> Result<(), TestCaseError> {
    let bytes = damaged(file, damages);
    let source = Source { name: "file", bytes: &bytes, encoding: None };
    let begun = Instant::now();
    let read = format.read(&source);
    note(format.info().name, begun.elapsed());
    prop_assert!(begun.elapsed() < LONGEST, "{} took {:?}", format.info().name, begun.elapsed());
    if let Ok(documents) = read {
        prop_assert!(documents.iter().all(|document| !document.text.contains('\r')));
        let mut handed = Vec::new();
        wire::write(&Ok(documents.clone()), &mut handed).unwrap();
        prop_assert_eq!(wire::read(&handed), Some(Ok(documents)));
    }
    Ok(())
}
