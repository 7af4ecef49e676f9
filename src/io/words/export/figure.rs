//! Figures as pictures.

pub(crate) const LACKS_CHARACTERS: &str =
    "The font of this picture lacks some of the characters; the same figure as SVG shows them.";
