//! The type system: the types of feature structures and their features.

use crate::words::export::cas as words;

/// A type of feature structure.
pub(super) struct Type {
    /// Its name in the package `demarche`.
    pub name: &'static str,
    /// Its supertype.
    pub supertype: &'static str,
    /// Its meaning.
    pub description: &'static str,
    /// Its features with their ranges.
    pub features: &'static [(&'static str, &'static str)],
}

const STRING: &str = "uima.cas.String";

pub(super) static DOCUMENT: Type = Type {
    name: "Document",
    supertype: "uima.tcas.DocumentAnnotation",
    description: words::DOCUMENT,
    features: &[("identifier", STRING), ("title", STRING), ("date", STRING), ("source", STRING)],
};

pub(super) static PASSAGE: Type = Type {
    name: "Passage",
    supertype: "uima.tcas.Annotation",
    description: words::PASSAGE,
    features: &[
        ("identifier", STRING),
        ("category", STRING),
        ("annotator", STRING),
        ("note", STRING),
        ("attributes", STRING),
        ("ranges", STRING),
        ("created", STRING),
        ("modified", STRING),
    ],
};

pub(super) static LINK: Type = Type {
    name: "Link",
    supertype: "uima.tcas.Annotation",
    description: words::LINK,
    features: &[
        ("identifier", STRING),
        ("kind", STRING),
        ("created", STRING),
        ("Governor", "demarche.Passage"),
        ("Dependent", "demarche.Passage"),
    ],
};

/// All types.
pub(super) static TYPES: [&Type; 3] = [&DOCUMENT, &PASSAGE, &LINK];

/// Returns the type system as a UIMA type system description.
pub(super) fn description() -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n",
    );
    for Type { name, supertype, description, features } in TYPES {
        out.push_str(&format!(
            "    <typeDescription>\n      <name>demarche.{name}</name>\n      <description>{description}</description>\n      \
             <supertypeName>{supertype}</supertypeName>\n      <features>\n"
        ));
        for (name, range) in *features {
            out.push_str(&format!(
                "        <featureDescription>\n          <name>{name}</name>\n          <description/>\n          \
                 <rangeTypeName>{range}</rangeTypeName>\n        </featureDescription>\n"
            ));
        }
        out.push_str("      </features>\n    </typeDescription>\n");
    }
    out.push_str("  </types>\n</typeSystemDescription>\n");
    out
}
