//! What a change of the codebook would touch.

use super::{counted, documents, passages};

/// `12 passages in 3 documents: 8 of Ana, 4 of Ben`, given the annotators' names and the number of their passages.
pub(crate) fn impact(spans: usize, in_documents: usize, owners: &[(&str, usize)], unread: usize) -> String {
    let mut text = match owners {
        [] => "no passages".to_owned(),
        _ => format!("{} in {}", passages(spans), documents(in_documents)),
    };
    match owners {
        [] => {}
        [(name, 1)] => text.push_str(&format!(", {name}’s")),
        [(name, _)] => text.push_str(&format!(", all {name}’s")),
        several => {
            let parts: Vec<String> =
                several.iter().map(|(name, count)| format!("{count} of {name}")).collect();
            text.push_str(&format!(": {}", parts.join(", ")));
        }
    }
    if unread > 0 {
        text.push_str(&format!("; {} not read yet", counted(unread, "document is", "documents are")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::impact;

    #[test]
    fn owners_are_named_with_their_share() {
        assert_eq!(
            impact(4, 2, &[("Ana", 2), ("Ben", 2)], 0),
            "4 passages in 2 documents: 2 of Ana, 2 of Ben"
        );
        assert_eq!(impact(1, 1, &[("Ben", 1)], 0), "1 passage in 1 document, Ben’s");
        assert_eq!(
            impact(3, 1, &[("Ben", 3)], 1),
            "3 passages in 1 document, all Ben’s; 1 document is not read yet"
        );
        assert_eq!(impact(0, 0, &[], 2), "no passages; 2 documents are not read yet");
    }
}
