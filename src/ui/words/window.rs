//! The window as a whole: its title, the start screen, empty pages, and what the clipboard and files say.

use std::io;
use std::path::Path;

use super::grammar::{count, plural, sentence};
use demarche_analysis::context::shorten;

texts! {
    app_name: "Demarche",
    unreadable_document: "This document can't be shown",
    opening: "Opening…",
    no_document: "No document is open",
    no_document_hint: "Choose one on the left, or press Ctrl+K and type part of its title.",
    empty_project: "This project is empty",
    empty_project_hint: "Drop text, Word or PDF files, web pages or labelled passages on this window, or:",
    nothing_to_copy: "No passages to copy: select rows in the passages table first",
    figures_copied: "Copied the agreement figures",
    table_copied: "Copied the table",
    no_table: "There is no table to copy",
    no_figures: "No figures yet: compute agreement first",
    no_file_dialog: "This system has no file dialog; type the path into the field",
    text_is_fixed: "Texts can't be edited here; press Ctrl+Shift+V to import the clipboard as a document",
    passages_tab: "Passages",
    passages_tab_hint: "Tagged passages",
    results_tab: "Search results",
    results_tab_hint: "Hits of the search in all documents",
    inspector_tab: "Inspector",
    inspector_tab_hint: "The current passage (Alt+1)",
    summary_tab: "Summary",
    summary_tab_hint: "Figures for the project (Alt+2)",
    review_tab: "Review",
    review_tab_hint: "Review other people's passages (Alt+3)",
    inbox_tab_hint: "Decisions on your passages (Alt+4)",
    memos_tab: "Memos",
    page_tab: "Page",
    page_tab_hint: "The page of the original at the reading position (Alt+6)",
    memos_tab_hint: "Memos on the project, documents and categories (Alt+5)",
    documents_tab: "Documents",
    documents_tab_hint: "Documents in this project",
    contents_tab: "Contents",
    contents_tab_hint: "Headings and pages of this document (Ctrl+T)",
}

/// A file or folder that the system can't open.
pub fn cannot_open(path: &Path, error: &io::Error) -> String {
    format!("The system can't open the file: {error}. Open it yourself: {}", path.display())
}

/// The file name that is offered for a report. Characters that file names can't have become hyphens.
pub fn report_name(project: &str) -> String {
    format!("{}.html", as_file_name(project))
}

/// The file name that is offered for the report of the reliability study.
pub fn study_name(project: &str) -> String {
    format!("{} agreement.html", as_file_name(project))
}

fn as_file_name(project: &str) -> String {
    let name: String =
        project.chars().map(|c| if c.is_alphanumeric() || c == ' ' { c } else { '-' }).collect();
    name.trim().to_owned()
}

/// The title of the window with a project open: its document, if one is open, and a mark if not everything is saved.
pub fn title(project: &str, document: Option<&str>, is_unsaved: bool) -> String {
    let mark = if is_unsaved { "• " } else { "" };
    // X11 drops the connection of a program whose title is too long.
    let document = document.map_or(String::new(), |title| format!("{} – ", shorten(title, 200)));
    format!("{mark}{document}{} – {}", shorten(project, 200), app_name())
}

/// The tab of the inbox, with the number of new decisions.
pub fn inbox_tab(new: usize) -> String {
    if new == 0 { "Inbox".to_owned() } else { format!("Inbox {}", count(new)) }
}

/// A project that could not be opened, as a notice.
pub fn not_opened(error: &str) -> String {
    format!("Not opened: {error}")
}

/// A failure on the start screen, as a sentence.
pub fn failure(error: &str) -> String {
    sentence(error)
}

/// Passages that were copied with their citations; `left_out` did not fit into the clipboard.
pub fn passages_copied(copied: usize, left_out: usize) -> String {
    if left_out == 0 {
        return format!("Copied {} with citations", plural(copied, "passage"));
    }
    let (copied, left_out) = (plural(copied, "passage"), count(left_out));
    format!(
        "Copied the first {copied} with citations; the other {left_out} don't fit into the clipboard. Export them instead"
    )
}
