//! The one table of commands. Menus, toolbar, palette, shortcuts, the list of shortcuts and docs/COMMANDS.md come from it.

mod checks;
mod gestures;
mod menus;
mod page;
mod synonyms;
mod table;
mod window;

use crate::theme::icons::MaterialIcon;
use demarche_io::settings::Settings;
use demarche_session::Session;

pub use gestures::{GESTURES, GestureGroup};
pub use menus::{Entry, Submenu, entries};
pub use page::markdown;
pub use table::{COMMANDS, CommandId};
pub use window::{
    CopyCommand, DialogCommand, FocusCommand, ImportCommand, MemoTarget, Panel, ProgramCommand,
    SettingCommand, Step, WindowCommand,
};

/// A row of the command table.
pub struct Command {
    /// The command.
    pub id: CommandId,
    /// Its name in the interface; with `…` if it asks for more.
    pub name: &'static str,
    /// Its menu.
    pub menu: Menu,
    /// The submenu of its menu that it is in.
    pub submenu: Option<Submenu>,
    /// Keys that run it, such as `Ctrl+Shift+Z`; the first is the one that is shown.
    pub keys: &'static [&'static str],
    /// Where the keys work.
    pub key_context: KeyContext,
    /// Its icon.
    pub icon: Option<MaterialIcon>,
    /// One sentence on what it does.
    pub help: &'static str,
    /// Whether it can run now, or the reason why it can't.
    pub enabled: fn(&Session) -> Result<(), &'static str>,
    /// Whether what it toggles is on; `None` for a command that toggles nothing.
    pub checked: Option<fn(&Session, &Settings) -> bool>,
    /// What it does.
    pub effect: Effect,
    title: fn(&Session) -> Option<String>,
}

impl Command {
    /// Its name in a menu: undo and redo name the step that they would undo or redo.
    pub fn title(&self, session: &Session) -> String {
        (self.title)(session).unwrap_or_else(|| self.name.to_owned())
    }

    /// Whether it can run with no project open.
    pub fn needs_no_project(&self) -> bool {
        matches!(self.effect, Effect::Window(WindowCommand::Program(_)))
    }

    /// Runs it, or notifies the user why it can't run now. Returns what is left for the window to do.
    pub fn run(&self, session: &mut Session) -> Option<WindowCommand> {
        if let Err(reason) = (self.enabled)(session) {
            session.notify(reason);
            return None;
        }
        match self.effect {
            Effect::Session(run) => {
                run(session);
                None
            }
            Effect::Window(command) => Some(command),
        }
    }
}

/// What a command does.
#[derive(Clone, Copy)]
pub enum Effect {
    /// Changes the session.
    Session(fn(&mut Session)),
    /// Needs the window.
    Window(WindowCommand),
}

/// A row of the table before its effect is given.
struct Row(Command);

impl Row {
    /// A command that can always run, with keys that work everywhere.
    const fn new(id: CommandId, name: &'static str, menu: Menu) -> Self {
        Self(Command {
            id,
            name,
            menu,
            submenu: None,
            keys: &[],
            key_context: KeyContext::Window,
            icon: None,
            help: "",
            enabled: checks::always,
            checked: None,
            effect: Effect::Session(|_| {}),
            title: |_| None,
        })
    }

    /// The command is in a submenu.
    const fn within(self, submenu: Submenu) -> Self {
        Self(Command { submenu: Some(submenu), ..self.0 })
    }

    const fn keys(self, keys: &'static [&'static str]) -> Self {
        Self(Command { keys, ..self.0 })
    }

    /// The keys work where no text field has the keyboard.
    const fn outside_fields(self) -> Self {
        Self(Command { key_context: KeyContext::OutsideFields, ..self.0 })
    }

    /// The keys work only where the text has the keyboard.
    const fn in_text(self) -> Self {
        Self(Command { key_context: KeyContext::Text, ..self.0 })
    }

    /// The keys work on the Compare screen. While text is selected, a category's key tags it instead.
    const fn in_compare(self) -> Self {
        Self(Command { key_context: KeyContext::Compare, ..self.0 })
    }

    /// The keys work on the Analyse screen.
    const fn in_analyse(self) -> Self {
        Self(Command { key_context: KeyContext::Analyse, ..self.0 })
    }

    const fn icon(self, icon: MaterialIcon) -> Self {
        Self(Command { icon: Some(icon), ..self.0 })
    }

    const fn help(self, help: &'static str) -> Self {
        Self(Command { help, ..self.0 })
    }

    const fn when(self, enabled: fn(&Session) -> Result<(), &'static str>) -> Self {
        Self(Command { enabled, ..self.0 })
    }

    const fn checked(self, checked: fn(&Session, &Settings) -> bool) -> Self {
        Self(Command { checked: Some(checked), ..self.0 })
    }

    /// The title depends on the session; the name stands in for `None`.
    const fn titled(self, title: fn(&Session) -> Option<String>) -> Self {
        Self(Command { title, ..self.0 })
    }

    const fn session(self, run: fn(&mut Session)) -> Command {
        Command { effect: Effect::Session(run), ..self.0 }
    }

    const fn window(self, command: WindowCommand) -> Command {
        Command { effect: Effect::Window(command), ..self.0 }
    }

    const fn program(self, command: ProgramCommand) -> Command {
        self.window(WindowCommand::Program(command))
    }

    const fn import(self, command: ImportCommand) -> Command {
        self.window(WindowCommand::Import(command))
    }

    const fn dialog(self, command: DialogCommand) -> Command {
        self.window(WindowCommand::Dialog(command))
    }

    const fn focus(self, command: FocusCommand) -> Command {
        self.window(WindowCommand::Focus(command))
    }

    const fn copy(self, command: CopyCommand) -> Command {
        self.window(WindowCommand::Copy(command))
    }

    const fn setting(self, command: SettingCommand) -> Command {
        self.window(WindowCommand::Set(command))
    }
}

/// The menu of a command, with a group in it; groups are separated by a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Menu {
    /// Projects, import, export.
    File(u8),
    /// Undo, search, selection.
    Edit(u8),
    /// Tagging, and the current passage.
    Annotate(u8),
    /// Categories.
    Codebook(u8),
    /// The open document.
    Document(u8),
    /// Decisions on passages, and the people of the project.
    Review(u8),
    /// Differences between annotators.
    Compare(u8),
    /// What the tags say.
    Analyse(u8),
    /// Panels and appearance.
    View(u8),
    /// Help.
    Help(u8),
}

impl Menu {
    /// The menus in order, by name.
    pub const ALL: [&'static str; 10] =
        ["File", "Edit", "Annotate", "Codebook", "Document", "Review", "Compare", "Analyse", "View", "Help"];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::File(_) => "File",
            Self::Edit(_) => "Edit",
            Self::Annotate(_) => "Annotate",
            Self::Codebook(_) => "Codebook",
            Self::Document(_) => "Document",
            Self::Review(_) => "Review",
            Self::Compare(_) => "Compare",
            Self::Analyse(_) => "Analyse",
            Self::View(_) => "View",
            Self::Help(_) => "Help",
        }
    }

    /// The group inside the menu.
    pub fn group(self) -> u8 {
        match self {
            Self::File(group)
            | Self::Edit(group)
            | Self::Annotate(group)
            | Self::Codebook(group)
            | Self::Document(group)
            | Self::Review(group)
            | Self::Compare(group)
            | Self::Analyse(group)
            | Self::View(group)
            | Self::Help(group) => group,
        }
    }
}

/// Where a command's keys work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyContext {
    /// Everywhere.
    Window,
    /// Everywhere but in text fields, which need these keys themselves. On a Mac, Alt with a letter writes another letter.
    OutsideFields,
    /// Where the text has the keyboard.
    Text,
    /// On the Compare screen; a category's key tags selected text instead.
    Compare,
    /// On the Analyse screen, outside text fields.
    Analyse,
}

impl KeyContext {
    /// Returns whether the keys belong to a screen, where single letters are commands.
    pub fn is_of_screen(self) -> bool {
        match self {
            Self::Compare | Self::Analyse => true,
            Self::Window | Self::OutsideFields | Self::Text => false,
        }
    }

    /// Returns whether the keys of two contexts can work at the same time: only those of two screens can't.
    pub fn meets(self, other: Self) -> bool {
        !matches!((self, other), (Self::Compare, Self::Analyse) | (Self::Analyse, Self::Compare))
    }
}
