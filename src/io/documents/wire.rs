//! The output of a reading process: one line of JSON, followed by the texts.

use std::io::Write;

use serde::{Deserialize, Serialize};

use super::ReadDocument;
use crate::loss::{Loss, LossKind};
use demarche_model::{Anchor, AnchorKind, Date};

/// The first line.
#[derive(Serialize, Deserialize, Debug)]
enum Head {
    /// The documents; their texts follow, one after the other.
    Documents(Vec<Facts>),
    /// The reason why there are none.
    Refused(String),
}

/// A document without its text.
#[derive(Serialize, Deserialize, Debug)]
struct Facts {
    bytes: usize,
    title: Option<String>,
    date: Option<String>,
    author: Option<String>,
    source: Option<String>,
    encoding: String,
    anchors: Vec<WireAnchor>,
    dropped: Vec<(LossKind, usize)>,
}

#[derive(Serialize, Deserialize, Debug)]
enum WireAnchor {
    Page(usize, String),
    Heading(usize, u8, String),
    Time(usize, String),
}

/// Writes the documents, or the reason why there are none.
///
/// # Errors
/// The reader has closed the stream.
pub(super) fn write(read: &Result<Vec<ReadDocument>, String>, out: &mut dyn Write) -> std::io::Result<()> {
    let head = match read {
        Ok(documents) => Head::Documents(documents.iter().map(facts).collect()),
        Err(why) => Head::Refused(why.clone()),
    };
    serde_json::to_writer(&mut *out, &head)?;
    out.write_all(b"\n")?;
    for document in read.iter().flatten() {
        out.write_all(document.text.as_bytes())?;
    }
    out.flush()
}

/// Reads the output of [`write`]; `None` if it is incomplete or malformed.
pub(super) fn read(bytes: &[u8]) -> Option<Result<Vec<ReadDocument>, String>> {
    let end = memchr::memchr(b'\n', bytes)?;
    let facts = match serde_json::from_slice(&bytes[..end]).ok()? {
        Head::Refused(why) => return Some(Err(why)),
        Head::Documents(facts) => facts,
    };
    let mut rest = &bytes[end + 1..];
    let mut documents = Vec::new();
    for facts in facts {
        let (text, after) = rest.split_at_checked(facts.bytes)?;
        rest = after;
        documents.push(document(facts, std::str::from_utf8(text).ok()?)?);
    }
    rest.is_empty().then_some(Ok(documents))
}

fn facts(document: &ReadDocument) -> Facts {
    let wire_anchor = |anchor: &Anchor| match &anchor.kind {
        AnchorKind::Page(name) => WireAnchor::Page(anchor.at, name.to_string()),
        AnchorKind::Heading { level, title } => WireAnchor::Heading(anchor.at, *level, title.clone()),
        AnchorKind::Time(time) => WireAnchor::Time(anchor.at, time.to_string()),
    };
    Facts {
        bytes: document.text.len(),
        title: document.title.clone(),
        date: document.date.as_ref().map(|date| date.as_str().to_owned()),
        author: document.author.clone(),
        source: document.source.clone(),
        encoding: document.encoding.clone(),
        anchors: document.anchors.iter().map(wire_anchor).collect(),
        dropped: document.dropped.iter().map(|loss| (loss.kind.clone(), loss.count)).collect(),
    }
}

/// Returns the document; `None` if an anchor is outside the text or inside a character.
fn document(facts: Facts, text: &str) -> Option<ReadDocument> {
    let anchor = |wire| {
        let (at, kind) = match wire {
            WireAnchor::Page(at, name) => (at, AnchorKind::Page(name.into())),
            WireAnchor::Heading(at, level, title) => (at, AnchorKind::Heading { level, title }),
            WireAnchor::Time(at, time) => (at, AnchorKind::Time(time.into())),
        };
        text.is_char_boundary(at).then_some(Anchor { at, kind })
    };
    let anchors: Option<Vec<Anchor>> = facts.anchors.into_iter().map(anchor).collect();
    Some(ReadDocument {
        text: text.to_owned(),
        title: facts.title,
        date: facts.date.and_then(|date| Date::parse(&date)),
        author: facts.author,
        source: facts.source,
        anchors: anchors.filter(|anchors| anchors.is_sorted_by_key(|anchor| anchor.at))?,
        dropped: facts.dropped.into_iter().map(|(kind, count)| Loss { kind, count }).collect(),
        encoding: facts.encoding,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::DocumentLoss;

    fn documents() -> Vec<ReadDocument> {
        let page = |at, name: &str| Anchor { at, kind: AnchorKind::Page(name.into()) };
        let heading = Anchor { at: 4, kind: AnchorKind::Heading { level: 2, title: "b\n".to_owned() } };
        let one = ReadDocument {
            text: "\u{e9}\n\nb\n".to_owned(),
            title: Some("T".to_owned()),
            date: Date::parse("2026-03"),
            anchors: vec![page(0, "i"), heading, Anchor { at: 6, kind: AnchorKind::Time("00:01:02".into()) }],
            dropped: vec![
                Loss::new(DocumentLoss::Pictures, 2),
                Loss::new(DocumentLoss::LongValues { column: "party".to_owned() }, 1),
            ],
            encoding: "UTF-8".to_owned(),
            ..ReadDocument::default()
        };
        vec![one.clone(), ReadDocument { text: "two".to_owned(), anchors: Vec::new(), ..one }]
    }

    fn written(read: &Result<Vec<ReadDocument>, String>) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(read, &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn documents_are_read_back() {
        for handed in [Ok(documents()), Ok(Vec::new()), Err("why\nnot".to_owned())] {
            assert_eq!(read(&written(&handed)), Some(handed));
        }
    }

    #[test]
    fn incomplete_or_inconsistent_output_is_refused() {
        let whole = written(&Ok(documents()));
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), None, "{end}");
        }
        let mut inside = documents();
        inside[0].anchors[0].at = 1;
        assert_eq!(read(&written(&Ok(inside))), None);
    }
}
