//! Fonts of the machine, for characters that the bundled fonts lack.

use std::collections::HashMap;

use fontique::{
    Blob, Collection, CollectionOptions, FallbackKey, GenericFamily, Language, Query, QueryFamily, QueryFont,
    QueryStatus, Script, SourceCache,
};
use harfrust::UnicodeBuffer;

/// The script of Chinese characters, whose fonts are one for each language.
const HAN: [u8; 4] = *b"Hani";

/// The languages whose fonts are tried for Chinese characters.
const HAN_LANGUAGES: [&str; 4] = ["zh-SG", "zh-TW", "ja", "ko"];

/// A font file, and the number of the font in it.
#[derive(Clone)]
pub(super) struct FoundFont {
    pub data: Blob<u8>,
    pub index: u32,
}

/// The fonts of the machine. Listing them takes a moment, so it waits until a character is looked for.
#[derive(Default)]
pub(super) struct SystemFonts {
    listed: Option<(Collection, SourceCache)>,
    known: HashMap<char, Option<FoundFont>>,
}

impl FoundFont {
    /// Tells fonts apart.
    pub fn key(&self) -> (usize, u32) {
        (self.data.as_ref().as_ptr() as usize, self.index)
    }
}

impl SystemFonts {
    /// A font with an outline for a character, as the system falls back for its script.
    pub fn with(&mut self, c: char) -> Option<FoundFont> {
        if let Some(known) = self.known.get(&c) {
            return known.clone();
        }
        let list = || {
            let options = CollectionOptions { shared: false, system_fonts: true };
            (Collection::new(options), SourceCache::default())
        };
        let (collection, sources) = self.listed.get_or_insert_with(list);
        let found = find(collection, sources, c);
        self.known.insert(c, found.clone());
        found
    }
}

fn find(collection: &mut Collection, sources: &mut SourceCache, c: char) -> Option<FoundFont> {
    let script = script(c);
    let languages = HAN_LANGUAGES.iter().filter(|_| script == HAN);
    let languages = languages.filter_map(|language| Language::parse(language).ok()).map(Some);
    languages.chain([None]).find_map(|language| {
        let mut query = collection.query(sources);
        query.set_families([GenericFamily::SansSerif, GenericFamily::Serif].map(QueryFamily::Generic));
        query.set_fallbacks(FallbackKey::new(Script::from_bytes(script), language.as_ref()));
        first_with(&mut query, c)
    })
}

fn first_with(query: &mut Query<'_>, c: char) -> Option<FoundFont> {
    let mut found = None;
    query.matches_with(|font| {
        if !has(font, c) {
            return QueryStatus::Continue;
        }
        found = Some(FoundFont { data: font.blob.clone(), index: font.index });
        QueryStatus::Stop
    });
    found
}

/// True if a font has an outline for a character. A picture in colours is none.
fn has(font: &QueryFont, c: char) -> bool {
    use skrifa::MetadataProvider as _;
    let Ok(font) = skrifa::FontRef::from_index(font.blob.as_ref(), font.index) else { return false };
    let glyph = font.charmap().map(c);
    glyph.is_some_and(|glyph| font.outline_glyphs().get(glyph).is_some())
}

/// The ISO 15924 code of the script of a character.
fn script(c: char) -> [u8; 4] {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(c.encode_utf8(&mut [0; 4]));
    buffer.guess_segment_properties();
    buffer.script().tag().to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_known_by_their_codes() {
        assert_eq!(['京', '한', 'ق', 'é'].map(script), [HAN, *b"Hang", *b"Arab", *b"Latn"]);
    }

    #[test]
    fn a_font_that_is_found_has_the_character() {
        let mut fonts = SystemFonts::default();
        // Which fonts a machine has is not known; each has what it was found for.
        for c in ['京', '한', 'ق'] {
            if let Some(found) = fonts.with(c) {
                use skrifa::MetadataProvider as _;
                let font = skrifa::FontRef::from_index(found.data.as_ref(), found.index).unwrap();
                assert!(font.charmap().map(c).is_some());
            }
        }
    }
}
