//! Annotations of a page: values of form fields without an appearance, which are placed like glyphs, and comments.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Rect};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, Point};
use smol_str::SmolStr;

use super::file::text_of;
use super::glyphs::Glyph;

/// Number of annotations on a page that are read.
const MOST: usize = 20_000;
/// Greatest depth of a field below the one that states its value.
const DEPTH: usize = 16;
/// Greatest length of a value in characters.
const VALUE: usize = 100_000;
/// Flags of an annotation that is not displayed: hidden, or not in a view (ISO 32000-1, 12.5.3).
const HIDDEN: i32 = 1 << 1 | 1 << 5;

/// The annotations of a page.
#[derive(Default, Debug)]
pub(super) struct Notes {
    /// The values of fields that have no appearance.
    pub glyphs: Vec<Glyph>,
    /// The number of values of hidden fields.
    pub hidden: usize,
    /// The number of comments.
    pub comments: usize,
}

/// Reads the annotations of a page.
pub(super) fn notes(page: &Page<'_>, transform: Affine) -> Notes {
    let mut notes = Notes::default();
    for annotation in
        page.raw().get::<Array<'_>>("Annots").into_iter().flat_map(|all| all.iter::<Dict<'_>>().take(MOST))
    {
        let kind = annotation.get::<Name<'_>>("Subtype");
        let is_hidden = annotation.get::<i32>("F").unwrap_or(0) & HIDDEN != 0;
        let has_appearance =
            annotation.get::<Dict<'_>>("AP").is_some_and(|all| all.get::<Object<'_>>("N").is_some());
        match kind.as_deref() {
            Some(b"Widget") => {
                let Some(value) = value(&annotation, DEPTH).filter(|value| !value.trim().is_empty()) else {
                    continue;
                };
                if is_hidden {
                    notes.hidden += 1;
                } else if !has_appearance {
                    place(&value, &annotation, transform, &mut notes.glyphs);
                }
            }
            Some(b"FreeText") if !is_hidden && !has_appearance => {
                if let Some(text) = text_of(&annotation, "Contents") {
                    place(&text, &annotation, transform, &mut notes.glyphs);
                }
            }
            Some(b"FreeText" | b"Link" | b"Popup" | b"FileAttachment" | b"Screen" | b"Movie" | b"Sound")
            | None => {}
            Some(_) => {
                let says = text_of(&annotation, "Contents").is_some_and(|text| !text.trim().is_empty());
                notes.comments += usize::from(says);
            }
        }
    }
    notes
}

/// Returns the value of a field for text or a choice, which the fields above it may state.
fn value(field: &Dict<'_>, depth: usize) -> Option<String> {
    let kind = inherited(field, "FT", depth).and_then(Object::into_name)?;
    if !matches!(&*kind, b"Tx" | b"Ch") {
        return None;
    }
    let texts = |value: Object<'_>| match value {
        Object::String(text) => Some(super::text::decoded(text.as_bytes())),
        Object::Stream(stream) => stream.decoded_data().ok().map(|bytes| super::text::decoded(&bytes)),
        Object::Array(all) => {
            let all = all.iter::<Object<'_>>().take(MOST).filter_map(Object::into_string);
            Some(all.map(|text| super::text::decoded(text.as_bytes())).collect::<Vec<_>>().join("\n"))
        }
        _ => None,
    };
    inherited(field, "V", depth).and_then(texts)
}

fn inherited<'a>(field: &Dict<'a>, key: &str, depth: usize) -> Option<Object<'a>> {
    field
        .get::<Object<'a>>(key)
        .or_else(|| inherited(&field.get::<Dict<'a>>("Parent")?, key, depth.checked_sub(1)?))
}

/// Places a text in the rectangle of an annotation, line by line, in the middle of its height.
fn place(text: &str, annotation: &Dict<'_>, transform: Affine, glyphs: &mut Vec<Glyph>) {
    const SIZE: f64 = 10.0;
    let Some(rect) = annotation.get::<Rect>("Rect") else { return };
    let lines: Vec<&str> = text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()).collect();
    let height = (rect.y1 - rect.y0).abs();
    let size = (height * 0.75 / lines.len().max(1) as f64).clamp(1.0, SIZE);
    let top = rect.y0.max(rect.y1);
    let first = (height - 1.2 * size * lines.len().saturating_sub(1) as f64) / 2.0 + size * 0.3;
    let mut left = VALUE;
    for (at, line) in lines.iter().enumerate() {
        for (column, letter) in line.chars().enumerate().take(left) {
            let x = rect.x0.min(rect.x1) + column as f64 * size * 0.5;
            let y = top - first - 1.2 * size * at as f64;
            let (here, ahead) = (transform * Point::new(x, y), transform * Point::new(x + 1.0, y));
            let angle = (ahead - here).atan2().to_degrees() as f32;
            let (x, y, size) = (here.x as f32, here.y as f32, size as f32);
            if x.is_finite() && y.is_finite() && size.is_finite() {
                glyphs.push(Glyph {
                    text: SmolStr::from_iter([letter]),
                    x,
                    y,
                    width: size * 0.5,
                    size,
                    angle,
                });
            }
        }
        left = left.saturating_sub(line.len());
    }
}
