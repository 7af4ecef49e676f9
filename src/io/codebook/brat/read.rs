//! The reader of brat's two files.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;

use super::conf::{Entry, Fault, parse};
use super::{ANNOTATION, RESERVED};
use crate::codebook::codebook_format::{Input, problem, text_of};
use crate::codebook::draft::{Draft, Drafts, Names, Parent};
use crate::project::Preset;
use crate::words::{brat as brat_words, codebook as words};
use crate::{IoError, Problem, ProblemKind};
use demarche_model::{AttributeDef, AttributeKind, Category, CategoryId, Codebook, Colour, LinkKind};

/// The content of `visual.conf`, by the names of types.
#[derive(Default)]
struct Visual {
    labels: HashMap<String, String>,
    colours: HashMap<String, String>,
}

/// Reads a codebook, and names it after the folder.
pub(super) fn read(input: &Input<'_>) -> Result<(Preset, Vec<Problem>), IoError> {
    let (entries, faults) = parse(&input.text()?);
    let mut drafts = Drafts::new(input.path);
    for Fault { line, kind } in faults {
        drafts.report(line, ProblemKind::Malformed, kind.to_string());
    }
    let visual = match &input.beside {
        Some((path, bytes)) => read_visual(path, &text_of(path, bytes)?, &mut drafts.problems),
        None => Visual::default(),
    };
    let mut rest = Vec::new();
    read_types(entries, &visual, &mut drafts, &mut rest);
    if drafts.list.is_empty() {
        let message = brat_words::no_types();
        return Err(IoError::Problem(problem(input.path, None, ProblemKind::Malformed, message)));
    }
    let (categories, problems) = drafts.finish();
    let mut others = Others { file: input.path, visual, problems, ..Others::default() };
    rest.iter().for_each(|entry| others.add(entry, &categories));
    let codebook = Codebook {
        categories,
        attributes: others.attributes,
        link_kinds: others.link_kinds,
        ..Codebook::default()
    };
    let folder =
        input.path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    Ok((input.preset(folder.unwrap_or_else(|| input.stem()), codebook), others.problems))
}

fn read_visual(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Visual {
    let (entries, faults) = parse(text);
    let mut report = |line, why| problems.push(problem(path, Some(line), ProblemKind::Malformed, why));
    faults.into_iter().for_each(|Fault { line, kind }| report(line, kind.to_string()));
    let mut visual = Visual::default();
    for entry in entries {
        let mut terms = entry.terms.into_iter();
        let (Some(name), label) = (terms.next(), terms.next()) else { continue };
        match entry.section.as_str() {
            "labels" => {
                let label = label.unwrap_or_else(|| name.clone());
                visual.labels.entry(name).or_insert(label);
            }
            "drawing" if !RESERVED.contains(&name.as_str()) => {
                let colour = entry.arguments.into_iter().find(|(key, _)| key == "bgColor");
                let Some((_, colour)) = colour else { continue };
                if colour.parse::<Colour>().is_ok() {
                    visual.colours.insert(name, colour);
                } else {
                    let why = words::bad_colour_left_out(&colour, &name);
                    report(entry.line, why);
                }
            }
            _ => {}
        }
    }
    visual
}

/// Turns entities and events into drafts of categories. Attributes and relations are added to `rest`.
fn read_types(entries: Vec<Entry>, visual: &Visual, drafts: &mut Drafts, rest: &mut Vec<Entry>) {
    // The types above the next one: section, depth, number.
    let mut above: Vec<(String, usize, usize)> = Vec::new();
    for entry in entries {
        match entry.section.as_str() {
            "entities" | "events" => {}
            "relations" | "attributes" => {
                rest.push(entry);
                continue;
            }
            other => {
                drafts.report(entry.line, ProblemKind::Malformed, brat_words::unread_section(other));
                continue;
            }
        }
        if !entry.arguments.is_empty() {
            drafts.report(entry.line, ProblemKind::Malformed, brat_words::unread_roles(&entry.terms[0]));
        }
        while above
            .last()
            .is_some_and(|(section, depth, _)| *section != entry.section || *depth >= entry.depth)
        {
            above.pop();
        }
        let name = entry.terms[0].clone();
        let parent = above.last().map(|(.., at)| Parent::At(*at));
        above.push((entry.section, entry.depth, drafts.list.len()));
        drafts.list.push(Draft {
            line: entry.line,
            name: visual.labels.get(&name).unwrap_or(&name).clone(),
            colour: visual.colours.get(&name).cloned().unwrap_or_default(),
            id: name,
            parent,
            retired: entry.unused,
            ..Draft::default()
        });
    }
}

/// Attributes and link kinds.
struct Others<'a> {
    file: &'a Path,
    visual: Visual,
    problems: Vec<Problem>,
    attributes: Vec<Arc<AttributeDef>>,
    link_kinds: Vec<Arc<LinkKind>>,
    attribute_ids: Names,
    link_ids: Names,
}

impl Default for Others<'_> {
    fn default() -> Self {
        Self {
            file: Path::new(ANNOTATION),
            visual: Visual::default(),
            problems: Vec::new(),
            attributes: Vec::new(),
            link_kinds: Vec::new(),
            attribute_ids: Names::default(),
            link_ids: Names::default(),
        }
    }
}

impl Others<'_> {
    fn add(&mut self, entry: &Entry, categories: &[Arc<Category>]) {
        let name = &entry.terms[0];
        let label = self.visual.labels.get(name).unwrap_or(name).clone();
        if entry.section == "attributes" {
            let id = self.attribute_ids.free(name);
            let attribute = self.attribute(entry, id, label, categories);
            self.attributes.push(Arc::new(attribute));
        } else if name.starts_with('<') {
            self.report(entry.line, ProblemKind::Malformed, brat_words::unread_rule(name));
        } else {
            let open = |(key, value): &(String, String)| {
                matches!(key.as_str(), "Arg1" | "Arg2") && matches!(value.as_str(), "<ENTITY>" | "<ANY>")
            };
            if !entry.arguments.iter().all(open) {
                self.report(entry.line, ProblemKind::Malformed, brat_words::unread_ends(name));
            }
            let id = self.link_ids.free(name);
            let kind = LinkKind::new(id.as_str().into(), label, "");
            self.link_kinds.push(Arc::new(kind));
        }
    }

    fn attribute(
        &mut self,
        entry: &Entry,
        id: String,
        name: String,
        categories: &[Arc<Category>],
    ) -> AttributeDef {
        let mut kind = AttributeKind::Flag;
        let mut scope = Vec::new();
        for (key, value) in &entry.arguments {
            match key.trim_end_matches(['?', '*', '+']) {
                "Value" => kind = AttributeKind::Choice(value.split('|').map(SmolStr::new).collect()),
                "Arg" => scope = self.scope(entry.line, value, categories),
                _ => {
                    self.report(entry.line, ProblemKind::Malformed, brat_words::unread_argument(key, &id));
                }
            }
        }
        let definition = String::new();
        let id = id.as_str().into();
        AttributeDef { categories: scope, definition, ..AttributeDef::new(id, name, kind) }
    }

    /// Returns the categories that an attribute applies to. An empty list means all.
    fn scope(&mut self, line: usize, value: &str, categories: &[Arc<Category>]) -> Vec<CategoryId> {
        let mut scope = Vec::new();
        for name in value.split('|').filter(|name| !name.is_empty()) {
            if matches!(name, "<ENTITY>" | "<EVENT>" | "<ANY>") {
                return Vec::new();
            }
            match categories.iter().find(|category| category.id.as_str() == name) {
                Some(category) => scope.push(category.id.clone()),
                None => {
                    self.report(line, ProblemKind::UnknownCategory, brat_words::unknown_type(name));
                }
            }
        }
        scope
    }

    fn report(&mut self, line: usize, kind: ProblemKind, message: String) {
        self.problems.push(problem(self.file, Some(line), kind, message));
    }
}
