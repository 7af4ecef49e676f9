//! The labelling configuration: the parts of the codebook that Label Studio supports.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, Event};

use super::region::control;
use super::{LABELS, OBJECT, Used};
use crate::IoError;
use crate::export::Scope;
use crate::export::exporter::broken;
use demarche_model::{AttributeDef, AttributeKind, Category, CategoryId, Value};

/// Returns the configuration for what was exported.
pub(super) fn config(scope: &Scope<'_>, used: &Used) -> Result<Vec<u8>, IoError> {
    let project = scope.project;
    let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
    xml.open("View", &[])?;
    let kinds = &project.codebook().link_kinds;
    if !kinds.is_empty() {
        xml.open("Relations", &[])?;
        kinds.iter().try_for_each(|kind| xml.empty("Relation", &[("value", kind.id.as_str())]))?;
        xml.close("Relations")?;
    }
    xml.open("Labels", &[("name", LABELS), ("toName", OBJECT)])?;
    scope.chosen_categories().try_for_each(|category| label(&mut xml, category))?;
    xml.close("Labels")?;
    xml.empty("Text", &[("name", OBJECT), ("value", "$text")])?;
    for attribute in &project.codebook().attributes {
        let seen = used.0.get(&attribute.id).map(|(_, choices)| choices);
        let offered = attribute.kind.values(project);
        let mut choices: Vec<String> = offered.iter().map(Value::to_string).collect();
        choices.extend(seen.into_iter().flatten().map(|choice| choice.to_string()));
        self::attribute(&mut xml, attribute, choices)?;
    }
    for (id, (value, choices)) in &used.0 {
        if let Some(value) =
            value.as_ref().filter(|_| project.codebook().attributes.iter().all(|a| a.id != *id))
        {
            let choices = choices.iter().map(ToString::to_string).collect();
            let undefined = AttributeDef::new(id.clone(), id.as_str(), AttributeKind::from_value(value));
            self::attribute(&mut xml, &undefined, choices)?;
        }
    }
    xml.close("View")?;
    let mut bytes = xml.0.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn label(xml: &mut Xml, category: &Category) -> Result<(), IoError> {
    let colour = category.colour.to_string();
    let hint = match (category.name == category.id.as_str(), category.definition.is_empty()) {
        (true, _) => category.definition.clone(),
        (false, true) => category.name.clone(),
        (false, false) => format!("{}: {}", category.name, category.definition),
    };
    let key = category.hotkey.map(String::from).unwrap_or_default();
    let mut attributes = vec![("value", category.id.as_str()), ("background", &*colour)];
    attributes
        .extend([("hotkey", &*key), ("hint", &*hint)].into_iter().filter(|(_, value)| !value.is_empty()));
    xml.empty("Label", &attributes)
}

fn attribute(xml: &mut Xml, attribute: &AttributeDef, mut choices: Vec<String>) -> Result<(), IoError> {
    let name = control(&attribute.id);
    let categories: Vec<&str> = attribute.categories.iter().map(CategoryId::as_str).collect();
    let categories = categories.join(",");
    let mut all = vec![("name", &*name), ("toName", OBJECT), ("perRegion", "true")];
    if !categories.is_empty() {
        all.extend([("whenTagName", LABELS), ("whenLabelValue", &*categories)]);
    }
    match attribute.kind {
        AttributeKind::Text => xml.empty("TextArea", &all),
        AttributeKind::Number => xml.empty("Number", &all),
        AttributeKind::Date => {
            all.extend([("only", "date"), ("format", "%Y-%m-%d")]);
            xml.empty("DateTime", &all)
        }
        AttributeKind::Choices(_)
        | AttributeKind::Choice(_)
        | AttributeKind::Actor
        | AttributeKind::Actors
        | AttributeKind::Issue
        | AttributeKind::Flag => {
            let several = attribute.kind.takes_several();
            all.push(("choice", if several { "multiple" } else { "single" }));
            let mut seen = std::collections::HashSet::new();
            choices.retain(|choice| seen.insert(choice.clone()));
            xml.open("Choices", &all)?;
            choices.iter().try_for_each(|choice| xml.empty("Choice", &[("value", choice)]))?;
            xml.close("Choices")
        }
    }
}

/// A writer of tags.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<(), IoError> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.0.write_event(Event::Start(start)).map_err(broken)
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<(), IoError> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.0.write_event(Event::Empty(start)).map_err(broken)
    }

    fn close(&mut self, name: &str) -> Result<(), IoError> {
        self.0.write_event(Event::End(BytesEnd::new(name))).map_err(broken)
    }
}
