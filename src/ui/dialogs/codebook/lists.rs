//! Kinds of link, actors and issues in the codebook editor.

use crate::theme::icons as m;
use egui::{RichText, Ui};

use super::commit::CommitTrigger;
use super::new_items;
use crate::requests::Requests;
use crate::theme::{size, space, strong};
use crate::widgets::{self, text_field, text_list};
use crate::words::{codebook_editor as words, common};
use demarche_model::{Codebook, LinkKind, LinkKindId};
use demarche_session::{CodebookChange, Session};

/// The view of links and lists.
#[derive(Default)]
pub struct Lists {
    actors: Edited<Vec<String>>,
    issues: Edited<Vec<String>>,
    link_kinds: Vec<Edited<Option<LinkKind>>>,
    new_link_kind: String,
    commit_trigger: CommitTrigger,
}

/// A value of the project, and the same as edited.
#[derive(Default)]
struct Edited<T> {
    base: T,
    now: T,
}

impl<T: Clone + PartialEq> Edited<T> {
    /// Drops what was typed if the value has changed elsewhere.
    fn sync(&mut self, value: &T) {
        if self.base != *value {
            self.base = value.clone();
            self.now = value.clone();
        }
    }

    /// Returns what was typed, if anything was, and returns to the project's value.
    fn take(&mut self) -> Option<T> {
        let typed = std::mem::replace(&mut self.now, self.base.clone());
        (typed != self.base).then_some(typed)
    }
}

impl Lists {
    /// Shows the three lists side by side.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        self.sync(session);
        let mut typing = false;
        let writable = session.read_only().is_none();
        ui.add_enabled_ui(writable, |ui| {
            ui.spacing_mut().item_spacing.x = space::XL;
            // Columns are rounded up; without this slack they would widen the dialog in each frame.
            ui.set_max_width(ui.available_width() - 3.0);
            ui.columns(3, |columns| {
                columns.iter_mut().for_each(|column| column.spacing_mut().item_spacing.x = space::S);
                let [link_kinds, actors, issues] = columns else { return };
                typing |= self.link_kinds(link_kinds, session, requests);
                heading(actors, words::actors(), words::actors_hint());
                typing |= names(actors, words::actor(), &mut self.actors.now);
                heading(issues, words::issues(), words::issues_hint());
                typing |= names(issues, words::issue(), &mut self.issues.now);
            });
        });
        if self.commit_trigger.is_due(ui, typing) {
            self.commit(session, requests);
        }
    }

    fn sync(&mut self, session: &Session) {
        let project = session.project();
        self.actors.sync(&project.actors().to_vec());
        self.issues.sync(&project.issues().to_vec());
        let link_kinds = &project.codebook().link_kinds;
        self.link_kinds.resize_with(link_kinds.len(), Edited::default);
        for (edited, kind) in self.link_kinds.iter_mut().zip(link_kinds) {
            edited.sync(&Some((**kind).clone()));
        }
    }

    fn link_kinds(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> bool {
        heading(ui, words::link_kinds(), words::link_kinds_hint());
        let mut typing = false;
        egui::ScrollArea::vertical().id_salt("link-kinds").auto_shrink(false).show(ui, |ui| {
            for (index, edited) in self.link_kinds.iter_mut().enumerate() {
                let Some(kind) = &mut edited.now else { continue };
                ui.push_id(("kind", index), |ui| typing |= link_kind(ui, index + 1, kind, requests));
                ui.add_space(space::M);
            }
            let (name, hint) = (words::new_link_kind(), words::new_link_kind_hint());
            let field = widgets::bare_field(ui, name, &mut self.new_link_kind, hint, f32::INFINITY);
            typing |= field.has_focus();
            if field.lost_focus() && !self.new_link_kind.trim().is_empty() {
                let name = std::mem::take(&mut self.new_link_kind);
                let kind = new_link_kind(session.project().codebook(), &name);
                requests.push(CodebookChange::PutLinkKind(Box::new(kind)));
            }
        });
        typing
    }

    /// Applies what was typed, one step for each list and each kind of link.
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
        for edited in &mut self.link_kinds {
            let kind = edited.take().flatten().filter(|kind| !kind.name.trim().is_empty());
            let change = kind.map(|kind| CodebookChange::PutLinkKind(Box::new(kind)));
            requests.extend(change);
        }
    }
}

/// Shows the title of a list and a hint on one line, so that all lists start at the same height.
fn heading(ui: &mut Ui, name: &str, hint: &str) {
    ui.label(RichText::new(name).font(strong(size::INTERFACE)));
    widgets::weak(ui, hint);
    ui.add_space(space::S);
}

fn link_kind(ui: &mut Ui, number: usize, kind: &mut LinkKind, requests: &mut Requests) -> bool {
    let mut typing = false;
    ui.horizontal(|ui| {
        let width = ui.available_width() - widgets::ICON_BUTTON - 2.0 * space::S;
        let field = widgets::bare_field(ui, &words::link_kind(number), &mut kind.name, "", width);
        typing |= field.has_focus();
        if widgets::icon_button(ui, m::ICON_DELETE, &words::delete_link_kind(&kind.name)).clicked() {
            requests.push(CodebookChange::DeleteLinkKind(kind.id.clone()));
        }
    });
    typing |= text_field(ui, common::definition(), &mut kind.definition, 2, "").has_focus();
    let mut answers = kind.is_answer();
    if ui.checkbox(&mut answers, words::answers()).on_hover_text(words::answers_hint()).changed() {
        kind.answers = Some(answers);
    }
    typing
}

/// Shows a list of names; returns whether the user is typing.
fn names(ui: &mut Ui, noun: &str, list: &mut Vec<String>) -> bool {
    let scroll = egui::ScrollArea::vertical().id_salt(noun).auto_shrink(false);
    let content = |ui: &mut Ui| {
        let typing = text_list(ui, noun, list, "");
        ui.add_space(space::XS);
        widgets::weak(ui, words::rename_hint());
        typing
    };
    scroll.show(ui, content).inner
}

/// Returns the names without spaces around them, and each only once.
fn cleaned(list: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(list.len());
    for name in list.iter().map(|name| name.trim()) {
        if !name.is_empty() && !out.iter().any(|known| known == name) {
            out.push(name.to_owned());
        }
    }
    out
}

fn new_link_kind(codebook: &Codebook, name: &str) -> LinkKind {
    let taken = |id: &str| codebook.link_kinds.iter().any(|kind| kind.id.as_str() == id);
    let id = LinkKindId::new(new_items::free_id(name, "link", taken));
    LinkKind::new(id, name.trim(), "")
}
