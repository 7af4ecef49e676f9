//! Importing documents: the preview of files.

use super::grammar::{count, counted, plural, sentence};
use demarche_io::import::{Doubt, PassedOver};
use demarche_io::{Effect, Loss};
use demarche_model::Date;

texts! {
    title: "Import",
    confirm: "Import",
    reading: "Reading…",
    keep_files: "Keep a copy of the files",
    keep_files_hint: "Copy each file into the project next to its text, so that it can be opened there",
    show_preview: "Show this before each import",
    show_preview_hint: "Without a preview, files are imported as soon as they are read (File → Preview before importing)",
    unreadable: "This file can't be read",
    encoding: "Encoding",
    encoding_menu: "Encoding…",
    encoding_hint: "If characters look wrong, choose another encoding",
    use_date_hint: "This date is in the first lines of the text",
    detect_encoding: "Detect encoding",
    passed_over_explanation: "These files are in the folders and are not imported.",
}

/// The button that takes a date from the text.
pub fn use_date(date: &Date) -> String {
    format!("Use date {date}")
}

/// The title of the preview.
pub fn title_of_one(file: &str) -> String {
    format!("Import {file}")
}

/// The title of the preview of several files.
pub fn title_of_several(included: usize, files: usize) -> String {
    format!("Import {} of {} files", count(included), count(files))
}

/// The title of the preview of labelled files alone.
pub fn title_of_labelled(files: usize) -> String {
    format!("Import {}", counted(files, "labelled file", "labelled files"))
}

/// The button that imports.
pub fn confirm_documents(documents: usize) -> String {
    format!("Import {}", plural(documents, "document"))
}

/// The progress of reading.
pub fn progress(done: usize, total: usize) -> String {
    format!("Reading {} of {}", count(done), plural(total, "file"))
}

/// The box that selects all files.
pub fn selected_files(included: usize, files: usize) -> String {
    format!("{} of {} selected", count(included), count(files))
}

/// The box that selects a file.
pub fn include(file: &str) -> String {
    format!("Import {file}")
}

/// A file in the list, for a tooltip or screen reader.
pub fn file(name: &str, status: &str) -> String {
    format!("{name}: {status}")
}

/// Files with labelled passages, which the preview does not show.
pub fn labelled(files: usize) -> String {
    let verb = if files == 1 { "is" } else { "are" };
    format!("{} with labelled passages {verb} imported after the texts.", plural(files, "file"))
}

/// The number of doubtful files, which are listed first.
pub fn to_check(files: usize) -> String {
    format!("{} to check, listed first", count(files))
}

/// The reasons to look at a text, in the list of files.
pub fn doubts_in_list(doubts: impl IntoIterator<Item = Doubt>) -> String {
    sentence(&Doubt::list(doubts))
}

/// The reasons to look at a text.
pub fn doubts(doubts: impl IntoIterator<Item = Doubt>) -> String {
    format!("Check this text: {}", Doubt::list(doubts))
}

/// Files in folders that are not imported.
pub fn passed_over(files: usize) -> String {
    format!("{} passed over", plural(files, "file"))
}

/// Why a file is passed over, and what to do.
pub fn passed_over_reason(file: &PassedOver) -> String {
    sentence(&file.reason())
}

/// What is known of a file that was imported before.
pub fn existing(title: &str) -> String {
    format!("Already imported as “{title}”")
}

/// Why a file is not selected.
pub fn existing_explanation(title: &str) -> String {
    format!("This file is already imported as “{title}”. Tick it to import it again.")
}

/// The length of a text, and how much of it is not as in the file.
pub fn length(characters: usize, dropped: &[Loss]) -> String {
    let mut parts = vec![plural(characters, "character")];
    for (effect, losses) in Loss::by_effect(dropped) {
        let number = losses.iter().map(|loss| loss.count).sum();
        parts.push(format!("{} {}", count(number), effect.words()));
    }
    parts.join(" · ")
}

/// The size of a text: characters, pages, headings and times.
pub fn facts(characters: usize, pages: usize, headings: usize, times: usize) -> String {
    let mut facts = vec![plural(characters, "character")];
    for (number, noun) in [(pages, "page"), (headings, "heading"), (times, "timestamp")] {
        if number > 0 {
            facts.push(plural(number, noun));
        }
    }
    facts.join(" · ")
}

/// What the text has not as the file: kinds and their numbers.
pub fn not_as_in_file(effect: Effect, losses: &[&Loss]) -> String {
    let kinds: Vec<String> =
        losses.iter().map(|loss| format!("{} {}", count(loss.count), loss.name())).collect();
    format!("{}: {}", sentence(effect.words()), kinds.join(", "))
}
