//! Kinds of link, actors and issues in the editor.

use crate::theme::icons as m;
use egui::{RichText, Ui};

use super::commit::CommitTrigger;
use super::new_items;
use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::widgets::{self, text_field, text_list};
use demarche_model::{Codebook, LinkKind, LinkKindId};
use demarche_session::{CodebookChange, Session};

/// What is typed, with what it was begun from.
#[derive(Default)]
pub struct Lists {
    actors: Typed<Vec<String>>,
    issues: Typed<Vec<String>>,
    kinds: Vec<Typed<Option<LinkKind>>>,
    new_kind: String,
    leaving: CommitTrigger,
}

/// A value that is being changed.
#[derive(Default)]
struct Typed<T> {
    base: T,
    now: T,
}

impl<T: Clone + PartialEq> Typed<T> {
    /// Begins anew where the value has changed elsewhere.
    fn follow(&mut self, value: &T) {
        if self.base != *value {
            self.base = value.clone();
            self.now = value.clone();
        }
    }

    /// What was typed, if anything was; from then on it is what the project has.
    fn take(&mut self) -> Option<T> {
        let typed = std::mem::replace(&mut self.now, self.base.clone());
        (typed != self.base).then_some(typed)
    }
}

impl Lists {
    /// Shows the three lists side by side.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        self.follow(session);
        let mut typing = false;
        let writable = session.read_only().is_none();
        ui.add_enabled_ui(writable, |ui| {
            ui.spacing_mut().item_spacing.x = space::XL;
            // Columns are rounded up; what they take more than there is would move the whole dialog.
            ui.set_max_width(ui.available_width() - 3.0);
            ui.columns(3, |columns| {
                columns.iter_mut().for_each(|column| column.spacing_mut().item_spacing.x = space::S);
                let [kinds, actors, issues] = columns else { return };
                typing |= self.kinds(kinds, session, requests);
                let note = "Who acts or is addressed.";
                typing |= texts(actors, "Actors", "actor", note, &mut self.actors.now);
                typing |= texts(issues, "Issues", "issue", "What moves are about.", &mut self.issues.now);
            });
        });
        if self.leaving.is_due(ui, typing) {
            self.commit(session, requests);
        }
    }

    fn follow(&mut self, session: &Session) {
        let project = session.project();
        self.actors.follow(&project.actors().to_vec());
        self.issues.follow(&project.issues().to_vec());
        let kinds = &project.codebook().link_kinds;
        self.kinds.resize_with(kinds.len(), Typed::default);
        for (typed, kind) in self.kinds.iter_mut().zip(kinds) {
            typed.follow(&Some((**kind).clone()));
        }
    }

    fn kinds(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> bool {
        heading(ui, "Kinds of link", "How one passage answers to another.");
        let mut typing = false;
        egui::ScrollArea::vertical().id_salt("link-kinds").auto_shrink(false).show(ui, |ui| {
            for (at, typed) in self.kinds.iter_mut().enumerate() {
                let Some(kind) = &mut typed.now else { continue };
                ui.push_id(("kind", at), |ui| typing |= one_kind(ui, at + 1, kind, requests));
                ui.add_space(space::M);
            }
            let hint = "Add kind of link, then Enter";
            let field = widgets::bare_field(ui, "New kind of link", &mut self.new_kind, hint, f32::INFINITY);
            typing |= field.has_focus();
            if field.lost_focus() && !self.new_kind.trim().is_empty() {
                let kind = fresh_kind(session.project().codebook(), &std::mem::take(&mut self.new_kind));
                requests.push(CodebookChange::PutLinkKind(Box::new(kind)));
            }
        });
        typing
    }

    /// Takes what was typed, one step for each list and each kind of link.
    pub fn commit(&mut self, session: &Session, requests: &mut Requests) {
        if session.read_only().is_some() {
            return;
        }
        if let Some(actors) = self.actors.take() {
            requests.push(CodebookChange::SetActors(cleaned(actors)));
        }
        if let Some(issues) = self.issues.take() {
            requests.push(CodebookChange::SetIssues(cleaned(issues)));
        }
        for typed in &mut self.kinds {
            let kind = typed.take().flatten().filter(|kind| !kind.name.trim().is_empty());
            let change = kind.map(|kind| CodebookChange::PutLinkKind(Box::new(kind)));
            requests.extend(change);
        }
    }
}

/// Says what a list is; on one line, so that the lists begin at one height.
fn heading(ui: &mut Ui, name: &str, note: &str) {
    ui.label(RichText::new(name).font(strong(size::INTERFACE)));
    widgets::weak(ui, note);
    ui.add_space(space::S);
}

fn one_kind(ui: &mut Ui, number: usize, kind: &mut LinkKind, requests: &mut Requests) -> bool {
    let mut typing = false;
    ui.horizontal(|ui| {
        let width = ui.available_width() - widgets::ICON_BUTTON - 2.0 * space::S;
        typing |=
            widgets::bare_field(ui, &format!("Kind of link {number}"), &mut kind.name, "", width).has_focus();
        let name = format!("Delete the kind of link {}", kind.name);
        if widgets::icon_button(ui, m::ICON_DELETE, &name).clicked() {
            requests.push(CodebookChange::DeleteLinkKind(kind.id.clone()));
        }
    });
    typing | text_field(ui, "Definition", &mut kind.definition, 2, "").has_focus()
}

fn texts(ui: &mut Ui, name: &str, one: &str, note: &str, list: &mut Vec<String>) -> bool {
    heading(ui, name, note);
    let scroll = egui::ScrollArea::vertical().id_salt(name).auto_shrink(false);
    scroll
        .show(ui, |ui| {
            let typing = text_list(ui, one, list, "");
            ui.add_space(space::XS);
            widgets::weak(ui, "A new name here changes no passage that is tagged already.");
            typing
        })
        .inner
}

/// Names without the empty ones, each once.
fn cleaned(list: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(list.len());
    for name in list.iter().map(|name| name.trim()) {
        if !name.is_empty() && !out.iter().any(|known| known == name) {
            out.push(name.to_owned());
        }
    }
    out
}

fn fresh_kind(codebook: &Codebook, name: &str) -> LinkKind {
    let taken = |id: &str| codebook.link_kinds.iter().any(|kind| kind.id.as_str() == id);
    let id = LinkKindId::new(new_items::free_id(name, "link", taken));
    LinkKind { id, name: name.trim().to_owned(), definition: String::new() }
}
