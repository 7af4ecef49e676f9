//! The root element of an XML file, by its first bytes.

/// Number of bytes in which the root element has to begin.
const REACH: usize = 8 * 1024;

/// The beginning of an XML file.
pub(super) struct Root {
    /// The name of its root element, without a prefix.
    pub name: String,
    /// Everything up to the end of the root's start tag: declarations, comments and attributes.
    pub start: String,
}

impl Root {
    /// Finds the root element; `None` if the file is not XML.
    pub fn of(head: &[u8]) -> Option<Self> {
        let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head).trim_ascii_start();
        if !head.starts_with(b"<") {
            return None;
        }
        let text = String::from_utf8_lossy(&head[..head.len().min(REACH)]).into_owned();
        let mut at = 0;
        loop {
            at += text.get(at..)?.find('<')?;
            let rest = &text[at + 1..];
            let end = match rest.as_bytes().first()? {
                b'?' => "?>",
                b'!' if rest.starts_with("!--") => "-->",
                b'!' => ">",
                _ => {
                    let length = rest.find(['>', ' ', '\t', '\n', '\r', '/']).unwrap_or(rest.len());
                    let name = &rest[..length];
                    let name = name.rsplit_once(':').map_or(name, |(_, local)| local).to_owned();
                    let start = text[..at + 1 + rest.find('>').unwrap_or(rest.len())].to_owned();
                    return (!name.is_empty()).then_some(Self { name, start });
                }
            };
            at += 1 + rest.find(end)? + end.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Root;

    #[test]
    fn the_root_comes_after_declarations_and_comments() {
        let root = |text: &str| Root::of(text.as_bytes()).map(|root| root.name);
        let file = "\u{feff}<?xml version='1.0'?>\n<!-- <a> --><!DOCTYPE b>\n<x:Project a=\"1\"><c/>";
        assert_eq!(root(file).as_deref(), Some("Project"));
        assert_eq!(root("<a/>").as_deref(), Some("a"));
        for text in ["", "<", "< 3 apples", "<?xml", "<!-- a", "a <b>", "<>"] {
            assert_eq!(root(text), None, "{text}");
        }
    }
}
