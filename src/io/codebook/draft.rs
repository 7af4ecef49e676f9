//! Drafts of categories as another program or a person has written them, and their conversion into a codebook: missing
//! ids, duplicate keys, parents by name.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;

use super::codebook_format::problem;
use crate::words::codebook as words;
use crate::{Problem, ProblemKind};
use demarche_model::{Category, CategoryId, Colour, slug};

/// A category as written in a file.
#[derive(Clone, Default, Debug)]
pub(super) struct Draft {
    /// Its line in the file, from 1.
    pub line: usize,
    /// Its id. If empty, the id is made from the name.
    pub id: String,
    /// Its name. If empty, the id is used.
    pub name: String,
    /// The category above it.
    pub parent: Option<Parent>,
    /// Its colour, such as `#D55E00`. If empty, one of the palette is used.
    pub colour: String,
    /// Its key; empty for none.
    pub key: String,
    /// Its definition.
    pub definition: String,
    /// What belongs to it.
    pub include: String,
    /// What does not belong to it.
    pub exclude: String,
    /// Example passages.
    pub examples: Vec<String>,
    /// Codes of other schemes.
    pub codes: BTreeMap<SmolStr, Vec<SmolStr>>,
    /// Whether it is closed for new spans.
    pub retired: bool,
}

/// A reference to the category above another one.
#[derive(Clone, Debug)]
pub(super) enum Parent {
    /// By id or name.
    Named(String),
    /// By index among the drafts.
    At(usize),
}

/// The categories of a file, before conflicts among them are resolved.
pub(super) struct Drafts {
    file: PathBuf,
    /// The categories, in the order of the file.
    pub list: Vec<Draft>,
    /// The problems so far.
    pub problems: Vec<Problem>,
}

impl Drafts {
    /// Starts without categories.
    pub fn new(file: &Path) -> Self {
        Self { file: file.to_owned(), list: Vec::new(), problems: Vec::new() }
    }

    /// Adds a problem.
    pub fn report(&mut self, line: usize, kind: ProblemKind, message: String) {
        self.problems.push(problem(&self.file, Some(line), kind, message));
    }

    /// Resolves all conflicts. Returns one category per draft, in the order of the drafts.
    pub fn finish(mut self) -> (Vec<Arc<Category>>, Vec<Problem>) {
        let ids = self.ids();
        let parents = self.parents();
        let keys = self.keys();
        let mut out = Vec::with_capacity(self.list.len());
        for (at, draft) in std::mem::take(&mut self.list).into_iter().enumerate() {
            let colour = draft.colour.parse().ok();
            if colour.is_none() && !draft.colour.is_empty() {
                let message = words::bad_colour_replaced(&draft.colour, &draft.name);
                self.report(draft.line, ProblemKind::Malformed, message);
            }
            out.push(Arc::new(Category {
                name: if draft.name.is_empty() { ids[at].clone() } else { draft.name },
                colour: colour.unwrap_or_else(|| Colour::nth(at)),
                hotkey: keys[at],
                parent: parents[at].map(|parent| CategoryId::new(&ids[parent])),
                definition: draft.definition,
                include: draft.include,
                exclude: draft.exclude,
                examples: draft.examples,
                codes: draft.codes,
                retired: draft.retired,
                id: CategoryId::new(&ids[at]),
            }));
        }
        (out, self.problems)
    }

    /// Returns an id for each draft: its own, unless an earlier draft has it, or a free one.
    fn ids(&mut self) -> Vec<String> {
        let mut names = Names::default();
        let mut ids = vec![String::new(); self.list.len()];
        let mut duplicates = Vec::new();
        for (draft, id) in self.list.iter().zip(&mut ids).filter(|(draft, _)| !draft.id.is_empty()) {
            *id = names.free(&draft.id);
            if *id != draft.id {
                duplicates.push((draft.line, words::renamed_id(&draft.id, id)));
            }
        }
        for (draft, id) in self.list.iter().zip(&mut ids).filter(|(draft, _)| draft.id.is_empty()) {
            *id = names.free(&slug(&draft.name, "category"));
        }
        duplicates.into_iter().for_each(|(line, what)| self.report(line, ProblemKind::DuplicateId, what));
        ids
    }

    /// Returns the index of each draft's parent. Parents that don't exist or form a cycle are left out.
    fn parents(&mut self) -> Vec<Option<usize>> {
        let mut by_name: HashMap<String, usize> = HashMap::new();
        let mut by_id: HashMap<&str, usize> = HashMap::new();
        for (at, draft) in self.list.iter().enumerate() {
            by_id.entry(&draft.id).or_insert(at);
            by_name.entry(draft.id.to_lowercase()).or_insert(at);
        }
        for (at, draft) in self.list.iter().enumerate() {
            by_name.entry(draft.name.to_lowercase()).or_insert(at);
        }
        let mut parents = Vec::with_capacity(self.list.len());
        let mut wrong = Vec::new();
        for draft in &self.list {
            parents.push(match &draft.parent {
                None => None,
                Some(Parent::At(at)) => Some(*at),
                Some(Parent::Named(name)) => {
                    let found = by_id.get(name.as_str()).or_else(|| by_name.get(&name.to_lowercase()));
                    if found.is_none() {
                        let message = words::unknown_parent_left_out(shown(draft), name);
                        wrong.push((draft.line, ProblemKind::UnknownCategory, message));
                    }
                    found.copied()
                }
            });
        }
        for at in cuts(&parents) {
            let draft = &self.list[at];
            wrong.push((draft.line, ProblemKind::ParentCycle, words::own_parent_left_out(shown(draft))));
            parents[at] = None;
        }
        wrong.into_iter().for_each(|(line, kind, message)| self.report(line, kind, message));
        parents
    }

    /// Returns the key of each draft. If two open categories have the same key, the first keeps it.
    fn keys(&mut self) -> Vec<Option<char>> {
        let mut taken: HashMap<char, String> = HashMap::new();
        let mut keys = Vec::with_capacity(self.list.len());
        let mut wrong = Vec::new();
        for draft in &self.list {
            let mut chars = draft.key.chars();
            let (key, rest) = (chars.next(), chars.next());
            let first = key.and_then(|key| taken.get(&key)).filter(|_| !draft.retired);
            keys.push(if rest.is_some() {
                let message = words::long_key_left_out(&draft.key, shown(draft));
                wrong.push((draft.line, ProblemKind::Malformed, message));
                None
            } else if let Some((key, first)) = key.zip(first) {
                let message = words::key_clash_left_out(key, shown(draft), first);
                wrong.push((draft.line, ProblemKind::HotkeyClash, message));
                None
            } else {
                if let Some(key) = key.filter(|_| !draft.retired) {
                    taken.insert(key, shown(draft).to_owned());
                }
                key
            });
        }
        wrong.into_iter().for_each(|(line, kind, message)| self.report(line, kind, message));
        keys
    }
}

fn shown(draft: &Draft) -> &str {
    if draft.name.is_empty() { &draft.id } else { &draft.name }
}

/// Returns one index of each cycle, at which to cut it.
fn cuts(parents: &[Option<usize>]) -> Vec<usize> {
    let mut cuts = Vec::new();
    // The walk in which each index was seen first.
    let mut seen = vec![0; parents.len()];
    for start in 0..parents.len() {
        let (mut at, walk) = (start, start + 1);
        while seen[at] == 0 {
            seen[at] = walk;
            match parents[at] {
                Some(parent) if seen[parent] == walk => cuts.push(at),
                Some(parent) => at = parent,
                None => {}
            }
        }
    }
    cuts
}

/// The names that are in use. They are compared exactly, as ids are.
#[derive(Default)]
pub(crate) struct Names {
    taken: HashSet<String>,
    /// The last number that each name was given; lower numbers are in use. Keeps a name that occurs a thousand times from
    /// being counted up a thousand times.
    last: HashMap<String, usize>,
}

impl Names {
    /// Reserves the name or, if it is in use, the first free one of `name-2`, `name-3` and so on.
    pub fn free(&mut self, name: &str) -> String {
        self.free_but(name, |_| false)
    }

    /// Reserves a name as [`Self::free`] does, other than those that are kept for others.
    pub fn free_but(&mut self, name: &str, is_kept: impl Fn(&str) -> bool) -> String {
        if !is_kept(name) && self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        let last = self.last.entry(name.to_owned()).or_insert(1);
        loop {
            *last += 1;
            let numbered = format!("{name}-{last}");
            if !is_kept(&numbered) && self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Drafts, Parent, cuts};
    use demarche_model::Colour;
    use std::path::Path;

    fn draft(line: usize, id: &str, name: &str) -> Draft {
        Draft { line, id: id.to_owned(), name: name.to_owned(), ..Draft::default() }
    }

    #[test]
    fn conflicts_are_resolved_and_reported() {
        let mut drafts = Drafts::new(Path::new("x.csv"));
        let named = |name: &str| Some(Parent::Named(name.to_owned()));
        drafts.list = vec![
            Draft {
                key: "1".into(),
                parent: named("OFFER"),
                colour: "#abc".into(),
                ..draft(2, "", "Threat")
            },
            Draft { key: "1".into(), parent: named("nobody"), ..draft(3, "threat", "") },
            Draft { key: "12".into(), colour: "red".into(), ..draft(4, "Threat", "Third") },
            Draft { parent: Some(Parent::At(3)), ..draft(5, "", "Offer") },
            Draft { key: "1".into(), retired: true, ..draft(6, "", "위협") },
        ];
        let (categories, problems) = drafts.finish();
        let ids: Vec<&str> = categories.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids, ["threat-2", "threat", "Threat", "offer", "wihyeob"]);
        assert_eq!(categories[0].parent, Some("offer".into()));
        assert_eq!(
            (categories[0].colour, categories[1].colour),
            (Colour([0xaa, 0xbb, 0xcc]), Colour::nth(1))
        );
        assert_eq!((categories[1].name.as_str(), categories[1].hotkey), ("threat", None));
        assert_eq!(categories[4].hotkey, Some('1'), "a retired one takes no key away");
        let mut found: Vec<(Option<usize>, &str)> =
            problems.iter().map(|p| (p.line, p.kind.name())).collect();
        found.sort_unstable();
        let expect = [
            (Some(3), "hotkey-clash"),
            (Some(3), "unknown-category"),
            (Some(4), "malformed"),
            (Some(4), "malformed"),
            (Some(5), "parent-cycle"),
        ];
        assert_eq!(found, expect, "{problems:?}");
    }

    #[test]
    fn cycles_are_cut_once() {
        assert!(cuts(&[None, Some(0), Some(1)]).is_empty());
        assert_eq!(cuts(&[Some(1), Some(2), Some(0), Some(0), Some(4)]), [2, 4]);
    }
}
