//! What the window says, one file per subject.
//!
//! Every text is a function of values, so that a catalogue of languages can take its place later. Panels and the text
//! view hold no sentences of their own, only symbols and the glue between parts. Texts that take no values are listed
//! by [`texts!`].

/// Declares texts that take no values: each becomes a function that returns it.
macro_rules! texts {
    ($($name:ident => $text:literal,)+) => {
        $(pub fn $name() -> &'static str { $text })+
    };
}

pub mod attribute;
pub mod banners;
pub mod history;
pub mod links;
pub mod number;
pub mod text_view;
pub mod time;
pub mod window;
