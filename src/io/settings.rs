//! Settings on this machine: those of the program in the user's configuration folder, those of a project in its local
//! folder. None of this is a user's work, so a file that can't be read or written is not an error: the defaults apply.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use super::columns::Columns;
use super::disk::outside;
use super::lenient_json;
use super::limits;
use super::machine::host_name;
use super::project::{Folder, read_local, write_local};
pub use super::recent::RecentProject;
pub use super::settings_choices::{RenderingChoice, RightTab, ThemeChoice, Typeface};
pub use super::shortcut_changes::{ShortcutChanges, ShortcutEntry};
pub use super::text_look::TextLook;
use super::text_look::clamp;
use demarche_model::slug;

/// The settings of the program.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Scale of the whole interface; 1 is as it was designed.
    pub zoom: f32,
    /// Size of the documents' text in points.
    pub text_size: f32,
    /// How the text is set, and what the cards next to it show.
    #[serde(flatten)]
    pub look: TextLook,
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
    /// Whether a copy of each imported PDF is kept, so that its pages can be shown.
    pub keep_pdfs: bool,
    /// Seconds from the last change to saving automatically.
    pub autosave_s: i64,
    /// The name of the format of the last export.
    pub export_format: Option<String>,
    /// The user's name, suggested for projects that they create or join.
    pub my_name: Option<String>,
    /// Whether the sample project is marked as such.
    pub sample_banner: bool,
    /// Recent projects, latest first.
    pub recent: Vec<RecentProject>,
    /// The folder of the last file dialog.
    pub last_folder: Option<PathBuf>,
    /// Whether frames are made for a graphics card.
    pub rendering: RenderingChoice,
    /// The shortcuts that differ from the defaults.
    pub shortcuts: ShortcutChanges,
}

/// Number of recent projects.
const RECENT: usize = 12;

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            zoom: 1.0,
            text_size: 16.0,
            look: TextLook::default(),
            snap: true,
            select_sentences: true,
            left_open: true,
            right_open: true,
            bottom_open: true,
            contents: false,
            right_tab: RightTab::default(),
            columns: Columns::default(),
            preview: true,
            keep_originals: false,
            keep_pdfs: true,
            autosave_s: 2,
            export_format: None,
            my_name: None,
            sample_banner: true,
            recent: Vec::new(),
            last_folder: None,
            rendering: RenderingChoice::default(),
            shortcuts: ShortcutChanges::default(),
        }
    }
}

impl Settings {
    /// Scales of the interface that can be chosen.
    pub const ZOOM: RangeInclusive<f32> = 0.8..=2.0;
    /// Sizes of the documents' text that can be chosen, in points.
    pub const TEXT_SIZES_PT: RangeInclusive<f32> = 10.0..=32.0;
    /// Pauses before saving automatically that can be chosen, in seconds.
    pub const AUTOSAVE_S: RangeInclusive<i64> = 1..=60;

    /// Reads the user's settings.
    pub fn read() -> Self {
        let json = settings_file().and_then(|path| outside::read(&path, limits::SETTINGS).ok());
        json.map_or_else(Self::default, |json| Self::from_json(&json))
    }

    /// Reads settings from JSON. Values that can't be read are the defaults, and those out of range the nearest ones.
    fn from_json(json: &[u8]) -> Self {
        let mut settings: Self = lenient_json::read(json).unwrap_or_default();
        settings.clamp();
        settings
    }

    /// Moves values that are out of range to the nearest end of it.
    pub fn clamp(&mut self) {
        clamp(&mut self.zoom, Self::ZOOM);
        clamp(&mut self.text_size, Self::TEXT_SIZES_PT);
        self.look.clamp();
        self.autosave_s = self.autosave_s.clamp(*Self::AUTOSAVE_S.start(), *Self::AUTOSAVE_S.end());
    }

    /// Sets what the settings page shows to the defaults, except the user's name and the shortcuts.
    pub fn reset_preferences(&mut self) {
        let Self { theme, zoom, text_size, look, snap, select_sentences, .. } = Self::default();
        *self = Self { theme, zoom, text_size, look, snap, select_sentences, ..self.clone() };
        let Self { preview, keep_originals, autosave_s, .. } = Self::default();
        (self.preview, self.keep_originals, self.autosave_s) = (preview, keep_originals, autosave_s);
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
    pub fn opened(&mut self, project: RecentProject) {
        self.forget(&project.path);
        self.recent.insert(0, project);
        self.recent.truncate(RECENT);
    }

    /// Removes a project from the recent ones.
    pub fn forget(&mut self, project: &Path) {
        self.recent.retain(|other| other.path != project);
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
    /// Whether this is a working copy of the sample project.
    pub sample: bool,
    /// For each annotator who has been the user: until when they have read what others say about a span, in seconds since
    /// 1970, by the id of the span.
    pub seen: BTreeMap<String, BTreeMap<String, i64>>,
    /// For each annotator who has been the user: when they last looked at the Analyse screen, in seconds since 1970.
    pub analysed: BTreeMap<String, i64>,
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

/// Returns the name of the file with the settings of a project.
fn local_file() -> String {
    own_file("local")
}

/// Returns the name of a file of this user on this machine. On a shared drive several people share one `.demarche`, and a
/// login may be the same on several machines, so each has a separate file.
pub(super) fn own_file(kind: &str) -> String {
    let users = ["USER", "USERNAME", "LOGNAME"].iter().filter_map(|name| std::env::var(name).ok());
    let user = users.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let name = slug(&user, "me");
    // Separately, since a slug may be cut.
    let machine = host_name().map(|machine| format!("-{}", slug(&machine, ""))).unwrap_or_default();
    format!("{kind}-{name}{machine}.json")
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

/// Returns the folder for pages that are printed, and creates it if it is missing.
pub fn print_folder() -> PathBuf {
    let folder = match directories::ProjectDirs::from("", "", "demarche") {
        Some(folders) => folders.cache_dir().join("print"),
        None => std::env::temp_dir().join("demarche-print"),
    };
    // If that fails, writing a page says so.
    let _ = std::fs::create_dir_all(&folder);
    folder
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
    use std::path::{Path, PathBuf};

    use super::{RecentProject, RenderingChoice, RightTab, Settings, ThemeChoice};

    fn read(text: &str) -> Settings {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_name_that_is_not_known_means_the_default() {
        assert_eq!(read(r#"{"right_tab":"inbox"}"#).right_tab, RightTab::Inbox);
        assert_eq!(read(r#"{"theme":"light"}"#).theme, ThemeChoice::Light);
        assert_eq!(read(r#"{"rendering":"software"}"#).rendering, RenderingChoice::Software);
        let newer = r#"{"right_tab":"newer","theme":"newer","rendering":"newer"}"#;
        for settings in [read(newer), read("{}")] {
            let Settings { right_tab, theme, rendering, .. } = settings;
            let expect = (RightTab::Summary, ThemeChoice::System, RenderingChoice::Automatic);
            assert_eq!((right_tab, theme, rendering), expect);
        }
    }

    #[test]
    fn values_out_of_range_are_clamped_and_bad_ones_cost_only_themselves() {
        let json = br#"{"zoom":9,"text_size":2,"line_height":0.1,"column_chars":1e9,"card_width":-1,
            "autosave_s":-5,"snap":"maybe","theme":"dark","card_attributes":[1],"later":{"unknown":true}}"#;
        let read = Settings::from_json(json);
        assert_eq!((read.zoom, read.text_size, read.autosave_s), (2.0, 10.0, 1));
        assert_eq!(
            (read.look.line_height, read.look.column_chars, read.look.card_width),
            (1.2, 140.0, 140.0)
        );
        assert_eq!((read.snap, read.theme), (true, ThemeChoice::Dark));
        assert_eq!(read.look.card_attributes, Settings::default().look.card_attributes);
        assert_eq!(Settings::from_json(b"[]"), Settings::default());
        assert_eq!(Settings::from_json(b"{"), Settings::default());
    }

    #[test]
    fn everything_on_the_page_is_read_back_and_reset() {
        let mut settings =
            Settings { my_name: Some("Ana Reyes".to_owned()), zoom: 1.2, ..Settings::default() };
        settings.look.card_note = false;
        settings.autosave_s = 20;
        settings.columns.show("note", true);
        let read = Settings::from_json(&serde_json::to_vec(&settings).unwrap());
        assert_eq!(read, settings);
        settings.reset_preferences();
        assert_eq!((settings.zoom, settings.autosave_s, settings.look.card_note), (1.0, 2, true));
        assert_eq!((settings.my_name.as_deref(), settings.columns), (Some("Ana Reyes"), read.columns));
    }

    #[test]
    fn names_are_written_as_they_always_were() {
        let written = serde_json::to_value(Settings::default()).unwrap();
        assert_eq!([&written["theme"], &written["right_tab"]], ["system", "summary"]);
    }

    #[test]
    fn recent_projects_are_read_with_and_without_name_and_date() {
        let mut settings = read(r#"{"recent":["/talks",{"path":"/b","name":"B","opened_s":5}]}"#);
        let paths = |settings: &Settings| -> Vec<PathBuf> {
            settings.recent.iter().map(|project| project.path.clone()).collect()
        };
        assert_eq!(paths(&settings), [Path::new("/talks"), Path::new("/b")]);
        assert_eq!(
            (settings.recent[0].shown_name(), settings.recent[0].opened_s),
            ("talks".to_owned(), None)
        );
        assert_eq!((settings.recent[1].shown_name(), settings.recent[1].opened_s), ("B".to_owned(), Some(5)));
        let again: Settings = serde_json::from_str(&serde_json::to_string(&settings).unwrap()).unwrap();
        assert_eq!(again, settings);
        settings.opened(RecentProject { path: "/b".into(), name: "Bees".to_owned(), opened_s: Some(9) });
        assert_eq!(paths(&settings), [Path::new("/b"), Path::new("/talks")], "once, in front");
        settings.forget(Path::new("/talks"));
        assert_eq!(paths(&settings), [Path::new("/b")]);
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
