//! The codebook editor: categories, attributes, kinds of link, actors and issues; and the dialogs of changes that concern
//! more than one of them.

mod adopt;
mod attribute_fields;
mod attribute_meaning;
mod attributes;
mod categories;
mod category_fields;
mod category_form;
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
mod relations;
mod role_choice;
mod roles;
mod split;
mod task;
mod tree;

use std::sync::Arc;

use egui::{Button, Ui};

use demarche_model::{Category, CategoryId, Codebook};
use demarche_session::{CodebookChange, Session};

use crate::requests::Requests;
use crate::words::{categories as words, common};

pub use adopt::AdoptForm;
pub use delete::{DeleteAttribute, DeleteForm};
pub use editor::CodebookEditor;
pub use export::ExportCodebook;
pub use import::ImportCodebook;
pub use merge::MergeForm;
pub use new_category::NewCategory;
pub use relations::RelationsForm;
pub use roles::RolesForm;
pub use split::SplitForm;
pub use task::Task;
pub use tree::{Row as CategoryRow, rows};

/// A command in the menu of a category.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CategoryCommand {
    /// Shows it in the editor.
    Edit,
    /// Merges it into another.
    Merge,
    /// Sorts its passages into several categories.
    Split,
    /// Closes it to new passages, or reopens it.
    Retire(bool),
    /// Deletes it.
    Delete,
}

impl CategoryCommand {
    /// Requests the change, or returns the dialog for it.
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

/// Shows the menu of a category; returns the command that was chosen.
pub fn category_menu(ui: &mut Ui, session: &Session, category: &Category) -> Option<CategoryCommand> {
    let writable = session.read_only().is_none();
    let retire = if category.retired { words::reopen() } else { words::retire() };
    let entries = [
        (words::edit(), CategoryCommand::Edit),
        (words::merge_into(), CategoryCommand::Merge),
        (words::split(), CategoryCommand::Split),
        (retire, CategoryCommand::Retire(!category.retired)),
        (common::delete(), CategoryCommand::Delete),
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

/// Closes a category to new passages, or reopens it. A reopened category keeps its key only if no other has it by now.
fn set_retired(codebook: &Codebook, category: &Category, retired: bool) -> CodebookChange {
    let free = |key: &char| retired || codebook.by_hotkey(*key).is_none();
    let changed = Category { retired, hotkey: category.hotkey.filter(free), ..category.clone() };
    CodebookChange::PutCategory(Box::new(changed))
}

/// Removes the key of a category, so that another can have it.
fn release_key(session: &Session, holder: Option<CategoryId>, requests: &mut Requests) {
    let holder = holder.and_then(|id| session.project().codebook().category(&id).cloned());
    if let Some(holder) = holder {
        let without = Category { hotkey: None, ..(*holder).clone() };
        requests.push(CodebookChange::PutCategory(Box::new(without)));
    }
}

/// Shows a menu of the categories for which `offered` holds.
fn category_combo(
    ui: &mut Ui,
    name: &str,
    codebook: &Codebook,
    chosen: &mut Option<CategoryId>,
    offered: impl Fn(&Arc<Category>) -> bool,
) {
    let shown = chosen.as_ref().map_or(common::choose(), |id| codebook.name_of(id)).to_owned();
    crate::widgets::combo(ui, name, shown, 240.0, |ui| {
        for row in rows(codebook).iter().filter(|row| offered(&row.category)) {
            if crate::widgets::category_item(ui, &row.category).clicked() {
                *chosen = Some(row.category.id.clone());
                ui.close();
            }
        }
    });
}
