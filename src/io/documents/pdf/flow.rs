//! Paragraphs across columns and pages.

use super::pieces::{Kind, Page, Piece};

/// Joins paragraphs that end in the middle of a sentence with their continuations, in the next column or on the next
/// page, whose parts keep their pages. Notes come after the paragraph that surrounds them.
pub(super) fn join(pages: &mut [Page]) {
    for page in pages.iter_mut() {
        let mut joined: Vec<Piece> = Vec::with_capacity(page.pieces.len());
        for mut piece in page.pieces.drain(..) {
            match joined.last_mut() {
                Some(last) if last.is_broken_off(&piece) => append(last, &mut piece),
                _ => joined.push(piece),
            }
        }
        page.pieces = joined;
    }
    // The page and index of the last paragraph.
    let mut open: Option<(usize, usize)> = None;
    for at in 0..pages.len() {
        let (before, rest) = pages.split_at_mut(at);
        let Some(page) = rest.first_mut() else { break };
        let last = open.and_then(|(page, piece)| before.get_mut(page)?.pieces.get_mut(piece));
        if let Some(last) = last
            && page.headings.is_empty()
            && page.pieces.first().is_some_and(|first| first.goes_on_from(&last.text()))
        {
            append(last, &mut page.pieces.remove(0));
            let is_whole = page.pieces.iter().all(|piece| piece.kind == Kind::Note);
            if is_whole && before.len() + 1 < usize::MAX {
                continue;
            }
        }
        let text = page.pieces.iter().rposition(|piece| piece.kind != Kind::Note);
        open = text
            .filter(|text| page.pieces.get(*text).is_some_and(|piece| piece.kind == Kind::Paragraph))
            .map(|text| (at, text));
    }
}

fn append(piece: &mut Piece, next: &mut Piece) {
    piece.parts.append(&mut next.parts);
    piece.lines += next.lines;
}
