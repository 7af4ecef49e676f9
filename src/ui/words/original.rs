//! The page of the original.

texts! {
    no_document_hint: "Open a document to see the page that you read.",
    not_kept: "No original kept",
    not_kept_hint: "The project has no copy of the file that this text was imported from. Switch on “Keep the originals of PDFs” in the settings, and import the PDF again.",
    no_pdf: "No page to show",
    no_pdf_hint: "This text was not imported from a PDF. Only PDFs have pages that can be shown beside their text.",
    settings: "Open the settings",
    not_pdf: "The original is not a PDF",
    not_pdf_hint: "Only pages of PDF files can be shown here. Open the original in its own program.",
    open: "Open original",
    not_drawn: "The page can’t be drawn",
    retry: "Try again",
    drawing: "Drawing the page…",
    previous: "Previous page",
    next: "Next page",
    field: "Number of the page",
    whole_page: "Show the whole page",
    to_text: "Go to this page in the text",
    no_pages: "The text has no page numbers, so the page does not follow it",
}

/// The number of pages, after the field with the number of the page.
pub fn of(count: usize) -> String {
    format!("of {count}")
}

/// The accessible name of a page.
pub fn page(number: usize, count: usize, outlined: usize) -> String {
    match outlined {
        0 => format!("Page {number} of {count} of the original"),
        _ => format!("Page {number} of {count} of the original, with the passage outlined"),
    }
}
