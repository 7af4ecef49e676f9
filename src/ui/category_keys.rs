//! Category keys, independent of the keyboard layout.
//!
//! The typed character counts. If nothing was typed (an input method holds it back), or something other than a Latin
//! letter or digit (other layouts), the key itself counts, so that `1` is `1` on every keyboard. Never both.

use egui::{Event, InputState, Key, Modifiers};

use demarche_model::{CategoryId, Codebook};

/// Consumes category keys from the input. With Ctrl or Alt, no key is a category's.
pub fn consume(input: &mut InputState, codebook: &Codebook) -> Vec<CategoryId> {
    consume_those(input, codebook, |_| true)
}

/// As [`consume`], but only digits: letters may mean something to the widget with the keyboard focus.
pub fn consume_digits(input: &mut InputState, codebook: &Codebook) -> Vec<CategoryId> {
    consume_those(input, codebook, |key| key.is_ascii_digit())
}

fn consume_those(
    input: &mut InputState,
    codebook: &Codebook,
    is_meant: impl Fn(char) -> bool,
) -> Vec<CategoryId> {
    let Modifiers { ctrl, command, alt, .. } = input.modifiers;
    if ctrl || command || alt {
        return Vec::new();
    }
    consume_typed(&mut input.events, |key| {
        let category = codebook.by_hotkey(key).filter(|_| is_meant(key));
        category.map(|category| category.id.clone())
    })
}

/// Consumes category keys pressed with Shift from the input, and returns the last of them.
pub fn consume_shifted(input: &mut InputState, codebook: &Codebook) -> Option<CategoryId> {
    let found = consume_shifted_keys(&mut input.events, |key| {
        codebook.by_hotkey(key).map(|category| category.id.clone())
    });
    if found.is_some() {
        input.events.retain(|event| !matches!(event, Event::Text(_)));
    }
    found
}

fn consume_typed(events: &mut Vec<Event>, category: impl Fn(char) -> Option<CategoryId>) -> Vec<CategoryId> {
    let shift = events.iter().any(|event| matches!(event, Event::Key { modifiers, .. } if modifiers.shift));
    // A capital letter means something else; a digit may need Shift to be typed.
    let typed = |event: &Event| {
        let c = char_of(event).filter(|c| !(shift && c.is_alphabetic()))?;
        category(c.to_lowercase().next()?)
    };
    let pressed = |event: &Event| match event {
        Event::Key { key, physical_key, pressed: true, repeat: false, modifiers } if !modifiers.any() => {
            [Some(*key), *physical_key].into_iter().flatten().find_map(|key| category(char_on(key)?))
        }
        _ => None,
    };
    let latin = events.iter().filter_map(char_of).any(|c| c.is_ascii_alphanumeric());
    let mut found: Vec<CategoryId> = events.iter().filter_map(typed).collect();
    if found.is_empty() && !latin {
        found = events.iter().filter_map(pressed).collect();
    }
    if !found.is_empty() {
        events.retain(|event| {
            let written =
                char_of(event).is_some_and(|c| typed(event).is_some() || !c.is_ascii_alphanumeric());
            !written && pressed(event).is_none()
        });
    }
    found
}

/// Returns the category key pressed with Shift. The physical key counts, because layouts put other characters there.
fn consume_shifted_keys(
    events: &mut Vec<Event>,
    category: impl Fn(char) -> Option<CategoryId>,
) -> Option<CategoryId> {
    let mut found = None;
    events.retain(|event| {
        let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return true };
        if !modifiers.matches_exact(Modifiers::SHIFT) {
            return true;
        }
        let on_key = char_on(physical_key.unwrap_or(*key)).or_else(|| char_on(*key));
        let pressed = on_key.and_then(&category);
        let other = pressed.is_none();
        found = pressed.or(found.take());
        other
    });
    found
}

/// Returns the character of a text event that consists of one.
fn char_of(event: &Event) -> Option<char> {
    let Event::Text(text) = event else { return None };
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Returns the letter or digit on a key.
pub fn char_on(key: Key) -> Option<char> {
    let mut chars = key.name().chars();
    let c = chars.next().filter(|c| c.is_ascii_alphanumeric() && chars.next().is_none());
    c.map(|c| c.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key, physical_key: Option<Key>, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key, pressed: true, repeat: false, modifiers }
    }

    fn plain(logical: Key, physical_key: Option<Key>) -> Event {
        key(logical, physical_key, Modifiers::NONE)
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    fn category(c: char) -> Option<CategoryId> {
        "13tn".contains(c).then(|| CategoryId::new(c.to_string()))
    }

    fn tags(mut events: Vec<Event>) -> (Vec<String>, usize) {
        let tags = consume_typed(&mut events, category);
        (tags.iter().map(|tag| tag.as_str().to_owned()).collect(), events.len())
    }

    #[test]
    fn a_key_and_its_text_tag_once() {
        let one = (vec!["1".to_owned()], 0);
        assert_eq!(tags(vec![plain(Key::Num1, Some(Key::Num1)), text("1")]), one);
        assert_eq!(tags(vec![plain(Key::Num1, None)]), one, "an input method kept the text");
        assert_eq!(tags(vec![plain(Key::Num1, Some(Key::Num1)), text("&")]), one, "AZERTY");
        assert_eq!(tags(vec![plain(Key::B, Some(Key::N)), text("b")]), (vec![], 2), "Dvorak's b is no n");
        assert_eq!(tags(vec![plain(Key::N, Some(Key::N)), text("ㅜ")]), (vec!["n".to_owned()], 0));
        assert_eq!(tags(vec![plain(Key::X, None), text("x")]), (vec![], 2));
        assert_eq!(tags(vec![plain(Key::Enter, None)]), (vec![], 1));
    }

    #[test]
    fn shift_keeps_letters_apart_and_digits_that_need_it() {
        let shifted = |logical| key(logical, Some(logical), Modifiers::SHIFT);
        assert_eq!(tags(vec![shifted(Key::T), text("T")]), (vec![], 2));
        let (one, _) = tags(vec![shifted(Key::Num1), text("1")]);
        assert_eq!(one, ["1"], "AZERTY types digits with Shift");
        let mut events = vec![key(Key::Exclamationmark, Some(Key::Num1), Modifiers::SHIFT), shifted(Key::X)];
        assert_eq!(consume_shifted_keys(&mut events, category), Some(CategoryId::new("1")));
        assert_eq!(events.len(), 1);
    }
}
