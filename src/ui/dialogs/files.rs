//! Asking for files: with the system's own dialog where there is one, else with a path typed or picked in the window.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use crate::theme::icons as m;
use egui::{Key, Ui};

use super::Outcome;
use crate::theme::{Tokens, size, space, strong};
use crate::widgets;
use demarche_io::project::{PACKET_ENDING, is_packet, is_project};

/// An answer that comes sooner was not given by a person: the system has no dialog service.
const TOO_SOON: Duration = Duration::from_millis(250);

/// Entries of a folder listed at most.
const LISTED: usize = 200;

/// What a file is wanted for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// A project folder to open.
    OpenProject,
    /// A packet to open.
    OpenPacket,
    /// Another copy of the project: its `project.ron`, or a packet.
    Merge,
    /// Files to import.
    Import,
    /// A folder for a new project to lie in.
    NewProjectIn,
    /// A file with a codebook.
    Codebook,
    /// A file with a new text for a document.
    NewText,
    /// A file to export to, with the name that is offered.
    Export { name: String },
}

impl Purpose {
    fn title(&self) -> &'static str {
        match self {
            Self::OpenProject => "Open project",
            Self::OpenPacket => "Open packet",
            Self::Merge => "Merge: the project.ron of the other copy, or a packet",
            Self::Import => "Import documents",
            Self::NewProjectIn => "Folder for the new project",
            Self::Codebook => "Codebook",
            Self::NewText => "New text",
            Self::Export { .. } => "Export to",
        }
    }

    fn wants_folder(&self) -> bool {
        matches!(self, Self::OpenProject | Self::NewProjectIn)
    }
}

/// What came of asking the system.
pub enum Picked {
    /// These files or folders.
    Paths(Purpose, Vec<PathBuf>),
    /// The user has thought better of it.
    Cancelled,
    /// There is no dialog service; ask in the window.
    NoService(Purpose),
}

/// The system's file dialog, on a thread of its own: it blocks for as long as it is open.
pub struct FilePicker {
    purpose: Purpose,
    started: Instant,
    answer: Receiver<Option<Vec<PathBuf>>>,
}

impl FilePicker {
    /// Opens the system's dialog in a folder.
    pub fn open(purpose: Purpose, folder: Option<&Path>, wake: impl Fn() + Send + 'static) -> Self {
        let (sender, answer) = channel();
        let (asked, folder) = (purpose.clone(), folder.map(Path::to_owned));
        std::thread::spawn(move || {
            let mut dialog = rfd::FileDialog::new().set_title(asked.title());
            if let Some(folder) = folder {
                dialog = dialog.set_directory(folder);
            }
            let answer = match &asked {
                Purpose::OpenProject | Purpose::NewProjectIn => dialog.pick_folder().map(|path| vec![path]),
                Purpose::Merge => dialog
                    .add_filter("Projects and packets", &["ron", PACKET_ENDING])
                    .pick_file()
                    .map(|path| vec![path]),
                Purpose::OpenPacket => {
                    dialog.add_filter("Packets", &[PACKET_ENDING]).pick_file().map(|path| vec![path])
                }
                Purpose::Import => dialog.pick_files(),
                Purpose::Codebook | Purpose::NewText => dialog.pick_file().map(|path| vec![path]),
                Purpose::Export { name } => dialog.set_file_name(name).save_file().map(|path| vec![path]),
            };
            // The window may be gone by the time the user answers.
            let _ = sender.send(answer);
            wake();
        });
        Self { purpose, started: Instant::now(), answer }
    }

    /// What the user has picked, once they have.
    pub fn poll(&self) -> Option<Picked> {
        match self.answer.try_recv() {
            Err(TryRecvError::Empty) => None,
            Ok(Some(paths)) => Some(Picked::Paths(self.purpose.clone(), paths)),
            Ok(None) if self.started.elapsed() < TOO_SOON => Some(Picked::NoService(self.purpose.clone())),
            Err(TryRecvError::Disconnected) => Some(Picked::NoService(self.purpose.clone())),
            Ok(None) => Some(Picked::Cancelled),
        }
    }
}

/// A path, typed or picked from the folder's entries.
pub struct PathForm {
    purpose: Purpose,
    typed: String,
    listed: Option<(String, Vec<(PathBuf, bool)>)>,
    focused: bool,
    explain: bool,
}

impl PathForm {
    /// Starts in a folder. `explain` says that the system has no dialog of its own.
    pub fn new(purpose: Purpose, folder: PathBuf, explain: bool) -> Self {
        let start = match &purpose {
            Purpose::Export { name } => folder.join(name),
            _ => folder.join(""),
        };
        Self { purpose, typed: start.display().to_string(), listed: None, focused: false, explain }
    }

    /// The paths that were chosen: several may be typed with `;` between them.
    fn paths(&self) -> Vec<PathBuf> {
        self.typed
            .split(';')
            .map(|path| expand(path.trim()))
            .filter(|path| !path.as_os_str().is_empty())
            .collect()
    }

    /// Shows the form.
    pub fn ui(&mut self, ui: &mut Ui) -> Outcome {
        super::title(ui, self.purpose.title());
        if self.explain {
            widgets::weak(ui, "This system has no file dialog. Type or paste a path, or pick one below.");
        }
        let field =
            egui::TextEdit::singleline(&mut self.typed).desired_width(f32::INFINITY).cursor_at_end(true);
        let field = ui.add(field);
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        ui.add_space(space::XS);
        self.entries(ui);
        let go = match self.purpose {
            Purpose::OpenProject | Purpose::OpenPacket => "Open",
            Purpose::Merge => "Look at it",
            Purpose::Import => "Import",
            Purpose::NewProjectIn | Purpose::Codebook | Purpose::NewText => "Choose",
            Purpose::Export { .. } => "Export",
        };
        match super::buttons(ui, go, self.is_ready()) {
            Some(true) => Outcome::Picked(self.purpose.clone(), self.paths()),
            Some(false) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn is_ready(&self) -> bool {
        let paths = self.paths();
        match self.purpose {
            Purpose::OpenProject => paths.first().is_some_and(|path| is_project(path)),
            Purpose::OpenPacket => paths.first().is_some_and(|path| is_packet(path) && path.is_file()),
            Purpose::Merge => {
                paths.first().is_some_and(|path| is_project(path) || (is_packet(path) && path.is_file()))
            }
            Purpose::NewProjectIn => paths.first().is_some_and(|path| path.is_dir()),
            Purpose::Import | Purpose::Codebook | Purpose::NewText => {
                !paths.is_empty() && paths.iter().all(|path| path.exists())
            }
            Purpose::Export { .. } => paths.first().is_some_and(|path| !path.is_dir()),
        }
    }

    fn entries(&mut self, ui: &mut Ui) {
        let (folder, prefix) = split(&self.typed);
        let key = format!("{}\n{prefix}", folder.display());
        if self.listed.as_ref().is_none_or(|(of, _)| *of != key) {
            self.listed = Some((key, list(&folder, &prefix, self.purpose.wants_folder())));
        }
        let mut chosen = None;
        egui::ScrollArea::vertical()
            .id_salt("entries")
            .max_height(260.0)
            .min_scrolled_height(260.0)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                if let Some(above) = folder.parent()
                    && entry(ui, m::ICON_ARROW_UPWARD, "..", false).clicked()
                {
                    chosen = Some((above.to_owned(), true));
                }
                for (path, is_folder) in self.listed.iter().flat_map(|(_, list)| list) {
                    let name =
                        path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                    let project = *is_folder && self.purpose == Purpose::OpenProject && is_project(path);
                    let icon = match (is_folder, project) {
                        (_, true) => m::ICON_LABEL,
                        (true, _) => m::ICON_FOLDER,
                        (false, _) => m::ICON_DESCRIPTION,
                    };
                    if entry(ui, icon, &name, project).clicked() {
                        chosen = Some((path.clone(), *is_folder && !project));
                    }
                }
            });
        if let Some((path, is_folder)) = chosen {
            let path = if is_folder { path.join("") } else { path };
            self.typed = path.display().to_string();
        }
        if ui.input(|input| input.key_pressed(Key::Tab)) {
            self.complete();
        }
    }

    /// Tab takes the first entry, as in a shell.
    fn complete(&mut self) {
        if let Some((path, is_folder)) = self.listed.as_ref().and_then(|(_, list)| list.first()) {
            let path = if *is_folder { path.join("") } else { path.clone() };
            self.typed = path.display().to_string();
            self.focused = false;
        }
    }
}

fn entry(ui: &mut Ui, icon: crate::theme::icons::MaterialIcon, name: &str, strong: bool) -> egui::Response {
    let (rect, response) = widgets::row(ui, 24.0, false, name);
    let tokens = Tokens::of(ui);
    let colour = if strong { tokens.accent } else { tokens.text_weak };
    let at = rect.left_center() + egui::vec2(space::M, 0.0);
    let font = egui::FontId::new(16.0, icon.font_family());
    ui.painter().text(at, egui::Align2::CENTER_CENTER, icon.codepoint, font, colour);
    let font = egui::FontId::proportional(size::INTERFACE);
    widgets::line(ui, rect.with_min_x(rect.left() + space::XL + space::XS), name, font, tokens.text);
    response
}

/// A path with `~` at its start spelled out.
fn expand(path: &str) -> PathBuf {
    let rest = path.strip_prefix("~/").or_else(|| (path == "~").then_some(""));
    match (rest, directories::UserDirs::new()) {
        (Some(rest), Some(user)) => user.home_dir().join(rest),
        _ => PathBuf::from(path),
    }
}

/// The folder that a typed path lies in, and what is typed of a name in it.
fn split(typed: &str) -> (PathBuf, String) {
    let last = typed.rsplit(';').next().unwrap_or_default().trim();
    let path = expand(last);
    if last.ends_with(['/', '\\']) || last.is_empty() || last == "~" {
        return (path, String::new());
    }
    let prefix = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    (path.parent().map(Path::to_owned).unwrap_or_default(), prefix)
}

/// The entries of a folder whose names begin so, folders first. Hidden ones only where a dot is typed.
fn list(folder: &Path, prefix: &str, folders_only: bool) -> Vec<(PathBuf, bool)> {
    let prefix = prefix.to_lowercase();
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut out: Vec<(PathBuf, bool)> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().to_lowercase();
            let hidden = name.starts_with('.') && !prefix.starts_with('.');
            let is_folder = entry.path().is_dir();
            let fits = name.starts_with(&prefix) && !hidden && (is_folder || !folders_only);
            fits.then(|| (entry.path(), is_folder))
        })
        .collect();
    out.sort_by_key(|(path, is_folder)| (!is_folder, path.clone()));
    out.truncate(LISTED);
    out
}

/// Says what happens to files that are held over the window.
pub fn drop_hint(ui: &Ui) {
    let hovering = ui.input(|input| !input.raw.hovered_files.is_empty());
    if !hovering {
        return;
    }
    let tokens = Tokens::of(ui);
    let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop"));
    let painter = ui.ctx().layer_painter(layer);
    let rect = ui.ctx().content_rect();
    painter.rect_filled(rect, 0.0, tokens.page.gamma_multiply(0.85));
    let text = "Drop to import; a project folder is opened";
    painter.text(rect.center(), egui::Align2::CENTER_CENTER, text, strong(18.0), tokens.accent);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_path_is_folder_and_beginning_of_a_name() {
        assert_eq!(split("/tmp/"), (PathBuf::from("/tmp/"), String::new()));
        assert_eq!(split("/tmp/ab"), (PathBuf::from("/tmp"), "ab".to_owned()));
        assert_eq!(split("/x/a.txt; /tmp/b"), (PathBuf::from("/tmp"), "b".to_owned()));
    }

    #[test]
    fn folders_are_listed_first_and_hidden_ones_not() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "").unwrap();
        std::fs::create_dir(folder.path().join("z")).unwrap();
        std::fs::create_dir(folder.path().join(".hidden")).unwrap();
        let names = |list: Vec<(PathBuf, bool)>| -> Vec<String> {
            list.into_iter()
                .map(|(path, _)| path.file_name().unwrap().to_string_lossy().into_owned())
                .collect()
        };
        assert_eq!(names(list(folder.path(), "", false)), ["z", "a.txt"]);
        assert_eq!(names(list(folder.path(), "", true)), ["z"]);
        assert_eq!(names(list(folder.path(), ".h", true)), [".hidden"]);
    }
}
