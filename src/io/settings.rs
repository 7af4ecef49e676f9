//! Settings on this machine: those of the program in the user's configuration folder, those of a project in its local
//! folder. None of this is a user's work, so a file that can't be read or written is not an error: the defaults apply.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::outside;
use super::limits;
use super::machine::host_name;
use super::project::{Folder, read_local, write_local};
use demarche_model::slug;

/// The settings of the program.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Size of the documents' text in points.
    pub text_size: f32,
    /// Whether selections snap to words.
    pub snap: bool,
    /// Whether moving by sentences selects them.
    pub select_sentences: bool,
    /// Whether the panel with documents and codebook is shown.
    pub left_open: bool,
    /// Whether the panel with inspector and summary is shown.
    pub right_open: bool,
    /// Whether the passages are shown.
    pub bottom_open: bool,
    /// The screen that is shown.
    pub screen: Screen,
    /// Whether the left panel shows the contents of the document rather than the documents.
    pub contents: bool,
    /// The tab of the right panel.
    pub right_tab: RightTab,
    /// The columns of the passages table.
    pub columns: Columns,
    /// Whether files are previewed before they are imported.
    pub preview: bool,
    /// Whether a copy of each imported file is kept next to its text.
    pub keep_originals: bool,
    /// The name of the format of the last export.
    pub export_format: Option<String>,
    /// Recent projects, latest first.
    pub recent: Vec<PathBuf>,
    /// The folder of the last file dialog.
    pub last_folder: Option<PathBuf>,
}

/// Light or dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// The system's theme, or light if unknown. Also for a name that a newer Demarche has written.
    #[default]
    #[serde(other)]
    System,
}

/// A way to work with the project that takes the whole window between menu bar and status bar.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Screen {
    /// Comparing annotators and settling the consensus.
    Compare,
    /// Measures of agreement.
    Agreement,
    /// Views that explain who asked whom for what, and what came of it.
    Analyse,
    /// Reading and tagging; also for a name that a newer Demarche has written.
    #[default]
    #[serde(other)]
    Annotate,
}

impl Screen {
    /// The screens, in the order of the switch in the menu bar.
    pub const ALL: [Self; 4] = [Self::Annotate, Self::Compare, Self::Agreement, Self::Analyse];
}

/// A tab of the right panel.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RightTab {
    /// The current passage.
    Inspector,
    /// The queue of passages to decide on.
    Review,
    /// The decisions of others on the user's passages.
    Inbox,
    /// The figures of the project; also for a name that a newer Demarche has written.
    #[default]
    #[serde(other)]
    Summary,
}

/// Number of recent projects.
const RECENT: usize = 12;

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            text_size: 16.0,
            snap: true,
            select_sentences: true,
            left_open: true,
            right_open: true,
            bottom_open: true,
            screen: Screen::default(),
            contents: false,
            right_tab: RightTab::default(),
            columns: Columns::default(),
            preview: true,
            keep_originals: false,
            export_format: None,
            recent: Vec::new(),
            last_folder: None,
        }
    }
}

impl Settings {
    /// Reads the user's settings.
    pub fn read() -> Self {
        settings_file().and_then(|path| read_json(&path)).unwrap_or_default()
    }

    /// Writes the user's settings.
    pub fn write(&self) {
        if let Some(path) = settings_file() {
            write_json(&path, self);
        }
    }

    /// Opens the right panel at a tab.
    pub fn show_right(&mut self, tab: RightTab) {
        self.right_open = true;
        self.right_tab = tab;
    }

    /// Moves a project to the front of the recent ones.
    pub fn opened(&mut self, project: &Path) {
        self.recent.retain(|other| other != project);
        self.recent.insert(0, project.to_owned());
        self.recent.truncate(RECENT);
    }
}

/// The user's choices for columns of the passages table, by the columns' ids.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Columns(BTreeMap<String, ColumnLook>);

/// The user's choices for a column; empty for the defaults.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct ColumnLook {
    shown: Option<bool>,
    width: Option<f32>,
}

impl Columns {
    /// Returns whether a column is shown, if the user has chosen that.
    pub fn is_shown(&self, column: &str) -> Option<bool> {
        self.0.get(column)?.shown
    }

    /// Returns the width of a column, if the user has chosen one.
    pub fn width(&self, column: &str) -> Option<f32> {
        self.0.get(column)?.width.filter(|width| width.is_finite())
    }

    /// Shows or hides a column.
    pub fn show(&mut self, column: &str, shown: bool) {
        self.0.entry(column.to_owned()).or_default().shown = Some(shown);
    }

    /// Sets the width of a column; `None` for the default.
    pub fn set_width(&mut self, column: &str, width: Option<f32>) {
        self.0.entry(column.to_owned()).or_default().width = width;
    }
}

/// The settings of a project on this machine.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Local {
    /// The id of the annotator who is the user.
    pub annotator: Option<String>,
    /// The document that was shown last.
    pub document: Option<String>,
    /// For each annotator who has been the user: until when they have read what others say about a span, in seconds since
    /// 1970, by the id of the span.
    pub seen: BTreeMap<String, BTreeMap<String, i64>>,
}

impl Local {
    /// Reads the settings of a project.
    pub fn read(folder: &Folder) -> Self {
        let bytes = read_local(folder, &local_file()).ok();
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Writes the settings of a project.
    pub fn write(&self, folder: &Folder) {
        let Ok(bytes) = serde_json::to_vec_pretty(self) else { return };
        if let Err(error) = write_local(folder, &local_file(), &bytes) {
            tracing::warn!("can't save settings: {error}");
        }
    }
}

/// Returns the name of the file with the settings of a project. On a shared drive several people share one `.demarche`, and a
/// login may be the same on several machines, so each has a separate file.
fn local_file() -> String {
    let users = ["USER", "USERNAME", "LOGNAME"].iter().filter_map(|name| std::env::var(name).ok());
    let user = users.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let name = slug(&user, "me");
    // Separately, since a slug may be cut.
    let machine = host_name().map(|machine| format!("-{}", slug(&machine, ""))).unwrap_or_default();
    format!("local-{name}{machine}.json")
}

/// Returns the folder with working copies of the sample project.
pub fn sample_folder() -> PathBuf {
    match directories::ProjectDirs::from("", "", "demarche") {
        Some(folders) => folders.data_dir().join("sample"),
        None => std::env::temp_dir().join("demarche-sample"),
    }
}

/// Returns the folder into which packets are unpacked.
pub fn packets_folder() -> PathBuf {
    match directories::ProjectDirs::from("", "", "demarche") {
        Some(folders) => folders.data_dir().join("packets"),
        None => std::env::temp_dir().join("demarche-packets"),
    }
}

/// Returns the log file of the program.
pub fn log_file() -> PathBuf {
    match directories::ProjectDirs::from("", "", "demarche") {
        Some(folders) => folders.data_dir().join("demarche.log"),
        None => std::env::temp_dir().join("demarche.log"),
    }
}

/// Returns the folder that is suggested for new projects.
pub fn documents_folder() -> PathBuf {
    let user = directories::UserDirs::new();
    let folder = user.as_ref().map(|user| user.document_dir().unwrap_or_else(|| user.home_dir()).to_owned());
    folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default()
}

fn settings_file() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "demarche")
        .map(|folders| folders.config_dir().join("settings.json"))
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&outside::read(path, limits::SETTINGS).ok()?).ok()
}

fn write_json<T: Serialize>(path: &Path, value: &T) {
    let Ok(bytes) = serde_json::to_vec_pretty(value) else { return };
    let folder = path.parent().map(std::fs::create_dir_all).transpose();
    // A link remains one, for people who keep their settings elsewhere.
    let written = folder.and_then(|_| outside::write(&outside::real_path(path), &bytes));
    if let Err(error) = written {
        tracing::warn!("can't save settings: {error}: {}", path.display());
    }
}

#[cfg(test)]
mod tests {
    use super::{RightTab, Screen, Settings, ThemeChoice};

    fn read(text: &str) -> Settings {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_name_that_is_not_known_means_the_default() {
        assert_eq!(read(r#"{"right_tab":"inbox"}"#).right_tab, RightTab::Inbox);
        assert_eq!(read(r#"{"screen":"agreement"}"#).screen, Screen::Agreement);
        assert_eq!(read(r#"{"theme":"light"}"#).theme, ThemeChoice::Light);
        let newer = r#"{"right_tab":"newer","screen":"newer","theme":"newer"}"#;
        for settings in [read(newer), read("{}")] {
            let Settings { right_tab, screen, theme, .. } = settings;
            assert_eq!(
                (right_tab, screen, theme),
                (RightTab::Summary, Screen::Annotate, ThemeChoice::System)
            );
        }
    }

    #[test]
    fn names_are_written_as_they_always_were() {
        let written = serde_json::to_value(Settings::default()).unwrap();
        assert_eq!([&written["theme"], &written["screen"]], ["system", "annotate"]);
    }

    #[test]
    fn chosen_columns_are_read_back_and_may_be_missing() {
        let mut settings = Settings::default();
        settings.columns.show("note", true);
        settings.columns.set_width("note", Some(220.0));
        settings.columns.show("date", false);
        let text = serde_json::to_string(&settings).unwrap();
        let read: Settings = serde_json::from_str(&text).unwrap();
        assert_eq!(read, settings);
        let columns = read.columns;
        assert_eq!((columns.is_shown("note"), columns.width("note")), (Some(true), Some(220.0)));
        assert_eq!((columns.is_shown("date"), columns.is_shown("category")), (Some(false), None));
        let old: Settings = serde_json::from_str(r#"{"theme":"dark","summary":false}"#).unwrap();
        assert_eq!((old.theme, old.columns), (ThemeChoice::Dark, Default::default()));
    }
}
