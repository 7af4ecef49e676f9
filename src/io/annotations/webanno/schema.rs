//! What the columns of a file are.

use crate::loss::AnnotationLoss;

/// Names of features that hold the category, the better first.
const CATEGORY: [&str; 4] = ["label", "value", "category", "code"];
/// What stands before the names of layers of words.
const OF_WORDS: [&str; 3] = [
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.",
];

/// A column behind id, offsets and token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Column {
    /// A feature of the layer with this number.
    Feature(usize, String),
    /// Where a relation of the layer with this number comes from.
    Source(usize),
    /// What is counted and left out.
    Left(AnnotationLoss),
}

/// A layer of passages or relations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Layer {
    /// The name of its type.
    pub name: String,
    /// The layer that its relations join; `None` for one of passages.
    pub joins: Option<String>,
    /// The feature that holds the category.
    pub category: Option<String>,
}

impl Layer {
    /// Its name for people.
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
    /// Takes a line of the header.
    pub fn declare(&mut self, line: &str) {
        let Some((kind, rest)) = line.split_once('=') else { return };
        let mut fields = rest.split('|');
        let name = fields.next().unwrap_or_default().to_owned();
        let mut fields: Vec<&str> = fields.collect();
        if fields.is_empty() {
            fields.push("");
        }
        let left = match kind {
            "#T_SP" | "#T_RL" if OF_WORDS.iter().any(|prefix| name.starts_with(prefix)) => {
                AnnotationLoss::Grammar
            }
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
        let mut slot = false;
        for field in fields {
            let role = field.starts_with("ROLE_");
            if role || slot {
                self.columns.push(Column::Left(AnnotationLoss::Slots));
            } else {
                features.push(*field);
                self.columns.push(Column::Feature(at, (*field).to_owned()));
            }
            // The column behind a role is its target.
            slot = role;
        }
        self.layers.push(Layer { name, joins: None, category: category(&features) });
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

/// The feature that holds the category: one with a known name, or the only one.
fn category(features: &[&str]) -> Option<String> {
    let known = |name: &&str| features.iter().find(|feature| feature.eq_ignore_ascii_case(name));
    let sole = || features.first().filter(|feature| features.len() == 1 && !feature.is_empty());
    CATEGORY.iter().find_map(known).or_else(sole).map(|feature| (*feature).to_owned())
}
