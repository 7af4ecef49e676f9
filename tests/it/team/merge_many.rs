//! Many merges in git of two clones in which two people have tagged, changed the codebook, imported documents and added
//! people, at random.
//!
//! A few run by default; `DEMARCHE_TEST_MERGES=30` sets the number.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use demarche::io::ProblemKind;
use demarche::io::project::{Folder, Listing, check};
use demarche::model::*;
use demarche::session::{
    AnnotateAction, CodebookAction, CodebookChange, DocumentAction, Env, NavigateAction, ProjectAction,
    Session, TextSelection,
};

use crate::support::cli::demarche;
use crate::support::git::{clones, done, git, plain_clones, pull};
use crate::support::project::read_all;
use crate::support::session::{open, open_with, small};

/// Number of merges by default.
const FEW: u64 = 3;
/// Number of words in a text.
const WORDS: usize = 120;

fn merges() -> u64 {
    std::env::var("DEMARCHE_TEST_MERGES").ok().and_then(|number| number.parse().ok()).unwrap_or(FEW)
}

/// Random numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

fn text(name: &str) -> String {
    let words = (0..WORDS).map(|n| format!("{name}{n:03}"));
    words.collect::<Vec<_>>().chunks(12).map(|line| line.join(" ")).collect::<Vec<_>>().join("\n")
}

/// A field of an entry of `project.ron`: `category demand`, `definition`.
type Place = (String, &'static str);

/// What one side has done.
#[derive(Default)]
struct Deeds {
    spans: BTreeSet<(LayerId, SpanId)>,
    documents: BTreeSet<DocumentId>,
    people: BTreeMap<AnnotatorId, PersonKey>,
    fields: BTreeMap<Place, String>,
}

/// One person at work in their clone.
struct Side<'a> {
    clone: &'a Path,
    who: &'static str,
    dice: Dice,
    deeds: Deeds,
}

impl Side<'_> {
    /// Works for a while, and commits.
    fn work(&mut self, may_change_entries: bool, new_person: &str) -> Option<()> {
        self.import();
        let mut session = open_with(self.clone, Env::system(|| {}));
        session.perform(ProjectAction::WorkAs { name: self.who.to_owned() });
        for step in 0..8 + self.dice.roll(8) {
            match self.dice.roll(4) {
                0 if may_change_entries => self.change_entry(&mut session),
                1 => self.add_category(&mut session, step, may_change_entries),
                _ => self.tag(&mut session),
            }
        }
        if !new_person.is_empty() {
            session.perform(ProjectAction::WorkAsNew { name: new_person.to_owned() });
            let id = session.me().clone();
            let key = session.project().annotator(&id).and_then(|person| person.key).expect("has a key");
            self.deeds.people.insert(id, key);
            self.tag(&mut session);
        }
        session.save_now().unwrap();
        drop(session);
        done(self.clone, &["add", "-A"])?;
        done(self.clone, &["commit", "-q", "-m", self.who])
    }

    /// Imports one to three texts with the command line. The first is a file with one name and different words on each side.
    fn import(&mut self) {
        let folder = tempfile::tempdir().unwrap();
        let before: BTreeSet<DocumentId> = listed(self.clone);
        for n in 0..1 + self.dice.roll(3) {
            let file = folder.path().join(format!("minutes-{n}.txt"));
            fs::write(&file, text(&format!("{}{n}x", self.who.to_lowercase()))).unwrap();
            let (code, _, said) = demarche(
                &["import", self.clone.to_str().unwrap(), file.to_str().unwrap(), "--annotator", self.who],
                folder.path(),
            );
            assert_eq!(code, 0, "{said}");
        }
        self.deeds.documents = listed(self.clone).difference(&before).cloned().collect();
    }

    fn tag(&mut self, session: &mut Session) {
        let documents = session.project().documents();
        let id = documents[self.dice.roll(documents.len())].id().clone();
        session.perform(NavigateAction::OpenDocument(id));
        session.finish_jobs();
        let text = session.document().and_then(|document| document.text.clone()).expect("a text");
        let words: Vec<usize> = text.as_str().match_indices([' ', '\n']).map(|(at, _)| at + 1).collect();
        let start = words[self.dice.roll(words.len() - 4)];
        let length = text.as_str()[start..].find([' ', '\n']).expect("a word");
        session.perform(NavigateAction::SelectText(TextSelection::over(TextRange {
            start,
            end: start + length,
        })));
        let categories = &session.project().codebook().categories;
        let category = categories[self.dice.roll(categories.len())].id.clone();
        session.perform(AnnotateAction::Tag(category));
        if let Some(at) = session.current() {
            self.deeds.spans.insert((at.layer.clone(), at.span));
        }
    }

    /// Adds a category. If entries may clash, the other side may add one with the same id.
    fn add_category(&mut self, session: &mut Session, step: usize, may_clash: bool) {
        let shared = may_clash && self.dice.roll(3) == 0;
        let id = if shared { "shared".to_owned() } else { format!("{}-{step}", self.who.to_lowercase()) };
        let definition = format!("{} {step}", self.who);
        let category = Category::new(id.as_str().into(), "New", Colour::nth(step));
        self.put(session, Category { definition: definition.clone(), ..category });
        self.deeds.fields.insert((format!("category {id}"), "definition"), definition);
        self.deeds.fields.insert((format!("category {id}"), "colour"), Colour::nth(step).to_string());
    }

    /// Changes one field of a category or document that both sides have.
    fn change_entry(&mut self, session: &mut Session) {
        let value = format!("{} {}", self.who, self.dice.roll(1000));
        if self.dice.roll(4) == 0 {
            let meta = session.project().documents()[self.dice.roll(2)].meta.clone();
            self.deeds.fields.insert((format!("document {}", meta.id), "title"), value.clone());
            session.perform(DocumentAction::SetMeta(Box::new(DocumentMeta { title: value, ..meta })));
            return;
        }
        let at = self.dice.roll(5);
        let category = (*session.project().codebook().categories[at]).clone();
        let place = |field| (format!("category {}", category.id), field);
        let (place, category) = match self.dice.roll(4) {
            0 => (place("name"), Category { name: value.clone(), ..category }),
            1 => (place("definition"), Category { definition: value.clone(), ..category }),
            2 => (place("include"), Category { include: value.clone(), ..category }),
            _ => (place("exclude"), Category { exclude: value.clone(), ..category }),
        };
        self.put(session, category);
        self.deeds.fields.insert(place, value);
    }

    fn put(&self, session: &mut Session, category: Category) {
        session.perform(CodebookAction::Change(CodebookChange::PutCategory(Box::new(category))));
    }
}

fn listed(project: &Path) -> BTreeSet<DocumentId> {
    let opened = demarche::io::project::open(&Folder::new(project)).unwrap();
    opened.project.documents().iter().map(|document| document.id().clone()).collect()
}

/// Fields that both sides have changed, and differently.
fn clashes(one: &Deeds, two: &Deeds) -> BTreeSet<Place> {
    let differs = |(place, value): &(&Place, &String)| two.fields.get(*place).is_some_and(|v| v != *value);
    one.fields.iter().filter(differs).map(|(place, _)| place.clone()).collect()
}

/// Asserts that a clone has everything that a side has done, apart from what clashes.
fn holds(clone: &Path, deeds: &Deeds, clashes: &BTreeSet<Place>, twins: &BTreeSet<&AnnotatorId>) {
    let folder = Folder::new(clone);
    let (project, _) = read_all(&folder).unwrap();
    // The layers of two people with the same id are distinguished by their keys, and only one of them can be read.
    for (layer, span) in deeds.spans.iter().filter(|(layer, _)| !twins.contains(&layer.annotator)) {
        let found = project.layer(layer).and_then(|layer| layer.span(*span));
        assert!(found.is_some(), "{span} of {layer:?} is lost");
    }
    for id in &deeds.documents {
        let document = project.document(id).unwrap_or_else(|| panic!("{id} is lost"));
        let sum = demarche::io::sha256(document.text.as_ref().expect("has a text").as_str().as_bytes());
        assert_eq!(document.meta.versions.current.sha256, sum, "{id} has its own text");
    }
    for (id, key) in deeds.people.iter().filter(|(id, _)| !twins.contains(id)) {
        assert_eq!(project.annotator(id).and_then(|person| person.key), Some(*key), "{id}");
    }
    for (place, value) in deeds.fields.iter().filter(|(place, _)| !clashes.contains(place)) {
        assert_eq!(field(&project, place).as_ref(), Some(value), "{place:?}");
    }
}

/// The layers that both sides have of two people with one id.
fn shared_layers(ana: &Deeds, ben: &Deeds, twins: &BTreeSet<&AnnotatorId>) -> Vec<LayerId> {
    let of = |deeds: &Deeds| -> BTreeSet<LayerId> {
        let layers = deeds.spans.iter().map(|(layer, _)| layer.clone());
        layers.filter(|layer| twins.contains(&layer.annotator)).collect()
    };
    of(ana).intersection(&of(ben)).cloned().collect()
}

fn field(project: &Project, (entry, field): &Place) -> Option<String> {
    let (kind, id) = entry.split_once(' ')?;
    if kind == "document" {
        return Some(project.document(&id.into())?.meta.title.clone());
    }
    let category = project.codebook().category(&id.into())?;
    Some(match *field {
        "name" => category.name.clone(),
        "definition" => category.definition.clone(),
        "include" => category.include.clone(),
        "colour" => category.colour.to_string(),
        _ => category.exclude.clone(),
    })
}

/// Asserts that each text on disk belongs to exactly one document.
fn no_file_has_two_documents(clone: &Path) {
    let folder = Folder::new(clone);
    let texts: Vec<DocumentId> = Listing::read(&folder).unwrap().texts().collect();
    let opened = demarche::io::project::open(&folder).unwrap();
    let ids: Vec<DocumentId> = opened.project.documents().iter().map(|d| d.id().clone()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    assert_eq!(ids.iter().cloned().collect::<BTreeSet<_>>(), texts.into_iter().collect());
}

/// Conflicts as the driver names them: `category demand`, `definition`.
fn reported(said: &str) -> BTreeSet<Place> {
    const FIELDS: [&str; 6] = ["name", "definition", "include", "exclude", "colour", "title"];
    let mut out = BTreeSet::new();
    for line in said.lines().filter_map(|line| line.strip_prefix("CONFLICT: the ")) {
        let Some((entry, rest)) = line.split_once(" was changed in both: ") else { continue };
        let fields = rest.split(": ").next().unwrap_or_default().split(", ");
        for field in fields {
            let field = FIELDS.iter().find(|name| **name == field).expect("a known field");
            out.insert((entry.replace('`', ""), *field));
        }
    }
    out
}

/// Returns a file with conflict marks as one side has it.
fn resolved(marked: &str, ours: bool) -> String {
    let mut side = None;
    let mut out = String::new();
    for line in marked.split_inclusive('\n') {
        match line.trim_end() {
            mark if mark.starts_with("<<<<<<< ") => side = Some(true),
            "=======" if side.is_some() => side = Some(false),
            mark if mark.starts_with(">>>>>>> ") => side = None,
            _ if side.is_none_or(|side| side == ours) => out.push_str(line),
            _ => {}
        }
    }
    out
}

fn base() -> (tempfile::TempDir, std::path::PathBuf) {
    let (dir, root) = small(&[&text("first"), &text("second")]);
    // A save brings the files into the form of today.
    let mut session = open(&root);
    session.perform(ProjectAction::SetName("Talks".to_owned()));
    session.save_now().unwrap();
    (dir, root)
}

#[test]
fn merges_with_the_driver_lose_nothing_and_conflict_only_in_fields_that_both_changed() {
    let run = |seed: u64| -> Option<usize> {
        let (dir, root) = base();
        let [one, two] = clones(dir.path(), &root)?;
        let mut ana = Side { clone: &one, who: "Ana", dice: Dice(seed), deeds: Deeds::default() };
        let mut ben = Side { clone: &two, who: "Ben", dice: Dice(seed + 1000), deeds: Deeds::default() };
        // A new person on each side: another one, the same name, or nobody.
        let (cleo, dana) = [("Cleo", "Dana"), ("Cleo", "Cleo"), ("", "")][seed as usize % 3];
        ana.work(true, cleo)?;
        ben.work(true, dana)?;
        let expected = clashes(&ana.deeds, &ben.deeds);
        let twins: BTreeSet<&AnnotatorId> =
            ana.deeds.people.keys().filter(|id| ben.deeds.people.contains_key(*id)).collect();
        let (clean, said) = pull(&one, &two)?;
        assert_eq!(reported(&said), expected, "{seed}: {said}");
        for id in &twins {
            assert!(said.contains(&format!("`{id}` is that of two people")), "{seed}: {said}");
        }
        assert_eq!(clean, expected.is_empty() && twins.is_empty(), "{seed}: {said}");
        if !clean {
            let marked = fs::read_to_string(one.join("project.ron")).unwrap();
            for ours in [false, true] {
                fs::write(one.join("project.ron"), resolved(&marked, ours)).unwrap();
                holds(&one, &ana.deeds, &expected, &twins);
                holds(&one, &ben.deeds, &expected, &twins);
            }
            let (_, status) = git(&one, &["diff", "--name-only", "--diff-filter=U"])?;
            let files: BTreeSet<&str> = status.lines().collect();
            let shared: Vec<LayerId> = shared_layers(&ana.deeds, &ben.deeds, &twins);
            let layers: Vec<String> =
                shared.iter().map(|id| format!("layers/cleo/{}.ron", id.document)).collect();
            let expected_files = layers.iter().map(String::as_str).chain(["project.ron"]).collect();
            assert_eq!(files, expected_files, "{seed}");
            for (file, layer) in layers.iter().zip(&shared) {
                let text = fs::read_to_string(one.join(file)).unwrap();
                let spans = ana.deeds.spans.iter().chain(&ben.deeds.spans).filter(|(id, _)| id == layer);
                spans.for_each(|(_, span)| {
                    assert!(text.contains(&span.to_string()), "{seed}: {span} is lost")
                });
                fs::write(one.join(file), resolved(&text, true)).unwrap();
            }
            done(&one, &["commit", "-q", "-a", "-m", "merged"])?;
        }
        assert!(pull(&two, &one)?.0);
        for clone in [&one, &two] {
            holds(clone, &ana.deeds, &expected, &twins);
            holds(clone, &ben.deeds, &expected, &twins);
            no_file_has_two_documents(clone);
            let mut problems = check(&Folder::new(clone)).unwrap();
            if !twins.is_empty() {
                problems.retain(|problem| problem.kind != ProblemKind::OtherPerson);
            }
            assert_eq!(problems, [], "{seed}");
        }
        Some(expected.len() + twins.len())
    };
    let conflicts: Option<Vec<usize>> = (0..merges()).map(run).collect();
    println!("conflicts per merge: {conflicts:?}");
}

/// Returns a file with the lines of both sides, ours first.
fn united(marked: &str) -> String {
    let is_mark = |line: &&str| ["<<<<<<< ", "=======", ">>>>>>> "].iter().any(|mark| line.starts_with(mark));
    marked.split_inclusive('\n').filter(|line| !is_mark(line)).collect()
}

#[test]
fn merges_without_the_driver_lose_nothing_once_both_entries_are_taken() {
    let run = |seed: u64| -> Option<bool> {
        let (dir, root) = base();
        let [one, two] = plain_clones(dir.path(), &root)?;
        let mut ana = Side { clone: &one, who: "Ana", dice: Dice(seed), deeds: Deeds::default() };
        let mut ben = Side { clone: &two, who: "Ben", dice: Dice(seed + 1000), deeds: Deeds::default() };
        ana.work(false, "Cleo")?;
        ben.work(false, "Dana")?;
        let (clean, said) = pull(&one, &two)?;
        if !clean {
            let (_, unmerged) = git(&one, &["diff", "--name-only", "--diff-filter=U"])?;
            assert_eq!(unmerged.trim(), "project.ron", "{seed}: {said}");
            let marked = fs::read_to_string(one.join("project.ron")).unwrap();
            fs::write(one.join("project.ron"), united(&marked)).unwrap();
            done(&one, &["commit", "-q", "-a", "-m", "merged"])?;
        }
        let none = (BTreeSet::new(), BTreeSet::new());
        holds(&one, &ana.deeds, &none.0, &none.1);
        holds(&one, &ben.deeds, &none.0, &none.1);
        no_file_has_two_documents(&one);
        assert_eq!(check(&Folder::new(&one)).unwrap(), [], "{seed}");
        Some(clean)
    };
    let clean: Option<Vec<bool>> = (0..merges().min(12)).map(run).collect();
    println!("without a conflict: {clean:?}");
}
