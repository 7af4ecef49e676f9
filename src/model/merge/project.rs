//! What stands in the project's own file: name, people, actors, issues, codebook and the list of documents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smol_str::SmolStr;

use super::fields::Fields;
use super::list::Lists;
use super::{Conflict, ConflictKey, ConflictValue, Merged, RecordMerge, Resolutions, Side, three_way};
use crate::{
    Annotator, AttributeDef, AttributeKind, Category, CategoryId, Codebook, Colour, Document, DocumentMeta,
    LinkKind, Project,
};

/// Merges what stands in the project's own file; texts, layers and reviews are left out. Without a base, what both have
/// is compared, and what one has is kept.
pub fn merge_projects(base: Option<&Project>, ours: &Project, theirs: &Project) -> Merged<Project> {
    merge_projects_with(base, ours, theirs, &Resolutions::new())
}

/// As [`merge_projects`], with what was decided.
pub fn merge_projects_with(
    base: Option<&Project>,
    ours: &Project,
    theirs: &Project,
    resolutions: &Resolutions,
) -> Merged<Project> {
    let empty = Project::default();
    let mut merge = ProjectMerge { resolutions, conflicts: Vec::new() };
    let name =
        three_way(base.map(|base| &base.name), Some(&ours.name), Some(&theirs.name), |_, a, b, side| {
            (if side == Side::Ours { a.clone() } else { b.clone() }, vec!["name".to_owned()])
        });
    let name = merge.resolve(name, || ConflictKey::Name, |name, _| name.clone()).unwrap_or_default();
    let old = base.unwrap_or(&empty);
    let annotators = Lists { base: &old.annotators, ours: &ours.annotators, theirs: &theirs.annotators };
    let annotators = annotators
        .merge(|annotator| &annotator.id, join_annotators)
        .into_iter()
        .filter_map(|(id, outcome)| merge.resolve(outcome, || ConflictKey::Annotator(id), say_annotator))
        .collect();
    let codebook = merge.codebook(&old.codebook, &ours.codebook, &theirs.codebook);
    let documents = merge.documents(old, ours, theirs);
    let names = |of: fn(&Project) -> &Vec<String>| {
        let lists = Lists { base: of(old), ours: of(ours), theirs: of(theirs) };
        let merged = lists.merge(|name| name, |_, a, _, _| (a.clone(), Vec::new()));
        merged.into_iter().filter_map(|(_, outcome)| outcome.resolve(None)).collect()
    };
    let (actors, issues) = (names(|project| &project.actors), names(|project| &project.issues));
    merge.conflicts.sort_by(|a, b| a.at.cmp(&b.at));
    let blind = if ours.blind == old.blind { theirs.blind } else { ours.blind };
    let value = Project::assemble(name, annotators, actors, issues, codebook, documents).with_blind(blind);
    Merged { value, conflicts: merge.conflicts }
}

struct ProjectMerge<'a> {
    resolutions: &'a Resolutions,
    conflicts: Vec<Conflict>,
}

impl ProjectMerge<'_> {
    /// What the merge holds of one record; a conflict is noted in words, a line per field.
    fn resolve<T>(
        &mut self,
        outcome: RecordMerge<T>,
        at: impl FnOnce() -> ConflictKey,
        say: impl Fn(&T, &str) -> String,
    ) -> Option<T> {
        let RecordMerge::Conflict { fields, .. } = &outcome else { return outcome.resolve(None) };
        let words = |value: &T| match fields.as_slice() {
            [] => ConflictValue::Description(say(value, "name")),
            [one] => ConflictValue::Description(say(value, one)),
            fields => {
                let lines = fields.iter().map(|field| format!("{field}: {}", say(value, field)));
                ConflictValue::Description(lines.collect::<Vec<_>>().join("\n"))
            }
        };
        let at = at();
        let resolution = self.resolutions.get(&at).copied();
        self.conflicts.extend(outcome.conflict(|| at, words));
        outcome.resolve(resolution)
    }

    fn codebook(&mut self, base: &Codebook, ours: &Codebook, theirs: &Codebook) -> Codebook {
        let lists = Lists { base: &base.categories, ours: &ours.categories, theirs: &theirs.categories };
        let categories = lists.merge(|category| &category.id, join_categories);
        let categories: Vec<Arc<Category>> = categories
            .into_iter()
            .filter_map(|(id, outcome)| self.resolve(outcome, || ConflictKey::Category(id), say_category))
            .collect();
        let lists = Lists { base: &base.attributes, ours: &ours.attributes, theirs: &theirs.attributes };
        let attributes = lists
            .merge(|attribute| &attribute.id, join_attributes)
            .into_iter()
            .filter_map(|(id, outcome)| self.resolve(outcome, || ConflictKey::Attribute(id), say_attribute))
            .collect();
        let lists = Lists { base: &base.link_kinds, ours: &ours.link_kinds, theirs: &theirs.link_kinds };
        let link_kinds = lists
            .merge(|kind| &kind.id, join_kinds)
            .into_iter()
            .filter_map(|(id, outcome)| self.resolve(outcome, || ConflictKey::LinkKind(id), say_kind))
            .collect();
        let mut codebook = Codebook { categories, attributes, link_kinds, aliases: BTreeMap::new() };
        codebook.aliases = self.aliases(base, ours, theirs);
        tidy(&mut codebook, [ours, theirs]);
        codebook
    }

    fn aliases(
        &mut self,
        base: &Codebook,
        ours: &Codebook,
        theirs: &Codebook,
    ) -> BTreeMap<CategoryId, CategoryId> {
        let sides = [base, ours, theirs].map(|codebook| &codebook.aliases);
        let ids: BTreeSet<&CategoryId> = sides.iter().flat_map(|aliases| aliases.keys()).collect();
        let mut aliases = BTreeMap::new();
        for id in ids {
            let [b, o, t] = sides.map(|aliases| aliases.get(id));
            let outcome = three_way(b, o, t, |_, a, b, side| {
                (if side == Side::Ours { a.clone() } else { b.clone() }, vec!["category".to_owned()])
            });
            if let Some(to) = self.resolve(outcome, || ConflictKey::Alias(id.clone()), |to, _| to.to_string())
            {
                aliases.insert(id.clone(), to);
            }
        }
        aliases
    }

    fn documents(&mut self, base: &Project, ours: &Project, theirs: &Project) -> Vec<Document> {
        let metas = |project: &Project| -> Vec<DocumentMeta> {
            project.documents.iter().map(|document| document.meta.clone()).collect()
        };
        let (base, ours, theirs) = (metas(base), metas(ours), metas(theirs));
        let lists = Lists { base: &base, ours: &ours, theirs: &theirs };
        let merged = lists.merge(|meta| &meta.id, join_metas).into_iter();
        let merged =
            merged.filter_map(|(id, outcome)| self.resolve(outcome, || ConflictKey::Document(id), say_meta));
        merged.map(Document::unread).collect()
    }
}

/// Leaves nothing in a merged codebook that no codebook may hold: a parent that is gone, categories above each other, an
/// id that is a category and an old id. A category whose id is an old one of a category that both can agree to stays one.
fn tidy(codebook: &mut Codebook, sides: [&Codebook; 2]) {
    let ids: BTreeSet<CategoryId> = codebook.categories.iter().map(|category| category.id.clone()).collect();
    codebook.aliases.retain(|from, _| !ids.contains(from));
    let circles: Vec<CategoryId> =
        codebook.aliases.keys().filter(|from| codebook.resolve(from).is_none()).cloned().collect();
    for from in circles {
        let ends = sides.iter().find_map(|side| Some(side.resolve(&from)?.id.clone()));
        match ends.filter(|id| ids.contains(id)) {
            Some(to) => codebook.aliases.insert(from, to),
            None => codebook.aliases.remove(&from),
        };
    }
    for at in 0..codebook.categories.len() {
        let Some(category) = codebook.categories.get(at).cloned() else { continue };
        let Some(parent) = &category.parent else { continue };
        let above = codebook.resolve(parent).map(|above| above.id.clone());
        let above = above.filter(|above| *above != category.id && !codebook.is_below(above, &category.id));
        if above.as_ref() != Some(parent)
            && let Some(category) = codebook.categories.get_mut(at)
        {
            Arc::make_mut(category).parent = above;
        }
    }
}

fn join_annotators(
    base: Option<&Annotator>,
    ours: &Annotator,
    theirs: &Annotator,
    prefer: Side,
) -> (Annotator, Vec<String>) {
    let mut fields = Fields::new(prefer);
    let name = fields.take("name", base.map(|b| &b.name), &ours.name, &theirs.name);
    let colour = fields.take("colour", base.map(|b| &b.colour), &ours.colour, &theirs.colour);
    let rest = |a: &Annotator| Annotator { name: String::new(), colour: Colour([0; 3]), ..a.clone() };
    let rest = fields.take("role and documents", base.map(rest).as_ref(), &rest(ours), &rest(theirs));
    fields.end(Annotator { name, colour, ..rest })
}

fn say_annotator(annotator: &Annotator, field: &str) -> String {
    match field {
        "colour" => say_colour(annotator.colour),
        _ => annotator.name.clone(),
    }
}

fn join_categories(
    base: Option<&Arc<Category>>,
    ours: &Arc<Category>,
    theirs: &Arc<Category>,
    prefer: Side,
) -> (Arc<Category>, Vec<String>) {
    let mut f = Fields::new(prefer);
    let b = base.map(|base| base.as_ref());
    let (o, t) = (ours.as_ref(), theirs.as_ref());
    let category = Category {
        id: ours.id.clone(),
        name: f.take("name", b.map(|b| &b.name), &o.name, &t.name),
        colour: f.take("colour", b.map(|b| &b.colour), &o.colour, &t.colour),
        hotkey: f.take("key", b.map(|b| &b.hotkey), &o.hotkey, &t.hotkey),
        parent: f.take("parent", b.map(|b| &b.parent), &o.parent, &t.parent),
        definition: f.take("definition", b.map(|b| &b.definition), &o.definition, &t.definition),
        include: f.take("include", b.map(|b| &b.include), &o.include, &t.include),
        exclude: f.take("exclude", b.map(|b| &b.exclude), &o.exclude, &t.exclude),
        examples: f.take("examples", b.map(|b| &b.examples), &o.examples, &t.examples),
        codes: f.take("codes", b.map(|b| &b.codes), &o.codes, &t.codes),
        retired: f.take("retired", b.map(|b| &b.retired), &o.retired, &t.retired),
    };
    f.end(Arc::new(category))
}

fn say_category(category: &Arc<Category>, field: &str) -> String {
    let none = || "none".to_owned();
    match field {
        "colour" => say_colour(category.colour),
        "key" => category.hotkey.map_or_else(none, String::from),
        "parent" => category.parent.as_ref().map_or_else(none, |parent| parent.to_string()),
        "definition" => category.definition.clone(),
        "include" => category.include.clone(),
        "exclude" => category.exclude.clone(),
        "examples" => category.examples.join(" / "),
        "codes" => {
            let codes = category.codes.iter().map(|(scheme, codes)| format!("{scheme} {}", codes.join(", ")));
            codes.collect::<Vec<_>>().join("; ")
        }
        "retired" => if category.retired { "retired" } else { "in use" }.to_owned(),
        _ => category.name.clone(),
    }
}

fn join_attributes(
    base: Option<&Arc<AttributeDef>>,
    ours: &Arc<AttributeDef>,
    theirs: &Arc<AttributeDef>,
    prefer: Side,
) -> (Arc<AttributeDef>, Vec<String>) {
    let mut f = Fields::new(prefer);
    let b = base.map(|base| base.as_ref());
    let (o, t) = (ours.as_ref(), theirs.as_ref());
    let attribute = AttributeDef {
        id: ours.id.clone(),
        name: f.take("name", b.map(|b| &b.name), &o.name, &t.name),
        kind: {
            // Choices that both have added are no clash.
            let united = unite_choices(b.map(|b| &b.kind), &o.kind, &t.kind);
            united.unwrap_or_else(|| f.take("kind", b.map(|b| &b.kind), &o.kind, &t.kind))
        },
        categories: f.take("categories", b.map(|b| &b.categories), &o.categories, &t.categories),
        default: f.take("default", b.map(|b| &b.default), &o.default, &t.default),
        hotkey: f.take("key", b.map(|b| &b.hotkey), &o.hotkey, &t.hotkey),
        definition: f.take("definition", b.map(|b| &b.definition), &o.definition, &t.definition),
    };
    f.end(Arc::new(attribute))
}

fn unite_choices(
    base: Option<&AttributeKind>,
    ours: &AttributeKind,
    theirs: &AttributeKind,
) -> Option<AttributeKind> {
    use AttributeKind::{Choice, Choices};
    let choices = |kind: &AttributeKind| match kind {
        Choice(choices) | Choices(choices) => choices.clone(),
        _ => Vec::new(),
    };
    let make = match (ours, theirs) {
        (Choice(_), Choice(_)) => Choice,
        (Choices(_), Choices(_)) => Choices,
        _ => return None,
    };
    let (base, ours, theirs) = (base.map(choices).unwrap_or_default(), choices(ours), choices(theirs));
    let merged = Lists { base: &base, ours: &ours, theirs: &theirs };
    let merged = merged.merge(|choice| choice, |_, a, _, _| (a.clone(), Vec::new())).into_iter();
    Some(make(merged.filter_map(|(_, outcome)| outcome.resolve(None)).collect()))
}

fn say_colour(Colour([red, green, blue]): Colour) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

fn say_values(kind: &AttributeKind) -> String {
    let listed = |what: &str, choices: &[SmolStr]| format!("{what} of {}", choices.join(", "));
    match kind {
        AttributeKind::Choice(choices) => listed("one", choices),
        AttributeKind::Choices(choices) => listed("any", choices),
        AttributeKind::Actor => "an actor".to_owned(),
        AttributeKind::Issue => "an issue".to_owned(),
        AttributeKind::Text => "a text".to_owned(),
        AttributeKind::Number => "a number".to_owned(),
        AttributeKind::Flag => "yes or no".to_owned(),
        AttributeKind::Date => "a date".to_owned(),
    }
}

fn say_attribute(attribute: &Arc<AttributeDef>, field: &str) -> String {
    let none = || "none".to_owned();
    match field {
        "kind" => say_values(&attribute.kind),
        "categories" if attribute.categories.is_empty() => "all".to_owned(),
        "categories" => attribute.categories.iter().map(CategoryId::as_str).collect::<Vec<_>>().join(", "),
        "default" => attribute.default.as_ref().map_or_else(none, |value| value.to_string()),
        "key" => attribute.hotkey.map_or_else(none, String::from),
        "definition" => attribute.definition.clone(),
        _ => attribute.name.clone(),
    }
}

fn join_kinds(
    base: Option<&Arc<LinkKind>>,
    ours: &Arc<LinkKind>,
    theirs: &Arc<LinkKind>,
    prefer: Side,
) -> (Arc<LinkKind>, Vec<String>) {
    let mut fields = Fields::new(prefer);
    let name = fields.take("name", base.map(|b| &b.name), &ours.name, &theirs.name);
    let definition =
        fields.take("definition", base.map(|b| &b.definition), &ours.definition, &theirs.definition);
    fields.end(Arc::new(LinkKind { id: ours.id.clone(), name, definition }))
}

fn say_kind(kind: &Arc<LinkKind>, field: &str) -> String {
    if field == "definition" { kind.definition.clone() } else { kind.name.clone() }
}

fn join_metas(
    base: Option<&DocumentMeta>,
    ours: &DocumentMeta,
    theirs: &DocumentMeta,
    prefer: Side,
) -> (DocumentMeta, Vec<String>) {
    let mut fields = Fields::new(prefer);
    let title = fields.take("title", base.map(|b| &b.title), &ours.title, &theirs.title);
    let date = fields.take("date", base.map(|b| &b.date), &ours.date, &theirs.date);
    let source = fields.take("source", base.map(|b| &b.source), &ours.source, &theirs.source);
    let author = fields.take("author", base.map(|b| &b.author), &ours.author, &theirs.author);
    let rest = |meta: &DocumentMeta| DocumentMeta {
        title: String::new(),
        date: None,
        source: String::new(),
        author: String::new(),
        ..meta.clone()
    };
    let rest = fields.take("text", base.map(rest).as_ref(), &rest(ours), &rest(theirs));
    fields.end(DocumentMeta { title, date, source, author, ..rest })
}

fn say_meta(meta: &DocumentMeta, field: &str) -> String {
    match field {
        "date" => meta.date.as_ref().map_or_else(|| "none".to_owned(), |date| date.to_string()),
        "source" => meta.source.clone(),
        "author" => meta.author.clone(),
        "text" => format!("{} characters, from {}", meta.characters, meta.origin.file_name),
        _ => meta.title.clone(),
    }
}
