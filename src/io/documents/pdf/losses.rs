//! Counts of what the text leaves out, and of pages that may not be read as they are meant.

use super::glyphs::Shows;
use crate::documents::writer::Writer;
use crate::loss::DocumentLoss;

/// What was found on the pages that is not in the text, or not as it is there.
#[derive(Default, Debug)]
pub(super) struct Found {
    pub headers: usize,
    pub line_numbers: usize,
    /// The number of letters outside the visible part of their page.
    pub outside: usize,
    pub unread_pages: usize,
    pictures: usize,
    scanned: usize,
    comments: usize,
    hidden_fields: usize,
    /// Indexes of pages, each with a count of letters.
    unmapped: Vec<(usize, usize)>,
    at_angles: Vec<usize>,
    garbled: Vec<usize>,
}

impl Found {
    /// Counts what a page shows.
    pub fn page(&mut self, page: usize, shows: &Shows) {
        self.pictures += shows.pictures;
        self.comments += shows.comments;
        self.hidden_fields += shows.hidden_fields;
        if shows.unmapped > 0 {
            self.unmapped.push((page, shows.unmapped));
        }
        self.scanned += usize::from(shows.glyphs.is_empty() && shows.unmapped == 0 && shows.pictures > 0);
    }

    /// Notes that there is text at an odd angle on a page.
    pub fn at_angles(&mut self, page: usize) {
        note(&mut self.at_angles, page);
    }

    /// Notes that the order of the words on a page is doubtful.
    pub fn garbled(&mut self, page: usize) {
        note(&mut self.garbled, page);
    }

    /// Returns whether there are letters that the file does not tell.
    pub fn is_unmapped(&self) -> bool {
        !self.unmapped.is_empty()
    }

    /// Counts everything as left out or doubtful.
    pub fn tell(self, writer: &mut Writer, names: &[String]) {
        writer.drop(DocumentLoss::HeadersFootersAndNumbers, self.headers);
        writer.drop(DocumentLoss::LineNumbers, self.line_numbers);
        writer.drop(DocumentLoss::OutsideText, self.outside);
        writer.drop(DocumentLoss::UnreadPages, self.unread_pages);
        writer.drop(DocumentLoss::Pictures, self.pictures);
        writer.drop(DocumentLoss::ScannedPages, self.scanned);
        writer.drop(DocumentLoss::Comments, self.comments);
        writer.drop(DocumentLoss::FormFields, self.hidden_fields);
        let count = self.unmapped.iter().map(|(_, count)| count).sum();
        let pages: Vec<usize> = self.unmapped.iter().map(|(page, _)| *page).collect();
        writer.drop(DocumentLoss::UnmappedText { pages: listed(&pages, names) }, count);
        let (angles, garbled) = (listed(&self.at_angles, names), listed(&self.garbled, names));
        writer.drop(DocumentLoss::OddAngles { pages: angles }, self.at_angles.len());
        writer.drop(DocumentLoss::GarbledOrder { pages: garbled }, self.garbled.len());
    }
}

fn note(pages: &mut Vec<usize>, page: usize) {
    if pages.last() != Some(&page) {
        pages.push(page);
    }
}

/// Lists pages by their names, runs of them as a range: `2, 5–8`.
fn listed(pages: &[usize], names: &[String]) -> String {
    let name = |page: &usize| names.get(*page).map_or_else(String::new, Clone::clone);
    let runs = pages.chunk_by(|one, next| one + 1 == *next).map(|run| match run {
        [one] => name(one),
        [first, .., last] => format!("{}–{}", name(first), name(last)),
        [] => String::new(),
    });
    runs.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_listed_by_their_names() {
        let names: Vec<String> = ["i", "ii", "1", "2", "3"].map(str::to_owned).into();
        assert_eq!(listed(&[0, 2, 3, 4], &names), "i, 1–3");
        assert_eq!(listed(&[], &names), "");
    }
}
