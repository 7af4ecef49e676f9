//! The text of a filter, in canonical spacing and quoting. Parsing it gives the same filter.

use std::fmt::{Display, Formatter, Result, Write};

use super::ast::{Condition, Distance, Field, Filter, Relation, Term, Value};

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (number, terms) in self.alternatives().iter().enumerate() {
            match (number, terms.is_empty()) {
                (0, _) => {}
                // An alternative without terms is nothing, not two blanks.
                (_, true) => f.write_str(" |")?,
                (_, false) => f.write_str(" | ")?,
            }
            for (number, term) in terms.iter().enumerate() {
                if number > 0 {
                    f.write_char(' ')?;
                }
                term.fmt(f)?;
            }
        }
        Ok(())
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Not(term) => write!(f, "-{term}"),
            Self::Group(filter) => write!(f, "({filter})"),
            Self::Field(condition) => condition.fmt(f),
            Self::Related(relation, other) => print_relation(*relation, other, f),
        }
    }
}

fn print_relation(relation: Relation, other: &Filter, f: &mut Formatter<'_>) -> Result {
    write!(f, "{}({other}", relation.name())?;
    if let Some(distance) = relation.distance() {
        write!(f, "; {distance}")?;
    }
    f.write_char(')')
}

impl Display for Distance {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{} {}{}", self.count, self.unit.name(), if self.count == 1 { "" } else { "s" })
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Self::Attribute(_) = self {
            f.write_char('@')?;
        }
        f.write_str(self.name())
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some(text) = bare_text(self) {
            return text.fmt(f);
        }
        write!(f, "{}:", self.field())?;
        for (number, value) in self.values().iter().enumerate() {
            if number > 0 {
                f.write_char(',')?;
            }
            value.fmt(f)?;
        }
        Ok(())
    }
}

/// The value, if a search for a text can be printed without the name of the field.
fn bare_text(condition: &Condition) -> Option<&Value> {
    let ([value], Field::Text) = (condition.values(), condition.field()) else { return None };
    let is_plain = !value.text().contains(':') && !value.text().starts_with('-') && value.keyword().is_none();
    (!value.is_exact() && (value.is_quoted() || is_plain)).then_some(value)
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.is_exact() {
            f.write_char('=')?;
        }
        if self.is_quoted() {
            f.write_char('"')?;
            for c in self.text().chars() {
                if matches!(c, '"' | '\\') {
                    f.write_char('\\')?;
                }
                f.write_char(c)?;
            }
            f.write_char('"')?;
        } else {
            f.write_str(self.text())?;
        }
        if self.is_prefix() { f.write_char('*') } else { Ok(()) }
    }
}
