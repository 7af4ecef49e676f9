//! What a format is called and what it can carry.

/// What a format is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FormatInfo {
    /// Its name on the command line, stable.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The ending of its files, without dot.
    pub extension: &'static str,
    /// What it carries.
    pub carries: &'static str,
    /// What it can't carry.
    pub loses: &'static str,
}
