//! Writing a packet: for whom, with which documents, and where to.

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui::{ScrollArea, Ui};

use super::path_field::{browse_for_target, target_field};
use super::{Answer, Outcome};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use crate::words::{common, packet as words};
use demarche_io::project::PACKET_ENDING;
use demarche_model::{DocumentId, slug};
use demarche_session::{MergeAction, Session};

/// The form for a packet.
pub struct PacketForm {
    name: String,
    documents: BTreeSet<DocumentId>,
    path: String,
    folder: PathBuf,
    /// Whether the path is still the one made from the name.
    path_follows_name: bool,
    /// Whether the packet returns the user's work to its sender.
    is_return: bool,
}

impl PacketForm {
    /// A form for a packet to another person, or for one that returns the user's work.
    pub fn new(session: &Session, folder: PathBuf, is_return: bool) -> Self {
        let other = session.project().annotators().iter().find(|a| a.id != *session.me());
        let name = if is_return {
            session.project().name_of(session.me()).to_owned()
        } else {
            other.map(|annotator| annotator.name.clone()).unwrap_or_default()
        };
        let (documents, path) = (BTreeSet::new(), String::new());
        let mut form = Self { name, documents, path, folder, path_follows_name: true, is_return };
        form.update_for_name(session);
        form
    }

    /// Sets the path to one from the system's dialog.
    pub fn set_path(&mut self, path: PathBuf) {
        self.path = path.display().to_string();
        self.path_follows_name = false;
    }

    /// Offers the documents that are assigned to the named person, and a file with their name.
    fn update_for_name(&mut self, session: &Session) {
        let project = session.project();
        let person = project.annotators().iter().find(|a| a.name == self.name.trim());
        let all = || project.documents().iter().map(|document| document.id().clone()).collect();
        self.documents = match person {
            Some(person) if !self.is_return => person.documents.documents_in(project).cloned().collect(),
            _ => all(),
        };
        if self.path_follows_name {
            let name = format!("{}-{}", slug(project.name(), "project"), slug(&self.name, "coder"));
            self.path = self.folder.join(format!("{name}.{PACKET_ENDING}")).display().to_string();
        }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        let (title, hint) = match self.is_return {
            true => (words::return_title(), words::return_hint()),
            false => (words::send_title(), words::send_hint()),
        };
        super::title(ui, title);
        widgets::weak(ui, hint);
        ui.add_space(space::S);
        if !self.is_return {
            self.recipient(ui, session);
        }
        self.document_choice(ui, session);
        ui.add_space(space::S);
        let before = self.path.clone();
        let browse = target_field(ui, common::file(), &mut self.path);
        self.path_follows_name &= before == self.path;
        let path = PathBuf::from(self.path.trim());
        if browse {
            return Outcome::Browse(browse_for_target(&path));
        }
        let ready = !self.name.trim().is_empty()
            && !self.documents.is_empty()
            && !self.path.trim().is_empty()
            && !path.is_dir();
        match super::buttons(ui, words::confirm(), ready) {
            Some(Answer::Confirm) => {
                let documents = self.documents.iter().cloned().collect();
                requests.push(MergeAction::WritePacket { name: self.name.clone(), documents, path });
                Outcome::Close
            }
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn recipient(&mut self, ui: &mut Ui, session: &Session) {
        widgets::caption(ui, words::recipient());
        let before = self.name.clone();
        ui.horizontal(|ui| {
            widgets::bare_field(ui, words::recipient(), &mut self.name, words::recipient_hint(), 220.0);
            widgets::combo(ui, words::people(), common::choose(), 130.0, |ui| {
                for annotator in session.project().annotators().iter().filter(|a| a.id != *session.me()) {
                    if ui.selectable_label(annotator.name == self.name, &annotator.name).clicked() {
                        self.name.clone_from(&annotator.name);
                    }
                }
            });
        });
        if self.name != before {
            self.update_for_name(session);
        }
        ui.add_space(space::S);
    }

    fn document_choice(&mut self, ui: &mut Ui, session: &Session) {
        let documents = session.project().documents();
        widgets::caption(ui, &words::documents(self.documents.len(), documents.len()));
        ui.horizontal(|ui| {
            if ui.button(common::select_all()).clicked() {
                self.documents = documents.iter().map(|document| document.id().clone()).collect();
            }
            if ui.button(common::select_none()).clicked() {
                self.documents.clear();
            }
        });
        let height = widgets::line_height() + space::S;
        let area = ScrollArea::vertical().id_salt("packet-documents").max_height(180.0);
        area.show_rows(ui, height, documents.len(), |ui, rows| {
            for document in documents.iter().skip(rows.start).take(rows.len()) {
                let mut chosen = self.documents.contains(document.id());
                if ui.checkbox(&mut chosen, &document.meta.title).changed() {
                    if chosen {
                        self.documents.insert(document.id().clone());
                    } else {
                        self.documents.remove(document.id());
                    }
                }
            }
        });
    }
}
