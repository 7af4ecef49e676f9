//! Marks of notes on a page: a raised number that leads to a note, and the one before the note that leads back.

/// Longest mark, in characters.
const LONGEST: usize = 5;
/// What pages say of a link that is a mark: as EPUB 3 and ARIA have it, and the classes that LibreOffice gives.
const NAMES: [&str; 6] =
    ["noteref", "doc-noteref", "sdfootnoteanc", "sdendnoteanc", "sdfootnotesym", "sdendnotesym"];

/// A link or a raised text.
#[derive(Default)]
pub(super) struct Raised<'a> {
    /// The name of its element: `a` or `sup`.
    pub name: &'a str,
    /// What it says that it is: its type, role and classes.
    pub says: String,
    /// Where it leads, or what stands in it.
    pub href: Option<String>,
    /// The name of the one element that is all that stands in it.
    pub inner: Option<String>,
    /// Its words.
    pub words: String,
}

impl Raised<'_> {
    /// The mark that it is, as it is written in a text: `[1]`. `None` for anything else; a mark that stands in brackets
    /// already is one for itself.
    pub fn mark(&self) -> Option<String> {
        let is_named = self.name == "a" && self.says.split_whitespace().any(|word| NAMES.contains(&word));
        let leads_inside = self.href.as_ref().is_some_and(|href| href.contains('#') && !href.contains("://"));
        let is_raised = matches!((self.name, self.inner.as_deref()), ("a", Some("sup")) | ("sup", Some("a")));
        let mark = self.words.trim();
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '*' | '†' | '‡' | '§');
        let is_short = (1..=LONGEST).contains(&mark.chars().count()) && mark.chars().all(fits);
        (is_short && (is_named || is_raised && leads_inside)).then(|| format!("[{mark}]"))
    }
}
