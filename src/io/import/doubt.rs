//! Reasons to look at a document before it is imported, or again afterwards.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::loss::{DocumentLoss, Loss, LossKind};

/// Number of sequences that UTF-8 read as windows-1252 consists of, from which a text counts as garbled.
const GARBLED: usize = 3;

/// A reason to look at a document, in the order of importance.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// Its encoding was guessed, or is not the one that the file states.
    Encoding,
    /// Some of its characters could not be read.
    UnreadCharacters,
    /// It seems to have been garbled by another program: `â€™` in place of `’`.
    Garbled,
    /// Some of its pages could not be read, or not in full.
    UnreadPages,
    /// It is a table that was read as one text, or one without names of columns.
    Table,
    /// A quote or cell in the file is in the wrong place.
    WrongInFile,
}

impl Doubt {
    /// Returns the reasons to look at a document.
    pub(super) fn of(text: &str, dropped: &[Loss]) -> BTreeSet<Self> {
        let by_loss = dropped.iter().filter_map(|loss| match &loss.kind {
            LossKind::Document(kind) => Self::of_loss(kind),
            LossKind::Annotation(_)
            | LossKind::Placing(_)
            | LossKind::Task(_)
            | LossKind::Qda(_)
            | LossKind::Database(_)
            | LossKind::Export(_)
            | LossKind::Range(_)
            | LossKind::Codebook(_)
            | LossKind::ReadBack(_) => None,
        });
        let garbled = is_garbled(text).then_some(Self::Garbled);
        by_loss.chain(garbled).collect()
    }

    fn of_loss(loss: &DocumentLoss) -> Option<Self> {
        use DocumentLoss as L;
        match loss {
            L::GuessedEncoding | L::MisstatedEncoding => Some(Self::Encoding),
            L::UndefinedCharacters | L::Nuls | L::BrokenCharacters | L::SymbolCharacters => {
                Some(Self::UnreadCharacters)
            }
            L::ScannedPages
            | L::UnreadPages
            | L::UnmappedText { .. }
            | L::OddAngles { .. }
            | L::GarbledOrder { .. }
            | L::MissingChapters
            | L::MissingEnds => Some(Self::UnreadPages),
            L::TableAsOneText | L::NoHeader => Some(Self::Table),
            L::OpenQuote { .. } | L::SurplusCells { .. } | L::JoinedCells { .. } => Some(Self::WrongInFile),
            L::OutsideText
            | L::LineNumbers
            | L::Comments
            | L::TrackedDeletions
            | L::DeletedWords
            | L::HiddenWords
            | L::WordsAroundArticle
            | L::Pictures
            | L::FormFields
            | L::Formulas
            | L::Objects
            | L::LinkAddresses
            | L::Media
            | L::EmbeddedDocuments
            | L::HeadersAndFooters
            | L::HeadersFootersAndNumbers
            | L::ContentsLines
            | L::ContentsPages
            | L::NulsAtEnd
            | L::BreakHints
            | L::CaptionNotes
            | L::EmptyRows
            | L::LongValues { .. } => None,
        }
    }
}

/// Returns whether a text contains sequences that nobody writes: UTF-8 that an earlier program took for windows-1252.
fn is_garbled(text: &str) -> bool {
    let marks = text.match_indices(['Ã', 'â', 'Ð', 'Ñ']).filter(|(at, mark)| {
        let mut after = text[at + mark.len()..].chars();
        match (*mark, after.next()) {
            ("â", Some('€')) => after.next().is_some_and(|c| "™˜œ“”¦¢\u{9d}".contains(c)),
            ("Ã", Some(c)) => {
                matches!(c, '\u{80}'..='\u{BF}' | '€' | '‚' | '„' | '…' | '‰' | 'Ÿ' | '“' | '”' | '–' | '—')
            }
            ("Ð" | "Ñ", Some(c)) => matches!(c, '\u{80}'..='\u{BF}' | '‚' | '€' | '‹' | '‡' | 'Œ'),
            _ => false,
        }
    });
    marks.take(GARBLED).count() == GARBLED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubts_are_those_of_the_losses_and_the_text() {
        let of = |text: &str, kinds: &[DocumentLoss]| {
            let dropped: Vec<Loss> = kinds.iter().map(|kind| Loss::new(kind.clone(), 1)).collect();
            Doubt::of(text, &dropped).into_iter().collect::<Vec<_>>()
        };
        assert!(of("Words", &[DocumentLoss::Pictures, DocumentLoss::BreakHints]).is_empty());
        let kinds = [DocumentLoss::TableAsOneText, DocumentLoss::Nuls, DocumentLoss::GuessedEncoding];
        assert_eq!(of("Words", &kinds), [Doubt::Encoding, Doubt::UnreadCharacters, Doubt::Table]);
    }

    #[test]
    fn texts_that_were_garbled_before_are_recognised() {
        for clean in [
            "L’été, à la fête: « Ça va »",
            "Łódź, año, São Paulo, DÃO",
            "Быть или не быть",
            "Æ Ð Ñ ñ",
            "âge €",
        ] {
            assert!(!is_garbled(&clean.repeat(3)), "{clean}");
        }
        for words in ["L’été, à la fête", "Быть или не быть"] {
            let garbled = encoding_rs::WINDOWS_1252.decode_without_bom_handling(words.as_bytes()).0;
            assert!(is_garbled(&garbled), "{garbled}");
        }
        assert!(is_garbled("The other sideâ€™s envoy called that â€œa threatâ€\u{9d}"));
        assert!(is_garbled("GesprÃ¤che, dÃ©lÃ©gation"));
    }
}
