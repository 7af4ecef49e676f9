//! The columns of a file.

use crate::loss::AnnotationLoss;

/// Names of features with the category, the preferred one first.
const CATEGORY: [&str; 4] = ["label", "value", "category", "code"];
/// The prefix of the names of linguistic layers.
const OF_WORDS: [&str; 3] = [
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.",
];

/// A column after id, offsets and token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Column {
    /// A feature of the layer with this index.
    Feature(usize, String),
    /// The start of a relation of the layer with this index.
    Source(usize),
    /// The roles in the slots of a feature of the layer with this index.
    Role(usize, String),
    /// What fills the slots before it, in the layer with this name.
    Filler(usize, String),
    /// A column that is counted and left out.
    Left(AnnotationLoss),
}

/// A layer of passages or relations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Layer {
    /// The name of its type.
    pub name: String,
    /// The layer that its relations join; `None` for a layer of passages.
    pub joins: Option<String>,
    /// The feature with the category.
    pub category: Option<String>,
}

impl Layer {
    /// Returns a layer of passages with these features.
    pub fn of_spans(name: &str, features: &[&str]) -> Self {
        Self { name: name.to_owned(), joins: None, category: category(features) }
    }

    /// Returns whether it is a linguistic layer, which is left out.
    pub fn is_grammar(name: &str) -> bool {
        OF_WORDS.iter().any(|prefix| name.starts_with(prefix))
    }

    /// Returns its name for people.
    pub fn short(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }
}

/// The columns of a file.
#[derive(Default, Debug)]
pub(super) struct Schema {
    pub layers: Vec<Layer>,
    pub columns: Vec<Column>,
}

impl Schema {
    /// Reads a line of the header.
    pub fn declare(&mut self, line: &str) {
        let Some((kind, rest)) = line.split_once('=') else { return };
        let mut fields = rest.split('|');
        let name = fields.next().unwrap_or_default().to_owned();
        let mut fields: Vec<&str> = fields.collect();
        if fields.is_empty() {
            fields.push("");
        }
        let left = match kind {
            "#T_SP" | "#T_RL" if Layer::is_grammar(&name) => AnnotationLoss::Grammar,
            "#T_SP" => return self.spans(name, &fields),
            "#T_RL" => return self.relations(name, &fields),
            "#T_CH" => AnnotationLoss::Chains,
            _ => return,
        };
        self.columns.extend(fields.iter().map(|_| Column::Left(left.clone())));
    }

    fn spans(&mut self, name: String, fields: &[&str]) {
        let at = self.layers.len();
        let mut features = Vec::new();
        let mut is_filler = false;
        for field in fields {
            let role = field.strip_prefix("ROLE_");
            self.columns.push(match role {
                Some(role) => Column::Role(at, slot_feature(role).to_owned()),
                None if is_filler => Column::Filler(at, (*field).to_owned()),
                None => {
                    features.push(*field);
                    Column::Feature(at, (*field).to_owned())
                }
            });
            // The column after a role is what fills its slots.
            is_filler = role.is_some();
        }
        self.layers.push(Layer::of_spans(&name, &features));
    }

    fn relations(&mut self, name: String, fields: &[&str]) {
        let at = self.layers.len();
        let (mut features, mut joins) = (Vec::new(), String::new());
        for field in fields {
            if let Some(base) = field.strip_prefix("BT_") {
                base.clone_into(&mut joins);
                self.columns.push(Column::Source(at));
            } else {
                features.push(*field);
                self.columns.push(Column::Feature(at, (*field).to_owned()));
            }
        }
        self.layers.push(Layer { name, joins: Some(joins), category: category(&features) });
    }
}

/// Returns the feature in the declaration of a column of roles: `LAYER:FEATURE_TYPE`.
fn slot_feature(role: &str) -> &str {
    let feature = role.split_once(':').map_or(role, |(_, feature)| feature);
    feature.rsplit_once('_').map_or(feature, |(feature, _)| feature)
}

/// Returns the feature with the category: one with a known name, or the only one.
pub(super) fn category(features: &[&str]) -> Option<String> {
    let known = |name: &&str| features.iter().find(|feature| feature.eq_ignore_ascii_case(name));
    let sole = || features.first().filter(|feature| features.len() == 1 && !feature.is_empty());
    CATEGORY.iter().find_map(known).or_else(sole).map(|feature| (*feature).to_owned())
}
