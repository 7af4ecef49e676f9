//! The attributes in the editor: the list at the left, the form of the chosen one at the right.

use std::sync::Arc;

use crate::theme::icons as m;
use egui::{EventFilter, FontId, Key, Modifiers, Rect, Ui, vec2};

use super::attribute_fields::AttributeFields;
use super::leaving::Leaving;
use super::{DeleteAttribute, Task, names};
use crate::requests::Requests;
use crate::theme::{Tokens, size, space};
use crate::{widgets, words};
use demarche_model::{AttributeDef, AttributeId, AttributeKind, Codebook};
use demarche_session::{CodebookChange, Session};

/// What the tab remembers between frames.
#[derive(Default)]
pub struct Attributes {
    chosen: Option<AttributeId>,
    form: Option<(Arc<AttributeDef>, AttributeFields)>,
    fresh: Option<AttributeId>,
    focus_row: bool,
    leaving: Leaving,
}

impl Attributes {
    /// Shows the list; says what shall be opened above the editor.
    pub fn list(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Option<Task> {
        let codebook = session.project().codebook();
        let writable = session.read_only().is_none();
        self.follow(codebook);
        ui.horizontal(|ui| {
            let add = ui.add_enabled(writable, egui::Button::new("New attribute"));
            if add.on_hover_text("Add something that can be said of a passage").clicked() {
                self.flush(session, requests);
                let fresh = fresh_attribute(codebook);
                self.fresh = Some(fresh.id.clone());
                requests.push(CodebookChange::PutAttribute(Box::new(fresh)));
            }
            self.order(ui, session, requests);
        });
        ui.add_space(space::XS);
        if codebook.attributes.is_empty() {
            widgets::empty_state(
                ui,
                "No attributes yet",
                "Add what can be said of a passage: who, to whom, about what.",
            );
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

    /// Chooses an attribute that was just added, with its name to be typed; lets go of one that is not there any more.
    fn follow(&mut self, codebook: &Codebook) {
        let there = |id: &AttributeId| codebook.attributes.iter().find(|a| a.id == *id).cloned();
        if let Some(attribute) = self.fresh.as_ref().and_then(there) {
            self.chosen = self.fresh.take();
            let mut fields = AttributeFields::new(&attribute);
            fields.focus_name();
            self.form = Some((attribute, fields));
        }
        if self.chosen.as_ref().and_then(there).is_none() {
            self.chosen = codebook.attributes.first().map(|attribute| attribute.id.clone());
        }
    }

    fn order(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        let last = session.project().codebook().attributes.len().saturating_sub(1);
        let writable = session.read_only().is_none();
        let at = self.place(session);
        ui.spacing_mut().item_spacing.x = space::XS;
        let buttons = [
            (m::ICON_ARROW_UPWARD, "Move up (Alt+↑)", false, at.is_some_and(|at| at > 0)),
            (m::ICON_ARROW_DOWNWARD, "Move down (Alt+↓)", true, at.is_some_and(|at| at < last)),
        ];
        for (icon, name, down, possible) in buttons {
            ui.add_enabled_ui(possible && writable, |ui| {
                if widgets::icon_button(ui, icon, name).clicked() {
                    self.step(session, down, requests);
                }
            });
        }
    }

    fn place(&self, session: &Session) -> Option<usize> {
        let attributes = &session.project().codebook().attributes;
        attributes.iter().position(|attribute| Some(&attribute.id) == self.chosen.as_ref())
    }

    fn step(&mut self, session: &Session, down: bool, requests: &mut Requests) {
        let attributes = &session.project().codebook().attributes;
        let Some(at) =
            self.place(session).filter(|at| if down { at + 1 < attributes.len() } else { *at > 0 })
        else {
            return;
        };
        let before = attributes.get(if down { at + 2 } else { at - 1 }).map(|attribute| attribute.id.clone());
        let id = attributes[at].id.clone();
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
        let chosen = self.chosen.as_ref() == Some(&attribute.id);
        let (rect, response) = widgets::row(ui, size::ROW, chosen, &attribute.name);
        let tokens = Tokens::of(ui);
        if let Some(key) = attribute.hotkey {
            let at = egui::pos2(rect.left() + space::M, rect.center().y);
            widgets::key_cap(ui, Rect::from_center_size(at, vec2(16.0, 17.0)), &key.to_string());
        }
        let small = FontId::proportional(size::SMALL);
        let right = rect.with_max_x(rect.right() - space::S);
        let end = widgets::line_right(
            ui,
            right,
            words::attribute::kind_name(&attribute.kind),
            small,
            tokens.text_weak,
        );
        let name = rect.with_min_x(rect.left() + 28.0).with_max_x(end - space::S);
        widgets::line(ui, name, &attribute.name, FontId::proportional(size::INTERFACE), tokens.text);
        if chosen && std::mem::take(&mut self.focus_row) {
            response.request_focus();
        }
        let mut task = None;
        if response.has_focus() {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            task = self.keys(ui, session, requests);
        }
        if response.clicked() {
            self.choose(session, attribute.id.clone(), requests);
        }
        response.on_hover_text("Alt+↑ Alt+↓ move it, F2 renames, Delete deletes.");
        task
    }

    fn choose(&mut self, session: &Session, id: AttributeId, requests: &mut Requests) {
        if self.chosen.as_ref() != Some(&id) {
            self.flush(session, requests);
            self.chosen = Some(id);
        }
        self.focus_row = true;
    }

    fn keys(&mut self, ui: &Ui, session: &Session, requests: &mut Requests) -> Option<Task> {
        let writable = session.read_only().is_none();
        let take = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        for (key, down) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
            if take(Modifiers::ALT, key) && writable {
                self.step(session, down, requests);
            }
            if take(Modifiers::NONE, key) {
                let at = self.place(session)?;
                let to = if down { at + 1 } else { at.checked_sub(1)? };
                let id = session.project().codebook().attributes.get(to)?.id.clone();
                self.choose(session, id, requests);
            }
        }
        if let Some((_, fields)) = &mut self.form
            && (take(Modifiers::NONE, Key::F2) || take(Modifiers::NONE, Key::Enter))
        {
            fields.focus_name();
        }
        let delete = take(Modifiers::NONE, Key::Delete) && writable;
        Some(Task::DeleteAttribute(DeleteAttribute::new(session, self.chosen.clone().filter(|_| delete)?)))
    }

    /// Shows the form of the chosen one.
    pub fn form(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Option<Task> {
        let attribute = session.project().codebook().attributes.get(self.place(session)?)?.clone();
        if self.form.as_ref().is_none_or(|(of, _)| !Arc::ptr_eq(of, &attribute)) {
            self.form = Some((attribute.clone(), AttributeFields::new(&attribute)));
        }
        let (_, fields) = self.form.as_mut()?;
        let writable = session.read_only().is_none();
        let mut task = None;
        let typing = ui.push_id(&attribute.id, |ui| {
            ui.horizontal(|ui| {
                ui.set_min_height(size::ROW);
                widgets::weak(ui, format!("id “{}”", attribute.id));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.add_space(space::M);
                    let delete = ui.add_enabled(writable, egui::Button::new("Delete…"));
                    if delete.on_hover_text("Delete in the list").clicked() {
                        task =
                            Some(Task::DeleteAttribute(DeleteAttribute::new(session, attribute.id.clone())));
                    }
                });
            });
            ui.add_space(space::XS);
            let scroll = egui::ScrollArea::vertical().id_salt("attribute-form").auto_shrink(false);
            let inner = egui::Frame::new().inner_margin(egui::Margin { right: 12, ..egui::Margin::ZERO });
            let shown = |ui: &mut Ui| ui.add_enabled_ui(writable, |ui| fields.ui(ui, session)).inner;
            scroll.show(ui, |ui| inner.show(ui, shown).inner).inner
        });
        if self.leaving.is_due(ui, typing.inner) {
            self.flush(session, requests);
        }
        task
    }

    /// Takes what was typed, as one step.
    pub fn flush(&mut self, session: &Session, requests: &mut Requests) {
        let Some((base, fields)) = &self.form else { return };
        let finished = fields.finished(base, session.project().codebook());
        if finished == **base || session.read_only().is_some() {
            return;
        }
        requests.push(CodebookChange::PutAttribute(Box::new(finished)));
        self.form = None;
    }
}

/// An attribute to begin with.
fn fresh_attribute(codebook: &Codebook) -> AttributeDef {
    let taken = |id: &str| codebook.attributes.iter().any(|attribute| attribute.id.as_str() == id);
    let id = names::free_id("attribute", "attribute", taken);
    let number = id.strip_prefix("attribute-").map(|number| format!(" {number}")).unwrap_or_default();
    AttributeDef::new(
        AttributeId::new(id),
        format!("New attribute{number}"),
        AttributeKind::Choice(Vec::new()),
    )
}
