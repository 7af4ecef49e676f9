//! The filter as text, with completion at the caret.

use egui::text::{CCursor, CCursorRange};
use egui::{Area, Frame, Id, Key, Modifiers, Order, Rect, TextEdit, Ui};

use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::analyse as words;
use demarche_analysis::filter::{Candidate, Completion};
use demarche_session::{CountScope, FilterAction, Session};

/// Number of candidates that are shown.
const SHOWN: usize = 8;
/// Pause in typing after which the passages that would pass are counted, in seconds.
const COUNT_AFTER_S: f64 = 0.2;
/// Width of the number of passages that would pass, in points.
const COUNT_PT: f32 = 110.0;
/// Width of the list of candidates, in points.
const LIST_PT: f32 = 420.0;

/// What happened in the field.
pub(super) enum FieldEvent {
    /// It stays open.
    Nothing,
    /// This filter is to be applied.
    Apply(String),
    /// The field is left.
    Cancel,
}

/// The field while the user types.
pub(super) struct FilterField {
    text: String,
    caret: usize,
    /// Where the caret goes in this frame; the field gets the keyboard then.
    caret_to: Option<usize>,
    refusal: Option<String>,
    /// Whether Enter was pressed since the text has changed, so that the refusal is shown beside candidates.
    was_entered: bool,
    completion: Option<Completion>,
    /// The candidate that Enter inserts, once an arrow key was pressed.
    at: Option<usize>,
    /// The passages among which those that would pass are counted.
    among: CountScope,
    /// The time of the last change, as egui counts it, until what passes was counted.
    changed_s: Option<f64>,
}

impl FilterField {
    /// A field with a filter and the beginning of a term after it.
    pub(super) fn new(filter: &str, begun: &str, among: CountScope) -> Self {
        let text = if filter.is_empty() { begun.to_owned() } else { format!("{filter} {begun}") };
        let caret = text.chars().count();
        Self {
            text,
            caret,
            caret_to: Some(caret),
            refusal: None,
            was_entered: false,
            completion: None,
            at: None,
            among,
            changed_s: Some(f64::NEG_INFINITY),
        }
    }

    /// The reason why the text is no filter. While there are candidates, the user is still typing.
    pub(super) fn refusal(&self) -> Option<&str> {
        self.refusal.as_deref().filter(|_| self.was_entered || self.candidates().is_empty())
    }

    /// Shows the field.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        width: f32,
        requests: &mut Requests,
    ) -> FieldEvent {
        if take(ui, Key::Escape) {
            return FieldEvent::Cancel;
        }
        if let Some(candidate) = self.keys(ui) {
            self.insert(&candidate);
        }
        let is_inserted = self.caret_to.is_some();
        let rect = self.field(ui, session, (width - COUNT_PT).max(COUNT_PT));
        self.count(ui, session, requests);
        let is_left = !ui.memory(|memory| memory.has_focus(rect.1));
        if is_left && !is_inserted {
            // Nothing else on the screen is to act on it.
            let is_entered = take(ui, Key::Enter);
            return match (is_entered, &self.refusal) {
                (true, None) => FieldEvent::Apply(self.text.trim().to_owned()),
                (true, Some(_)) => {
                    self.caret_to = Some(self.caret);
                    self.was_entered = true;
                    FieldEvent::Nothing
                }
                (false, _) => self.click(ui, rect.0).unwrap_or(FieldEvent::Cancel),
            };
        }
        self.click(ui, rect.0).unwrap_or(FieldEvent::Nothing)
    }

    /// Shows the field itself, and looks up what is typed if that has changed. Returns its place and id.
    fn field(&mut self, ui: &mut Ui, session: &Session, width: f32) -> (Rect, Id) {
        let field = TextEdit::singleline(&mut self.text).hint_text(words::filter_hint()).desired_width(width);
        // Tab inserts a candidate, rather than going to the next field.
        let mut output = field.id_salt("filter").lock_focus(true).show(ui);
        let response = &output.response;
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SearchInput, true, words::filter()));
        let (rect, id, is_changed) = (response.rect, response.id, response.changed());
        let caret = match self.caret_to.take() {
            Some(caret) => {
                output.response.request_focus();
                let range = CCursorRange::one(CCursor::new(caret));
                output.state.cursor.set_char_range(Some(range));
                output.state.store(ui.ctx(), id);
                self.completion = None;
                caret
            }
            None => output.cursor_range.map_or(self.caret, |range| range.primary.index.into()),
        };
        if is_changed || caret != self.caret || self.completion.is_none() {
            self.caret = caret;
            self.at = None;
            self.was_entered &= !is_changed;
            self.completion = Some(session.complete_filter(&self.text, caret));
            self.refusal = session.check_filter(&self.text).err().map(|refusal| refusal.to_string());
            if is_changed {
                self.changed_s = Some(ui.input(|input| input.time));
            }
        }
        (rect, id)
    }

    /// Shows how many passages would pass, and has them counted once there is a pause in typing.
    fn count(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let text = self.text.trim();
        let count = session.filter_count(text, self.among).filter(|_| self.refusal.is_none());
        let shown = count.map_or_else(String::new, |count| words::passing(count.passing, count.of));
        ui.add_sized([COUNT_PT, size::ROW], egui::Label::new(widgets::weak_text(ui, shown)).truncate());
        let Some(changed_s) = self.changed_s.filter(|_| self.refusal.is_none()) else { return };
        let wait_s = changed_s + COUNT_AFTER_S - ui.input(|input| input.time);
        if wait_s <= 0.0 {
            self.changed_s = None;
            requests.push(FilterAction::Count { text: text.to_owned(), among: self.among });
        } else {
            ui.ctx().request_repaint_after_secs(wait_s as f32);
        }
    }

    fn candidates(&self) -> &[Candidate] {
        let all = self.completion.as_ref().map_or(&[] as &[Candidate], |completion| &completion.candidates);
        &all[..all.len().min(SHOWN)]
    }

    /// Takes the keys of the list, and returns the candidate to insert: Tab inserts the first one, Enter one that an arrow
    /// key has reached.
    fn keys(&mut self, ui: &Ui) -> Option<Candidate> {
        let count = self.candidates().len();
        if count == 0 {
            return None;
        }
        let pressed = |key| take(ui, key);
        if pressed(Key::ArrowDown) {
            self.at = Some(self.at.map_or(0, |at| (at + 1).min(count - 1)));
        }
        if pressed(Key::ArrowUp) {
            self.at = self.at.and_then(|at| at.checked_sub(1));
        }
        let chosen = match self.at {
            Some(at) if pressed(Key::Enter) || pressed(Key::Tab) => at,
            None if pressed(Key::Tab) => 0,
            Some(_) | None => return None,
        };
        self.candidates().get(chosen).cloned()
    }

    /// Replaces what is typed at the caret by a candidate. A whole term is followed by a space.
    fn insert(&mut self, candidate: &Candidate) {
        let Some(completion) = self.completion.take() else { return };
        let chars: Vec<char> = self.text.chars().collect();
        let end = completion.replace.end.min(chars.len());
        let start = completion.replace.start.min(end);
        let is_open = candidate.text.ends_with([':', '(']);
        let space = if is_open || end < chars.len() { "" } else { " " };
        let before: String = chars[..start].iter().collect();
        let after: String = chars[end..].iter().collect();
        let caret = start + candidate.text.chars().count() + space.len();
        self.text = format!("{before}{}{space}{after}", candidate.text);
        self.changed_s = Some(f64::NEG_INFINITY);
        self.caret_to = Some(caret);
        self.at = None;
    }

    /// Shows the candidates below the field. Inserts the one that was clicked.
    fn click(&mut self, ui: &Ui, field: Rect) -> Option<FieldEvent> {
        let clicked = self.list(ui, field)?;
        self.insert(&clicked);
        Some(FieldEvent::Nothing)
    }

    fn list(&self, ui: &Ui, field: Rect) -> Option<Candidate> {
        if self.candidates().is_empty() {
            return None;
        }
        let area = Area::new(Id::unique("filter candidates"))
            .order(Order::Foreground)
            .fixed_pos(field.left_bottom());
        let mut clicked = None;
        area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_width(LIST_PT.min(field.width().max(240.0)));
                ui.spacing_mut().item_spacing.y = 0.0;
                for (at, candidate) in self.candidates().iter().enumerate() {
                    if row(ui, candidate, self.at == Some(at)) {
                        clicked = Some(candidate.clone());
                    }
                }
            });
        });
        clicked
    }
}

/// Shows a candidate. Returns whether it was pressed: a click would end only after the field has lost the keyboard.
fn row(ui: &mut Ui, candidate: &Candidate, selected: bool) -> bool {
    let tokens = Tokens::of(ui);
    let (rect, response) = widgets::row(ui, size::ROW, selected, &candidate.label);
    let inner = rect.shrink2(egui::vec2(space::S, 0.0));
    let font = egui::FontId::proportional(size::INTERFACE);
    let end = widgets::line(ui, inner, &candidate.label, font, tokens.text);
    let about = inner.with_min_x((end + space::M).min(inner.right()));
    let small = egui::FontId::proportional(size::SMALL);
    widgets::line(ui, about, &candidate.about, small, tokens.text_weak);
    response.is_pointer_button_down_on() && ui.input(|input| input.pointer.any_pressed())
}

/// Takes a key from the input, so that no other part acts on it. Returns whether it was pressed.
fn take(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}
