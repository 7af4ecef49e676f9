//! The state of all panels that show a project. It is replaced as a whole with the project, so that nothing of the
//! project before is left in it.

use egui::Context;

use demarche_model::DocumentId;
use demarche_session::Session;

use super::pages::Pages;
use super::panels::contents::ContentsPanel;
use super::panels::documents::DocumentsPanel;
use super::panels::find_bar::FindBar;
use super::panels::inspector::Inspector;
use super::panels::memos::MemosPanel;
use super::panels::original::OriginalPanel;
use super::panels::passages::PassagesPanel;
use super::panels::review::ReviewPanel;
use super::panels::summary::SummaryPanel;
use super::panes::Panes;
use super::screens::Screens;
use super::text_panes::TextPanes;

/// The panels of the open project.
#[derive(Default)]
pub(super) struct ProjectPanels {
    pub page: Pages,
    /// The division of the centre between two texts.
    pub text_panes: TextPanes,
    pub screens: Screens,
    pub documents: DocumentsPanel,
    pub contents: ContentsPanel,
    pub inspector: Inspector,
    pub review: ReviewPanel,
    pub passages: PassagesPanel,
    pub memos: MemosPanel,
    pub original: OriginalPanel,
    pub summary: SummaryPanel,
    pub find: FindBar,
    /// Whether the bottom panel shows the results of a search.
    pub show_results: bool,
    /// Whether the Agreement screen shows the passages table: once there are passages behind a figure, or on request.
    pub agreement_table: bool,
    /// Where the panes are.
    pub panes: Panes,
    /// Whether the first menu gets the keyboard focus in the next frame.
    pub focus_menu: bool,
    /// Whether the codebook gets the keyboard focus in the next frame.
    pub focus_codebook: bool,
    /// Whether the tab that the right panel shows gets the keyboard focus in the next frame.
    pub focus_right_tab: bool,
    /// The documents that were open in this window, latest first.
    pub recent_documents: Vec<DocumentId>,
    is_shown: bool,
}

impl ProjectPanels {
    /// Notes which document is open.
    pub fn note_document(&mut self, session: &Session) {
        let open = session.document().map(|document| document.id());
        if let Some(open) = open.filter(|open| self.recent_documents.first() != Some(*open)) {
            self.recent_documents.retain(|other| other != open);
            self.recent_documents.insert(0, open.clone());
        }
    }

    /// Forgets what egui remembers of the widgets of the project before: how far they were scrolled, and texts that
    /// were being typed. The sizes of panels stay.
    pub fn start(&mut self, ctx: &Context) {
        if !std::mem::replace(&mut self.is_shown, true) {
            ctx.data_mut(|data| {
                data.remove_by_type::<egui::scroll_area::State>();
                data.remove_by_type::<egui::text_edit::TextEditState>();
            });
        }
    }
}
