//! Locations of passages, as people cite them.

use std::fmt;

use crate::Locator;

impl Locator<'_> {
    /// `3`, or `3–4` for a passage on two pages; empty without pages.
    pub fn pages(&self) -> String {
        let to = self.to_page.map(|to| format!("–{to}")).unwrap_or_default();
        self.page.map(|page| format!("{page}{to}")).unwrap_or_default()
    }

    /// `p. 3`, `pp. 3–4`, or the time of a transcript; empty if neither is known.
    pub fn short(&self) -> String {
        match (self.page, self.to_page) {
            (Some(_), None) => format!("p. {}", self.pages()),
            (Some(_), Some(_)) => format!("pp. {}", self.pages()),
            (None, _) => self.time.unwrap_or_default().to_owned(),
        }
    }
}

impl fmt::Display for Locator<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = self.short();
        f.write_str(&short)?;
        match self.heading {
            Some(heading) if !short.is_empty() => write!(f, ", {heading}"),
            Some(heading) => f.write_str(heading),
            None => Ok(()),
        }
    }
}
