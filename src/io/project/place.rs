//! Where the spans of a layer file lie in the text that is shown.

use super::context::{Categories, Context};
use super::folder::FileKey;
use demarche_model::{CategoryId, Claim, Codebook, DetachedReason, DocumentId, Ranges, Span, Text, TextId};

/// Puts a record that could not be placed where it says it belongs, now that text or codebook may be other ones. The text
/// is that version which the record counts.
///
/// # Errors
/// It still does not fit, and why.
pub fn place(claim: &Claim, text: &Text, codebook: &Codebook) -> Result<Span, DetachedReason> {
    let ranges = locate(claim, text)?;
    let category = category_now(claim, Some(&Categories::of(codebook)))?;
    Ok(Span { ranges, category, ..claim.span.clone() })
}

/// Where in the text that is shown a span lies, and what it is tagged as today.
pub(super) fn place_now(
    claim: &Claim,
    in_file: u32,
    context: &Context<'_>,
) -> Result<(Ranges, CategoryId), DetachedReason> {
    let Some(texts) = context.texts else {
        // What waits in another version than the file's has no place among those of the file.
        let says = (claim.span.ranges.clone(), claim.span.category.clone());
        return if claim.text == in_file { Ok(says) } else { Err(DetachedReason::TextChanged(None)) };
    };
    let text = texts.get(claim.text).unwrap_or(texts.shown());
    let ranges = locate(claim, text)?;
    // A place that is in doubt comes first: a category that is added does not mend it.
    Ok((texts.now(claim.text, ranges)?, category_now(claim, context.categories)?))
}

/// Where in the text that it counts, in bytes, a span lies that says of itself where it lies in characters.
fn locate(claim: &Claim, text: &Text) -> Result<Ranges, DetachedReason> {
    let ranges = claim.span.ranges.to_bytes(text).ok_or(DetachedReason::OutsideText)?;
    if !is_quote(&claim.quote, &ranges, text) {
        let parts: Vec<&str> = ranges.iter().map(|range| text.slice(range)).collect();
        return Err(DetachedReason::OtherQuote(parts.join(" ")));
    }
    Ok(ranges)
}

/// What a span is tagged as today; without `categories`, as it says.
fn category_now(claim: &Claim, categories: Option<&Categories<'_>>) -> Result<CategoryId, DetachedReason> {
    let says = &claim.span.category;
    match categories {
        None => Ok(says.clone()),
        Some(known) => known.now(says).cloned().ok_or(DetachedReason::UnknownCategory),
    }
}

pub(super) fn no_text(version: u32, document: &DocumentId) -> String {
    let file = FileKey::Text(TextId::new(document, version)).relative();
    format!(
        "its offsets count version {version} of the text, which is not here; bring back {}",
        file.display()
    )
}

/// Whether these are the words at the ranges, as [`Span::quote`] says them.
fn is_quote(quote: &str, ranges: &Ranges, text: &Text) -> bool {
    let mut rest = quote;
    for (index, range) in ranges.iter().enumerate() {
        let after = if index == 0 { Some(rest) } else { rest.strip_prefix(' ') };
        match after.and_then(|after| after.strip_prefix(text.slice(range))) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}
