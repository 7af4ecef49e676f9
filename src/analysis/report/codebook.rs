//! The codebook, with an example of each category.

use super::material::{Material, ScaleOf, quote};
use super::table::{Column, LineKind, Table, Value};
use super::{Numbered, Part};
use crate::bargain::PassageIndex;
use crate::views::Look;
use crate::words::report as words;
use demarche_model::{Category, CategoryId};

/// Length of an example, in characters.
const CHARACTERS: usize = 160;

/// The table of categories.
pub(super) fn part(material: &Material<'_>) -> Part {
    let codebook = material.project().codebook();
    let looks: Vec<Look<'_>> =
        (0..material.reads.len()).map(|read| material.look(read, ScaleOf::Goldstein)).collect();
    let columns = words::CODEBOOK.map(Column::text).into_iter();
    let scales = words::SCALES.map(Column::number).into_iter();
    let mut table = Table::with(columns.chain(scales).chain([Column::text(words::EXAMPLE)]));
    for category in &codebook.categories {
        let weight = |scale| Value::number(material.weights(scale).value(&category.id));
        let role = codebook.move_role(&category.id).map(|role| Value::text(role.code()));
        let values = [
            Value::text(name(material, category)),
            Value::text(definition(category)),
            role.unwrap_or_default(),
            weight(ScaleOf::Goldstein),
            weight(ScaleOf::Plover),
            example(&looks, category),
        ];
        table.line(LineKind::Body, values);
    }
    let mut part = Part::new("codebook", Numbered::Table, words::CODEBOOK_TITLE).with_table(table);
    part.notes.push(words::CODEBOOK_NOTE.to_owned());
    part.notes.extend(material.scale_sources());
    part
}

impl Material<'_> {
    /// The sources of both scales.
    pub fn scale_sources(&self) -> Vec<String> {
        [ScaleOf::Goldstein, ScaleOf::Plover]
            .map(|scale| self.weights(scale).scale().source().to_owned())
            .into()
    }
}

/// The name, below those of the categories above it.
fn name(material: &Material<'_>, category: &Category) -> String {
    let codebook = material.project().codebook();
    let mut names: Vec<&str> = codebook.ancestors(&category.id).map(|above| above.name.as_str()).collect();
    names.reverse();
    names.push(&category.name);
    let name = names.join(" › ");
    if category.retired { words::retired(&name) } else { name }
}

fn definition(category: &Category) -> String {
    let parts = [
        category.definition.trim().to_owned(),
        words::include(category.include.trim()),
        words::exclude(category.exclude.trim()),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The first move of the category that passes or, without any, the codebook's own example.
fn example(looks: &[Look<'_>], category: &Category) -> Value {
    let found = looks.iter().find_map(|look| Some((look, first(look, &category.id)?)));
    match (found, category.examples.first()) {
        (Some((look, index)), _) => {
            let [words, source] = quote(look, index, CHARACTERS);
            Value::Quote { words, source }
        }
        (None, Some(example)) => {
            Value::Quote { words: example.clone(), source: words::OF_CODEBOOK.to_owned() }
        }
        (None, None) => Value::None,
    }
}

fn first(look: &Look<'_>, category: &CategoryId) -> Option<PassageIndex> {
    let is = |index: PassageIndex| look.basis.moves.category_id(index_of(look, index)) == category;
    look.moves().map(|(index, _)| index).find(|index| is(*index) && !look.get(*index).has_no_place)
}

fn index_of(look: &Look<'_>, index: PassageIndex) -> crate::bargain::CategoryIndex {
    look.get(index).category
}
