//! The description of a format.

/// The name of a format and what it can carry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FormatInfo {
    /// Its name on the command line, stable.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The extension of its files, without the dot.
    pub extension: &'static str,
    /// What it carries.
    pub carries: &'static str,
    /// What it can't carry.
    pub loses: &'static str,
}
