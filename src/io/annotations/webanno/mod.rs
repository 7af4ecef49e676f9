//! Import of WebAnno TSV 1, 2 and 3: what `export::webanno`, WebAnno and INCEpTION write, with a document per file. For the
//! source see `export::webanno`.
//!
//! The category of a passage is the feature `label` or `value` of its layer, or its only feature, or else the layer. Other
//! features are attributes, and `comment` is the note. Slots are links. Linguistic layers (parts of speech, lemmas, syntax),
//! chains and annotations that cover no words are counted and left out.
//!
//! The file has no text between sentences, so the text is rebuilt; if the project has a text that differs only in spacing, the
//! passages are placed in it. In the folders `annotation` and `curation` of an exported project, the file name is the
//! annotator.

mod cells;
mod older;
mod schema;
mod spans;
mod text;

#[cfg(test)]
mod tests;

use super::importer::{Importer, Input};
use super::whose::whose;
use super::{Draft, DraftDocument, Unit};
use crate::IoError;
use crate::annotations::refusal::FileFault;
use cells::Reader;
use older::Older;
use schema::Schema;
use text::Rebuilt;

/// The beginning of a file.
const FORMAT: &str = "#FORMAT=WebAnno TSV 3";

/// WebAnno TSV.
pub(super) struct WebAnno;

impl Importer for WebAnno {
    fn name(&self) -> &'static str {
        "webanno-tsv"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["tsv"]
    }

    fn fits(&self, head: &[u8]) -> bool {
        let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
        head.starts_with(FORMAT.as_bytes()) || Older::of(head).is_some()
    }

    fn keeps_texts(&self) -> bool {
        false
    }

    fn parse(&self, input: &Input<'_>) -> Result<Draft, IoError> {
        let content = String::from_utf8_lossy(&input.bytes);
        let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
        if let Some(version) = Older::of(content.as_bytes()) {
            return Ok(older::read(input, content, version));
        }
        if !content.starts_with(FORMAT) {
            return Err(IoError::Problem(input.refused(Some(1), FileFault::NotWebAnno(FORMAT))));
        }
        let mut schema = Schema::default();
        let mut lines = (1..)
            .zip(content.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)))
            .skip(1)
            .peekable();
        while let Some((_, line)) = lines.next_if(|(_, line)| !line.is_empty()) {
            schema.declare(line);
        }
        let is_java =
            content.starts_with("#FORMAT=WebAnno TSV 3.0") || content.starts_with("#FORMAT=WebAnno TSV 3.1");
        let mut rebuilt = Rebuilt::new(content.len(), is_java);
        let mut reader = Reader::new(input, &schema);
        while lines.peek().is_some() {
            let block: Vec<(usize, &str)> =
                std::iter::from_fn(|| lines.next_if(|(_, line)| !line.is_empty())).collect();
            lines.next_if(|(_, line)| line.is_empty());
            match rebuilt.sentence(&block) {
                Ok(rows) => rows.iter().for_each(|row| reader.row(row)),
                Err((line, why)) => reader.refuse(line, why),
            }
        }
        let (annotator, id) = whose(input);
        let cells::Read { spans, links, problems, losses } = reader.finish(annotator.as_deref());
        let text = rebuilt.finish();
        let document = DraftDocument {
            id,
            text,
            counting: Unit::Utf16.into(),
            rebuilt: true,
            spans,
            links,
            ..DraftDocument::default()
        };
        Ok(Draft { documents: vec![document], problems, losses, ..Draft::default() })
    }
}
