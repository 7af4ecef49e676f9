//! The relationships of a part to others and to addresses (ISO/IEC 29500-2, 6.5).

use std::collections::BTreeMap;

use crate::documents::ReadError;
use crate::documents::office::{Package, Visitor};
use crate::xml::Element;

/// A relationship.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// The last part of its type, such as `footnotes`.
    pub kind: String,
    /// The part that it leads to, or the address if it leads outside.
    pub target: String,
    pub is_outside: bool,
}

/// The relationships of a part by their ids.
#[derive(Default, Debug)]
pub(super) struct Relations {
    folder: String,
    by_id: BTreeMap<String, Relation>,
}

impl Relations {
    /// Reads the relationships of a part; none if it has none.
    pub fn of(part: &str, package: &mut Package<'_>) -> Result<Self, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let mut relations = Self { folder: folder.to_owned(), by_id: BTreeMap::new() };
        let name = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        package.visit(&format!("{name}_rels/{file}.rels"), &mut relations)?;
        Ok(relations)
    }

    /// Returns a relationship.
    pub fn get(&self, id: &str) -> Option<&Relation> {
        self.by_id.get(id)
    }

    /// Returns the first part with a relationship of this kind.
    pub fn part(&self, kind: &str) -> Option<&str> {
        let mut all = self.by_id.values();
        all.find(|one| one.kind == kind && !one.is_outside).map(|one| one.target.as_str())
    }
}

impl Visitor for Relations {
    fn open(&mut self, element: &Element) -> bool {
        if element.local() == "Relationship" {
            let get = |name| element.get(name).unwrap_or_default();
            let is_outside = get("TargetMode") == "External";
            let target =
                if is_outside { get("Target").to_owned() } else { inside(&self.folder, get("Target")) };
            let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
            self.by_id.insert(get("Id").to_owned(), Relation { kind, target, is_outside });
        }
        true
    }

    fn close(&mut self, _: &str) {}
}

/// Returns the name of a part, given relative to a folder.
fn inside(folder: &str, target: &str) -> String {
    let (mut path, rest): (Vec<&str>, &str) = match target.strip_prefix('/') {
        Some(rest) => (Vec::new(), rest),
        None => (folder.split('/').filter(|step| !step.is_empty()).collect(), target),
    };
    for step in rest.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn targets_are_relative_to_the_folder_of_the_part() {
        assert_eq!(inside("word", "footnotes.xml"), "word/footnotes.xml");
        assert_eq!(inside("word", "/word/chunk.html"), "word/chunk.html");
        assert_eq!(inside("word", "../chunk.html"), "chunk.html");
        assert_eq!(inside("", "../../a/./b"), "a/b");
    }
}
