//! The type system: the types of feature structures and their features.

use crate::export::inception::{COMMENT, FeatureKind, Features, LABEL, RELATION, SPAN};
use crate::words::export::cas as words;

/// A type of feature structure.
pub(super) struct Type {
    /// Its full name.
    pub name: &'static str,
    /// Its supertype.
    pub supertype: &'static str,
    /// Its meaning.
    pub description: &'static str,
    /// Its features with their ranges.
    pub features: Vec<(String, &'static str)>,
}

/// The type of the facts about a document.
pub(super) const DOCUMENT: &str = "demarche.Document";

/// The features of passages that are not attributes.
pub(super) const OWN: [&str; 5] = ["identifier", "annotator", "ranges", "created", "modified"];

const STRING: &str = "uima.cas.String";

/// Returns all types.
pub(super) fn types(features: &Features) -> [Type; 3] {
    let strings = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), STRING)).collect::<Vec<_>>();
    let mut of_passage = strings(&[LABEL]);
    of_passage.extend(features.attributes.iter().map(|feature| (feature.name.clone(), range(feature.kind))));
    of_passage.extend(strings(&[COMMENT]));
    of_passage.extend(strings(&OWN));
    let mut of_link = strings(&[LABEL, "identifier", "created"]);
    of_link.extend(["Governor", "Dependent"].map(|end| (end.to_owned(), SPAN)));
    [
        Type {
            name: DOCUMENT,
            supertype: "uima.tcas.DocumentAnnotation",
            description: words::DOCUMENT,
            features: strings(&["identifier", "title", "date", "source", "attributes"]),
        },
        Type {
            name: SPAN,
            supertype: "uima.tcas.Annotation",
            description: words::PASSAGE,
            features: of_passage,
        },
        Type {
            name: RELATION,
            supertype: "uima.tcas.Annotation",
            description: words::LINK,
            features: of_link,
        },
    ]
}

fn range(kind: FeatureKind) -> &'static str {
    match kind {
        FeatureKind::Text => STRING,
        FeatureKind::Flag => "uima.cas.Boolean",
        FeatureKind::Number => "uima.cas.Float",
        FeatureKind::List => LIST,
    }
}

/// The range of features with several values.
pub(super) const LIST: &str = "uima.cas.StringArray";

/// Returns the type system as a UIMA type system description.
pub(super) fn description(types: &[Type]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n",
    );
    for Type { name, supertype, description, features } in types {
        out.push_str(&format!(
            "    <typeDescription>\n      <name>{name}</name>\n      <description>{description}</description>\n      \
             <supertypeName>{supertype}</supertypeName>\n      <features>\n"
        ));
        for (name, range) in features {
            let once = if *range == LIST {
                "\n          <multipleReferencesAllowed>false</multipleReferencesAllowed>"
            } else {
                ""
            };
            out.push_str(&format!(
                "        <featureDescription>\n          <name>{name}</name>\n          <description/>\n          \
                 <rangeTypeName>{range}</rangeTypeName>{once}\n        </featureDescription>\n"
            ));
        }
        out.push_str("      </features>\n    </typeDescription>\n");
    }
    out.push_str("  </types>\n</typeSystemDescription>\n");
    out
}
