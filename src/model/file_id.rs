//! Ids that name files: those of documents and people.
//!
//! Ids of categories, attributes and kinds of link name no file. They are compared exactly, so `org` and `ORG` are
//! two categories. Ids of documents and people are file names on file systems that ignore case, so two of them must
//! differ in more than case; [`FoldedId`] is the part that has to differ.

use smol_str::SmolStr;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// Longest id, in bytes. File systems allow 255 bytes with the rest of the file name.
const MAX_BYTES: usize = 120;
/// Longest slug, in bytes.
const MAX_SLUG: usize = 40;
/// Names that Windows reserves for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// Devices that have a number.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// Why an id can't be a file name, as the end of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum IdFault {
    /// It has no characters.
    #[error("is empty")]
    Empty,
    /// Longer than so many bytes.
    #[error("is longer than {0} bytes")]
    Long(usize),
    /// A character that some file system does not allow.
    #[error(r#"contains one of / \ : * ? " < > | or a control character"#)]
    Character,
    /// A dot or space that some file system drops or hides.
    #[error("starts or ends with a dot or a space")]
    Ends,
    /// Reserved on Windows.
    #[error("is the name of a device on Windows")]
    Device,
}

/// Checks that an id can be a file name on every system, and can't lead out of the project's folder.
///
/// # Errors
/// The reason why it can't.
///
/// # Examples
///
/// ```
/// use demarche_model::{IdFault, check_file_id};
///
/// assert_eq!(check_file_id("ana-maría"), Ok(()));
/// assert_eq!(check_file_id("../ana"), Err(IdFault::Character));
/// ```
pub fn check_file_id(id: &str) -> Result<(), IdFault> {
    if id.is_empty() {
        Err(IdFault::Empty)
    } else if id.len() > MAX_BYTES {
        Err(IdFault::Long(MAX_BYTES))
    } else if id.contains(|c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c)) {
        Err(IdFault::Character)
    } else if id.starts_with(['.', ' ']) || id.ends_with(['.', ' ']) {
        Err(IdFault::Ends)
    } else if is_device(id) {
        Err(IdFault::Device)
    } else {
        Ok(())
    }
}

fn is_device(id: &str) -> bool {
    let stem = id.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = || {
        let number = NUMBERED_DEVICES.iter().find_map(|device| stem.strip_prefix(device));
        number.is_some_and(|number| number.len() == 1 && number.ends_with(|c: char| c.is_ascii_digit()))
    };
    DEVICES.contains(&stem.as_str()) || numbered()
}

/// True for an id without any visible character, which no list can show. Ids that name no file have no other rule.
pub fn is_blank(id: &str) -> bool {
    id.trim().is_empty()
}

/// What a case-insensitive file system compares of a file name: equal for names that would be one file there.
///
/// Folds more than any one file system does: case as Unicode has it, and composed against decomposed characters.
///
/// # Examples
///
/// ```
/// use demarche_model::FoldedId;
///
/// assert_eq!(FoldedId::new("Ana"), FoldedId::new("ana"));
/// assert_eq!(FoldedId::new("jos\u{e9}"), FoldedId::new("JOSE\u{301}"));
/// assert_ne!(FoldedId::new("jose"), FoldedId::new("jos\u{e9}"));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FoldedId(SmolStr);

impl FoldedId {
    /// The key of an id.
    pub fn new(id: &str) -> Self {
        if id.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
            return Self(SmolStr::new(id));
        }
        let folded = id.nfd().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
        Self(folded.nfc().collect())
    }
}

/// Turns a name into an id that is safe as a file name: lower-case ASCII letters, digits and `-`, at most 40
/// characters. Names in other scripts are transliterated. A name without any letter or digit gives `fallback`.
///
/// # Examples
///
/// ```
/// use demarche_model::slug;
///
/// assert_eq!(slug("Ana Müller", "person"), "ana-muller");
/// assert_eq!(slug("Анна", "person"), "anna");
/// assert_eq!(slug("…", "person"), "person");
/// ```
pub fn slug(name: &str, fallback: &str) -> String {
    let plain = deunicode::deunicode_with_tofu_cow(name, "-");
    let mut out = String::new();
    for c in plain.chars().map(|c| c.to_ascii_lowercase()) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() == MAX_SLUG {
            break;
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { fallback.to_owned() } else { out.to_owned() }
}

/// True if a name has the form of an id that [`slug`] makes. It may be longer, since ids have numbers at their ends.
///
/// # Examples
///
/// ```
/// use demarche_model::is_slug;
///
/// assert!(is_slug("ana-2"));
/// assert!(!is_slug("Ana") && !is_slug("ana--b") && !is_slug("-") && !is_slug("con"));
/// ```
pub fn is_slug(name: &str) -> bool {
    let is_plain =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.split('-').all(is_plain) && check_file_id(name).is_ok()
}

/// Returns a name for people to read, for an id.
///
/// ```
/// assert_eq!(demarche_model::readable("red-line"), "Red line");
/// ```
pub fn readable(id: &str) -> String {
    let spaced = id.replace(['-', '_'], " ");
    let mut rest = spaced.trim().chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => id.to_owned(),
    }
}

/// Returns the first of `base`, `base-2`, `base-3` … that is valid as a file name and not taken.
pub(super) fn free_id(base: &str, is_taken: impl Fn(&FoldedId) -> bool) -> String {
    let names = std::iter::once(base.to_owned()).chain((2..u64::MAX).map(|n| format!("{base}-{n}")));
    let mut free = names.filter(|id| check_file_id(id).is_ok() && !is_taken(&FoldedId::new(id)));
    // There are fewer ids than numbers, so one is always free.
    free.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_never_leads_out_of_the_folder() {
        for good in ["d001", "ana", "ana-maria", "Ana Reyes", "위협", "a.b", "console", "com"] {
            assert_eq!(check_file_id(good), Ok(()), "{good}");
        }
        for bad in
            ["", ".", "..", "a/b", "a\\b", ".git", "a ", "con", "AUX.txt", "com1", "a\0", "a\nb", "a:b"]
        {
            assert!(check_file_id(bad).is_err(), "{bad:?}");
        }
        assert_eq!(check_file_id(&"a".repeat(121)), Err(IdFault::Long(120)));
    }

    #[test]
    fn a_slug_is_readable_in_any_script() {
        for (name, expected) in [
            ("Ana Müller", "ana-muller"),
            ("../etc/passwd", "etc-passwd"),
            ("김민수", "gimminsu"),
            ("Борис", "boris"),
            ("Ærø", "aero"),
            ("\u{e000}", "x"),
            ("…", "x"),
        ] {
            assert_eq!(slug(name, "x"), expected, "{name}");
        }
        assert_eq!(slug(&"a".repeat(99), "x").len(), 40);
    }

    #[test]
    fn a_free_id_is_neither_taken_nor_a_device() {
        let taken = [FoldedId::new("Ana"), FoldedId::new("ana-2")];
        assert_eq!(free_id("ana", |key| taken.contains(key)), "ana-3");
        assert_eq!(free_id("con", |_| false), "con-2");
    }
}
