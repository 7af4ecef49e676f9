//! What a workbook holds, by the words in it: its cells are read later, in another process.

use super::columns::plain;
use super::grid;
use crate::archive::Archive;

/// Greatest number of bytes that a part of a workbook may unpack to here.
const PART: u64 = 64 << 20;
/// Where the words of a workbook are, or those that are written in the cells themselves.
const WORDS: [&str; 2] = ["xl/sharedStrings.xml", "xl/worksheets/"];

/// Returns whether an archive with these paths is a workbook.
pub(super) fn is_workbook(paths: &[String]) -> bool {
    paths.iter().any(|path| path == "xl/workbook.xml")
}

/// Returns whether a workbook may have cells with one of each of these names, without differences in case and punctuation.
/// One that is damaged or too large to tell may have them.
pub(super) fn has_names(bytes: &[u8], names: &[&[&str]]) -> bool {
    if !grid::is_workbook(bytes) {
        return false;
    }
    let Ok(mut archive) = Archive::open(bytes) else { return true };
    let mut missing = names.to_vec();
    for place in WORDS {
        let is_here = |(_, name): &(usize, &String)| name.starts_with(place) && name.ends_with(".xml");
        let parts: Vec<usize> =
            archive.names().iter().enumerate().filter(is_here).map(|(at, _)| at).collect();
        for at in parts {
            let Ok(part) = archive.read_at_most(at, PART) else { return true };
            for words in words(&part) {
                let words = plain(&String::from_utf8_lossy(words));
                missing.retain(|names| !names.contains(&words.as_str()));
            }
            if missing.is_empty() {
                return true;
            }
        }
    }
    false
}

/// Returns the words in the elements `t` of a part, whatever their prefix.
fn words(part: &[u8]) -> impl Iterator<Item = &[u8]> {
    memchr::memchr_iter(b'<', part).filter_map(|at| {
        let tag = &part[at + 1..];
        let end = memchr::memchr(b'>', tag)?;
        let name = tag[..end].split(|byte| byte.is_ascii_whitespace()).next()?;
        let is_words = name == b"t" || name.ends_with(b":t");
        let words = &tag[end + 1..];
        is_words.then(|| &words[..memchr::memchr(b'<', words).unwrap_or(words.len())])
    })
}
