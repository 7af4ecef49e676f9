//! Printing.

use super::grammar::plural;

texts! {
    title: "Print",
    confirm: "Open in browser",
    report: "The report of the analysis",
    hint: "The page opens in your browser, which prints it or saves it as PDF.",
}

/// The document that is shown.
pub fn document(title: &str) -> String {
    match title {
        "" => "A document with its passages".to_owned(),
        title => format!("“{title}” with its passages"),
    }
}

/// The rows of the passages table.
pub fn table(rows: usize) -> String {
    format!("The passages table ({})", plural(rows, "passage"))
}
