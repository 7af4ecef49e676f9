//! The writer of a CAS as XMI.

use std::fmt::Write;

use super::{Cas, FIRST, Held, SOFA, Structure};
use crate::xml::{escaped, escaped_value};

/// Returns the file.
pub(super) fn compose(cas: &Cas<'_>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
         xmlns:custom=\"http:///custom.ecore\" \
         xmlns:demarche=\"http:///demarche.ecore\" xmi:version=\"2.0\">\n  <cas:NULL xmi:id=\"0\"/>\n",
    );
    for (id, structure) in (FIRST..).zip(&cas.structures) {
        push_structure(&mut out, id, structure);
    }
    let text = escaped_value(cas.text);
    let members: Vec<String> = (FIRST..).take(cas.structures.len()).map(|id| id.to_string()).collect();
    out.push_str(&format!(
        "  <cas:Sofa xmi:id=\"{SOFA}\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" sofaString=\"{text}\"/>\n  \
         <cas:View sofa=\"{SOFA}\" members=\"{}\"/>\n</xmi:XMI>\n",
        members.join(" ")
    ));
    out
}

/// Writes an element whose features are attributes; lists are child elements.
fn push_structure(out: &mut String, id: usize, structure: &Structure<'_>) {
    let Structure { kind, begin, end, features } = structure;
    let name = kind.replacen('.', ":", 1);
    // Writing to a `String` can't fail.
    let _ = write!(out, "  <{name} xmi:id=\"{id}\" sofa=\"{SOFA}\" begin=\"{begin}\" end=\"{end}\"");
    let mut lists = Vec::new();
    for (feature, value) in features {
        let _ = match value {
            Held::Text(text) => write!(out, " {feature}=\"{}\"", escaped_value(text)),
            Held::Number(number) => write!(out, " {feature}=\"{number}\""),
            Held::Flag(flag) => write!(out, " {feature}=\"{flag}\""),
            Held::Reference(id) => write!(out, " {feature}=\"{id}\""),
            Held::List(list) => {
                lists.extend(list.iter().map(|one| (feature, *one)));
                continue;
            }
        };
    }
    if lists.is_empty() {
        return out.push_str("/>\n");
    }
    out.push('>');
    for (feature, one) in lists {
        let _ = write!(out, "<{feature}>{}</{feature}>", escaped(one));
    }
    let _ = writeln!(out, "</{name}>");
}
