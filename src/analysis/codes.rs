//! Enums with a code, in saved views and on the command line.

macro_rules! codes {
    ($($name:ident { $($variant:ident = $code:literal),+ $(,)? })+) => {$(
        impl $name {
            /// All, in the order of the interface.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its code, in views and on the command line.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),+
                }
            }

            /// The one with a code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    )+};
}

pub(crate) use codes;
