//! The part of a filter that the caret is in. The text before it need not be a whole filter.

use std::ops::Range;

use smol_str::SmolStr;

use super::super::ast::{Field, Relation, is_word_character};

/// What is typed at the caret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// The start of a term.
    Term,
    /// A value of a field.
    Value(Field),
    /// The distance of a relation.
    Distance,
}

/// What is typed at the caret, and the part of the text that it covers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Context {
    pub place: Place,
    pub replace: Range<usize>,
}

impl Context {
    /// The context of a caret in a text.
    pub fn at(chars: &[char], caret: usize) -> Self {
        let mut scanner = Scanner { chars, caret, at: 0 };
        while scanner.at < caret {
            if let Some(context) = scanner.step() {
                return context;
            }
        }
        scanner.term(caret)
    }
}

struct Scanner<'a> {
    chars: &'a [char],
    caret: usize,
    at: usize,
}

impl Scanner<'_> {
    /// Goes over one part of the text; the context, if the caret is in it.
    fn step(&mut self) -> Option<Context> {
        let start = self.at;
        match self.chars[self.at] {
            ';' => self.distance(),
            '"' => {
                self.skip_quoted();
                self.value_context(Field::Text, start)
            }
            c if c.is_whitespace() || matches!(c, '(' | ')' | '|' | ',' | '-' | '=') => {
                self.at += 1;
                None
            }
            _ => self.word(start),
        }
    }

    /// A word, or a field and its values, or a relation up to its parenthesis.
    fn word(&mut self, start: usize) -> Option<Context> {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@');
        self.skip(is_name);
        if self.at >= self.caret {
            return Some(self.term(start));
        }
        let name: String = self.chars[start..self.at].iter().collect();
        if self.chars[self.at] == ':' && self.at > start {
            return self.values(&name);
        }
        self.skip(|c| is_word_character(c) && c != ':');
        if self.at >= self.caret {
            return Some(self.term(start));
        }
        // A character that no word contains.
        self.at = self.at.max(start + 1);
        None
    }

    fn values(&mut self, name: &str) -> Option<Context> {
        let field = field(name);
        loop {
            // The colon or the comma.
            self.at += 1;
            if self.at < self.caret && self.chars[self.at] == '=' {
                self.at += 1;
            }
            let start = self.at;
            if self.peek() == Some('"') {
                self.skip_quoted();
            } else {
                self.skip(is_word_character);
            }
            if self.at >= self.caret {
                let Some(field) = field else { return Some(self.term(start)) };
                return self.value_context(field, start);
            }
            if self.peek() != Some(',') {
                return None;
            }
        }
    }

    /// The distance after a semicolon, up to the parenthesis.
    fn distance(&mut self) -> Option<Context> {
        self.at += 1;
        self.skip(char::is_whitespace);
        let start = self.at.min(self.caret);
        self.skip(|c| c != ')');
        let replace = start..self.at;
        (self.at >= self.caret).then_some(Context { place: Place::Distance, replace })
    }

    fn value_context(&self, field: Field, start: usize) -> Option<Context> {
        let replace = start..self.at;
        (self.at >= self.caret).then_some(Context { place: Place::Value(field), replace })
    }

    /// The start of a term, with the colon or parenthesis that the candidates end with.
    fn term(&self, start: usize) -> Context {
        let mut end = start;
        while self.chars.get(end).is_some_and(|c| is_word_character(*c) && *c != ':') {
            end += 1;
        }
        let is_end = |c: &char| matches!(c, ':' | '(');
        let has_end = end > start && self.chars.get(end).is_some_and(is_end);
        Context { place: Place::Term, replace: start..end + usize::from(has_end) }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    /// Goes over characters, those behind the caret too.
    fn skip(&mut self, belongs: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&belongs) {
            self.at += 1;
        }
    }

    /// Goes over a quoted text and its quotes; to the end if it is not closed.
    fn skip_quoted(&mut self) {
        self.at += 1;
        while let Some(c) = self.peek() {
            self.at += if c == '\\' { 2 } else { 1 };
            if c == '"' {
                break;
            }
        }
        self.at = self.at.min(self.chars.len());
    }
}

/// The field with a name; `None` if there is none.
fn field(name: &str) -> Option<Field> {
    match name.strip_prefix('@') {
        Some(id) => Some(Field::Attribute(SmolStr::new(id))),
        None => Field::NAMED.into_iter().find(|field| field.name().eq_ignore_ascii_case(name)),
    }
}

/// The start of a relation: its name and a parenthesis.
pub(super) fn opening(relation: Relation) -> String {
    format!("{}(", relation.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The context at `¦`, which is taken out.
    fn at(marked: &str) -> (Place, String) {
        let caret = marked.chars().position(|c| c == '¦').unwrap();
        let chars: Vec<char> = marked.chars().filter(|c| *c != '¦').collect();
        let Context { place, replace } = Context::at(&chars, caret);
        (place, chars[replace].iter().collect())
    }

    #[test]
    fn the_caret_is_in_a_term_a_value_or_a_distance() {
        let value = |field: Field, text: &str| (Place::Value(field), text.to_owned());
        let term = |text: &str| (Place::Term, text.to_owned());
        let distance = |text: &str| (Place::Distance, text.to_owned());
        for (marked, expected) in [
            ("¦", term("")),
            ("act¦", term("act")),
            ("-act¦", term("act")),
            ("ac¦tor:Estmark", term("actor:")),
            ("ne¦ar(any)", term("near(")),
            ("role:demand ¦", term("")),
            ("role:¦", value(Field::Role, "")),
            ("role:dem¦", value(Field::Role, "dem")),
            ("role:dem¦and actor:x", value(Field::Role, "demand")),
            ("role:demand,o¦", value(Field::Role, "o")),
            ("role:¦demand,offer", value(Field::Role, "demand")),
            ("(role:demand | issue:¦)", value(Field::Issue, "")),
            ("category:=thr¦", value(Field::Category, "thr")),
            ("actor:\"Skippers’ un¦", value(Field::Actor, "\"Skippers’ un")),
            ("actor:\"Skippers’ ¦union\" role:x", value(Field::Actor, "\"Skippers’ union\"")),
            ("actor:\"a\" ro¦", term("ro")),
            ("document:\"a \\\" b¦", value(Field::Document, "\"a \\\" b")),
            ("@voi¦", term("@voi")),
            ("@voice:quo¦", value(Field::Attribute("voice".into()), "quo")),
            ("near(category:dem¦; 1 word)", value(Field::Category, "dem")),
            ("near(category:demand; ¦)", distance("")),
            ("near(category:demand; 1 pa¦ra)", distance("1 para")),
            ("near(any;¦", distance("")),
            ("near(any; 1 word) ¦", term("")),
            ("\"survey ¦data\"", value(Field::Text, "\"survey data\"")),
            ("foo:x¦", term("x")),
        ] {
            assert_eq!(at(marked), expected, "{marked}");
        }
    }

    #[test]
    fn no_caret_is_too_far_in_any_text() {
        for text in ["a:\"\\", ";", "((", ")|", "a,b:c,=", "é:\"ü\"*", "--@:", "near(;;", "\"", "a:b\"c"] {
            let chars: Vec<char> = text.chars().collect();
            for caret in 0..=chars.len() {
                let replace = Context::at(&chars, caret).replace;
                assert!(replace.start <= replace.end && replace.end <= chars.len(), "{text} {caret}");
            }
        }
    }
}
