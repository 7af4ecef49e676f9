//! The weights of event data: Goldstein's scale of CAMEO codes, and PLOVER's of its event types.

use std::collections::HashMap;
use std::sync::LazyLock;

use demarche_model::{Category, Codebook};

/// 312 CAMEO codes.
const CAMEO: &str = include_str!("../../../assets/scales/goldstein-cameo.csv");

/// 82 PLOVER types and modes.
const PLOVER: &str = include_str!("../../../assets/scales/plover-scores.csv");

/// A scale from conflict to cooperation.
///
/// The scales disagree on the sign of some moves: a demand is −5.0 on Goldstein's and 0 on PLOVER's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Scale {
    /// Goldstein 1992 for CAMEO codes, as in GDELT: −10 to +10.
    #[default]
    Goldstein,
    /// PLOVER 2021: −10 to +10.
    Plover,
    /// +1 for soft moves, −1 for hard ones.
    Sign,
    /// Nothing but weights of one's own.
    Custom,
}

/// The quarter of the plane of verbal and material, cooperation and conflict, in which a code is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum QuadClass {
    /// Words of cooperation.
    VerbalCooperation,
    /// Acts of cooperation.
    MaterialCooperation,
    /// Words of conflict.
    VerbalConflict,
    /// Acts of conflict.
    MaterialConflict,
}

struct CameoRow {
    weight: Option<f64>,
    quad: Option<QuadClass>,
}

static CAMEO_ROWS: LazyLock<HashMap<&str, CameoRow>> = LazyLock::new(|| {
    let rows = CAMEO.lines().skip(1).filter_map(|line| {
        let (code, rest) = line.split_once(',')?;
        // The name, which may contain commas, is the fourth column.
        let from_end: Vec<&str> = rest.rsplitn(6, ',').collect();
        let [_mode, _plover, quad, _icews, gdelt, _name] = from_end.as_slice() else { return None };
        Some((code, CameoRow { weight: gdelt.parse().ok(), quad: QuadClass::from_code(quad) }))
    });
    rows.collect()
});

static PLOVER_ROWS: LazyLock<HashMap<(&str, &str), f64>> = LazyLock::new(|| {
    let rows = PLOVER.lines().skip(1).filter_map(|line| {
        let mut fields = line.splitn(5, ',');
        let (kind, mode, _printed) = (fields.next()?, fields.next()?, fields.next()?);
        Some(((kind, mode), fields.next()?.parse().ok()?))
    });
    rows.collect()
});

impl Scale {
    /// All scales, in the order of the interface.
    pub const ALL: [Self; 4] = [Self::Goldstein, Self::Plover, Self::Sign, Self::Custom];

    /// Its code, in views and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Goldstein => "goldstein",
            Self::Plover => "plover",
            Self::Sign => "sign",
            Self::Custom => "custom",
        }
    }

    /// The scale with a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scale| scale.code() == code)
    }

    /// The scheme of codes that it weighs.
    pub(super) fn scheme(self) -> Option<&'static str> {
        match self {
            Self::Goldstein => Some("CAMEO"),
            Self::Plover => Some("PLOVER"),
            Self::Sign | Self::Custom => None,
        }
    }

    /// The weight of a code, and the code of the table that matches: for CAMEO the longest prefix, for PLOVER the type with
    /// its mode or the type alone.
    ///
    /// ```
    /// use demarche_analysis::bargain::Scale;
    ///
    /// assert_eq!(Scale::Goldstein.weight("10"), Some((-5.0, "10".into())));
    /// assert_eq!(Scale::Goldstein.weight("0579"), Some((8.0, "057".into())));
    /// assert_eq!(Scale::Plover.weight("ACCUSE"), Some((-3.0, "ACCUSE".into())));
    /// assert_eq!(Scale::Plover.weight("RETREAT-disarm"), Some((10.0, "RETREAT disarm".into())));
    /// assert_eq!(Scale::Sign.weight("10"), None);
    /// ```
    pub fn weight(self, code: &str) -> Option<(f64, String)> {
        match self {
            Self::Goldstein => {
                let prefixes = (1..=code.len()).rev().filter_map(|end| code.get(..end));
                let weights = prefixes.filter_map(|prefix| Some((CAMEO_ROWS.get(prefix)?.weight?, prefix)));
                weights.map(|(weight, prefix)| (weight, prefix.to_owned())).next()
            }
            Self::Plover => plover_weight(code),
            Self::Sign | Self::Custom => None,
        }
    }
}

fn plover_weight(code: &str) -> Option<(f64, String)> {
    let end = code.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(code.len());
    let (kind, mode) = code.split_at(end);
    let (kind, mode) = (kind.to_ascii_uppercase(), mode.get(1..).unwrap_or("").to_ascii_lowercase());
    let with_mode = PLOVER_ROWS.get(&(kind.as_str(), mode.as_str())).filter(|_| !mode.is_empty());
    match with_mode {
        Some(weight) => Some((*weight, format!("{kind} {mode}"))),
        None => PLOVER_ROWS.get(&(kind.as_str(), "")).map(|weight| (*weight, kind.clone())),
    }
}

impl QuadClass {
    /// All classes.
    pub const ALL: [Self; 4] =
        [Self::VerbalCooperation, Self::MaterialCooperation, Self::VerbalConflict, Self::MaterialConflict];

    /// Its code, in tables.
    pub fn code(self) -> &'static str {
        match self {
            Self::VerbalCooperation => "verbal cooperation",
            Self::MaterialCooperation => "material cooperation",
            Self::VerbalConflict => "verbal conflict",
            Self::MaterialConflict => "material conflict",
        }
    }

    /// The class with a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }

    /// The class of a CAMEO code, by the longest prefix.
    pub fn of_cameo(code: &str) -> Option<Self> {
        let prefixes = (1..=code.len()).rev().filter_map(|end| code.get(..end));
        prefixes.filter_map(|prefix| CAMEO_ROWS.get(prefix)?.quad).next()
    }
}

/// The quad class of a category: that of its first CAMEO code or, without one, of the nearest category above.
pub fn quad_class(codebook: &Codebook, category: &Category) -> Option<QuadClass> {
    let above = codebook.ancestors(&category.id).map(|category| &**category);
    let codes = std::iter::once(category).chain(above).find_map(|category| category.codes.get("CAMEO"))?;
    QuadClass::of_cameo(codes.first()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_read_whole() {
        assert_eq!(CAMEO_ROWS.len(), 312);
        assert_eq!(CAMEO_ROWS.values().filter(|row| row.weight.is_none()).count(), 1, "1213 is ICEWS' alone");
        assert!(CAMEO_ROWS.values().all(|row| row.quad.is_some()));
        assert_eq!(PLOVER_ROWS.len(), 82);
    }

    #[test]
    fn roots_have_the_published_weights() {
        let published = [
            0.0, 3.0, 4.0, 1.0, 3.5, 6.0, 7.0, 5.0, -2.0, -5.0, -2.0, -4.0, -6.0, -6.5, -7.2, -4.0, -7.0,
            -9.0, -10.0, -10.0,
        ];
        for (root, weight) in (1..).zip(published) {
            let code = format!("{root:02}");
            assert_eq!(Scale::Goldstein.weight(&code), Some((weight, code)));
        }
        let types =
            [("REQUEST", 0.0), ("AGREE", 2.5), ("COOPERATE", 9.5), ("THREATEN", -3.5), ("ACCUSE", -3.0)];
        for (kind, weight) in types {
            assert_eq!(Scale::Plover.weight(kind), Some((weight, kind.to_owned())));
        }
        assert_eq!(Scale::Goldstein.weight("0244"), Some((-0.3, "0244".to_owned())), "a name with a comma");
        assert_eq!(Scale::Goldstein.weight("1213").map(|(_, code)| code).as_deref(), Some("121"));
        assert_eq!(QuadClass::of_cameo("13"), Some(QuadClass::VerbalConflict));
    }

    #[test]
    fn each_code_is_read_back() {
        for scale in Scale::ALL {
            assert_eq!(Scale::from_code(scale.code()), Some(scale));
        }
        assert_eq!(Scale::Goldstein.weight("x"), None);
        assert_eq!(Scale::Plover.weight("é"), None);
    }
}
