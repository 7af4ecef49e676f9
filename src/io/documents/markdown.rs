//! Markdown: the text is the file with its markup; headings are detected (CommonMark 0.31, sections 4.2 and 4.3).

use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;
use crate::decode::decode;
use demarche_model::{Anchor, AnchorKind, Date};

/// Markdown.
#[derive(Debug)]
pub(super) struct Markdown;

impl DocumentFormat for Markdown {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "md",
            title: "Markdown",
            extension: "md",
            carries: "the text with its markup; headings; title, date, author in its front matter",
            loses: "nothing; line ends become LF",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn is_text(&self) -> bool {
        true
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        let decoded = decode(source.bytes, source.encoding)?;
        let text = decoded.text;
        let front = front_matter(&text);
        let anchors = headings(&text, front.len());
        let field = |names: &[&str]| names.iter().find_map(|name| field(front, name));
        let date = field(&["date"]).and_then(|date| Date::parse(date.get(..10).unwrap_or(&date)));
        let first = anchors.iter().find_map(|anchor| match &anchor.kind {
            AnchorKind::Heading { level: 1, title } => Some(title.clone()),
            _ => None,
        });
        Ok(vec![ReadDocument {
            title: field(&["title"]).or(first),
            date,
            author: field(&["author", "authors"]),
            source: field(&["source", "url"]),
            anchors,
            dropped: decoded.damage.losses(),
            encoding: decoded.encoding.to_owned(),
            text,
        }])
    }
}

/// Returns the front matter: the fields between two `---` lines at the start, with these lines; empty if there is none.
fn front_matter(text: &str) -> &str {
    let mut end = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        end += line.len();
        let fence = line.trim_end() == "---";
        match number {
            0 if !fence => return "",
            1.. if fence || line.trim_end() == "..." => return &text[..end],
            // Front matter does not have that many fields; the line is a thematic break above a text.
            100 => return "",
            _ => {}
        }
    }
    ""
}

/// Returns a one-line field of the front matter, without quotes.
fn field(front: &str, name: &str) -> Option<String> {
    let mut values = front.lines().filter_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim_end()
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().trim_matches(['"', '\'', '[', ']']).trim())
    });
    values.next().filter(|value| !value.is_empty()).map(str::to_owned)
}

/// Returns the headings after the byte `from`: `# …` and lines underlined with `===` or `---`, outside fenced code.
fn headings(text: &str, from: usize) -> Vec<Anchor> {
    let mut headings = Vec::new();
    let mut at = from;
    let mut fence: Option<(u8, usize)> = None;
    // The paragraph above, which an underline turns into a heading if it is one line.
    let mut above: Option<Option<(usize, &str)>> = None;
    let mut add = |at: usize, level: u8, title: &str| {
        if !title.is_empty() {
            headings.push(Anchor { at, kind: AnchorKind::Heading { level, title: title.to_owned() } });
        }
    };
    for line in text[from..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim();
        let indented = line.len() - line.trim_start_matches(' ').len() > 3 || line.starts_with('\t');
        if let Some((mark, length)) = fence {
            let run = bare.bytes().take_while(|b| *b == mark).count();
            fence = (indented || run < length || run < bare.len()).then_some((mark, length));
            above = None;
            continue;
        }
        let run = |mark: u8| bare.bytes().take_while(|b| *b == mark).count();
        let underline = |mark: u8| run(mark) > 0 && run(mark) == bare.len();
        match (bare.bytes().next(), above.take()) {
            _ if indented => {}
            (Some(b'='), Some(Some((place, title)))) if underline(b'=') => add(place, 1, title),
            (Some(b'-'), Some(Some((place, title)))) if underline(b'-') => add(place, 2, title),
            (Some(b'#'), _) => {
                if let Some(title) = hashed(bare) {
                    add(start, u8::try_from(run(b'#')).unwrap_or(6), title);
                }
            }
            (Some(mark @ (b'`' | b'~')), _) if run(mark) >= 3 => fence = Some((mark, run(mark))),
            (Some(b'>' | b'|' | b'-' | b'*' | b'+'), _) | (None, _) => {}
            // By the standard, a whole paragraph of several lines would be the heading, which is never meant.
            (Some(_), Some(_)) => above = Some(None),
            (Some(_), None) => above = Some(Some((start, bare))),
        }
    }
    headings
}

/// Returns the text after `#` and a space, without closing `#`s.
fn hashed(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    if line.len() - rest.len() > 6 || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let title = rest.trim();
    let unclosed = title.trim_end_matches('#');
    Some(if unclosed.is_empty() || unclosed.ends_with([' ', '\t']) { unclosed.trim_end() } else { title })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotations::mutation::{count, damages};
    use crate::documents::mutation::check;

    const FILE: &str = "---\ntitle: \"Port talks\"\ndate: 2026-03-14T09:00\nauthor: Ana\n---\n# One #\ntext\nmore\n---\n\n\
                        ```\n# code\n```\nTwo\n===\n\n#hashtag\n\n    # code\n\n- item\n---\n### Th#ree\nFour\n--\n";

    proptest! {
        #![proptest_config(count(100))]
        #[test]
        fn damaged_files_do_no_harm(damages in damages()) {
            check(&Markdown, FILE.as_bytes(), &damages)?;
        }
    }

    fn read(text: &str) -> ReadDocument {
        let source = Source { name: "a.md", bytes: text.as_bytes(), encoding: None };
        Markdown.read(&source).unwrap().remove(0)
    }

    #[test]
    fn the_text_is_the_file_and_headings_are_found() {
        let text = FILE;
        let read = read(text);
        assert_eq!(read.text, text);
        let found: Vec<(u8, &str)> = read
            .anchors
            .iter()
            .map(|anchor| match &anchor.kind {
                AnchorKind::Heading { level, title } => {
                    assert!(text[anchor.at..].contains(title.as_str()));
                    (*level, title.as_str())
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(found, [(1, "One"), (1, "Two"), (3, "Th#ree"), (2, "Four")]);
        assert_eq!(read.title.as_deref(), Some("Port talks"));
        assert_eq!(read.author.as_deref(), Some("Ana"));
        assert_eq!(read.date, Date::parse("2026-03-14"));
    }

    #[test]
    fn without_a_head_the_first_heading_is_the_title() {
        assert_eq!(read("text\n\n# The talks\n").title.as_deref(), Some("The talks"));
        assert_eq!(read("---\n\ntext\n").title, None);
    }
}
