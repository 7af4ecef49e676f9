//! Problems in codebooks, of this program and of others.

use std::borrow::Cow;
use std::fmt;

use demarche_model::{AttributeKind, CategoryId, Value, ValueFault};

/// A codebook that can't be read at all.
pub(crate) fn unreadable(why: impl fmt::Display) -> String {
    format!("the codebook can't be read: {why}")
}

/// A colour that can't be read, of a category. The palette provides another.
pub(crate) fn bad_colour_replaced(colour: &str, category: &str) -> String {
    format!("the colour “{colour}” of “{category}” is not like #D55E00; it was replaced")
}

/// A colour that can't be read, of a type in brat.
pub(crate) fn bad_colour_left_out(colour: &str, name: &str) -> String {
    format!("the colour “{colour}” of `{name}` is not like #D55E00; left out")
}

/// A duplicate id in a file of another program.
pub(crate) fn renamed_id(id: &str, new: &str) -> String {
    format!("another category above has the id `{id}`; this one is now `{new}`")
}

pub(crate) fn long_key_left_out(key: &str, category: &str) -> String {
    format!("the key “{key}” of “{category}” is not one character; left out")
}

/// A key that an earlier category has, in a file of another program.
pub(crate) fn key_clash_left_out(key: char, name: &str, first: &str) -> String {
    key_clash(key, name, first) + "; left out"
}

fn key_clash(key: char, name: &str, first: &str) -> String {
    format!("the key {key} of “{name}” is already that of “{first}”")
}

/// A parent that does not exist, in a file of another program.
pub(crate) fn unknown_parent_left_out(category: &str, parent: &str) -> String {
    unknown_parent(category, parent) + "; left out"
}

fn unknown_parent(category: &str, parent: &str) -> String {
    format!("the parent `{parent}` of “{category}” is not a category")
}

/// A category in a cycle of parents, in a file of another program.
pub(crate) fn own_parent_left_out(category: &str) -> String {
    format!("“{category}” is a parent of itself; its parent was left out")
}

/// A cell of a CSV table.
pub(crate) fn unnamed_column(cell: &str) -> String {
    format!("“{cell}” is in a column without a name; left out")
}

pub(crate) fn neither_yes_nor_no(cell: &str, column: &str) -> String {
    format!("“{cell}” under `{column}` is neither yes nor no; read as no")
}

pub(crate) fn nameless_row() -> String {
    "the row has neither id nor name; left out".to_owned()
}

/// A set of codes in REFI-QDA.
pub(crate) fn unread_set() -> String {
    "a set of codes is not read: Demarche has no sets".to_owned()
}

pub(crate) fn unnamed_code() -> String {
    "the code has no name; it was given one".to_owned()
}

/// A key that an earlier category or attribute has, in a file that can be edited.
pub(crate) fn key_clash_to_fix(key: char, name: &str, first: &str) -> String {
    key_clash(key, name, first) + "; give one of them another key"
}

/// A parent that does not exist, in a file that can be edited.
pub(crate) fn unknown_parent_to_add(category: &str, parent: &str) -> String {
    unknown_parent(category, parent) + "; add it"
}

/// A cycle of parents, from a category up to itself.
pub(crate) fn parent_cycle(ids: &[&str]) -> String {
    format!("categories are parents of themselves: `{}`; change one of the parents", ids.join("` under `"))
}

pub(crate) fn alias_clash(from: &CategoryId, to: &CategoryId) -> String {
    format!("`{from}` is both a category and an old id of `{to}`; remove one of the two")
}

pub(crate) fn alias_cycle(from: &CategoryId) -> String {
    format!("the old id `{from}` leads back to itself; name the category that it is now")
}

pub(crate) fn alias_without_category(from: &CategoryId, end: &CategoryId) -> String {
    format!("the old id `{from}` leads to `{end}`, which is not a category; add it, or fix the line")
}

/// Parts of an attribute's default that are not among its choices.
pub(crate) fn unlisted_default(values: &[Cow<'_, str>], attribute: &str) -> String {
    let values = quoted(values);
    format!("the default {values} of “{attribute}” is not one of its choices; choose another, or add it")
}

/// A default that an attribute of this kind can't have.
pub(crate) fn wrong_default(value: &Value, attribute: &str, kind: &AttributeKind) -> String {
    format!("the default “{value}” of “{attribute}” does not fit its kind ({kind}); choose another")
}

/// A value of a span that does not fit its attribute.
pub(crate) fn wrong_value(fault: &ValueFault) -> String {
    let remedy = match fault {
        ValueFault::NoAttribute(_) => "add it, or remove the value",
        ValueFault::WrongKind { .. } => "correct the value",
        ValueFault::Unlisted { .. } => "choose another, or add it to the list",
    };
    format!("{fault}; {remedy}")
}

fn quoted(values: &[Cow<'_, str>]) -> String {
    format!("“{}”", values.join("”, “"))
}
