//! What an attribute means to the analysis, and the unit of its numbers.

use egui::Ui;
use smol_str::SmolStr;

use crate::widgets::{self, bare_field};
use crate::words::attribute as words;
use demarche_model::{AttributeDef, AttributeKind, Meaning};

/// Width in points of a field.
const WIDTH: f32 = 220.0;

/// Shows the meanings that the kind of an attribute allows; a meaning of a single value with a menu of the choices.
/// Meanings that the kind does not allow are removed.
pub fn meanings(ui: &mut Ui, attribute: &mut AttributeDef, choices: &[String]) {
    attribute.means.retain(|meaning| meaning.fits(&attribute.kind));
    widgets::caption(ui, words::means());
    let defaults = Meaning::by_id(&attribute.id);
    if attribute.means.is_empty() && defaults.iter().any(|meaning| meaning.fits(&attribute.kind)) {
        let names: Vec<String> = defaults.iter().map(ToString::to_string).collect();
        widgets::weak(ui, words::means_by_id(&names.join(", ")));
    }
    for meaning in Meaning::ALL.into_iter().filter(|meaning| meaning.fits(&attribute.kind)) {
        ui.horizontal(|ui| {
            let at = attribute.means.iter().position(|known| known.is_same(&meaning));
            let mut on = at.is_some();
            if ui.checkbox(&mut on, words::meaning_name(&meaning)).changed() {
                match at {
                    Some(at) => drop(attribute.means.remove(at)),
                    None => attribute.means.push(first_value(&meaning, choices)),
                }
            }
            if let Some(Meaning::Hypothetical(value) | Meaning::Past(value)) =
                at.and_then(|at| attribute.means.get_mut(at))
            {
                let shown = value.to_string();
                widgets::combo(ui, &words::value_of(&meaning), shown, WIDTH, |ui| {
                    for choice in choices {
                        ui.selectable_value(value, SmolStr::new(choice.trim()), choice);
                    }
                });
            }
        });
    }
}

/// The meaning with the first choice as its value, if it needs one.
fn first_value(meaning: &Meaning, choices: &[String]) -> Meaning {
    let value = || choices.first().map(|choice| SmolStr::new(choice.trim())).unwrap_or_default();
    match meaning {
        Meaning::Hypothetical(_) => Meaning::Hypothetical(value()),
        Meaning::Past(_) => Meaning::Past(value()),
        Meaning::Actor
        | Meaning::Target
        | Meaning::Issue
        | Meaning::Speaker
        | Meaning::Conditional
        | Meaning::Negated
        | Meaning::When
        | Meaning::Position => meaning.clone(),
    }
}

/// Shows the unit of an attribute of numbers; returns whether the user is typing.
pub fn unit(ui: &mut Ui, attribute: &mut AttributeDef) -> bool {
    if attribute.kind != AttributeKind::Number {
        return false;
    }
    widgets::caption(ui, words::unit());
    let mut typed = attribute.unit.clone().unwrap_or_default();
    let typing = bare_field(ui, words::unit(), &mut typed, words::unit_hint(), WIDTH).has_focus();
    attribute.unit = (!typed.is_empty()).then_some(typed);
    typing
}
