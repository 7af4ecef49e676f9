//! Faces: one for the interface, one for reading, and the system's own for every script that these lack.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

/// Name of the family that documents are set in; see [`install_fonts`].
pub const READING: &str = "reading";

/// Name of the family for emphasis in the interface.
pub const STRONG: &str = "strong";

/// Installs the faces, the icons, and the fallback to system fonts for Hangul, Han, Arabic and others.
pub fn install_fonts(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    let faces: [(&str, &'static [u8]); 3] = [
        ("Inter", include_bytes!("../../../assets/fonts/Inter-Regular.otf")),
        ("Inter SemiBold", include_bytes!("../../../assets/fonts/Inter-SemiBold.otf")),
        ("Source Serif", include_bytes!("../../../assets/fonts/SourceSerifPro-Regular.ttf")),
    ];
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let with = |first: &str| {
        let mut family = vec![first.to_owned()];
        family.extend(fallback.iter().cloned());
        family
    };
    fonts.families.insert(FontFamily::Proportional, with("Inter"));
    fonts.families.insert(FontFamily::Name(STRONG.into()), with("Inter SemiBold"));
    fonts.families.insert(FontFamily::Name(READING.into()), with("Source Serif"));
    ctx.set_fonts(fonts);
    egui_material_icons::initialize(ctx);
}

/// The face for emphasis in the interface, at a size in points.
pub fn strong(size: f32) -> egui::FontId {
    egui::FontId::new(size, FontFamily::Name(STRONG.into()))
}
