//! Fonts: one for the interface, one for documents, and those of the system for other scripts.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily, Id};
use egui_material_icons::{FONT_FAMILY, FONT_FAMILY_OUTLINED};
use epaint_default_fonts::{EMOJI_ICON, HACK_REGULAR, NOTO_EMOJI_REGULAR};

/// Name of the family that documents are set in; see [`install_fonts`].
pub const READING: &str = "reading";

/// Name of the family for emphasis in the interface.
pub const STRONG: &str = "strong";

/// The fonts in the binary, each with a name.
const FONTS: [(&str, &[u8]); 7] = [
    (INTER, include_bytes!("../../../assets/fonts/Inter-Regular.otf")),
    (SEMIBOLD, include_bytes!("../../../assets/fonts/Inter-SemiBold.otf")),
    (MONO, HACK_REGULAR),
    (SERIF, include_bytes!("../../../assets/fonts/SourceSerifPro-Regular.ttf")),
    (ICONS, include_bytes!("../../../assets/fonts/MaterialSymbols-subset.ttf")),
    (EMOJI, NOTO_EMOJI_REGULAR),
    (SYMBOLS, EMOJI_ICON),
];
const INTER: &str = "Inter";
const SEMIBOLD: &str = "Inter SemiBold";
const MONO: &str = "Hack";
const SERIF: &str = "Source Serif";
const INSTALLED: &str = "installed font";
const ICONS: &str = "Material Symbols";
const EMOJI: &str = "Noto Emoji";
const SYMBOLS: &str = "Emoji icons";

/// Distance by which icons are lowered to sit on the line of text, as a share of their size.
const ICON_OFFSET: f32 = 0.05;

/// The font that documents are set in.
pub enum ReadingFont {
    /// Source Serif.
    Serif,
    /// Inter.
    Sans,
    /// Hack.
    Mono,
    /// A font of the system.
    Installed(FontData),
}

/// Installs the fonts, with Source Serif for documents.
pub fn install_fonts(ctx: &Context) {
    install_fonts_with(ctx, ReadingFont::Serif);
}

/// Installs the fonts, from the next pass on. Characters of other scripts, such as Hangul, Han and Arabic, come from the
/// fonts of the system.
pub fn install_fonts_with(ctx: &Context, reading: ReadingFont) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in FONTS {
        let mut data = FontData::from_static(bytes);
        if name == ICONS {
            data.tweak.y_offset_factor = ICON_OFFSET;
        }
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    }
    let reading = match reading {
        ReadingFont::Serif => SERIF,
        ReadingFont::Sans => INTER,
        ReadingFont::Mono => MONO,
        ReadingFont::Installed(data) => {
            fonts.font_data.insert(INSTALLED.to_owned(), Arc::new(data));
            INSTALLED
        }
    };
    let families = [
        (FontFamily::Proportional, INTER),
        (FontFamily::Monospace, INTER),
        (FontFamily::Name(STRONG.into()), SEMIBOLD),
        (FontFamily::Name(READING.into()), reading),
        (FontFamily::Name(FONT_FAMILY.into()), ICONS),
        (FontFamily::Name(FONT_FAMILY_OUTLINED.into()), ICONS),
    ];
    for (family, first) in families {
        let fallbacks = [EMOJI, SYMBOLS, ICONS].into_iter().filter(|name| *name != first);
        let names = std::iter::once(first).chain(fallbacks).map(str::to_owned);
        fonts.families.insert(family, names.collect());
    }
    ctx.set_fonts(fonts);
    ctx.data_mut(|data| *data.get_temp_mut_or_default::<u32>(generation_id()) += 1);
}

/// Returns a number that changes whenever other fonts were installed.
pub fn font_generation(ctx: &Context) -> u32 {
    ctx.data(|data| data.get_temp(generation_id())).unwrap_or_default()
}

fn generation_id() -> Id {
    Id::unique("fonts")
}

/// Returns the font for emphasis in the interface, at a size in points.
pub fn strong(size: f32) -> egui::FontId {
    egui::FontId::new(size, FontFamily::Name(STRONG.into()))
}
