//! The depth of nesting of a page, which is checked before the page is parsed: building the tree takes time quadratic
//! in the depth, so a page of a megabyte could take hours.

use std::collections::HashMap;

use crate::documents::ReadError;

/// Greatest depth of nesting. Real pages stay below a hundred, but old ones with unclosed `<font>` reach some
/// thousands.
const DEPTH: usize = 5000;
/// Greatest number of attributes of a tag, which are compared with one another. Real tags have some tens.
const ATTRIBUTES: usize = 2000;
/// Greatest length of an element name that is distinguished, in bytes.
const NAME: usize = 32;
/// Empty elements, and those that are closed by the next one of their kind; they do not add depth.
const FLAT: [&[u8]; 32] = [
    b"area",
    b"base",
    b"br",
    b"col",
    b"embed",
    b"hr",
    b"img",
    b"input",
    b"link",
    b"meta",
    b"param",
    b"source",
    b"track",
    b"wbr",
    b"p",
    b"li",
    b"dt",
    b"dd",
    b"tr",
    b"td",
    b"th",
    b"thead",
    b"tbody",
    b"tfoot",
    b"option",
    b"optgroup",
    b"rp",
    b"rt",
    b"html",
    b"head",
    b"body",
    b"colgroup",
];
/// Elements whose content is raw text.
const RAW: [&[u8]; 6] = [b"script", b"style", b"textarea", b"title", b"xmp", b"iframe"];

/// Checks that a page can be parsed in a reasonable time.
///
/// # Errors
/// Too many elements are nested in one another, or a tag has too many attributes.
pub(crate) fn check(html: &str) -> Result<(), ReadError> {
    match depth(html.as_bytes()) {
        None => Err(ReadError::TooManyAttributes(ATTRIBUTES)),
        Some(depth) if depth > DEPTH => Err(ReadError::TooDeep(DEPTH)),
        Some(_) => Ok(()),
    }
}

/// Returns the greatest depth, or one more than the limit; `None` if a tag has too many attributes. An end tag counts only
/// if its element is open.
fn depth(html: &[u8]) -> Option<usize> {
    let mut open: HashMap<Vec<u8>, usize> = HashMap::new();
    let (mut depth, mut greatest) = (0_usize, 0_usize);
    let mut at = 0;
    while let Some(next) = html.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        at += next + 1;
        let rest = &html[at..];
        if rest.starts_with(b"!--") {
            at += memchr::memmem::find(rest, b"-->").unwrap_or(rest.len());
            continue;
        }
        let ends = rest.first() == Some(&b'/');
        let name = name(&rest[usize::from(ends)..]);
        if !name.is_empty() {
            let (attributes, length) = attributes(&rest[usize::from(ends)..]);
            if attributes > ATTRIBUTES {
                return None;
            }
            // A quote that is not closed takes the rest of the page, for a browser as well; be strict with that rest.
            at += if length < rest.len() - usize::from(ends) { length } else { 0 };
        }
        if name.is_empty() || FLAT.contains(&name.as_slice()) {
            continue;
        }
        if !ends && RAW.contains(&name.as_slice()) {
            at += html.get(at..).map_or(0, |rest| end_of(rest, &name));
            continue;
        }
        let count = open.entry(name).or_default();
        if !ends {
            *count += 1;
            depth += 1;
            greatest = greatest.max(depth);
            if greatest > DEPTH {
                break;
            }
        } else if *count > 0 {
            *count -= 1;
            depth -= 1;
        }
    }
    Some(greatest)
}

/// Returns the number of attributes of the tag whose name is at the start, and its length without the bracket (HTML
/// Standard, section 13.2.5).
fn attributes(tag: &[u8]) -> (usize, usize) {
    let (mut count, mut at) = (0, 0);
    let mut is_value = false;
    let mut inside = true;
    while let Some(byte) = tag.get(at) {
        match byte {
            b'>' => break,
            b'"' | b'\'' if is_value => {
                let Some(end) = memchr::memchr(*byte, &tag[at + 1..]) else { return (count, tag.len()) };
                at += end + 1;
                (is_value, inside) = (false, false);
            }
            b'=' => is_value = true,
            byte if byte.is_ascii_whitespace() || *byte == b'/' && !is_value => inside = false,
            _ if inside || is_value => (inside, is_value) = (true, false),
            _ => {
                count += 1;
                inside = true;
                if count > ATTRIBUTES {
                    break;
                }
            }
        }
        at += 1;
    }
    (count, at)
}

/// Returns the name at the start of a tag, in lower case; empty if there is none.
fn name(tag: &[u8]) -> Vec<u8> {
    if !tag.first().is_some_and(u8::is_ascii_alphabetic) {
        return Vec::new();
    }
    let is_part = |byte: &&u8| !byte.is_ascii_whitespace() && !matches!(byte, b'>' | b'/');
    tag.iter().take(NAME).take_while(is_part).map(u8::to_ascii_lowercase).collect()
}

/// Returns the position of the end tag of an element whose content is not HTML.
fn end_of(rest: &[u8], name: &[u8]) -> usize {
    let is_end = |at: &usize| {
        rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    memchr::memmem::find_iter(rest, b"</").find(is_end).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_that_of_the_tree() {
        let depth = |html: &str| depth(html.as_bytes()).unwrap();
        assert_eq!(depth("<div><P>a<p>b<br><img></div><DIV><b>c</b></div>"), 2);
        assert_eq!(depth("<b></i></i></b><!-- <i><i><i> --><script>'<i><i><i>'</SCRIPT><i>"), 1);
        assert_eq!(depth("1 < 2 <3 </ <"), 0);
        assert_eq!(depth("<svg/><x-y a='>'></x-y>"), 2);
    }

    #[test]
    fn attributes_are_those_of_the_tag() {
        let count = |tag: &str| attributes(tag.as_bytes()).0;
        assert_eq!(count("p>"), 0);
        assert_eq!(count("p a='x > y' b=\"1\"c = 2 d/e f=>g"), 6);
        assert_eq!(count("p a=b=c don't mind>"), 3);
        let many = |count: usize| {
            let attributes: String = (0..count).map(|n| format!(" a{n}=\"x\"")).collect();
            format!("<html><body><p{attributes}>Words here.</p>")
        };
        let begun = std::time::Instant::now();
        assert_eq!(check(&many(200_000)), Err(ReadError::TooManyAttributes(ATTRIBUTES)));
        assert_eq!(
            check(&format!("<P{} x", " a".repeat(200_000))),
            Err(ReadError::TooManyAttributes(ATTRIBUTES))
        );
        check(&many(ATTRIBUTES)).unwrap();
        check(&format!("<!-- <p {} -->x", "a ".repeat(9000))).unwrap();
        // Quotes that are not closed make attributes of the following tags, as in a browser.
        assert!(check(&"<a b='".repeat(50_000)).is_err());
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }

    #[test]
    fn pages_that_would_take_hours_are_refused_at_once() {
        let begun = std::time::Instant::now();
        for part in ["<div>", "<b><i></b>", "<svg><a>", "<table><tr><td>"] {
            let error = check(&part.repeat(200_000)).unwrap_err().to_string();
            assert!(error.contains("5000 elements"), "{error}");
        }
        // A page without optional end tags is not too deep.
        check(&"<p>a<li>b<tr><td>c<option>".repeat(50_000)).unwrap();
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }
}
