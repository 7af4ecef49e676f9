//! Pages and headings of the document that is shown.

use super::{Entry, SHOWN, Target};
use demarche_session::Session;

/// The page that is asked for, where what is typed asks for one: `p 12`, `p. iv`, `page 12`. Empty where the page is not
/// typed yet.
pub(super) fn page_typed(typed: &str) -> Option<&str> {
    let typed = typed.trim_start();
    let rest = ["page ", "p. ", "p "].iter().find_map(|lead| {
        let head = typed.get(..lead.len())?;
        head.eq_ignore_ascii_case(lead).then(|| typed.get(lead.len()..).unwrap_or_default())
    })?;
    Some(rest.trim())
}

/// The pages whose name begins so, the one of exactly that name first.
pub(super) fn pages(session: &Session, typed: &str) -> Vec<Entry> {
    let Some(document) = session.document() else { return Vec::new() };
    let wanted = typed.to_lowercase();
    let begins = |name: &str| name.to_lowercase().starts_with(&wanted);
    let fitting = document.anchors.pages().filter(|(_, name)| begins(name));
    let mut fitting: Vec<(usize, &str)> = fitting.collect();
    fitting.sort_by_key(|(_, name)| name.to_lowercase() != wanted);
    let entry = |(at, name): (usize, &str)| Entry {
        target: Target::Place(at),
        name: format!("Page {name}"),
        kind: "Page",
        keys: String::new(),
    };
    fitting.into_iter().take(SHOWN).map(entry).collect()
}

/// Adds the headings that fit.
pub(super) fn headings(
    session: &Session,
    score: &mut impl FnMut(&str) -> Option<u32>,
    found: &mut Vec<(u32, Entry)>,
) {
    let headings = session.document().into_iter().flat_map(|document| document.anchors.headings());
    for heading in headings {
        if let Some(score) = score(heading.title) {
            let target = Target::Place(heading.at);
            let name = heading.title.to_owned();
            found.push((score, Entry { target, name, kind: "Heading", keys: String::new() }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::page_typed;

    #[test]
    fn a_page_is_asked_for_by_a_p_before_it() {
        for (typed, page) in [("p 12", "12"), ("P. iv ", "iv"), ("page 3", "3"), (" p ", "")] {
            assert_eq!(page_typed(typed), Some(page), "{typed}");
        }
        for typed in ["p", "p12", "paste", "päge 3", "프 12", ""] {
            assert_eq!(page_typed(typed), None, "{typed}");
        }
    }
}
