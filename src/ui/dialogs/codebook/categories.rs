//! The categories in the codebook editor: the list on the left, the form of the selected one on the right.

use std::sync::Arc;

use crate::theme::icons as m;
use egui::{Key, Modifiers, Ui};

use super::category_fields::CategoryFields;
use super::category_form::{fields, form_header, several};
use super::category_list::{self, Click, ListState};
use super::commit::CommitTrigger;
use super::impact::CachedImpact;
use super::tree::{self, Row, Step};
use super::{DeleteForm, MergeForm, NewCategory, Task};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::{categories as words, common};
use demarche_model::{Category, CategoryId, Codebook};
use demarche_session::{CodebookChange, Session};

/// The categories view of the editor.
#[derive(Default)]
pub struct Categories {
    /// The selected categories; the last one is current.
    selected: Vec<CategoryId>,
    filter: String,
    dragged: Option<CategoryId>,
    /// The form, and the category that it was filled from.
    form: Option<(Arc<Category>, CategoryFields)>,
    /// The categories of the frame before, which tell what was added.
    known: Vec<CategoryId>,
    focus_row: bool,
    commit_trigger: CommitTrigger,
    impact: CachedImpact,
}

impl Categories {
    /// The view with a category selected, or the first one.
    pub fn new(codebook: &Codebook, selected: Option<CategoryId>) -> Self {
        let first = || codebook.categories.first().map(|category| category.id.clone());
        Self {
            selected: selected.or_else(first).into_iter().collect(),
            known: codebook.categories.iter().map(|c| c.id.clone()).collect(),
            focus_row: true,
            ..Self::default()
        }
    }

    /// Shows the list; returns a dialog to open above the editor.
    pub fn list(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Option<Task> {
        let codebook = session.project().codebook();
        let rows = tree::rows(codebook);
        self.sync(codebook);
        let mut task = self.list_header(ui, session);
        let visible: Vec<Row> = rows.iter().filter(|row| self.matches(&row.category)).cloned().collect();
        if rows.is_empty() {
            widgets::empty_state(ui, common::no_categories(), common::no_categories_hint());
        } else if visible.is_empty() {
            widgets::empty_state(ui, words::no_match(), words::no_match_hint());
        }
        let state = ListState {
            selected: &self.selected,
            // In a filtered list the place of a drop would be ambiguous.
            movable: visible.len() == rows.len() && session.read_only().is_none(),
            focus_row: self.focus_row,
        };
        let events = category_list::ui(ui, session, &visible, state, &mut self.dragged);
        self.focus_row &= !events.row_focused;
        match events.clicked {
            Some((id, Click::Alone)) => self.select(session, vec![id], requests),
            Some((id, Click::Toggle)) => self.toggle(session, id, requests),
            Some((id, Click::Range)) => self.extend_to(session, &visible, &id, requests),
            None => {}
        }
        requests.extend(events.moved);
        if let Some((id, command)) = events.menu_command {
            self.select(session, vec![id.clone()], requests);
            task = task.or(command.task(session, &id, requests));
        }
        if events.has_focus {
            task = task.or(self.keys(ui, session, &rows, &visible, requests));
        }
        task
    }

    /// Selects a category that was just added, and deselects those that were deleted.
    fn sync(&mut self, codebook: &Codebook) {
        let all = &codebook.categories;
        if all.len() == self.known.len() + 1 {
            let new = all.iter().find(|category| !self.known.contains(&category.id));
            self.selected = new.map(|category| category.id.clone()).into_iter().collect();
            self.focus_row = true;
        }
        if all.len() != self.known.len() {
            self.known = all.iter().map(|category| category.id.clone()).collect();
        }
        self.selected.retain(|id| codebook.category(id).is_some());
        if self.selected.is_empty() {
            self.selected.extend(all.first().map(|category| category.id.clone()));
        }
    }

    fn list_header(&mut self, ui: &mut Ui, session: &Session) -> Option<Task> {
        let mut task = None;
        ui.horizontal(|ui| {
            let width = ui.available_width() - 2.0 * (widgets::ICON_BUTTON + space::S);
            widgets::bare_field(ui, words::filter(), &mut self.filter, words::filter_hint(), width);
            ui.add_enabled_ui(session.read_only().is_none(), |ui| {
                let codebook = session.project().codebook();
                if widgets::icon_button(ui, m::ICON_ADD, words::new()).clicked() {
                    task = Some(Task::New(Box::new(NewCategory::new(codebook))));
                }
                if widgets::icon_button(ui, m::ICON_CALL_MERGE, words::merge_several()).clicked() {
                    task = Some(Task::Merge(MergeForm::new(self.selected.clone())));
                }
            });
        });
        let hint = widgets::weak(ui, words::reorder());
        hint.on_hover_ui(|ui| {
            ui.set_max_width(340.0);
            for line in [words::reorder_by_pointer(), words::reorder_by_keyboard(), words::list_keys()] {
                ui.label(line);
            }
        });
        ui.add_space(space::XS);
        task
    }

    fn matches(&self, category: &Category) -> bool {
        let wanted = self.filter.trim().to_lowercase();
        let texts = [&category.name, &category.definition, &category.include, &category.exclude];
        wanted.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&wanted))
    }

    fn select(&mut self, session: &Session, selected: Vec<CategoryId>, requests: &mut Requests) {
        if self.selected != selected {
            self.commit(session, requests);
            self.selected = selected;
        }
        self.focus_row = true;
    }

    fn toggle(&mut self, session: &Session, id: CategoryId, requests: &mut Requests) {
        let mut selected = self.selected.clone();
        match selected.iter().position(|known| *known == id) {
            Some(index) if selected.len() > 1 => {
                selected.remove(index);
            }
            Some(_) => {}
            None => selected.push(id),
        }
        self.select(session, selected, requests);
    }

    /// Selects all from the one that was selected first to this one.
    fn extend_to(&mut self, session: &Session, visible: &[Row], id: &CategoryId, requests: &mut Requests) {
        let index = |id: &CategoryId| visible.iter().position(|row| row.id() == id);
        let Some((from, to)) = self.selected.first().and_then(index).zip(index(id)) else { return };
        let range = &visible[from.min(to)..=from.max(to)];
        let mut selected: Vec<CategoryId> = range.iter().map(|row| row.id().clone()).collect();
        if to < from {
            selected.reverse();
        }
        self.select(session, selected, requests);
    }

    /// Handles the keys of the list while one of its rows has the keyboard.
    fn keys(
        &mut self,
        ui: &Ui,
        session: &Session,
        rows: &[Row],
        visible: &[Row],
        requests: &mut Requests,
    ) -> Option<Task> {
        let current = self.selected.last()?.clone();
        let writable = session.read_only().is_none();
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let steps = [
            (Key::ArrowUp, Step::Up),
            (Key::ArrowDown, Step::Down),
            (Key::ArrowRight, Step::In),
            (Key::ArrowLeft, Step::Out),
        ];
        for (key, step) in steps {
            if pressed(Modifiers::ALT, key) && writable {
                let index = rows.iter().position(|row| *row.id() == current)?;
                requests.extend(tree::step(rows, index, step));
                self.focus_row = true;
            }
        }
        let index = visible.iter().position(|row| *row.id() == current)?;
        for (key, neighbour) in [(Key::ArrowDown, Some(index + 1)), (Key::ArrowUp, index.checked_sub(1))] {
            let row = neighbour.and_then(|neighbour| visible.get(neighbour));
            if pressed(Modifiers::SHIFT, key)
                && let Some(row) = row
            {
                self.extend_to(session, visible, row.id(), requests);
            }
            if pressed(Modifiers::NONE, key)
                && let Some(row) = row
            {
                self.select(session, vec![row.id().clone()], requests);
            }
        }
        if let Some((_, fields)) = &mut self.form
            && (pressed(Modifiers::NONE, Key::F2) || pressed(Modifiers::NONE, Key::Enter))
        {
            fields.focus_name();
        }
        let delete = pressed(Modifiers::NONE, Key::Delete) && writable;
        delete.then(|| Task::Delete(DeleteForm::new(current)))
    }

    /// Shows the form of the selected category, or what can be done with several; returns a dialog to open above the
    /// editor.
    pub fn form(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Option<Task> {
        let codebook = session.project().codebook();
        if self.selected.len() > 1 {
            let impact = self.impact.get(session, &self.selected);
            return several(ui, session, &self.selected, impact, requests);
        }
        let category = codebook.category(self.selected.first()?)?.clone();
        if self.form.as_ref().is_none_or(|(base, _)| !Arc::ptr_eq(base, &category)) {
            self.form = Some((category.clone(), CategoryFields::new(&category)));
        }
        let (_, form) = self.form.as_mut()?;
        let mut task = None;
        let writable = session.read_only().is_none();
        let typing = ui.push_id(&category.id, |ui| {
            task = form_header(ui, session, &category);
            let scroll = egui::ScrollArea::vertical().id_salt("category-form").auto_shrink(false);
            let frame = egui::Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO });
            let content =
                |ui: &mut Ui| ui.add_enabled_ui(writable, |ui| fields(ui, form, session, requests)).inner;
            scroll.show(ui, |ui| frame.show(ui, content).inner).inner
        });
        // A choice is applied at once, a colour when the pointer is released, a text when its field is left.
        if self.commit_trigger.is_due(ui, typing.inner) {
            self.commit(session, requests);
        }
        task
    }

    /// Applies what was typed, as one step.
    pub fn commit(&mut self, session: &Session, requests: &mut Requests) {
        let Some((base, fields)) = &self.form else { return };
        let finished = fields.finished(base, session.project().codebook());
        if finished == **base || session.read_only().is_some() {
            return;
        }
        requests.push(CodebookChange::PutCategory(Box::new(finished)));
        self.form = None;
    }
}
