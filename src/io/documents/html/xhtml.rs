//! XHTML as HTML.

/// Converts XHTML to HTML: `<title/>` is an empty element in XHTML, and one that never ends in HTML.
pub(in crate::documents) fn close_empty(xhtml: &str) -> String {
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
        "track", "wbr",
    ];
    let mut out = String::with_capacity(xhtml.len());
    let mut rest = xhtml;
    while let Some(at) = rest.find("/>") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let open = before.rfind('<').filter(|open| !before[*open..].contains('>'));
        let name: Option<&str> = open.map(|open| {
            before[open + 1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default()
        });
        match name.filter(|name| !name.is_empty() && !VOID.contains(name)) {
            Some(name) => {
                out.push_str(before);
                out.push_str(&format!("></{name}>"));
            }
            None => out.push_str(&rest[..at + 2]),
        }
        rest = after;
    }
    out + rest
}
