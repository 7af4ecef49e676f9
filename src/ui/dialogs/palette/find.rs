//! The items of the palette that match what is typed, best first.

use std::path::{Path, PathBuf};

use super::rank::{Query, Rank};
use super::{Item, MAX_ITEMS, Target, anchors};
use crate::commands::{COMMANDS, Command};
use crate::words::menu_bar::submenu;
use crate::words::palette as words;
use demarche_io::project::can_be_opened;
use demarche_model::{Document, DocumentId, visible};
use demarche_session::Session;

/// Recent documents and projects that are offered before anything is typed: the most of each.
const RECENT: usize = 5;

/// What the user has open lately, latest first.
#[derive(Clone, Default)]
pub struct Recent {
    /// Documents of the open project.
    pub documents: Vec<DocumentId>,
    /// Projects.
    pub projects: Vec<PathBuf>,
}

/// The items that match, best first. If nothing is typed: recent documents and projects, then commands.
pub(super) fn find(typed: &str, session: &Session, recent: &Recent) -> Vec<Item> {
    if let Some(item) = path_item(typed) {
        return vec![item];
    }
    if let Some(query) = anchors::page_query(typed) {
        let pages = anchors::pages(session, query);
        if !pages.is_empty() {
            return pages;
        }
    }
    let query = Query::new(typed);
    let mut found =
        if query.is_empty() { recent_items(session, recent) } else { places(&query, session, recent) };
    found.extend(COMMANDS.iter().filter_map(|command| {
        let others: Vec<&str> = command.id.synonyms().chain([command.menu.name()]).collect();
        // A command is known by its name, and undo also by what it would undo.
        let title = command.title(session);
        let rank = query.rank(command.name, &others).or_else(|| query.rank(&title, &others))?;
        Some((rank, command_item(command, title, session)))
    }));
    // The sort is stable: items of one rank remain in their order.
    found.sort_by_key(|(rank, item)| (item.why_not.is_some(), *rank));
    found.into_iter().take(MAX_ITEMS).map(|(_, item)| item).collect()
}

fn command_item(command: &Command, name: String, session: &Session) -> Item {
    let kind = command.submenu.map_or(command.menu.name(), submenu);
    let item = Item::new(Target::Command(command.id), name, kind);
    Item { why_not: (command.enabled)(session).err(), ..item }
}

/// Recent documents except the open one, then others, and recent projects.
fn recent_items(session: &Session, recent: &Recent) -> Vec<(Rank, Item)> {
    let open = session.document().map(|document| document.id());
    let visited =
        recent.documents.iter().filter_map(|id| session.project().document(id)).map(|document| &**document);
    let others = session
        .project()
        .documents()
        .iter()
        .map(|document| &**document)
        .filter(|other| !recent.documents.contains(other.id()));
    let documents = visited.chain(others).filter(|document| Some(document.id()) != open).map(document_item);
    let projects = recent.projects.iter().map(|path| project_item(path));
    documents.take(RECENT).chain(projects.take(RECENT)).map(|item| (Rank::Start, item)).collect()
}

/// Documents, recent projects, categories and headings that match.
fn places(query: &Query, session: &Session, recent: &Recent) -> Vec<(Rank, Item)> {
    let mut found = Vec::new();
    let mut add = |rank: Option<Rank>, item: Item| found.extend(rank.map(|rank| (rank, item)));
    for document in session.project().documents() {
        add(query.rank(&document.meta.title, &[]), document_item(document));
    }
    for path in &recent.projects {
        let item = project_item(path);
        add(query.rank(&item.name, &[]), item);
    }
    for category in &session.project().codebook().categories {
        let item = Item::new(Target::Category(category.id.clone()), category.name.clone(), words::category());
        let keys = category.hotkey.map(String::from).unwrap_or_default();
        add(query.rank(&category.name, &[]), Item { keys, ..item });
    }
    for heading in session.document().into_iter().flat_map(|document| document.anchors.headings()) {
        let item = Item::new(Target::Offset(heading.at), heading.title.to_owned(), words::heading());
        add(query.rank(heading.title, &[]), item);
    }
    found
}

fn document_item(document: &Document) -> Item {
    Item::new(Target::Document(document.id().clone()), document.meta.title.clone(), words::document())
}

fn project_item(path: &Path) -> Item {
    let name =
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let item = Item::new(Target::Project(path.to_owned()), visible(&name).into_owned(), words::project());
    Item { keys: path.parent().map(|folder| folder.display().to_string()).unwrap_or_default(), ..item }
}

/// The item for a typed path: a project to open, or a file or folder to import.
fn path_item(typed: &str) -> Option<Item> {
    let typed = typed.trim();
    let is_path = typed.starts_with(['/', '~']) || typed.get(1..3) == Some(":\\");
    if !is_path {
        return None;
    }
    let path = match (typed.strip_prefix("~/"), directories::UserDirs::new()) {
        (Some(rest), Some(user)) => user.home_dir().join(rest),
        _ => PathBuf::from(typed),
    };
    if !path.exists() {
        return None;
    }
    let (target, name) = if can_be_opened(&path) {
        (Target::Project(path.clone()), words::open(&path))
    } else {
        (Target::File(path.clone()), words::import(&path))
    };
    Some(Item::new(target, name, words::path()))
}
