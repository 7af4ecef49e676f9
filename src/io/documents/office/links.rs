//! Links, whose words are text, and whose addresses are left out and counted unless the words show them.

use crate::documents::writer::Writer;
use crate::loss::DocumentLoss;

/// A link that has not ended.
#[derive(Debug)]
pub(in crate::documents) struct Link {
    address: String,
    /// The length of the paragraph before its words, in bytes.
    start: usize,
}

impl Link {
    /// Starts a link; `None` if it leads to a place in the same document.
    pub fn open(address: &str, writer: &Writer) -> Option<Self> {
        let address = address.trim();
        let is_outside = !address.is_empty() && !address.starts_with('#');
        is_outside.then(|| Self { address: address.to_owned(), start: writer.paragraph().len() })
    }

    /// Returns the address in the code of a field, `HYPERLINK "https://…"`; `None` for other fields.
    pub fn of_field(code: &str) -> Option<&str> {
        let rest = code.trim_start().strip_prefix("HYPERLINK")?.trim();
        match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => rest.split_whitespace().next().filter(|word| !word.starts_with('\\')),
        }
    }

    /// Ends the link, and counts its address if its words do not show it.
    pub fn close(self, writer: &mut Writer) {
        let bare = |words: &str| {
            let words = words.trim().to_lowercase();
            let words = words.split_once("://").map_or(words.as_str(), |(_, rest)| rest);
            let words = words.trim_start_matches("mailto:").trim_start_matches("www.");
            words.trim_end_matches('/').to_owned()
        };
        let words = bare(writer.paragraph().get(self.start..).unwrap_or_default());
        let is_shown = words.contains(&bare(&self.address));
        writer.drop(DocumentLoss::LinkAddresses, usize::from(!is_shown));
    }
}

#[cfg(test)]
mod tests {
    use super::Link;

    #[test]
    fn the_code_of_a_field_has_the_address() {
        assert_eq!(
            Link::of_field(r#" HYPERLINK "https://a.example/b" \t "_blank" "#),
            Some("https://a.example/b")
        );
        assert_eq!(Link::of_field("HYPERLINK x"), Some("x"));
        assert_eq!(Link::of_field(r#" HYPERLINK \l "top" "#), None);
        assert_eq!(Link::of_field(" PAGE "), None);
    }
}
