//! PDF files with a text layer. Pages and headings become anchors; headers and footers are left out.

mod edges;
mod labels;
mod lines;
mod pieces;
#[cfg(test)]
mod tests;
mod words;

use unpdf::model::OutlineItem;
use unpdf::{Document, Error, PageSelection, ParseOptions, PdfParser};

use super::office::one_line;
use super::writer::Writer;
use super::{DocumentFormat, ReadDocument, ReadError, Source};
use crate::FormatInfo;
use crate::loss::DocumentLoss;
use demarche_model::{AnchorKind, Date};
use lines::Edges;
use pieces::{Kind, Page, Piece, pages};

/// Advice for a file without words.
const ADVICE: &str = "its pages are pictures, without a text layer: run text recognition (OCR) on it first";
/// Number of bytes in which a PDF must have its signature.
const FRONT: usize = 1024;

/// PDF.
#[derive(Debug)]
pub(super) struct Pdf;

impl DocumentFormat for Pdf {
    fn info(&self) -> FormatInfo {
        FormatInfo {
            name: "pdf",
            title: "PDF with a text layer",
            extension: "pdf",
            carries: "paragraphs, tables as lines; pages, by the file’s labels or the printed numbers; headings; title, date, author",
            loses: "formatting, pictures, headers, footers and page numbers, filled-in forms",
        }
    }

    fn endings(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn states_encoding(&self) -> bool {
        true
    }

    fn is_sure(&self, head: &[u8]) -> bool {
        memchr::memmem::find(&head[..head.len().min(FRONT)], b"%PDF-").is_some()
    }

    fn read(&self, source: &Source<'_>) -> Result<Vec<ReadDocument>, ReadError> {
        let mut edges = lines::edges(source.bytes);
        let readable =
            edges.iter().filter(|(_, page)| !page.is_wild).map(|(number, _)| *number).collect::<Vec<_>>();
        let wild = edges.len() - readable.len();
        let mut options = ParseOptions::new().lenient().with_resources(false).sequential();
        if wild > 0 {
            options = options.with_pages(PageSelection::Pages(readable));
        }
        let parsed =
            PdfParser::from_bytes_with_options(source.bytes, options).and_then(|parser| parser.parse());
        let document = parsed.map_err(|error| match error {
            Error::Encrypted | Error::InvalidPassword => ReadError::Protected,
            Error::UnknownFormat => ReadError::Damaged("it does not begin with %PDF".to_owned()),
            error => ReadError::Damaged(error.to_string()),
        })?;
        let mut pages = pages(&document);
        let numbers: Vec<u32> = pages.iter().map(|page| page.number).collect();
        let labels = labels::labels(source.bytes, &numbers);
        let edges: Vec<Edges> =
            numbers.iter().map(|number| edges.remove(number).unwrap_or_default()).collect();
        let names = edges::remove(&mut pages, &edges, labels);
        words::restore(&mut pages);
        if let Some(outline) = &document.outline {
            take_outline(&mut pages, &outline.items);
        }
        let mut writer = Writer::default();
        write(&mut writer, &pages, &names);
        tell_losses(&mut writer, &document, &pages);
        writer.drop(DocumentLoss::WildPages, wild);
        let mut read = writer.finish(ADVICE)?;
        read.title = one_line(document.metadata.title).filter(|title| is_title(title));
        read.author = one_line(document.metadata.author).filter(|author| is_author(author));
        let created = document.metadata.created.or(document.metadata.modified);
        read.date = created.and_then(|time| Date::parse(&time.format("%Y-%m-%d").to_string()));
        Ok(vec![read])
    }
}

/// Counts the content of the file that is not in the text.
fn tell_losses(writer: &mut Writer, document: &Document, pages: &[Page]) {
    // Separate numbers were left out when the pages were read; on a page with a removed header or footer, they may have
    // been part of that.
    let numbered = |page: &unpdf::Page| usize::from(page.omitted_page_number_chars > 0);
    let removed = pages.iter().zip(&document.pages).map(|(page, read)| page.removed.max(numbered(read)));
    writer.drop(DocumentLoss::HeadersFootersAndNumbers, removed.sum());
    writer.drop(DocumentLoss::Pictures, document.pages.iter().map(|page| page.image_op_count as usize).sum());
    let scanned = document.pages.iter().filter(|page| page.elements.is_empty() && page.image_op_count > 0);
    writer.drop(DocumentLoss::ScannedPages, scanned.count());
    let unread =
        document.pages.iter().map(|page| page.suppressed_text_runs + page.undecodable_content_streams).sum();
    writer.drop(DocumentLoss::UnmappedText, unread);
    writer.drop(DocumentLoss::FormFields, document.form_fields.len());
}

/// Returns whether a title is meant as one: many programs write the name of their file.
fn is_title(title: &str) -> bool {
    let title = title.to_lowercase();
    let endings =
        [".doc", ".docx", ".rtf", ".odt", ".indd", ".pdf", ".qxd", ".qxp", ".tex", ".dvi", ".txt", ".html"];
    let fronts = ["microsoft word - ", "untitled", "powerpoint presentation", "(anonymous)"];
    !endings.iter().any(|ending| title.ends_with(ending))
        && !fronts.iter().any(|front| title.starts_with(front))
}

/// Returns whether an author is meant as one: some programs write a word for an unknown author.
fn is_author(author: &str) -> bool {
    !matches!(author.to_lowercase().trim_matches(['(', ')']), "anonymous" | "unknown" | "unspecified")
}

/// Takes the headings from the file's outline, if it has one, instead of from font sizes.
fn take_outline(pages: &mut [Page], items: &[OutlineItem]) {
    let mut open: Vec<(u8, &OutlineItem)> = items.iter().rev().map(|item| (1, item)).collect();
    let mut placed = Vec::new();
    while let Some((level, item)) = open.pop() {
        let title = item.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(page) = item.page.filter(|_| !title.is_empty()) {
            placed.push((page, level, title));
        }
        // Entries below six levels are not headings; this also ends cycles.
        if level < 6 {
            open.extend(item.children.iter().rev().map(|child| (level + 1, child)));
        }
    }
    if placed.is_empty() {
        return;
    }
    let pieces = pages.iter_mut().flat_map(|page| &mut page.pieces);
    pieces
        .filter(|piece| matches!(piece.kind, Kind::Heading(_)))
        .for_each(|piece| piece.kind = Kind::Paragraph);
    for (number, level, title) in placed {
        if let Some(page) = pages.iter_mut().find(|page| page.number == number) {
            match page.pieces.iter_mut().find(|piece| piece.is_called(&title)) {
                Some(piece) => piece.kind = Kind::Heading(level),
                None => page.headings.push((level, title)),
            }
        }
    }
}

/// Writes the pages; a paragraph continues across a page break.
fn write(writer: &mut Writer, pages: &[Page], names: &[String]) {
    for (page, name) in pages.iter().zip(names) {
        let mut pieces = page.pieces.iter().peekable();
        let goes_on = pieces.peek().is_some_and(|piece| piece.goes_on_from(writer.paragraph()));
        if goes_on {
            writer.join();
        } else {
            writer.end();
        }
        writer.anchor(AnchorKind::Page(name.as_str().into()));
        for (level, title) in &page.headings {
            writer.anchor(AnchorKind::Heading { level: *level, title: title.clone() });
        }
        while let Some(piece) = pieces.next() {
            match pieces.peek() {
                // The next page shows whether it ends here.
                None => write_piece(writer, piece, true),
                Some(next) if piece.is_broken_off(next) => {
                    write_piece(writer, piece, true);
                    writer.join();
                }
                Some(_) => write_piece(writer, piece, false),
            }
        }
    }
    writer.end();
}

fn write_piece(writer: &mut Writer, piece: &Piece, stays_open: bool) {
    match &piece.kind {
        Kind::Heading(level) => {
            writer.end();
            writer.push(&piece.text);
            writer.end_heading(*level);
        }
        Kind::Item => {
            writer.push(&piece.text);
            writer.end_line();
        }
        Kind::Table(rows) => {
            writer.gap();
            for row in rows {
                for (place, cell) in row.iter().enumerate() {
                    if place > 0 {
                        writer.cell();
                    }
                    writer.push(cell);
                }
                writer.end_line();
            }
            writer.gap();
        }
        Kind::Paragraph => {
            writer.push(&piece.text);
            if !stays_open {
                writer.end();
            }
        }
    }
}
