//! Pages of the open document.

use super::{Item, MAX_ITEMS, Target};
use crate::words::palette as words;
use demarche_session::Session;

/// The page name in a query for a page, such as `p 12`, `p. iv`, `page 12`; empty if it is not typed yet. `None` for any
/// other query.
pub(super) fn page_query(typed: &str) -> Option<&str> {
    let typed = typed.trim_start();
    let name = ["page ", "p. ", "p "].iter().find_map(|prefix| {
        let start = typed.get(..prefix.len())?;
        start.eq_ignore_ascii_case(prefix).then(|| typed.get(prefix.len()..).unwrap_or_default())
    })?;
    Some(name.trim())
}

/// The pages whose names start with `query`, an exact match first.
pub(super) fn pages(session: &Session, query: &str) -> Vec<Item> {
    let Some(document) = session.document() else { return Vec::new() };
    let query = query.to_lowercase();
    let starts = |name: &str| name.to_lowercase().starts_with(&query);
    let mut pages: Vec<(usize, &str)> = document.anchors.pages().filter(|(_, name)| starts(name)).collect();
    pages.sort_by_key(|(_, name)| name.to_lowercase() != query);
    let item = |(offset, name): (usize, &str)| {
        Item::new(Target::Offset(offset), words::page_named(name), words::page())
    };
    pages.into_iter().take(MAX_ITEMS).map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::page_query;

    #[test]
    fn a_page_is_asked_for_by_a_p_before_it() {
        for (typed, page) in [("p 12", "12"), ("P. iv ", "iv"), ("page 3", "3"), (" p ", "")] {
            assert_eq!(page_query(typed), Some(page), "{typed}");
        }
        for typed in ["p", "p12", "paste", "päge 3", "프 12", ""] {
            assert_eq!(page_query(typed), None, "{typed}");
        }
    }
}
