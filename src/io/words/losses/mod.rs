//! Names of losses.

mod annotations;
mod codebook;
mod database;
mod documents;
mod export;
mod placing;
mod qda;
mod ranges;
mod read_back;
mod tasks;

use std::borrow::Cow;
use std::fmt;

use super::Noun;
use crate::loss::{Effect, Loss, LossKind};

impl Effect {
    /// Returns what happened, to be followed by the things.
    pub fn words(self) -> &'static str {
        match self {
            Self::Wrong => "wrong in the file",
            Self::LeftOut => "left out",
            Self::Replaced => "replaced by �",
            Self::Kept => "kept",
            Self::Detected => "detected",
        }
    }
}

impl Loss {
    /// Returns the name of what was lost, in the singular or plural by its count: "picture" of one, "pictures" of two.
    pub fn name(&self) -> Cow<'static, str> {
        noun(&self.kind).of(self.count)
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.name())
    }
}

fn noun(kind: &LossKind) -> Noun {
    match kind {
        LossKind::Document(kind) => kind.noun(),
        LossKind::Annotation(kind) => kind.noun(),
        LossKind::Placing(kind) => kind.noun(),
        LossKind::Task(kind) => kind.noun(),
        LossKind::Qda(kind) => kind.noun(),
        LossKind::Database(kind) => kind.noun(),
        LossKind::Export(kind) => kind.noun(),
        LossKind::Range(kind) => kind.noun(),
        LossKind::Codebook(kind) => kind.noun(),
        LossKind::ReadBack(kind) => kind.noun(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// Returns the names of the variants of an enum, which serde lists in the error for an unknown name.
    fn variants(of: impl Fn(&str) -> Value) -> Vec<String> {
        let error = serde_json::from_value::<LossKind>(of("?")).unwrap_err().to_string();
        let (_, names) = error.split_once("expected one of").unwrap();
        names.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    }

    fn kinds() -> Vec<LossKind> {
        let groups = variants(|name| json!({ name: "?" }));
        let names = groups.iter().flat_map(|group| {
            variants(|name| json!({ group: name })).into_iter().map(move |name| (group, name))
        });
        let kind = |(group, name): (&String, String)| {
            let bare = serde_json::from_value(json!({ group: name.clone() }));
            let fields = json!({ "column": "party", "row": 2 });
            bare.or_else(|_| serde_json::from_value(json!({ group: { name: fields } }))).unwrap()
        };
        names.map(kind).collect()
    }

    #[test]
    fn every_kind_has_a_singular_and_a_plural_of_its_own() {
        let mut seen = std::collections::BTreeSet::new();
        for kind in kinds() {
            let Noun { one, many } = noun(&kind);
            assert!(!one.is_empty() && one != many, "{kind:?}: {one}");
            let group = std::mem::discriminant(&kind);
            assert!(
                seen.insert((format!("{group:?}"), many.clone())),
                "{kind:?}: {many} is the name of another kind"
            );
        }
        assert!(seen.len() > 100, "kinds are found: {}", seen.len());
    }

    #[test]
    fn one_thing_is_named_as_one() {
        use crate::loss::{DocumentLoss, ExportLoss};
        assert_eq!(Loss::new(DocumentLoss::Pictures, 1).to_string(), "1 picture");
        assert_eq!(Loss::new(ExportLoss::Links, 2).to_string(), "2 links");
    }
}
