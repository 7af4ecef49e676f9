//! The reader of XMI files.

use std::collections::HashMap;

use thiserror::Error;

use super::types::Types;
use super::{Cas, Held, Sofa, Structure};
use crate::annotations::importer::Input;
use crate::disk::outside;
use crate::limits;
use crate::words::disk::why_unread;
use crate::xml::{Element, Walker, XmlError, XmlEvent, XmlFault, local};

/// The reason why a file is not XMI.
#[derive(Debug, Error)]
pub(super) enum XmiError {
    #[error(transparent)]
    NoXml(#[from] XmlError),
}

impl XmiError {
    /// Returns the line of the fault, if it is known.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::NoXml(error) => Some(error.line),
        }
    }
}

/// Reads the type system in the folder of a file, if there is one; otherwise returns why it was not read, if it exists.
pub(super) fn types(input: &Input<'_>) -> (Types, Option<String>) {
    for path in ["TypeSystem.xml", "typesystem.xml"].map(|name| input.path.with_file_name(name)) {
        match outside::read_found(&path, limits::CONFIGURATION) {
            Ok(bytes) => {
                let types = input.decode(&bytes).map(|types| Types::read(&types.text));
                return (types.unwrap_or_default(), None);
            }
            Err(error) if error.is_missing() => {}
            Err(error) => {
                return (Types::default(), Some(format!("{}: {}", why_unread(&error), path.display())));
            }
        }
    }
    (Types::default(), None)
}

/// Reads a file with its type system.
///
/// # Errors
/// The file is not XMI.
pub(super) fn read(input: &Input<'_>, types: &Types) -> Result<Cas, XmiError> {
    let text = String::from_utf8_lossy(&input.bytes);
    let mut walker = Walker::new(&text);
    let mut cas = Cas::default();
    let mut packages: Option<HashMap<String, String>> = None;
    loop {
        let mut element = match walker.next_event()? {
            XmlEvent::Open(element) => element,
            XmlEvent::End if packages.is_none() => return Err(XmlFault::Missing("XMI").at(1).into()),
            XmlEvent::End => return Ok(cas),
            XmlEvent::Text(_) | XmlEvent::Close => continue,
        };
        match &packages {
            None if element.local() == "XMI" => packages = Some(of_root(&element)),
            None => return Err(XmlFault::Missing("XMI").at(element.line).into()),
            Some(packages) => {
                walker.fill(&mut element)?;
                take(&mut cas, element, packages, types);
            }
        }
    }
}

/// Returns the package of each prefix: `http:///webanno/custom.ecore` is `webanno.custom`.
fn of_root(root: &Element) -> HashMap<String, String> {
    let prefixes = root.attributes.iter().filter_map(|(name, value)| {
        let package = value.strip_prefix("http:///")?.strip_suffix(".ecore")?.replace('/', ".");
        Some((name.strip_prefix("xmlns:")?.to_owned(), package))
    });
    prefixes.collect()
}

fn take(cas: &mut Cas, element: Element, packages: &HashMap<String, String>, types: &Types) {
    let prefix = element.name.split_once(':').map_or("", |(prefix, _)| prefix);
    let package = packages.get(prefix).map(String::as_str).unwrap_or_default();
    // Types without a package are in one with that name.
    let package = if package == "uima.noNamespace" { "" } else { package };
    let kind = if package.is_empty() {
        element.local().to_owned()
    } else {
        format!("{package}.{}", element.local())
    };
    let value = |name: &str| element.get(name).map(str::to_owned);
    match kind.as_str() {
        "uima.cas.Sofa" => cas.sofas.push(Sofa {
            id: value("id").unwrap_or_default(),
            line: Some(element.line),
            text: value("sofaString"),
        }),
        "uima.cas.NULL" | "uima.cas.View" => {}
        _ => cas.structures.push(structure(element, kind, types)),
    }
}

fn structure(element: Element, kind: String, types: &Types) -> Structure {
    let mut structure = Structure { line: Some(element.line), ..Structure::default() };
    let (mut begin, mut end) = (None, None);
    for (name, value) in element.attributes {
        match local(&name) {
            "id" if name.contains(':') => structure.id = value,
            "sofa" => structure.sofa = value,
            "begin" => begin = value.parse().ok(),
            "end" => end = value.parse().ok(),
            "Governor" | "Dependent" => structure.features.push((name, Held::Reference(value))),
            _ => {
                let held = types.held(&kind, &name, value);
                structure.features.push((name, held));
            }
        }
    }
    // Lists of strings are child elements.
    for child in element.children {
        match structure.features.iter_mut().find(|(name, _)| *name == child.name) {
            Some((_, Held::List(list))) => list.push(child.text),
            Some(_) => {}
            None => structure.features.push((child.name, Held::List(vec![child.text]))),
        }
    }
    structure.range = begin.zip(end);
    structure.kind = kind;
    structure
}
