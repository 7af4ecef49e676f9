//! A measurement of all JSON formats.

use std::sync::Arc;

use uuid::Uuid;

use super::{FORMATS, export, read, values};
use crate::annotations::SpanOwner;
use crate::export::sample;
use demarche_model::{AnnotatorId, Codebook, Edit, LayerId, Project, Ranges, Span, SpanId, TextRange};

/// Reads a hundred texts of 10 kB with a thousand passages each.
#[test]
#[ignore = "a measurement: cargo test --release -- --ignored --nocapture speed"]
fn speed_of_a_hundred_texts() {
    let mut project = Project::new("p", Codebook::clone(&sample::codebook()));
    for at in 0..100 {
        let text = format!("Text {at}. {}", "We will close the port, and soon. ".repeat(300));
        let document = sample::document(&format!("d{at:03}"), "T", &text);
        project.apply(Edit::InsertDocument { at, document }).unwrap();
        let layer = LayerId::new(&format!("d{at:03}").as_str().into(), &"ana".into());
        for number in 0..1000u128 {
            let id = SpanId(Uuid::from_u128((at as u128) << 80 | number << 64 | 7));
            let start = 10 + number as usize * 10;
            let ranges = Ranges::one(TextRange { start, end: start + 9 }).unwrap();
            let span = Span { ranges, id, attributes: values(1), ..sample::span(1, "move", "x", &["x"]) };
            project.apply(Edit::SetSpan { layer: layer.clone(), id, to: Some(Arc::new(span)) }).unwrap();
        }
    }
    for format in FORMATS {
        let started = std::time::Instant::now();
        let (_, bytes) = export(&project, format);
        let exported = started.elapsed();
        let started = std::time::Instant::now();
        let me = AnnotatorId::new("ana");
        read(format, "/no/such/x.json", &bytes, SpanOwner::Unsigned(&me));
        println!(
            "{format}: exported and read back in {exported:?}, imported in {:?}, {} bytes",
            started.elapsed(),
            bytes.len()
        );
    }
}
