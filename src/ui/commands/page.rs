//! The page of commands for users.

use super::{COMMANDS, Command, GESTURES, KeyContext, Menu};

/// The content of docs/COMMANDS.md.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Commands\n\nGenerated from `src/ui/commands/`; a test fails if this page is stale. Keys marked *text* work \
         where the text has the keyboard, those marked *Compare* on that screen (a category's key tags text that is selected), those marked \
         *Analyse* on that screen.\n",
    );
    for menu in Menu::ALL {
        out.push_str(&format!("\n## {menu}\n\n| command | keys | what it does |\n|---|---|---|\n"));
        for command in COMMANDS.iter().filter(|command| command.menu.name() == menu) {
            let (keys, context) = (code(command.keys), context(command));
            out.push_str(&format!("| {} | {keys}{context} | {} |\n", command.name, command.help));
        }
    }
    for group in &GESTURES {
        out.push_str(&format!("\n## {}\n\n| keys | what they do |\n|---|---|\n", group.title));
        for (keys, what) in group.rows {
            out.push_str(&format!("| {} | {what} |\n", code(keys)));
        }
    }
    out
}

fn code(keys: &[&str]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    keys.join(" ")
}

fn context(command: &Command) -> &'static str {
    match command.key_context {
        KeyContext::Text if !command.keys.is_empty() => " *text*",
        KeyContext::Compare if !command.keys.is_empty() => " *Compare*",
        KeyContext::Analyse if !command.keys.is_empty() => " *Analyse*",
        KeyContext::Window
        | KeyContext::OutsideFields
        | KeyContext::Text
        | KeyContext::Compare
        | KeyContext::Analyse => "",
    }
}
