//! What texts are built of: numbers, nouns with their numbers, lists of names.

/// A number with a thin space between thousands.
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push('\u{202F}');
        }
        out.push(digit);
    }
    out
}

/// `1 passage`, `2 passages`.
pub fn plural(number: usize, one: &str) -> String {
    format!("{} {one}{}", count(number), if number == 1 { "" } else { "s" })
}

/// `1 category`, `2 categories`.
pub fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { several })
}

/// The words with a capital letter in front, as a sentence that stands alone.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

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
    fn thousands_are_set_apart() {
        assert_eq!(count(7), "7");
        assert_eq!(count(1234), "1\u{202F}234");
        assert_eq!(count(1234567), "1\u{202F}234\u{202F}567");
        assert_eq!(plural(1, "span"), "1 span");
    }

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
