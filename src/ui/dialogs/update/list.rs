//! The passages in doubt: a list, the old and new text of the selected one, and the decisions on it.

use std::collections::BTreeMap;

use egui::{FontId, Key, Modifiers, Rect, Ui, vec2};

use super::comparison;
use super::correct::{Corrected, Correction};
use crate::theme::{Tokens, size, space};
use crate::{widgets, words::update as words};
use demarche_analysis::context::shorten;
use demarche_model::{Document, Ranges};
use demarche_session::{Excerpt, PendingPassage, Session};

/// The greatest height of the list in rows.
const MAX_ROWS: f32 = 8.0;

/// The list and its selected passage.
#[derive(Default)]
pub(super) struct List {
    selected: Option<u32>,
    correction: Option<Correction>,
    /// Whether to scroll to the selected row.
    scroll_to_selected: bool,
}

/// The values that the list shows.
pub(super) struct Context<'a> {
    /// The project.
    pub session: &'a Session,
    /// The document with the new text.
    pub document: &'a Document,
    /// Positions that were decided already, by the keys of the passages.
    pub decided: &'a BTreeMap<u32, Ranges>,
}

/// A decision on passages in doubt.
pub(super) enum Decision {
    /// The passage moves to these ranges.
    Move(u32, Ranges),
    /// The passage stays in doubt.
    Leave(u32),
    /// All passages whose text is the same move to where it was found.
    AcceptSameText,
}

/// The proposed positions of the passages whose text is the same.
pub(super) fn same_text_positions(pending: &[PendingPassage]) -> BTreeMap<u32, Ranges> {
    let same = pending.iter().filter(|passage| has_same_text(passage));
    same.filter_map(|passage| Some((passage.key, passage.likeness.as_ref()?.ranges.clone()))).collect()
}

fn has_same_text(passage: &PendingPassage) -> bool {
    passage.likeness.as_ref().is_some_and(|likeness| likeness.percent == 100)
}

impl List {
    /// The list with the first passage selected.
    pub fn new(pending: &[PendingPassage]) -> Self {
        Self { selected: pending.first().map(|passage| passage.key), ..Self::default() }
    }

    /// Whether a position is being corrected.
    pub fn is_correcting(&self) -> bool {
        self.correction.is_some()
    }

    /// The selected passage.
    pub fn selected<'a>(&self, pending: &'a [PendingPassage]) -> Option<&'a PendingPassage> {
        pending.iter().find(|passage| Some(passage.key) == self.selected).or(pending.first())
    }

    /// Shows the list and the selected passage. Up and Down select, Enter accepts, Delete leaves in doubt, F2 corrects.
    pub fn ui(&mut self, ui: &mut Ui, context: &Context<'_>, pending: &[PendingPassage]) -> Option<Decision> {
        if self.is_correcting() {
            return self.correct(ui, context, pending);
        }
        let index = self.selected_index(pending);
        let decision = self.keys(ui, pending, index);
        self.rows(ui, context, pending);
        let passage = pending.get(index)?;
        ui.add_space(space::S);
        let moved = context.decided.get(&passage.key).zip(context.document.text.as_ref());
        let moved = moved.map(|(ranges, text)| Excerpt::of(text, ranges));
        comparison::ui(ui, &passage.old, moved.as_ref().or(passage.new.as_ref()));
        if !passage.note.is_empty() {
            widgets::weak(ui, words::note(&shorten(&passage.note, 200)));
        }
        let decision = self.buttons(ui, context, pending, passage).or(decision)?;
        Some(self.after(pending, decision))
    }

    fn correct(
        &mut self,
        ui: &mut Ui,
        context: &Context<'_>,
        pending: &[PendingPassage],
    ) -> Option<Decision> {
        let correction = self.correction.as_mut()?;
        let key = correction.key;
        if let Some(passage) = pending.iter().find(|passage| passage.key == key) {
            comparison::ui(ui, &passage.old, passage.new.as_ref());
        }
        let corrected = correction.ui(ui, context.document)?;
        self.correction = None;
        match corrected {
            Corrected::To(ranges) => Some(self.after(pending, Decision::Move(key, ranges))),
            Corrected::Cancelled => None,
        }
    }

    /// Selects the next passage after one is decided.
    fn after(&mut self, pending: &[PendingPassage], decision: Decision) -> Decision {
        if let Decision::Move(key, _) = &decision {
            let index = pending.iter().position(|passage| passage.key == *key);
            let next = index.and_then(|index| pending.get(index + 1));
            self.selected = next.map(|passage| passage.key).or(self.selected);
            self.scroll_to_selected = true;
        }
        decision
    }

    fn selected_index(&self, pending: &[PendingPassage]) -> usize {
        pending.iter().position(|passage| Some(passage.key) == self.selected).unwrap_or(0)
    }

    fn keys(&mut self, ui: &Ui, pending: &[PendingPassage], index: usize) -> Option<Decision> {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let step = isize::from(pressed(Key::ArrowDown)) - isize::from(pressed(Key::ArrowUp));
        if step != 0 {
            let target = index.saturating_add_signed(step).min(pending.len().saturating_sub(1));
            self.selected = pending.get(target).map(|passage| passage.key);
            self.scroll_to_selected = true;
        }
        let passage = pending.get(index)?;
        // Enter presses the button that has the keyboard, if one has.
        let has_focus = ui.ctx().memory(|memory| memory.focused().is_some());
        if !has_focus && pressed(Key::Enter) {
            let likeness = passage.likeness.as_ref()?;
            return Some(Decision::Move(passage.key, likeness.ranges.clone()));
        }
        pressed(Key::Delete).then_some(Decision::Leave(passage.key))
    }

    fn rows(&mut self, ui: &mut Ui, context: &Context<'_>, pending: &[PendingPassage]) {
        let selected = self.selected(pending).map(|passage| passage.key);
        let row_height = size::ROW + ui.spacing().item_spacing.y;
        let height = row_height * MAX_ROWS.min(pending.len() as f32);
        let scroll =
            egui::ScrollArea::vertical().id_salt("in doubt").max_height(height).auto_shrink([false, true]);
        scroll.show_rows(ui, size::ROW, pending.len(), |ui, rows| {
            for passage in pending.get(rows).unwrap_or_default() {
                let is_selected = Some(passage.key) == selected;
                let state = state(context, passage);
                let label = words::passage(&category(context, passage), &passage.old.quote, &state);
                let (rect, response) = widgets::row(ui, size::ROW, is_selected, &label);
                paint(ui, rect, context, passage, &state);
                if response.clicked() {
                    self.selected = Some(passage.key);
                }
            }
        });
        if std::mem::take(&mut self.scroll_to_selected) {
            // Rows out of view are not laid out, so the position is computed.
            let below = (pending.len() - self.selected_index(pending)) as f32 * row_height;
            let top_left = egui::pos2(ui.min_rect().left(), ui.min_rect().bottom() - below);
            ui.scroll_to_rect(Rect::from_min_size(top_left, vec2(1.0, size::ROW)), None);
        }
    }

    fn buttons(
        &mut self,
        ui: &mut Ui,
        context: &Context<'_>,
        pending: &[PendingPassage],
        passage: &PendingPassage,
    ) -> Option<Decision> {
        let mut decision = None;
        ui.horizontal(|ui| {
            let accept = ui.add_enabled(passage.likeness.is_some(), egui::Button::new(words::accept()));
            if accept.on_hover_text(words::accept_hint()).clicked()
                && let Some(likeness) = &passage.likeness
            {
                decision = Some(Decision::Move(passage.key, likeness.ranges.clone()));
            }
            let correct = ui.button(words::correct()).on_hover_text(words::correct_hint());
            if correct.clicked() || ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::F2)) {
                self.correction = Correction::new(context.document, passage);
            }
            let is_decided = |passage: &PendingPassage| context.decided.contains_key(&passage.key);
            let leave = ui.add_enabled(is_decided(passage), egui::Button::new(words::leave()));
            if leave.on_hover_text(words::leave_hint()).clicked() {
                decision = Some(Decision::Leave(passage.key));
            }
            let same =
                pending.iter().filter(|passage| has_same_text(passage) && !is_decided(passage)).count();
            if same > 1 {
                let accept_same = ui.button(words::accept_same(same));
                if accept_same.on_hover_text(words::accept_same_hint()).clicked() {
                    decision = Some(Decision::AcceptSameText);
                }
            }
        });
        decision
    }
}

fn category(context: &Context<'_>, passage: &PendingPassage) -> String {
    context.session.project().codebook().name_of(&passage.category).to_owned()
}

/// The state of a passage: what was decided, or how similar the text found is.
fn state(context: &Context<'_>, passage: &PendingPassage) -> String {
    match (context.decided.get(&passage.key), &passage.likeness) {
        (Some(ranges), Some(likeness)) if *ranges == likeness.ranges => words::accepted().to_owned(),
        (Some(_), _) => words::corrected().to_owned(),
        (None, Some(likeness)) if likeness.percent == 100 => words::same_text().to_owned(),
        (None, Some(likeness)) => words::similarity(likeness.percent),
        (None, None) => words::lost_state().to_owned(),
    }
}

fn paint(ui: &Ui, rect: Rect, context: &Context<'_>, passage: &PendingPassage, state: &str) {
    let tokens = Tokens::of(ui);
    let codebook = context.session.project().codebook();
    if let Some(category) = codebook.resolve(&passage.category) {
        widgets::swatch(ui, rect.left_center() + vec2(12.0, 0.0), category.colour);
    }
    let name = rect.with_min_x(rect.left() + 24.0).with_max_x(rect.left() + 160.0);
    let font = FontId::proportional(size::INTERFACE);
    widgets::line(ui, name, &category(context, passage), font.clone(), tokens.text);
    let is_decided = context.decided.contains_key(&passage.key);
    let colour = match passage.likeness {
        _ if is_decided => tokens.good,
        Some(_) => tokens.text_weak,
        None => tokens.error,
    };
    let right = rect.with_max_x(rect.right() - space::S);
    let mark = if is_decided { "✓ " } else { "" };
    let left = widgets::line_right(ui, right, &format!("{mark}{state}"), font.clone(), colour);
    let quote = rect.with_min_x(rect.left() + 168.0).with_max_x(left - space::M);
    widgets::line(ui, quote, &shorten(&passage.old.quote, 160), font, tokens.text);
}
