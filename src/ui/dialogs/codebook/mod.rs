//! The codebook editor: categories, attributes, kinds of link, actors and issues; and the dialogs for what changes more
//! than one thing at once.

mod attribute_fields;
mod attributes;
mod categories;
mod category_fields;
mod category_list;
pub mod codebook_file;
mod colours;
mod commit;
mod delete;
mod editor;
mod export;
mod impact;
mod import;
mod lists;
mod merge;
mod new_category;
mod new_items;
mod split;
mod task;
mod tree;

use std::sync::Arc;

use egui::{Button, Ui};

use demarche_model::{Category, CategoryId, Codebook};
use demarche_session::{CodebookChange, Session};

use crate::requests::Requests;

pub use delete::{DeleteAttribute, DeleteForm};
pub use editor::CodebookEditor;
pub use export::ExportCodebook;
pub use import::ImportCodebook;
pub use merge::MergeForm;
pub use new_category::NewCategory;
pub use split::SplitForm;
pub use task::Task;
pub use tree::rows;

/// What can be done with a category from its menu.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CategoryCommand {
    /// Show it in the editor.
    Edit,
    /// Make it one with another.
    Merge,
    /// Take it apart.
    Split,
    /// Close it for new passages, or open it again.
    Retire(bool),
    /// Remove it.
    Delete,
}

impl CategoryCommand {
    /// The dialog that it opens, if it opens one.
    pub fn task(self, session: &Session, id: &CategoryId, requests: &mut Requests) -> Option<Task> {
        match self {
            Self::Edit => None,
            Self::Merge => Some(Task::Merge(MergeForm::new(vec![id.clone()]))),
            Self::Split => Some(Task::Split(Box::new(SplitForm::new(Some(id.clone()))))),
            Self::Delete => Some(Task::Delete(DeleteForm::new(id.clone()))),
            Self::Retire(retired) => {
                let codebook = session.project().codebook();
                requests.push(set_retired(codebook, codebook.category(id)?, retired));
                None
            }
        }
    }
}

/// The entries of a category's menu that change the codebook.
pub fn category_menu(ui: &mut Ui, session: &Session, category: &Category) -> Option<CategoryCommand> {
    let writable = session.read_only().is_none();
    let retire = if category.retired { "Reopen" } else { "Retire" };
    let entries = [
        ("Edit…", CategoryCommand::Edit),
        ("Merge into…", CategoryCommand::Merge),
        ("Split…", CategoryCommand::Split),
        (retire, CategoryCommand::Retire(!category.retired)),
        ("Delete…", CategoryCommand::Delete),
    ];
    let mut chosen = None;
    for (name, command) in entries {
        if ui.add_enabled(writable, Button::new(name)).clicked() {
            chosen = Some(command);
            ui.close();
        }
    }
    chosen
}

/// Closes a category for new passages, or opens it again; open again, it has its key only if nobody else has it now.
fn set_retired(codebook: &Codebook, category: &Category, retired: bool) -> CodebookChange {
    let free = |key: &char| retired || codebook.by_hotkey(*key).is_none();
    let changed = Category { retired, hotkey: category.hotkey.filter(free), ..category.clone() };
    CodebookChange::PutCategory(Box::new(changed))
}

/// Takes the key away from the category that has it.
fn take_key(session: &Session, from: Option<CategoryId>, requests: &mut Requests) {
    let holder = from.and_then(|id| session.project().codebook().category(&id).cloned());
    if let Some(holder) = holder {
        let without = Category { hotkey: None, ..(*holder).clone() };
        requests.push(CodebookChange::PutCategory(Box::new(without)));
    }
}

/// A menu of categories, those that `fits` lets through.
fn category_combo(
    ui: &mut Ui,
    name: &str,
    codebook: &Codebook,
    chosen: &mut Option<CategoryId>,
    fits: impl Fn(&Arc<Category>) -> bool,
) {
    let shown = chosen.as_ref().map_or("choose…", |id| codebook.name_of(id)).to_owned();
    crate::widgets::combo(ui, name, shown, 240.0, |ui| {
        for row in rows(codebook).iter().filter(|row| fits(&row.category)) {
            if crate::widgets::category_item(ui, &row.category).clicked() {
                *chosen = Some(row.category.id.clone());
                ui.close();
            }
        }
    });
}
