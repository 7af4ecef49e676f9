//! The attributes in the codebook editor: the list on the left, the form of the selected one on the right.

use std::sync::Arc;

use crate::theme::icons as m;
use egui::{EventFilter, FontId, Key, Modifiers, Rect, Ui, vec2};

use super::attribute_fields::AttributeFields;
use super::commit::CommitTrigger;
use super::{DeleteAttribute, Task, new_items};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::widgets;
use crate::words::{attribute as words, common};
use demarche_model::{AttributeDef, AttributeId, AttributeKind, Codebook};
use demarche_session::{CodebookChange, Session};

/// The attributes view of the editor.
#[derive(Default)]
pub struct Attributes {
    selected: Option<AttributeId>,
    /// The form, and the attribute that it was filled from.
    form: Option<(Arc<AttributeDef>, AttributeFields)>,
    /// An attribute that was added and is to be selected.
    added: Option<AttributeId>,
    focus_row: bool,
    commit_trigger: CommitTrigger,
}

impl Attributes {
    /// Shows the list; returns a dialog to open above the editor.
    pub fn list(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Option<Task> {
        let codebook = session.project().codebook();
        let writable = session.read_only().is_none();
        self.sync(codebook);
        ui.horizontal(|ui| {
            let add = ui.add_enabled(writable, egui::Button::new(words::new()));
            if add.on_hover_text(words::new_hint()).clicked() {
                self.commit(session, requests);
                let new = new_attribute(codebook);
                self.added = Some(new.id.clone());
                requests.push(CodebookChange::PutAttribute(Box::new(new)));
            }
            self.move_buttons(ui, session, requests);
        });
        ui.add_space(space::XS);
        if codebook.attributes.is_empty() {
            widgets::empty_state(ui, words::no_attributes(), words::no_attributes_hint());
        }
        let mut task = None;
        egui::ScrollArea::vertical().id_salt("attributes").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            for attribute in &codebook.attributes {
                task = self.row(ui, session, attribute, requests).or(task.take());
            }
        });
        task
    }

    /// Selects an attribute that was just added, with the keyboard in its name; deselects one that was deleted.
    fn sync(&mut self, codebook: &Codebook) {
        let existing = |id: &AttributeId| codebook.attributes.iter().find(|a| a.id == *id).cloned();
        if let Some(attribute) = self.added.as_ref().and_then(existing) {
            self.selected = self.added.take();
            let mut fields = AttributeFields::new(&attribute);
            fields.focus_name();
            self.form = Some((attribute, fields));
        }
        if self.selected.as_ref().and_then(existing).is_none() {
            self.selected = codebook.attributes.first().map(|attribute| attribute.id.clone());
        }
    }

    fn move_buttons(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let last = session.project().codebook().attributes.len().saturating_sub(1);
        let writable = session.read_only().is_none();
        let index = self.index(session);
        ui.spacing_mut().item_spacing.x = space::XS;
        let buttons = [
            (m::ICON_ARROW_UPWARD, words::move_up(), false, index.is_some_and(|index| index > 0)),
            (m::ICON_ARROW_DOWNWARD, words::move_down(), true, index.is_some_and(|index| index < last)),
        ];
        for (icon, name, down, possible) in buttons {
            ui.add_enabled_ui(possible && writable, |ui| {
                if widgets::icon_button(ui, icon, name).clicked() {
                    self.move_selected(session, down, requests);
                }
            });
        }
    }

    /// The index of the selected attribute.
    fn index(&self, session: &Session) -> Option<usize> {
        let attributes = &session.project().codebook().attributes;
        attributes.iter().position(|attribute| Some(&attribute.id) == self.selected.as_ref())
    }

    fn move_selected(&mut self, session: &Session, down: bool, requests: &mut Requests) {
        let attributes = &session.project().codebook().attributes;
        let Some(index) = self.index(session) else { return };
        if if down { index + 1 >= attributes.len() } else { index == 0 } {
            return;
        }
        let before = attributes.get(if down { index + 2 } else { index - 1 });
        let (id, before) = (attributes[index].id.clone(), before.map(|attribute| attribute.id.clone()));
        requests.push(CodebookChange::MoveAttribute { id, before });
        self.focus_row = true;
    }

    fn row(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        attribute: &AttributeDef,
        requests: &mut Requests,
    ) -> Option<Task> {
        let selected = self.selected.as_ref() == Some(&attribute.id);
        let (rect, response) = widgets::row(ui, size::ROW, selected, &attribute.name);
        let tokens = Tokens::of(ui);
        if let Some(key) = attribute.hotkey {
            let centre = egui::pos2(rect.left() + space::M, rect.center().y);
            widgets::key_cap(ui, Rect::from_center_size(centre, vec2(16.0, 17.0)), &key.to_string());
        }
        let (kind, small) = (words::kind_name(&attribute.kind), FontId::proportional(size::SMALL));
        let right = rect.with_max_x(rect.right() - space::S);
        let end = widgets::line_right(ui, right, kind, small, tokens.text_weak);
        let name = rect.with_min_x(rect.left() + 28.0).with_max_x(end - space::S);
        widgets::line(ui, name, &attribute.name, FontId::proportional(size::INTERFACE), tokens.text);
        if selected && std::mem::take(&mut self.focus_row) {
            response.request_focus();
        }
        let mut task = None;
        if response.has_focus() {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            task = self.keys(ui, session, requests);
        }
        if response.clicked() {
            self.select(session, attribute.id.clone(), requests);
        }
        response.on_hover_text(words::list_keys());
        task
    }

    fn select(&mut self, session: &Session, id: AttributeId, requests: &mut Requests) {
        if self.selected.as_ref() != Some(&id) {
            self.commit(session, requests);
            self.selected = Some(id);
        }
        self.focus_row = true;
    }

    fn keys(&mut self, ui: &Ui, session: &Session, requests: &mut Requests) -> Option<Task> {
        let writable = session.read_only().is_none();
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        for (key, down) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
            if pressed(Modifiers::ALT, key) && writable {
                self.move_selected(session, down, requests);
            }
            if pressed(Modifiers::NONE, key) {
                let index = self.index(session)?;
                let index = if down { index + 1 } else { index.checked_sub(1)? };
                let id = session.project().codebook().attributes.get(index)?.id.clone();
                self.select(session, id, requests);
            }
        }
        if let Some((_, fields)) = &mut self.form
            && (pressed(Modifiers::NONE, Key::F2) || pressed(Modifiers::NONE, Key::Enter))
        {
            fields.focus_name();
        }
        let delete = pressed(Modifiers::NONE, Key::Delete) && writable;
        let id = self.selected.clone().filter(|_| delete)?;
        Some(Task::DeleteAttribute(DeleteAttribute::new(session, id)))
    }

    /// Shows the form of the selected attribute; returns a dialog to open above the editor.
    pub fn form(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Option<Task> {
        let attribute = session.project().codebook().attributes.get(self.index(session)?)?.clone();
        if self.form.as_ref().is_none_or(|(base, _)| !Arc::ptr_eq(base, &attribute)) {
            self.form = Some((attribute.clone(), AttributeFields::new(&attribute)));
        }
        let (_, fields) = self.form.as_mut()?;
        let writable = session.read_only().is_none();
        let mut task = None;
        let typing = ui.push_id(&attribute.id, |ui| {
            task = form_header(ui, session, &attribute.id);
            ui.add_space(space::XS);
            let scroll = egui::ScrollArea::vertical().id_salt("attribute-form").auto_shrink(false);
            let frame = egui::Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO });
            let content = |ui: &mut Ui| ui.add_enabled_ui(writable, |ui| fields.ui(ui, session)).inner;
            scroll.show(ui, |ui| frame.show(ui, content).inner).inner
        });
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
        requests.push(CodebookChange::PutAttribute(Box::new(finished)));
        self.form = None;
    }
}

/// Shows the attribute's id and the button that deletes it; returns the dialog for that.
fn form_header(ui: &mut Ui, session: &Session, id: &AttributeId) -> Option<Task> {
    let mut task = None;
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        widgets::weak(ui, words::id(id.as_str()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(space::M);
            let delete = egui::Button::new(common::delete());
            let delete = ui.add_enabled(session.read_only().is_none(), delete);
            if delete.on_hover_text(words::delete_hint()).clicked() {
                task = Some(Task::DeleteAttribute(DeleteAttribute::new(session, id.clone())));
            }
        });
    });
    task
}

/// A new attribute, with an id that is free.
fn new_attribute(codebook: &Codebook) -> AttributeDef {
    let taken = |id: &str| codebook.attributes.iter().any(|attribute| attribute.id.as_str() == id);
    let id = new_items::free_id("attribute", "attribute", taken);
    let name = words::new_name(id.strip_prefix("attribute-"));
    AttributeDef::new(AttributeId::new(id), name, AttributeKind::Choice(Vec::new()))
}
