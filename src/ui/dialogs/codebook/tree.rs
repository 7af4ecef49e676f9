//! The categories as a tree: the order of its rows, and the changes that move a category in it.

use std::collections::HashMap;
use std::sync::Arc;

use demarche_model::{Category, CategoryId, Codebook};
use demarche_session::CodebookChange;

/// A row of the tree.
#[derive(Clone, Debug)]
pub struct Row {
    /// The number of its ancestors.
    pub depth: usize,
    /// The category.
    pub category: Arc<Category>,
}

impl Row {
    /// The id of the category.
    pub fn id(&self) -> &CategoryId {
        &self.category.id
    }
}

/// Returns all categories, each below its parent. One whose parent is missing is a root.
pub fn rows(codebook: &Codebook) -> Vec<Row> {
    let all = &codebook.categories;
    let ids: HashMap<&CategoryId, usize> = all.iter().enumerate().map(|(index, c)| (&c.id, index)).collect();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    let mut roots = Vec::new();
    for (index, category) in all.iter().enumerate() {
        match category.parent.as_ref().and_then(|parent| ids.get(parent)) {
            Some(&parent) => children[parent].push(index),
            None => roots.push(index),
        }
    }
    let mut seen = vec![false; all.len()];
    let mut out = Vec::with_capacity(all.len());
    // A codebook that was edited by hand may contain a circle, which no root leads to.
    for start in roots.into_iter().chain(0..all.len()) {
        let mut open = vec![(0, start)];
        while let Some((depth, index)) = open.pop() {
            if !std::mem::replace(&mut seen[index], true) {
                out.push(Row { depth, category: all[index].clone() });
                open.extend(children[index].iter().rev().map(|&child| (depth + 1, child)));
            }
        }
    }
    out
}

/// A move by one step with the keyboard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Before the sibling above.
    Up,
    /// After the sibling below.
    Down,
    /// Under the sibling above.
    In,
    /// Out of the parent, after it.
    Out,
}

/// The place of a drop, relative to the row under the pointer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Drop {
    /// Before it, as its sibling.
    Before,
    /// After it and its descendants, as its sibling.
    After,
    /// Into it, as its child.
    Onto,
}

/// The index after the last descendant of a row.
fn end_of(rows: &[Row], index: usize) -> usize {
    let depth = rows[index].depth;
    let next = rows.iter().skip(index + 1).position(|row| row.depth <= depth);
    next.map_or(rows.len(), |next| index + 1 + next)
}

fn parent_of(rows: &[Row], index: usize) -> Option<usize> {
    let above = rows[index].depth.checked_sub(1)?;
    rows[..index].iter().rposition(|row| row.depth == above)
}

fn next_sibling(rows: &[Row], index: usize) -> Option<usize> {
    let end = end_of(rows, index);
    rows.get(end).filter(|row| row.depth == rows[index].depth).map(|_| end)
}

fn previous_sibling(rows: &[Row], index: usize) -> Option<usize> {
    let first = parent_of(rows, index).map_or(0, |parent| parent + 1);
    rows[first..index].iter().rposition(|row| row.depth == rows[index].depth).map(|found| first + found)
}

fn change(rows: &[Row], index: usize, before: Option<usize>, parent: Option<usize>) -> CodebookChange {
    let id = |index: usize| rows[index].id().clone();
    CodebookChange::MoveCategory { id: id(index), before: before.map(id), parent: parent.map(id) }
}

/// Returns the change that a step makes; `None` if the category can't be moved that way.
pub fn step(rows: &[Row], index: usize, step: Step) -> Option<CodebookChange> {
    rows.get(index)?;
    let parent = parent_of(rows, index);
    match step {
        Step::Up => Some(change(rows, index, Some(previous_sibling(rows, index)?), parent)),
        Step::Down => Some(change(rows, index, next_sibling(rows, next_sibling(rows, index)?), parent)),
        Step::In => Some(change(rows, index, None, Some(previous_sibling(rows, index)?))),
        Step::Out => {
            let parent = parent?;
            Some(change(rows, index, next_sibling(rows, parent), parent_of(rows, parent)))
        }
    }
}

/// Returns the change that a drop makes; `None` on itself or its descendants.
pub fn dropped(rows: &[Row], dragged: usize, target: usize, drop: Drop) -> Option<CodebookChange> {
    if dragged >= rows.len() || target >= rows.len() || (dragged..end_of(rows, dragged)).contains(&target) {
        return None;
    }
    let parent = parent_of(rows, target);
    match drop {
        Drop::Before => Some(change(rows, dragged, Some(target), parent)),
        Drop::After => {
            let next = next_sibling(rows, target);
            let next = if next == Some(dragged) { next_sibling(rows, dragged) } else { next };
            Some(change(rows, dragged, next, parent))
        }
        Drop::Onto => Some(change(rows, dragged, None, Some(target))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche_model::Colour;

    /// a, b (b1 (b11), b2), c, given out of order.
    fn book() -> Codebook {
        let category = |id: &str, parent: Option<&str>| {
            let parent = parent.map(Into::into);
            Arc::new(Category { parent, ..Category::new(id.into(), id, Colour::nth(0)) })
        };
        let categories = vec![
            category("b1", Some("b")),
            category("a", None),
            category("b", None),
            category("c", None),
            category("b2", Some("b")),
            category("b11", Some("b1")),
        ];
        Codebook { categories, ..Codebook::default() }
    }

    #[test]
    fn a_chain_of_twenty_thousand_categories_has_its_rows() {
        let category = |n: usize| Category {
            parent: n.checked_sub(1).map(|above| format!("c{above}").as_str().into()),
            ..Category::new(format!("c{n}").as_str().into(), "c", Colour::nth(0))
        };
        let categories = (0..20_000).map(|n| Arc::new(category(n))).collect();
        let rows = rows(&Codebook { categories, ..Codebook::default() });
        assert_eq!(rows.last().map(|row| row.depth), Some(19_999));
        assert_eq!(end_of(&rows, 0), 20_000);
    }

    fn at(rows: &[Row], id: &str) -> usize {
        rows.iter().position(|row| row.id().as_str() == id).unwrap()
    }

    fn moved(change: Option<CodebookChange>) -> Option<(Option<String>, Option<String>)> {
        let Some(CodebookChange::MoveCategory { before, parent, .. }) = change else { return None };
        Some((before.map(|id| id.to_string()), parent.map(|id| id.to_string())))
    }

    fn to(before: Option<&str>, parent: Option<&str>) -> Option<(Option<String>, Option<String>)> {
        Some((before.map(str::to_owned), parent.map(str::to_owned)))
    }

    #[test]
    fn rows_are_below_their_parents() {
        let order: Vec<(usize, String)> =
            rows(&book()).iter().map(|row| (row.depth, row.id().to_string())).collect();
        let expect = [(0, "a"), (0, "b"), (1, "b1"), (2, "b11"), (1, "b2"), (0, "c")];
        assert_eq!(order, expect.map(|(depth, id)| (depth, id.to_owned())));
    }

    #[test]
    fn steps_keep_to_siblings() {
        let rows = rows(&book());
        let go = |id: &str, what: Step| moved(step(&rows, at(&rows, id), what));
        assert_eq!(go("c", Step::Up), to(Some("b"), None));
        assert_eq!(go("a", Step::Down), to(Some("c"), None));
        assert_eq!(go("b", Step::Down), to(None, None));
        assert_eq!(go("b2", Step::Up), to(Some("b1"), Some("b")));
        assert_eq!(go("b2", Step::In), to(None, Some("b1")));
        assert_eq!(go("b11", Step::Out), to(Some("b2"), Some("b")));
        assert_eq!(go("b2", Step::Out), to(Some("c"), None));
        for (id, what) in
            [("a", Step::Up), ("a", Step::In), ("a", Step::Out), ("c", Step::Down), ("b1", Step::In)]
        {
            assert_eq!(go(id, what), None, "{id} {what:?}");
        }
    }

    #[test]
    fn nothing_is_dropped_below_itself() {
        let rows = rows(&book());
        let go = |id: &str, on: &str, how: Drop| moved(dropped(&rows, at(&rows, id), at(&rows, on), how));
        assert_eq!(go("a", "b1", Drop::Onto), to(None, Some("b1")));
        assert_eq!(go("a", "b1", Drop::After), to(Some("b2"), Some("b")));
        assert_eq!(go("c", "a", Drop::Before), to(Some("a"), None));
        assert_eq!(go("b", "a", Drop::After), to(Some("c"), None), "where it is already");
        assert_eq!(go("b", "b11", Drop::Onto), None);
        assert_eq!(go("b", "b", Drop::After), None);
    }
}
