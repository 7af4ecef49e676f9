//! Placing the spans of a layer file in the current text.

use super::context::{Categories, Context};
use demarche_model::{CategoryId, Claim, Codebook, DetachedReason, Quote, Ranges, Span, Text};

/// Tries again to place a record that could not be placed, since text or codebook may have changed. `text` is the version
/// that the record refers to. The span that it returns has ranges in bytes.
///
/// # Errors
/// The reason why it still can't be placed.
pub fn place_claim(claim: &Claim, text: &Text, codebook: &Codebook) -> Result<Span, DetachedReason> {
    let ranges = locate(claim, text)?;
    let category = current_category(claim, Some(&Categories::new(codebook)))?;
    Ok(Span { ranges, category, ..claim.span.clone() })
}

/// Returns the ranges of a span in the current text, in bytes, and its current category. `in_file` is the version of the text
/// that the file refers to. Without texts, ranges stay in characters.
pub(super) fn place_in_current(
    claim: &Claim,
    in_file: u32,
    context: &Context<'_>,
) -> Result<(Ranges, CategoryId), DetachedReason> {
    let Some(texts) = context.texts else {
        // A record that refers to another version than the file can't be among the spans of the file.
        let stated = (claim.span.ranges.clone(), claim.span.category.clone());
        return if claim.text == in_file { Ok(stated) } else { Err(DetachedReason::TextChanged(None)) };
    };
    let text = texts.get(claim.text).unwrap_or(texts.shown());
    let ranges = locate(claim, text)?;
    // Doubtful ranges are reported first: adding a category does not fix them.
    Ok((texts.in_current(claim.text, ranges)?, current_category(claim, context.categories)?))
}

/// Returns the ranges of a claim in bytes of the text that it refers to, if its quote is there.
fn locate(claim: &Claim, text: &Text) -> Result<Ranges, DetachedReason> {
    let ranges = claim.span.ranges.to_bytes(text).ok_or(DetachedReason::OutsideText)?;
    if !claim.quote.is_at(&ranges, text) {
        return Err(DetachedReason::OtherQuote(Quote::of_span(&ranges, text)));
    }
    Ok(ranges)
}

/// Returns the current category of a claim; without `categories`, the one that it states.
fn current_category(
    claim: &Claim,
    categories: Option<&Categories<'_>>,
) -> Result<CategoryId, DetachedReason> {
    let stated = &claim.span.category;
    match categories {
        None => Ok(stated.clone()),
        Some(known) => known.resolve(stated).cloned().ok_or(DetachedReason::UnknownCategory),
    }
}
