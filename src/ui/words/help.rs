//! Help: shortcuts, the about box, problems in files.

texts! {
    about: "Read negotiation and policy texts, tag the moves in them, and find out who asked whom for what.",
    offline: "Works offline on this computer; nothing is sent anywhere.",
    licences: "Licence: MIT or Apache-2.0. Fonts: Inter and Source Serif (SIL Open Font License 1.1), Hack (MIT and Bitstream Vera). Icons: Material Symbols (Apache-2.0).",
    shortcuts: "Keyboard shortcuts",
    search_shortcuts: "Name, key or part of the window",
    no_shortcuts: "No matches",
    no_shortcuts_hint: "Try another word, or a key such as Ctrl+M.",
    notices: "Notices",
    no_notices: "There have been no notices since the project was opened.",
    change_shortcuts: "Change shortcuts…",
    problems: "Problems in the project's files",
    problems_hint: "Nothing is lost: what can't be read stays in its file as it is. Fix it there with a text editor.",
}

/// The program and its version.
pub fn version(version: &str) -> String {
    format!("Demarche {version}")
}

/// A shortcut for a screen reader.
pub fn shortcut(name: &str, keys: &str) -> String {
    format!("{name}: {keys}")
}

/// Keys that work where the text has the keyboard.
pub fn in_text(keys: &str) -> String {
    format!("{keys} (in the text)")
}

/// A line of a file.
pub fn line(file: &std::path::Path, line: Option<usize>) -> String {
    match line {
        Some(line) => format!("{}, line {line}", file.display()),
        None => file.display().to_string(),
    }
}
