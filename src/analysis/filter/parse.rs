//! Reads a filter from text by recursive descent.
//!
//! ```text
//! filter   = all { "|" all }
//! all      = { term }
//! term     = "-" term | "(" filter ")" | relation | field ":" value { "," value } | value
//! relation = name "(" filter [ ";" number unit ] ")"
//! value    = [ "=" ] ( word | quoted ) [ "*" ]
//! ```

use std::ops::Range;

use smol_str::SmolStr;

use demarche_model::nearest;

use super::ast::{
    Condition, Distance, Field, Filter, Keyword, Relation, Term, Unit, Value, is_word_character,
};
use super::error::{FilterError, FilterFault};

/// Greatest length of a filter, in characters.
pub const MAX_CHARACTERS: usize = 100_000;

/// Greatest depth of parentheses, relations and signs, so that no filter can exhaust the stack.
pub const MAX_DEPTH: usize = 100;

type Parsed<T> = Result<T, FilterError>;

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// The text does not follow the grammar.
    ///
    /// # Examples
    ///
    /// ```
    /// use demarche_analysis::filter::{Filter, FilterFault};
    ///
    /// let filter = Filter::parse(" role:demand,offer  near(category:threat; 1 paragraphs)").unwrap();
    /// assert_eq!(filter.to_string(), "role:demand,offer near(category:threat; 1 paragraph)");
    ///
    /// let error = Filter::parse("actor: Estmark").unwrap_err();
    /// assert_eq!(error.at, 6..7);
    /// assert!(matches!(error.fault, FilterFault::NoValueAfterColon(_)));
    /// ```
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        let chars: Vec<char> = text.chars().take(MAX_CHARACTERS + 1).collect();
        if chars.len() > MAX_CHARACTERS {
            let at = MAX_CHARACTERS..MAX_CHARACTERS + 1;
            return Err(FilterError { at, fault: FilterFault::TooLong(MAX_CHARACTERS) });
        }
        let mut parser = Parser { chars, at: 0, depth: 0 };
        let filter = parser.filter()?;
        match parser.peek() {
            None => Ok(filter),
            Some(')') => Err(parser.fault_here(FilterFault::UnopenedParenthesis)),
            Some(c) => Err(parser.fault_here(FilterFault::Unexpected(c))),
        }
    }
}

impl std::str::FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        Self::parse(text)
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn filter(&mut self) -> Parsed<Filter> {
        let mut alternatives = vec![self.terms()?];
        while self.eat('|') {
            alternatives.push(self.terms()?);
        }
        Ok(Filter::any_of(alternatives))
    }

    /// The terms up to the end of an alternative, and the spaces after them.
    fn terms(&mut self) -> Parsed<Vec<Term>> {
        let mut terms = Vec::new();
        loop {
            self.skip_spaces();
            match self.peek() {
                None | Some('|' | ')' | ';') => return Ok(terms),
                Some(_) => terms.push(self.deeper(Self::term)?),
            }
        }
    }

    fn term(&mut self) -> Parsed<Term> {
        let start = self.at;
        if self.eat('-') {
            return match self.peek() {
                None | Some('|' | ')' | ';') => Err(self.fault(start..self.at, FilterFault::NothingToNegate)),
                Some(c) if c.is_whitespace() => Err(self.fault(start..self.at, FilterFault::NothingToNegate)),
                Some(_) => Ok(Term::Not(Box::new(self.deeper(Self::term)?))),
            };
        }
        if self.eat('(') {
            let filter = self.filter()?;
            self.close(start)?;
            return Ok(Term::Group(filter));
        }
        let name_end = self.name_end();
        match self.chars.get(name_end) {
            Some(':') if name_end > start => self.condition(name_end),
            Some('(') if name_end > start => self.relation(name_end),
            Some(_) | None => self.bare(),
        }
    }

    /// The end of the run of characters that a name of a field or relation can consist of.
    fn name_end(&self) -> usize {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let start = self.at + usize::from(self.peek() == Some('@'));
        let length = self.chars[start..].iter().take_while(|c| is_name(**c)).count();
        if length == 0 { self.at } else { start + length }
    }

    fn condition(&mut self, name_end: usize) -> Parsed<Term> {
        let field = self.field(name_end)?;
        self.at = name_end + 1;
        let none = FilterFault::NoValueAfterColon(field.clone());
        let first = self.value(&none)?;
        let mut more = Vec::new();
        while self.eat(',') {
            more.push(self.value(&FilterFault::NoValueAfterComma)?);
        }
        Ok(Term::Field(Condition::new(field, first, more)))
    }

    fn field(&self, name_end: usize) -> Parsed<Field> {
        let name = self.text(self.at..name_end);
        if let Some(id) = name.strip_prefix('@') {
            return Ok(Field::Attribute(SmolStr::new(id)));
        }
        let found = Field::NAMED.into_iter().find(|field| field.name().eq_ignore_ascii_case(&name));
        found.ok_or_else(|| {
            let nearest = nearest(&name, Field::NAMED.iter().map(Field::name)).map(SmolStr::new);
            self.fault(self.at..name_end, FilterFault::UnknownField { name: name.into(), nearest })
        })
    }

    fn relation(&mut self, name_end: usize) -> Parsed<Term> {
        let name = self.text(self.at..name_end);
        let found = Relation::ALL.into_iter().find(|relation| relation.name().eq_ignore_ascii_case(&name));
        let Some(mut relation) = found else {
            let nearest = nearest(&name, Relation::ALL.map(Relation::name)).map(SmolStr::new);
            let fault = FilterFault::UnknownRelation { name: name.into(), nearest };
            return Err(self.fault(self.at..name_end, fault));
        };
        self.at = name_end + 1;
        let other = self.filter()?;
        let semicolon = self.at;
        if self.eat(';') {
            let distance = self.distance(semicolon)?;
            relation = relation
                .within(distance)
                .ok_or_else(|| self.fault(semicolon..self.at, FilterFault::DistanceNotTaken(relation)))?;
        }
        self.close(name_end)?;
        Ok(Term::Related(relation, other))
    }

    /// A number and a unit after the semicolon.
    fn distance(&mut self, semicolon: usize) -> Parsed<Distance> {
        self.skip_spaces();
        let number = self.run(|c| c.is_ascii_digit());
        let gap = self.at;
        self.skip_spaces();
        let is_apart = self.at > gap;
        let unit = self.run(char::is_alphabetic).to_lowercase();
        let is_unit = |known: &Unit| unit == known.name() || unit.strip_suffix('s') == Some(known.name());
        let unit = Unit::ALL.into_iter().find(is_unit);
        match (number.parse(), unit) {
            (Ok(count), Some(unit)) if is_apart => {
                self.skip_spaces();
                Ok(Distance { count, unit })
            }
            (Ok(_) | Err(_), Some(_) | None) => Err(self.fault(semicolon..self.at, FilterFault::NoDistance)),
        }
    }

    /// A word or a quoted text that belongs to no field.
    fn bare(&mut self) -> Parsed<Term> {
        let start = self.at;
        let is_quoted = self.peek() == Some('"');
        let end = if is_quoted { start } else { start + self.bare_length() };
        match (is_quoted, self.chars.get(end)) {
            (false, Some(':')) if end > start => {
                let name = SmolStr::new(self.text(start..end));
                let fault = FilterFault::UnknownField { name, nearest: None };
                return Err(self.fault(start..end, fault));
            }
            (false, Some(',')) if end > start => {
                return Err(self.fault(end..end + 1, FilterFault::CommaWithoutField));
            }
            (false, Some(&c)) if end == start => return Err(self.fault_here(FilterFault::Unexpected(c))),
            (true | false, Some(_) | None) => {}
        }
        let value = self.value(&FilterFault::Unexpected('*'))?;
        Ok(match value.keyword() {
            Some(Keyword::Any) => Term::Any,
            // Alone, it is a word like any other.
            Some(Keyword::None) => Term::field(Field::Text, Value::name(value.text())),
            None => Term::field(Field::Text, value),
        })
    }

    fn bare_length(&self) -> usize {
        self.chars[self.at..].iter().take_while(|c| is_word_character(**c) && **c != ':').count()
    }

    /// A value, or this fault if there is none.
    fn value(&mut self, none: &FilterFault) -> Parsed<Value> {
        let start = self.at;
        let exact = self.eat('=');
        let value = match self.peek() {
            Some('"') => {
                let text = self.quoted()?;
                Value::quoted(text).with_prefix(self.eat('*'))
            }
            Some(_) | None => {
                let word = self.run(is_word_character);
                let (word, prefix) = word.strip_suffix('*').map_or((&*word, false), |word| (word, true));
                if word.is_empty() {
                    return Err(self.fault(start..start + 1, none.clone()));
                }
                Value::word(word).with_prefix(prefix)
            }
        };
        Ok(value.with_exact(exact).with_position(start..self.at))
    }

    fn quoted(&mut self) -> Parsed<String> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            match (self.peek(), self.chars.get(self.at + 1)) {
                (None, _) => return Err(self.fault(start..self.at, FilterFault::UnclosedQuotes)),
                (Some('"'), _) => {
                    self.at += 1;
                    return Ok(text);
                }
                (Some('\\'), Some(&escaped @ ('"' | '\\'))) => {
                    text.push(escaped);
                    self.at += 2;
                }
                (Some(c), _) => {
                    text.push(c);
                    self.at += 1;
                }
            }
        }
    }

    /// Expects the end of the parenthesis that opened at `open`.
    fn close(&mut self, open: usize) -> Parsed<()> {
        match self.peek() {
            Some(')') => {
                self.at += 1;
                Ok(())
            }
            None => Err(self.fault(open..open + 1, FilterFault::UnclosedParenthesis)),
            Some(c) => Err(self.fault_here(FilterFault::Unexpected(c))),
        }
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.fault_here(FilterFault::TooDeep(MAX_DEPTH)));
        }
        let out = read(self);
        self.depth -= 1;
        out
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, expected: char) -> bool {
        let is_there = self.peek() == Some(expected);
        self.at += usize::from(is_there);
        is_there
    }

    fn skip_spaces(&mut self) {
        self.run(char::is_whitespace);
    }

    fn run(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let run: String = self.chars[self.at..].iter().copied().take_while(|c| belongs(*c)).collect();
        self.at += run.chars().count();
        run
    }

    fn text(&self, range: Range<usize>) -> String {
        self.chars[range].iter().collect()
    }

    fn fault(&self, at: Range<usize>, fault: FilterFault) -> FilterError {
        FilterError { at, fault }
    }

    fn fault_here(&self, fault: FilterFault) -> FilterError {
        self.fault(self.at..self.at + 1, fault)
    }
}
