//! Numbers of things in words.

/// `1 passage`, `2 passages`.
pub(crate) fn passages(count: usize) -> String {
    counted(count, "passage", "passages")
}

/// A number with its noun, such as `1 category`, `2 categories`.
pub(crate) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
