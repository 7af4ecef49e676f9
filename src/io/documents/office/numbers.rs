//! Numbers of list items, as shown by the program that wrote the file.

/// The mark of an item in a list without numbers.
pub(in crate::documents) const BULLET: &str = "\u{2022} ";

/// A style of numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::documents) enum Style {
    /// 1, 2, 3
    #[default]
    Decimal,
    /// a, b, c … z, aa
    Lower,
    /// A, B, C
    Upper,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
}

/// Formats a number.
pub(in crate::documents) fn numbered(number: usize, style: Style) -> String {
    match style {
        Style::Decimal => number.to_string(),
        Style::Lower => letters(number),
        Style::Upper => letters(number).to_uppercase(),
        Style::LowerRoman => roman(number),
        Style::UpperRoman => roman(number).to_uppercase(),
    }
}

/// Formats a number in letters: after z comes aa, then bb, as in word processors.
fn letters(number: usize) -> String {
    let Some(place) = number.checked_sub(1).filter(|place| *place < 26 * 20) else {
        return number.to_string();
    };
    let letter = char::from(b'a' + u8::try_from(place % 26).unwrap_or_default());
    std::iter::repeat_n(letter, place / 26 + 1).collect()
}

fn roman(number: usize) -> String {
    const PARTS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number == 0 || number >= 4000 {
        return number.to_string();
    }
    let (mut left, mut out) = (number, String::new());
    for (value, letters) in PARTS {
        while left >= value {
            out.push_str(letters);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_processors_write_them() {
        let all = |style| [1, 4, 26, 27, 53, 1994, 4000, 0].map(|number| numbered(number, style)).join(" ");
        assert_eq!(all(Style::Decimal), "1 4 26 27 53 1994 4000 0");
        assert_eq!(all(Style::Lower), "a d z aa aaa 1994 4000 0");
        assert_eq!(all(Style::UpperRoman), "I IV XXVI XXVII LIII MCMXCIV 4000 0");
    }
}
