//! The actors and issues of a project, by number.

use std::collections::BTreeSet;
use std::hash::Hash;
use std::sync::Arc;

use foldhash::{HashMap as FastMap, HashMapExt};
use smol_str::SmolStr;

use demarche_model::Relations;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(u32);

        impl $name {
            /// The id as a number, for columns of one's own.
            pub fn get(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

id! {
    /// An actor of [`Actors`]. Ids are in the order of the project's list.
    ActorId,
    /// An issue of [`Issues`]. Ids are in the order of the project's list.
    IssueId,
    /// A set of actors.
    ActorSetId,
    /// A set of issues.
    IssueSetId,
}

impl ActorSetId {
    /// No actor: not specified.
    pub const EMPTY: Self = Self(0);
}

impl IssueSetId {
    /// No issue: not specified.
    pub const EMPTY: Self = Self(0);
}

/// Values, each with a number.
#[derive(Clone, Debug)]
struct Numbered<T> {
    values: Vec<T>,
    numbers: FastMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { values: Vec::new(), numbers: FastMap::new() }
    }
}

impl<T: Eq + Hash + Clone> Numbered<T> {
    /// The number of a value, and true if it is new.
    fn number(&mut self, value: T) -> (u32, bool) {
        if let Some(&known) = self.numbers.get(&value) {
            return (known, false);
        }
        let next = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.clone());
        self.numbers.insert(value, next);
        (next, true)
    }

    fn all(&self) -> impl ExactSizeIterator<Item = u32> + use<T> {
        0..u32::try_from(self.values.len()).unwrap_or(u32::MAX)
    }
}

/// The actors of a project, then others that its passages name, and the sets of them that occur.
#[derive(Clone, Debug)]
pub struct Actors {
    relations: Arc<Relations>,
    names: Numbered<SmolStr>,
    sets: Numbered<Box<[ActorId]>>,
    /// The set of each name alone, if it occurs.
    singles: FastMap<SmolStr, ActorSetId>,
    /// For each set, the parties that it stands for.
    parties: Vec<Box<[ActorId]>>,
    /// For each set, the one with members in the place of collectives.
    as_members: Vec<ActorSetId>,
}

impl Actors {
    pub(super) fn new(listed: &[String], relations: Arc<Relations>) -> Self {
        let (names, sets) = (Numbered::default(), Numbered::default());
        let (singles, parties, as_members) = (FastMap::new(), Vec::new(), Vec::new());
        let mut actors = Self { relations, names, sets, singles, parties, as_members };
        for name in listed {
            actors.intern(name);
        }
        actors.set_of(Vec::new());
        actors
    }

    fn intern(&mut self, name: &str) -> ActorId {
        ActorId(self.names.number(SmolStr::new(name)).0)
    }

    /// The set of these names.
    pub(super) fn set<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> ActorSetId {
        let mut names = names.into_iter();
        match (names.next(), names.next()) {
            (None, _) => ActorSetId::EMPTY,
            // Most passages name one.
            (Some(name), None) => match self.singles.get(name) {
                Some(&known) => known,
                None => {
                    let id = self.intern(name);
                    let set = self.set_of(vec![id]);
                    self.singles.insert(SmolStr::new(name), set);
                    set
                }
            },
            (Some(first), Some(second)) => {
                let all = [first, second].into_iter().chain(names);
                let ids = all.map(|name| self.intern(name)).collect();
                self.set_of(ids)
            }
        }
    }

    fn set_of(&mut self, mut ids: Vec<ActorId>) -> ActorSetId {
        ids.sort_unstable();
        ids.dedup();
        let (number, is_new) = self.sets.number(ids.clone().into());
        let set = ActorSetId(number);
        if is_new {
            let parties = self.expand(&ids, |_| true);
            self.parties.push(parties.into());
            let collectives = self.relations.clone();
            let members = self.expand(&ids, |name| collectives.members.contains_key(name));
            self.as_members.push(set);
            if members != ids {
                self.as_members[set.get()] = self.set_of(members);
            }
        }
        set
    }

    /// The parties that some actors stand for, in order. Those that are not to be expanded remain.
    fn expand(&mut self, ids: &[ActorId], is_expanded: impl Fn(&str) -> bool) -> Vec<ActorId> {
        let relations = self.relations.clone();
        let names: Vec<SmolStr> = ids.iter().map(|id| SmolStr::new(self.name(*id))).collect();
        let expanded: BTreeSet<&str> = (names.iter().map(SmolStr::as_str))
            .flat_map(|name| if is_expanded(name) { relations.expanded(name) } else { [name].into() })
            .collect();
        let mut actors: Vec<ActorId> = expanded.into_iter().map(|name| self.intern(name)).collect();
        actors.sort_unstable();
        actors
    }

    /// The name of an actor.
    pub fn name(&self, id: ActorId) -> &str {
        self.names.values.get(id.get()).map_or("", SmolStr::as_str)
    }

    /// The actor with a name.
    pub fn find(&self, name: &str) -> Option<ActorId> {
        self.names.numbers.get(name).copied().map(ActorId)
    }

    /// All actors: those of the project in its order, then others.
    pub fn all(&self) -> impl ExactSizeIterator<Item = ActorId> + use<> {
        self.names.all().map(ActorId)
    }

    /// The actors of a set, in the order of the list.
    pub fn members(&self, set: ActorSetId) -> &[ActorId] {
        self.sets.values.get(set.get()).map_or(&[], |members| &**members)
    }

    /// The parties that a set stands for: the members of its collectives, and the parties of its persons.
    pub fn parties(&self, set: ActorSetId) -> &[ActorId] {
        self.parties.get(set.get()).map_or(&[], |parties| &**parties)
    }

    /// The set with members in the place of collectives. Persons remain.
    pub fn as_members(&self, set: ActorSetId) -> ActorSetId {
        self.as_members.get(set.get()).copied().unwrap_or(set)
    }

    /// The names of a set.
    pub fn names(&self, set: ActorSetId) -> impl Iterator<Item = &str> {
        self.members(set).iter().map(|id| self.name(*id))
    }
}

/// The issues of a project, then others that its passages name, and the sets of them that occur.
#[derive(Clone, Debug)]
pub struct Issues {
    relations: Arc<Relations>,
    names: Numbered<SmolStr>,
    sets: Numbered<Box<[IssueId]>>,
    /// For each issue, itself and the issues above it.
    within: Vec<Box<[IssueId]>>,
}

impl Issues {
    pub(super) fn new(listed: &[String], relations: Arc<Relations>) -> Self {
        let (names, sets) = (Numbered::default(), Numbered::default());
        let mut issues = Self { relations, names, sets, within: Vec::new() };
        for name in listed {
            issues.names.number(SmolStr::new(name));
        }
        let above: Vec<String> = issues.relations.issues_below.values().cloned().collect();
        for name in above {
            issues.names.number(name.into());
        }
        issues.find_above();
        issues.set_of(Vec::new());
        issues
    }

    fn find_above(&mut self) {
        for id in self.within.len()..self.names.values.len() {
            let first = self.names.values.get(id).map(SmolStr::as_str);
            let above = &self.relations.issues_below;
            let chain = std::iter::successors(first, |name| above.get(*name).map(String::as_str));
            let mut ids: Vec<IssueId> = Vec::new();
            for name in chain {
                match self.find(name) {
                    Some(id) if !ids.contains(&id) => ids.push(id),
                    // Round a circle once.
                    Some(_) | None => break,
                }
            }
            self.within.push(ids.into());
        }
    }

    /// The set of these names.
    pub(super) fn set<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> IssueSetId {
        let mut names = names.into_iter().peekable();
        if names.peek().is_none() {
            return IssueSetId::EMPTY;
        }
        let intern = |name: &str| IssueId(self.names.number(SmolStr::new(name)).0);
        let ids = names.map(intern).collect();
        self.find_above();
        self.set_of(ids)
    }

    fn set_of(&mut self, mut ids: Vec<IssueId>) -> IssueSetId {
        ids.sort_unstable();
        ids.dedup();
        IssueSetId(self.sets.number(ids.into()).0)
    }

    /// The name of an issue.
    pub fn name(&self, id: IssueId) -> &str {
        self.names.values.get(id.get()).map_or("", SmolStr::as_str)
    }

    /// The issue with a name.
    pub fn find(&self, name: &str) -> Option<IssueId> {
        self.names.numbers.get(name).copied().map(IssueId)
    }

    /// All issues: those of the project in its order, then others.
    pub fn all(&self) -> impl ExactSizeIterator<Item = IssueId> + use<> {
        self.names.all().map(IssueId)
    }

    /// The issues of a set, in the order of the list.
    pub fn members(&self, set: IssueSetId) -> &[IssueId] {
        self.sets.values.get(set.get()).map_or(&[], |members| &**members)
    }

    /// The names of a set.
    pub fn names(&self, set: IssueSetId) -> impl Iterator<Item = &str> {
        self.members(set).iter().map(|id| self.name(*id))
    }

    /// The issue and those above it, the nearest first.
    pub fn chain(&self, id: IssueId) -> &[IssueId] {
        self.within.get(id.get()).map_or(&[], |chain| &**chain)
    }

    /// True if an issue of `set` is one of `above`, or below it.
    pub fn is_within(&self, set: IssueSetId, above: IssueSetId) -> bool {
        let above = self.members(above);
        self.members(set).iter().any(|id| self.chain(*id).iter().any(|id| above.contains(id)))
    }
}
