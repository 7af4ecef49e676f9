//! Asking for files: with the system's dialog, or with a path field in the window if the system has none.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use crate::theme::icons as m;
use egui::{Key, Ui};

use super::{Answer, Outcome};
use crate::theme::{Tokens, size, space, strong};
use crate::{widgets, words::files as words};
use demarche_io::project::{PACKET_ENDING, can_be_opened, is_packet, is_project};

/// An answer within this time was not given by a person: the system has no dialog service.
const NO_SERVICE_WITHIN: Duration = Duration::from_millis(250);

/// The most entries of a folder that are listed.
const MAX_ENTRIES: usize = 200;

/// The purpose that a file is wanted for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// A project folder to open.
    OpenProject,
    /// A packet to open.
    OpenPacket,
    /// Other copies of the project: a `project.ron`, or packets.
    Merge,
    /// A folder of packets to merge.
    MergeFolder,
    /// The folder for packets to write.
    PacketFolder,
    /// Files to import.
    Import,
    /// Files to import into a new project.
    NewFromFiles,
    /// The folder in which a new project's folder is created.
    NewProjectIn,
    /// The folder for a copy of the project, or one in which a folder for it is created.
    SaveAs,
    /// A file with a codebook.
    Codebook,
    /// A file with a new text for a document.
    NewText,
    /// A report to write, with the name that is offered.
    Report { name: String },
    /// A file to write, with the name that is offered.
    Export { name: String },
}

impl Purpose {
    fn title(&self) -> &'static str {
        match self {
            Self::OpenProject => words::open_project(),
            Self::OpenPacket => words::open_packet(),
            Self::Merge => words::merge(),
            Self::MergeFolder => words::merge_folder(),
            Self::PacketFolder => words::packet_folder(),
            Self::Import => words::import(),
            Self::NewFromFiles => words::new_from_files(),
            Self::NewProjectIn => words::project_location(),
            Self::SaveAs => words::save_as(),
            Self::Codebook => words::codebook(),
            Self::NewText => words::new_text(),
            Self::Report { .. } => words::report(),
            Self::Export { .. } => words::export(),
        }
    }

    fn confirm(&self) -> &'static str {
        match self {
            Self::OpenProject | Self::OpenPacket => words::confirm_open(),
            Self::Merge | Self::MergeFolder => words::confirm_merge(),
            Self::PacketFolder => words::confirm_packets(),
            Self::Import => words::confirm_import(),
            Self::NewProjectIn | Self::Codebook | Self::NewText | Self::NewFromFiles => {
                words::confirm_choose()
            }
            Self::SaveAs => words::confirm_save_as(),
            Self::Report { .. } => words::confirm_report(),
            Self::Export { .. } => words::confirm_export(),
        }
    }

    /// Returns whether a folder is wanted, rather than a file.
    pub fn wants_folder(&self) -> bool {
        matches!(
            self,
            Self::OpenProject | Self::NewProjectIn | Self::SaveAs | Self::MergeFolder | Self::PacketFolder
        )
    }
}

fn is_packet_file(path: &Path) -> bool {
    is_packet(path) && path.is_file()
}

/// The outcome of the system's file dialog.
pub enum Picked {
    /// The files or folders that were picked.
    Paths(Purpose, Vec<PathBuf>),
    /// The user cancelled.
    Cancelled,
    /// The system has no dialog service.
    NoService(Purpose),
}

/// The system's file dialog, on a thread of its own, since it blocks while it is open.
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
                Purpose::OpenProject
                | Purpose::NewProjectIn
                | Purpose::SaveAs
                | Purpose::MergeFolder
                | Purpose::PacketFolder => dialog.pick_folder().map(|path| vec![path]),
                Purpose::Merge => {
                    dialog.add_filter(words::projects_and_packets(), &["ron", PACKET_ENDING]).pick_files()
                }
                Purpose::OpenPacket => {
                    dialog.add_filter(words::packets(), &[PACKET_ENDING]).pick_file().map(|path| vec![path])
                }
                Purpose::Import | Purpose::NewFromFiles => dialog.pick_files(),
                Purpose::Codebook | Purpose::NewText => dialog.pick_file().map(|path| vec![path]),
                Purpose::Report { name } | Purpose::Export { name } => {
                    dialog.set_file_name(name).save_file().map(|path| vec![path])
                }
            };
            // The window may be gone by the time the user answers.
            let _ = sender.send(answer);
            wake();
        });
        Self { purpose, started: Instant::now(), answer }
    }

    /// The outcome, once there is one.
    pub fn poll(&self) -> Option<Picked> {
        match self.answer.try_recv() {
            Err(TryRecvError::Empty) => None,
            Ok(Some(paths)) => Some(Picked::Paths(self.purpose.clone(), paths)),
            Ok(None) if self.started.elapsed() < NO_SERVICE_WITHIN => {
                Some(Picked::NoService(self.purpose.clone()))
            }
            Err(TryRecvError::Disconnected) => Some(Picked::NoService(self.purpose.clone())),
            Ok(None) => Some(Picked::Cancelled),
        }
    }
}

/// A form for a path, typed or picked from the folder's entries.
pub struct PathForm {
    purpose: Purpose,
    typed: String,
    /// The listed entries with whether each is a folder, and the folder and prefix that they were listed for.
    listed: Option<(String, Vec<(PathBuf, bool)>)>,
    focused: bool,
    /// Whether to explain that the system has no file dialog.
    explain: bool,
}

impl PathForm {
    /// A form that starts in `folder`.
    pub fn new(purpose: Purpose, folder: PathBuf, explain: bool) -> Self {
        let start = match &purpose {
            Purpose::Export { name } => folder.join(name),
            _ => folder.join(""),
        };
        Self { purpose, typed: start.display().to_string(), listed: None, focused: false, explain }
    }

    /// The typed paths, which are separated by `;`.
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
            widgets::weak(ui, words::no_file_dialog());
        }
        let field =
            egui::TextEdit::singleline(&mut self.typed).desired_width(f32::INFINITY).cursor_at_end(true);
        let field = ui.add(field);
        if !std::mem::replace(&mut self.focused, true) {
            field.request_focus();
        }
        ui.add_space(space::XS);
        self.entries(ui);
        match super::buttons(ui, self.purpose.confirm(), self.is_ready()) {
            Some(Answer::Confirm) => Outcome::Picked(self.purpose.clone(), self.paths()),
            Some(Answer::Cancel) => Outcome::Close,
            None => Outcome::Stay,
        }
    }

    fn is_ready(&self) -> bool {
        let paths = self.paths();
        match self.purpose {
            Purpose::OpenProject => paths.first().is_some_and(|path| can_be_opened(path)),
            Purpose::OpenPacket => paths.first().is_some_and(|path| is_packet_file(path)),
            Purpose::Merge => {
                let is_copy = |path: &PathBuf| path.is_dir() || is_project(path) || is_packet_file(path);
                !paths.is_empty() && paths.iter().all(is_copy)
            }
            Purpose::MergeFolder | Purpose::PacketFolder | Purpose::NewProjectIn => {
                paths.first().is_some_and(|path| path.is_dir())
            }
            Purpose::SaveAs => paths.first().is_some_and(|path| {
                path.is_dir() || (!path.exists() && path.parent().is_some_and(Path::is_dir))
            }),
            Purpose::Import | Purpose::NewFromFiles | Purpose::Codebook | Purpose::NewText => {
                !paths.is_empty() && paths.iter().all(|path| path.exists())
            }
            Purpose::Report { .. } | Purpose::Export { .. } => {
                paths.first().is_some_and(|path| !path.is_dir())
            }
        }
    }

    fn entries(&mut self, ui: &mut Ui) {
        let (folder, prefix) = split(&self.typed);
        let key = format!("{}\n{prefix}", folder.display());
        if self.listed.as_ref().is_none_or(|(listed_for, _)| *listed_for != key) {
            self.listed = Some((key, list(&folder, &prefix, self.purpose.wants_folder())));
        }
        let mut clicked = None;
        egui::ScrollArea::vertical()
            .id_salt("entries")
            .max_height(260.0)
            .min_scrolled_height(260.0)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                if let Some(above) = folder.parent()
                    && entry(ui, m::ICON_ARROW_UPWARD, "..", false).clicked()
                {
                    clicked = Some((above.to_owned(), true));
                }
                for (path, is_folder) in self.listed.iter().flat_map(|(_, list)| list) {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    let project = *is_folder && self.purpose == Purpose::OpenProject && can_be_opened(path);
                    let icon = match (is_folder, project) {
                        (_, true) => m::ICON_LABEL,
                        (true, _) => m::ICON_FOLDER,
                        (false, _) => m::ICON_DESCRIPTION,
                    };
                    if entry(ui, icon, &name, project).clicked() {
                        clicked = Some((path.clone(), *is_folder && !project));
                    }
                }
            });
        if let Some((path, is_folder)) = clicked {
            let path = if is_folder { path.join("") } else { path };
            self.typed = path.display().to_string();
        }
        if ui.input(|input| input.key_pressed(Key::Tab)) {
            self.complete();
        }
    }

    /// Completes the path to the first entry, as a shell does.
    fn complete(&mut self) {
        if let Some((path, is_folder)) = self.listed.as_ref().and_then(|(_, list)| list.first()) {
            let path = if *is_folder { path.join("") } else { path.clone() };
            self.typed = path.display().to_string();
            self.focused = false;
        }
    }
}

fn entry(ui: &mut Ui, icon: m::MaterialIcon, name: &str, strong: bool) -> egui::Response {
    let (rect, response) = widgets::row(ui, 24.0, false, name);
    let tokens = Tokens::of(ui);
    let colour = if strong { tokens.accent } else { tokens.text_weak };
    let centre = rect.left_center() + egui::vec2(space::M, 0.0);
    let font = egui::FontId::new(16.0, icon.font_family());
    ui.painter().text(centre, egui::Align2::CENTER_CENTER, icon.codepoint, font, colour);
    let font = egui::FontId::proportional(size::INTERFACE);
    widgets::line(ui, rect.with_min_x(rect.left() + space::XL + space::XS), name, font, tokens.text);
    response
}

/// Expands `~` at the start of a path.
fn expand(path: &str) -> PathBuf {
    let rest = path.strip_prefix("~/").or_else(|| (path == "~").then_some(""));
    match (rest, directories::UserDirs::new()) {
        (Some(rest), Some(user)) => user.home_dir().join(rest),
        _ => PathBuf::from(path),
    }
}

/// Splits a typed path into its folder and the start of a name in it.
fn split(typed: &str) -> (PathBuf, String) {
    let last = typed.rsplit(';').next().unwrap_or_default().trim();
    let path = expand(last);
    if last.ends_with(['/', '\\']) || last.is_empty() || last == "~" {
        return (path, String::new());
    }
    let prefix = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    (path.parent().map(Path::to_owned).unwrap_or_default(), prefix)
}

/// The entries of a folder whose names start with `prefix`, with whether each is a folder; folders first. Hidden ones are
/// listed only if the prefix starts with a dot.
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
    out.truncate(MAX_ENTRIES);
    out
}

/// Shows what happens to files that are dragged over the window.
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
    let font = strong(18.0);
    painter.text(rect.center(), egui::Align2::CENTER_CENTER, words::drop_hint(), font, tokens.accent);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_path_is_a_folder_and_the_start_of_a_name() {
        assert_eq!(split("/tmp/"), (PathBuf::from("/tmp/"), String::new()));
        assert_eq!(split("/tmp/ab"), (PathBuf::from("/tmp"), "ab".to_owned()));
        assert_eq!(split("/x/a.txt; /tmp/b"), (PathBuf::from("/tmp"), "b".to_owned()));
    }

    #[test]
    fn folders_are_listed_first_and_hidden_files_on_request() {
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
