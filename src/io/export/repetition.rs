//! The limit of what an export may repeat.
//!
//! brat compares the words of each passage with its text, and WebAnno names every passage at every token, so neither can
//! leave out long quotes as other formats do (see [`super::quotes`]). Thousands of nested passages would fill the disk;
//! such an export is refused before anything is written.

use rayon::prelude::*;

use super::Scope;
use crate::IoError;
use demarche_model::{Document, Layer, Text};

/// Greatest number of bytes that an export may repeat.
pub(super) const MOST: u64 = 512 << 20;

/// Adds up what the layers of a scope make a format repeat, and compares it with a limit. `repeated` returns the number of
/// bytes for a layer.
///
/// # Errors
/// It is more than `most` bytes.
pub(super) fn check(
    scope: &Scope<'_>,
    format: &'static str,
    most: u64,
    repeated: impl Fn(&Document, &Text, &Layer) -> u64 + Sync,
) -> Result<(), IoError> {
    let of_document = |document: &Document| {
        let Some(text) = &document.text else { return (0, 0) };
        let layers = scope.layers(document);
        let bytes: u64 = layers.iter().map(|(_, layer)| repeated(document, text, layer)).sum();
        let passages: usize = layers.iter().map(|(_, layer)| scope.spans(layer).count()).sum();
        (bytes, if bytes > 0 { passages } else { 0 })
    };
    let documents: Vec<_> = scope.documents().collect();
    let of_all = documents.par_iter().map(|document| of_document(document));
    let (bytes, passages) = of_all.reduce(|| (0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    if bytes > most { Err(IoError::TooRepetitive { format, passages, bytes, most }) } else { Ok(()) }
}

/// Returns the bytes of the text under the chosen passages of a layer, counted once for each passage.
pub(super) fn covered(scope: &Scope<'_>, layer: &Layer) -> u64 {
    scope.spans(layer).flat_map(|span| span.ranges.iter()).map(|range| range.len() as u64).sum()
}

#[cfg(test)]
mod tests {
    use super::super::brat::Brat;
    use super::super::memory::{self, Memory};
    use super::super::quotes::tests::nested;
    use super::super::webanno::WebAnno;
    use super::*;
    use demarche_model::{Project, Unfinished};

    type Write = fn(&Scope<'_>, &mut Memory, u64) -> Result<(), Unfinished<IoError>>;

    const FORMATS: [(&str, Write); 2] = [
        ("brat", |scope, out, most| Brat.write_within(scope, out, most).map(drop)),
        ("webanno-tsv", |scope, out, most| WebAnno.write_within(scope, out, most).map(drop)),
    ];

    /// What a format refuses with this limit: the passages and the expected bytes.
    fn refused(project: &Project, write: Write, limit: u64) -> Option<(usize, u64)> {
        let mut out = Memory::default();
        match write(&Scope::everything(project), &mut out, limit) {
            Ok(()) => None,
            Err(Unfinished::Failed(IoError::TooRepetitive { passages, bytes, most, .. })) => {
                assert_eq!((most, out.0.len()), (limit, 0), "nothing is written");
                Some((passages, bytes))
            }
            Err(error) => panic!("{error:?}"),
        }
    }

    #[test]
    fn an_export_that_would_repeat_too_much_is_refused() {
        // Each passage covers almost all of the 200 KB.
        let project = nested(20);
        for (name, write) in FORMATS {
            let (passages, bytes) = refused(&project, write, 1 << 20).expect(name);
            assert_eq!(passages, 21, "{name}");
            let written: usize =
                memory::export(name, &Scope::everything(&project)).0.iter().map(|f| f.1.len()).sum();
            let ratio = bytes as f64 / written as f64;
            assert!((0.5..1.5).contains(&ratio), "{name}: {bytes} expected, {written} written");
            assert_eq!(refused(&project, write, bytes), None, "{name}");
        }
    }

    #[test]
    fn passages_that_do_not_overlap_are_never_refused() {
        let project = nested(1);
        for (name, write) in FORMATS {
            assert_eq!(refused(&project, write, 100 << 10), None, "{name}");
        }
    }
}
