//! Text from right to left: glyphs are placed from left to right, text is in the order of reading.

use smol_str::SmolStr;

use super::Word;

/// Returns whether a character is written from right to left.
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}') && !is_digit(c)
}

/// Returns whether a character is a mark on the letter before it.
pub(in crate::documents::pdf) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{20d0}'..='\u{20ff}')
}

/// Digits are written from left to right in every script.
fn is_digit(c: char) -> bool {
    matches!(c, '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// Returns the text of a word whose glyphs are given from left to right, with letters from right to left in it.
pub(super) fn upright<'a>(glyphs: impl Iterator<Item = &'a str>) -> SmolStr {
    let glyphs: Vec<&str> = glyphs.collect();
    let is_number = |text: &&str| text.chars().all(|c| c.is_ascii_alphanumeric() || is_digit(c));
    let mut text = String::new();
    for part in glyphs.chunk_by(|one, next| is_number(one) == is_number(next)).rev() {
        if part.first().is_some_and(is_number) {
            part.iter().for_each(|glyph| text.push_str(glyph));
        } else {
            part.iter().rev().for_each(|glyph| text.extend(glyph.chars().map(mirrored)));
        }
    }
    text.into()
}

fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '«' => '»',
        '»' => '«',
        other => other,
    }
}

/// Puts the words of a line, given from left to right, in the order of reading.
pub(in crate::documents::pdf) fn in_order(words: &mut [Word]) {
    let is_turned = |word: &Word| word.text.chars().any(is_right_to_left);
    let turned = words.iter().filter(|word| is_turned(word)).count();
    if turned == 0 {
        return;
    }
    let letters =
        words.iter().filter(|word| !is_turned(word) && word.text.chars().any(char::is_alphabetic)).count();
    // Spaces are before words; after turning, before those that followed.
    let spaces: Vec<bool> = words.iter().map(|word| word.is_glued).collect();
    if turned >= letters {
        words.reverse();
        let mut glued: Vec<bool> = spaces.into_iter().skip(1).chain([false]).collect();
        glued.reverse();
        words.iter_mut().zip(glued).for_each(|(word, glued)| word.is_glued = glued);
        for run in words.chunk_by_mut(|one, next| is_turned(one) == is_turned(next)) {
            if run.first().is_some_and(|word| !is_turned(word) && word.text.chars().any(char::is_alphabetic))
            {
                run.reverse();
            }
        }
    } else {
        for run in words.chunk_by_mut(|one, next| is_turned(one) == is_turned(next)) {
            if run.first().is_some_and(is_turned) {
                run.reverse();
            }
        }
    }
}
