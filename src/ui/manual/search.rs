//! Search over all pages of the manual.

use super::markup::plain;
use super::page::{Entry, ManualPage, contents};

/// Longest excerpt of a hit, in characters.
const EXCERPT: usize = 110;

/// A section that contains all words of a query.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Its page.
    pub page: ManualPage,
    /// Its heading.
    pub section: &'static str,
    /// The name with which links lead to it.
    pub anchor: String,
    /// The paragraph with the first of the words.
    pub excerpt: String,
}

/// Returns the sections that contain all words of a query: those with a word in the heading first, then in the order of
/// the manual.
pub fn find(query: &str) -> Vec<Hit> {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let Some(first) = words.first() else { return Vec::new() };
    let pages = contents().filter_map(|entry| match entry {
        Entry::Page(page, _) => Some(page),
        Entry::Part(_) => None,
    });
    let mut found = Vec::new();
    for page in pages {
        for section in page.sections() {
            let (heading, text) = (section.title.to_lowercase(), plain(section.text));
            let all = format!("{heading}\n{}", text.to_lowercase());
            if words.iter().all(|word| all.contains(word)) {
                let in_heading = words.iter().any(|word| heading.contains(word));
                let excerpt = excerpt(&text, first);
                let (anchor, section) = (section.anchor(), section.title);
                found.push((!in_heading, Hit { page, section, anchor, excerpt }));
            }
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, hit)| hit).collect()
}

/// The line with a word, or the first one, shortened.
fn excerpt(text: &str, word: &str) -> String {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines().find(|line| line.to_lowercase().contains(word)).or_else(|| lines().next());
    let line = line.unwrap_or_default();
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or(line)),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_must_be_in_a_section_and_headings_come_first() {
        assert_eq!(find("  "), []);
        assert_eq!(find("zebra"), []);
        let hits = find("SAVE view");
        assert_eq!((hits[0].page, hits[0].section), (ManualPage::Analyse, "Save a view"));
        assert_eq!(hits[0].anchor, "save-a-view");
        assert!(
            find("blind")
                .iter()
                .any(|hit| hit.page == ManualPage::Team && hit.excerpt.contains("In a blind project"))
        );
    }
}
