//! Reading of all pages of a file.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt as _, interpret_page};

use super::edges::{self, Edges};
use super::file;
use super::fonts::Fonts;
use super::forms::notes;
use super::glyphs::{Collector, Glyph, Shows};
use super::layout::Group;
use super::layout::frames::groups;
use super::layout::{rails, rows};
use super::losses::Found;
use super::outline::{self, Entry};
use super::pieces::{self, Kind, Page};
use super::write::{self, Place};
use super::{flow, labels, words};
use crate::documents::writer::Writer;
use crate::documents::{ReadDocument, ReadError};

/// Advice for a file without words.
const SCANNED: &str = "its pages are pictures, without a text layer: run text recognition (OCR) on it first";
/// Advice for a file without words and pictures.
const NO_LETTERS: &str = "its fonts do not tell which letters they show: print it to a new PDF, or run text recognition (OCR) on it";
/// Greatest number of pages that are read.
const PAGES: usize = 50_000;
/// Greatest number of glyphs on a page.
const ON_PAGE: usize = 500_000;
/// Greatest number of glyphs in a file.
const GLYPHS: usize = 20_000_000;

/// Least number of rows of a page that are not taken for headers and footers alone.
const LEAST_ROWS: usize = 3;

/// The size of each page in points, as it is displayed, and the places of the words of a text.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Places {
    /// Width and height of each page.
    pub pages: Vec<(f32, f32)>,
    /// In the order of the text.
    pub places: Vec<Place>,
}

/// Reads all pages as one text. Returns it with the places of its words.
///
/// # Errors
/// There are no words in the file.
pub(super) fn read(pdf: &Pdf) -> Result<(ReadDocument, Places), ReadError> {
    let mut found = Found::default();
    let mut sizes = Vec::new();
    let mut layouts: Vec<Vec<Group>> = Vec::new();
    let mut fonts = Fonts::of(pdf);
    let cache = InterpreterCache::new();
    let mut left = GLYPHS;
    found.unread_pages = pdf.pages().len().saturating_sub(PAGES);
    for (at, page) in pdf.pages().iter().take(PAGES).enumerate() {
        let mut shows = shows(pdf, page, &mut fonts, &cache, left.min(ON_PAGE));
        left = left.saturating_sub(shows.glyphs.len());
        let size = page.render_dimensions();
        found.outside += shows.wild + cropped(&mut shows.glyphs, size, is_cropped(page));
        found.page(at, &shows);
        sizes.push(size);
        layouts.push(groups_of(shows.glyphs, at, &mut found));
    }
    let (mut pages, names) = without_headers(layouts, pdf, &mut found);
    pieces::classify(&mut pages);
    take_outline(&mut pages, &outline::outline(pdf));
    flow::join(&mut pages);
    words::restore(&mut pages);
    let mut writer = Writer::default();
    let written = write::write(&mut writer, &pages, &names);
    let advice = if found.is_unmapped() { NO_LETTERS } else { SCANNED };
    found.tell(&mut writer, &names);
    let read = writer.finish(advice)?;
    let places = write::places(&read.text, &written);
    Ok((read, Places { pages: sizes, places }))
}

/// Returns what a page shows, with the values of its form.
fn shows<'p>(
    pdf: &'p Pdf,
    page: &PdfPage<'p>,
    fonts: &mut Fonts<'p>,
    cache: &InterpreterCache<'p>,
    limit: usize,
) -> Shows {
    let (width, height) = page.render_dimensions();
    let transform: Affine = page.initial_transform(true).to_kurbo();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(transform, bounds, cache, pdf.xref(), InterpreterSettings::default());
    let mut collector = Collector::new(fonts, limit);
    interpret_page(page, &mut context, &mut collector);
    let mut shows = collector.shows;
    let mut notes = notes(page, transform);
    shows.glyphs.append(&mut notes.glyphs);
    shows.comments = notes.comments;
    shows.hidden_fields = notes.hidden;
    shows
}

/// Returns whether the visible part of a page is smaller than the page. Words outside the whole page are more likely
/// those of a page whose size is wrong.
fn is_cropped(page: &PdfPage<'_>) -> bool {
    let (crop, media) = (page.crop_box(), page.media_box());
    [crop.x0 - media.x0, crop.y0 - media.y0, media.x1 - crop.x1, media.y1 - crop.y1]
        .iter()
        .any(|cut| *cut > 1.0)
}

/// Removes glyphs outside the visible part of the page. Returns their number.
fn cropped(glyphs: &mut Vec<Glyph>, (width, height): (f32, f32), is_cropped: bool) -> usize {
    let count = |glyphs: &[Glyph]| glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).count();
    let all = count(glyphs);
    glyphs.retain(|glyph| {
        let (sin, cos) = glyph.angle.to_radians().sin_cos();
        let x = glyph.x + cos * glyph.width / 2.0 + sin * glyph.size * 0.3;
        let y = glyph.y + sin * glyph.width / 2.0 - cos * glyph.size * 0.3;
        let is_inside = (-1.0..=width + 1.0).contains(&x) && (-1.0..=height + 1.0).contains(&y);
        (is_inside || !is_cropped) && glyph.size <= width.max(height)
    });
    all - count(glyphs)
}

/// Returns the groups of a page with their rows, without line numbers.
fn groups_of(mut glyphs: Vec<Glyph>, page: usize, found: &mut Found) -> Vec<Group> {
    let mut out = Vec::new();
    for (at, (frame, placed)) in groups(&mut glyphs).into_iter().enumerate() {
        let mut rows = rows::rows(placed);
        if at == 0 {
            found.line_numbers += rails::remove(&mut rows);
        }
        if !frame.is_upright() && rows.iter().any(|row| row.letters() > 0) {
            found.at_angles(page);
        }
        if rows::is_garbled(&rows) {
            found.garbled(page);
        }
        if !rows.is_empty() {
            out.push(Group { frame, rows });
        }
    }
    out
}

/// Returns the pages without headers and footers, and their names.
fn without_headers(mut layouts: Vec<Vec<Group>>, pdf: &Pdf, found: &mut Found) -> (Vec<Page>, Vec<String>) {
    let rows = |groups: &[Group]| groups.first().map_or_else(Edges::default, |group| Edges::of(&group.rows));
    let edges: Vec<Edges> = layouts.iter().map(|groups| rows(groups)).collect();
    let labels = file::catalog(pdf).and_then(|catalog| labels::labels(&catalog, edges.len()));
    let (names, headers) = edges::find(&edges, labels);
    for (groups, header) in layouts.iter_mut().zip(&headers) {
        let rows = groups.first().map_or(0, |group| group.rows.len());
        if rows >= LEAST_ROWS && header.upper + header.lower >= rows {
            // Pages of a few lines that are the same on each of them are not all headers.
            continue;
        }
        if let Some(group) = groups.first_mut() {
            group.rows.truncate(group.rows.len().saturating_sub(header.lower));
            group.rows.drain(..header.upper.min(group.rows.len()));
        }
        found.headers += header.upper + header.lower;
    }
    let page = |(at, groups)| Page { pieces: pieces::pieces(groups, at), ..Page::default() };
    (layouts.into_iter().enumerate().map(page).collect(), names)
}

/// Takes the headings from the file's outline, if it has one, instead of from font sizes.
fn take_outline(pages: &mut [Page], entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    let pieces = pages.iter_mut().flat_map(|page| &mut page.pieces);
    pieces
        .filter(|piece| matches!(piece.kind, Kind::Heading(_)))
        .for_each(|piece| piece.kind = Kind::Paragraph);
    for entry in entries {
        if let Some(page) = pages.get_mut(entry.page) {
            match page.pieces.iter_mut().find(|piece| piece.is_called(&entry.title)) {
                Some(piece) => piece.kind = Kind::Heading(entry.level),
                None => page.headings.push((entry.level, entry.title.clone())),
            }
        }
    }
}
