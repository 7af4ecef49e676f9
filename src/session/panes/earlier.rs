//! Earlier versions of a text next to the current one. All passages belong to the current text; an earlier version shows
//! them where its words are the same, and words that are selected in it stand for the same words of the current text.
//! A pane therefore keeps caret and selection as offsets in the current text, and this file translates.

use std::collections::BTreeMap;
use std::sync::Arc;

use demarche_analysis::align::{Alignment, Realignment};
use demarche_model::{AnnotatorId, Document, DocumentId, Layer, Ranges, Text, TextId, TextRange};

use crate::view::{PaneView, Sight};
use crate::words::panes as words;
use crate::{JobKind, PaneKey, Reveal, Session, TextSelection};

/// The earlier versions that panes show.
#[derive(Default)]
pub(crate) struct EarlierTexts {
    compared: Vec<Compared>,
    under_way: Vec<TextId>,
}

/// An earlier version, compared with the current text.
pub(crate) struct Compared {
    id: TextId,
    alignment: Arc<Alignment>,
    /// The words that only the earlier version has, and those that only the current text has.
    changes: [Vec<TextRange>; 2],
    layers: BTreeMap<AnnotatorId, Placed>,
}

/// A layer, and its passages in the earlier version.
struct Placed {
    source: Arc<Layer>,
    layer: Arc<Layer>,
}

impl Compared {
    /// Returns whether the comparison is one of these texts.
    fn is_of(&self, id: &TextId, texts: &Texts) -> bool {
        let alignment = &self.alignment;
        self.id == *id
            && Arc::ptr_eq(alignment.old_text(), &texts.earlier)
            && Arc::ptr_eq(alignment.new_text(), &texts.current)
    }

    /// Places the passages that have changed.
    fn follow(&mut self, document: &Document) {
        self.layers.retain(|annotator, _| document.layers.contains_key(annotator));
        for (annotator, source) in &document.layers {
            let before = self.layers.get(annotator);
            if before.is_some_and(|placed| Arc::ptr_eq(&placed.source, source)) {
                continue;
            }
            let before = before.map(|placed| (&*placed.source, &*placed.layer));
            let layer = source.placed(before, |ranges| self.alignment.old_ranges(ranges));
            let placed = Placed { source: source.clone(), layer: Arc::new(layer) };
            self.layers.insert(annotator.clone(), placed);
        }
    }

    /// The passages of an annotator in the earlier version.
    pub fn layer(&self, annotator: &AnnotatorId) -> Option<&Arc<Layer>> {
        self.layers.get(annotator).map(|placed| &placed.layer)
    }

    /// The words that the other text lacks: those of the earlier version, or those of the current text.
    pub fn changes(&self, of_earlier: bool) -> &[TextRange] {
        let [earlier, current] = &self.changes;
        if of_earlier { earlier } else { current }
    }

    /// The offsets of the earlier version and of the current text.
    pub fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// A range of the current text in the earlier version.
    pub fn to_earlier(&self, range: TextRange) -> TextRange {
        TextRange::new(self.alignment.old_offset(range.start), self.alignment.old_offset(range.end))
    }

    fn selection_to_earlier(&self, selection: TextSelection) -> TextSelection {
        let to = |offset: usize| self.alignment.old_offset(offset);
        TextSelection { anchor: to(selection.anchor), head: to(selection.head) }
    }
}

/// The two texts that are compared.
struct Texts {
    earlier: Arc<Text>,
    current: Arc<Text>,
}

impl Session {
    /// The comparison of the earlier version that a pane shows with the current text, once it is there.
    pub(super) fn compared_in(&self, pane: &PaneView) -> Option<&Compared> {
        let id = TextId::new(pane.state.document.as_ref()?, self.view.version_in(pane)?);
        let texts = self.texts_of(&id)?;
        self.earlier.compared.iter().find(|compared| compared.is_of(&id, &texts))
    }

    fn texts_of(&self, id: &TextId) -> Option<Texts> {
        let document = self.project.document(&id.document)?;
        let earlier = document.other_texts.get(&id.version)?.text.clone();
        Some(Texts { earlier, current: document.text.clone()? })
    }

    /// The earlier versions that panes show.
    fn earlier_shown(&self) -> impl Iterator<Item = TextId> {
        self.view.panes().filter_map(|pane| Some(TextId::new(pane.state.document.as_ref()?, pane.earlier?)))
    }

    /// Compares the earlier versions that panes show, on a worker, and places passages in them that have changed.
    pub(crate) fn follow_earlier(&mut self) {
        if self.earlier.compared.is_empty() && self.earlier_shown().next().is_none() {
            return;
        }
        self.leave_missing_versions();
        let shown: Vec<(TextId, Texts)> =
            self.earlier_shown().filter_map(|id| self.texts_of(&id).map(|texts| (id, texts))).collect();
        let is_shown = |compared: &Compared| shown.iter().any(|(id, texts)| compared.is_of(id, texts));
        self.earlier.compared.retain(is_shown);
        for compared in &mut self.earlier.compared {
            if let Some(document) = self.project.document(&compared.id.document) {
                compared.follow(document);
            }
        }
        for (id, texts) in shown {
            let is_there = self.earlier.compared.iter().any(|compared| compared.is_of(&id, &texts));
            if !is_there && !self.earlier.under_way.contains(&id) {
                self.compare_versions(id, texts);
            }
        }
    }

    /// Shows the current text in place of versions that the document does not have any more.
    fn leave_missing_versions(&mut self) {
        let project = &self.project;
        for pane in self.view.panes_mut() {
            let document = pane.state.document.as_ref().and_then(|id| project.document(id));
            let is_missing = |version: &u32| {
                document.is_none_or(|document| {
                    document.is_loaded() && !document.other_texts.contains_key(version)
                })
            };
            if pane.earlier.as_ref().is_some_and(is_missing) {
                pane.show_earlier(None);
            }
        }
    }

    fn compare_versions(&mut self, id: TextId, texts: Texts) {
        let Some(document) = self.project.document(&id.document).cloned() else { return };
        self.earlier.under_way.push(id.clone());
        self.jobs.start(JobKind::CompareVersions, move |worker| {
            let alignment = Alignment::watched(texts.earlier, texts.current, worker.progress());
            let compared = alignment.ok().map(|alignment| {
                let changes = [alignment.only_in_old(), alignment.only_in_new()];
                let (alignment, layers) = (Arc::new(alignment), BTreeMap::new());
                let mut compared = Compared { id: id.clone(), alignment, changes, layers };
                compared.follow(&document);
                compared
            });
            Box::new(move |session: &mut Session| {
                session.earlier.under_way.retain(|other| *other != id);
                match compared {
                    Some(compared) => session.show_compared(compared),
                    None => session.leave_version(&id),
                }
            })
        });
    }

    /// Shows the passages of an earlier version that was compared, at the place of the current text.
    fn show_compared(&mut self, compared: Compared) {
        let id = compared.id.clone();
        self.earlier.compared.retain(|other| other.id != id);
        self.earlier.compared.push(compared);
        self.follow_earlier();
        for pane in self.view.panes_mut().filter(|pane| shows(pane, &id)) {
            pane.selected_earlier = None;
            pane.seen = None;
            let Reveal { range, at_top, .. } = pane.reveal;
            pane.show(range, at_top);
        }
    }

    /// Shows the current text, since the comparison was stopped.
    fn leave_version(&mut self, id: &TextId) {
        self.view.panes_mut().filter(|pane| shows(pane, id)).for_each(|pane| pane.show_earlier(None));
    }

    /// Shows the current texts alone, since a comparison has failed.
    pub(crate) fn leave_versions(&mut self) {
        self.earlier.under_way.clear();
        self.view.panes_mut().for_each(|pane| pane.show_earlier(None));
    }

    /// The offset in the current text that corresponds to one in the focused pane.
    pub fn offset_in_current(&self, offset: usize) -> usize {
        let compared = self.compared_in(self.view.focused());
        compared.map_or(offset, |compared| compared.alignment().new_offset(offset))
    }

    /// The text of the focused pane.
    pub(crate) fn pane_text(&self) -> Option<Arc<Text>> {
        self.focused_pane()
            .text()
            .filter(|_| self.document().is_some_and(|d| d.is_loaded()))
            .map(|(t, _)| t.clone())
    }

    /// The selection in a pane, in the text that it shows.
    pub(super) fn selection_in(&self, pane: &PaneView) -> TextSelection {
        let selection = pane.state.text_selection;
        match (self.view.version_in(pane), pane.selected_earlier) {
            (None, _) => selection,
            (Some(_), Some((earlier, current))) if current == selection => earlier,
            (Some(_), _) => self
                .compared_in(pane)
                .map_or(TextSelection::default(), |compared| compared.selection_to_earlier(selection)),
        }
    }

    /// Moves caret and selection in the focused pane, to offsets in the text that it shows.
    pub(crate) fn select_in_pane(&mut self, to: TextSelection) {
        if self.view.version_in(self.view.focused()).is_none() {
            return self.view.select_text(to);
        }
        let range = to.range();
        let placed = self.range_in_current(range);
        let caret = self.compared_in(self.view.focused()).map_or(0, |c| c.alignment().new_offset(to.head));
        let current = match placed {
            Some(found) if to.anchor <= to.head => TextSelection::over(found),
            Some(found) => TextSelection { anchor: found.end, head: found.start },
            None => TextSelection::caret(caret),
        };
        self.view.select_text(current);
        self.view.select_earlier(to, current);
    }

    /// The range of the current text that has the words of a range in the focused pane. `None` if these have changed or
    /// their place is in doubt.
    pub(crate) fn range_in_current(&self, range: TextRange) -> Option<TextRange> {
        if self.view.version_in(self.view.focused()).is_none() {
            return Some(range);
        }
        let compared = self.compared_in(self.view.focused())?;
        match compared.alignment().realign(&Ranges::one(range)?) {
            Realignment::Exact => Some(range),
            Realignment::Moved(ranges) => Some(ranges.cover()),
            Realignment::Fuzzy(_) | Realignment::Lost => None,
        }
    }

    /// Returns whether the selected words of an earlier version are not in the current text, so that they can't be tagged.
    /// The user gets a notice.
    pub(crate) fn refuses_earlier_words(&mut self) -> bool {
        let pane = self.view.focused();
        let is_lost = pane.state.text_selection.is_empty() && !self.selection_in(pane).is_empty();
        if is_lost {
            self.notify(words::words_have_changed());
        }
        is_lost
    }

    /// What is in view of the current text, if this is in view of what a pane shows.
    pub(super) fn seen_in_current(&self, pane: &PaneView, seen: TextRange) -> TextRange {
        match self.compared_in(pane) {
            Some(compared) => {
                let to = |offset: usize| compared.alignment().new_offset(offset);
                TextRange::new(to(seen.start), to(seen.end))
            }
            None => seen,
        }
    }

    /// Records what a pane shows of its text.
    pub(crate) fn set_sight(&mut self, key: PaneKey, document: DocumentId, seen: TextRange) {
        let Some(pane) = self.view.panes().find(|pane| pane.key == key) else { return };
        let current = self.seen_in_current(pane, seen);
        if let Some(pane) = self.view.panes_mut().find(|pane| pane.key == key) {
            pane.seen = Some((document.clone(), seen));
            pane.sight = Sight::Text(document, current);
        }
    }
}

fn shows(pane: &PaneView, id: &TextId) -> bool {
    pane.state.document.as_ref() == Some(&id.document) && pane.earlier == Some(id.version)
}
