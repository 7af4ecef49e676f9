//! The anchors of a document in JSONL: `{"at":0,"page":"3"}`, `{"at":9,"heading":"Talks","level":1}`, `{"at":9,"time":"00:01:02"}`.

use serde::{Serialize, Serializer};

use demarche_model::{AnchorKind, Anchors, Text};

/// The anchors of a document, serialised one by one.
pub(super) struct WireAnchors<'a> {
    pub anchors: &'a Anchors,
    pub text: &'a Text,
}

impl WireAnchors<'_> {
    /// Returns the anchors of a document. One without anchors has no such field.
    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum WireAnchor<'a> {
    Page { at: usize, page: &'a str },
    Heading { at: usize, heading: &'a str, level: u8 },
    Time { at: usize, time: &'a str },
}

impl Serialize for WireAnchors<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.anchors.all().iter().map(|anchor| {
            let at = self.text.char_offset(anchor.at);
            match &anchor.kind {
                AnchorKind::Page(page) => WireAnchor::Page { at, page },
                AnchorKind::Heading { level, title } => {
                    WireAnchor::Heading { at, heading: title, level: *level }
                }
                AnchorKind::Time(time) => WireAnchor::Time { at, time },
            }
        }))
    }
}
