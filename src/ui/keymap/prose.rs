//! Sentences that name keys, such as `Ctrl+Z brings it back`, with the keys that the user has chosen instead.

use std::borrow::Cow;

use super::{Keymap, defaults, shortcut};
use crate::commands::{COMMANDS, CommandId, GESTURES, KeyContext};

/// A default that its command no longer has.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Moved {
    id: CommandId,
    /// The default as it is displayed.
    was: String,
    /// What is displayed instead: the key of the command now, or its name if it has none.
    now: String,
}

impl Moved {
    /// Returns the defaults that a keymap has changed.
    pub(super) fn all(keymap: &Keymap) -> Vec<Self> {
        let changed = COMMANDS.iter().map(|command| command.id).flat_map(|id| {
            let lost = defaults(id).filter(move |default| !keymap.shortcuts(id).contains(default));
            lost.map(move |default| Self { id, was: shortcut::display(default), now: keymap.in_words(id) })
        });
        changed.collect()
    }

    /// Returns whether the key means this command in any sentence: single keys mean other things elsewhere.
    fn is_plain(&self) -> bool {
        let is_gesture =
            GESTURES.iter().flat_map(|group| group.rows).any(|(keys, _)| keys.contains(&&*self.was));
        let is_function_key = self.was.len() > 1 && self.was.starts_with('F');
        !is_gesture && (is_function_key || self.was.contains('+')) && !self.context().is_of_screen()
    }

    fn context(&self) -> KeyContext {
        self.id.command().key_context
    }
}

impl Keymap {
    /// Returns the keys of a command for a sentence, or its name if it has none.
    pub fn in_words(&self, id: CommandId) -> String {
        let keys = self.display(id);
        if keys.is_empty() { format!("“{}”", id.command().name) } else { keys }
    }

    /// Replaces the defaults in a sentence.
    pub fn in_sentence<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.moved.is_empty() {
            return Cow::Borrowed(text);
        }
        let is_between = |c: char| c.is_whitespace() || matches!(c, '(' | ')');
        let words = text.split_inclusive(is_between).map(|word| self.word(word, is_between));
        Cow::Owned(words.collect())
    }

    fn word(&self, word: &str, is_between: impl Fn(char) -> bool) -> String {
        let inner = word.trim_end_matches(is_between);
        let candidates = [inner, inner.trim_end_matches(['.', ',', ';', ':'])];
        let found = candidates.iter().find_map(|key| {
            let moved = self.moved.iter().find(|moved| moved.was == *key && moved.is_plain())?;
            Some(format!("{}{}", moved.now, word.get(key.len()..).unwrap_or_default()))
        });
        found.unwrap_or_else(|| word.to_owned())
    }

    /// Replaces the defaults in the code of a text in Markdown. A comment behind a key names its command:
    /// `` `Tab`<!--NextPassage--> ``. Without one, keys of `screen` mean its commands.
    pub fn in_markdown<'a>(&self, text: &'a str, screen: Option<KeyContext>) -> Cow<'a, str> {
        if self.moved.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, (code, after))) =
            rest.split_once('`').and_then(|(before, rest)| Some((before, rest.split_once('`')?)))
        {
            let named = after.strip_prefix("<!--").and_then(|comment| comment.split_once("-->"));
            let moved = self.moved.iter().filter(|moved| moved.was == code).find(|moved| match named {
                Some((name, _)) => name == moved.id.name(),
                None => moved.is_plain() || Some(moved.context()) == screen,
            });
            out.extend([before, "`", moved.map_or(code, |moved| &moved.now), "`"]);
            rest = after;
        }
        out.push_str(rest);
        Cow::Owned(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keymap(json: &str) -> Keymap {
        Keymap::new(&serde_json::from_str(json).unwrap()).0
    }

    #[test]
    fn sentences_name_the_keys_of_now() {
        let keymap = keymap(
            r#"{"Undo": ["Alt+U"], "Save": ["Ctrl+O"], "OpenProject": ["Ctrl+S"], "FollowLink": [],
            "EditNote": ["F12"], "ToggleLeft": ["F11"],
            "NextDifference": ["J"]}"#,
        );
        for (text, expect) in [
            ("Removed: Offer. Ctrl+Z brings it back.", "Removed: Offer. Alt+U brings it back."),
            ("Save (Ctrl+S), then open (Ctrl+O)", "Save (Ctrl+O), then open (Ctrl+S)"),
            ("Press Ctrl+Shift+M.", "Press “Follow link”."),
            ("Ctrl+Shift+Z, N and Ctrl+M stay", "Ctrl+Shift+Z, N and Ctrl+M stay"),
            ("Show documents (F7)", "Show documents (F11)"),
            // It also renames documents in their list.
            ("F2 stays", "F2 stays"),
        ] {
            assert_eq!(keymap.in_sentence(text), expect);
        }
        assert!(matches!(Keymap::default().in_sentence("Ctrl+Z"), Cow::Borrowed("Ctrl+Z")));
    }

    #[test]
    fn markdown_names_them_in_code_and_where_a_comment_says_so() {
        let keymap = keymap(r#"{"NextPassage": ["F11"], "NextDifference": ["J"], "StartLink": ["F12"]}"#);
        let text = "`Tab`<!--NextPassage--> goes on, `Tab` completes, `N`, Ctrl+M, `Ctrl+M`";
        let expect = "`F11`<!--NextPassage--> goes on, `Tab` completes, `N`, Ctrl+M, `F12`";
        assert_eq!(keymap.in_markdown(text, None), expect);
        let compare = keymap.in_markdown("`N` and `Tab`", Some(KeyContext::Compare));
        assert_eq!(compare, "`J` and `Tab`");
        assert_eq!(keymap.in_markdown("`N`", Some(KeyContext::Analyse)), "`N`");
    }
}
