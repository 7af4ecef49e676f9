//! The list of documents, and the sets above it.

mod arrange;
mod body;
mod carried;
mod keys;
mod menu;
mod name_field;
mod row;
mod sets;

use egui::{Context, Event, Id, Ui};

use crate::commands::{CommandId, ImportCommand};
use crate::requests::Requests;
use crate::theme::{icons as m, size};
use crate::words::{documents as words, window};
use crate::{keys as shortcuts, widgets};
use demarche_model::{DocumentId, DocumentSetId};
use demarche_session::Session;

use keys::TypeAhead;
use name_field::{NameField, Named};
use sets::Sets;

pub use row::status_mark;

/// Width of the tabs with the button next to them, in points.
const TABS: f32 = 216.0;

/// Shows the tabs of the panel: the documents, and the contents of the open one.
pub fn tabs(ui: &mut Ui, contents: &mut bool, requests: &mut Requests) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::ROW);
        let is_narrow = widgets::squeeze_tabs(ui, TABS);
        for (value, name, hint) in [
            (false, window::documents_tab(), window::documents_tab_hint()),
            (true, window::contents_tab(), window::contents_tab_hint()),
        ] {
            if widgets::tab(ui, *contents == value, name, hint) {
                *contents = value;
            }
        }
        if is_narrow {
            return;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let import = shortcuts::with_shortcut(ui.ctx(), words::import(), CommandId::ImportDocuments);
            if widgets::icon_button(ui, m::ICON_ADD, &import).clicked() {
                requests.push(ImportCommand::Files);
            }
        });
    });
}

/// The state of the panel between frames.
#[derive(Default)]
pub struct DocumentsPanel {
    sets: Sets,
    /// The document that was open, and the revision of the list, when the list was last scrolled to a row.
    last_shown: Option<DocumentId>,
    shows_cursor: bool,
    wants_focus: bool,
    /// Events of this frame that the list handles.
    taken: Vec<Event>,
    type_ahead: TypeAhead,
    name_field: Option<NameField>,
    /// The date that is typed in the context menu.
    date: String,
    /// Number of rows that fit into the list.
    page: usize,
    /// How far the list is scrolled, in points.
    scroll: f32,
}

impl DocumentsPanel {
    /// The list, which has the keyboard focus for all its rows.
    pub fn id() -> Id {
        Id::unique("list of documents")
    }

    /// Gives the list the keyboard focus in the next frame.
    pub fn request_focus(&mut self) {
        self.wants_focus = true;
        self.shows_cursor = true;
    }

    /// Asks for the name of a new set of these documents.
    pub fn name_new_set(&mut self, documents: Vec<DocumentId>) {
        self.sets.open();
        self.name_field = Some(NameField::new(Named::NewSet(documents), String::new()));
    }

    /// Lets the title of a document be edited in its row.
    pub fn rename(&mut self, session: &Session, id: &DocumentId) {
        if let Some(document) = session.project().document(id) {
            self.name_field = Some(NameField::new(Named::Document(id.clone()), document.meta.title.clone()));
            self.shows_cursor = true;
        }
    }

    fn rename_set(&mut self, session: &Session, id: &DocumentSetId) {
        if let Some(name) = session.project().document_sets().get(id) {
            self.name_field = Some(NameField::new(Named::Set(id.clone()), name.clone()));
        }
    }

    /// Takes the keys that the list or its sets handle from the input, before commands of the window see them.
    pub fn take_keys(&mut self, ctx: &Context) {
        let has_list = ctx.memory(|memory| memory.has_focus(Self::id()));
        let has_set = self.sets.has_focus();
        if has_list || has_set {
            let is_typing = self.type_ahead.is_typing(ctx);
            ctx.input_mut(|input| {
                input.events.retain(|event| {
                    let ours =
                        if has_list { keys::is_ours(event, is_typing) } else { keys::is_of_sets(event) };
                    if ours {
                        self.taken.push(event.clone());
                    }
                    !ours
                });
            });
        }
    }

    /// Shows the filter, the sets and the list.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, requests: &mut Requests) {
        if session.project().documents().is_empty() {
            return widgets::empty_state(ui, words::empty(), words::empty_hint());
        }
        arrange::ui(ui, session, requests);
        self.sets_ui(ui, session, requests);
        self.body(ui, session, requests);
        self.taken.clear();
    }
}
