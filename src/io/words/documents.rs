//! Words about documents in which no text was found.

use crate::loss::DocumentLoss;

/// Returns the likely reason why a file of a word processor has no text, and what to do; `has` tells what was left out.
pub(crate) fn without_text(has: impl Fn(DocumentLoss) -> bool) -> &'static str {
    let reasons = [
        (DocumentLoss::Pictures, "if its pictures show pages, run text recognition (OCR) on them first"),
        (
            DocumentLoss::HiddenWords,
            "its words are hidden; show them in the program that created it, and save it again",
        ),
        (
            DocumentLoss::TrackedDeletions,
            "its words are marked as deleted; reject the deletions in the program that created it, and save it again",
        ),
        (
            DocumentLoss::DeletedWords,
            "its words are marked as deleted; reject the deletions in the program that created it, and save it again",
        ),
        (
            DocumentLoss::EmbeddedDocuments,
            "it embeds another document; open it in the program that created it, and save that document as a file",
        ),
        (
            DocumentLoss::Objects,
            "it consists of formulas, charts or other objects; open it in the program that created it, and paste them as text",
        ),
        (
            DocumentLoss::ContentsLines,
            "it is nothing but a table of contents; choose the document that it belongs to",
        ),
        (
            DocumentLoss::HeadersAndFooters,
            "its words are in page headers and footers; move them into the text",
        ),
        (DocumentLoss::Comments, "its words are in comments; move them into the text"),
        (DocumentLoss::MissingEnds, "the file breaks off before its text begins; get a complete copy of it"),
    ];
    let found = reasons.into_iter().find(|(kind, _)| has(kind.clone()));
    found.map_or("it is empty; choose another one", |(_, advice)| advice)
}
