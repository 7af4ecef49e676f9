//! The writer of a CAS as XMI.

use std::fmt::Write;

use super::{Cas, FIRST, Feature, SOFA};
use crate::xml::escaped_value;

/// Returns the file.
pub(super) fn compose(cas: &Cas<'_>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
         xmlns:demarche=\"http:///demarche.ecore\" xmi:version=\"2.0\">\n  <cas:NULL xmi:id=\"0\"/>\n",
    );
    for (id, structure) in (FIRST..).zip(&cas.structures) {
        let (name, begin, end) = (structure.kind.name, structure.begin, structure.end);
        // Writing to a `String` can't fail.
        let _ =
            write!(out, "  <demarche:{name} xmi:id=\"{id}\" sofa=\"{SOFA}\" begin=\"{begin}\" end=\"{end}\"");
        for (name, value) in &structure.features {
            let _ = match value {
                Feature::Text(text) => write!(out, " {name}=\"{}\"", escaped_value(text)),
                Feature::Reference(id) => write!(out, " {name}=\"{id}\""),
            };
        }
        out.push_str("/>\n");
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
