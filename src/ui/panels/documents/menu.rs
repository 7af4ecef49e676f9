//! The context menu of a row. Its entries are for all documents that are chosen with it.

use egui::{Button, Key, Ui};

use crate::commands::DialogCommand;
use crate::panels::memos;
use crate::requests::Requests;
use crate::widgets;
use crate::words::{documents as words, text_panes};
use demarche_model::{Annotator, Date, DocumentId, MemoSubject, Status};
use demarche_session::{
    DocumentListAction, DocumentSetAction, DocumentSort, NavigateAction, PaneAction, PaneText, Session,
};

use super::DocumentsPanel;
use super::arrange::scrolled;

/// Shows the menu.
pub fn ui(
    panel: &mut DocumentsPanel,
    ui: &mut Ui,
    session: &Session,
    id: &DocumentId,
    requests: &mut Requests,
) {
    ui.set_min_width(200.0);
    let ids = session.chosen_with(id);
    if ids.len() > 1 {
        widgets::weak(ui, words::chosen(ids.len()));
    }
    if ui.add(Button::new(words::open()).shortcut_text("Enter")).clicked() {
        requests.push(NavigateAction::OpenDocument(id.clone()));
    }
    if ui.add(Button::new(text_panes::open_beside()).shortcut_text("Shift+Enter")).clicked() {
        requests.push(PaneAction::OpenBeside(PaneText::current(id)));
    }
    ui.add_enabled_ui(session.read_only().is_none(), |ui| {
        if ui.add(Button::new(words::rename()).shortcut_text("F2")).clicked() {
            panel.rename(session, id);
        }
        ui.separator();
        ui.menu_button(words::add_to_set(), |ui| add_to_set(panel, ui, session, &ids, requests));
        take_out_of_set(ui, session, &ids, requests);
        ui.separator();
        ui.menu_button(words::status(), |ui| statuses(ui, session, &ids, requests));
        ui.menu_button(words::set_date(), |ui| date(panel, ui, &ids, requests));
        ui.menu_button(words::assign(), |ui| assign(ui, session, &ids, requests));
        moves(ui, session, &ids, requests);
    });
    ui.separator();
    if ui.button(words::export_chosen(ids.len())).clicked() {
        requests.push(DialogCommand::ExportDocuments);
    }
    ui.add_enabled_ui(session.read_only().is_none(), |ui| {
        if ids.len() == 1 && ui.button(words::details()).clicked() {
            requests.push(NavigateAction::OpenDocument(id.clone()));
            requests.push(DialogCommand::DocumentDetails);
        }
        if ids.len() == 1 {
            memos::menu_entry(ui, session, &MemoSubject::Document(id.clone()), requests);
        }
        if ui.button(words::remove()).clicked() {
            requests.push(DocumentListAction::Remove(ids));
        }
    });
}

fn add_to_set(
    panel: &mut DocumentsPanel,
    ui: &mut Ui,
    session: &Session,
    ids: &[DocumentId],
    requests: &mut Requests,
) {
    scrolled(ui, |ui| {
        let is_in =
            |id: &DocumentId, set| session.project().document(id).is_some_and(|d| d.meta.sets.contains(set));
        for (set, name) in session.project().document_sets().iter() {
            let are_all_in = ids.iter().all(|id| is_in(id, set));
            if ui.add_enabled(!are_all_in, Button::new(name)).clicked() {
                requests.push(DocumentSetAction::Add(set.clone(), ids.to_vec()));
                ui.close();
            }
        }
        if ui.button(words::new_set()).clicked() {
            panel.name_new_set(ids.to_vec());
            ui.close();
        }
    });
}

fn take_out_of_set(ui: &mut Ui, session: &Session, ids: &[DocumentId], requests: &mut Requests) {
    let documents = ids.iter().filter_map(|id| session.project().document(id));
    let in_some = documents.filter(|document| !document.meta.sets.is_empty()).count() > 0;
    ui.add_enabled_ui(in_some, |ui| {
        ui.menu_button(words::take_out(), |ui| {
            scrolled(ui, |ui| {
                for (set, name) in session.project().document_sets().iter() {
                    let mut documents = ids.iter().filter_map(|id| session.project().document(id));
                    let is_some_in = documents.any(|document| document.meta.sets.contains(set));
                    if is_some_in && ui.button(name).clicked() {
                        requests.push(DocumentSetAction::TakeOut(set.clone(), ids.to_vec()));
                        ui.close();
                    }
                }
            });
        });
    });
}

fn statuses(ui: &mut Ui, session: &Session, ids: &[DocumentId], requests: &mut Requests) {
    for status in [Status::New, Status::InProgress, Status::Done] {
        let is_now = ids.iter().all(|id| session.status(id) == status);
        if ui.add(Button::selectable(is_now, words::status_name(status))).clicked() {
            requests.push(DocumentListAction::SetStatus(ids.to_vec(), status));
        }
    }
}

/// Shows a field for a date. Enter sets it; without one, the documents lose theirs.
fn date(panel: &mut DocumentsPanel, ui: &mut Ui, ids: &[DocumentId], requests: &mut Requests) {
    ui.set_min_width(150.0);
    let typed = Date::parse(&panel.date);
    let is_valid = typed.is_some() || panel.date.trim().is_empty();
    let field = widgets::bare_field(ui, words::date(), &mut panel.date, words::date_example(), 140.0);
    let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if !is_valid {
        widgets::weak(ui, words::bad_date());
    }
    let name = if typed.is_some() { words::set_this_date() } else { words::clear_date() };
    let is_pressed = ui.add_enabled(is_valid, Button::new(name)).clicked();
    if is_valid && (is_entered || is_pressed) {
        panel.date.clear();
        requests.push(DocumentListAction::SetDate(ids.to_vec(), typed));
        ui.close();
    }
}

fn assign(ui: &mut Ui, session: &Session, ids: &[DocumentId], requests: &mut Requests) {
    if let Some(why) = session.leading_refusal() {
        widgets::weak(ui, why);
        return;
    }
    scrolled(ui, |ui| {
        let is_listed = |person: &Annotator| {
            person.documents.listed().is_some_and(|listed| ids.iter().all(|id| listed.contains(id)))
        };
        for person in session.project().annotators() {
            let mut are_assigned = is_listed(person);
            let hint = if person.documents.is_all() { words::has_all(&person.name) } else { String::new() };
            let choice = ui.checkbox(&mut are_assigned, &person.name);
            let choice = if hint.is_empty() { choice } else { choice.on_hover_text(hint) };
            if choice.changed() {
                let (person, documents) = (person.id.clone(), ids.to_vec());
                requests.push(DocumentListAction::Assign { person, documents, are_assigned });
                ui.close();
            }
        }
    });
}

fn moves(ui: &mut Ui, session: &Session, ids: &[DocumentId], requests: &mut Requests) {
    let is_by_hand = session.document_list().order().by == DocumentSort::Hand;
    ui.add_enabled_ui(is_by_hand, |ui| {
        for (name, keys, is_down) in [(words::move_up(), "Alt+↑", false), (words::move_down(), "Alt+↓", true)]
        {
            let entry = ui.add(Button::new(name).shortcut_text(keys));
            if entry.on_disabled_hover_text(words::only_by_hand()).clicked() {
                requests.push(DocumentListAction::MoveByRow { documents: ids.to_vec(), is_down });
            }
        }
    });
}
