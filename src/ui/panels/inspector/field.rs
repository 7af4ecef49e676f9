//! Values that are typed: text, numbers, dates. What is typed becomes a value at Enter or when the field is left.

use egui::{Event, Key, Rect, Ui};

use crate::theme::Tokens;
use demarche_model::{AttributeDef, AttributeId, AttributeKind, Date, SpanRef, Value};

/// What is being typed.
pub(super) struct Draft {
    /// The spans that it is for.
    pub at: Vec<SpanRef>,
    /// The attribute that it is for.
    pub of: AttributeId,
    /// As it stands in the field.
    pub text: String,
    /// Why it is no value, once that was asked.
    pub error: Option<String>,
}

/// How a field was left in this frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Left {
    /// It has or had no keyboard.
    No,
    /// By Escape: what was typed does not count.
    Escape,
    /// By Enter.
    Enter,
    /// By going elsewhere.
    Elsewhere,
}

/// The value that a text says; `None` for none.
///
/// # Errors
/// It is no number or no date; the text says what to write.
pub(super) fn read(kind: &AttributeKind, text: &str) -> Result<Option<Value>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match kind {
        AttributeKind::Number => {
            let comma = text.matches(',').count() == 1 && !text.contains('.');
            let point = if comma { text.replace(',', ".") } else { text.to_owned() };
            let number = point.parse::<f64>().ok().filter(|number| number.is_finite());
            let wrong = || format!("“{text}” is no number; write one such as 12 or 3.5");
            number.map(|number| Some(Value::Number(number))).ok_or_else(wrong)
        }
        AttributeKind::Date => {
            let wrong = || format!("“{text}” is no date; write 2026-03-14, 2026-03 or 2026");
            Date::parse(text).map(|date| Some(Value::Date(date.as_str().into()))).ok_or_else(wrong)
        }
        _ => Ok(Some(Value::Text(text.to_owned()))),
    }
}

/// What to write into an empty field.
pub(super) fn hint(kind: &AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Number => "a number",
        AttributeKind::Date => "2026-03-14",
        _ => "–",
    }
}

/// The field itself. Says whether something was typed, and how it was left.
pub(super) fn ui(
    ui: &mut Ui,
    rect: Rect,
    id: egui::Id,
    attribute: &AttributeDef,
    hint: &str,
    text: &mut String,
    wrong: bool,
) -> (bool, Left, egui::Response) {
    let tokens = Tokens::of(ui);
    let colour = if wrong { tokens.error } else { tokens.text };
    let field = egui::TextEdit::singleline(text)
        .id(id)
        .hint_text(hint)
        .text_color(colour)
        .align(egui::Align2::LEFT_CENTER)
        .min_size(rect.size())
        .desired_width(rect.width());
    // In a child, so that the field does not make its row higher.
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    let response = inside.put(rect, field);
    let name = attribute.name.clone();
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(name));
    let left = match response.lost_focus() {
        false => Left::No,
        true if pressed(ui, Key::Escape) => Left::Escape,
        true if pressed(ui, Key::Enter) => Left::Enter,
        true => Left::Elsewhere,
    };
    (response.changed(), left, response)
}

fn pressed(ui: &Ui, wanted: Key) -> bool {
    let is = |event: &Event| matches!(event, Event::Key { key, pressed: true, .. } if *key == wanted);
    ui.input(|input| input.events.iter().any(is))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_or_it_is_said_what_to_write() {
        use AttributeKind::{Date, Number, Text};
        let date = |text: &str| Ok(Some(Value::Date(text.into())));
        assert_eq!(read(&Date, " 2026-03-14 "), date("2026-03-14"));
        assert_eq!(read(&Date, "2026-03"), date("2026-03"));
        assert_eq!(read(&Date, "2026"), date("2026"));
        assert!(read(&Date, "14.3.2026").unwrap_err().contains("2026-03-14"));
        assert_eq!(read(&Number, "3,5"), Ok(Some(Value::Number(3.5))));
        assert_eq!(read(&Number, "-12"), Ok(Some(Value::Number(-12.0))));
        for wrong in ["abc", "1,234.5", "NaN", "inf"] {
            assert!(read(&Number, wrong).unwrap_err().contains(wrong), "{wrong}");
        }
        assert_eq!(read(&Text, " as they say "), Ok(Some(Value::Text("as they say".to_owned()))));
        for kind in [Text, Number, Date] {
            assert_eq!(read(&kind, "  "), Ok(None));
        }
    }
}
