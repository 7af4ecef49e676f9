//! The passages in doubt, one chosen, its old words beside the new ones, and what can be done with it.

use std::collections::BTreeMap;

use egui::{FontId, Key, Modifiers, Rect, Ui, vec2};

use super::beside;
use super::correct::{Corrected, Correction};
use crate::theme::{Tokens, size, space};
use crate::widgets;
use demarche_analysis::context::shorten;
use demarche_model::{Document, Ranges};
use demarche_session::{Excerpt, PendingPassage, Session};

/// Height of the list, in rows.
const ROWS: f32 = 8.0;

/// The list, and which of its passages is looked at.
#[derive(Default)]
pub(super) struct List {
    chosen: Option<u32>,
    correction: Option<Correction>,
    /// Bring the chosen row into view.
    reveal: bool,
}

/// What the list needs to know.
pub(super) struct Context<'a> {
    /// The project.
    pub session: &'a Session,
    /// The document with the new text.
    pub document: &'a Document,
    /// What has been decided already.
    pub decided: &'a BTreeMap<u32, Ranges>,
}

/// What the user wants of a passage.
pub(super) enum Wish {
    /// It shall lie here.
    Place(u32, Ranges),
    /// It shall wait on.
    Leave(u32),
    /// All whose words are the same shall lie where they were found.
    PlaceSame,
}

/// The places of those whose words are the same still.
pub(super) fn with_the_same_words(waiting: &[PendingPassage]) -> BTreeMap<u32, Ranges> {
    let same = waiting.iter().filter(|passage| has_the_same_words(passage));
    same.filter_map(|passage| Some((passage.key, passage.likeness.as_ref()?.ranges.clone()))).collect()
}

fn has_the_same_words(passage: &PendingPassage) -> bool {
    passage.likeness.as_ref().is_some_and(|likeness| likeness.percent == 100)
}

impl List {
    /// Begins with the first passage.
    pub fn new(waiting: &[PendingPassage]) -> Self {
        Self { chosen: waiting.first().map(|waiting| waiting.key), ..Self::default() }
    }

    /// Whether the bounds of a passage are being set.
    pub fn is_correcting(&self) -> bool {
        self.correction.is_some()
    }

    /// The passage that is looked at.
    pub fn chosen<'a>(&self, waiting: &'a [PendingPassage]) -> Option<&'a PendingPassage> {
        waiting.iter().find(|passage| Some(passage.key) == self.chosen).or(waiting.first())
    }

    /// Shows the list and the chosen passage. Up and Down choose, Enter accepts, Delete leaves it in doubt, F2 corrects.
    pub fn ui(&mut self, ui: &mut Ui, context: &Context<'_>, waiting: &[PendingPassage]) -> Option<Wish> {
        if let Some(correction) = &mut self.correction {
            let key = correction.key;
            if let Some(passage) = waiting.iter().find(|passage| passage.key == key) {
                beside::ui(ui, &passage.old, passage.new.as_ref());
            }
            let corrected = correction.ui(ui, context.document)?;
            self.correction = None;
            return match corrected {
                Corrected::To(ranges) => Some(self.done(waiting, Wish::Place(key, ranges))),
                Corrected::Given => None,
            };
        }
        let at = waiting.iter().position(|passage| Some(passage.key) == self.chosen).unwrap_or(0);
        let mut wish = self.keys(ui, waiting, at);
        self.rows(ui, context, waiting);
        let passage = waiting.get(at)?;
        ui.add_space(space::S);
        let placed = context.decided.get(&passage.key);
        let decided = placed.zip(context.document.text.as_ref()).map(|(to, text)| Excerpt::of(text, to));
        beside::ui(ui, &passage.old, decided.as_ref().or(passage.new.as_ref()));
        if !passage.note.is_empty() {
            widgets::weak(ui, format!("Note: {}", shorten(&passage.note, 200)));
        }
        wish = self.buttons(ui, context, waiting, passage).or(wish);
        wish.map(|wish| self.done(waiting, wish))
    }

    /// Goes on to the next passage once one is decided.
    fn done(&mut self, waiting: &[PendingPassage], wish: Wish) -> Wish {
        if let Wish::Place(key, _) = &wish {
            let at = waiting.iter().position(|passage| passage.key == *key);
            let next = at.and_then(|at| waiting.get(at + 1));
            self.chosen = next.map(|passage| passage.key).or(self.chosen);
            self.reveal = true;
        }
        wish
    }

    fn keys(&mut self, ui: &Ui, waiting: &[PendingPassage], at: usize) -> Option<Wish> {
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let step = i32::from(pressed(Key::ArrowDown)) - i32::from(pressed(Key::ArrowUp));
        if step != 0 {
            let to = at.saturating_add_signed(step as isize).min(waiting.len().saturating_sub(1));
            self.chosen = waiting.get(to).map(|passage| passage.key);
            self.reveal = true;
        }
        let passage = waiting.get(at)?;
        let focused = ui.ctx().memory(|memory| memory.focused().is_some());
        if !focused && pressed(Key::Enter) {
            let likeness = passage.likeness.as_ref()?;
            return Some(Wish::Place(passage.key, likeness.ranges.clone()));
        }
        if pressed(Key::Delete) {
            return Some(Wish::Leave(passage.key));
        }
        None
    }

    fn rows(&mut self, ui: &mut Ui, context: &Context<'_>, waiting: &[PendingPassage]) {
        let chosen = self.chosen(waiting).map(|passage| passage.key);
        let height = (size::ROW + ui.spacing().item_spacing.y) * ROWS.min(waiting.len() as f32);
        let scroll =
            egui::ScrollArea::vertical().id_salt("in doubt").max_height(height).auto_shrink([false, true]);
        scroll.show_rows(ui, size::ROW, waiting.len(), |ui, range| {
            for passage in waiting.get(range).unwrap_or_default() {
                let chosen = Some(passage.key) == chosen;
                let state = state(context, passage);
                let label = format!("{}: {}, {}", category(context, passage), passage.old.quote, state);
                let (rect, response) = widgets::row(ui, size::ROW, chosen, &label);
                paint(ui, rect, context, passage, &state);
                if response.clicked() {
                    self.chosen = Some(passage.key);
                }
            }
        });
        if std::mem::take(&mut self.reveal) {
            // Rows out of sight are not laid out, so the place is reckoned.
            let at = waiting.iter().position(|passage| Some(passage.key) == self.chosen).unwrap_or(0);
            let below = (waiting.len() - at) as f32 * (size::ROW + ui.spacing().item_spacing.y);
            let top = ui.min_rect().bottom() - below;
            ui.scroll_to_rect(
                Rect::from_min_size(egui::pos2(ui.min_rect().left(), top), vec2(1.0, size::ROW)),
                None,
            );
        }
    }

    fn buttons(
        &mut self,
        ui: &mut Ui,
        context: &Context<'_>,
        waiting: &[PendingPassage],
        passage: &PendingPassage,
    ) -> Option<Wish> {
        let mut wish = None;
        ui.horizontal(|ui| {
            let accept = ui.add_enabled(passage.likeness.is_some(), egui::Button::new("Accept"));
            if accept.on_hover_text("The passage lies there now (Enter)").clicked()
                && let Some(likeness) = &passage.likeness
            {
                wish = Some(Wish::Place(passage.key, likeness.ranges.clone()));
            }
            let correct = ui.button("Correct…").on_hover_text("Select the words in the new text (F2)");
            if correct.clicked() || ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::F2)) {
                self.correction = Correction::new(context.document, passage);
            }
            let decided = context.decided.contains_key(&passage.key);
            let leave = ui.add_enabled(decided, egui::Button::new("Leave in doubt"));
            if leave.on_hover_text("Decide later (Delete)").clicked() {
                wish = Some(Wish::Leave(passage.key));
            }
            let same = waiting
                .iter()
                .filter(|passage| has_the_same_words(passage) && !context.decided.contains_key(&passage.key));
            let same = same.count();
            if same > 1 {
                let all = format!("Accept all {same} with the same words");
                let hint =
                    "Their words are the same; only their place is in doubt, or their spacing has changed";
                if ui.button(all).on_hover_text(hint).clicked() {
                    wish = Some(Wish::PlaceSame);
                }
            }
        });
        wish
    }
}

fn category(context: &Context<'_>, passage: &PendingPassage) -> String {
    let codebook = context.session.project().codebook();
    codebook
        .resolve(&passage.category)
        .map_or_else(|| passage.category.to_string(), |found| found.name.clone())
}

/// What is known of a passage, in words.
fn state(context: &Context<'_>, passage: &PendingPassage) -> String {
    match (context.decided.get(&passage.key), &passage.likeness) {
        (Some(to), Some(likeness)) if *to == likeness.ranges => "accepted".to_owned(),
        (Some(_), _) => "corrected".to_owned(),
        (None, Some(likeness)) if likeness.percent == 100 => "same words".to_owned(),
        (None, Some(likeness)) => format!("{} % alike", likeness.percent),
        (None, None) => "lost".to_owned(),
    }
}

fn paint(ui: &Ui, rect: Rect, context: &Context<'_>, passage: &PendingPassage, state: &str) {
    let tokens = Tokens::of(ui);
    let codebook = context.session.project().codebook();
    if let Some(found) = codebook.resolve(&passage.category) {
        widgets::swatch(ui, rect.left_center() + vec2(12.0, 0.0), found.colour);
    }
    let name = rect.with_min_x(rect.left() + 24.0).with_max_x(rect.left() + 160.0);
    let font = FontId::proportional(size::INTERFACE);
    widgets::line(ui, name, &category(context, passage), font.clone(), tokens.text);
    let decided = context.decided.contains_key(&passage.key);
    let colour = match passage.likeness {
        _ if decided => tokens.good,
        Some(_) => tokens.text_weak,
        None => tokens.error,
    };
    let right = rect.with_max_x(rect.right() - space::S);
    let mark = if decided { "✓ " } else { "" };
    let left = widgets::line_right(ui, right, &format!("{mark}{state}"), font.clone(), colour);
    let quote = rect.with_min_x(rect.left() + 168.0).with_max_x(left - space::M);
    widgets::line(ui, quote, &shorten(&passage.old.quote, 160), font, tokens.text);
}
