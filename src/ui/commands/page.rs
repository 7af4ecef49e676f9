//! The page of commands for users.

use super::{COMMANDS, Menu, Scope};

/// docs/COMMANDS.md.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Commands\n\nMade from the table in `src/ui/commands/table.rs`; a test fails when this page is stale. \
         Keys marked *text* work where the text has the keyboard, those marked *Compare* on \
         that screen while no words are selected.\n",
    );
    for menu in Menu::ALL {
        out.push_str(&format!("\n## {menu}\n\n| command | keys | what it does |\n|---|---|---|\n"));
        for command in COMMANDS.iter().filter(|command| command.menu.name() == menu) {
            let keys: Vec<String> = command.keys.iter().map(|keys| format!("`{keys}`")).collect();
            let scope = match command.scope {
                Scope::Text if !keys.is_empty() => " *text*",
                Scope::Compare if !keys.is_empty() => " *Compare*",
                Scope::Window | Scope::OutsideFields | Scope::Text | Scope::Compare => "",
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
