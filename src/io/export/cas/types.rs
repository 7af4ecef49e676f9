//! The type system: what types there are, and what features they have.

/// A type of feature structure.
pub(super) struct Type {
    /// Its name in the package `demarche`.
    pub name: &'static str,
    /// Its supertype.
    pub supertype: &'static str,
    /// What it stands for.
    pub description: &'static str,
    /// Its features with their ranges.
    pub features: &'static [(&'static str, &'static str)],
}

const STRING: &str = "uima.cas.String";

pub(super) static DOCUMENT: Type = Type {
    name: "Document",
    supertype: "uima.tcas.DocumentAnnotation",
    description: "What is known of the document.",
    features: &[("identifier", STRING), ("title", STRING), ("date", STRING), ("source", STRING)],
};

pub(super) static PASSAGE: Type = Type {
    name: "Passage",
    supertype: "uima.tcas.Annotation",
    description: "A tagged passage; several ranges are in `ranges`, in UTF-16 units.",
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
    description: "A directed relation between two passages, from Governor to Dependent.",
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

/// The type system as a description of UIMA.
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
