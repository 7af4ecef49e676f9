//! Setting and copying attributes.

use super::{and, passages};

pub(crate) fn nothing_to_copy_from() -> &'static str {
    "No other passage has attributes yet; set some first"
}

pub(crate) fn set_for_several(name: &str, count: usize, others: &str) -> String {
    format!("Set {name} of {}.{others}", passages(count))
}

pub(crate) fn nothing_to_copy(quote: &str, kept: &str, others: &str) -> String {
    format!("Nothing to copy from “{quote}”.{kept}{others}")
}

/// `3 passages: Actor Norvania, issue port access – copied from “…”.`
pub(crate) fn copied(several: Option<usize>, values: &str, quote: &str, kept: &str, others: &str) -> String {
    let several = several.map_or(String::new(), |count| format!("{}: ", passages(count)));
    format!("{several}{values} – copied from “{quote}”.{kept}{others}")
}

/// `Actor Norvania, issue port access`.
pub(crate) fn values<'a>(values: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let words = values.into_iter().enumerate().map(|(number, (name, value))| match number {
        0 => format!("{name} {value}"),
        _ => format!("{} {value}", name.to_lowercase()),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// ` Target was already set and is unchanged.`; empty if there are no names.
pub(crate) fn kept(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!(" {one} was already set and is unchanged."),
        several => format!(" {} were already set and are unchanged.", and(several)),
    }
}

#[cfg(test)]
mod tests {
    use super::{copied, kept, values};

    #[test]
    fn copied_values_form_a_sentence() {
        let values = values([("Actor", "Norvania".to_owned()), ("Issue", "port access".to_owned())]);
        assert_eq!(values, "Actor Norvania, issue port access");
        assert_eq!(
            copied(Some(2), &values, "suspend", &kept(&["Target"]), ""),
            "2 passages: Actor Norvania, issue port access – copied from “suspend”. Target was already set and is \
             unchanged."
        );
        assert_eq!(kept(&["Actor", "Target"]), " Actor and Target were already set and are unchanged.");
    }
}
