//! What the schema has no place for, as lines of a code's description.
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

/// What a description says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Said {
    pub definition: String,
    pub include: String,
    pub exclude: String,
    pub examples: Vec<String>,
    pub codes: BTreeMap<SmolStr, Vec<SmolStr>>,
    pub key: String,
    pub id: String,
}

impl Said {
    /// What is to be said of a category. The id only where it does not follow from the name.
    pub fn of(category: &Category) -> Self {
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

    /// As text.
    pub fn compose(&self) -> String {
        let mut parts = vec![tidy(&self.definition)];
        let mut say = |label: &str, text: &str| {
            let text = tidy(text);
            if !text.is_empty() {
                parts.push(format!("{label}: {text}"));
            }
        };
        say("Include", &self.include);
        say("Exclude", &self.exclude);
        self.examples.iter().for_each(|example| say("Example", example));
        self.codes.iter().for_each(|(scheme, codes)| say(&format!("Codes {}", tidy(scheme)), &joined(codes)));
        say("Key", &self.key);
        say("Id", &self.id);
        parts.retain(|part| !part.is_empty());
        parts.join("\n\n")
    }

    /// Takes a text apart, at lines that begin with a label. Any other text is a definition.
    pub fn parse(text: &str) -> Self {
        let mut said = Self::default();
        let mut label = String::new();
        let mut part = String::new();
        for line in text.lines() {
            if let Some((next, rest)) = labelled(line) {
                said.put(&label, &part);
                label = next.to_owned();
                part = rest.to_owned();
            } else {
                part.push('\n');
                part.push_str(line);
            }
        }
        said.put(&label, &part);
        said
    }

    fn put(&mut self, label: &str, part: &str) {
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

/// A line's label, if it has one, and what follows.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.split_once(": ")?;
    let known = matches!(label, "Include" | "Exclude" | "Example" | "Key" | "Id");
    let codes = label.strip_prefix("Codes ").is_some_and(|scheme| !scheme.trim().is_empty());
    (known || codes).then_some((label, rest))
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn what_is_said_is_read_back() {
        let said = Said {
            definition: "One.\n\nTwo: three.".to_owned(),
            include: "a\nb".to_owned(),
            examples: vec!["x | y".to_owned(), "Exclude".to_owned()],
            codes: [("A B".into(), vec!["1".into(), "2".into()])].into(),
            key: ":".to_owned(),
            id: "t".to_owned(),
            ..Said::default()
        };
        let text = said.compose();
        assert_eq!(
            text,
            "One.\n\nTwo: three.\n\nInclude: a\nb\n\nExample: x | y\n\nExample: Exclude\n\nCodes A B: 1 | 2\n\nKey: :\n\nId: t"
        );
        assert_eq!(Said::parse(&text), said);
        assert_eq!(Said::default().compose(), "");
    }

    #[test]
    fn any_other_description_is_a_definition() {
        let text = "Use with care.\nSee also: Offer";
        assert_eq!(Said::parse(text), Said { definition: text.to_owned(), ..Said::default() });
    }
}
