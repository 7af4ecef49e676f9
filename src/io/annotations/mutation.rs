//! Random damage to files, for tests that no importer panics or hangs.

use std::path::Path;

use proptest::prelude::*;
use uuid::Uuid;

use super::importer::{Importer, Input};
use super::{Fresh, SpanOwner, place};
use crate::export::sample;
use demarche_model::AnnotatorId;

/// A way to damage a file: kind, position (of 65,536) and value.
pub(crate) type Damage = (u8, u16, u16, u8);

/// Generates some damages.
pub(crate) fn damages() -> impl Strategy<Value = Vec<Damage>> {
    prop::collection::vec((0..6u8, any::<u16>(), any::<u16>(), any::<u8>()), 1..6)
}

/// Returns the number of files to damage: `MUTATIONS` if it is set, or a few.
pub(crate) fn count(few: u32) -> ProptestConfig {
    let set = std::env::var("MUTATIONS").ok().and_then(|count| count.parse().ok());
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(set.unwrap_or(few)) }
}

/// Returns a file after some damage.
pub(crate) fn damaged(file: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for &(kind, from, to, byte) in damages {
        let at = |place: u16| bytes.len() * usize::from(place) / 65_536;
        let (start, end) = (at(from.min(to)), at(from.max(to)));
        match kind {
            0 if start < bytes.len() => bytes[start] = byte,
            1 => bytes.truncate(start),
            2 => drop(bytes.drain(start..end.min(start + 40))),
            3 => {
                let part = bytes[start..end.min(start + 200)].to_vec();
                bytes.splice(end..end, part);
            }
            4 => bytes.insert(start, b"\t\n 9[]_|*-\\"[usize::from(byte) % 11]),
            _ => drop(bytes.splice(start..start, b"99999999999999999999".iter().copied())),
        }
    }
    bytes
}

/// Reads a file and places its content in the sample; the result must be valid.
pub(crate) fn read(importer: &dyn Importer, path: &Path, bytes: Vec<u8>) {
    let mut project = sample::project();
    let Ok(draft) = importer.read(&Input::new(path, bytes)) else { return };
    let me = AnnotatorId::new("me");
    let mut last = 0;
    let mut ids = || {
        last += 1;
        Uuid::from_u128(last)
    };
    let fresh = Fresh { ids: &mut ids, now: sample::NOW };
    let incoming = place(&project, path, draft, SpanOwner::Unsigned(&me), fresh).unwrap();
    project.apply(incoming.edit).unwrap();
}
