//! What panes show and is gone from the project.

use demarche_model::SpanRef;

use crate::view::PaneView;
use crate::{PaneKey, Session};

impl Session {
    /// Closes documents, clears current spans and cancels the link if they are gone.
    pub(crate) fn clear_stale_view(&mut self) {
        if self.view.document().is_some_and(|id| self.project.document(id).is_none()) {
            self.view.close_document();
        }
        if let Some(other) = self.view.other()
            && other.state.document.as_ref().is_some_and(|id| self.project.document(id).is_none())
        {
            self.view.close_other();
        }
        let is_gone = |at: &SpanRef| self.project.span(at).is_none() || !self.may_see_span(at);
        let stale = |pane: &PaneView| pane.state.current.as_ref().is_some_and(is_gone);
        let stale: Vec<PaneKey> = self.view.panes().filter(|pane| stale(pane)).map(|pane| pane.key).collect();
        for pane in self.view.panes_mut().filter(|pane| stale.contains(&pane.key)) {
            pane.state.current = None;
        }
        self.drop_stale_link();
    }
}
