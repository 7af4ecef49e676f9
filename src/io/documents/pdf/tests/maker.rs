//! A small writer of PDF files.

/// A line: distance from the foot of the page, font size, text.
pub(super) type Line = (u32, u32, String);

/// The font of lines, object 3.
const FONT: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
/// The number of objects before those of the pages.
const FIRST: usize = 4;

/// A page: its content, and entries of its dictionary in addition to fonts and size.
#[derive(Clone, Default)]
pub(super) struct Sheet {
    pub content: String,
    pub entries: String,
}

impl Sheet {
    /// Returns an A4 page with this content.
    pub fn of(content: impl Into<String>) -> Self {
        Self { content: content.into(), entries: "/MediaBox [0 0 595 842]".to_owned() }
    }

    /// Returns an A4 page with lines of text, each with its position and font size.
    pub fn with(lines: &[(f32, f32, f32, &str)]) -> Self {
        Self::of(lines.iter().map(|(x, y, size, words)| line(*x, *y, *size, words)).collect::<String>())
    }

    /// Adds entries to its dictionary.
    pub fn entries(mut self, entries: &str) -> Self {
        self.entries.push_str(entries);
        self
    }
}

/// Returns the operators that show a line.
pub(super) fn line(x: f32, y: f32, size: f32, words: &str) -> String {
    format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n")
}

/// Returns lines below each other, from the top of the page.
pub(super) fn lines(x: f32, top: f32, step: f32, size: f32, words: &[&str]) -> String {
    words.iter().enumerate().map(|(at, words)| line(x, top - step * at as f32, size, words)).collect()
}

/// Returns a file with these pages and additional entries in its trailer.
pub(super) fn file(pages: &[Vec<Line>], trailer: &str) -> Vec<u8> {
    file_with(pages, "", trailer)
}

/// Returns a file with these pages and additional entries in its catalogue and its trailer.
pub(super) fn file_with(pages: &[Vec<Line>], catalogue: &str, trailer: &str) -> Vec<u8> {
    let sheet = |lines: &Vec<Line>| {
        Sheet::of(
            lines
                .iter()
                .map(|(y, size, words)| line(72.0, *y as f32, *size as f32, words))
                .collect::<String>(),
        )
    };
    built(&pages.iter().map(sheet).collect::<Vec<_>>(), &[], catalogue, trailer)
}

/// Returns a file with these pages.
pub(super) fn pdf(pages: &[Sheet]) -> Vec<u8> {
    built(pages, &[], "", "")
}

/// Returns a file with these pages and further objects, which count from 5; the first is the font `/F2`.
pub(super) fn pdf_with(pages: &[Sheet], objects: &[&str]) -> Vec<u8> {
    built(pages, objects, "", "")
}

/// Returns a stream object.
pub(super) fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

pub(super) fn built(pages: &[Sheet], further: &[&str], catalogue: &str, trailer: &str) -> Vec<u8> {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        String::new(),
        FONT.to_owned(),
        "<< /Title (Port talks) /Author (Ana Ruiz) /CreationDate (D:20260314090000Z) >>".to_owned(),
    ];
    objects.extend(further.iter().map(|object| (*object).to_owned()));
    let second = if further.is_empty() { String::new() } else { format!("/F2 {} 0 R", FIRST + 1) };
    let mut kids = Vec::new();
    for page in pages {
        objects.push(stream("", &page.content));
        let content = objects.len();
        let entries = &page.entries;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R {entries} /Contents {content} 0 R /Resources << /Font << /F1 3 0 R {second} >> >> >>"
        ));
        kids.push(format!("{} 0 R", objects.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len());
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
    }
    let start = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1));
    places.iter().for_each(|place| out.push_str(&format!("{place:010} 00000 n \n")));
    let size = places.len() + 1;
    out.push_str(&format!(
        "trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    ));
    out.into_bytes()
}
