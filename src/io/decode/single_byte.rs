//! The choice between encodings of one byte per character where `chardetng` has too little to go by, or does not know the
//! right one.

use encoding_rs::{Encoding, WINDOWS_1250, WINDOWS_1252, X_MAC_CYRILLIC};

use super::ibm855::ibm855;
use super::reading::Read;

/// Greatest number of bytes that decide between encodings for the choice to count as a guess.
const FEW: usize = 10;
/// Least percentage of well-formed words in an encoding that is taken instead of the guess, and greatest in the guess.
const WELL: usize = 93;
const ILL: usize = 88;
/// Greatest length of a unit before a raised digit, such as `km³`.
const UNIT: usize = 2;

/// Reads bytes in an encoding of one byte per character: the guess of `chardetng`, or a likelier one.
pub(super) fn read(bytes: &[u8], guess: &'static Encoding) -> Read {
    if let Some(read) = cyrillic(bytes, guess) {
        return read;
    }
    let encoding = match guess {
        _ if guess == WINDOWS_1252 && is_hungarian(bytes) => WINDOWS_1250,
        _ if guess != WINDOWS_1252 && has_western_symbols(bytes, guess) => WINDOWS_1252,
        guess => guess,
    };
    let mut read = Read::of(bytes, encoding);
    // All encodings of Windows share most of their symbols, so these tell nothing.
    let deciding = |byte: &&u8| {
        let [guessed, west, east] = [encoding, WINDOWS_1252, WINDOWS_1250].map(|one| character(**byte, one));
        !byte.is_ascii() && (guessed != west || west != east)
    };
    read.is_guess = (1..FEW).contains(&bytes.iter().filter(deciding).take(FEW).count());
    read
}

/// Returns whether a text has only the letters of Hungarian, among them one that windows-1252 lacks. There, it is the õ of
/// Portuguese, which an e follows, or the û of French, which has no á.
fn is_hungarian(bytes: &[u8]) -> bool {
    let (text, _) = WINDOWS_1250.decode_without_bom_handling(bytes);
    let letters = || text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).flat_map(char::to_lowercase);
    letters().all(|c| "áéíóöőúüű".contains(c))
        && letters().any(|c| "őű".contains(c))
        && "áé".chars().all(|needed| letters().any(|c| c == needed))
        && !text.contains("őe")
}

/// Returns whether all that a text would lose as windows-1252 are letters that stand alone, where a Western text has a
/// symbol: the Ł of windows-1250 in “Ł825” is a pound sign.
fn has_western_symbols(bytes: &[u8], guess: &'static Encoding) -> bool {
    let as_letter = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(|byte| character(*byte, guess).is_some_and(char::is_alphabetic))
    };
    let mut differs = false;
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()) {
        let (west, here) = (character(*byte, WINDOWS_1252), character(*byte, guess));
        if west == here {
            continue;
        }
        differs = true;
        let is_symbol = west.is_some_and(|c| !c.is_alphabetic() && !c.is_control());
        let unit = (1..=at).take_while(|back| as_letter(Some(at - back))).take(UNIT + 1).count();
        if !is_symbol || as_letter(Some(at + 1)) || unit > UNIT {
            return false;
        }
    }
    differs
}

/// Reads Cyrillic in the encodings of Macintosh and of DOS that `chardetng` does not know; `None` if the guess reads well.
fn cyrillic(bytes: &[u8], guess: &'static Encoding) -> Option<Read> {
    let (as_guessed, _) = guess.decode_without_bom_handling(bytes);
    let guessed = Words::of(&as_guessed);
    if guessed.percent_well_formed() > ILL {
        return None;
    }
    let mac = X_MAC_CYRILLIC.decode_without_bom_handling(bytes).0.into_owned();
    let candidates = [(mac, X_MAC_CYRILLIC.name()), (ibm855(bytes), "IBM855")];
    let fitting = candidates.into_iter().filter_map(|(text, encoding)| {
        let words = Words::of(&text);
        let fits = words.is_cyrillic() && words.percent_well_formed() >= WELL;
        fits.then(|| {
            (words.percent_well_formed(), Read { text, encoding, invalid: 0, is_guess: words.total < FEW })
        })
    });
    fitting.max_by_key(|(percent, _)| *percent).map(|(_, read)| read)
}

/// The words of a text that have letters beyond ASCII.
#[derive(Default)]
struct Words {
    total: usize,
    well_formed: usize,
    letters: usize,
    /// The letters that make up most of a text in a Slavic language with Cyrillic letters.
    common: usize,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self::default();
        for word in text
            .split(char::is_whitespace)
            .map(|word| word.trim_matches(|c: char| c.is_ascii() || is_quote(c)))
        {
            if !word.is_ascii() {
                words.total += 1;
                words.well_formed += usize::from(is_well_formed(word));
                words.letters += word.chars().filter(|c| c.is_alphabetic()).count();
                let lower = word.chars().flat_map(char::to_lowercase);
                words.common += lower.filter(|c| "оеаинтсрвлкмдпу".contains(*c)).count();
            }
        }
        words
    }

    fn percent_well_formed(&self) -> usize {
        self.well_formed * 100 / self.total.max(1)
    }

    fn is_cyrillic(&self) -> bool {
        self.total > 0 && self.common * 100 >= self.letters * 60
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '«' | '»' | '“' | '”' | '„' | '‘' | '’' | '–' | '—' | '…' | '№')
}

/// Returns whether a word consists of letters and hyphens, and is in lower case, capitalised, or in upper case.
fn is_well_formed(word: &str) -> bool {
    word.split(['-', '\'', '’', '.', ',', '/', '–', '—', '(', ')', '"']).all(|part| {
        let mut letters = part.chars();
        let first_is_upper = letters.next().is_none_or(char::is_uppercase);
        let has_upper = letters.clone().any(char::is_uppercase);
        let has_lower = letters.any(char::is_lowercase);
        part.chars().all(char::is_alphanumeric) && !(has_upper && (has_lower || !first_is_upper))
    })
}

/// Returns the meaning of a byte in an encoding of one byte per character.
fn character(byte: u8, encoding: &'static Encoding) -> Option<char> {
    encoding.decode_without_bom_handling(&[byte]).0.chars().next().filter(|c| *c != '\u{FFFD}')
}
