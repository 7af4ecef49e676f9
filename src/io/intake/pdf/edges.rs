//! Headers, footers and page numbers: what stands at the edge of most pages, alike but for its number.

use std::collections::{BTreeMap, BTreeSet};

use super::pieces::{Kind, Page};

/// So many pieces at the top of a page, and at its foot, may be header and footer.
const EDGE: usize = 2;
/// Longest header or footer, in bytes.
const LONGEST: usize = 120;
/// Fewer pages do not tell what stands on most of them.
const PAGES: usize = 3;
/// Of a hundred pages so many have to bear it: left and right pages may bear different ones.
const SHARE: usize = 40;

/// Takes headers, footers and page numbers away, and says how each page is called: by the number that was printed on it, or
/// else by its number in the file.
pub(super) fn remove(pages: &mut [Page]) -> Vec<String> {
    let mut counts: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for page in pages.iter() {
        let keys: BTreeSet<(bool, String)> =
            edge(page).into_iter().flat_map(|line| line.keys.map(|key| (line.top, key))).collect();
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    let least = PAGES.max((pages.len() * SHARE).div_ceil(100));
    let repeats = |line: &Line| {
        line.keys.iter().any(|key| counts.get(&(line.top, key.clone())).is_some_and(|count| *count >= least))
    };
    let mut printed = Vec::new();
    for page in pages.iter_mut() {
        let lines = edge(page);
        // From the edge inwards, up to the first line that is one of the text.
        let outer =
            |top: bool| lines.iter().filter(move |line| line.top == top).take_while(|line| repeats(line));
        let places: BTreeSet<usize> = outer(true).chain(outer(false)).map(|line| line.place).collect();
        let removed: Vec<String> = places.iter().rev().map(|place| page.pieces.remove(*place).text).collect();
        page.removed = removed.len();
        printed.push(removed.iter().find_map(|text| number_in(text)));
    }
    names(pages, &printed)
}

/// A line at the edge of a page.
struct Line {
    top: bool,
    place: usize,
    /// Its words as they are, and with their number as it runs along with the pages.
    keys: [String; 2],
}

/// The lines at the edges of a page, from the edge inwards.
fn edge(page: &Page) -> Vec<Line> {
    let count = page.pieces.len();
    let tops = (0..count.min(EDGE)).map(|place| (true, place));
    let feet = (count.saturating_sub(EDGE)..count).rev().map(|place| (false, place));
    let is_line = |place: usize| {
        let piece = &page.pieces[place];
        !matches!(piece.kind, Kind::Table(_))
            && piece.text.len() <= LONGEST
            && !piece.text.trim().contains('\n')
    };
    let lines = tops.chain(feet).filter(|(_, place)| is_line(*place));
    lines.map(|(top, place)| Line { top, place, keys: keys(&page.pieces[place].text, page.number) }).collect()
}

fn keys(text: &str, page: u32) -> [String; 2] {
    let exact: String = text.to_lowercase().split_whitespace().collect();
    let is_roman = !exact.is_empty() && exact.len() <= 8 && exact.chars().all(|c| "ivxlc".contains(c));
    if is_roman {
        return [exact, "#".to_owned()];
    }
    let relative = number_in(&exact).map(|number| {
        let offset = format!("#{}#", number - i64::from(page));
        exact.replacen(&number.to_string(), &offset, 1)
    });
    let relative = relative.unwrap_or_else(|| exact.clone());
    [exact, relative]
}

/// The first number in a footer: `Page 3 of 9`.
fn number_in(text: &str) -> Option<i64> {
    let digits: String =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|number| *number < 100_000)
}

/// How pages are called: printed numbers count where they run along with the pages.
fn names(pages: &[Page], printed: &[Option<i64>]) -> Vec<String> {
    let mut offsets: BTreeMap<i64, usize> = BTreeMap::new();
    for (page, number) in pages.iter().zip(printed) {
        if let Some(number) = number {
            *offsets.entry(number - i64::from(page.number)).or_default() += 1;
        }
    }
    let common = offsets.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count >= PAGES);
    let Some((offset, _)) = common else { return pages.iter().map(|page| page.number.to_string()).collect() };
    let name = |page: &Page| match i64::from(page.number) + offset {
        number if number > 0 => number.to_string(),
        // Pages before the first one that counts, such as a cover.
        _ => format!("[{}]", page.number),
    };
    pages.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::intake::pdf::pieces::Piece;

    fn page(number: u32, texts: &[&str]) -> Page {
        let piece = |text: &&str| Piece { kind: Kind::Paragraph, text: (*text).to_owned() };
        Page { number, pieces: texts.iter().map(piece).collect(), ..Page::default() }
    }

    fn left(pages: &[Page]) -> Vec<Vec<&str>> {
        pages.iter().map(|page| page.pieces.iter().map(|piece| piece.text.as_str()).collect()).collect()
    }

    #[test]
    fn what_stands_on_most_pages_goes_and_names_the_pages() {
        let foot = |n: u32| format!("Page {n} of 9");
        let mut pages: Vec<Page> = (3..7)
            .map(|n| {
                page(n, &["Port talks", &format!("Article {}", n * n), &"z".repeat(n as usize), &foot(n - 2)])
            })
            .collect();
        pages.insert(0, page(2, &["A cover"]));
        let names = remove(&mut pages);
        assert_eq!(names, ["[2]", "1", "2", "3", "4"]);
        assert_eq!(left(&pages)[..2], [vec!["A cover"], vec!["Article 9", "zzz"]]);
        assert_eq!(pages[1].removed, 2);
    }

    #[test]
    fn two_pages_alike_and_numbers_that_do_not_run_stay() {
        let mut pages = vec![page(1, &["Same", "a"]), page(2, &["Same", "b"])];
        assert_eq!(remove(&mut pages), ["1", "2"]);
        assert_eq!(left(&pages), [["Same", "a"], ["Same", "b"]]);
        let mut pages: Vec<Page> = (1..6)
            .map(|n| page(n, &["Doc 77", &"x".repeat(n as usize), &"y".repeat(n as usize), "."]))
            .collect();
        assert_eq!(remove(&mut pages), ["1", "2", "3", "4", "5"]);
    }
}
