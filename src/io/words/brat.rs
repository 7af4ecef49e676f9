//! The English of brat's configuration: comments in the files that are written, and problems in those that are read.

pub(crate) const ANNOTATION_COMMENT: &str = "A codebook of Demarche. Labels and colours are in visual.conf.";
pub(crate) const VISUAL_COMMENT: &str = "Labels and colours of a codebook of Demarche.";

pub(crate) fn no_types() -> String {
    "there are no types under [entities] or [events]; choose an annotation.conf".to_owned()
}

pub(crate) fn unread_section(section: &str) -> String {
    format!("the section “{section}” is not read")
}

pub(crate) fn unread_roles(name: &str) -> String {
    format!("the roles of `{name}` are not read: Demarche has no roles")
}

pub(crate) fn unread_rule(name: &str) -> String {
    format!("the rule “{name}” is not read")
}

pub(crate) fn unread_ends(name: &str) -> String {
    format!("the ends of `{name}` are not read: a link can join any two passages")
}

/// An argument of an attribute that is neither its types nor its values.
pub(crate) fn unread_argument(key: &str, attribute: &str) -> String {
    format!("“{key}” of the attribute `{attribute}` is not read")
}

/// A type in the list of an attribute.
pub(crate) fn unknown_type(name: &str) -> String {
    format!("the attribute refers to a type `{name}` that does not exist; left out")
}
