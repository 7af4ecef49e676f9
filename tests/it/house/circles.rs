//! No two files of a crate need each other.
//!
//! Floors can't form a circle, since they are crates. Within a crate, a file needs another one if it names an item that the
//! other one defines, directly or through a re-export. A `mod.rs` and the files below its folder count as one room: a
//! folder may define a type of which each file implements a part.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemUse, UseTree};

use super::sources::{CRATES, root, shown, sources};

/// A path of module names from the root of the crate, which is empty.
type Module = Vec<String>;

/// What a module offers to others.
#[derive(Default)]
struct Names {
    file: PathBuf,
    items: BTreeSet<String>,
    /// Imports and re-exports: the name here, and the path it stands for.
    uses: HashMap<String, Vec<String>>,
}

/// The modules of one crate.
struct Crate(BTreeMap<Module, Names>);

/// Where each file needs another one, with an example of what it takes from there.
type Arrows = BTreeMap<PathBuf, BTreeMap<PathBuf, String>>;

impl Crate {
    fn read(folder: &Path) -> (Self, Vec<(Module, syn::File)>) {
        let mut modules = BTreeMap::new();
        let mut files = Vec::new();
        for path in sources(folder) {
            let source = fs::read_to_string(&path).unwrap();
            let file = syn::parse_file(&source).unwrap_or_else(|error| panic!("{}: {error}", shown(&path)));
            let module = module_of(&path, folder);
            modules.insert(module.clone(), Names::of(path, &file));
            files.push((module, file));
        }
        (Self(modules), files)
    }

    /// The file that defines what a path names, as seen from a module; `None` for what another crate or the file itself
    /// defines.
    fn definition(&self, from: &[String], path: &[String], depth: usize) -> Option<&Path> {
        let (mut module, mut rest) = self.start(from, path)?;
        while let Some((name, after)) = rest.split_first() {
            let mut child = module.clone();
            child.push(name.clone());
            if self.0.contains_key(&child) {
                (module, rest) = (child, after);
                continue;
            }
            let names = self.0.get(&module)?;
            if names.items.contains(name) {
                return Some(&names.file);
            }
            // A re-export is followed to what it names; a long chain can only be one that goes round.
            let target = names.uses.get(name).filter(|_| depth < 8)?;
            let target: Vec<String> = target.iter().chain(after).cloned().collect();
            return self.definition(&module, &target, depth + 1);
        }
        None
    }

    /// The module in which a path starts, and what is left of the path.
    fn start<'a>(&self, from: &[String], path: &'a [String]) -> Option<(Module, &'a [String])> {
        let mut module = from.to_vec();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => {
                module.clear();
                rest = &rest[1..];
            }
            "self" | "super" => {
                while let Some(first) = rest.first().filter(|first| *first == "self" || *first == "super") {
                    if first == "super" {
                        module.pop()?;
                    }
                    rest = &rest[1..];
                }
            }
            _ => {}
        }
        Some((module, rest))
    }

    fn arrows(&self, files: &[(Module, syn::File)]) -> Arrows {
        let mut arrows = Arrows::new();
        for (module, file) in files {
            let own = &self.0[module].file;
            let mut paths = Paths::default();
            paths.visit_file(file);
            for path in paths.0 {
                let Some(other) = self.definition(module, &path, 0) else { continue };
                if other != own && !one_room(own, other) {
                    let arrow = arrows.entry(own.clone()).or_default();
                    arrow.entry(other.to_owned()).or_insert_with(|| path.join("::"));
                }
            }
        }
        arrows
    }
}

impl Names {
    fn of(path: PathBuf, file: &syn::File) -> Self {
        let mut names = Self { file: path, ..Self::default() };
        for item in &file.items {
            match item {
                Item::Const(item) => names.item(&item.ident),
                Item::Enum(item) => names.item(&item.ident),
                Item::Fn(item) => names.item(&item.sig.ident),
                Item::Static(item) => names.item(&item.ident),
                Item::Struct(item) => names.item(&item.ident),
                Item::Trait(item) => names.item(&item.ident),
                Item::Type(item) => names.item(&item.ident),
                Item::Use(item) if !is_test(&item.attrs) => names.uses.extend(leaves(item)),
                _ => {}
            }
        }
        names
    }

    fn item(&mut self, name: &syn::Ident) {
        self.items.insert(name.to_string());
    }
}

/// The paths that a file names outside of tests.
#[derive(Default)]
struct Paths(BTreeSet<Vec<String>>);

impl<'ast> Visit<'ast> for Paths {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.0.extend(leaves(item).into_iter().map(|(_, path)| path));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.0.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is = |name: &str| attribute.path().is_ident(name);
        is("test") || is("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|cfg| cfg == "test")
    })
}

/// The names that a `use` brings in, each with its whole path. Globs name nothing.
fn leaves(item: &ItemUse) -> Vec<(String, Vec<String>)> {
    fn walk(tree: &UseTree, before: &[String], out: &mut Vec<(String, Vec<String>)>) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => walk(&path.tree, &with(&path.ident), out),
            UseTree::Name(name) if name.ident == "self" => {
                out.extend(before.last().map(|last| (last.clone(), before.to_vec())));
            }
            UseTree::Name(name) => out.push((name.ident.to_string(), with(&name.ident))),
            UseTree::Rename(name) => out.push((name.rename.to_string(), with(&name.ident))),
            UseTree::Group(group) => group.items.iter().for_each(|tree| walk(tree, before, out)),
            UseTree::Glob(_) => {}
        }
    }
    let mut out = Vec::new();
    walk(&item.tree, &[], &mut out);
    out
}

fn module_of(path: &Path, folder: &Path) -> Module {
    let inside = path.strip_prefix(folder).unwrap().with_extension("");
    let mut parts: Module = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

/// Whether one of two files is the `mod.rs` of a folder that holds the other.
fn one_room(one: &Path, other: &Path) -> bool {
    let holds = |outer: &Path, inner: &Path| {
        outer.ends_with("mod.rs") && outer.parent().is_some_and(|folder| inner.starts_with(folder))
    };
    holds(one, other) || holds(other, one)
}

/// The files that can be reached from one, itself only through a circle.
fn reached<'a>(arrows: &'a Arrows, from: &Path) -> BTreeSet<&'a Path> {
    let mut found = BTreeSet::new();
    let mut next: Vec<&Path> =
        arrows.get(from).into_iter().flat_map(BTreeMap::keys).map(PathBuf::as_path).collect();
    while let Some(file) = next.pop() {
        if found.insert(file) {
            next.extend(arrows.get(file).into_iter().flat_map(BTreeMap::keys).map(PathBuf::as_path));
        }
    }
    found
}

/// The arrows that are part of a circle, each with what one file takes from the other.
fn circles(arrows: &Arrows) -> Vec<String> {
    let reach: BTreeMap<&Path, BTreeSet<&Path>> =
        arrows.keys().map(|file| (file.as_path(), reached(arrows, file))).collect();
    let back = |file: &Path, other: &Path| reach.get(other).is_some_and(|reach| reach.contains(file));
    let mut out = Vec::new();
    for (file, others) in arrows {
        for (other, name) in others.iter().filter(|(other, _)| back(file, other)) {
            out.push(format!("{} takes {name} from {}", shown(file), shown(other)));
        }
    }
    out
}

#[test]
fn no_files_of_a_crate_form_a_circle() {
    let mut found = Vec::new();
    for (name, folder) in CRATES {
        let (modules, files) = Crate::read(&root().join(folder));
        let arrows = modules.arrows(&files);
        assert!(!arrows.is_empty(), "{name}: arrows are found");
        found.extend(circles(&arrows));
    }
    assert!(found.is_empty(), "circles of files:\n{}", found.join("\n"));
}

#[test]
fn a_circle_is_found_through_a_re_export() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("mod.rs", "mod one; mod two; pub use two::inner::Two;");
    write("one.rs", "use crate::Two; pub struct One(Two);");
    write("two/mod.rs", "pub mod inner;");
    write("two/inner.rs", "pub struct Two; pub type Back = super::super::one::One;");
    let (modules, files) = Crate::read(dir.path());
    assert_eq!(circles(&modules.arrows(&files)).len(), 2);
    write("two/inner.rs", "pub struct Two; #[cfg(test)] mod tests { use crate::one::One; }");
    let (modules, files) = Crate::read(dir.path());
    assert_eq!(circles(&modules.arrows(&files)), [] as [String; 0]);
}
