//! Lists of names, and quoted code.

/// `Ana`, `Ana and Ben`, `Ana, Ben and Eva`.
pub fn list<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}

/// A text in which code is set in backticks, with quotation marks instead.
pub fn quoted(text: &str) -> String {
    let quotes = ["“", "”"].into_iter().cycle();
    text.split_inclusive('`').zip(quotes).map(|(part, quote)| part.replace('`', quote)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_end_with_and() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["Ana"]), "Ana");
        assert_eq!(list(&["Ana", "Ben", "Eva"]), "Ana, Ben and Eva");
    }

    #[test]
    fn code_is_quoted() {
        assert_eq!(quoted("joined by `; `, in `a`"), "joined by “; ”, in “a”");
        assert_eq!(quoted("nothing"), "nothing");
    }
}
