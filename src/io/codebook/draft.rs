//! Makes a codebook of what another program or a person has written: ids that are missing, doubled keys, parents by name.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;

use super::codebook_format::problem;
use crate::words::codebook as words;
use crate::{Problem, ProblemKind};
use demarche_model::{Category, CategoryId, Colour, slug};

/// A category as a file has it.
#[derive(Clone, Default, Debug)]
pub(super) struct Draft {
    /// Its line in the file, from 1.
    pub line: usize,
    /// Its id; empty where the file names none, and then made from the name.
    pub id: String,
    /// Its name; empty where the file names none, and then the id.
    pub name: String,
    /// What it stands under.
    pub parent: Option<Parent>,
    /// Its colour as `#D55E00`; empty where the file has none, and then one of the palette.
    pub colour: String,
    /// Its key; empty for none.
    pub key: String,
    /// What it means.
    pub definition: String,
    /// What belongs to it.
    pub include: String,
    /// What does not.
    pub exclude: String,
    /// Passages that show it.
    pub examples: Vec<String>,
    /// Codes of other schemes.
    pub codes: BTreeMap<SmolStr, Vec<SmolStr>>,
    /// Whether it is closed for new spans.
    pub retired: bool,
}

/// How a file says what a category stands under.
#[derive(Clone, Debug)]
pub(super) enum Parent {
    /// By id or name.
    Named(String),
    /// As the draft with this number.
    At(usize),
}

/// The categories of a file, before doubts about them are settled.
pub(super) struct Drafts {
    file: PathBuf,
    /// The categories, in the order of the file.
    pub list: Vec<Draft>,
    /// What was wrong so far.
    pub problems: Vec<Problem>,
}

impl Drafts {
    /// None yet.
    pub fn new(file: &Path) -> Self {
        Self { file: file.to_owned(), list: Vec::new(), problems: Vec::new() }
    }

    /// Notes that something is wrong.
    pub fn report(&mut self, line: usize, kind: ProblemKind, message: String) {
        self.problems.push(problem(&self.file, Some(line), kind, message));
    }

    /// Settles all doubts. The categories come back in the order of the drafts, one each.
    pub fn finish(mut self) -> (Vec<Arc<Category>>, Vec<Problem>) {
        let ids = self.ids();
        let parents = self.parents();
        let keys = self.keys();
        let mut out = Vec::with_capacity(self.list.len());
        for (at, draft) in std::mem::take(&mut self.list).into_iter().enumerate() {
            let colour = draft.colour.parse().ok();
            if colour.is_none() && !draft.colour.is_empty() {
                let of = format_args!("“{}”", draft.name);
                let message = words::bad_colour(&draft.colour, of) + "; it was replaced";
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

    /// An id for each draft: its own, if no draft before it has that one, else one that is free.
    fn ids(&mut self) -> Vec<String> {
        let mut names = Names::default();
        let mut ids = vec![String::new(); self.list.len()];
        let mut doubled = Vec::new();
        for (draft, id) in self.list.iter().zip(&mut ids).filter(|(draft, _)| !draft.id.is_empty()) {
            *id = names.free(&draft.id);
            if *id != draft.id {
                let message =
                    format!("another category above has the id `{}`; this one is now `{id}`", draft.id);
                doubled.push((draft.line, message));
            }
        }
        for (draft, id) in self.list.iter().zip(&mut ids).filter(|(draft, _)| draft.id.is_empty()) {
            *id = names.free(&slug(&draft.name, "category"));
        }
        doubled.into_iter().for_each(|(line, what)| self.report(line, ProblemKind::DuplicateId, what));
        ids
    }

    /// The number of each draft's parent; one that is not there, or leads in a circle, is left out.
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
                        let message = words::unknown_parent(shown(draft), name) + "; left out";
                        wrong.push((draft.line, ProblemKind::UnknownCategory, message));
                    }
                    found.copied()
                }
            });
        }
        for at in cuts(&parents) {
            let draft = &self.list[at];
            let message = format!("“{}” is a parent of itself; its parent was left out", shown(draft));
            wrong.push((draft.line, ProblemKind::ParentCycle, message));
            parents[at] = None;
        }
        wrong.into_iter().for_each(|(line, kind, message)| self.report(line, kind, message));
        parents
    }

    /// The key of each draft; of two that are open and have the same, the first keeps it.
    fn keys(&mut self) -> Vec<Option<char>> {
        let mut taken: HashMap<char, String> = HashMap::new();
        let mut keys = Vec::with_capacity(self.list.len());
        let mut wrong = Vec::new();
        for draft in &self.list {
            let mut chars = draft.key.chars();
            let (key, rest) = (chars.next(), chars.next());
            let first = key.and_then(|key| taken.get(&key)).filter(|_| !draft.retired);
            keys.push(if rest.is_some() {
                let message =
                    format!("the key “{}” of “{}” is not one character; left out", draft.key, shown(draft));
                wrong.push((draft.line, ProblemKind::Malformed, message));
                None
            } else if let Some((key, first)) = key.zip(first) {
                let message = words::key_clash(key, shown(draft), first) + "; left out";
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

/// One place of each circle, where to cut it.
fn cuts(parents: &[Option<usize>]) -> Vec<usize> {
    let mut cuts = Vec::new();
    // In which walk a place was seen first.
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

/// Names that are taken. They are compared exactly, as ids are.
#[derive(Default)]
pub(crate) struct Names {
    taken: HashSet<String>,
    /// The last number that each name was given; those below are taken, so that a name that comes a thousand times is not
    /// counted through a thousand times.
    last: HashMap<String, usize>,
}

impl Names {
    /// The name, or, where it is taken, the first free one of `name-2`, `name-3` and so on; now taken.
    pub fn free(&mut self, name: &str) -> String {
        if self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        let last = self.last.entry(name.to_owned()).or_insert(1);
        loop {
            *last += 1;
            let numbered = format!("{name}-{last}");
            if self.taken.insert(numbered.clone()) {
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
    fn doubts_are_settled_and_told() {
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
    fn circles_are_cut_once() {
        assert!(cuts(&[None, Some(0), Some(1)]).is_empty());
        assert_eq!(cuts(&[Some(1), Some(2), Some(0), Some(0), Some(4)]), [2, 4]);
    }
}
