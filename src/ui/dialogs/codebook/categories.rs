//! The categories in the editor: the list at the left, the form of the chosen one at the right.

use super::category_list::spans_of;
use std::sync::Arc;

use crate::theme::icons as m;
use egui::{Key, Modifiers, RichText, Ui};

use super::category_fields::CategoryFields;
use super::category_list::{self, Clicked, Dragging};
use super::commit::CommitTrigger;
use super::tree::{self, Row, Step};
use super::{DeleteForm, MergeForm, NewCategory, SplitForm, Task, impact};
use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::widgets;
use demarche_model::{Category, CategoryId, Codebook};
use demarche_session::{CodebookChange, Session};

/// What the tab remembers between frames.
#[derive(Default)]
pub struct Categories {
    chosen: Vec<CategoryId>,
    filter: String,
    dragging: Dragging,
    form: Option<(Arc<Category>, CategoryFields)>,
    known: Vec<CategoryId>,
    focus_row: bool,
    leaving: CommitTrigger,
    counted: impact::Counted,
}

impl Categories {
    /// Begins with a category, or with the first.
    pub fn new(codebook: &Codebook, chosen: Option<CategoryId>) -> Self {
        let first = || codebook.categories.first().map(|category| category.id.clone());
        let chosen: Vec<CategoryId> = chosen.or_else(first).into_iter().collect();
        Self {
            chosen,
            known: codebook.categories.iter().map(|c| c.id.clone()).collect(),
            focus_row: true,
            ..Self::default()
        }
    }

    /// Shows the list; says what shall be opened above the editor.
    pub fn list(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Option<Task> {
        let codebook = session.project().codebook();
        let rows = tree::rows(codebook);
        self.follow(codebook);
        let mut task = self.list_head(ui, session);
        let shown: Vec<Row> = rows.iter().filter(|row| self.fits(&row.category)).cloned().collect();
        if shown.is_empty() {
            let hint = if rows.is_empty() {
                "Add what you want to tag with the + above."
            } else {
                "Widen the filter above."
            };
            widgets::empty_state(
                ui,
                if rows.is_empty() { "No categories yet" } else { "No category fits" },
                hint,
            );
        }
        // Among a part of the rows nobody could say where something is dropped.
        let whole = shown.len() == rows.len() && session.read_only().is_none();
        let focus = self.focus_row;
        let outcome = category_list::ui(ui, session, &shown, &self.chosen, &mut self.dragging, whole, focus);
        self.focus_row = focus && !outcome.focused;
        match outcome.clicked {
            Some((id, Clicked::Alone)) => self.choose(session, vec![id], requests),
            Some((id, Clicked::Toggle)) => self.toggle(session, id, requests),
            Some((id, Clicked::Range)) => self.extend_to(session, &shown, &id, requests),
            None => {}
        }
        requests.extend(outcome.moved);
        if let Some((id, command)) = outcome.asked {
            self.choose(session, vec![id.clone()], requests);
            task = task.or(command.task(session, &id, requests));
        }
        if outcome.has_focus {
            task = task.or(self.keys(ui, session, &rows, &shown, requests));
        }
        task
    }

    /// Chooses a category that was just added, and lets go of what is not there any more.
    fn follow(&mut self, codebook: &Codebook) {
        let all = &codebook.categories;
        if all.len() == self.known.len() + 1 {
            let new = all.iter().find(|category| !self.known.contains(&category.id));
            self.chosen = new.map(|category| category.id.clone()).into_iter().collect();
            self.focus_row = true;
        }
        if all.len() != self.known.len() {
            self.known = all.iter().map(|category| category.id.clone()).collect();
        }
        self.chosen.retain(|id| codebook.category(id).is_some());
        if self.chosen.is_empty() {
            self.chosen.extend(all.first().map(|category| category.id.clone()));
        }
    }

    fn list_head(&mut self, ui: &mut Ui, session: &Session) -> Option<Task> {
        let mut task = None;
        ui.horizontal(|ui| {
            let width = ui.available_width() - 2.0 * (widgets::ICON_BUTTON + space::S);
            widgets::bare_field(ui, "Filter categories", &mut self.filter, "Filter…", width);
            ui.add_enabled_ui(session.read_only().is_none(), |ui| {
                let codebook = session.project().codebook();
                if widgets::icon_button(ui, m::ICON_ADD, "New category").clicked() {
                    task = Some(Task::New(Box::new(NewCategory::new(codebook))));
                }
                if widgets::icon_button(ui, m::ICON_CALL_MERGE, "Merge categories…").clicked() {
                    task = Some(Task::Merge(MergeForm::new(self.chosen.clone())));
                }
            });
        });
        let hint = widgets::weak(ui, "Drag, or Alt with arrows: order and nest");
        hint.on_hover_ui(|ui| {
            ui.set_max_width(340.0);
            ui.label("Drag a category between two others to order them, onto another to put it under that.");
            ui.label("Alt+↑ and Alt+↓ move it, Alt+→ puts it under the one above, Alt+← takes it out.");
            ui.label("Ctrl+click and Shift+click choose several, F2 renames, Delete deletes.");
        });
        ui.add_space(space::XS);
        task
    }

    fn fits(&self, category: &Category) -> bool {
        let words = self.filter.trim().to_lowercase();
        let texts = [&category.name, &category.definition, &category.include, &category.exclude];
        words.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&words))
    }

    fn choose(&mut self, session: &Session, chosen: Vec<CategoryId>, requests: &mut Requests) {
        if self.chosen != chosen {
            self.commit(session, requests);
            self.chosen = chosen;
        }
        self.focus_row = true;
    }

    fn toggle(&mut self, session: &Session, id: CategoryId, requests: &mut Requests) {
        let mut chosen = self.chosen.clone();
        match chosen.iter().position(|known| *known == id) {
            Some(at) if chosen.len() > 1 => {
                chosen.remove(at);
            }
            Some(_) => {}
            None => chosen.push(id),
        }
        self.choose(session, chosen, requests);
    }

    /// Chooses all from the one chosen first to this one.
    fn extend_to(&mut self, session: &Session, shown: &[Row], id: &CategoryId, requests: &mut Requests) {
        let place = |id: &CategoryId| shown.iter().position(|row| row.id() == id);
        let Some((from, to)) = self.chosen.first().and_then(place).zip(place(id)) else { return };
        let mut chosen: Vec<CategoryId> =
            shown[from.min(to)..=from.max(to)].iter().map(|row| row.id().clone()).collect();
        if to < from {
            chosen.reverse();
        }
        self.choose(session, chosen, requests);
    }

    /// The keys of the list while a row of it has the keyboard.
    fn keys(
        &mut self,
        ui: &Ui,
        session: &Session,
        rows: &[Row],
        shown: &[Row],
        requests: &mut Requests,
    ) -> Option<Task> {
        let current = self.chosen.last()?.clone();
        let writable = session.read_only().is_none();
        let take = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let steps = [
            (Key::ArrowUp, Step::Up),
            (Key::ArrowDown, Step::Down),
            (Key::ArrowRight, Step::In),
            (Key::ArrowLeft, Step::Out),
        ];
        for (key, step) in steps {
            if take(Modifiers::ALT, key) && writable {
                let at = rows.iter().position(|row| *row.id() == current)?;
                requests.extend(tree::step(rows, at, step));
                self.focus_row = true;
            }
        }
        let at = shown.iter().position(|row| *row.id() == current)?;
        let neighbour = |down: bool| if down { shown.get(at + 1) } else { shown.get(at.checked_sub(1)?) };
        for (key, down) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
            if take(Modifiers::SHIFT, key)
                && let Some(row) = neighbour(down)
            {
                self.extend_to(session, shown, row.id(), requests);
            }
            if take(Modifiers::NONE, key)
                && let Some(row) = neighbour(down)
            {
                self.choose(session, vec![row.id().clone()], requests);
            }
        }
        if let Some((_, fields)) = &mut self.form
            && (take(Modifiers::NONE, Key::F2) || take(Modifiers::NONE, Key::Enter))
        {
            fields.focus_name();
        }
        let delete = take(Modifiers::NONE, Key::Delete) && writable;
        delete.then(|| Task::Delete(DeleteForm::new(current)))
    }

    /// Shows the form of what is chosen.
    pub fn form(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Option<Task> {
        let codebook = session.project().codebook();
        if self.chosen.len() > 1 {
            return self.several(ui, session, requests);
        }
        let category = codebook.category(self.chosen.first()?)?.clone();
        if self.form.as_ref().is_none_or(|(of, _)| !Arc::ptr_eq(of, &category)) {
            self.form = Some((category.clone(), CategoryFields::new(&category)));
        }
        let (_, fields) = self.form.as_mut()?;
        let mut task = None;
        let writable = session.read_only().is_none();
        let typing = ui
            .push_id(&category.id, |ui| {
                form_head(ui, session, &category, &mut task);
                let scroll = egui::ScrollArea::vertical().id_salt("category-form").auto_shrink(false);
                scroll
                    .show(ui, |ui| {
                        let inner =
                            egui::Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO });
                        inner
                            .show(ui, |ui| {
                                ui.add_enabled_ui(writable, |ui| fields_of(ui, fields, session, requests))
                                    .inner
                            })
                            .inner
                    })
                    .inner
            })
            .inner;
        // A choice is taken at once, a colour when the pointer is let go, a text when its field is left.
        if self.leaving.is_due(ui, typing) {
            self.commit(session, requests);
        }
        task
    }

    /// Takes what was typed, as one step.
    pub fn commit(&mut self, session: &Session, requests: &mut Requests) {
        let codebook = session.project().codebook();
        let Some((base, fields)) = &self.form else { return };
        let finished = fields.finished(base, codebook);
        if finished == **base || session.read_only().is_some() {
            return;
        }
        requests.push(CodebookChange::PutCategory(Box::new(finished)));
        self.form = None;
    }

    fn several(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Option<Task> {
        let codebook = session.project().codebook().clone();
        let title = format!("{} categories", self.chosen.len());
        ui.label(RichText::new(title).font(strong(size::HEADING)));
        ui.add_space(space::XS);
        let touched = impact::words(session, self.counted.of(session, &self.chosen));
        widgets::weak(ui, touched);
        ui.add_space(space::S);
        for category in self.chosen.iter().filter_map(|id| codebook.category(id)) {
            widgets::category_row(
                ui,
                category,
                0,
                spans_of(session, &category.id),
                false,
                egui::Sense::hover(),
            );
        }
        ui.add_space(space::S);
        let mut task = None;
        ui.add_enabled_ui(session.read_only().is_none(), |ui| {
            ui.horizontal(|ui| {
                if ui.button("Merge…").clicked() {
                    task = Some(Task::Merge(MergeForm::new(self.chosen.clone())));
                }
                if ui.button("Retire").on_hover_text("Close them for new passages").clicked() {
                    let open =
                        self.chosen.iter().filter_map(|id| codebook.category(id)).filter(|c| !c.retired);
                    requests.extend(open.map(|category| super::set_retired(&codebook, category, true)));
                }
            });
        });
        task
    }
}

fn fields_of(ui: &mut Ui, fields: &mut CategoryFields, session: &Session, requests: &mut Requests) -> bool {
    let shown = fields.main(ui, session.project().codebook());
    super::take_key(session, shown.take_key_of, requests);
    let typing = fields.more(ui);
    ui.add_space(space::S);
    fields.retired(ui);
    shown.typing | typing
}

fn form_head(ui: &mut Ui, session: &Session, category: &Category, task: &mut Option<Task>) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let spans = widgets::plural(spans_of(session, &category.id), "passage");
        widgets::weak(ui, format!("{spans}, id “{}”", category.id));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_enabled_ui(session.read_only().is_none(), |ui| {
                ui.add_space(space::M);
                let id = || category.id.clone();
                if ui.button("Delete…").on_hover_text("Delete in the list").clicked() {
                    *task = Some(Task::Delete(DeleteForm::new(id())));
                }
                if ui.button("Split…").on_hover_text("Sort its passages into several categories").clicked()
                {
                    *task = Some(Task::Split(Box::new(SplitForm::new(Some(id())))));
                }
                if ui.button("Merge into…").on_hover_text("Make it one with another category").clicked() {
                    *task = Some(Task::Merge(MergeForm::new(vec![id()])));
                }
            });
        });
    });
    ui.add_space(space::XS);
}
