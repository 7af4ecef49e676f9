//! Entities that a file of XML or XHTML defines for itself in its document type (XML 1.0, section 4.2). Nothing outside the
//! file is fetched, and what they expand to is bounded.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

/// Greatest length of what an entity stands for, in bytes.
const VALUE: usize = 16 << 10;
/// Greatest length of what all references of a file are replaced by, in bytes.
const ALL: usize = 16 << 20;
/// Greatest number of entities that a file defines; the rest are ignored.
const MOST: usize = 10_000;
/// Number of bytes at the start of a page in which its document type is searched for.
const HEAD: usize = 4096;

/// The entities that a file defines.
#[derive(Default, Debug)]
pub(super) struct Entities {
    /// What they stand for, with the entities in it replaced.
    values: BTreeMap<String, String>,
    /// The length of what references have been replaced by.
    used: Cell<usize>,
}

impl Entities {
    /// Reads the declarations in a document type. Of several with one name, the first counts. An entity that stands for a
    /// file, or for too much, is not defined.
    pub fn of(doctype: &str) -> Self {
        let mut raw: BTreeMap<&str, &str> = BTreeMap::new();
        for declaration in doctype.split("<!ENTITY").skip(1).take(MOST) {
            let Some((name, rest)) = declaration.trim_start().split_once(char::is_whitespace) else {
                continue;
            };
            let rest = rest.trim_start();
            let value = rest
                .chars()
                .next()
                .filter(|quote| matches!(quote, '"' | '\''))
                .and_then(|quote| rest[1..].split_once(quote).map(|(value, _)| value));
            if let Some(value) = value {
                raw.entry(name).or_insert(value);
            }
        }
        let mut entities = Self::default();
        let names: Vec<&str> = raw.keys().copied().collect();
        names.into_iter().for_each(|name| entities.define(name, &raw));
        entities
    }

    /// Defines an entity after those in its value, which may not lead back to it.
    fn define(&mut self, name: &str, raw: &BTreeMap<&str, &str>) {
        let mut open: Vec<&str> = vec![name];
        while let Some(name) = open.last().copied() {
            let value = raw.get(name).copied().unwrap_or_default();
            let missing = references(value)
                .filter(|inner| raw.contains_key(inner) && !self.values.contains_key(*inner))
                .find(|inner| !open.contains(inner));
            match missing {
                // Each is opened once, so this is linear, and refused ones are defined as themselves.
                Some(inner) if open.len() < 32 => open.push(inner),
                Some(_) | None => {
                    let expanded = replaced(value, |inner| self.values.get(inner).map(String::as_str));
                    let fits = expanded.len() <= VALUE;
                    let value = if fits { expanded.into_owned() } else { format!("&{name};") };
                    self.values.insert(name.to_owned(), value);
                    open.pop();
                }
            }
        }
    }

    /// Returns what an entity stands for, unless it is not defined or the file refers to more than it may.
    pub fn value(&self, name: &str) -> Option<&str> {
        let value = self.values.get(name)?;
        self.used.set(self.used.get().saturating_add(value.len()));
        (self.used.get() <= ALL).then_some(value.as_str())
    }
}

/// Replaces the entities that a page defines, and removes their declarations, which a browser would show the end of.
pub(super) fn expanded(html: String) -> String {
    let head = &html[..html.floor_char_boundary(HEAD.min(html.len()))];
    let Some(start) = head.to_ascii_lowercase().find("<!doctype") else { return html };
    let Some(open) =
        head[start..].find(['[', '>']).map(|at| start + at).filter(|at| head[*at..].starts_with('['))
    else {
        return html;
    };
    let ends = |at: &usize| html[at + 1..].trim_start().starts_with('>');
    let Some(close) =
        memchr::memchr_iter(b']', &html.as_bytes()[open..]).map(|at| open + at).take(MOST).find(ends)
    else {
        return html;
    };
    let entities = Entities::of(&html[open..close]);
    let rest = replaced(&html[close + 1..], |name| entities.value(name));
    format!("{}{rest}", &html[..open])
}

/// Replaces references to entities; those that `value` does not know stay.
fn replaced<'t, 'v>(text: &'t str, mut value: impl FnMut(&str) -> Option<&'v str>) -> Cow<'t, str> {
    let mut out = String::new();
    let mut kept = 0;
    for (at, name) in references_at(text) {
        if let Some(value) = value(name) {
            out.push_str(&text[kept..at]);
            out.push_str(value);
            kept = at + name.len() + 2;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

fn references(text: &str) -> impl Iterator<Item = &str> {
    references_at(text).map(|(_, name)| name)
}

/// Returns the references to named entities in a text, each with its start.
fn references_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    memchr::memchr_iter(b'&', text.as_bytes()).filter_map(|at| {
        let rest = &text[at + 1..];
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
        let end = rest.find(|c| !is_name(c)).filter(|end| *end > 0 && rest[*end..].starts_with(';'))?;
        Some((at, &rest[..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_of_a_page_are_replaced_and_their_declarations_removed() {
        let page = "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY co 'Port &amp; Co [a]'> <!ENTITY twice '&co;, &co;'>\
                    <!ENTITY far SYSTEM 'file:///etc/passwd'>\n]><p>&co; and &twice; &far; &eacute; &co</p>";
        let expected = "<?xml version='1.0'?><!DOCTYPE html ><p>Port &amp; Co [a] and Port &amp; Co [a], Port &amp; Co [a] &far; &eacute; &co</p>";
        assert_eq!(expanded(page.to_owned()), expected);
        for page in ["<!doctype html><p>[&co;]</p>", "<p>no type</p>", "<!DOCTYPE html [<!ENTITY a 'b'"] {
            assert_eq!(expanded(page.to_owned()), page);
        }
    }

    #[test]
    fn a_billion_laughs_are_not_expanded() {
        let mut doctype = "<!ENTITY a0 'ha'>".to_owned();
        for level in 1..40 {
            doctype.push_str(&format!("<!ENTITY a{level} '{}'>", format!("&a{};", level - 1).repeat(10)));
        }
        let begun = std::time::Instant::now();
        let entities = Entities::of(&doctype);
        assert_eq!(entities.value("a3").map(str::len), Some(2000));
        assert_eq!(entities.value("a4"), Some("&a4;"));
        let circle = "<!ENTITY a '&b;'><!ENTITY b '&a;x'>";
        assert!(Entities::of(circle).value("a").is_some());
        let page = format!("<!DOCTYPE html [{doctype}]><p>{}</p>", "&a3;".repeat(200_000));
        assert!(expanded(page).len() < ALL + 2_000_000);
        assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
    }
}
