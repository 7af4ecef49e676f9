//! Documents embedded as text of a DOCX, which Word merges when it opens the file (ISO/IEC 29500-1, 17.17.2.1).

use std::collections::BTreeMap;

use super::relations::Relations;
use super::{Docx, read_within};
use crate::documents::html::{Html, check_depth, decoded, flow};
use crate::documents::office::Package;
use crate::documents::rtf::Rtf;
use crate::documents::writer::Writer;
use crate::documents::{DocumentFormat, ReadDocument, ReadError, Source};

/// Greatest depth of documents in documents.
const DEPTH: usize = 3;
/// Greatest number of embedded documents in a file and in those that it embeds.
const MOST: usize = 500;

/// The documents that may still be read.
#[derive(Debug)]
pub(super) struct Budget {
    depth: usize,
    count: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { depth: DEPTH, count: MOST }
    }
}

/// Reads the embedded documents with these ids. Those that can't be read are missing.
pub(super) fn read(
    ids: &[String],
    relations: &Relations,
    package: &mut Package<'_>,
    budget: &mut Budget,
) -> Result<BTreeMap<String, Writer>, ReadError> {
    let mut chunks = BTreeMap::new();
    for id in ids {
        let Some(relation) = relations.get(id).filter(|relation| !relation.is_outside) else { continue };
        if chunks.contains_key(id) || budget.count == 0 || budget.depth == 0 {
            continue;
        }
        budget.count -= 1;
        let Some(bytes) = package.bytes(&relation.target)? else { continue };
        budget.depth -= 1;
        let read = read_one(&relation.target, &bytes, budget);
        budget.depth += 1;
        chunks.extend(read.ok().flatten().map(|chunk| (id.clone(), chunk)));
    }
    Ok(chunks)
}

/// Reads an embedded document by its content; `None` if its format is not one of those that Word embeds as text.
fn read_one(name: &str, bytes: &[u8], budget: &mut Budget) -> Result<Option<Writer>, ReadError> {
    let source = Source { name, bytes, encoding: None };
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    if Docx.is_sure(bytes) {
        return read_within(bytes, budget).map(|read| Some(Writer::of(read)));
    }
    if Rtf.is_sure(bytes) {
        return Ok(Rtf.read(&source)?.into_iter().next().map(Writer::of));
    }
    if Html.is_sure(bytes) || matches!(ending.as_str(), "html" | "htm" | "xhtml") {
        return page(bytes).map(Some);
    }
    if matches!(ending.as_str(), "txt" | "text") {
        let decoded = crate::decode::decode(bytes, None)?;
        let dropped = decoded.damage.losses();
        return Ok(Some(Writer::of(ReadDocument { text: decoded.text, dropped, ..ReadDocument::default() })));
    }
    Ok(None)
}

/// Reads all of a page, as Word does.
fn page(bytes: &[u8]) -> Result<Writer, ReadError> {
    let decoded = decoded(bytes, None)?;
    check_depth(&decoded.text)?;
    let mut writer = Writer::default();
    flow(&decoded.text, &[], &mut writer);
    writer.lose(decoded.damage.losses());
    Ok(writer)
}
