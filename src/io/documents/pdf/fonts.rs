//! Letters of glyphs in fonts without a mapping to characters: by the character collection of the font, or by the
//! mapping inside the font program.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_interpret::font::OutlineGlyph;
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use skrifa::{FontRef, MetadataProvider as _};
use smol_str::SmolStr;

/// Greatest number of composite fonts that are looked at.
const FONTS: usize = 2_000;

/// The mapping of a composite font from codes by way of the numbers of a character collection (ISO 32000-1, 9.10.2).
struct Collection {
    encoding: CMap,
    letters: Rc<CMap>,
}

/// The fonts of a file, found only when a glyph needs them.
pub(super) struct Fonts<'p> {
    pdf: &'p Pdf,
    collections: Option<HashMap<String, Vec<Collection>>>,
    programs: HashMap<u128, HashMap<u32, char>>,
}

impl<'p> Fonts<'p> {
    pub fn of(pdf: &'p Pdf) -> Self {
        Self { pdf, collections: None, programs: HashMap::new() }
    }

    /// Returns the letter of a glyph whose font has no mapping to characters.
    pub fn letter(&mut self, glyph: &OutlineGlyph) -> Option<SmolStr> {
        let data = glyph.font_data()?;
        let pdf = self.pdf;
        let collections = self.collections.get_or_insert_with(|| collections(pdf));
        let name = data.postscript_name.as_deref().unwrap_or_default();
        let by_collection =
            collections.get(name).into_iter().flatten().find_map(|font| font.letter(glyph.char_code()));
        by_collection.or_else(|| {
            let program =
                self.programs.entry(data.cache_key).or_insert_with(|| inverse((*data.data).as_ref()));
            program.get(&glyph.glyph_id().to_u32()).map(|letter| SmolStr::from_iter([*letter]))
        })
    }
}

impl Collection {
    fn letter(&self, code: u32) -> Option<SmolStr> {
        let cid = (1..=4).find_map(|length| self.encoding.lookup_cid_code(code, length))?;
        match self.letters.lookup_bf_string(cid)? {
            BfString::Char(one) => Some(SmolStr::from_iter([one])),
            BfString::String(several) => Some(several.into()),
        }
    }
}

/// Returns the composite fonts of a file with a character collection, by their names without the prefix of a subset.
fn collections(pdf: &Pdf) -> HashMap<String, Vec<Collection>> {
    let mut found: HashMap<String, Vec<Collection>> = HashMap::new();
    let mut letters: Vec<(CidFamily, Rc<CMap>)> = Vec::new();
    let fonts = pdf.objects().into_iter().filter_map(Object::into_dict);
    let composite =
        fonts.filter(|font| font.get::<Name<'_>>("Subtype").is_some_and(|name| &*name == b"Type0"));
    for font in composite.take(FONTS) {
        let Some((name, collection)) = collection(&font, &mut letters) else { continue };
        found.entry(name).or_default().push(collection);
    }
    found
}

fn collection(font: &Dict<'_>, letters: &mut Vec<(CidFamily, Rc<CMap>)>) -> Option<(String, Collection)> {
    let name = font.get::<Name<'_>>("BaseFont")?;
    let name = name.as_str();
    let name = name.split_once('+').filter(|(prefix, _)| prefix.len() == 6).map_or(name, |(_, rest)| rest);
    let encoding = match font.get::<Object<'_>>("Encoding")? {
        Object::Name(encoding) => match CMapName::from_bytes(&encoding) {
            CMapName::IdentityH => CMap::identity_h(),
            CMapName::IdentityV => CMap::identity_v(),
            predefined => CMap::parse(load_embedded(predefined)?, load_embedded)?,
        },
        Object::Stream(stream) => embedded(&stream)?,
        _ => return None,
    };
    let stated = encoding.metadata().character_collection.clone().map(|stated| stated.family);
    let family = stated.filter(|family| *family != CidFamily::AdobeIdentity).or_else(|| family_of(font))?;
    let map = match letters.iter().find(|(known, _)| *known == family) {
        Some((_, map)) => Rc::clone(map),
        None => {
            let map = Rc::new(CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?);
            letters.push((family, Rc::clone(&map)));
            map
        }
    };
    Some((name.to_owned(), Collection { encoding, letters: map }))
}

fn embedded(stream: &Stream<'_>) -> Option<CMap> {
    CMap::parse(&stream.decoded_data().ok()?, load_embedded)
}

fn family_of(font: &Dict<'_>) -> Option<CidFamily> {
    let below = font.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let info = below.get::<Dict<'_>>("CIDSystemInfo")?;
    let (registry, ordering) =
        (info.get::<PdfString<'_>>("Registry")?, info.get::<PdfString<'_>>("Ordering")?);
    Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
}

/// Returns the characters of a font program's glyphs.
fn inverse(program: &[u8]) -> HashMap<u32, char> {
    let Ok(font) = FontRef::new(program) else { return HashMap::new() };
    let mut found = HashMap::new();
    for (code, glyph) in font.charmap().mappings() {
        let letter = char::from_u32(code).filter(|letter| !('\u{e000}'..='\u{f8ff}').contains(letter));
        if let Some(letter) = letter.filter(|letter| !letter.is_control()) {
            found.entry(glyph.to_u32()).or_insert(letter);
        }
    }
    found
}
