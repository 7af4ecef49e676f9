//! The labelling configuration: the key of the text in a task, labels and controls.

use std::collections::HashMap;
use std::sync::Arc;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use smol_str::SmolStr;

use demarche_model::{
    AttributeDef, AttributeId, AttributeKind, Category, CategoryId, Codebook, Colour, LinkKind, LinkKindId,
};

/// The content of a configuration.
#[derive(Default)]
pub(super) struct Config {
    /// The key of the text in the data of a task.
    pub text: Option<String>,
    /// Categories, attributes and link kinds.
    pub codebook: Codebook,
    /// The displayed names of labels, by their names in results.
    aliases: HashMap<String, String>,
}

/// The attributes of a tag.
type Values = HashMap<String, String>;

impl Config {
    /// Reads a configuration. Unknown tags are ignored.
    pub fn read(xml: &str) -> Result<Self, quick_xml::Error> {
        let mut config = Self::default();
        let mut reader = Reader::from_str(xml);
        // The control to which the next choices belong.
        let mut open: Option<AttributeDef> = None;
        loop {
            match reader.read_event()? {
                Event::Start(tag) => config.tag(&tag, &mut open),
                Event::Empty(tag) => {
                    config.tag(&tag, &mut open);
                    if open.is_some() && tag.local_name().as_ref() == b"Choices" {
                        config.close(&mut open);
                    }
                }
                Event::End(tag) if tag.local_name().as_ref() == b"Choices" => config.close(&mut open),
                Event::Eof => return Ok(config),
                _ => {}
            }
        }
    }

    /// Returns the category of a label.
    pub fn category<'a>(&'a self, label: &'a str) -> &'a str {
        self.aliases.get(label).map_or(label, String::as_str)
    }

    /// Returns the attribute of a control: its name, unless that is also the name of the control of labels or of the text.
    pub fn attribute(control: &str) -> &str {
        match control {
            "label-attribute" => "label",
            "text-attribute" => "text",
            other => other,
        }
    }

    /// Returns whether several choices of a control may be selected.
    pub fn is_multiple(&self, control: &str) -> bool {
        let name = Self::attribute(control);
        let found = self.codebook.attributes.iter().find(|attribute| attribute.id.as_str() == name);
        found.is_some_and(|attribute| attribute.kind.takes_several())
    }

    fn tag(&mut self, tag: &BytesStart<'_>, open: &mut Option<AttributeDef>) {
        let values = values(tag);
        let value = |key: &str| values.get(key).cloned().unwrap_or_default();
        match tag.local_name().as_ref() {
            b"Text" if self.text.is_none() => {
                self.text = value("value").strip_prefix('$').map(str::to_owned);
            }
            b"Label" => self.label(&values),
            b"Choices" => {
                let kind = if value("choice") == "multiple" {
                    AttributeKind::Choices(Vec::new())
                } else {
                    AttributeKind::Choice(Vec::new())
                };
                *open = definition(&values, kind);
            }
            b"Choice" => {
                let named = values.get("alias").or(values.get("value"));
                if let (Some(AttributeDef { kind, .. }), Some(choice)) = (open.as_mut(), named)
                    && let Some(choices) = kind.own_list_mut()
                {
                    choices.push(SmolStr::new(choice));
                }
            }
            b"TextArea" => {
                self.codebook.attributes.extend(definition(&values, AttributeKind::Text).map(Arc::new))
            }
            b"Number" | b"Rating" => {
                self.codebook.attributes.extend(definition(&values, AttributeKind::Number).map(Arc::new));
            }
            b"DateTime" => {
                self.codebook.attributes.extend(definition(&values, AttributeKind::Date).map(Arc::new))
            }
            b"Relation" if !value("value").is_empty() => {
                let (id, name) = (LinkKindId::new(value("value")), value("value"));
                self.codebook.link_kinds.push(Arc::new(LinkKind::new(id, name, "")));
            }
            _ => {}
        }
    }

    /// Reads a label. Results use its alias, if it has one.
    fn label(&mut self, values: &Values) {
        let Some(name) = values.get("value").filter(|name| !name.trim().is_empty()) else { return };
        let alias = values.get("alias").filter(|alias| !alias.trim().is_empty()).unwrap_or(name);
        if alias != name {
            self.aliases.insert(name.clone(), alias.clone());
        }
        let id = CategoryId::new(alias.trim());
        if self.codebook.categories.iter().any(|category| category.id == id) {
            return;
        }
        let nth = Colour::nth(self.codebook.categories.len());
        let colour = values.get("background").and_then(|colour| colour.parse().ok()).unwrap_or(nth);
        let hotkey =
            values.get("hotkey").filter(|key| key.chars().count() == 1).and_then(|key| key.chars().next());
        let definition = values.get("hint").cloned().unwrap_or_default();
        let category = Category { hotkey, definition, ..Category::new(id, name.trim(), colour) };
        self.codebook.categories.push(Arc::new(category));
    }

    /// Ends a control. If its choices are yes and no, it is a flag.
    fn close(&mut self, open: &mut Option<AttributeDef>) {
        let Some(mut attribute) = open.take() else { return };
        if matches!(&attribute.kind, AttributeKind::Choice(choices) if choices[..] == ["yes", "no"]) {
            attribute.kind = AttributeKind::Flag;
        }
        self.codebook.attributes.push(Arc::new(attribute));
    }
}

/// Returns the attribute of a control; `None` for one without a name.
fn definition(values: &Values, kind: AttributeKind) -> Option<AttributeDef> {
    let name = Config::attribute(values.get("name")?.trim()).to_owned();
    let labels = values.get("whenLabelValue").map(String::as_str).unwrap_or_default();
    let labels = labels.split(',').map(str::trim).filter(|label| !label.is_empty());
    let categories = labels.map(CategoryId::new).collect();
    let id = AttributeId::new(&name);
    (!name.is_empty()).then(|| AttributeDef { categories, ..AttributeDef::new(id, name, kind) })
}

/// Reads the attributes of a tag. Those that can't be read are left out.
fn values(tag: &BytesStart<'_>) -> Values {
    let mut all = tag.attributes();
    let values = all.with_checks(false).flatten().filter_map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
        Some((key, value.into_owned()))
    });
    values.collect()
}
