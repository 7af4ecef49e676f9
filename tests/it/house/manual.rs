//! The pages of the manual are complete, their links lead somewhere, and the keys that they name exist.

use std::collections::BTreeSet;
use std::fs;

use demarche::ui::commands::{COMMANDS, Entry, GESTURES, entries};
use demarche::ui::keymap::shortcut::parse;
use demarche::ui::manual::{ManualPage, code, links};
use demarche::ui::words::menu_bar::submenu;

use super::sources::root;

#[test]
fn every_page_is_listed_once_and_every_listed_page_is_shown() {
    let folder = root().join("docs/manual/src");
    let files =
        fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.filter(|file| file != "SUMMARY.md").collect();
    let summary = fs::read_to_string(folder.join("SUMMARY.md")).unwrap();
    let listed: Vec<String> = links(&summary).map(str::to_owned).collect();
    let shown: Vec<String> = ManualPage::ALL.iter().map(|page| page.file().to_owned()).collect();
    assert_eq!(listed, shown, "in the order of SUMMARY.md");
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), files);
    for page in ManualPage::ALL {
        let title = page.sections().next().unwrap().title;
        assert_eq!(page.title(), title, "the title in SUMMARY.md");
    }
}

#[test]
fn links_lead_to_a_page_and_a_section() {
    for page in ManualPage::ALL {
        for link in links(page.text()).filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let to = ManualPage::of_file(file).unwrap_or_else(|| panic!("{}: {link}", page.file()));
            let found = anchor.is_empty() || to.sections().any(|section| section.anchor() == anchor);
            assert!(found, "{}: {link}", page.file());
        }
    }
}

/// The keys of commands and gestures, as they are shown.
fn known() -> BTreeSet<String> {
    let commands = COMMANDS.iter().flat_map(|command| command.keys).map(|keys| shown(keys));
    let gestures = GESTURES.iter().flat_map(|group| group.rows).flat_map(|(keys, _)| {
        // `Ctrl+←`, `→`: the keys after the first have its modifiers.
        let modifiers = keys[0].rsplit_once('+').map_or("", |(modifiers, _)| modifiers);
        let later = keys.iter().map(move |key| format!("{modifiers}+{key}"));
        keys.iter().map(|key| (*key).to_owned()).chain(later)
    });
    commands.chain(gestures).collect()
}

fn shown(keys: &str) -> String {
    let arrows = keys.replace("ArrowRight", "→").replace("ArrowLeft", "←");
    arrows.replace("PageDown", "Page Down").replace("PageUp", "Page Up")
}

#[test]
fn keys_that_the_manual_names_exist() {
    let known = known();
    let mut seen = 0;
    for page in ManualPage::ALL {
        for keys in code(page.text()).filter(|code| is_chord(code)) {
            seen += 1;
            assert!(known.contains(keys), "{} names {keys}, which no command or gesture has", page.file());
        }
    }
    assert!(seen > 60, "keys are found: {seen}");
}

/// Whether code is a key with modifiers, or a function key.
fn is_chord(code: &str) -> bool {
    let is_function = parse(code).is_some() && code.starts_with('F') && code.len() > 1;
    let has_modifier = ["Ctrl+", "Alt+", "Shift+"].iter().any(|modifier| code.starts_with(modifier));
    is_function || has_modifier
}

/// Whether a menu has a command at the end of a path such as `File`, `Packets`, `Send back…`.
fn menu_has(path: &[&str]) -> bool {
    entries(path[0]).iter().any(|entry| match entry {
        Entry::Command(command) => path[1..] == [command.name],
        Entry::Submenu(part, commands) => {
            commands.iter().any(|command| path[1..] == [submenu(*part), command.name])
        }
    })
}

#[test]
fn commands_are_in_the_menus_in_which_pages_find_them() {
    let manual = ManualPage::ALL.iter().map(|page| page.text().to_owned());
    let pages = ["README.md", "docs/TEAM.md", "docs/ANALYSIS.md"];
    let pages = pages.map(|page| fs::read_to_string(root().join(page)).unwrap());
    let mut seen = 0;
    for text in manual.chain(pages) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for marked in text.split('*').skip(1).step_by(2).filter(|marked| marked.contains(" → ")) {
            seen += 1;
            assert!(menu_has(&marked.split(" → ").collect::<Vec<_>>()), "no menu has {marked}");
        }
    }
    assert!(seen > 15, "menus are found: {seen}");
}
