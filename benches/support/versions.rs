//! Later versions of a generated text: the same ones at every run.

use super::generate::text;
use demarche::analysis::random::Random;

/// A name for the table, and what makes the later version of a text.
pub type Kind = (&'static str, fn(&str) -> String);

/// All kinds of later versions.
pub const KINDS: [Kind; 4] = [
    ("a few insertions and deletions", edited),
    ("a paragraph moved", moved),
    ("noise in every 50th word", noisy),
    ("a wholly different text", other),
];

/// Twenty places at which a sentence comes in or a few words go out.
fn edited(old: &str) -> String {
    let mut random = Random::new(21);
    let mut new = old.to_owned();
    for turn in 0..20 {
        let at = next_space(&new, random.below(new.len() * 9 / 10));
        if turn % 2 == 0 {
            new.insert_str(at, " as was said once more on the evening of that day in Halden,");
        } else {
            let end = next_space(&new, at + 30);
            new.replace_range(at..end, "");
        }
    }
    new
}

/// A paragraph from the first tenth stands in the last one.
fn moved(old: &str) -> String {
    let line = |from: usize| {
        old[old.floor_char_boundary(from)..]
            .find('\n')
            .map_or(old.len(), |at| old.floor_char_boundary(from) + at + 1)
    };
    let start = line(old.len() / 10);
    let end = line(start + 500);
    let to = line(old.len() * 9 / 10);
    [&old[..start], &old[end..to], &old[start..end], &old[to..]].concat()
}

/// What reading a page by machine makes of it: in every 50th word a letter is another.
fn noisy(old: &str) -> String {
    let mut random = Random::new(22);
    let mut new = String::with_capacity(old.len());
    for (number, word) in old.split_inclusive(' ').enumerate() {
        let letters: Vec<usize> =
            word.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()).map(|(at, _)| at).collect();
        if number % 50 == 49 && !letters.is_empty() {
            let at = letters[random.below(letters.len())];
            new.push_str(&word[..at]);
            new.push_str(["rn", "l", "1", "c", "ii", "0"][random.below(6)]);
            new.push_str(&word[at + 1..]);
        } else {
            new.push_str(word);
        }
    }
    new
}

/// As long, from the same words, but another text.
fn other(old: &str) -> String {
    text(23, old.len(), true)
}

fn next_space(text: &str, from: usize) -> usize {
    let from = text.ceil_char_boundary(from);
    text[from..].find(' ').map_or(text.len(), |at| from + at)
}
