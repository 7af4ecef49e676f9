//! Headers, footers and page numbers: lines at the edge of most pages that are the same except for the number, or that
//! contain the number of the page.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{Edges, Line};
use super::pieces::{Kind, Page, Piece};
use crate::documents::office::{Style, numbered};

/// Least number of pages for which headers and footers are detected.
const PAGES: usize = 3;
/// Least percentage of pages with the same line; left and right pages may have different ones.
const SHARE: usize = 40;
/// Number of pieces at the start and end of a page in which header and footer are searched for.
const NEAR: usize = 4;
/// Greatest distance between lines of one header, relative to the font size.
const NEXT: f32 = 3.0;
/// Least distance between a header of several lines and the text, relative to the font size.
const APART: f32 = 1.5;
/// Key of all lines that start or end with the number of their page.
const BEARING: &str = "\0";
/// Greatest page number.
const GREATEST: i64 = 99_999;

/// Removes headers, footers and page numbers. Returns the name of each page: its label in the file, or the printed
/// number, or otherwise its index in the file.
pub(super) fn remove(pages: &mut [Page], edges: &[Edges], labels: Option<Vec<String>>) -> Vec<String> {
    let names = labels.unwrap_or_else(|| printed(pages, edges));
    let tally = Tally::of(edges, &names);
    for ((page, name), edges) in pages.iter_mut().zip(&names).zip(edges) {
        let upper = tally.headers(true, &edges.top, name);
        // On a page with few lines, some are at both edges.
        let lower = tally.headers(false, &edges.foot, name).min(edges.lines.saturating_sub(upper));
        for (top, lines) in [(true, &edges.top[..upper]), (false, &edges.foot[..lower])] {
            lines.iter().for_each(|line| take_away(&mut page.pieces, &line.text, top));
            page.removed += lines.len();
        }
    }
    names
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
                on_page.extend(lines.iter().flat_map(|line| keys(&line.text, name)).map(|key| (top, key)));
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
            if !is_next || !self.is_header(top, &line.text, name) {
                break;
            }
            // A header of several lines is separated from the text, unlike the first lines of a text that repeats.
            if at == 0 || line.gap >= APART {
                count = at + 1;
            }
        }
        count
    }

    fn is_header(&self, top: bool, line: &str, name: &str) -> bool {
        let is_number = line.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case(name);
        let numbers = self.count(true, BEARING) + self.count(false, BEARING);
        keys(line, name)
            .iter()
            .any(|key| self.count(top, key) >= if key == BEARING { PAGES } else { self.most })
            || is_number && numbers >= PAGES
    }
}

/// Returns the keys by which headers are detected: the line, the line with a placeholder for the page number, and
/// whether it starts or ends with that. Empty for a line without words or a long one.
fn keys(line: &str, name: &str) -> Vec<String> {
    let (line, name) = (line.to_lowercase(), name.to_lowercase());
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut numbered = String::new();
    for part in line.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        numbered.push_str(if word == name { "#" } else { word });
        numbered.extend(part[word.len()..].chars().filter(|c| !c.is_whitespace()));
    }
    let bears = words.first() == Some(&&*name) || words.last() == Some(&&*name);
    let exact = line.split_whitespace().collect();
    let keys = [exact, numbered].into_iter().chain(bears.then(|| BEARING.to_owned()));
    keys.filter(|_| !words.is_empty()).collect()
}

/// Returns the names of pages by their printed numbers, which are those that increase with the pages.
fn printed(pages: &[Page], edges: &[Edges]) -> Vec<String> {
    let numbers = |page: usize, read: fn(&str) -> Option<i64>| -> BTreeSet<i64> {
        let lines = edges.get(page).into_iter().flat_map(|edges| edges.top.iter().chain(&edges.foot));
        lines.flat_map(|line| line.text.split(|c: char| !c.is_alphanumeric())).filter_map(read).collect()
    };
    let offset = |read: fn(&str) -> Option<i64>| {
        let mut offsets: BTreeMap<i64, usize> = BTreeMap::new();
        for (at, page) in pages.iter().enumerate() {
            numbers(at, read)
                .into_iter()
                .for_each(|number| *offsets.entry(number - i64::from(page.number)).or_default() += 1);
        }
        offsets
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .filter(|(_, count)| *count >= PAGES)
            .map(|(offset, _)| offset)
    };
    let (arabic, small) = (offset(arabic), offset(roman));
    let name = |(at, page): (usize, &Page)| {
        let (number, here) = (i64::from(page.number), |offset: i64| i64::from(page.number) + offset);
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
    pages.iter().enumerate().map(name).collect()
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

/// Removes a header from the first pieces of a page, or a footer from the last ones. It may be one piece, several
/// pieces side by side, or the start of a paragraph; its numbers may be missing.
fn take_away(pieces: &mut Vec<Piece>, line: &str, top: bool) {
    let mut rest: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    if !top {
        rest.reverse();
    }
    let mut passed = 0;
    while passed < NEAR.min(pieces.len()) && !rest.is_empty() {
        let place = if top { passed } else { pieces.len() - 1 - passed };
        let piece = &mut pieces[place];
        // A piece further inside is only removed as a whole, since its start is not at the edge.
        let found = matching(&piece.text, &rest, top)
            .filter(|(left, _)| !matches!(piece.kind, Kind::Table(_)) && (passed == 0 || left.is_empty()));
        match found {
            Some((left, used)) => {
                piece.text = left;
                rest.drain(..used);
                if piece.text.is_empty() {
                    pieces.remove(place);
                }
            }
            None => passed += 1,
        }
    }
}

/// Returns the rest of a text without a line at its start (or at its end, with the line reversed), and the number of
/// characters of the line that were matched. `None` unless the text or the line was matched as a whole.
fn matching(text: &str, line: &[char], top: bool) -> Option<(String, usize)> {
    let mut letters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
    if !top {
        letters.reverse();
    }
    let is_digit = |at: usize| line.get(at).is_some_and(char::is_ascii_digit);
    // Whether a number was matched in part: it may be present or missing, but not halved.
    let in_number = |at: usize, used: usize| {
        let found = at.checked_sub(1).and_then(|at| letters.get(at)).map(|(_, letter)| letter);
        used > 0 && is_digit(used) && is_digit(used - 1) && found == line.get(used - 1)
    };
    let (mut at, mut used) = (0, 0);
    while let (Some((_, letter)), Some(wanted)) = (letters.get(at), line.get(used)) {
        if letter == wanted {
            (at, used) = (at + 1, used + 1);
        } else if is_digit(used) && !in_number(at, used) {
            used += line[used..].iter().take_while(|c| c.is_ascii_digit()).count();
        } else {
            return None;
        }
    }
    let is_number = line.iter().all(char::is_ascii_digit);
    let gone = line[used..].iter().take_while(|c| c.is_ascii_digit()).count();
    let line_is_used = used + gone == line.len();
    if at == 0 || in_number(at, used) || at < letters.len() && (is_number || !line_is_used) {
        return None;
    }
    let left = match letters.get(at) {
        None => "",
        Some((from, _)) if top => &text[*from..],
        Some((last, letter)) => &text[..last + letter.len_utf8()],
    };
    Some((left.to_owned(), if line_is_used { line.len() } else { used }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: u32, texts: &[&str]) -> Page {
        let piece = |text: &&str| Piece { kind: Kind::Paragraph, text: (*text).to_owned() };
        Page { number, pieces: texts.iter().map(piece).collect(), ..Page::default() }
    }

    fn edge(top: &[&str], foot: &[&str]) -> Edges {
        let line = |text: &&str| Line { text: (*text).to_owned(), gap: 2.0 };
        let own = |lines: &[&str]| lines.iter().map(line).collect();
        Edges { top: own(top), foot: own(foot), lines: top.len() + foot.len(), is_wild: false }
    }

    fn left(pages: &[Page]) -> Vec<Vec<&str>> {
        pages.iter().map(|page| page.pieces.iter().map(|piece| piece.text.as_str()).collect()).collect()
    }

    #[test]
    fn headers_are_removed_and_name_the_pages() {
        let (mut pages, mut edges) = (vec![page(2, &["A cover"])], vec![edge(&["A cover"], &[])]);
        for n in 3..7 {
            let (article, end, foot) =
                (format!("Article {}", n * n), "z".repeat(n), format!("Page {} of 9", n - 2));
            // The header was merged with the paragraph below it, without its number.
            let joined = format!("Port talks {article}");
            pages.push(page(u32::try_from(n).unwrap(), &[&joined, &end]));
            edges.push(edge(&["Port talks", &article], &[&foot, &end]));
        }
        let names = remove(&mut pages, &edges, None);
        assert_eq!(names, ["[2]", "1", "2", "3", "4"]);
        assert_eq!(left(&pages)[..2], [vec!["A cover"], vec!["Article 9", "zzz"]]);
        assert_eq!(pages[1].removed, 2);
    }

    #[test]
    fn a_running_head_bears_the_number_of_its_page() {
        let heads = ["1 Introduction", "ii PREFACE", "Talks 1", "2 CHAPTER 1. TALKS", "CHAPTER 2. PEACE 3"];
        let feet = ["i", "x", "- 1 -", "xx", "xxx"];
        let mut pages: Vec<Page> = (1..)
            .zip(heads.iter().zip(feet))
            .map(|(number, (head, foot))| page(number, &[head, "words", foot]))
            .collect();
        let edges: Vec<Edges> = heads.iter().zip(feet).map(|(head, foot)| edge(&[head], &[foot])).collect();
        let labels = ["i", "ii", "1", "2", "3"].map(str::to_owned).to_vec();
        assert_eq!(remove(&mut pages, &edges, Some(labels)), ["i", "ii", "1", "2", "3"]);
        let expect = [
            &["1 Introduction", "words"][..],
            &["words", "x"],
            &["words"],
            &["words", "xx"],
            &["words", "xxx"],
        ];
        assert_eq!(left(&pages), expect);
    }

    #[test]
    fn roman_numbers_name_the_pages_in_front() {
        let feet = ["i", "ii", "iii", "1", "2", "3"];
        let mut pages: Vec<Page> = (1..=6).map(|n| page(n, &["a"])).collect();
        let edges: Vec<Edges> = feet.iter().map(|foot| edge(&[], &[foot])).collect();
        assert_eq!(remove(&mut pages, &edges, None), feet);
    }

    #[test]
    fn two_pages_alike_and_numbers_that_do_not_run_stay() {
        let mut pages = vec![page(1, &["Same", "a"]), page(2, &["Same", "b"])];
        let edges = [edge(&["Same", "a"], &[]), edge(&["Same", "b"], &[])];
        assert_eq!(remove(&mut pages, &edges, None), ["1", "2"]);
        assert_eq!(left(&pages), [["Same", "a"], ["Same", "b"]]);
        let mut pages: Vec<Page> = (1..6).map(|n| page(n, &["Doc 77", &"x".repeat(n as usize)])).collect();
        let edges: Vec<Edges> = (1..6).map(|n| edge(&["Doc 77", &"x".repeat(n)], &[])).collect();
        assert_eq!(remove(&mut pages, &edges, None), ["1", "2", "3", "4", "5"]);
        assert_eq!(left(&pages)[0], ["x"]);
    }

    #[test]
    fn a_line_is_taken_from_where_it_stands() {
        let front =
            |text: &str, line: &str| matching(text, &line.replace(' ', "").chars().collect::<Vec<_>>(), true);
        let back = |text: &str, line: &str| {
            matching(text, &line.replace(' ', "").chars().rev().collect::<Vec<_>>(), false)
        };
        let left = |text: &str, used| Some((text.to_owned(), used));
        assert_eq!(front("Port talks 12 members", "Port talks"), left("12 members", 9));
        assert_eq!(front("/ : AM", "11/28 9:40 AM"), left("", 11));
        assert_eq!(front("Port", "Port talks 3"), left("", 4));
        assert_eq!(front("Portugal", "Port talks"), None);
        assert_eq!(back("we met. Page 3 of 9", "Page 3 of 9"), left("we met.", 8));
        assert_eq!(back("we met.", "Page 3"), None);
        assert_eq!(back("Heading number 1", "41"), None);
        assert_eq!(back("41", "41"), left("", 2));
        assert_eq!(front("Talks 2", "Talks 23"), None);
    }
}
