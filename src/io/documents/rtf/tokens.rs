//! The tokens of RTF: groups, control words and characters (Rich Text Format Specification 1.9.1).

/// A token of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` or `\word12`.
    Word(&'a str, Option<i32>),
    /// `\` and a character other than a letter.
    Symbol(u8),
    /// `\'hh`, or a literal byte of ASCII.
    Byte(u8),
    /// A literal byte beyond ASCII.
    Raw(u8),
    /// The file ends within the bytes of `\bin`.
    Cut,
}

/// The tokens of a file.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Reads the bytes for which `holds` is true, at most `most` of them.
    fn run(&mut self, holds: impl Fn(u8) -> bool, most: usize) -> &'a str {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().take(most).take_while(|byte| holds(**byte)).count();
        self.at += length;
        std::str::from_utf8(&rest[..length]).unwrap_or_default()
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if first == b'\'' {
            self.at += 1;
            let digits = self.run(|byte| byte.is_ascii_hexdigit(), 2);
            return Some(Token::Byte(u8::from_str_radix(digits, 16).unwrap_or(b'?')));
        }
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(Token::Symbol(first));
        }
        // Words of the specification have at most 32 letters.
        let word = self.run(|byte| byte.is_ascii_alphabetic(), 32);
        let minus = self.peek() == Some(b'-')
            && self.bytes.get(self.at + 1).is_some_and(|byte| byte.is_ascii_digit());
        self.at += usize::from(minus);
        let digits = self.run(|byte| byte.is_ascii_digit(), 10);
        let number = digits.parse::<i32>().ok().map(|number| if minus { -number } else { number });
        self.at += usize::from(self.peek() == Some(b' '));
        if word == "bin" {
            // This number of bytes follow, which are not RTF.
            let count = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            let left = self.bytes.len().saturating_sub(self.at);
            self.at += count.min(left);
            if count > left {
                return Some(Token::Cut);
            }
        }
        Some(Token::Word(word, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                b'\\' => self.control(),
                // Line ends have no meaning.
                b'\r' | b'\n' | 0 => continue,
                byte if byte >= 0x80 => Some(Token::Raw(byte)),
                byte => Some(Token::Byte(byte)),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_falls_into_pieces() {
        use Token::{Byte, Close, Open, Symbol, Word};
        let tokens: Vec<_> = Tokens::new(b"{\\b\\fs24 a\\'e9\\u-10?\\~\n\\bin3 {}{\\ab-c}").collect();
        let expected = [
            Open,
            Word("b", None),
            Word("fs", Some(24)),
            Byte(b'a'),
            Byte(0xE9),
            Word("u", Some(-10)),
            Byte(b'?'),
            Symbol(b'~'),
            Word("bin", Some(3)),
            Word("ab", None),
            Byte(b'-'),
            Byte(b'c'),
            Close,
        ];
        assert_eq!(tokens, expected);
        assert_eq!(Tokens::new(b"\\bin999999999 x").collect::<Vec<_>>(), [Token::Cut]);
        assert_eq!(Tokens::new(b"\xE9\\'e9").collect::<Vec<_>>(), [Token::Raw(0xE9), Byte(0xE9)]);
    }
}
