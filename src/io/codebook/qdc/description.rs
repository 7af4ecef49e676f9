//! The description of a code, with lines for everything that the schema has no element for.
//!
//! ```text
//! What it means.
//!
//! Include: what belongs to it
//!
//! Example: a passage
//!
//! Codes CAMEO: 10 | 02
//!
//! Key: 1
//!
//! Id: demand
//! ```

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::SCHEME;
use super::guid::kept;
use crate::codebook::tidy::{joined, split, tidy};
use demarche_model::{Category, slug};

/// The parts of a description.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Description {
    pub definition: String,
    pub include: String,
    pub exclude: String,
    pub examples: Vec<String>,
    pub codes: BTreeMap<SmolStr, Vec<SmolStr>>,
    pub key: String,
    pub id: String,
}

impl Description {
    /// Takes the parts from a category. The id is left out if it follows from the name.
    pub fn of_category(category: &Category) -> Self {
        let mut codes = category.codes.clone();
        if kept(category).is_some() {
            codes.remove(SCHEME);
        }
        let id = category.id.as_str();
        Self {
            definition: category.definition.clone(),
            include: category.include.clone(),
            exclude: category.exclude.clone(),
            examples: category.examples.clone(),
            codes,
            key: category.hotkey.map(String::from).unwrap_or_default(),
            id: if slug(&category.name, "") == id { String::new() } else { id.to_owned() },
        }
    }

    /// Returns the description as text.
    pub fn compose(&self) -> String {
        let mut parts = vec![tidy(&self.definition)];
        let mut add = |label: &str, text: &str| {
            let text = tidy(text);
            if !text.is_empty() {
                parts.push(format!("{label}: {text}"));
            }
        };
        add("Include", &self.include);
        add("Exclude", &self.exclude);
        self.examples.iter().for_each(|example| add("Example", example));
        self.codes.iter().for_each(|(scheme, codes)| add(&format!("Codes {}", tidy(scheme)), &joined(codes)));
        add("Key", &self.key);
        add("Id", &self.id);
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// Splits a text at lines that begin with a label. Any other text is the definition.
    pub fn parse(text: &str) -> Self {
        let mut description = Self::default();
        let mut label = String::new();
        let mut part = String::new();
        for line in text.lines() {
            if let Some((next, rest)) = labelled(line) {
                description.add(&label, &part);
                label = next.to_owned();
                part = rest.to_owned();
            } else {
                part.push('\n');
                part.push_str(line);
            }
        }
        description.add(&label, &part);
        description
    }

    fn add(&mut self, label: &str, part: &str) {
        let part = tidy(part);
        if part.is_empty() {
            return;
        }
        let field = match label {
            "" => &mut self.definition,
            "Include" => &mut self.include,
            "Exclude" => &mut self.exclude,
            "Key" => &mut self.key,
            "Id" => &mut self.id,
            "Example" => return self.examples.push(part),
            _ => {
                let scheme = label.strip_prefix("Codes ").unwrap_or(label);
                let codes = split(&part).into_iter().map(SmolStr::from);
                return self.codes.entry(scheme.into()).or_default().extend(codes);
            }
        };
        if !field.is_empty() {
            field.push('\n');
        }
        field.push_str(&part);
    }
}

/// Splits a line into its label, if it has one, and the rest.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.split_once(": ")?;
    let known = matches!(label, "Include" | "Exclude" | "Example" | "Key" | "Id");
    let codes = label.strip_prefix("Codes ").is_some_and(|scheme| !scheme.trim().is_empty());
    (known || codes).then_some((label, rest))
}

#[cfg(test)]
mod tests {
    use super::Description;

    #[test]
    fn a_description_is_read_back() {
        let description = Description {
            definition: "One.\n\nTwo: three.".to_owned(),
            include: "a\nb".to_owned(),
            examples: vec!["x | y".to_owned(), "Exclude".to_owned()],
            codes: [("A B".into(), vec!["1".into(), "2".into()])].into(),
            key: ":".to_owned(),
            id: "t".to_owned(),
            ..Description::default()
        };
        let text = description.compose();
        assert_eq!(
            text,
            "One.\n\nTwo: three.\n\nInclude: a\nb\n\nExample: x | y\n\nExample: Exclude\n\nCodes A B: 1 | 2\n\nKey: :\n\nId: t"
        );
        assert_eq!(Description::parse(&text), description);
        assert_eq!(Description::default().compose(), "");
    }

    #[test]
    fn any_other_description_is_a_definition() {
        let text = "Use with care.\nSee also: Offer";
        let expected = Description { definition: text.to_owned(), ..Description::default() };
        assert_eq!(Description::parse(text), expected);
    }
}
