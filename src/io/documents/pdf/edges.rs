//! Headers, footers and page numbers: lines at the edge of most pages that are the same except for the number, or that
//! contain the number of the page.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::Row;
use crate::documents::office::{Style, numbered};

/// Least number of pages for which headers and footers are detected.
const PAGES: usize = 3;
/// Least percentage of pages with the same line; left and right pages may have different ones.
const SHARE: usize = 40;
/// Greatest number of lines in a header or footer.
const EDGE: usize = 3;
/// Greatest length of a line in a header or footer, in bytes.
const LONGEST: usize = 200;
/// Greatest distance between lines of one header, relative to the font size.
const NEXT: f32 = 3.0;
/// Least distance between a header of several lines and the text, relative to the font size.
const APART: f32 = 1.5;
/// Key of all lines that start or end with the number of their page.
const BEARING: &str = "\0";
/// Greatest page number.
const GREATEST: i64 = 99_999;

/// A line at an edge.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its text; empty if it is too long for a header.
    pub text: String,
    /// The distance to the next line inwards, relative to the font size.
    pub gap: f32,
}

/// The lines at the edges of a page, from the edge inwards.
#[derive(Clone, Default, Debug)]
pub(super) struct Edges {
    pub top: Vec<Line>,
    pub foot: Vec<Line>,
    /// The number of lines on the whole page; if they are few, some are at both edges.
    pub lines: usize,
}

impl Edges {
    /// Returns the edges of a page with these rows.
    pub fn of(rows: &[Row]) -> Self {
        let line = |at: usize, inwards: Option<usize>| {
            let text = rows.get(at).map(Row::text).filter(|text| text.len() <= LONGEST).unwrap_or_default();
            let pair = inwards.and_then(|inwards| Some((rows.get(at)?, rows.get(inwards)?)));
            let gap = pair.map(|(here, there)| (here.base - there.base).abs() / here.size.max(1.0));
            Line { text, gap: gap.unwrap_or(f32::INFINITY) }
        };
        let outer = 0..rows.len().min(EDGE);
        Self {
            top: outer.clone().map(|at| line(at, Some(at + 1))).collect(),
            foot: outer.map(|at| rows.len() - 1 - at).map(|at| line(at, at.checked_sub(1))).collect(),
            lines: rows.len(),
        }
    }
}

/// The number of lines of a page that are its header and its footer.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Found {
    pub upper: usize,
    pub lower: usize,
}

/// Finds headers, footers and page numbers. Returns the name of each page: its label in the file, or the printed
/// number, or otherwise its index in the file.
pub(super) fn find(edges: &[Edges], labels: Option<Vec<String>>) -> (Vec<String>, Vec<Found>) {
    let names = labels.unwrap_or_else(|| printed(edges));
    let tally = Tally::of(edges, &names);
    let found = names.iter().zip(edges).map(|(name, edges)| {
        let upper = tally.headers(true, &edges.top, name);
        // On a page with few lines, some are at both edges.
        let lower = tally.headers(false, &edges.foot, name).min(edges.lines.saturating_sub(upper));
        Found { upper, lower }
    });
    let found = found.collect();
    (names, found)
}

/// The number of pages with the same line, at the top and at the foot.
struct Tally {
    counts: BTreeMap<(bool, String), usize>,
    /// The number of pages required.
    most: usize,
}

impl Tally {
    fn of(edges: &[Edges], names: &[String]) -> Self {
        let mut counts: BTreeMap<(bool, String), usize> = BTreeMap::new();
        for (edges, name) in edges.iter().zip(names) {
            let mut on_page = BTreeSet::new();
            for (top, lines) in [(true, &edges.top), (false, &edges.foot)] {
                on_page.extend(lines.iter().flat_map(|line| keys(line, name)).map(|key| (top, key)));
            }
            on_page.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
        }
        Self { counts, most: PAGES.max((names.len() * SHARE).div_ceil(100)) }
    }

    fn count(&self, top: bool, key: &str) -> usize {
        self.counts.get(&(top, key.to_owned())).copied().unwrap_or(0)
    }

    /// Returns the number of header lines at an edge: from the edge inwards, up to the first line of the text.
    fn headers(&self, top: bool, lines: &[Line], name: &str) -> usize {
        let mut count = 0;
        for (at, line) in lines.iter().enumerate() {
            let is_next =
                at.checked_sub(1).and_then(|outer| lines.get(outer)).is_none_or(|outer| outer.gap <= NEXT);
            if !is_next || !self.is_header(top, line, name) {
                break;
            }
            // A header of several lines is separated from the text, unlike the first lines of a text that repeats.
            if at == 0 || line.gap >= APART {
                count = at + 1;
            }
        }
        count
    }

    fn is_header(&self, top: bool, line: &Line, name: &str) -> bool {
        let is_number = line.text.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case(name);
        let numbers = self.count(true, BEARING) + self.count(false, BEARING);
        keys(line, name)
            .iter()
            .any(|key| self.count(top, key) >= if key == BEARING { PAGES } else { self.most })
            || is_number && numbers >= PAGES
    }
}

/// Returns the keys by which headers are detected: the line, the line with a placeholder for the page number, and
/// whether it starts or ends with that. Empty for a line without words or a long one.
fn keys(line: &Line, name: &str) -> Vec<String> {
    // A line of the text may begin with the number of its page by chance.
    let is_apart = line.gap >= APART;
    let (line, name) = (line.text.to_lowercase(), name.to_lowercase());
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut numbered = String::new();
    for part in line.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        numbered.push_str(if word == name { "#" } else { word });
        numbered.extend(part[word.len()..].chars().filter(|c| !c.is_whitespace()));
    }
    let bears = is_apart && (words.first() == Some(&&*name) || words.last() == Some(&&*name));
    let exact = line.split_whitespace().collect();
    let keys = [exact, numbered].into_iter().chain(bears.then(|| BEARING.to_owned()));
    keys.filter(|_| !words.is_empty()).collect()
}

/// Returns the names of pages by their printed numbers, which are those that increase with the pages.
fn printed(edges: &[Edges]) -> Vec<String> {
    // Pages count from 1.
    let place = |at: usize| i64::try_from(at).unwrap_or(i64::MAX - 1) + 1;
    let numbers = |page: usize, read: fn(&str) -> Option<i64>| -> BTreeSet<i64> {
        let lines = edges.get(page).into_iter().flat_map(|edges| edges.top.iter().chain(&edges.foot));
        lines.flat_map(|line| line.text.split(|c: char| !c.is_alphanumeric())).filter_map(read).collect()
    };
    let offset = |read: fn(&str) -> Option<i64>| {
        let mut offsets: BTreeMap<i64, usize> = BTreeMap::new();
        for at in 0..edges.len() {
            numbers(at, read)
                .into_iter()
                .for_each(|number| *offsets.entry(number - place(at)).or_default() += 1);
        }
        offsets
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .filter(|(_, count)| *count >= PAGES)
            .map(|(offset, _)| offset)
    };
    let (arabic, small) = (offset(arabic), offset(roman));
    let name = |at: usize| {
        let (number, here) = (place(at), |offset: i64| place(at) + offset);
        // Pages before the first numbered one may have their own sequence.
        if let Some(found) = small.map(here).filter(|found| numbers(at, roman).contains(found)) {
            return numbered(usize::try_from(found).unwrap_or_default(), Style::LowerRoman);
        }
        match arabic.map(here) {
            Some(found) if found > 0 => found.to_string(),
            Some(_) => format!("[{number}]"),
            None => number.to_string(),
        }
    };
    (0..edges.len()).map(name).collect()
}

fn arabic(word: &str) -> Option<i64> {
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|number| is_number && (1..=GREATEST).contains(number))
}

/// Parses a number in lower-case Roman numerals, as used in front matter; capitals are more likely part of a title.
fn roman(word: &str) -> Option<i64> {
    const LONGEST: usize = 100;
    let fits = !word.is_empty() && word.bytes().all(|byte| b"ivxlc".contains(&byte));
    let found = fits.then(|| (1..=LONGEST).find(|number| numbered(*number, Style::LowerRoman) == word))?;
    found.and_then(|number| i64::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(top: &[&str], foot: &[&str], gap: f32) -> Edges {
        let line = |text: &&str| Line { text: (*text).to_owned(), gap };
        let own = |lines: &[&str]| lines.iter().map(line).collect();
        Edges { top: own(top), foot: own(foot), lines: top.len() + foot.len() + 5 }
    }

    fn counts(found: &[Found]) -> Vec<(usize, usize)> {
        found.iter().map(|found| (found.upper, found.lower)).collect()
    }

    #[test]
    fn headers_are_found_and_name_the_pages() {
        let mut edges = vec![edge(&["A cover"], &[], 2.0), edge(&["A cover"], &[], 2.0)];
        for n in 3..7 {
            let (article, end, foot) =
                (format!("Article {}", n * n), "z".repeat(n), format!("Page {} of 9", n - 2));
            edges.push(edge(&["Port talks", &article], &[&foot, &end], 2.0));
        }
        let (names, found) = find(&edges, None);
        assert_eq!(names, ["[1]", "[2]", "1", "2", "3", "4"]);
        assert_eq!(counts(&found), [(0, 0), (0, 0), (1, 1), (1, 1), (1, 1), (1, 1)]);
    }

    #[test]
    fn a_running_head_bears_the_number_of_its_page() {
        let heads = ["1 Introduction", "ii PREFACE", "Talks 1", "2 CHAPTER 1. TALKS", "CHAPTER 2. PEACE 3"];
        let feet = ["i", "x", "- 1 -", "xx", "xxx"];
        let labels = || Some(["i", "ii", "1", "2", "3"].map(str::to_owned).to_vec());
        let edges = |gap| -> Vec<Edges> {
            heads.iter().zip(feet).map(|(head, foot)| edge(&[head], &[foot], gap)).collect()
        };
        let (_, found) = find(&edges(2.0), labels());
        assert_eq!(counts(&found), [(0, 1), (1, 0), (1, 1), (1, 0), (1, 0)]);
        // The first lines of a text with numbers are no header.
        let lines = ["1 The port", "2 is closed", "3 today"];
        let text: Vec<Edges> = lines.iter().map(|line| edge(&[line], &[], 1.2)).collect();
        assert_eq!(counts(&find(&text, None).1), [(0, 0); 3]);
    }

    #[test]
    fn roman_numbers_name_the_pages_in_front() {
        let feet = ["i", "ii", "iii", "1", "2", "3"];
        let edges: Vec<Edges> = feet.iter().map(|foot| edge(&[], &[foot], 2.0)).collect();
        assert_eq!(find(&edges, None).0, feet);
    }

    #[test]
    fn two_pages_alike_and_numbers_that_do_not_run_stay() {
        let edges = [edge(&["Same", "a"], &[], 2.0), edge(&["Same", "b"], &[], 2.0)];
        let (names, found) = find(&edges, None);
        assert_eq!((names, counts(&found)), (vec!["1".to_owned(), "2".to_owned()], vec![(0, 0), (0, 0)]));
        let edges: Vec<Edges> = (1..6).map(|n| edge(&["Doc 77", &"x".repeat(n)], &[], 2.0)).collect();
        let (names, found) = find(&edges, None);
        assert_eq!((names.join(" "), counts(&found)), ("1 2 3 4 5".to_owned(), vec![(1, 0); 5]));
    }
}
