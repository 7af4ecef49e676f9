//! The one table of commands. Menus, toolbar, palette, shortcuts, the help page and docs/COMMANDS.md come from it.

mod checks;
mod page;
mod table;
mod window;

use crate::theme::icons::MaterialIcon;
use demarche_io::settings::Settings;
use demarche_session::Session;

pub use page::markdown;
pub use table::{COMMANDS, CommandId};
pub use window::{
    CopyCommand, DialogCommand, FocusCommand, IntakeCommand, Panel, ProgramCommand, SettingCommand, TextSize,
    WindowCommand,
};

/// Something that the user can do.
pub struct Command {
    /// Which it is.
    pub id: CommandId,
    /// Its name for people; of one that opens a dialog, with `…`.
    pub name: &'static str,
    /// Where it stands.
    pub menu: Menu,
    /// Keys that run it, such as `Ctrl+Shift+Z`; the first is the one that is shown.
    pub keys: &'static [&'static str],
    /// Where the keys work.
    pub scope: Scope,
    /// Its icon.
    pub icon: Option<MaterialIcon>,
    /// One sentence on what it does.
    pub help: &'static str,
    /// Whether it can be run now, and why not.
    pub enabled: fn(&Session) -> Result<(), &'static str>,
    /// Whether what it switches is on now; `None` where it switches nothing.
    pub checked: Option<fn(&Session, &Settings) -> bool>,
    /// What it does.
    pub run: Run,
    title: fn(&Session) -> Option<String>,
}

impl Command {
    /// Its name as it stands in a menu now: undo and redo say what they would undo and redo.
    pub fn title(&self, session: &Session) -> String {
        (self.title)(session).unwrap_or_else(|| self.name.to_owned())
    }

    /// Whether it can be run with no project open.
    pub fn needs_no_project(&self) -> bool {
        matches!(self.run, Run::Window(WindowCommand::Program(_)))
    }

    /// Runs it, or tells the user why it can't be run now. Returns what is left to the window.
    pub fn run(&self, session: &mut Session) -> Option<WindowCommand> {
        if let Err(why) = (self.enabled)(session) {
            session.notify(why);
            return None;
        }
        match self.run {
            Run::Session(run) => {
                run(session);
                None
            }
            Run::Window(command) => Some(command),
        }
    }
}

/// What a command does.
#[derive(Clone, Copy)]
pub enum Run {
    /// Something in the session.
    Session(fn(&mut Session)),
    /// Something that only the window can do.
    Window(WindowCommand),
}

/// A row of the table, but for what it runs.
struct Row(Command);

impl Row {
    /// A row that can always be run, everywhere.
    const fn new(id: CommandId, name: &'static str, menu: Menu) -> Self {
        Self(Command {
            id,
            name,
            menu,
            keys: &[],
            scope: Scope::Window,
            icon: None,
            help: "",
            enabled: checks::always,
            checked: None,
            run: Run::Session(|_| {}),
            title: |_| None,
        })
    }

    const fn keys(self, keys: &'static [&'static str]) -> Self {
        Self(Command { keys, ..self.0 })
    }

    /// The keys work where no text field has the keyboard.
    const fn outside_fields(self) -> Self {
        Self(Command { scope: Scope::OutsideFields, ..self.0 })
    }

    /// The keys work only where the text has the keyboard.
    const fn in_text(self) -> Self {
        Self(Command { scope: Scope::Text, ..self.0 })
    }

    /// The keys work on the Compare screen, unless words are selected: then a key is a category's.
    const fn in_compare(self) -> Self {
        Self(Command { scope: Scope::Compare, ..self.0 })
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

    /// Its name depends on what could be done now; as in the table for `None`.
    const fn titled(self, title: fn(&Session) -> Option<String>) -> Self {
        Self(Command { title, ..self.0 })
    }

    const fn runs(self, run: fn(&mut Session)) -> Command {
        Command { run: Run::Session(run), ..self.0 }
    }

    const fn window(self, command: WindowCommand) -> Command {
        Command { run: Run::Window(command), ..self.0 }
    }

    const fn program(self, command: ProgramCommand) -> Command {
        self.window(WindowCommand::Program(command))
    }

    const fn takes_in(self, command: IntakeCommand) -> Command {
        self.window(WindowCommand::Intake(command))
    }

    const fn dialog(self, command: DialogCommand) -> Command {
        self.window(WindowCommand::Dialog(command))
    }

    const fn focuses(self, command: FocusCommand) -> Command {
        self.window(WindowCommand::Focus(command))
    }

    const fn copies(self, command: CopyCommand) -> Command {
        self.window(WindowCommand::Copy(command))
    }

    const fn sets(self, command: SettingCommand) -> Command {
        self.window(WindowCommand::Set(command))
    }
}

/// The menu that a command stands in. A change of group draws a line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Menu {
    /// Project, import, export.
    File(u8),
    /// Undo, tagging, finding.
    Edit(u8),
    /// Categories.
    Codebook(u8),
    /// The document that is shown.
    Document(u8),
    /// Deciding on what others have tagged, and the people of the project.
    Review(u8),
    /// What annotators differ on.
    Compare(u8),
    /// Panels and looks.
    View(u8),
    /// Where to look things up.
    Help(u8),
}

impl Menu {
    /// The menus in order, by name.
    pub const ALL: [&'static str; 8] =
        ["File", "Edit", "Codebook", "Document", "Review", "Differences", "View", "Help"];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::File(_) => "File",
            Self::Edit(_) => "Edit",
            Self::Codebook(_) => "Codebook",
            Self::Document(_) => "Document",
            Self::Review(_) => "Review",
            Self::Compare(_) => "Differences",
            Self::View(_) => "View",
            Self::Help(_) => "Help",
        }
    }

    /// The group inside the menu.
    pub fn group(self) -> u8 {
        match self {
            Self::File(g)
            | Self::Edit(g)
            | Self::Codebook(g)
            | Self::Document(g)
            | Self::Review(g)
            | Self::Compare(g)
            | Self::View(g)
            | Self::Help(g) => g,
        }
    }
}

/// Where a command's keys work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// Everywhere.
    Window,
    /// Everywhere but in text fields, which need these keys for themselves. On a Mac, Alt with a letter writes another
    /// letter.
    OutsideFields,
    /// Where the text has the keyboard.
    Text,
    /// On the Compare screen, while no words are selected.
    Compare,
}
