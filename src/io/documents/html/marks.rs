//! Marks of notes on a page: superscript links to a note, and links back from it.

/// Greatest length of a mark, in characters.
const LONGEST: usize = 5;
/// Types, roles and classes of links that are marks: those of EPUB 3 and ARIA, and the classes of LibreOffice.
const NAMES: [&str; 6] =
    ["noteref", "doc-noteref", "sdfootnoteanc", "sdendnoteanc", "sdfootnotesym", "sdendnotesym"];

/// A link or a superscript.
#[derive(Default)]
pub(super) struct Raised<'a> {
    /// The name of its element: `a` or `sup`.
    pub name: &'a str,
    /// Its type, role and classes.
    pub says: String,
    /// Its target, or that of the link in it.
    pub href: Option<String>,
    /// The name of its only child element, if it contains nothing else.
    pub inner: Option<String>,
    /// Its text.
    pub words: String,
}

impl Raised<'_> {
    /// Returns the mark as it is written in a text: `[1]`. `None` if it is not a mark, or has brackets already.
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
