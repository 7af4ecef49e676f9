//! A packet: for whom, with which documents, and where to.

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui::{ScrollArea, Ui};

use super::export::path_row;
use super::{Outcome, Purpose};
use crate::requests::Requests;
use crate::theme::space;
use crate::widgets;
use demarche_io::project::PACKET_ENDING;
use demarche_model::{DocumentId, slug};
use demarche_session::{MergeAction, Session};

/// What is being filled in.
pub struct PacketForm {
    name: String,
    documents: BTreeSet<DocumentId>,
    path: String,
    folder: PathBuf,
    /// Whether the path follows the name still.
    follows: bool,
    /// Whether it goes back to who sent it.
    back: bool,
}

impl PacketForm {
    /// A packet for somebody else, or one that goes `back` with what I have done.
    pub fn new(session: &Session, folder: PathBuf, back: bool) -> Self {
        let others = session.project().annotators().iter().find(|a| a.id != *session.me());
        let name = if back {
            session.project().name_of(session.me()).to_owned()
        } else {
            others.map(|annotator| annotator.name.clone()).unwrap_or_default()
        };
        let mut form =
            Self { name, documents: BTreeSet::new(), path: String::new(), folder, follows: true, back };
        form.named(session);
        form
    }

    /// Takes over a path that was picked.
    pub fn set_path(&mut self, path: PathBuf) {
        self.path = path.display().to_string();
        self.follows = false;
    }

    /// Offers what the one who was named is to read, and a file of their name.
    fn named(&mut self, session: &Session) {
        let project = session.project();
        let who = project.annotators().iter().find(|a| a.name == self.name.trim());
        let all = || project.documents().iter().map(|document| document.id().clone()).collect();
        self.documents = match who {
            Some(who) if !who.documents.is_empty() && !self.back => who.documents.clone(),
            _ => all(),
        };
        if self.follows {
            let name = format!("{}-{}", slug(project.name(), "project"), slug(&self.name, "coder"));
            self.path = self.folder.join(format!("{name}.{PACKET_ENDING}")).display().to_string();
        }
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) -> Outcome {
        super::title(ui, if self.back { "Send back" } else { "Send to a coder" });
        widgets::weak(
            ui,
            if self.back {
                "One file with your passages and nobody else's. Whoever gets it takes it in with “Merge a project…”."
            } else {
                "One file with the codebook and the documents. It opens in Demarche as a project; nobody else's passages are \
             inside. It comes back with “Send back…”."
            },
        );
        ui.add_space(space::S);
        if !self.back {
            self.who(ui, session);
        }
        self.choose(ui, session);
        ui.add_space(space::S);
        let before = self.path.clone();
        let browse = path_row(ui, "File", &mut self.path);
        self.follows &= before == self.path;
        let path = PathBuf::from(self.path.trim());
        if browse {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            return Outcome::Browse(Purpose::Export { name });
        }
        let ready = !self.name.trim().is_empty()
            && !self.documents.is_empty()
            && !self.path.trim().is_empty()
            && !path.is_dir();
        match super::buttons(ui, "Write packet", ready) {
            Some(true) => {
                let documents = self.documents.iter().cloned().collect();
                requests.push(MergeAction::WritePacket { name: self.name.clone(), documents, path });
                Outcome::Close
            }
            Some(false) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn who(&mut self, ui: &mut Ui, session: &Session) {
        widgets::caption(ui, "For");
        let before = self.name.clone();
        ui.horizontal(|ui| {
            widgets::bare_field(ui, "For", &mut self.name, "a name", 220.0);
            widgets::combo(ui, "People", "choose…".to_owned(), 130.0, |ui| {
                for annotator in session.project().annotators().iter().filter(|a| a.id != *session.me()) {
                    if ui.selectable_label(annotator.name == self.name, &annotator.name).clicked() {
                        self.name.clone_from(&annotator.name);
                    }
                }
            });
        });
        if self.name != before {
            self.named(session);
        }
        ui.add_space(space::S);
    }

    fn choose(&mut self, ui: &mut Ui, session: &Session) {
        let documents = session.project().documents();
        widgets::caption(ui, &format!("Documents ({} of {})", self.documents.len(), documents.len()));
        ui.horizontal(|ui| {
            if ui.button("All").clicked() {
                self.documents = documents.iter().map(|document| document.id().clone()).collect();
            }
            if ui.button("None").clicked() {
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
