//! Choices among the settings.

use serde::{Deserialize, Serialize};

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

/// Whether the window is drawn for a graphics card, or as cheaply as possible for a computer without one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RenderingChoice {
    /// For a graphics card.
    Hardware,
    /// For a computer without one.
    Software,
    /// As the system seems to be. Also for a name that a newer Demarche has written.
    #[default]
    #[serde(other)]
    Automatic,
}

/// The typeface of documents.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Typeface {
    /// The sans-serif face of the interface.
    Sans,
    /// A face whose letters are equally wide.
    Mono,
    /// A font of the system, chosen by name.
    Installed,
    /// The face with serifs. Also for a name that a newer Demarche has written.
    #[default]
    #[serde(other)]
    Serif,
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
    /// The memos.
    Memos,
    /// The page of the original.
    Page,
    /// The figures of the project; also for a name that a newer Demarche has written.
    #[default]
    #[serde(other)]
    Summary,
}
