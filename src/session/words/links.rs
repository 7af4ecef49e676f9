//! Links between passages.

pub(crate) fn removed() -> &'static str {
    "Link removed. Ctrl+Z brings it back"
}

pub(crate) fn no_links() -> &'static str {
    "This passage has no link. Ctrl+M starts one"
}

pub(crate) fn other_end_gone() -> &'static str {
    "The other passage is gone"
}

pub(crate) fn unnamed_passage() -> &'static str {
    "a passage"
}

pub(crate) fn gone_passage() -> &'static str {
    "a passage that is gone"
}

pub(crate) fn leads_to_owner(owner: &str) -> String {
    format!("This passage is {owner}’s: the link will lead to it, from one of yours")
}

pub(crate) fn linked(from: &str, kind: &str, to: &str) -> String {
    format!("Linked: {from} {kind} {to}")
}

pub(crate) fn only_owner_can_remove(owner: &str) -> String {
    format!("Only {owner} can remove this link")
}

/// A passage by its category and first words: `Threat “will suspend the talks”`.
pub(crate) fn passage(category: &str, words: &str) -> String {
    format!("{category} “{words}”")
}

/// ` 1 link of Ben’s loses its end.` for each name; empty if there are none.
pub(crate) fn ends_lost<'a>(owners: impl IntoIterator<Item = (&'a str, usize)>) -> String {
    let sentence = |(name, count): (&str, usize)| match count {
        1 => format!(" 1 link of {name}’s loses its end."),
        many => format!(" {many} links of {name}’s lose their end."),
    };
    owners.into_iter().map(sentence).collect()
}

/// A link as seen from one of its ends.
pub(crate) struct LinkText<'a> {
    /// The passage here, and the one at the other end.
    pub here: String,
    pub there: String,
    /// The title of the other document, if the link leads to one.
    pub title: Option<&'a str>,
    pub kind: &'a str,
    /// The annotator whose link it is, if it is not the user’s.
    pub owner: Option<&'a str>,
    pub outgoing: bool,
}

pub(crate) fn sentence(link: &LinkText<'_>) -> String {
    let LinkText { here, there, kind, .. } = link;
    let title = link.title.map_or(String::new(), |title| format!(", {title}"));
    let owner = link.owner.map_or(String::new(), |owner| format!(" ({owner}’s link)"));
    if link.outgoing {
        format!("{here} {kind} {there}{title}{owner}")
    } else {
        format!("{there}{title} {kind} {here}{owner}")
    }
}

#[cfg(test)]
mod tests {
    use super::{LinkText, ends_lost, sentence};

    #[test]
    fn a_link_is_described_from_start_to_end() {
        let link = |outgoing| LinkText {
            here: "Offer “lower”".to_owned(),
            there: "Threat “suspend”".to_owned(),
            title: Some("Memo"),
            kind: "responds to",
            owner: Some("Ben"),
            outgoing,
        };
        assert_eq!(sentence(&link(true)), "Offer “lower” responds to Threat “suspend”, Memo (Ben’s link)");
        assert_eq!(sentence(&link(false)), "Threat “suspend”, Memo responds to Offer “lower” (Ben’s link)");
        assert_eq!(ends_lost([("Ben", 1)]), " 1 link of Ben’s loses its end.");
        assert_eq!(ends_lost([("Ben", 2)]), " 2 links of Ben’s lose their end.");
    }
}
