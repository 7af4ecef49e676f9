//! Who watches a long computation.

/// What a long computation tells and asks while it runs.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Hears how many steps are done, and of how many.
    pub tell: &'a (dyn Fn(usize, usize) + Sync),
    /// Says whether to stop.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

impl Watch<'_> {
    /// Nobody listens, and nobody stops it.
    pub const NONE: Watch<'static> = Watch { tell: &|_, _| {}, stop: &|| false };
}
