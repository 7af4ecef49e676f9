//! Control words that say what their group is for.

use super::Reader;
use crate::documents::rtf::state::Place;
use crate::loss::DocumentLoss;

impl Reader {
    /// Whether a word says what its group is for.
    pub(super) fn destination(&mut self, word: &str, starred: bool) -> bool {
        let place = match word {
            "fonttbl" => Place::Fonts,
            "stylesheet" => Place::Styles,
            "title" => Place::Title,
            "author" => Place::Author,
            "creatim" => Place::Created,
            "listtext" | "pntext" => Place::Number,
            "footnote" => {
                self.note_begins();
                self.outer = if self.now.place == Place::Text { self.paragraph } else { self.outer };
                Place::Note
            }
            // Unicode for what stands beside it in another encoding.
            "ud" if starred => Place::Text,
            "shppict" | "fldrslt" => return true,
            "pict" => self.left_out(DocumentLoss::Pictures),
            "annotation" => self.left_out(DocumentLoss::Comments),
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
                self.left_out(DocumentLoss::HeadersAndFooters)
            }
            "shptxt" => self.left_out(DocumentLoss::TextBoxes),
            // Goes on to what stands in it.
            "shp" | "shpinst" | "result" => return true,
            "colortbl" | "shprslt" | "info" | "listtable" | "revtbl" | "filetbl" | "nonshppict" | "upr"
            | "fldinst" | "tc" | "xe" | "sp" | "tcn" | "rxe" | "objdata" | "keywords" | "subject"
            | "operator" | "doccomm" | "revtim" | "printim" | "company" | "manager" | "category"
            | "objclass" | "ftnsep" | "ftnsepc" | "aftnsep" | "aftnsepc" => Place::Nowhere,
            _ if starred => Place::Nowhere,
            _ => return false,
        };
        // What is left out stays so, but for what the facts of the file are looked for in.
        let from_info = matches!(place, Place::Title | Place::Author | Place::Created | Place::Text);
        if self.now.place != Place::Nowhere || from_info {
            self.now.place = place;
        }
        true
    }

    fn left_out(&mut self, kind: DocumentLoss) -> Place {
        if matches!(self.now.place, Place::Text | Place::Note) {
            self.writer.drop(kind, 1);
        }
        Place::Nowhere
    }

    /// A note begins: its mark stands in the text, its words come at the end.
    fn note_begins(&mut self) {
        if self.now.place == Place::Text && !self.now.deleted && !self.now.hidden {
            let mark = format!("[{}]", self.notes.len() + 1);
            self.push(&mark);
        }
    }
}
