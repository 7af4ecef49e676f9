//! The α family of **2016** for unitized continua. It assesses apart what α_U of 2004 mixes: whether the annotators mark the same
//! stretches of text, and whether they give them the same categories.
//!
//! Krippendorff, Mathet, Bouvry & Widlöcher 2016, "On the reliability of unitizing textual continua: Further developments",
//! Quality & Quantity 50, 2347–2364; also Krippendorff 2019, "Content Analysis", 4th edition, section 12.6.
//!
//! Each of m annotators divides the continuum into units, each with one category, and gaps between them (φ). ℓ_ck is the
//! length that one annotator has given c and another k, summed over ordered pairs and divided by m − 1; ℓ_c = Σ_k ℓ_ck is
//! the length that has been given c, and T = Σ_c ℓ_c. The expected coincidences leave out pairs of characters of one unit,
//! since a unit is never broken up:
//!
//! e_ck = T (ℓ_c ℓ_k − \[c = k\] s_c) / (T² − Σ s), with s_c = Σ_units ℓ² for categories and s_φ = ℓ_φ.
//!
//! Each coefficient is 1 − D_o / D_e, with both taken from a part of these tables:
//!
//! - [`binary`], `|uα`: tagged or not, whatever the category.
//! - [`joint`], `uα`: categories and gaps together.
//! - [`coding`], `cuα`: the categories of stretches that both annotators of a pair have tagged. The units are those
//!   parts alone: λ_g is the length of a unit that others have tagged, summed over the others and divided by m − 1.
//! - [`selected`], `(s)uα`: the same for one category, against all others.
//!
//! The paper leaves open what λ_g is with three annotators and more. The sum above is the unit's share in ℓ_c, and of the
//! possible readings the only one that gives the published value of the example below.
//!
//! The last three need text with one category at most of each annotator. *Where an annotator has given text several categories*, it is
//! left out of the continuum for everybody.
//!
//! Several documents are one continuum: gaps count by their lengths alone, so it does not matter whether they end where a document
//! does. *Missing annotators* are treated as for α_U of 2004.

use super::figure_value::{FigureValue, Undefined};

/// Sums over the units of a category, or of all of them.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Unitizing {
    /// Number of units.
    pub units: f64,
    /// ℓ_c: the length of the units.
    pub length: f64,
    /// ℓ_cc: the length that two annotators have given c.
    pub both: f64,
    /// s_c: Σ ℓ² over units.
    pub squares: f64,
}

/// Sums over the parts of the units of a category that other annotators have tagged.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Coding {
    /// λ_c: Σ λ_g over units.
    pub shared: f64,
    /// Σ λ_g² over units.
    pub squares: f64,
}

/// A category in a continuum that each annotator has divided into mutually exclusive units.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Category {
    /// All its units.
    pub unitizing: Unitizing,
    /// Their parts that others have tagged.
    pub coding: Coding,
}

/// Computes `|uα` of units on a continuum of which annotators have worked on `worked` characters together (T). At most 1.
///
/// # Errors
/// Nothing is tagged, or everything is.
pub fn binary(worked: f64, tagged: Unitizing) -> FigureValue {
    let blank = worked - tagged.length;
    let expected = tagged.length * blank * worked / unbroken(worked, tagged);
    ratio(tagged, tagged.length - tagged.both, expected)
}

/// Computes `uα` over categories. At most 1.
///
/// # Errors
/// Nothing is tagged, or one category covers everything.
pub fn joint(worked: f64, categories: impl Iterator<Item = Category> + Clone) -> FigureValue {
    let sum = |of: fn(&Category) -> f64| categories.clone().map(|category| of(&category)).sum::<f64>();
    let tagged = Unitizing {
        units: sum(|category| category.unitizing.units),
        length: sum(|category| category.unitizing.length),
        // What another annotator has tagged, too, with any category.
        both: sum(|category| category.coding.shared),
        squares: sum(|category| category.unitizing.squares),
    };
    let blank = worked - tagged.length;
    let agreed = sum(|category| category.unitizing.both);
    let observed = 2.0 * tagged.length - tagged.both - agreed;
    let same = sum(|category| category.unitizing.length * category.unitizing.length);
    let expected = worked * (worked * worked - same - blank * blank) / unbroken(worked, tagged);
    ratio(tagged, observed, expected)
}

/// Returns T² without the pairs of characters of one unit.
fn unbroken(worked: f64, tagged: Unitizing) -> f64 {
    worked * worked - tagged.squares - (worked - tagged.length)
}

fn ratio(tagged: Unitizing, observed: f64, expected: f64) -> FigureValue {
    if tagged.units == 0.0 {
        return Err(Undefined::NothingTagged);
    }
    if expected.is_finite() && expected > 0.0 {
        Ok(1.0 - observed / expected)
    } else {
        Err(Undefined::OneLabel)
    }
}

/// Computes `cuα` over categories. At most 1.
///
/// # Errors
/// Nothing is tagged, no two annotators have tagged the same text, or they have used a single category on it.
pub fn coding(categories: impl Iterator<Item = Category> + Clone) -> FigureValue {
    let shared = shared_length(categories.clone())?;
    let agreed: f64 = categories.clone().map(|category| category.unitizing.both).sum();
    let squares: f64 = categories.clone().map(|category| category.coding.squares).sum();
    let same: f64 = categories.map(|category| category.coding.shared * category.coding.shared).sum();
    let different = shared * shared - same;
    if different <= 0.0 {
        return Err(Undefined::OneLabel);
    }
    Ok(1.0 - (shared - agreed) * (shared * shared - squares) / (shared * different))
}

/// Computes `(s)uα` of the category `selected` among all. At most 1.
///
/// # Errors
/// The category is not used, or not on text that another annotator has tagged, or it is the only one there.
pub fn selected(selected: Category, categories: impl Iterator<Item = Category> + Clone) -> FigureValue {
    if selected.unitizing.units == 0.0 {
        return Err(Undefined::NothingTagged);
    }
    let all = shared_length(categories)?;
    let Coding { shared, squares } = selected.coding;
    if shared <= 0.0 {
        return Err(Undefined::NothingShared);
    }
    if all - shared <= 0.0 {
        return Err(Undefined::OneLabel);
    }
    let disagreed = shared - selected.unitizing.both;
    Ok(1.0 - disagreed * (shared * all - squares) / (shared * shared * (all - shared)))
}

/// Returns Σ λ_c, which must not be zero.
fn shared_length(categories: impl Iterator<Item = Category> + Clone) -> FigureValue {
    if categories.clone().all(|category| category.unitizing.units == 0.0) {
        return Err(Undefined::NothingTagged);
    }
    let shared: f64 = categories.map(|category| category.coding.shared).sum();
    if shared > 0.0 { Ok(shared) } else { Err(Undefined::NothingShared) }
}
