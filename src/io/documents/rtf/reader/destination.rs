//! Control words that set the destination of their group.

use super::Reader;
use crate::documents::rtf::state::Destination;
use crate::loss::DocumentLoss;

impl Reader {
    /// Handles a control word that sets the destination of its group. Returns whether it is one.
    pub(super) fn destination(&mut self, word: &str, starred: bool) -> bool {
        let destination = match word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "title" => Destination::Title,
            "author" => Destination::Author,
            "creatim" => Destination::Created,
            "listtext" | "pntext" => Destination::Number,
            "footnote" => {
                self.open_note();
                return true;
            }
            // Text of shapes and of the drawings of old programs.
            "shptxt" | "dptxbxtext" => {
                self.open_box();
                return true;
            }
            "fldinst" => Destination::Code,
            // The Unicode version of a text that also exists in another encoding.
            "ud" if starred => Destination::Text,
            "shppict" => return true,
            "pict" => self.left_out(DocumentLoss::Pictures),
            "annotation" => self.left_out(DocumentLoss::Comments),
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
                self.left_out(DocumentLoss::HeadersAndFooters)
            }
            "object" => {
                self.left_out(DocumentLoss::Objects);
                return true;
            }
            // Its content is read.
            "shp" | "shpgrp" | "shpinst" | "do" | "result" | "nesttableprops" | "fldrslt" => return true,
            "colortbl" | "shprslt" | "info" | "listtable" | "revtbl" | "filetbl" | "nonshppict" | "upr"
            | "nonesttables" | "tc" | "xe" | "sp" | "tcn" | "rxe" | "objdata" | "keywords" | "subject"
            | "operator" | "doccomm" | "revtim" | "printim" | "company" | "manager" | "category"
            | "objclass" | "ftnsep" | "ftnsepc" | "aftnsep" | "aftnsepc" => Destination::Skipped,
            _ if starred => Destination::Skipped,
            _ => return false,
        };
        // Groups inside skipped ones are skipped, except for the metadata of the file.
        let from_info = matches!(
            destination,
            Destination::Title | Destination::Author | Destination::Created | Destination::Text
        );
        if self.now.destination != Destination::Skipped || from_info {
            self.now.destination = destination;
        }
        true
    }

    fn left_out(&mut self, kind: DocumentLoss) -> Destination {
        if self.flows() {
            self.flow.writer.drop(kind, 1);
        }
        Destination::Skipped
    }
}
