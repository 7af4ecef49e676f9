//! The one table of commands. Menus, toolbar, palette, shortcuts, the help page and docs/COMMANDS.md come from it.

mod checks;
mod table;

use super::{Ask, Session};

pub use table::COMMANDS;

/// Something that the user can do.
pub struct Command {
    /// Its name for code and tests: `span.remove`.
    pub id: &'static str,
    /// Its name for people; of one that opens a dialog, with `…`.
    pub name: &'static str,
    /// Where it stands.
    pub menu: Menu,
    /// Keys, such as `Ctrl+Shift+Z`; several with ` / ` between them; empty for none.
    pub keys: &'static str,
    /// Where the keys work.
    pub scope: Scope,
    /// Name of its icon; empty for none.
    pub icon: &'static str,
    /// One sentence on what it does.
    pub help: &'static str,
    /// Whether it can be run now, and why not.
    pub enabled: fn(&Session) -> Result<(), &'static str>,
    /// What it does.
    pub run: Run,
}

impl Command {
    /// A row of the table that can always be run, everywhere, and does nothing yet.
    const fn new(id: &'static str, name: &'static str, menu: Menu) -> Self {
        let run = Run::Do(|_| {});
        Self {
            id,
            name,
            menu,
            keys: "",
            scope: Scope::Window,
            icon: "",
            help: "",
            enabled: checks::always,
            run,
        }
    }

    const fn keys(self, keys: &'static str) -> Self {
        Self { keys, ..self }
    }

    /// The keys work only where the text has the keyboard.
    const fn in_text(self) -> Self {
        Self { scope: Scope::Text, ..self }
    }

    /// The keys work on the Compare screen, unless words are selected: then a key is a category's.
    const fn in_compare(self) -> Self {
        Self { scope: Scope::Compare, ..self }
    }

    const fn icon(self, icon: &'static str) -> Self {
        Self { icon, ..self }
    }

    const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    const fn when(self, enabled: fn(&Session) -> Result<(), &'static str>) -> Self {
        Self { enabled, ..self }
    }

    const fn runs(self, run: fn(&mut Session)) -> Self {
        Self { run: Run::Do(run), ..self }
    }

    const fn asks(self, ask: Ask) -> Self {
        Self { run: Run::Ask(ask), ..self }
    }
}

/// What a command does.
#[derive(Clone, Copy)]
pub enum Run {
    /// Something in the session.
    Do(fn(&mut Session)),
    /// Something that only the window can do.
    Ask(Ask),
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
    /// Where the text has the keyboard.
    Text,
    /// On the Compare screen, while no words are selected.
    Compare,
}

/// The command with this id.
pub fn find(id: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.id == id)
}

/// The name of a command as it stands in a menu now: undo and redo say what they would undo and redo; the second passage
/// of a link ends it.
pub fn title(command: &Command, session: &Session) -> String {
    if command.id == "link.here" && session.link_mark().is_some() {
        return "Link to here…".to_owned();
    }
    let label = match command.id {
        "edit.undo" => session.history().undo_label(),
        "edit.redo" => session.history().redo_label(),
        _ => None,
    };
    label.map_or_else(|| command.name.to_owned(), |label| format!("{} {label}", command.name))
}

/// docs/COMMANDS.md.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Commands\n\nMade from the table in `src/session/commands/table.rs`; a test fails when this page is stale. \
         Keys marked *text* work where the text has the keyboard, those marked *Compare* on \
         that screen while no words are selected.\n",
    );
    for menu in Menu::ALL {
        out.push_str(&format!("\n## {menu}\n\n| command | keys | what it does |\n|---|---|---|\n"));
        for command in COMMANDS.iter().filter(|command| command.menu.name() == menu) {
            let keys: Vec<String> = command
                .keys
                .split(" / ")
                .filter(|keys| !keys.is_empty())
                .map(|keys| format!("`{keys}`"))
                .collect();
            let scope = match command.scope {
                Scope::Text if !keys.is_empty() => " *text*",
                Scope::Compare if !keys.is_empty() => " *Compare*",
                _ => "",
            };
            out.push_str(&format!("| {} | {}{scope} | {} |\n", command.name, keys.join(" "), command.help));
        }
    }
    out.push_str(TEXT_KEYS);
    out.push_str(TABLE_KEYS);
    out.push_str(QUEUE_KEYS);
    out
}

/// What the text itself does with keys; these are no commands.
const TEXT_KEYS: &str = "\n## In the text\n\n| keys | what they do |\n|---|---|\n\
| `1`–`9`, letters | tag the selection with the category of that key; with a passage picked, retag it |\n\
| `Shift` with these | tag the words of the picked passage a second time |\n\
| `←` `→` | move the caret by a character; with `Ctrl` by a word |\n\
| `↑` `↓` | move by a line; with `Ctrl` by a paragraph, with `Alt` by a sentence |\n\
| `Home` `End` | move to the ends of the line; with `Ctrl` of the document |\n\
| `Page Up` `Page Down` | move by a page |\n\
| `Shift` with any of these moves | extend the selection |\n\
| drag, double click, triple click | select words, a word, a sentence; `Alt` while dragging selects single characters |\n\
| drag a card onto another card or a passage | link the two passages; the kind of link is asked for |\n\
| click on a passage, again | pick the shortest passage there, then the next longer one |\n";

/// What the passages table does with keys.
const TABLE_KEYS: &str = "\n## In the passages table\n\n| keys | what they do |\n|---|---|\n\
| `↑` `↓` `Page Up` `Page Down` `Home` `End` | go to another row; with `Shift` choose those between, too |\n\
| `Shift` with a click, `Ctrl` with a click | choose the rows up to there, one row more or less |\n\
| `Ctrl+A`, `Escape` | choose every row; only the one that the text shows |\n\
| `1`–`9`, letters | retag the chosen rows with the category of that key |\n\
| `Delete` | remove the chosen passages |\n\
| `Ctrl+C` | copy the chosen rows with their citations |\n\
| `Enter` | go to the passage in the text |\n\
| `←` `→` | close, open the group |\n";

/// What the queue of a review does with keys.
const QUEUE_KEYS: &str = "\n## In the queue of a review\n\n| keys | what they do |\n|---|---|\n\
| `A` `R` `D` | accept, reject, dispute the passage, and go on to the next |\n\
| `P` `C` `W` | propose a change; write a comment; take the decision back |\n\
| `↓` `N`, `↑` `B` | go to the next passage, to the one before |\n\
| `Enter` | give the text the keyboard |\n";
