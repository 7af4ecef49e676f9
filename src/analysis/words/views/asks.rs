//! Demands and offers.

use super::{count, counted};
use crate::bargain::{AskKind, AskState, PassageSet};
use crate::views::Sentence;

pub(crate) const NO_ADDRESSEE: &str = "no addressee";
pub(crate) const CONDITIONS: &str = "conditions";
pub(crate) const RECOMMENDATIONS: &str = "recommendations";
pub(crate) const KIND: &str = "Kind";
pub(crate) const ASKER: &str = "Asker";
pub(crate) const ASKED: &str = "Asked";
pub(crate) const ISSUE: &str = "Issue";
pub(crate) const DATE: &str = "Date";
pub(crate) const WORDS: &str = "Words";
pub(crate) const STATED: &str = "Stated";
pub(crate) const STATE: &str = "Outcome";
pub(crate) const WAS: &str = "Before";
pub(crate) const ANSWER: &str = "Answer";
pub(crate) const DELAY: &str = "Days";
pub(crate) const CANDIDATES: &str = "Possible answers";

/// Who asks whom.
pub(crate) fn dyad(asker: &str, asked: &str) -> String {
    format!("{asker} → {asked}")
}

/// The agreement that there was before.
pub(crate) fn was(kind: AskKind, before: AskState) -> String {
    format!("was {}", before.name(kind))
}

/// The outcomes of demands or offers.
pub(crate) struct Outcomes {
    pub all: PassageSet,
    pub met: PassageSet,
    pub open: PassageSet,
    pub candidates: PassageSet,
}

/// The sentence about all demands and offers.
pub(crate) fn sentence(demands: Outcomes, offers: Outcomes, delay: Option<(f64, PassageSet)>) -> Sentence {
    let sentence = outcomes(Sentence::default(), demands, "demand", "agreed").words("; ");
    let sentence = outcomes(sentence, offers, "offer", "accepted");
    match delay {
        Some((median, asks)) => {
            let number = asks.len();
            let text = format!("median delay {median} days");
            sentence.words("; ").passages(text, asks).words(format!(" (n = {number})."))
        }
        None => sentence.words("."),
    }
}

fn outcomes(sentence: Sentence, outcomes: Outcomes, noun: &str, met: &str) -> Sentence {
    let Outcomes { all, met: agreed, open, candidates } = outcomes;
    let texts = [format!("{} {met}", agreed.len()), format!("{} open", open.len())];
    let possible = candidates.len();
    let [agreed_text, open_text] = texts;
    let sentence = counted(sentence, all, noun).words(": ").passages(agreed_text, agreed);
    let sentence = sentence.words(", ").passages(open_text, open);
    if possible == 0 {
        return sentence;
    }
    sentence.words(", ").passages(format!("{possible} of them with possible answers"), candidates)
}

/// What an outcome is about.
pub(crate) fn in_words() -> Sentence {
    Sentence::plain("agreed to in words; whether it was carried out shows only where deeds are tagged")
}

/// Answers that are dated before what they answer.
pub(crate) fn answered_before(asks: PassageSet) -> Sentence {
    let (number, verb) = (asks.len(), if asks.len() == 1 { "is" } else { "are" });
    Sentence::default().passages(count(number, "answer"), asks).words(format!(" {verb} dated before the ask"))
}
