//! The clock of the command line.

use crate::model::Stamp;

/// The current time.
pub(super) fn now() -> Stamp {
    Stamp(chrono::Utc::now().timestamp())
}
