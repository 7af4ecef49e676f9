//! How well a name matches what is typed into the palette.

/// How well a name matches, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Rank {
    /// The name begins with what is typed.
    Start,
    /// Each word that is typed begins a word of the name.
    Words,
    /// Each word that is typed is in the name.
    Inside,
    /// Some of the words are in another word for the same thing, or in the name of the menu.
    Synonym,
    /// The letters of a word begin words of the name in turn: `nd` or `nexdoc` for *Next document*.
    Initials,
}

/// What is typed, prepared for comparisons. Case and accents make no difference.
pub(super) struct Query {
    whole: String,
    words: Vec<String>,
}

impl Query {
    /// Prepares what is typed.
    pub fn new(typed: &str) -> Self {
        let whole = fold(typed.trim());
        Self { words: whole.split_whitespace().map(str::to_owned).collect(), whole }
    }

    /// Returns whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.whole.is_empty()
    }

    /// Returns how well a name matches; `None` if it does not. `others` are other words for it.
    pub fn rank(&self, name: &str, others: &[&str]) -> Option<Rank> {
        let name = fold(name);
        if name.starts_with(&self.whole) {
            return Some(Rank::Start);
        }
        let others: Vec<String> = others.iter().map(|other| fold(other)).collect();
        let ranks = self.words.iter().map(|word| rank_of_word(word, &name, &others));
        ranks.collect::<Option<Vec<Rank>>>()?.into_iter().max()
    }
}

fn rank_of_word(word: &str, name: &str, others: &[String]) -> Option<Rank> {
    if words(name).any(|part| part.starts_with(word)) {
        Some(Rank::Words)
    } else if name.contains(word) {
        Some(Rank::Inside)
    } else if others.iter().any(|other| words(other).any(|part| part.starts_with(word))) {
        Some(Rank::Synonym)
    } else {
        let parts: Vec<&str> = words(name).collect();
        (word.len() > 1 && begins_in_turn(word, &parts)).then_some(Rank::Initials)
    }
}

/// Returns whether `letters` is made of beginnings of the words, in their order.
fn begins_in_turn(letters: &str, words: &[&str]) -> bool {
    let Some((first, rest)) = words.split_first() else { return letters.is_empty() };
    let common = letters.bytes().zip(first.bytes()).take_while(|(a, b)| a == b).count();
    let after = |taken: usize| letters.get(taken..).is_some_and(|letters| begins_in_turn(letters, rest));
    letters.is_empty() || (0..=common).rev().any(after)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Letters without case and accents; those of other scripts in Latin ones.
fn fold(text: &str) -> String {
    deunicode::deunicode(text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(typed: &str, name: &str) -> Option<Rank> {
        Query::new(typed).rank(name, &["quit", "leave program"])
    }

    #[test]
    fn beginnings_of_words_come_before_other_matches() {
        assert_eq!(rank("next", "Next document"), Some(Rank::Start));
        assert_eq!(rank("doc nex", "Next document"), Some(Rank::Words));
        assert_eq!(rank("ocum", "Next document"), Some(Rank::Inside));
        assert_eq!(rank("prog", "Next document"), Some(Rank::Synonym));
        assert_eq!(rank("nd", "Next document"), Some(Rank::Initials));
        assert_eq!(rank("nexdoc", "Next document"), Some(Rank::Initials));
        assert_eq!(rank("COMMUNIQUE", "Joint communiqué"), Some(Rank::Words));
        assert!(Rank::Start < Rank::Words && Rank::Synonym < Rank::Initials);
    }

    #[test]
    fn letters_scattered_over_a_name_are_no_match() {
        assert_eq!(rank("korea", "Take the second reading"), None);
        assert_eq!(rank("preferences", "Previous difference"), None);
        assert_eq!(rank("next zebra", "Next document"), None);
    }
}
