//! The weights of categories.

use std::collections::BTreeMap;

use super::Scale;
use demarche_model::{Category, CategoryId, Codebook, Tone};

/// The weight of a category.
#[derive(Clone, PartialEq, Debug)]
pub struct Weight {
    /// The weight.
    pub value: f64,
    /// Its origin.
    pub source: WeightSource,
    /// The category above from which it comes; `None` if it is the category's own.
    pub inherited_from: Option<CategoryId>,
}

/// The origin of a weight.
#[derive(Clone, PartialEq, Debug)]
pub enum WeightSource {
    /// A code of the category, and the code of the scale that matches it.
    Code {
        /// The code as the codebook has it.
        code: String,
        /// The code of the scale.
        matched: String,
    },
    /// The side of the balance on which the category's role counts.
    Tone(Tone),
    /// A weight of the view.
    Changed,
}

/// The weights of the categories of a codebook on a scale, some of them changed.
///
/// They are weights of event data, applied to passages. A category has the weight of its first code, otherwise that of the
/// category above it, otherwise none.
#[derive(Clone, PartialEq, Debug)]
pub struct Weights {
    scale: Scale,
    changed: usize,
    weights: BTreeMap<CategoryId, Weight>,
}

impl Weights {
    /// The weights on a scale, with these changes. Changes of categories that do not exist have no effect.
    pub fn new(codebook: &Codebook, scale: Scale, changes: &BTreeMap<CategoryId, f64>) -> Self {
        let known = |id: &&CategoryId| codebook.category(id).is_some();
        let changed = changes.keys().filter(known).count();
        let weight = |category: &Category| {
            let above = codebook.ancestors(&category.id).map(|above| &**above);
            std::iter::once(category).chain(above).find_map(|source| {
                let (value, origin) = own_weight(codebook, source, scale, changes)?;
                let inherited_from = (source.id != category.id).then(|| source.id.clone());
                Some(Weight { value, source: origin, inherited_from })
            })
        };
        let categories = codebook.categories.iter();
        let weights = categories.filter_map(|category| Some((category.id.clone(), weight(category)?)));
        Self { scale, changed, weights: weights.collect() }
    }

    /// The scale.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// Number of categories with a changed weight.
    pub fn changed(&self) -> usize {
        self.changed
    }

    /// The weight of a category, with its origin.
    pub fn get(&self, category: &CategoryId) -> Option<&Weight> {
        self.weights.get(category)
    }

    /// The weight of a category.
    pub fn value(&self, category: &CategoryId) -> Option<f64> {
        self.get(category).map(|weight| weight.value)
    }
}

fn own_weight(
    codebook: &Codebook,
    category: &Category,
    scale: Scale,
    changes: &BTreeMap<CategoryId, f64>,
) -> Option<(f64, WeightSource)> {
    if let Some(&value) = changes.get(&category.id) {
        return Some((value, WeightSource::Changed));
    }
    if scale == Scale::Sign {
        let tone = codebook.move_role(&category.id)?.tone()?;
        let value = match tone {
            Tone::Soft => 1.0,
            Tone::Hard => -1.0,
        };
        return Some((value, WeightSource::Tone(tone)));
    }
    let code = category.codes.get(scale.scheme()?)?.first()?;
    let (value, matched) = scale.weight(code)?;
    Some((value, WeightSource::Code { code: code.to_string(), matched }))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use demarche_model::Colour;

    fn codebook() -> Codebook {
        let category = |id: &str, parent: Option<&str>, codes: &[(&str, &[&str])]| {
            let mut category = Category::new(id.into(), id, Colour::nth(0));
            category.parent = parent.map(CategoryId::from);
            let list = |codes: &[&str]| codes.iter().map(|code| (*code).into()).collect();
            category.codes = codes.iter().map(|(scheme, codes)| ((*scheme).into(), list(codes))).collect();
            Arc::new(category)
        };
        let categories = vec![
            category(
                "demand",
                None,
                &[("CAMEO", &["10", "02"]), ("PLOVER", &["REQUEST"]), ("MOVE", &["demand"])],
            ),
            category("ultimatum", Some("demand"), &[]),
            category("deed", None, &[("MOVE", &["deed+"])]),
        ];
        Codebook { categories, ..Codebook::default() }
    }

    #[test]
    fn the_first_code_decides_and_children_inherit() {
        let weights = |scale, changes: &[(&str, f64)]| {
            let changes = changes.iter().map(|(id, value)| (CategoryId::from(*id), *value)).collect();
            Weights::new(&codebook(), scale, &changes)
        };
        let values = |weights: &Weights| ["demand", "ultimatum", "deed"].map(|id| weights.value(&id.into()));
        let goldstein = weights(Scale::Goldstein, &[]);
        assert_eq!(values(&goldstein), [Some(-5.0), Some(-5.0), None]);
        let inherited = goldstein.get(&"ultimatum".into()).unwrap();
        assert_eq!(inherited.inherited_from, Some("demand".into()));
        assert_eq!(values(&weights(Scale::Plover, &[])), [Some(0.0), Some(0.0), None]);
        assert_eq!(values(&weights(Scale::Sign, &[])), [Some(-1.0), Some(-1.0), None]);
        let changed = weights(Scale::Goldstein, &[("demand", -4.0), ("deed", 2.0), ("gone", 1.0)]);
        assert_eq!(values(&changed), [Some(-4.0), Some(-4.0), Some(2.0)]);
        assert_eq!(changed.changed(), 2);
        assert_eq!(values(&weights(Scale::Custom, &[("ultimatum", 1.5)])), [None, Some(1.5), None]);
    }
}
