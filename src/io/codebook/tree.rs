//! The categories as a tree.

use std::collections::HashMap;
use std::sync::Arc;

use demarche_model::{Category, CategoryId};

/// The number of levels that are indented in a file. With more, the indentation of a deep codebook would be most of it.
pub(super) const MOST_INDENTED: usize = 40;

/// Returns all categories, each after its parent and with its depth from 0; siblings are in the order of the codebook. A
/// category whose parent does not exist, or that is its own ancestor, counts as one without a parent.
pub(super) fn preorder(categories: &[Arc<Category>]) -> Vec<(usize, &Category)> {
    let ids: HashMap<&CategoryId, usize> = categories.iter().enumerate().map(|(at, c)| (&c.id, at)).collect();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); categories.len()];
    let mut roots = Vec::new();
    for (at, category) in categories.iter().enumerate() {
        match category.parent.as_ref().and_then(|parent| ids.get(parent)) {
            Some(&parent) => children[parent].push(at),
            None => roots.push(at),
        }
    }
    let mut out = Vec::with_capacity(categories.len());
    let mut seen = vec![false; categories.len()];
    // What is left after the roots is in cycles.
    for start in roots.into_iter().chain(0..categories.len()) {
        let mut open = vec![(0, start)];
        while let Some((depth, at)) = open.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                out.push((depth, &*categories[at]));
                open.extend(children[at].iter().rev().map(|child| (depth + 1, *child)));
            }
        }
    }
    out
}

/// Returns the number of categories whose position changes when children follow their parents.
pub(super) fn moved(categories: &[Arc<Category>]) -> usize {
    let ordered = preorder(categories);
    ordered.iter().zip(categories).filter(|((_, ordered), category)| ordered.id != category.id).count()
}

#[cfg(test)]
mod tests {
    use super::{moved, preorder};
    use demarche_model::{Category, Colour};
    use std::sync::Arc;

    #[test]
    fn children_follow_their_parents_and_none_is_lost() {
        let category = |id: &str, parent: Option<&str>| {
            let parent = parent.map(Into::into);
            Arc::new(Category { parent, ..Category::new(id.into(), id, Colour::nth(0)) })
        };
        let list = [
            category("b1", Some("b")),
            category("a", None),
            category("b", None),
            category("x", Some("y")),
            category("y", Some("x")),
            category("lost", Some("nobody")),
            category("b2", Some("b")),
            category("b11", Some("b1")),
        ];
        let order: Vec<(usize, &str)> =
            preorder(&list).into_iter().map(|(d, c)| (d, c.id.as_str())).collect();
        let expect = [(0, "a"), (0, "b"), (1, "b1"), (2, "b11"), (1, "b2"), (0, "lost"), (0, "x"), (1, "y")];
        assert_eq!(order, expect);
        assert_eq!(moved(&list[1..3]), 0);
        assert!(moved(&list) > 0);
    }
}
