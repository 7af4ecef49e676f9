//! Reads the attributes that mean something to the analysis.

use smol_str::SmolStr;

use crate::bargain::DayRange;
use demarche_model::{AttributeId, Attributes, Codebook, Date, Meaning, Value};

/// The attributes that mean something to the analysis.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Meanings {
    pub actor: Option<AttributeId>,
    pub target: Option<AttributeId>,
    pub issue: Option<AttributeId>,
    pub speaker: Option<AttributeId>,
    conditional: Option<AttributeId>,
    denied: Option<AttributeId>,
    hypothetical: Option<(AttributeId, SmolStr)>,
    past: Option<(AttributeId, SmolStr)>,
    when: Option<AttributeId>,
}

impl Meanings {
    pub fn of(codebook: &Codebook) -> Self {
        let id = |meaning: Meaning| codebook.meaning(&meaning).map(|(def, _)| def.id.clone());
        let with_value = |meaning: Meaning| match codebook.meaning(&meaning)? {
            (def, Meaning::Hypothetical(value) | Meaning::Past(value)) => Some((def.id.clone(), value)),
            _ => None,
        };
        Self {
            actor: id(Meaning::Actor),
            target: id(Meaning::Target),
            issue: id(Meaning::Issue),
            speaker: id(Meaning::Speaker),
            conditional: id(Meaning::Conditional),
            denied: id(Meaning::Negated),
            hypothetical: with_value(Meaning::Hypothetical(SmolStr::default())),
            past: with_value(Meaning::Past(SmolStr::default())),
            when: id(Meaning::When),
        }
    }

    pub fn is_conditional(&self, attributes: &Attributes) -> bool {
        is_yes(value(attributes, self.conditional.as_ref()))
    }

    pub fn is_denied(&self, attributes: &Attributes) -> bool {
        is_yes(value(attributes, self.denied.as_ref()))
    }

    pub fn is_hypothetical(&self, attributes: &Attributes) -> bool {
        has_choice(attributes, self.hypothetical.as_ref())
    }

    pub fn is_past(&self, attributes: &Attributes) -> bool {
        has_choice(attributes, self.past.as_ref())
    }

    /// The date that a passage itself carries. A value that is no date counts as none.
    pub fn when(&self, attributes: &Attributes) -> Option<DayRange> {
        let (Value::Date(text) | Value::Choice(text)) = value(attributes, self.when.as_ref())? else {
            return None;
        };
        Date::parse(text).map(|date| DayRange::from_date(&date))
    }
}

/// The names in an attribute: entries of lists, or a text that is one name.
pub(super) fn names<'a>(
    attributes: &'a Attributes,
    id: Option<&AttributeId>,
) -> impl Iterator<Item = &'a str> + Clone {
    let value = value(attributes, id);
    let (one, several) = match value {
        Some(Value::Choice(name)) => (Some(name.as_str()), None),
        Some(Value::Text(name)) => (Some(name.trim()), None),
        Some(Value::Choices(names)) => (None, Some(names)),
        Some(Value::Number(_) | Value::Flag(_) | Value::Date(_)) | None => (None, None),
    };
    let one = one.filter(|name| !name.is_empty());
    one.into_iter().chain(several.into_iter().flatten().map(SmolStr::as_str))
}

fn value<'a>(attributes: &'a Attributes, id: Option<&AttributeId>) -> Option<&'a Value> {
    attributes.get(id?)
}

fn is_yes(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Flag(true)))
}

fn has_choice(attributes: &Attributes, wanted: Option<&(AttributeId, SmolStr)>) -> bool {
    let Some((id, wanted)) = wanted else { return false };
    attributes.get(id).is_some_and(|value| value.choices().any(|choice| choice == wanted))
}
